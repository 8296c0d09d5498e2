/* Enrolling: the file, the store that it makes, and the stores that it must not harm. */
#include "tests/sync/testing.h"

#include "central/central.h"
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/office/ticket/qr_read.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
setup(void **state)
{
    *state = fleet_open(NULL, NULL, 3, 5);
    return 0;
}

static void
check_mode(const char *path, mode_t mode)
{
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, mode);
}

static void
enrolment_file_is_one_line_of_ascii_for_its_owner_alone(void **state)
{
    struct world *world = *state;
    const char *pin = office_write(&world->office, "pin", "471100\n");
    char *out = strdup(office_path(&world->office, "new.json"));
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Zuil één", "--out", out, "--pin-file", pin, NULL),
        BW_EXIT_DONE);
    FILE *file = fopen(out, "r");
    char text[4096];
    size_t length = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    text[length] = '\0';
    assert_true(length <= 2049);
    assert_ptr_equal(strchr(text, '\n'), text + length - 1);
    for (size_t i = 0; i + 1 < length; i++) {
        assert_true(text[i] >= ' ' && text[i] <= '~');
    }
    assert_memory_equal(text, "{\"brugwachter_enrolment\":2,", 27);
    assert_null(strstr(text, "$argon2id$")); /* a roster brings the PIN */
    assert_null(strstr(text, "471100"));
    check_mode(out, 0600);
    char svg[600];
    (void)snprintf(svg, sizeof svg, "%s.svg", out);
    check_mode(svg, 0600);
    json_t *root = json_loads(text, 0, NULL);
    assert_string_equal(json_string_value(json_object_get(root, "session")), "S-1");
    assert_string_equal(json_string_value(json_object_get(root, "name")), "Zuil één");
    assert_int_equal(json_array_size(json_object_get(root, "keys")), 1);
    json_decref(root);
    free(out);
}

static void
pin_that_is_not_six_digits_is_refused(void **state)
{
    struct world *world = *state;
    static const char *const pins[] = {
        "12345", "1234567", "12345a", "123456 7", "", "\n"};
    char *out = strdup(office_path(&world->office, "refused.json"));
    for (size_t i = 0; i < sizeof pins / sizeof pins[0]; i++) {
        const char *pin = office_write(&world->office, "pin", pins[i]);
        assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                             "X", "--out", out, "--pin-file", pin, NULL),
            BW_EXIT_FAILED);
        assert_int_not_equal(access(out, F_OK), 0);
    }
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM device"), 1);
    free(out);
}

static void
store_and_credentials_are_for_their_owner_alone(void **state)
{
    struct world *world = *state;
    char path[600];
    (void)snprintf(path, sizeof path, "%s.credentials", world->kiosk.path);
    check_mode(world->kiosk.path, 0600);
    check_mode(path, 0600);
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(kiosk_run(&world->kiosk, "push", NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(world->kiosk.diag, "others may read it"));
}

static void
another_kiosks_store_is_kept_until_its_events_are_up(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    enum bw_exit result;
    char *enrolment = strdup(office_path(&world->office, "other.json"));
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Ander", "--out", enrolment, NULL),
        BW_EXIT_DONE);
    assert_int_equal(kiosk_run(kiosk, "enrol-device", enrolment, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(kiosk->diag, "1 of its events"));
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_int_equal(kiosk_run(kiosk, "enrol-device", enrolment, NULL), BW_EXIT_FAILED);
    assert_int_equal(office_run(&world->office, "merge", NULL), BW_EXIT_DONE);
    assert_int_equal(kiosk_run(kiosk, "pull", NULL), BW_EXIT_DONE);
    struct bw_store *busy = kiosk_store(kiosk, BW_STORE_KIOSK); /* a kiosk runs on it */
    assert_int_equal(kiosk_run(kiosk, "enrol-device", enrolment, NULL), BW_EXIT_FAILED);
    bw_store_close(busy);
    json_t *answer = kiosk_json(kiosk, &result, "enrol-device", enrolment, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    const char *aside = json_string_value(json_object_get(answer, "moved_aside"));
    assert_non_null(aside);
    struct bw_verification verification;
    struct bw_store *store = NULL;
    assert_int_equal(bw_store_open(aside, BW_STORE_READ, &store, NULL), BW_OK);
    assert_int_equal(bw_store_verify(store, &verification, NULL), BW_OK);
    assert_int_equal(verification.events, 1);
    assert_int_equal(bw_store_enrolment(store)->device, kiosk->device);
    bw_store_close(store);
    json_decref(answer);
    store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_enrolment(store)->device, kiosk->device + 1);
    bw_store_close(store);
    free(enrolment);
}

static void
same_kiosk_takes_new_settings_and_keeps_its_number_and_log(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    char *enrolment = strdup(office_path(&world->office, "again.json"));
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&world->office, "merge", NULL), BW_EXIT_DONE);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1));
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Nieuwe naam", "--device", "1", "--out", enrolment, NULL),
        BW_EXIT_DONE);
    assert_int_equal(kiosk_run(kiosk, "enrol-device", enrolment, NULL), BW_EXIT_DONE);
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    struct bw_head head;
    assert_string_equal(bw_store_enrolment(store)->name, "Nieuwe naam");
    assert_int_equal(bw_store_enrolment(store)->device, 1); /* and its number */
    bw_store_close(store);
    assert_int_equal(kiosk_run(kiosk, "sync", NULL), BW_EXIT_DONE);
    if (office_run(&world->office, "merge", NULL) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 2);
    store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_head(store, &head, NULL), BW_OK);
    assert_int_equal(head.seq, 2);
    bw_store_close(store);
    free(enrolment);
}

