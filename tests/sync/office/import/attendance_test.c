/* `import attendance`: the paper list of a door whose kiosk was silent, typed in. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include <string.h>

#define HEADING "Aanmeldcode,Naam,School,Tijd,Aanwezig\n"
#define SCHOOL "OBS De Brug"

static json_t *
import(struct day *day, const char *text, enum bw_exit want)
{
    enum bw_exit result;
    const char *path = office_write(&day->office, "paper.csv", text);
    json_t *answer = office_json(
        &day->office, &result, "import", "attendance", path, "--session", "S-1", NULL);
    if (result != want) {
        fail_msg("%d: %s%s", (int)result, day->office.out, day->office.diag);
    }
    return answer;
}

static int64_t
added(struct day *day, const char *text, enum bw_exit want)
{
    json_t *answer = import(day, text, want);
    int64_t count = json_number_of(answer, "added");
    json_decref(answer);
    return count;
}

static void
present_of(struct day *day, int64_t want)
{
    json_t *root = day_report(day, BW_EXIT_DONE);
    assert_int_equal(json_number_of(day_session(root), "present"), want);
    assert_int_equal(json_array_size(json_object_get(day_session(root), "conflicts")), 0);
    json_decref(root);
}

static void
who_is_on_the_paper_list_was_there(void **state)
{
    struct day *day = *state;
    char text[400], code[BW_CODE_SHOWN_BYTES];
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(office_run(&day->office, "merge", NULL), BW_EXIT_DONE);
    bw_code_format_shown(people_code(&day->office, 1), code);
    (void)snprintf(text, sizeof text,
        HEADING "%s,,,13.05,ja\n,piet p2," SCHOOL ",13:20,x\n"
                ",Piet P0,,13.10,x\n,Piet P4,,,nee\n",
        code);
    assert_int_equal(added(day, text, BW_EXIT_DONE), 2);
    assert_int_equal(added(day, text, BW_EXIT_DONE), 0);
    json_t *root = day_report(day, BW_EXIT_DONE);
    json_t *session = day_session(root);
    assert_int_equal(json_number_of(session, "present"), 3);
    assert_int_equal(json_number_of(session, "no_show"), 0);
    assert_int_equal(json_number_of(session, "from_waitlist"), 0);
    assert_int_equal(json_number_of(session, "kiosks_total"), 1);
    assert_true(json_is_true(json_object_get(session, "complete")));
    json_decref(root);
    assert_string_equal(
        office_text(&day->office, "SELECT basis, wall_ms FROM event WHERE basis = 8"
                                  " ORDER BY wall_ms LIMIT 1"),
        "8|1742904300000|");
}

static void
a_sign_up_form_is_no_list_of_who_came(void **state)
{
    struct day *day = *state;
    json_decref(import(day,
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "10-2-2025 9:00,p@x.nl,Piet P0," SCHOOL ",Brugfunctionaris,Oost\n",
        BW_EXIT_FAILED));
    assert_non_null(strstr(day->office.diag, "sign-up form"));
    assert_int_equal(added(day,
                         "Tijdstempel,E-mailadres,Naam,Functie,Aanwezig\n"
                         "10-2-2025 9:00,p@x.nl,Piet P0,Brugfunctionaris,x\n",
                         BW_EXIT_DONE),
        1);
}

static void
somebody_of_a_school_written_otherwise_is_offered(void **state)
{
    struct day *day = *state;
    assert_int_equal(
        added(day, HEADING ",Piet P1,De Brug te Zwolle,,x\n", BW_EXIT_LOOK), 0);
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(people_code(&day->office, 1), code);
    assert_non_null(strstr(day->office.out, code));
    assert_non_null(strstr(day->office.out, "Piet P1 (" SCHOOL ")"));
}

/* The kiosk's letter comes later, with what the paper said already. */
static void
paper_and_a_scan_of_one_person_are_one_arrival(void **state)
{
    struct day *day = *state;
    assert_int_equal(added(day, HEADING ",Piet P0,,13.40,x\n", BW_EXIT_DONE), 1);
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    json_t *root = day_report(day, BW_EXIT_DONE);
    assert_int_equal(json_number_of(day_session(root), "present"), 1);
    json_decref(root);
}

