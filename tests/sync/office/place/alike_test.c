/* Who looks like whom, that they are two, and whose words stay where they are one. */
#include "tests/sync/one_office.h"

#include "office/place/alike.h"
#include "office/place/people.h"

#include <stdio.h>

#define DAY "--clock", "2025-03-10T10:00:00"
#define ROW(time, mail, name, school)                                                    \
    "10-02-2025 " time "," mail "," name "," school ",brugfunctionaris,Oost\n"
#define WOLTERS ROW("12:01:07", "hugo.wolters@b.example", "Hugo Wolters", "OBS De Brug")
#define WOLTER ROW("12:05:09", "hugo.wolter@b.example", "Hugo Wolter", "obs de brug")
#define MO ROW("12:02:09", "mo@b.example", "Mo Vos", "OBS De Brug")

static struct bw_central *central;

static void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

static void
import(const char *session, const char *rows)
{
    char whole[1200];
    (void)snprintf(whole, sizeof whole, OFFICE_FORM "%s", rows);
    enum bw_exit result = office_run(&office, "import", "registrations",
        office_write(&office, "form.csv", whole), "--session", session, "--yes", DAY,
        NULL);
    if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
        fail_msg("%d: %s%s", (int)result, office.out, office.diag);
    }
}

/* Wolters is in the first circle, Wolter in the second, Mo in both. */
static int
open_two(void **state)
{
    struct bw_error err = {.text = ""};
    (void)state;
    office_open(&office, 6, false);
    office_second_circle(&office, 6);
    import("S-1", WOLTERS MO);
    import("S-2", WOLTER MO);
    must(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), &err);
    return 0;
}

static int
close_two(void **state)
{
    bw_central_close(central);
    return close_office(state);
}

static bw_code
code_of(const char *name)
{
    char sql[120];
    (void)snprintf(
        sql, sizeof sql, "SELECT min(code) FROM registration WHERE name = '%s'", name);
    return (bw_code)office_number(&office, sql);
}

static size_t
alike_of(const char *name, struct bw_place_alike ret_alike[BW_PLACE_ALIKE_MAX])
{
    struct bw_error err = {.text = ""};
    int64_t person_no = 0;
    size_t count = 0;
    must(bw_place_people_of(central, code_of(name), &person_no, &err), &err);
    must(bw_place_alike_find(central, person_no, ret_alike, &count, &err), &err);
    return count;
}

static const char *
shown(const char *name)
{
    static char codes[2][BW_CODE_SHOWN_BYTES];
    static int turn;
    turn = 1 - turn;
    bw_code_format_shown(code_of(name), codes[turn]);
    return codes[turn];
}

static int64_t
called(const char *name)
{
    char sql[120];
    (void)snprintf(
        sql, sizeof sql, "SELECT count(*) FROM registration WHERE name = '%s'", name);
    return office_number(&office, sql);
}

static void
nearly_one_name_at_one_school_or_one_address_looks_alike(void **state)
{
    struct bw_place_alike alike[BW_PLACE_ALIKE_MAX];
    (void)state;
    assert_int_equal(alike_of("Wolters", alike), 1);
    assert_int_equal(alike[0].by, BW_PLACE_ALIKE_BY_NAME);
    assert_string_equal(alike[0].name, "Wolter");
    assert_int_equal(alike_of("Vos", alike), 0);
    import("S-2", ROW("13:00:01", "mo@b.example", "Bea Dik", "Elders"));
    assert_int_equal(alike_of("Vos", alike), 1);
    assert_int_equal(alike[0].by, BW_PLACE_ALIKE_BY_MAIL);
    assert_string_equal(alike[0].name, "Dik");
}

static void
whoever_is_called_another_looks_like_nobody_until_that_is_undone(void **state)
{
    struct bw_place_alike alike[BW_PLACE_ALIKE_MAX];
    struct bw_error err = {.text = ""};
    struct bw_office mine = {.central = central, .key_path = "", .who = "Anouk"};
    (void)state;
    bw_clock_init_system(&mine.clock);
    must(bw_place_alike_apart(&mine, shown("Wolters"), shown("Wolter"), "gebeld", &err),
        &err);
    assert_int_equal(alike_of("Wolters", alike), 0);
    assert_int_equal(alike_of("Wolter", alike), 0);
    assert_int_equal(
        bw_place_alike_apart(&mine, shown("Wolters"), shown("Wolters"), "", &err),
        BW_REFUSED);
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(alike_of("Wolters", alike), 1);
}

static void
who_was_settled_as_another_is_not_asked_about_again(void **state)
{
    struct bw_place_alike alike[BW_PLACE_ALIKE_MAX];
    (void)state;
    import("S-1", ROW("12:08:01", "rik@b.example", "Rik Zandstra", "OBS De Brug"));
    import("S-1", ROW("12:09:01", "rz@b.example", "Rik Zandstr", "OBS De Brug"));
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 1);
    assert_int_equal(alike_of("Zandstr", alike), 1);
    struct bw_error err = {.text = ""};
    struct bw_office mine = {.central = central, .key_path = ""};
    bw_clock_init_system(&mine.clock);
    assert_int_equal(/* it is asked as a doubt */
        bw_place_alike_apart(&mine, shown("Zandstr"), shown("Zandstra"), "", &err),
        BW_REFUSED);
    assert_int_equal(office_run(&office, "settle", shown("Zandstr"), "other", "--why",
                         "gebeld", DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(alike_of("Zandstr", alike), 0);
    assert_int_equal(alike_of("Zandstra", alike), 0);
}

/* PL8 */
static void
the_words_that_were_chosen_stay_in_every_circle(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "merge-people", shown("Wolters"),
                         shown("Wolter"), "words=other", DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(called("Wolters"), 0);
    assert_int_equal(called("Wolter"), 2);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person WHERE"
                                            " mail = 'hugo.wolter@b.example'"),
        1);
    import("S-1", WOLTERS MO ROW("14:00:01", "nel@b.example", "Nel Bos", "Elders"));
    says("was corrected by hand");
    assert_int_equal(called("Wolters"), 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 5);
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(called("Wolters"), 1);
    assert_int_equal(office_run(&office, "merge-people", shown("Wolters"),
                         shown("Wolter"), "words=beide", DAY, NULL),
        BW_EXIT_USAGE);
}

#define ON_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_two, close_two)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_OFFICE(nearly_one_name_at_one_school_or_one_address_looks_alike),
        ON_OFFICE(whoever_is_called_another_looks_like_nobody_until_that_is_undone),
        ON_OFFICE(who_was_settled_as_another_is_not_asked_about_again),
        ON_OFFICE(the_words_that_were_chosen_stay_in_every_circle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