/* Writes over bytes of a store that nobody has open. */
static void
damage(const char *path, long at, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* At 36 of the header: how many pages are free; none of them is there. */
#define LOST_PAGES 36L, "\0\0\0\5", (size_t)4
#define NEWER_SCHEMA 60L, "\0\0\0\143", (size_t)4
#define ALL_LOST 0L, "nothing of it can be read", (size_t)25

static char *
enrolment_for(struct world *world, const char *device)
{
    char *path = strdup(office_path(&world->office, "anew.json"));
    assert_int_equal(
        office_run(&world->office, "enrol", "--session", "S-1", "--name", "Nieuw",
            "--out", path, device ? "--device" : NULL, device, NULL),
        BW_EXIT_DONE);
    return path;
}

/* Enrols; `aside` gets where the old file went, "" for nowhere. */
static enum bw_exit
enrol_anew(struct world *world, const char *enrolment, char aside[512])
{
    enum bw_exit result;
    json_t *answer = kiosk_json(&world->kiosk, &result, "enrol-device", enrolment, NULL);
    const char *moved = json_string_value(json_object_get(answer, "moved_aside"));
    (void)snprintf(aside, 512, "%s", moved ? moved : "");
    json_decref(answer);
    return result;
}

static void
check_told(const struct world *world, const char *name)
{
    char told[BW_ASIDE_BYTES] = "";
    bool found = false;
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_KIOSK);
    assert_int_equal(bw_store_enrolment(store)->device, 2);
    assert_int_equal(
        bw_store_get_bytes(store, BW_BYTES_ASIDE, told, sizeof told, &found, NULL),
        BW_OK);
    assert_true(found);
    assert_string_equal(told + strlen(told) - strlen(name), name);
    bw_store_close(store);
}

/* What it didn't send isn't lost: it is exported from where the file now lies. The office
 * never heard of it before its new sheet ended the old one, and so asks. */
static void
damaged_store_goes_aside_with_its_keys_and_is_exported_from_there(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk, old = *kiosk;
    char aside[512], stick[300];
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    char *enrolment = enrolment_for(world, "1"); /* its own number, that it can't keep */
    damage(kiosk->path, LOST_PAGES);
    assert_int_equal(enrol_anew(world, enrolment, aside), BW_EXIT_DONE);
    check_told(world, "damaged.1");
    kiosk->device = 2;
    (void)snprintf(stick, sizeof stick, "%s", office_path(&world->office, "stick"));
    assert_int_equal(mkdir(stick, 0700), 0);
    old.out = old.diag = NULL;
    (void)snprintf(old.path, sizeof old.path, "%s", aside);
    assert_int_equal(kiosk_run(&old, "export", stick, NULL), BW_EXIT_DONE);
    assert_int_equal(kiosk_run(kiosk, "sync", NULL), BW_EXIT_DONE);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1));
    assert_int_equal(kiosk_run(kiosk, "sync", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&world->office, "merge", stick, NULL), BW_EXIT_LOOK);
    assert_int_equal(
        office_run(&world->office, "kiosks", "accept", "1", NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 2);
    kiosk_finish(&old);
    free(enrolment);
}

static void
store_of_a_newer_program_or_none_at_all_goes_aside_too(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    char aside[512], second[512];
    char *enrolment = enrolment_for(world, NULL);
    damage(kiosk->path, NEWER_SCHEMA);
    assert_int_equal(enrol_anew(world, enrolment, aside), BW_EXIT_DONE);
    check_told(world, "newer.1");
    damage(kiosk->path, ALL_LOST);
    assert_int_equal(enrol_anew(world, enrolment, aside), BW_EXIT_DONE);
    check_told(world, "damaged.1");
    damage(kiosk->path, ALL_LOST);
    assert_int_equal(enrol_anew(world, enrolment, second), BW_EXIT_DONE);
    check_told(world, "damaged.2"); /* never over the first */
    assert_int_equal(access(aside, F_OK), 0);
    free(enrolment);
}

