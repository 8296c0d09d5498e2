/* What waits for the organiser, as JSON: all of it, or no answer. */
#include "cli/pending.h"
#include "tests/sync/json_short.h"

static struct bw_zone *zone;

static json_t *
quarantine(const void *context)
{
    return bw_cli_quarantine_json(context);
}

static json_t *
aside(const void *context)
{
    return bw_cli_aside_json(context, zone);
}

static json_t *
introductions(const void *context)
{
    return bw_cli_introductions_json(context, zone);
}

static json_t *
behind(const void *context)
{
    return bw_cli_behind_json(context);
}

static void
list_that_memory_runs_out_in_is_none_and_never_a_part(void **state)
{
    struct bw_pending_events events[] = {{3, 1, 4}, {4, 2, 1}};
    struct bw_pending_letter letters[] = {{"a.bwe", "cut", 3, 1000}, {"b", "no", 0, 0}};
    struct bw_pending_introduction waiting[] = {{.device = 3}, {.device = 4}};
    int64_t numbers[] = {3, 4, 5};
    const struct bw_pending pending = {.events = events,
        .events_count = 2,
        .letters = letters,
        .letters_count = 2,
        .introductions = waiting,
        .introductions_count = 2,
        .behind = numbers,
        .behind_count = 3};
    (void)state;
    assert_int_equal(bw_zone_open(BW_ZONE_DEFAULT, &zone, NULL), BW_OK);
    assert_is_whole_or_none(quarantine, &pending);
    assert_is_whole_or_none(aside, &pending);
    assert_is_whole_or_none(introductions, &pending);
    assert_is_whole_or_none(behind, &pending);
    bw_zone_close(zone);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_that_memory_runs_out_in_is_none_and_never_a_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
