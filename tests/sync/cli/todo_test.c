/* The program without a command: what there is to do, most urgent first. */

#include "tests/sync/one_office.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
setup(void **state)
{
    (void)state;
    office_init(&office);
    return 0;
}

/* An office with a circle, in place of the empty folder. */
static void
open_with(int places)
{
    office_finish(&office);
    office_open(&office, places, false);
}

#define SAYS(text)                                                                       \
    do {                                                                                 \
        if (strstr(office.out, (text)) == NULL) {                                        \
            fail_msg("not \"%s\" in: %s", (text), office.out);                           \
        }                                                                                \
    } while (0)

/* The kinds of the list, with a blank between; those that are urgent begin with '!'. */
static const char *
kinds_at(const char *clock)
{
    static char kinds[200];
    enum bw_exit result;
    json_t *root = office_json(&office, &result, "--clock", clock, NULL);
    size_t i = 0, used = 0;
    json_t *todo = NULL;
    assert_int_equal(result, BW_EXIT_DONE);
    kinds[0] = '\0';
    json_array_foreach(json_object_get(root, "todo"), i, todo)
    {
        used += (size_t)snprintf(kinds + used, sizeof kinds - used, "%s%s%s",
            i > 0 ? " " : "", json_is_true(json_object_get(todo, "urgent")) ? "!" : "",
            json_string_value(json_object_get(todo, "kind")));
    }
    json_decref(root);
    return kinds;
}

static void
where_nothing_is_yet_it_says_how_to_begin(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, NULL), BW_EXIT_DONE);
    SAYS("Zo begin je");
    SAYS("init");
    SAYS("import sessions");
    SAYS("brugwachter-sync --help");
}

static void
a_file_that_is_none_of_ours_is_no_beginning(void **state)
{
    (void)state;
    (void)office_write(&office, "central.db", "dit is geen database");
    assert_int_equal(office_run(&office, NULL), BW_EXIT_FAILED);
}

/* As on a medium that can't be written: SQLite has to make files beside it. */
static void
a_file_whose_folder_takes_no_other_is_no_beginning(void **state)
{
    (void)state;
    open_with(1);
    const char *beside = office_path(&office, "central.db-wal");
    (void)unlink(beside);
    assert_int_equal(mkdir(beside, 0700), 0);
    assert_int_equal(office_run(&office, NULL), BW_EXIT_FAILED);
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "copy the database and its keys"));
    assert_int_equal(rmdir(beside), 0);
}

/* One place, given up; one waits, and one is in doubt. */
static void
fill(void)
{
    open_with(1);
    const char *form = office_write(&office, "f.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "2025-02-10 09:00:00,a@x.example,Anna Visser,OBS De Brug,brugfunctionaris,Oost\n"
        "2025-02-10 09:01:00,b@x.example,Bram Bos,OBS De Dam,brugfunctionaris,Oost\n"
        "2025-02-10 09:02:00,c@x.example,Cas Dijk,OBS De Ley,geen brugfunctionaris,"
        "Oost\n");
    assert_int_equal(
        office_run(&office, "import", "registrations", form, "--session", "S-1", NULL),
        BW_EXIT_LOOK);
    assert_int_equal(office_run(&office, "cancel", "Anna Visser", NULL), BW_EXIT_DONE);
}

static void
what_there_is_to_do_comes_most_urgent_first_with_its_command(void **state)
{
    (void)state;
    fill();
    assert_string_equal(
        kinds_at("2025-03-24T09:00:00"), "!free_place !tell !no_kiosk doubt");
    assert_int_equal(
        office_run(&office, "--clock", "2025-03-24T09:00:00", NULL), BW_EXIT_DONE);
    SAYS("4 dingen te doen, 3 daarvan nu");
    SAYS("! S-1: 1 plek is vrij, en er wacht 1.\n    brugwachter-sync --central sqlite:");
    SAYS(" promote --session S-1\n");
    SAYS(" mail --session S-1 --check\n");
    SAYS("- S-1: 1 aanmelding wacht op een antwoord");
    SAYS(" doubts\n");
}

