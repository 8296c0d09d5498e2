/* Whole days, from a script each. */
#include "flow_help.h"

static void
replay(const char *script)
{
    day_create(&day, 50, 0, true);
    day_replay(&day, script);
    day_destroy(&day);
}

static void
sixty_visitors_come_in_one_afternoon(void **state)
{
    (void)state;
    replay("sixty.day");
}

static void
whatever_staff_are_at_there_are_as_many_events_as_scans(void **state)
{
    (void)state;
    replay("hand.day");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sixty_visitors_come_in_one_afternoon),
        cmocka_unit_test(whatever_staff_are_at_there_are_as_many_events_as_scans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