static void
the_office_is_no_kiosk_and_its_log_holds(void **state)
{
    struct day *day = *state;
    enum bw_exit result;
    assert_int_equal(added(day, HEADING ",Piet P0,,,x\n", BW_EXIT_DONE), 1);
    assert_int_equal(added(day, HEADING ",Piet P1,,,x\n", BW_EXIT_DONE), 1);
    json_t *root = office_json(&day->office, &result, "status", NULL);
    assert_int_equal(json_array_size(json_object_get(root, "devices")), 1);
    assert_int_equal(json_number_of(day_session(root), "present"), 2);
    json_decref(root);
    root = office_json(&day->office, &result, "verify", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(root, "kiosks"), 1);
    assert_int_equal(json_number_of(root, "office_logs"), 1);
    json_decref(root);
    day_push(&day->kiosk);
    json_decref(day_report(day, BW_EXIT_DONE));
    assert_null(strstr(day->office.out, "Papieren lijst"));
    assert_int_equal(office_run(&day->office, "kiosks", NULL), BW_EXIT_DONE);
    assert_null(strstr(day->office.out, "Papieren lijst"));
    assert_int_equal(office_run(&day->office, "revoke", "2", NULL), BW_EXIT_FAILED);
    kiosk_open(&day->side, &day->office, "Zij-ingang", "S-1");
    assert_int_equal(day->side.device, 3);
}

/* A database that was put back from a copy gives no number a second time. */
static void
each_epoch_has_a_log_of_its_own(void **state)
{
    struct day *day = *state;
    day_push(&day->kiosk);
    assert_int_equal(added(day, HEADING ",Piet P0,,,x\n", BW_EXIT_DONE), 1);
    (void)office_text(&day->office, "UPDATE central SET epoch = epoch + 1 RETURNING 1");
    assert_int_equal(added(day, HEADING ",Piet P1,,,x\n", BW_EXIT_DONE), 1);
    assert_string_equal(
        office_text(&day->office, "SELECT group_concat(device || '-' || seq, ' ') FROM"
                                  " (SELECT device, seq FROM event ORDER BY device)"),
        "2-1 3-1|");
    assert_int_equal(added(day, HEADING ",Piet P0,,,nee\n", BW_EXIT_LOOK), 0);
    present_of(day, 1);
    assert_int_equal(office_run(&day->office, "verify", NULL), BW_EXIT_DONE);
}

/* It begins on one day and ends on the next. */
static void
an_hour_after_midnight_is_of_the_day_after(void **state)
{
    struct day *day = *state;
    const char *moved = office_write(&day->office, "moved.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-1,reeks,Leerkring Zwolle,leerkring,Oost,Huis,2025-03-25T23:00,"
        "2025-03-26T01:30,3,brugfunctionaris\n");
    assert_int_equal(
        office_run(&day->office, "import", "sessions", moved, NULL), BW_EXIT_DONE);
    assert_int_equal(
        added(day, HEADING ",\"P0, Piet\",,00.15,x\n,Piet P1,,22.50,x\n", BW_EXIT_DONE),
        2);
    assert_string_equal(
        office_text(&day->office,
            "SELECT group_concat(wall_ms, ' ') FROM (SELECT wall_ms FROM event"
            " ORDER BY wall_ms)"),
        "1742939400000 1742944500000|");
}