static void
commands_can_be_typed_where_the_file_has_a_blank_in_its_name(void **state)
{
    (void)state;
    (void)snprintf(
        office.uri, sizeof office.uri, "sqlite:%s/de kringen.db", office.folder);
    assert_int_equal(office_run(&office, NULL), BW_EXIT_DONE);
    SAYS("/de kringen.db' init\n");
    assert_int_equal(office_run(&office, "init", NULL), BW_EXIT_DONE);
    const char *sessions = office_write(&office, "s.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-1,reeks,Leerkring Zwolle,leerkring,Oost,Buurthuis,2025-03-25T13:30,"
        "2025-03-25T16:30,3,brugfunctionaris\n");
    assert_int_equal(
        office_run(&office, "import", "sessions", sessions, NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "--clock", "2025-03-24T09:00:00", NULL), BW_EXIT_DONE);
    SAYS("/de kringen.db' enrol --session S-1");
}

static void
weeks_before_nothing_is_urgent_and_a_kiosk_can_wait(void **state)
{
    (void)state;
    fill();
    assert_string_equal(kinds_at("2025-02-20T09:00:00"), "free_place tell doubt");
}

static void
an_item_goes_once_its_cause_is_gone(void **state)
{
    (void)state;
    fill();
    assert_int_equal(
        office_run(&office, "promote", "--session", "S-1", NULL), BW_EXIT_DONE);
    assert_string_equal(kinds_at("2025-02-20T09:00:00"), "tell doubt");
    assert_int_equal(
        office_run(&office, "settle", "Cas Dijk", "out", "--why", "geen", NULL),
        BW_EXIT_DONE);
    assert_string_equal(kinds_at("2025-02-20T09:00:00"), "tell");
    assert_string_equal(kinds_at("2025-03-26T09:00:00"), "not_closed");
    assert_int_equal(office_run(&office, "--clock", "2025-03-26T09:00:00", "session",
                         "close", "S-1", "--why", "geen zuil", NULL),
        BW_EXIT_DONE);
    assert_string_equal(kinds_at("2025-03-26T09:00:00"), "");
    assert_int_equal(
        office_run(&office, "--clock", "2025-03-26T09:00:00", NULL), BW_EXIT_DONE);
    SAYS("niets te doen");
}

static void
a_kiosk_that_was_never_heard_is_told_the_day_before(void **state)
{
    (void)state;
    open_with(1);
    const char *pin = office_write(&office, "pin", "123456\n");
    assert_int_equal(office_run(&office, "enrol", "--session", "S-1", "--name", "Balie",
                         "--pin-file", pin, "--out", office_path(&office, "z.json"),
                         "--clock", "2025-03-10T09:00:00", NULL),
        BW_EXIT_DONE);
    assert_string_equal(kinds_at("2025-03-20T09:00:00"), "");
    assert_string_equal(kinds_at("2025-03-24T09:00:00"), "!kiosk_silent");
}

static void
people_kept_too_long_are_to_be_purged_by_the_setting(void **state)
{
    (void)state;
    fill();
    assert_null(strstr(kinds_at("2026-03-25T18:00:00"), "purge"));
    assert_non_null(strstr(kinds_at("2026-03-26T00:01:00"), "purge"));
    char folder[512];
    assert_int_equal(mkdir(office_path(&office, "set"), 0700), 0);
    (void)office_write(&office, "set/sync.ini", "[sync]\nretention-days = 30\n");
    (void)snprintf(folder, sizeof folder, "%s", office_path(&office, "set"));
    office.settings = folder;
    assert_null(strstr(kinds_at("2025-04-24T18:00:00"), "purge"));
    assert_int_equal(
        office_run(&office, "--clock", "2025-04-25T09:00:00", NULL), BW_EXIT_DONE);
    SAYS("Van 1 kring worden de gegevens van mensen langer bewaard dan 30 dagen.");
    SAYS("purge --before 2025-03-26\n");
    assert_int_equal(office_run(&office, "--clock", "2025-04-25T09:00:00", "purge",
                         "--before", "2025-03-26", NULL),
        BW_EXIT_DONE);
    assert_null(strstr(kinds_at("2025-04-25T09:00:00"), "purge"));
    assert_int_equal(office_run(&office, "--retention-days", "0", NULL), BW_EXIT_USAGE);
}

