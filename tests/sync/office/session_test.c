/* A circle called off, moved, its figures fixed, and all of that taken back. */
#include "tests/sync/day_help.h"
#include "tests/sync/testing.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a kiosk holds of a registration. */
static int64_t
kiosk_number(const struct kiosk *kiosk, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open(kiosk->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(row, 0);
    (void)sqlite3_finalize(row);
    (void)sqlite3_close(db);
    return number;
}

static const char *
state_of(struct day *day, const char *at)
{
    static char state[32];
    enum bw_exit result;
    json_t *root = office_json(&day->office, &result, "--clock", at, "status", NULL);
    const json_t *first = json_array_get(json_object_get(root, "sessions"), 0);
    (void)snprintf(
        state, sizeof state, "%s", json_string_value(json_object_get(first, "state")));
    json_decref(root);
    return state;
}

#define RUN(day, ...) office_run(&(day)->office, __VA_ARGS__, NULL)
#define BEFORE "--clock", "2025-03-20T09:00:00"
#define AFTERWARDS "--clock", "2025-03-26T09:00:00"

static void
a_circle_is_planned_today_held_and_closed(void **state)
{
    struct day *day = *state;
    assert_string_equal(state_of(day, "2025-03-24T23:59:00"), "planned");
    assert_string_equal(state_of(day, "2025-03-25T00:00:00"), "today");
    assert_string_equal(state_of(day, "2025-03-25T16:29:00"), "today");
    assert_string_equal(state_of(day, "2025-03-25T16:30:00"), "held");
    assert_int_equal(
        RUN(day, AFTERWARDS, "session", "close", "s-1", "--why", "op papier"),
        BW_EXIT_DONE);
    assert_string_equal(state_of(day, "2025-03-26T10:00:00"), "closed");
}

static void
a_circle_called_off_names_whom_to_tell_and_leaves_the_sums(void **state)
{
    struct day *day = *state;
    enum bw_exit result;
    day_arrived(&day->kiosk, people_code(&day->office, 0), BW_BASIS_TICKET);
    day_push(&day->kiosk);
    json_t *root = office_json(&day->office, &result, AFTERWARDS, "session", "cancel",
        "S-1", "--why", "ziekte", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_array_size(json_object_get(root, "tell")), 6);
    assert_string_equal(json_string_value(json_object_get(root, "state")), "cancelled");
    json_decref(root);
    root = office_json(&day->office, &result, AFTERWARDS, "report", "--series", "reeks",
        "--out", office_path(&day->office, "report"), NULL);
    const json_t *series = json_object_get(root, "series");
    assert_int_equal(json_number_of(series, "unique_people"), 0);
    const json_t *session = json_array_get(json_object_get(root, "sessions"), 0);
    assert_string_equal(
        json_string_value(json_object_get(session, "state")), "cancelled");
    assert_int_equal(json_number_of(session, "no_show"), 0);
    json_decref(root);
}

static void
a_circle_called_off_gives_nobody_a_place(void **state)
{
    struct day *day = *state;
    assert_int_equal(RUN(day, BEFORE, "cancel", "Piet P0"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, BEFORE, "session", "cancel", "S-1"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, BEFORE, "promote", "--session", "S-1"), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "session reopen"));
    assert_int_equal(RUN(day, BEFORE, "reinstate", "Piet P0"), BW_EXIT_FAILED);
    assert_int_equal(RUN(day, BEFORE, "session", "cancel", "S-1"), BW_EXIT_FAILED);
}

static void
a_circle_called_off_has_no_tickets_to_print(void **state)
{
    struct day *day = *state;
    const char *folder = office_path(&day->office, "kaartjes");
    assert_int_equal(
        RUN(day, BEFORE, "session", "cancel", "S-1", "--why", "ziekte"), BW_EXIT_DONE);
    assert_int_equal(
        RUN(day, BEFORE, "tickets", "--session", "S-1", "--out", folder), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "S-1: it is called off"));
    assert_int_equal(access(folder, F_OK), -1);
    assert_int_equal(
        RUN(day, BEFORE, "tickets", "--series", "reeks", "--out", folder), BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "no session to come"));
    assert_int_equal(
        RUN(day, BEFORE, "session", "reopen", "S-1", "--why", "toch"), BW_EXIT_DONE);
    assert_int_equal(
        RUN(day, BEFORE, "tickets", "--session", "S-1", "--out", folder), BW_EXIT_DONE);
}

