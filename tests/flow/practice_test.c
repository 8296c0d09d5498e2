/* Practice: its bar, and what 11 offers meanwhile. */
#include "flow_help.h"

static void
open_copy(void)
{
    struct bw_stimulus opened = {
        .kind = BW_STIMULUS_STORE, .store = BW_STORE_OPENED, .rehearsal = true};
    day_step(&day, &opened);
}

static void
practice_has_its_bar_only_while_the_copy_is_open(void **state)
{
    (void)state;
    open_kiosk();
    touch(REHEARSE);
    expect("screen", "idle");
    assert_true(day.rehearse);
    expect("rehearsal", "0");
    open_copy();
    expect("rehearsal", "1");
    open_kiosk();
    assert_string_equal(day.view.buttons[3].key, "re.stop"); /* at once */
    touch(REHEARSE);
    assert_false(day.rehearse);
    day_store(&day, BW_STORE_OPENED, BW_OK);
    expect("rehearsal", "0");
}

static void
practice_takes_a_row_for_its_bar(void **state)
{
    (void)state;
    static const struct bw_flow_options two = {.staff_rows = 2};
    bw_flow_destroy(day.flow);
    bw_desk_destroy(day.desk);
    day_open(&day, &two);
    day_unlock(&day);
    expect("rows", "2");
    touch(LOCK);
    open_copy();
    day_unlock(&day);
    expect("rows", "1");
}

/* All that can be on offer at a time: what is tidied in a copy makes no room. */
static void
practice_offers_no_tidying_and_finds_room_for_every_button(void **state)
{
    (void)state;
    open_with_two_sessions();
    open_copy();
    day.free_bytes = 499000000;
    day.fx.at.wall_ms += 2 * FIXTURE_MINUTE_MS;
    pass(1000);
    open_kiosk();
    expect("buttons", "de.b1 nl.b2 de.b4 re.stop de.clockb de.session de.day back de.b5");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(practice_has_its_bar_only_while_the_copy_is_open),
        sentence(practice_takes_a_row_for_its_bar),
        sentence(practice_offers_no_tidying_and_finds_room_for_every_button),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
