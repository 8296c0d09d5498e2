/* C4, B2: what is read while another program commits is of one moment. The other program
 * commits between two statements of the reader, every time. */
#include "tests/sync/day_help.h"
#include "tests/sync/testing.h"

#include "central/central.h"
#include "report/book/book.h"
#include "report/figures/report.h"
#include "report/figures/status_figures.h"

#include <string.h>

/* The engine of a database that is being read, with an ear at each statement. */
static struct bw_central_engine listening;
static const struct bw_central_engine *real;
static struct day *today;
static bool pushed;

static enum bw_status
run_and_push(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, bw_sql_row *row, void *context,
    struct bw_error *err)
{
    enum bw_status status = real->run(central, sql, parameters, count, row, context, err);
    if (!pushed && strstr(sql, "FROM event e") != NULL) {
        pushed = true; /* the events were read; now the kiosk's letter is merged */
        day_push(&today->kiosk);
        assert_int_equal(office_run(&today->office, "merge", NULL), BW_EXIT_DONE);
    }
    return status;
}

static struct bw_central *
listen(struct day *day)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    if (bw_central_open(day->office.uri, BW_CENTRAL_OPEN, &central, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    today = day;
    pushed = false;
    real = central->engine;
    listening = *real;
    listening.run = run_and_push;
    central->engine = &listening;
    return central;
}

static void
a_push_while_a_session_is_read_is_all_there_or_not_at_all(void **state)
{
    struct day *day = *state;
    struct bw_error err = {.text = ""};
    struct bw_report report;
    day_arrived(&day->kiosk, people_code(&day->office, 0), BW_BASIS_NAME);
    struct bw_central *central = listen(day);
    for (int turn = 0; turn < 2; turn++) {
        if (bw_report_of_session(central, BW_WORDING_DUTCH, "S-1", 0, NULL, NULL, &report,
                &err) != BW_OK) {
            fail_msg("%s", err.text);
        }
        assert_true(pushed);
        assert_int_equal(report.sessions[0].kiosks_complete, turn);
        assert_int_equal(report.sessions[0].present, turn);
        bw_report_finish(&report);
    }
    bw_central_close(central);
}

static void
a_push_while_status_reads_is_all_there_or_not_at_all(void **state)
{
    struct day *day = *state;
    struct bw_error err = {.text = ""};
    struct bw_status_figures figures;
    day_arrived(&day->kiosk, people_code(&day->office, 0), BW_BASIS_NAME);
    struct bw_central *central = listen(day);
    for (int turn = 0; turn < 2; turn++) {
        if (bw_status_read(central, BW_WORDING_DUTCH, 0, &figures, &err) != BW_OK) {
            fail_msg("%s", err.text);
        }
        assert_true(pushed);
        assert_int_equal(figures.sessions[0].present, turn);
        assert_int_equal(figures.kiosks[0].chain.contiguous_seq, turn);
        bw_status_finish(&figures);
    }
    bw_central_close(central);
}

static void
snapshots_nest_and_the_outer_one_stands(void **state)
{
    struct day *day = *state;
    struct bw_error err = {.text = ""};
    struct bw_book *book = NULL;
    day_arrived(&day->kiosk, people_code(&day->office, 0), BW_BASIS_NAME);
    struct bw_central *central = listen(day);
    assert_int_equal(bw_central_read_begin(central, &err), BW_OK);
    for (int turn = 0; turn < 2; turn++) {
        assert_int_equal(bw_book_open(central, 1, NULL, &book, &err), BW_OK);
        assert_int_equal(book->events_count, 0);
        bw_book_close(book);
    }
    bw_central_read_end(central);
    assert_int_equal(bw_book_open(central, 1, NULL, &book, &err), BW_OK);
    assert_int_equal(book->events_count, 1);
    bw_book_close(book);
    bw_central_close(central);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_push_while_a_session_is_read_is_all_there_or_not_at_all),
        CASE(a_push_while_status_reads_is_all_there_or_not_at_all),
        CASE(snapshots_nest_and_the_outer_one_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
