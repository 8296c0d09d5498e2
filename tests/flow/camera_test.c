/* Choosing among the cameras of a kiosk, in the check of the day before. */
#include "flow_help.h"

enum { FIRST = 0x100000003, SECOND = 0x500000007 };

static int
open_with_choice(void **state)
{
    (void)state;
    struct bw_flow_options options = {.camera_wanted = true, .camera_choice = true};
    fill_house(10, 0);
    day_open(&day, &options);
    return 0;
}

static void
show_camera(int64_t camera, const char *name)
{
    struct bw_stimulus stimulus = {
        .kind = BW_STIMULUS_CAMERA, .present = true, .camera = camera};
    (void)strcpy(stimulus.text, name);
    day_step(&day, &stimulus);
}

static void
open_check(void)
{
    show_camera(FIRST, "First");
    open_kiosk();
    touch(CHECK);
    expect("screen", "check");
}

static int64_t
kept_camera(void)
{
    int64_t camera = 0;
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_get_number(store, BW_NUMBER_CAMERA, 0, &camera, NULL), 0);
    bw_store_close(store);
    return camera;
}

static void
camera_that_staff_choose_is_named_tested_anew_and_kept(void **state)
{
    (void)state;
    open_check();
    assert_true(day.view.check.camera_choice);
    assert_string_equal(day.view.check.camera_name, "First");
    scan(FATIMA);
    assert_int_equal(day.view.check.camera, BW_LIGHT_GREEN);
    touch(CAMERA);
    assert_int_equal(day.next_cameras, 1);
    assert_int_equal(kept_camera(), 0);
    show_camera(SECOND, "Second");
    assert_string_equal(day.view.check.camera_name, "Second");
    assert_string_equal(day.view.check.camera_line, "");
    assert_int_equal(day.view.check.camera, BW_LIGHT_WAITING);
    assert_int_equal(kept_camera(), SECOND);
}

static void
where_there_is_no_other_camera_that_is_said(void **state)
{
    (void)state;
    open_check();
    touch(CAMERA);
    show_camera(FIRST, "First");
    assert_string_equal(day.view.check.camera_line, "ch.camera.only");
    assert_int_equal(day.commands[BW_COMMAND_KEEP_CAMERA], 0);
    touch(BACK);
    touch(CHECK);
    assert_string_equal(day.view.check.camera_line, "");
}

static void
camera_that_only_stands_in_is_not_kept(void **state)
{
    (void)state;
    open_check();
    struct bw_stimulus gone = {.kind = BW_STIMULUS_CAMERA};
    day_step(&day, &gone);
    assert_int_equal(day.view.check.camera, BW_LIGHT_LOOK);
    show_camera(SECOND, "Second");
    assert_string_equal(day.view.check.camera_name, "Second");
    assert_int_equal(kept_camera(), 0);
}

static void
camera_that_was_given_can_not_be_changed(void **state)
{
    (void)state;
    open_check();
    assert_false(day.view.check.camera_choice);
    touch(CAMERA);
    assert_int_equal(day.next_cameras, 0);
}

static void
choice_that_could_not_be_kept_is_said(void **state)
{
    (void)state;
    open_check();
    struct bw_desk *desk = day.desk;
    touch(CAMERA);
    day.desk = NULL; /* too busy to answer */
    show_camera(SECOND, "Second");
    day.desk = desk;
    assert_int_equal(kept_camera(), 0);
    assert_string_equal(day.view.check.camera_line, "to.error");
}

static void
camera_that_was_not_heard_of_yet_is_awaited_not_missing(void **state)
{
    (void)state;
    static struct bw_effects effects;
    static struct bw_view view;
    const struct bw_flow_options options = {.camera_wanted = true};
    const struct bw_now now = {.wall_ms = 1, .mono_ms = 1};
    const struct bw_stimulus gone = {.kind = BW_STIMULUS_CAMERA};
    struct bw_flow *flow = NULL;
    assert_int_equal(bw_flow_create(&options, now, &flow, NULL), BW_OK);
    bw_flow_view(flow, now, &view);
    assert_true(view.camera_awaited);
    bw_flow_step(flow, &gone, now, &effects);
    bw_flow_view(flow, now, &view);
    assert_false(view.camera_awaited || view.camera_present);
    bw_flow_destroy(flow);
}

int
main(void)
{
#define choice(test) cmocka_unit_test_setup_teardown(test, open_with_choice, close_house)
    const struct CMUnitTest tests[] = {
        choice(camera_that_was_not_heard_of_yet_is_awaited_not_missing),
        choice(camera_that_staff_choose_is_named_tested_anew_and_kept),
        choice(where_there_is_no_other_camera_that_is_said),
        choice(camera_that_only_stands_in_is_not_kept),
        choice(choice_that_could_not_be_kept_is_said),
        sentence(camera_that_was_given_can_not_be_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
