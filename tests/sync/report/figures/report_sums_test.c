/* A report's tables: their totals agree, and what is made for publishing gives nobody
 * away by setting one beside another. */
#include "report/figures/report_sums.h"
#include "tests/sync/testing.h"

#include <string.h>

enum { SESSIONS = 3 };

/* Three circles that were held: two in Noord, one in Oost. */
struct season {
    struct bw_report_session sessions[SESSIONS];
    struct bw_report_move moves[4];
    struct bw_report report;
};

static void
session_set(struct bw_report_session *session, const char *title, const char *region,
    int came, int from_waitlist)
{
    *session = (struct bw_report_session){.code = title,
        .title = title,
        .region = region,
        .capacity = 50,
        .confirmed = came + 10,
        .confirmed_came = came,
        .no_show = 10,
        .came = came,
        .from_waitlist = from_waitlist,
        .present = came + from_waitlist,
        .state = BW_SESSION_CLOSED};
    session->arrivals.bins[BW_ARRIVALS_START] = session->present;
}

static void
season_init(struct season *season, int came_in_oost)
{
    memset(season, 0, sizeof *season);
    session_set(&season->sessions[0], "Groningen", "Noord", 40, 6);
    session_set(&season->sessions[1], "Assen", "Noord", 30, 8);
    session_set(&season->sessions[2], "Zwolle", "Oost", came_in_oost, 0);
    season->moves[0] = (struct bw_report_move){"Noord", "Noord", 70};
    season->moves[1] = (struct bw_report_move){"Oost", "Noord", 14};
    season->moves[2] = (struct bw_report_move){"Oost", "Oost", came_in_oost};
    season->report = (struct bw_report){.series = "reeks",
        .title = "Reeks",
        .sessions = season->sessions,
        .sessions_count = SESSIONS,
        .moves = season->moves,
        .moves_count = 3,
        .unique_people = 84 + came_in_oost,
        .often = {84 + came_in_oost, 0, 0}};
}

static void
totals_are_sums_of_the_rows_above_them(void **state)
{
    (void)state;
    struct season season;
    struct bw_report_sums sums;
    struct bw_error err;
    season_init(&season, 20);
    assert_int_equal(
        bw_report_sums_make(&season.report, BW_WORDING_DUTCH, false, &sums, &err), BW_OK);
    assert_int_equal(sums.visits, 104);
    assert_int_equal(bw_report_tally_total(&sums.circles), 104);
    assert_int_equal(bw_report_tally_total(&sums.regions), 104);
    assert_int_equal(bw_report_tally_total(&sums.arrivals), 104);
    assert_int_equal(sums.own_region, 90);
    assert_int_equal(sums.no_show, 30);
    bw_report_sums_finish(&sums);
}

static void
tables_that_dont_agree_are_not_written(void **state)
{
    (void)state;
    struct season season;
    struct bw_report_sums sums;
    struct bw_error err;
    season_init(&season, 20);
    season.moves[0].people--;
    assert_int_equal(
        bw_report_sums_make(&season.report, BW_WORDING_DUTCH, false, &sums, &err),
        BW_REFUSED);
}

/* Else the region's column would be the circle that the other table hides. */
static void
circle_that_joins_another_region_takes_its_column_along(void **state)
{
    (void)state;
    struct season season;
    struct bw_report_sums sums;
    struct bw_error err;
    season_init(&season, 3);
    assert_int_equal(
        bw_report_sums_make(&season.report, BW_WORDING_DUTCH, true, &sums, &err), BW_OK);
    assert_int_equal(sums.circles.rows_count, 2);
    assert_non_null(strstr(sums.circles.rows[1].name, "Assen + Zwolle"));
    for (size_t i = 0; i < sums.regions.columns_count; i++) {
        assert_null(strstr(sums.regions.columns[i].name, "Noord + Oost"));
        assert_string_not_equal(sums.regions.columns[i].name, "Oost + Noord");
    }
    assert_int_equal(sums.regions.rows_count, 1); /* one column: turned */
    bw_report_sums_finish(&sums);
}

/* What visits have more than people is who came again. */
static void
how_often_is_hidden_where_few_came_again(void **state)
{
    (void)state;
    struct season season;
    struct bw_report_sums sums;
    struct bw_error err;
    season_init(&season, 20);
    season.report.unique_people = 102;
    season.report.often[BW_OFTEN_ONCE] = 100;
    season.report.often[BW_OFTEN_TWICE] = 2;
    assert_int_equal(
        bw_report_sums_make(&season.report, BW_WORDING_DUTCH, true, &sums, &err), BW_OK);
    assert_false(sums.people_shown);
    assert_false(sums.often_shown);
    bw_report_sums_finish(&sums);
}

/* Of whom only one is left to be told apart. */
static void
session_that_was_called_off_or_is_to_come_is_no_row(void **state)
{
    (void)state;
    struct season season;
    struct bw_report_sums sums;
    struct bw_error err;
    season_init(&season, 20);
    season.sessions[2].state = BW_SESSION_CANCELLED;
    season.report.moves_count = 2;
    assert_int_equal(
        bw_report_sums_make(&season.report, BW_WORDING_ENGLISH, false, &sums, &err),
        BW_OK);
    assert_int_equal(sums.circles.rows_count, 2);
    assert_int_equal(sums.held, 2);
    assert_string_equal(sums.circles.columns[0].name, "Came with a place");
    bw_report_sums_finish(&sums);
}

/* Columns are called by it. */
static int
setup(void **state)
{
    struct bw_error err = {.text = ""};
    (void)state;
    if (bw_wording_open(BW_BINARY_DIR "/locale", &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_are_sums_of_the_rows_above_them),
        cmocka_unit_test(tables_that_dont_agree_are_not_written),
        cmocka_unit_test(circle_that_joins_another_region_takes_its_column_along),
        cmocka_unit_test(how_often_is_hidden_where_few_came_again),
        cmocka_unit_test(session_that_was_called_off_or_is_to_come_is_no_row),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
