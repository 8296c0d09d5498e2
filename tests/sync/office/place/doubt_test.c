/* Doubts that are settled together: one step, in the order that gives places rightly, and
 * nothing where one of them can't be. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/one_office.h"

#include "office/place/doubt.h"

#include <stdio.h>
#include <stdlib.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie\n"
#define B ",De Brug,brugfunctionaris\n"

static const char days[] = "2025-03-01T12:00:00";
enum { AT_DAYS_SECONDS = 1740826800 };

static void
import(const char *session, const char *csv)
{
    enum bw_exit result = office_run(&office, "import", "registrations",
        office_write(&office, "form.csv", csv), "--session", session, "--yes", "--clock",
        days, NULL);
    if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
        fail_msg("%d: %s%s", (int)result, office.out, office.diag);
    }
}

static int64_t
in_doubt(void)
{
    return office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0");
}

static int64_t
placed(void)
{
    return office_number(&office, "SELECT count(*) FROM registration WHERE status = 0");
}

/* The verb itself, as the desk calls it. */
static enum bw_status
settle(const struct bw_place_doubt_answer *answers, size_t count,
    struct bw_place_doubt_settled *ret_settled, struct bw_error *err)
{
    struct bw_central *central = NULL;
    char key_path[160];
    (void)snprintf(
        key_path, sizeof key_path, "%s.key", office_path(&office, "central.db"));
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, err), BW_OK);
    struct bw_office verbs = {.central = central, .key_path = key_path};
    bw_clock_init_system(&verbs.clock);
    bw_clock_inject(&verbs.clock, INT64_C(1000) * AT_DAYS_SECONDS);
    enum bw_status status =
        bw_place_doubts_settle(&verbs, answers, count, "gebeld", ret_settled, err);
    bw_central_close(central);
    return status;
}

/* Two places; Bo and Dik signed up under Anna's address. */
static int
open_doubts(void **state)
{
    (void)open_office(state);
    import("S-1", HEADING "10-2-2025 09:13:05,s@x.nl,Anna Vos" B
                          "10-2-2025 09:14:05,s@x.nl,Bo Smit" B
                          "10-2-2025 09:15:05,s@x.nl,Dik Trom" B);
    assert_int_equal(in_doubt(), 2);
    return 0;
}

static void
the_place_that_was_kept_for_who_is_out_goes_to_who_comes_next(void **state)
{
    const struct bw_place_doubt_answer answers[] = {
        {"dik trom", BW_PLACE_DOUBT_OTHER}, {"bo smit", BW_PLACE_DOUBT_OUT}};
    struct bw_place_doubt_settled settled[2];
    struct bw_error err = {.text = ""};
    (void)state;
    if (settle(answers, 2, settled, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_true(settled[0].placed);
    assert_int_equal(settled[1].registration.roster.status, BW_CANCELLED);
    assert_int_equal(placed(), 2);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(in_doubt(), 2);
    assert_int_equal(placed(), 1);
}

static void
several_are_said_in_one_command_and_where_one_is_no_doubt_nothing_is_done(void **state)
{
    (void)state;
    char *before = office_dump(&office);
    assert_int_equal(office_run(&office, "settle", "bo smit", "anna vos", "other",
                         "--why", "gebeld", NULL),
        BW_EXIT_FAILED);
    says("there is no doubt about it");
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    assert_int_equal(office_run(&office, "settle", "bo smit", "dik trom", "other",
                         "--why", "gebeld", "--clock", days, NULL),
        BW_EXIT_DONE);
    says("Bo Smit");
    says("Dik Trom");
    assert_int_equal(in_doubt(), 0);
    assert_int_equal(placed(), 2);
}

/* Bo is in doubt by Anna in two circles. */
static void
in_two_circles(void)
{
    assert_int_equal(
        office_run(&office, "import", "sessions",
            office_write(&office, "two.csv",
                "code,series,title,kind,region,venue,starts_at,ends_at,capacity,"
                "audience\n"
                "S-2,reeks,Leerkring Elders,leerkring,Oost,Huis,2025-03-26T13:30,"
                "2025-03-26T16:30,6,brugfunctionaris\n"),
            "--clock", days, NULL),
        BW_EXIT_DONE);
    import("S-2", HEADING "11-2-2025 09:14:05,s@x.nl,Bo Smit" B);
    assert_int_equal(in_doubt(), 3);
}

static const char *
code_in(const char *session, char ret_code[BW_CODE_SHOWN_BYTES])
{
    char sql[200];
    (void)snprintf(sql, sizeof sql,
        "SELECT r.code FROM registration r JOIN session s ON s.session_no = r.session_no"
        " WHERE r.first_name = 'Bo' AND s.code = '%s'",
        session);
    bw_code_format_shown((bw_code)office_number(&office, sql), ret_code);
    return ret_code;
}

static void
two_people_are_not_one_in_one_circle_and_two_in_another(void **state)
{
    char one[BW_CODE_SHOWN_BYTES], two[BW_CODE_SHOWN_BYTES];
    struct bw_place_doubt_settled settled[2];
    struct bw_error err = {.text = ""};
    (void)state;
    in_two_circles();
    struct bw_place_doubt_answer answers[] = {{code_in("S-1", one), BW_PLACE_DOUBT_OTHER},
        {code_in("S-2", two), BW_PLACE_DOUBT_SAME}};
    char *before = office_dump(&office);
    assert_int_equal(settle(answers, 2, settled, &err), BW_REFUSED);
    assert_non_null(strstr(err.text, "same two people"));
    assert_int_equal(settle(answers, 0, settled, &err), BW_BAD_INPUT);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    answers[1].way = BW_PLACE_DOUBT_OTHER; /* the first settles it too */
    assert_int_equal(settle(answers, 2, settled, &err), BW_OK);
    assert_int_equal(settled[1].registration.roster.status, BW_CONFIRMED);
    assert_int_equal(in_doubt(), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_doubts, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_place_that_was_kept_for_who_is_out_goes_to_who_comes_next),
        CASE(several_are_said_in_one_command_and_where_one_is_no_doubt_nothing_is_done),
        CASE(two_people_are_not_one_in_one_circle_and_two_in_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