/* What is missing is said, and nothing that isn't. */
static void
closing_says_what_is_missing(void **state)
{
    struct day *day = *state;
    assert_int_equal(RUN(day, AFTERWARDS, "session", "close", "S-1"), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "closing S-1: 0 of 1 kiosks are complete"));
    assert_null(strstr(day->office.diag, "conflict"));
    const char *more = office_write(&day->office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Almelo,leerkring,Oost,Kerk,2025-03-25T13:30,"
        "2025-03-25T16:30,5,brugfunctionaris\n");
    assert_int_equal(RUN(day, BEFORE, "import", "sessions", more), BW_EXIT_DONE);
    assert_int_equal(RUN(day, AFTERWARDS, "session", "close", "S-2"), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "closing S-2: it had no kiosk"));
    assert_null(strstr(day->office.diag, "0 of 0"));
    assert_int_equal(
        RUN(day, AFTERWARDS, "session", "close", "S-2", "--why", "papier"), BW_EXIT_DONE);
}

static void
kiosks_hear_that_nobody_has_a_place_and_that_they_do_again(void **state)
{
    struct day *day = *state;
    assert_int_equal(
        kiosk_number(&day->kiosk, "SELECT count(*) FROM registration WHERE status = 2"),
        0);
    assert_int_equal(RUN(day, BEFORE, "session", "cancel", "S-1"), BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&day->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    assert_int_equal(
        kiosk_number(&day->kiosk, "SELECT count(*) FROM registration WHERE status = 2"),
        6);
    assert_int_equal(
        kiosk_number(&day->kiosk, "SELECT count(*) FROM session WHERE called_off_ms > 0"),
        1);
    assert_int_equal(RUN(day, BEFORE, "undo"), BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&day->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    assert_int_equal(
        kiosk_number(&day->kiosk, "SELECT count(*) FROM registration WHERE status = 2"),
        0);
    assert_int_equal(
        kiosk_number(&day->kiosk, "SELECT count(*) FROM registration WHERE status = 0"),
        3);
}

static void
a_move_says_old_and_new_and_whom_to_tell(void **state)
{
    struct day *day = *state;
    assert_int_equal(RUN(day, BEFORE, "session", "move", "S-1", "--starts",
                         "2025-03-27 10:00", "--language", "en", "--check"),
        BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "was: Tuesday 25 March 2025, 13.30"));
    assert_non_null(strstr(day->office.out, "now: Thursday 27 March 2025, 10.00"));
    assert_int_equal(RUN(day, BEFORE, "session", "move", "S-1", "--starts",
                         "2025-03-27 10:00", "--venue", "De Bron"),
        BW_EXIT_DONE);
    const char *out = day->office.out;
    assert_non_null(strstr(out, "was: Tuesday 25 March 2025, 13.30"));
    assert_non_null(strstr(out, "now: Thursday 27 March 2025, 10.00 – 13.00, De Bron"));
    assert_non_null(strstr(out, "Tell these 6 people"));
    assert_int_equal(RUN(day, BEFORE, "undo"), BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "Piet P5"));
    assert_int_equal(
        office_number(&day->office, "SELECT starts_ms FROM session"), KIOSK_START_MS);
    assert_string_equal(
        office_text(&day->office, "SELECT venue FROM session"), "Buurthuis|");
}