/* The power went in the middle: keys aside, file not yet. */
static void
store_that_was_half_aside_goes_on_to_the_same_name(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    char aside[512], here[600], there[600];
    char *enrolment = enrolment_for(world, NULL);
    damage(kiosk->path, ALL_LOST);
    (void)snprintf(here, sizeof here, "%s.credentials", kiosk->path);
    (void)snprintf(there, sizeof there, "%s.damaged.1.credentials", kiosk->path);
    assert_int_equal(rename(here, there), 0);
    assert_int_equal(enrol_anew(world, enrolment, aside), BW_EXIT_DONE);
    check_told(world, "damaged.1");
    check_mode(there, 0600);
    free(enrolment);
}

/* Somebody's file, named by mistake. */
static void
file_without_a_kiosks_keys_is_never_moved(void **state)
{
    struct world *world = *state;
    char *enrolment = enrolment_for(world, NULL);
    struct kiosk wrong = {.office = &world->office};
    (void)snprintf(
        wrong.path, sizeof wrong.path, "%s", world->office.uri + strlen("sqlite:"));
    assert_int_equal(kiosk_run(&wrong, "enrol-device", enrolment, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(wrong.diag, "another program's file"));
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM device"), 2);
    kiosk_finish(&wrong);
    free(enrolment);
}

/* Its log goes on elsewhere, under the same number. */
static void
restored_store_takes_the_new_number_though_it_replaces_its_own(void **state)
{
    struct world *world = *state;
    char aside[512];
    char *enrolment = enrolment_for(world, "1");
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_SYNC);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_RESTORED, 1, NULL), BW_OK);
    bw_store_close(store);
    assert_int_equal(enrol_anew(world, enrolment, aside), BW_EXIT_DONE);
    assert_non_null(strstr(aside, ".kiosk-1.1"));
    store = kiosk_store(&world->kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_enrolment(store)->device, 2);
    bw_store_close(store);
    free(enrolment);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, fleet_teardown)

/* The first bytes of FOLDER/kiosks/kiosk-N + ending, which is its owner's alone. */
static void
check_begins(const struct world *world, const char *name, const char *with)
{
    char path[300], bytes[16] = "";
    (void)snprintf(path, sizeof path, "%s/kiosks/%s", world->office.folder, name);
    check_mode(path, 0600);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(bytes, 1, sizeof bytes, file) >= strlen(with));
    assert_memory_equal(bytes, with, strlen(with));
    (void)fclose(file);
}

static void
into_a_folder_come_file_qr_code_picture_and_sheet(void **state)
{
    struct world *world = *state;
    char out[200];
    (void)snprintf(out, sizeof out, "%s/", office_path(&world->office, "kiosks"));
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Zuil twee", "--out", out, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_non_null(strstr(world->office.out, "sheet (.pdf)"));
    assert_non_null(strstr(world->office.out, "these kiosks don't know of it: 1."));
    check_begins(world, "kiosk-2.json", "{\"brugwachter_");
    check_begins(world, "kiosk-2.svg", "<svg");
    check_begins(world, "kiosk-2.png", "\x89PNG");
    check_begins(world, "kiosk-2.pdf", "%PDF-");
}

/* A camera reads the paper, and the kiosk is enrolled by what it says alone. */
static void
the_sheet_s_code_enrols_a_kiosk_and_its_test_ticket_is_one(void **state)
{
    struct world *world = *state;
    int codes = 0;
    struct kiosk read = {.office = &world->office, .wall_ms = KIOSK_START_MS};
    enum bw_exit result;
    char out[300], path[400];
    (void)snprintf(out, sizeof out, "%s/", office_path(&world->office, "kiosks"));
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Zuil twee", "--out", out, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    (void)snprintf(path, sizeof path, "%skiosk-2.pdf", out);
    char *ticket = qr_text_that_begins(path, 1, "BRUGWACHTER", &codes);
    char *text = qr_text_that_begins(path, 1, "{\"brugwachter_enrolment\":2,", &codes);
    assert_int_equal(codes, 2);
    assert_string_equal(ticket, "BRUGWACHTER TEST");
    folder_remove(out); /* nothing else tells the kiosk who it is */
    char *enrolment = strdup(office_write(&world->office, "as-read", text));
    (void)snprintf(read.path, sizeof read.path, "%s/kiosk-read.db", world->office.folder);
    assert_int_equal(kiosk_run(&read, "enrol-device", enrolment, NULL), BW_EXIT_DONE);
    json_t *pulled = kiosk_json(&read, &result, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(pulled, "registrations"), 5);
    json_decref(pulled);
    struct bw_store *store = kiosk_store(&read, BW_STORE_READ);
    assert_int_equal(bw_store_enrolment(store)->device, 2);
    assert_string_equal(bw_store_enrolment(store)->name, "Zuil twee");
    bw_store_close(store);
    kiosk_finish(&read);
    free(ticket);
    free(text);
    free(enrolment);
}