/* People type a mark as they like, and blanks that nobody sees. */
static void
who_is_marked_as_absent_in_any_words_was_not_there(void **state)
{
    struct day *day = *state;
    assert_int_equal(added(day,
                         HEADING ",Piet P0,,,nee \n,Piet P1,,,Afwezig\n"
                                 ",Piet P2,,,\xc2\xa0\n,Piet P3,,,niet\n"
                                 ",Piet P4,,, X \n",
                         BW_EXIT_DONE),
        1);
}

/* What a kiosk saw, and a row without a mark, stay as they are. */
static void
a_mistaken_row_is_taken_back_by_one_that_says_no(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(added(day, HEADING ",Piet P1,,,x\n,Piet P2,,,x\n", BW_EXIT_DONE), 2);
    present_of(day, 3);
    json_t *answer = import(
        day, HEADING ",Piet P0,,,nee\n,Piet P1,,,nee\n,Piet P2,,,\n", BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "changed"), 1);
    assert_int_equal(json_array_size(json_object_get(answer, "notes")), 1);
    json_decref(answer);
    present_of(day, 2);
    assert_int_equal(added(day, HEADING ",Piet P1,,,nee\n", BW_EXIT_DONE), 0);
    assert_int_equal(added(day, HEADING ",Piet P1,,13.20,x\n", BW_EXIT_DONE), 1);
    present_of(day, 3);
    assert_int_equal(office_run(&day->office, "verify", NULL), BW_EXIT_DONE);
}

static void
a_list_is_a_step_and_taken_back(void **state)
{
    struct day *day = *state;
    int64_t steps = office_number(&day->office, "SELECT max(step_no) FROM step");
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(office_run(&day->office, "merge", NULL), BW_EXIT_DONE);
    assert_int_equal(added(day, HEADING ",Piet P0,,,x\n,Piet P1,,,x\n,Piet P2,,13.45,x\n",
                         BW_EXIT_DONE),
        2);
    assert_int_equal(added(day, HEADING ",Piet P1,,,x\n", BW_EXIT_DONE), 0);
    assert_int_equal(office_run(&day->office, "log", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "import attendance S-1 paper.csv"));
    assert_int_equal(office_number(&day->office, "SELECT max(step_no) FROM step"),
        steps + 1); /* I3: what changes nothing is no step */
    json_decref(import(day, HEADING ",Piet P2,,,nee\n", BW_EXIT_LOOK));
    present_of(day, 2);

    char first[24];
    (void)snprintf(first, sizeof first, "%d", (int)steps + 1);
    assert_int_equal(office_run(&day->office, "undo", first, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "was built on it")); /* ST2 */
    assert_int_equal(office_run(&day->office, "undo", NULL), BW_EXIT_DONE);
    present_of(day, 3); /* who was taken out is in again, at their time */
    assert_int_equal(
        office_number(&day->office, "SELECT count(DISTINCT wall_ms) FROM event"
                                    " WHERE kind = (SELECT kind FROM event"
                                    " WHERE basis = 8 LIMIT 1) AND basis = 8"),
        2);
    assert_int_equal(office_run(&day->office, "undo", first, NULL), BW_EXIT_DONE);
    present_of(day, 1); /* what the kiosk saw stays */
    (void)snprintf(first, sizeof first, "%d", (int)steps + 4);
    assert_int_equal(office_run(&day->office, "undo", first, NULL), BW_EXIT_DONE);
    present_of(day, 3); /* ST3 */
    assert_int_equal(office_run(&day->office, "verify", NULL), BW_EXIT_DONE);
}