/* It is the office's alone: no mail waits for it, and no kiosk hears of it. */
static void
whom_the_office_calls_is_said_nobody_is_told_and_undo_takes_it_back(void **state)
{
    struct day *day = *state;
    const char *out;
    assert_int_equal(RUN(day, BEFORE, "session", "move", "S-1", "--venue-phone",
                         "0528 23 11 60 (Jan)", "--language", "en"),
        BW_EXIT_DONE);
    out = day->office.out;
    assert_non_null(strstr(out, "to call there, was: nobody yet"));
    assert_non_null(strstr(out, "now: 0528 23 11 60 (Jan)"));
    assert_null(strstr(out, "Tell these"));
    assert_int_equal(
        RUN(day, AFTERWARDS, "session", "move", "S-1", "--venue-phone", "0528 23 11 61"),
        BW_EXIT_DONE); /* also once it is over */
    assert_int_equal(RUN(day, BEFORE, "undo"), BW_EXIT_DONE);
    assert_string_equal(office_text(&day->office, "SELECT venue_phone FROM session"),
        "0528 23 11 60 (Jan)|");
    assert_int_equal(
        RUN(day, BEFORE, "session", "move", "S-1", "--venue-phone", ""), BW_EXIT_DONE);
    assert_int_equal(
        RUN(day, BEFORE, "session", "move", "S-1", "--venue-phone", ""), BW_EXIT_FAILED);
    assert_int_equal(RUN(day, BEFORE, "session", "move", "S-1", "--venue", "De Bron",
                         "--venue-phone", "058 1"),
        BW_EXIT_DONE);
    assert_int_equal(
        RUN(day, BEFORE, "session", "move", "S-1", "--venue", "Elders"), BW_EXIT_DONE);
    assert_string_equal(
        office_text(&day->office, "SELECT venue_phone FROM session"), "|");
    assert_int_equal(RUN(day, BEFORE, "session", "move", "S-1", "--venue-phone",
                         "0123456789012345678901234567890123456789012345678901234567890"
                         "123456789"),
        BW_EXIT_USAGE);
}

static void
a_move_into_the_past_is_asked_about_first(void **state)
{
    struct day *day = *state;
    char *before = office_dump(&day->office);
    assert_int_equal(
        RUN(day, BEFORE, "session", "move", "S-1", "--starts", "2025-02-27 10:00"),
        BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "--yes"));
    char *after = office_dump(&day->office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    assert_int_equal(RUN(day, BEFORE, "session", "move", "S-1", "--starts",
                         "2025-02-27 10:00", "--yes"),
        BW_EXIT_DONE);
    assert_int_equal(
        RUN(day, BEFORE, "session", "move", "S-1", "--ends", "gisteren"), BW_EXIT_USAGE);
}

static void
an_import_moves_nothing_into_the_past_and_is_taken_back(void **state)
{
    struct day *day = *state;
    static const char heading[] =
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n";
    char text[1000];
    (void)snprintf(text, sizeof text,
        "%sS-1,reeks,Leerkring Zwolle,leerkring,Oost,Buurthuis,2025-03-05T13:30,"
        "2025-03-05T16:30,3,brugfunctionaris\n",
        heading);
    assert_int_equal(RUN(day, BEFORE, "import", "sessions",
                         office_write(&day->office, "past.csv", text)),
        BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "into the past"));
    (void)snprintf(text, sizeof text,
        "%sS-1,reeks,Leerkring Zwolle,leerkring,Oost,Buurthuis,2025-03-28T13:30,"
        "2025-03-28T16:30,3,brugfunctionaris\n"
        "S-2,reeks,Leerkring Assen,leerkring,Noord,Kerk,2025-03-29T13:30,"
        "2025-03-29T16:30,3,brugfunctionaris\n",
        heading);
    char *before = office_dump(&day->office);
    assert_int_equal(RUN(day, BEFORE, "import", "sessions",
                         office_write(&day->office, "later.csv", text)),
        BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "tell its 6 people"));
    assert_int_equal(office_number(&day->office, "SELECT count(*) FROM session"), 2);
    assert_int_equal(RUN(day, BEFORE, "undo"), BW_EXIT_DONE);
    assert_int_equal(office_number(&day->office, "SELECT count(*) FROM session"), 1);
    assert_int_equal(
        office_number(&day->office, "SELECT starts_ms FROM session"), KIOSK_START_MS);
    assert_int_equal(RUN(day, BEFORE, "undo", "4"), BW_EXIT_DONE);
    assert_int_equal(office_number(&day->office, "SELECT count(*) FROM session"), 2);
    free(before);
}

