/* One kiosk for each circle that has none, all at once; and kiosks that a stick alone
 * reaches. */
#include "tests/sync/kiosk_help.h"
#include "tests/sync/one_office.h"

#include "office/staff_pin.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLOCK "--clock", KIOSK_BEFORE

static int
open_three_circles(void **state)
{
    (void)state;
    office_open(&office, 3, false);
    const char *path = office_write(&office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Emmen,leerkring,Oost,Buurthuis,2025-03-26T13:30,"
        "2025-03-26T16:30,3,brugfunctionaris\n"
        "S-3,reeks,Leerkring Assen,leerkring,Oost,Buurthuis,2025-03-25T13:00,"
        "2025-03-25T16:00,3,brugfunctionaris\n");
    if (office_run(&office, "import", "sessions", path, CLOCK, NULL) != BW_EXIT_DONE) {
        fail_msg("%s%s", office.out, office.diag);
    }
    return 0;
}

static json_t *
enrol_new(const char *out, enum bw_exit *ret_result)
{
    return office_json(&office, ret_result, "enrol", "--new", "--name",
        "Zuil bij de ingang", "--out", office_path(&office, out), CLOCK, NULL);
}

static void
each_circle_without_a_kiosk_gets_one_and_a_sheet_by_start(void **state)
{
    (void)state;
    enum bw_exit result;
    assert_int_equal(office_run(&office, "enrol", "--session", "S-2", "--name", "Deur",
                         "--out", office_path(&office, "one.json"), CLOCK, NULL),
        BW_EXIT_DONE);
    json_t *answer = enrol_new("sheets/", &result);
    assert_int_equal(result, BW_EXIT_DONE);
    const json_t *kiosks = json_object_get(answer, "kiosks");
    assert_int_equal(json_array_size(kiosks), 2);
    static const char *const circles[] = {"S-3", "S-1"};
    for (size_t i = 0; i < 2; i++) {
        const json_t *one = json_array_get(kiosks, i);
        char name[64];
        assert_string_equal(
            json_string_value(json_array_get(json_object_get(one, "sessions"), 0)),
            circles[i]);
        assert_true(json_is_true(json_object_get(one, "sheet")));
        (void)snprintf(
            name, sizeof name, "sheets/kiosk-%d.pdf", (int)json_number_of(one, "device"));
        assert_int_equal(access(office_path(&office, name), R_OK), 0);
    }
    json_decref(answer);
    answer = enrol_new("again/", &result); /* each has one now */
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_array_size(json_object_get(answer, "kiosks")), 0);
    json_decref(answer);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM device"), 3);
}

/* The numbers of all are known before the first sheet is written. */
static void
each_sheet_says_which_of_all_it_is(void **state)
{
    (void)state;
    enum bw_exit result;
    char words[400], said[32];
    json_decref(enrol_new("sheets/", &result));
    for (int i = 1; i <= 3; i++) {
        (void)snprintf(said, sizeof said, "sheets/kiosk-%d.pdf", i);
        (void)snprintf(words, sizeof words, "pdftotext %s - | grep -q 'Blad %d van 3'",
            office_path(&office, said), i);
        assert_int_equal(system(words), 0); /* NOLINT: a name of this test's own */
    }
}

/* In the order of their circles; and whatever --out is, it is a folder. */
static void
all_sheets_are_in_one_pdf_too(void **state)
{
    (void)state;
    enum bw_exit result;
    char words[400];
    json_t *answer = enrol_new("sheets", &result);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_string_equal(json_string_value(json_object_get(answer, "sheets")),
        office_path(&office, "sheets/sheets.pdf"));
    json_decref(answer);
    for (int i = 1; i <= 3; i++) {
        (void)snprintf(words, sizeof words,
            "pdftotext -f %d -l %d %s - | grep -q 'Blad %d van 3'", i, i,
            office_path(&office, "sheets/sheets.pdf"), i);
        assert_int_equal(system(words), 0); /* NOLINT: a name of this test's own */
    }
    answer = enrol_new("sheets", &result); /* none is left */
    assert_true(json_is_null(json_object_get(answer, "sheets")));
    json_decref(answer);
}

/* Their sheets are a PDF of their own, by the number of the first. */
static void
circles_that_came_later_are_enrolled_into_the_same_folder(void **state)
{
    (void)state;
    enum bw_exit result;
    json_decref(enrol_new("sheets", &result));
    const char *path = office_write(&office, "later.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-4,reeks,Leerkring Hoogeveen,leerkring,Oost,Buurthuis,2025-03-28T13:30,"
        "2025-03-28T16:30,3,brugfunctionaris\n");
    assert_int_equal(
        office_run(&office, "import", "sessions", path, CLOCK, NULL), BW_EXIT_DONE);
    json_t *answer = enrol_new("sheets", &result);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_string_equal(json_string_value(json_object_get(answer, "sheets")),
        office_path(&office, "sheets/sheets-4.pdf"));
    json_decref(answer);
    assert_int_equal(access(office_path(&office, "sheets/sheets.pdf"), R_OK), 0);
    assert_int_equal(access(office_path(&office, "sheets/sheets-4.pdf"), R_OK), 0);
}

