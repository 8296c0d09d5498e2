/* The report as JSON: all of it, or no answer; never a session or a conflict less. */
#include "report/writer/report_writer.h"
#include "tests/sync/json_short.h"

static json_t *
make(const void *report)
{
    return bw_report_json(report);
}

static void
report_that_memory_runs_out_in_is_none_and_never_a_part(void **state)
{
    struct bw_event_id ids[] = {{3, 17}, {4, 2}};
    struct bw_conflict conflicts[] = {
        {"fork", (char[]){"twee"}, 2, ids}, {"clock", (char[]){"klok"}, 1, ids}};
    struct bw_report_kiosk kiosks[] = {
        {.device = 3, .name = "Zuil", .why = ""}, {.device = 4, .name = "B", .why = "-"}};
    struct bw_report_session sessions[] = {
        {.code = "GRO", .title = "G", .lines_count = 2, .lines = kiosks},
        {.code = "ASS", .title = "A"}};
    struct bw_report_move moves[] = {
        {"Noord", "Oost", 3}, {"Noord", "West", 1}, {"Zuid", "Oost", 2}};
    struct bw_report report = {.series = "2025-3",
        .title = "Reeks",
        .sessions_count = 2,
        .sessions = sessions,
        .moves_count = 3,
        .moves = moves};
    (void)state;
    sessions[0].conflicts = sessions[0].decisions =
        (struct bw_conflicts){.count = 2, .items = conflicts};
    assert_is_whole_or_none(make, &report);
    report.series = NULL;
    assert_is_whole_or_none(make, &report);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report_that_memory_runs_out_in_is_none_and_never_a_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