static void
a_new_agenda_is_taken_back_with_the_old_one(void **state)
{
    struct day *day = *state;
    const char *one = office_write(&day->office, "one.csv",
        "title,starts_at\nVragenuur,2025-04-01T15:00\nHandboek,\n");
    assert_int_equal(RUN(day, BEFORE, "import", "agenda", one), BW_EXIT_DONE);
    const char *two =
        office_write(&day->office, "two.csv", "title,starts_at\nWorkshop,\n");
    assert_int_equal(RUN(day, BEFORE, "import", "agenda", two), BW_EXIT_DONE);
    assert_int_equal(office_number(&day->office, "SELECT count(*) FROM agenda_item"), 1);
    assert_int_equal(RUN(day, BEFORE, "undo", "3"), BW_EXIT_FAILED); /* the first */
    assert_int_equal(RUN(day, BEFORE, "undo"), BW_EXIT_DONE);
    assert_int_equal(office_number(&day->office, "SELECT count(*) FROM agenda_item"), 2);
    assert_int_equal(RUN(day, BEFORE, "undo", "5"), BW_EXIT_DONE);
    assert_string_equal(
        office_text(&day->office, "SELECT title FROM agenda_item"), "Workshop|");
}

static void
after_the_end_nobody_is_placed_or_cancelled(void **state)
{
    struct day *day = *state;
    assert_int_equal(RUN(day, AFTERWARDS, "cancel", "Piet P0"), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "import attendance"));
    assert_int_equal(RUN(day, AFTERWARDS, "promote", "--session", "S-1"), BW_EXIT_FAILED);
    const char *late = office_write(&day->office, "late.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "2025-03-25 20:00:00,l@voorbeeld.example,Laat Komer,OBS De Brug,"
        "brugfunctionaris,Oost\n");
    assert_int_equal(
        RUN(day, AFTERWARDS, "import", "registrations", late, "--session", "S-1"),
        BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "after the end of S-1"));
    assert_int_equal(
        office_number(&day->office, "SELECT count(*) FROM registration"), 6); /* PL5 */
}

static void
nothing_changes_fixed_figures_until_they_are_opened(void **state)
{
    struct day *day = *state;
    assert_int_equal(RUN(day, BEFORE, "session", "close", "S-1"), BW_EXIT_FAILED);
    assert_int_equal(RUN(day, AFTERWARDS, "session", "close", "S-1"), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "--why"));
    assert_int_equal(
        RUN(day, AFTERWARDS, "session", "close", "S-1", "--why", "zuil stuk"),
        BW_EXIT_DONE);
    const char *paper = office_write(&day->office, "paper.csv", "Naam\nPiet P0\n");
    const char *const tries[][6] = {{"block", "Piet P0", "--why", "x"},
        {"reissue", "Piet P0"}, {"cancel", "Piet P0"}, {"undo", "2"},
        {"promote", "--session", "S-1"}, {"session", "cancel", "S-1"},
        {"import", "attendance", paper, "--session", "S-1"}};
    char *before = office_dump(&day->office);
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        assert_int_equal(RUN(day, AFTERWARDS, tries[i][0], tries[i][1], tries[i][2],
                             tries[i][3], tries[i][4]),
            BW_EXIT_FAILED);
        assert_non_null(strstr(day->office.diag, "reopen"));
    }
    char *after = office_dump(&day->office);
    assert_string_equal(before, after); /* ST5 */
    free(before);
    free(after);
    assert_int_equal(RUN(day, AFTERWARDS, "session", "reopen", "S-1"), BW_EXIT_FAILED);
    assert_int_equal(
        RUN(day, AFTERWARDS, "session", "reopen", "S-1", "--why", "papieren lijst"),
        BW_EXIT_DONE);
    assert_int_equal(
        RUN(day, AFTERWARDS, "import", "attendance", paper, "--session", "S-1"),
        BW_EXIT_DONE);
}

static void
what_comes_after_closing_counts_once_it_is_opened(void **state)
{
    struct day *day = *state;
    enum bw_exit result;
    day_arrived(&day->kiosk, people_code(&day->office, 0), BW_BASIS_TICKET);
    assert_int_equal(
        RUN(day, AFTERWARDS, "session", "close", "S-1", "--why", "zuil kwijt"),
        BW_EXIT_DONE);
    day_push(&day->kiosk);
    json_t *root = office_json(&day->office, &result, "--clock", "2025-03-27T09:00:00",
        "report", "--session", "S-1", "--out", office_path(&day->office, "r"), NULL);
    json_t *session = json_array_get(json_object_get(root, "sessions"), 0);
    assert_int_equal(json_number_of(session, "present"), 0); /* B4 */
    assert_int_equal(json_number_of(session, "after_closing"), 1);
    assert_int_equal(json_number_of(session, "no_show"), 3);
    json_decref(root);
    assert_int_equal(RUN(day, "--clock", "2025-03-27T09:00:00", "session", "reopen",
                         "S-1", "--why", "zuil gevonden"),
        BW_EXIT_DONE);
    root = office_json(&day->office, &result, "--clock", "2025-03-27T09:00:00", "report",
        "--session", "S-1", "--out", office_path(&day->office, "r"), NULL);
    session = json_array_get(json_object_get(root, "sessions"), 0);
    assert_int_equal(json_number_of(session, "present"), 1);
    json_decref(root);
}