static void
pin_that_is_made_up_is_said_once_and_kept_as_a_hash(void **state)
{
    (void)state;
    enum bw_exit result;
    json_t *answer =
        office_json(&office, &result, "enrol", "--session", "S-2", "--name", "Deur",
            "--pin-file", "new", "--out", office_path(&office, "one.json"), CLOCK, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    const char *pin = json_string_value(json_object_get(answer, "new_pin"));
    assert_non_null(pin);
    assert_true(bw_staff_pin_fits(pin));
    assert_false(bw_staff_pin_is_weak(pin));
    assert_true(json_is_true(json_object_get(answer, "pin")));
    json_decref(answer);
    assert_int_equal(office_number(&office,
                         "SELECT count(*) FROM device WHERE pin_hash LIKE '$argon2id$%'"),
        1);
    assert_int_equal(
        office_run(&office, "enrol", "--session", "S-3", "--name", "Deur", "--pin-file",
            "new", "--out", office_path(&office, "two.json"), CLOCK, NULL),
        BW_EXIT_DONE);
    says("The staff PIN is ");
}

/* A name that is taken only once the file comes there: a link that leads nowhere. */
static void
one_that_cannot_be_put_in_its_place_takes_no_other_with_it(void **state)
{
    (void)state;
    assert_int_equal(mkdir(office_path(&office, "sheets"), 0700), 0);
    assert_int_equal(symlink("nowhere", office_path(&office, "sheets/kiosk-2.json")), 0);
    assert_int_equal(office_run(&office, "enrol", "--new", "--name", "Zuil", "--pin-file",
                         "new", "--out", office_path(&office, "sheets/"), CLOCK, NULL),
        BW_EXIT_LOOK);
    assert_non_null(strstr(office.diag, "enrolling kiosk 2, a number that is taken now"));
    says("Enrolled kiosk 1, \"Zuil\"");
    says("Enrolled kiosk 3, \"Zuil\"");
    assert_null(strstr(office.out, "Enrolled kiosk 2"));
    assert_null(strstr(office.out, "All sheets"));
    says("The staff PIN is "); /* which stands nowhere else */
    assert_int_equal(access(office_path(&office, "sheets/kiosk-1.pdf"), R_OK), 0);
    assert_int_equal(access(office_path(&office, "sheets/kiosk-3.pdf"), R_OK), 0);
    assert_int_not_equal(access(office_path(&office, "sheets/kiosk-2.pdf"), F_OK), 0);
}

static void
check_of_all_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "enrol", "--new", "--name", "Zuil", "--out",
                         office_path(&office, "sheets/"), "--check", CLOCK, NULL),
        BW_EXIT_DONE);
    says("Kiosk 1 would be \"Zuil\", on sheet 1 of 3 (S)");
    says("Kiosk 3 would be \"Zuil\", on sheet 3 of 3 (S)");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM device"), 0);
    assert_int_not_equal(access(office_path(&office, "sheets"), F_OK), 0);
}

static void
all_and_a_circle_at_once_are_wrong_use(void **state)
{
    (void)state;
    const char *out = office_path(&office, "sheets/");
    assert_int_equal(office_run(&office, "enrol", "--new", "--session", "S-1", "--name",
                         "Zuil", "--out", out, NULL),
        BW_EXIT_USAGE);
    assert_int_equal(office_run(&office, "enrol", "--name", "Zuil", "--out", out, NULL),
        BW_EXIT_USAGE);
    assert_int_equal(office_run(&office, "enrol", "--new", "--device", "1", "--name",
                         "Zuil", "--out", out, NULL),
        BW_EXIT_USAGE);
}

/* No address and no login on its sheet; its list comes by stick. */
static void
kiosk_of_the_stick_alone_knows_no_carrier_and_takes_its_list(void **state)
{
    (void)state;
    struct kiosk kiosk;
    enum bw_exit result;
    people_sign_up(&office, 2);
    office.carrier = "none";
    kiosk_enrol(&kiosk, &office, "Zuil", "S-1");
    json_t *pushed = kiosk_json(&kiosk, &result, "push", CLOCK, NULL);
    assert_int_equal(json_array_size(json_object_get(pushed, "carriers")), 0);
    json_decref(pushed);
    char *stick = strdup(office_path(&office, "stick"));
    assert_int_equal(
        office_run(&office, "pack", "--device", "1", "--out", stick, CLOCK, NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&kiosk, "pull", "--from", stick, CLOCK, NULL), BW_EXIT_DONE);
    struct bw_store *store = kiosk_store(&kiosk, BW_STORE_READ);
    struct bw_registration found;
    assert_int_equal(
        bw_store_registration(store, people_code(&office, 0), &found, NULL), BW_OK);
    bw_store_close(store);
    kiosk_finish(&kiosk);
    free(stick);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_three_circles, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(each_circle_without_a_kiosk_gets_one_and_a_sheet_by_start),
        CASE(each_sheet_says_which_of_all_it_is),
        CASE(all_sheets_are_in_one_pdf_too),
        CASE(circles_that_came_later_are_enrolled_into_the_same_folder),
        CASE(pin_that_is_made_up_is_said_once_and_kept_as_a_hash),
        CASE(one_that_cannot_be_put_in_its_place_takes_no_other_with_it),
        CASE(check_of_all_changes_nothing),
        CASE(all_and_a_circle_at_once_are_wrong_use),
        CASE(kiosk_of_the_stick_alone_knows_no_carrier_and_takes_its_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
