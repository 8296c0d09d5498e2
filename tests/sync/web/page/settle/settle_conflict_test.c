/* Two entrances side by side: whether the one could know what the other saw. */
#include "tests/sync/testing.h"

#include "tests/sync/web/page/settle/settle_help.h"

static struct settling s;

static int
open_all(void **state)
{
    (void)state;
    settling_open(&s, NULL);
    return 0;
}

static int
close_all(void **state)
{
    (void)state;
    settling_close(&s);
    return 0;
}

/* P1 came in at both, the first by a clock with these flags, and the office knows. */
static void
double_entry(uint8_t flags)
{
    struct bw_event event = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .home_session_no = 1,
        .code = people_code(&s.office, 1),
        .flags = flags};
    (void)kiosk_event(&s.front, event, NULL);
    event.flags = 0;
    s.side.wall_ms += KIOSK_MINUTE_MS;
    (void)kiosk_event(&s.side, event, NULL);
    settling_push(&s);
    assert_int_equal(desk_get(&s.desk, "/uitzoeken"), 200);
    desk_shows(&s.desk, "Eén ticket, twee keer binnen");
}

static void
who_was_not_heard_could_not_be_known_of(void **state)
{
    (void)state;
    double_entry(0);
    desk_shows(&s.desk, "Niet gehoord van");
    desk_shows(&s.desk, "Wist nog niet wat de andere zuil had gezien.");
}

static void
of_a_suspect_clock_it_cannot_be_said(void **state)
{
    (void)state;
    double_entry(BW_EVENT_CLOCK_SUSPECT);
    desk_hides(&s.desk, "Wist nog niet wat de andere zuil had gezien.");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            who_was_not_heard_could_not_be_known_of, open_all, close_all),
        cmocka_unit_test_setup_teardown(
            of_a_suspect_clock_it_cannot_be_said, open_all, close_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