static void
run_sql(const struct world *world, const char *sql)
{
    struct bw_central *central = NULL;
    assert_int_equal(
        bw_central_open(world->office.uri, BW_CENTRAL_OPEN, &central, NULL), BW_OK);
    assert_int_equal(bw_central_run(central, sql, NULL, 0, NULL, NULL, NULL), BW_OK);
    bw_central_close(central);
}

/* More than a kiosk keeps of others: none of them would take its roster any more. */
static void
a_session_has_at_most_64_kiosks(void **state)
{
    struct world *world = *state;
    char *out = strdup(office_path(&world->office, "more.json"));
    run_sql(world,
        "WITH RECURSIVE n(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM n WHERE n < 161)"
        " INSERT INTO device (device, name, enrolled_ms, sign_public, box_public, state)"
        " SELECT n, 'Zuil ' || n, 0, zeroblob(32), zeroblob(32), 0 FROM n");
    run_sql(world, "INSERT INTO device_session (device, session_no, rank)"
                   " SELECT device, 1, 0 FROM device WHERE device >= 100");
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM device"), 63);
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "De 64e", "--out", out, NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "De 65e", "--out", out, NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(world->office.diag, "64 kiosks already"));
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Een andere", "--device", "100", "--out", out, NULL),
        BW_EXIT_DONE);
    free(out);
}

static void
an_enrolment_that_is_there_is_never_overwritten(void **state)
{
    struct world *world = *state;
    char out[200];
    (void)snprintf(out, sizeof out, "%s", office_path(&world->office, "kiosks"));
    assert_int_equal(mkdir(out, 0700), 0);
    (void)office_write(&world->office, "kiosks/kiosk-2.json", "another office's\n");
    assert_int_equal(office_run(&world->office, "enrol", "--session", "S-1", "--name",
                         "Zuil twee", "--out", out, NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(world->office.diag, "is there already"));
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM device"), 1);
}

/* A carrier's address may have a thousand characters: two of them are too many. */
static void
what_no_qr_code_holds_is_a_file_only_and_says_so(void **state)
{
    struct world *world = *state;
    char uri[901] = "folder:/", path[300];
    memset(uri + strlen(uri), 'a', sizeof uri - 1 - strlen(uri));
    uri[sizeof uri - 1] = '\0';
    (void)office_run(&world->office, "enrol", "--session", "S-1", "--name", "Zuil twee",
        "--out", office_path(&world->office, ""), "--carrier", uri, "--carrier", uri,
        NULL); /* no such folder: something to look at */
    assert_non_null(strstr(world->office.out, "a file only"));
    (void)snprintf(path, sizeof path, "%s/kiosk-2.json", world->office.folder);
    check_mode(path, 0600);
    (void)snprintf(path, sizeof path, "%s/kiosk-2.svg", world->office.folder);
    assert_int_not_equal(access(path, F_OK), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(enrolment_file_is_one_line_of_ascii_for_its_owner_alone),
        CASE(pin_that_is_not_six_digits_is_refused),
        CASE(store_and_credentials_are_for_their_owner_alone),
        CASE(another_kiosks_store_is_kept_until_its_events_are_up),
        CASE(same_kiosk_takes_new_settings_and_keeps_its_number_and_log),
        CASE(damaged_store_goes_aside_with_its_keys_and_is_exported_from_there),
        CASE(store_of_a_newer_program_or_none_at_all_goes_aside_too),
        CASE(store_that_was_half_aside_goes_on_to_the_same_name),
        CASE(file_without_a_kiosks_keys_is_never_moved),
        CASE(restored_store_takes_the_new_number_though_it_replaces_its_own),
        CASE(into_a_folder_come_file_qr_code_picture_and_sheet),
        CASE(a_session_has_at_most_64_kiosks),
        CASE(the_sheet_s_code_enrols_a_kiosk_and_its_test_ticket_is_one),
        CASE(an_enrolment_that_is_there_is_never_overwritten),
        CASE(what_no_qr_code_holds_is_a_file_only_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
