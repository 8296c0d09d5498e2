/* A frame's time on a busy machine (budget.h); no clock of this machine is asked. */
#include "scan/qr/budget.h"

#include "kind.h"
#include "scan/qr/scanner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { TICK_US = 60, LIMIT_US = 20000 };

/* Each look at the thread's own clock finds it a tick further; the wall's is as many
 * times ahead as threads want the processor. */
struct busy {
    uint64_t ticks;
    uint64_t threads;
    int views;
};

static uint64_t
own_us(void *context)
{
    struct busy *busy = context;
    return ++busy->ticks * TICK_US;
}

static uint64_t
wall_us(void *context)
{
    const struct busy *busy = context;
    return busy->ticks * TICK_US * busy->threads;
}

static void
on_note(void *context, const struct bw_scan_note *note)
{
    ((struct busy *)context)->views += note->kind == BW_SCAN_NOTE_STAGE;
}

/* How much of its own time a step can wait for and still begin, where so many threads
 * want the processor. */
static uint32_t
spent_of(uint64_t threads)
{
    struct busy busy = {.threads = threads};
    const struct bw_budget_clocks clocks = {own_us, wall_us, &busy};
    struct bw_budget budget = bw_budget_start(LIMIT_US, &clocks);
    uint32_t spent = 0;
    while (bw_budget_allows(&budget, TICK_US)) {
        spent = bw_budget_spent_us(&budget);
    }
    return spent;
}

static void
others_on_the_processor_take_nothing_of_a_frames_time(void **state)
{
    (void)state;
    assert_in_range(spent_of(1), LIMIT_US - 4 * TICK_US, LIMIT_US);
    assert_int_equal(spent_of(2), spent_of(1));
    assert_int_equal(spent_of(BW_BUDGET_STRETCH - 1), spent_of(1));
}

static void
frame_ends_on_the_wall_however_little_it_got(void **state)
{
    (void)state;
    uint32_t wall_max = LIMIT_US * BW_BUDGET_STRETCH;
    assert_in_range(spent_of(100) * 100, wall_max / 2, wall_max);
    assert_in_range(spent_of(1000) * 1000, 0, wall_max);
}

/* A frame without anything to read that looks like something: all its time is used. */
static struct busy
look_at(uint64_t threads)
{
    static uint8_t pixels[SCAN_KIND_WIDTH * SCAN_KIND_HEIGHT];
    const struct bw_luma frame = {
        pixels, SCAN_KIND_WIDTH, SCAN_KIND_HEIGHT, SCAN_KIND_WIDTH};
    struct busy busy = {.threads = threads};
    const struct bw_budget_clocks clocks = {own_us, wall_us, &busy};
    struct bw_scanner *scanner = NULL;
    struct bw_sighting sighting;
    const struct bw_scanner_options options = {
        .clocks = &clocks, .note = on_note, .note_context = &busy};
    scan_hall_draw(SCAN_HALL_TEXT, 0, SCAN_KIND_WIDTH, SCAN_KIND_HEIGHT, pixels);
    assert_int_equal(bw_scanner_create(&options, &scanner, NULL), BW_OK);
    for (int i = 0; i < 2; i++) { /* the second one looks longer */
        assert_int_equal(bw_scanner_read(scanner, &frame, &sighting, NULL), BW_OK);
    }
    bw_scanner_destroy(scanner);
    return busy;
}

static void
scanner_sees_as_much_on_a_busy_machine(void **state)
{
    (void)state;
    struct busy alone = look_at(1), busy = look_at(BW_BUDGET_STRETCH - 2);
    assert_in_range(alone.views, 6, 100);
    assert_int_equal(busy.views, alone.views);
    assert_int_equal(busy.ticks, alone.ticks);
}

static void
scanner_lets_go_where_it_hardly_gets_a_processor(void **state)
{
    (void)state;
    struct busy alone = look_at(1), starved = look_at(1000);
    assert_in_range(starved.views, 1, alone.views / 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_on_the_processor_take_nothing_of_a_frames_time),
        cmocka_unit_test(frame_ends_on_the_wall_however_little_it_got),
        cmocka_unit_test(scanner_sees_as_much_on_a_busy_machine),
        cmocka_unit_test(scanner_lets_go_where_it_hardly_gets_a_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