/* ST2: a list that was taken back is nothing built; while it stands, it is. */
static void
a_form_is_taken_back_when_the_list_that_stood_on_it_is(void **state)
{
    struct day *day = *state;
    char form[24], list[24], back[24];
    int step = (int)office_number(&day->office, "SELECT max(step_no) FROM step"
                                                " WHERE what = 'import registrations'");
    (void)snprintf(form, sizeof form, "%d", step);
    assert_int_equal(added(day, HEADING ",Piet P0,,,x\n", BW_EXIT_DONE), 1);
    step = (int)office_number(&day->office, "SELECT max(step_no) FROM step");
    (void)snprintf(list, sizeof list, "%d", step);
    (void)snprintf(back, sizeof back, "%d", step + 1);
    assert_int_equal(office_run(&day->office, "undo", form, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, list));
    assert_int_equal(office_run(&day->office, "undo", list, NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&day->office, "undo", form, NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&day->office, "SELECT count(*) FROM registration"), 0);
    day_push(&day->kiosk);
    present_of(day, 0);
    assert_int_equal(office_run(&day->office, "verify", NULL), BW_EXIT_DONE);
    /* the list can't stand again without those it speaks of */
    assert_int_equal(office_run(&day->office, "undo", back, NULL), BW_EXIT_FAILED);
    (void)snprintf(back, sizeof back, "%d", step + 2);
    assert_int_equal(office_run(&day->office, "undo", back, NULL), BW_EXIT_DONE);
    (void)snprintf(back, sizeof back, "%d", step + 1);
    assert_int_equal(office_run(&day->office, "undo", back, NULL), BW_EXIT_DONE);
    present_of(day, 1);
    assert_int_equal(office_run(&day->office, "undo", form, NULL), BW_EXIT_FAILED);
}

/* What a kiosk saw is a fact, taken back or not. */
static void
a_form_of_somebody_whom_a_kiosk_saw_stays(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    assert_int_equal(office_run(&day->office, "merge", NULL), BW_EXIT_DONE);
    char form[24];
    (void)snprintf(form, sizeof form, "%d",
        (int)office_number(&day->office, "SELECT max(step_no) FROM step"
                                         " WHERE what = 'import registrations'"));
    assert_int_equal(office_run(&day->office, "undo", form, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "was at the door"));
}

static void
a_list_of_fixed_figures_is_not_taken_back(void **state)
{
    struct day *day = *state;
    assert_int_equal(added(day, HEADING ",Piet P0,,,x\n", BW_EXIT_DONE), 1);
    int64_t step = office_number(&day->office, "SELECT max(step_no) FROM step");
    char number[24];
    (void)snprintf(number, sizeof number, "%d", (int)step);
    assert_int_equal(
        office_run(&day->office, "session", "close", "S-1", "--why", "zuil stuk", NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&day->office, "undo", number, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(day->office.diag, "session reopen S-1")); /* ST5 */
    assert_int_equal(office_number(&day->office, "SELECT count(*) FROM event"), 1);
}

static void
a_list_of_names_alone_is_taken(void **state)
{
    struct day *day = *state;
    assert_int_equal(
        added(day, "Naam\nPiet P0\n\"P1, Piet\"\nP2, Piet\n", BW_EXIT_DONE), 3);
    assert_int_equal(added(day, "Aanmeldcode\nZZZZ-ZZZZ\n", BW_EXIT_LOOK), 0);
}

static void
a_mark_that_says_neither_is_named_and_not_counted(void **state)
{
    struct day *day = *state;
    json_t *answer = import(day,
        HEADING ",Piet P0,,,ziek\n,Piet P1,,,?\n,Piet P2,,,\xe2\x9c\x93\n", BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "added"), 1);
    assert_int_equal(json_array_size(json_object_get(answer, "rejected")), 2);
    json_decref(answer);
}

/* Whom a kiosk would have let in after the end, paper may say of too. */
static void
an_hour_within_the_tolerance_after_the_end_is_taken(void **state)
{
    struct day *day = *state;
    const char *lenient = office_write(&day->office, "lenient.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience,"
        "tolerance_minutes\n"
        "S-1,reeks,Leerkring Zwolle,leerkring,Oost,Huis,2025-03-25T13:00,"
        "2025-03-25T14:00,3,brugfunctionaris,10\n");
    assert_int_equal(
        office_run(&day->office, "import", "sessions", lenient, NULL), BW_EXIT_DONE);
    assert_int_equal(added(day, HEADING ",Piet P0,, 14.10 ,x\n", BW_EXIT_DONE), 1);
    assert_int_equal(added(day, HEADING ",Piet P1,,14.11,x\n", BW_EXIT_LOOK), 0);
}