/* present and after_closing of the circle, at a clock. */
static void
report_at(struct day *day, const char *at, int64_t present, int64_t after)
{
    enum bw_exit result;
    json_t *root = office_json(&day->office, &result, "--clock", at, "report",
        "--session", "S-1", "--out", office_path(&day->office, "r"), NULL);
    json_t *session = json_array_get(json_object_get(root, "sessions"), 0);
    assert_int_equal(json_number_of(session, "present"), present);
    assert_int_equal(json_number_of(session, "after_closing"), after);
    json_decref(root);
}

/* Two at the office, whose clocks are ten minutes apart. */
static void
what_is_here_at_closing_counts_whatever_the_clocks_say(void **state)
{
    struct day *day = *state;
    day_arrived(&day->kiosk, people_code(&day->office, 0), BW_BASIS_TICKET);
    day_push(&day->kiosk);
    report_at(day, "2025-03-26T09:10:00", 1, 0);
    assert_int_equal(RUN(day, AFTERWARDS, "session", "close", "S-1"), BW_EXIT_DONE);
    report_at(day, "2025-03-26T09:01:00", 1, 0);
    day_arrived(&day->kiosk, people_code(&day->office, 1), BW_BASIS_TICKET);
    day_push(&day->kiosk);
    report_at(day, "2025-03-26T08:50:00", 1, 1); /* B4 */
    report_at(day, "2025-03-26T09:20:00", 1, 1);
}

/* Of two sheets for one kiosk the newer ended the older before it was used. */
static void
a_sheet_that_ended_unused_lacks_nothing(void **state)
{
    struct day *day = *state;
    day_arrived(&day->kiosk, people_code(&day->office, 0), BW_BASIS_TICKET);
    day_push(&day->kiosk);
    assert_int_equal(RUN(day, BEFORE, "enrol", "--session", "S-1", "--name", "Zij",
                         "--out", office_path(&day->office, "one.json")),
        BW_EXIT_DONE);
    assert_int_equal(RUN(day, BEFORE, "enrol", "--session", "S-1", "--name", "Zij",
                         "--device", "2", "--out", office_path(&day->office, "two.json")),
        BW_EXIT_DONE);
    assert_int_equal(RUN(day, AFTERWARDS, "session", "close", "S-1"), BW_EXIT_FAILED);
    assert_int_equal(
        RUN(day, AFTERWARDS, "revoke", "3", "--why", "niet nodig"), BW_EXIT_DONE);
    assert_int_equal(RUN(day, AFTERWARDS, "session", "close", "S-1"), BW_EXIT_DONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sheet_that_ended_unused_lacks_nothing),
        TEST(a_circle_is_planned_today_held_and_closed),
        TEST(a_circle_called_off_names_whom_to_tell_and_leaves_the_sums),
        TEST(a_circle_called_off_gives_nobody_a_place),
        TEST(a_circle_called_off_has_no_tickets_to_print),
        TEST(closing_says_what_is_missing),
        TEST(kiosks_hear_that_nobody_has_a_place_and_that_they_do_again),
        TEST(a_move_says_old_and_new_and_whom_to_tell),
        TEST(whom_the_office_calls_is_said_nobody_is_told_and_undo_takes_it_back),
        TEST(a_move_into_the_past_is_asked_about_first),
        TEST(an_import_moves_nothing_into_the_past_and_is_taken_back),
        TEST(a_new_agenda_is_taken_back_with_the_old_one),
        TEST(after_the_end_nobody_is_placed_or_cancelled),
        TEST(nothing_changes_fixed_figures_until_they_are_opened),
        TEST(what_comes_after_closing_counts_once_it_is_opened),
        TEST(what_is_here_at_closing_counts_whatever_the_clocks_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