/* What changed since the last one would be lost. */
static void
a_backup_is_reminded_of_when_the_last_is_old_or_there_was_none(void **state)
{
    (void)state;
    char folder[512];
    fill();
    (void)office_text(
        &office, "UPDATE central SET created_ms = 1740826800000 RETURNING 1");
    (void)office_text(&office, "UPDATE step SET at_ms = 1740826800000 RETURNING 1");
    assert_null(strstr(kinds_at("2025-03-08T11:00:00"), "backup"));
    assert_non_null(strstr(kinds_at("2025-03-08T12:30:00"), "backup"));
    assert_int_equal(
        office_run(&office, "--clock", "2025-03-09T09:00:00", NULL), BW_EXIT_DONE);
    SAYS("- Er is nog nooit een reservekopie gemaakt.\n");
    SAYS(" backup --out kringen-2025-03-09.bwb\n");
    assert_int_equal(office_run(&office, "backup", "--out", office_path(&office, "a.bwb"),
                         "--clock", "2025-03-09T09:00:00", NULL),
        BW_EXIT_DONE);
    assert_null(strstr(kinds_at("2025-03-20T09:00:00"), "backup"));
    assert_int_equal(office_run(&office, "block", "Bram Bos", "--why", "dubbel",
                         "--clock", "2025-03-10T09:00:00", NULL),
        BW_EXIT_DONE);
    assert_null(strstr(kinds_at("2025-03-16T08:00:00"), "backup"));
    assert_int_equal(
        office_run(&office, "--clock", "2025-03-19T12:00:00", NULL), BW_EXIT_DONE);
    SAYS("De laatste reservekopie is van 10 dagen geleden");
    assert_int_equal(mkdir(office_path(&office, "set"), 0700), 0);
    (void)office_write(&office, "set/sync.ini", "[sync]\nbackup-days = 0\n");
    (void)snprintf(folder, sizeof folder, "%s", office_path(&office, "set"));
    office.settings = folder;
    assert_null(strstr(kinds_at("2025-03-19T09:00:00"), "backup"));
}

static void
in_english_it_says_how_to_begin(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "--language", "en", NULL), BW_EXIT_DONE);
    SAYS("To begin:");
    SAYS("With central = sqlite:");
}

static void
in_english_it_says_the_same(void **state)
{
    (void)state;
    fill();
    assert_int_equal(
        office_run(&office, "--language", "en", "--clock", "2025-03-24T09:00:00", NULL),
        BW_EXIT_DONE);
    SAYS(": 4 things to do, 3 of them now. The next circle is Leerkring Zwolle, ");
    SAYS("! S-1: 1 place is free, and 1 waits.\n");
    SAYS("- S-1: 1 sign-up waits for an answer, and gets no place until then.\n");
    SAYS("! S-1 (Leerkring Zwolle) has no kiosk yet.\n");
    SAYS("All commands: brugwachter-sync --help");
    assert_null(strstr(office.out, "td."));
    assert_int_equal(office_run(&office, "--language", "fr", NULL), BW_EXIT_USAGE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(where_nothing_is_yet_it_says_how_to_begin),
        TEST(a_file_that_is_none_of_ours_is_no_beginning),
        TEST(a_file_whose_folder_takes_no_other_is_no_beginning),
        TEST(what_there_is_to_do_comes_most_urgent_first_with_its_command),
        TEST(commands_can_be_typed_where_the_file_has_a_blank_in_its_name),
        TEST(weeks_before_nothing_is_urgent_and_a_kiosk_can_wait),
        TEST(an_item_goes_once_its_cause_is_gone),
        TEST(people_kept_too_long_are_to_be_purged_by_the_setting),
        TEST(in_english_it_says_how_to_begin),
        TEST(in_english_it_says_the_same),
        TEST(a_backup_is_reminded_of_when_the_last_is_old_or_there_was_none),
        TEST(a_kiosk_that_was_never_heard_is_told_the_day_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