static void
who_is_not_registered_or_not_clear_is_named(void **state)
{
    struct day *day = *state;
    json_t *answer = import(day,
        HEADING ",Jan Niemand,,,x\nZZZZ-ZZZZ,,,,x\n,Piet P0,CBS Elders,,x\n,,,,x\n"
                ",Piet P1,,25.00,x\n,Piet P1,,2025-03-26 13:00,x\n",
        BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "added"), 0);
    assert_int_equal(json_array_size(json_object_get(answer, "rejected")), 6);
    json_decref(answer);
    assert_int_equal(
        office_number(&day->office, "SELECT count(*) FROM device"), 1); /* I3 */
}

/* A digit misread would count somebody who wasn't there. */
static void
a_code_beside_somebody_elses_name_counts_nobody(void **state)
{
    struct day *day = *state;
    char code[BW_CODE_BYTES], rows[400];
    bw_code_format(people_code(&day->office, 0), code);
    (void)snprintf(rows, sizeof rows, HEADING "%s,Jan Niemand,,,x\n", code);
    json_t *answer = import(day, rows, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "added"), 0);
    json_decref(answer);
    (void)snprintf(rows, sizeof rows, HEADING "%s,\"p0, P.\",,,x\n", code);
    assert_int_equal(added(day, rows, BW_EXIT_DONE), 1);
}

static void
a_list_of_a_session_that_has_not_begun_is_refused(void **state)
{
    struct day *day = *state;
    const char *path = office_write(&day->office, "paper.csv", HEADING ",Piet P0,,,x\n");
    assert_int_equal(office_run(&day->office, "import", "attendance", path, "--session",
                         "S-1", "--clock", "2025-03-25T13:00:00", NULL),
        BW_EXIT_FAILED);
    assert_int_equal(
        office_run(&day->office, "import", "attendance", path, "--session", "S-9", NULL),
        BW_EXIT_FAILED);
    assert_int_equal(
        office_run(&day->office, "import", "attendance", path, NULL), BW_EXIT_USAGE);
    path = office_write(&day->office, "paper.csv", "School,Tijd\nOBS De Brug,13.05\n");
    assert_int_equal(
        office_run(&day->office, "import", "attendance", path, "--session", "S-1", NULL),
        BW_EXIT_FAILED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(who_is_on_the_paper_list_was_there),
        CASE(a_sign_up_form_is_no_list_of_who_came),
        CASE(somebody_of_a_school_written_otherwise_is_offered),
        CASE(paper_and_a_scan_of_one_person_are_one_arrival),
        CASE(the_office_is_no_kiosk_and_its_log_holds),
        CASE(each_epoch_has_a_log_of_its_own),
        CASE(an_hour_after_midnight_is_of_the_day_after),
        CASE(who_is_marked_as_absent_in_any_words_was_not_there),
        CASE(a_mistaken_row_is_taken_back_by_one_that_says_no),
        CASE(a_list_is_a_step_and_taken_back),
        CASE(a_form_is_taken_back_when_the_list_that_stood_on_it_is),
        CASE(a_form_of_somebody_whom_a_kiosk_saw_stays),
        CASE(a_list_of_fixed_figures_is_not_taken_back),
        CASE(a_list_of_names_alone_is_taken),
        CASE(a_mark_that_says_neither_is_named_and_not_counted),
        CASE(an_hour_within_the_tolerance_after_the_end_is_taken),
        CASE(who_is_not_registered_or_not_clear_is_named),
        CASE(a_code_beside_somebody_elses_name_counts_nobody),
        CASE(a_list_of_a_session_that_has_not_begun_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
