/* The sandbox: what comes out of it, and that nothing else can. */
#include "stage.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
texts_come_out_with_pictures_before_them(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", READ_TEXT);
    stage_start(stage, "", false);
    stage_await(stage, BW_CAMERA_PRESENT);
    assert_string_equal(stage->message.text, stage->folder.path);
    stage_assert_says(stage, "BW1:TEXT");
    assert_true(stage->message.sighting.ticket);
    struct bw_camera_frame frame;
    assert_true(bw_camera_frame(stage->camera, &frame));
    assert_true(frame.seq >= stage->message.seq);
    assert_int_equal(frame.picture.width_px, 1280);
    assert_int_equal(frame.picture.height_px, 720);
    /* grey 10 in video range */
    assert_in_range(
        frame.picture.bytes[640 * 2 + 360 * frame.picture.stride_bytes], 24, 26);
}

static void
bell_rings_until_everything_is_taken(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", AWAIT_WORD);
    stage_start(stage, "", false);
    struct pollfd wait = {.fd = bw_camera_fd(stage->camera), .events = POLLIN};
    stage_drain(stage); /* it may have spoken already */
    assert_int_equal(poll(&wait, 1, 0), 0);
    (void)stage_await_pulse(stage, 0);
    uint64_t limit_ms = stage_clock_ms() + STAGE_LIMIT_MS;
    while (!bw_mailbox_fresh(stage->camera->live) && stage_clock_ms() < limit_ms) {
        bw_camera_step(stage->camera, stage->now_ms, 20);
    }
    bw_camera_step(stage->camera, stage->now_ms, 20); /* and what it said of itself */
    assert_int_equal(poll(&wait, 1, 0), 1);
    while (bw_camera_pop(stage->camera, &stage->message)) {
    }
    assert_int_equal(poll(&wait, 1, 0), 1); /* the picture waits still */
    stage_drain(stage);
    assert_int_equal(poll(&wait, 1, 0), 0);
}

static void
texts_over_the_limit_or_with_control_characters_stay_out(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", LONG_TEXT);
    stage_script(stage, "2.pgm", DIRTY_TEXT);
    stage_script(stage, "3.pgm", READ_TEXT);
    stage_start(stage, "", false);
    stage_assert_says(stage, "BW1:TEXT"); /* the first text that came through */
}

static void
long_texts_come_through_for_enrolment_alone(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", LONG_TEXT);
    stage_start(stage, "", true);
    stage_await(stage, BW_CAMERA_SIGHTING);
    assert_int_equal(strlen(stage->message.sighting.text), 2000);
    bw_camera_set_enrolment(stage->camera, false);
    while (bw_camera_pop(stage->camera, &stage->message)) {
    }
    stage_await(stage, BW_CAMERA_SIGHTING);
    assert_int_equal(stage->message.sighting.kind, BW_SIGHTING_NOTHING);
}

static void
bad_files_are_named_and_the_rest_is_read(void **state)
{
    struct stage *stage = *state;
    file_write(folder_file(&stage->folder, "1.png"), "no picture", 10);
    stage_script(stage, "2.pgm", READ_TEXT);
    stage_start(stage, "", false);
    stage_await(stage, BW_CAMERA_SKIPPED);
    assert_non_null(strstr(stage->message.text, "1.png"));
    stage_assert_says(stage, "BW1:TEXT");
}

/* The pause is said while a picture is in work: that one comes still, and no other. */
static void
paused_camera_reads_nothing_and_goes_on(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", AWAIT_WORD);
    stage_start(stage, "", false);
    (void)stage_await_pulse(stage, 0);
    bw_camera_set_paused(stage->camera, true);
    stage_assert_says(stage, "BW1:LATE");
    stage_drain(stage);
    stage->now_ms += 60000;
    for (int i = 0; i < 5; i++) {
        bw_camera_step(stage->camera, stage->now_ms, 20);
    }
    assert_false(bw_camera_pop(stage->camera, &stage->message));
    stage->now_ms -= 60000;
    bw_camera_set_paused(stage->camera, false);
    (void)stage_await_pulse(stage, 0);
    stage_say_word(stage);
    stage_assert_says(stage, "BW1:LATE");
}

static void
missing_folder_and_noise_are_errors_at_once(void **state)
{
    (void)state;
    struct bw_camera *camera = NULL;
    struct bw_error err = {0};
    struct bw_camera_options options = {.spec = "images:/nowhere/at/all"};
    assert_int_equal(bw_camera_create(&options, &camera, &err), BW_OK);
    assert_int_equal(bw_camera_start(camera, &err), BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "/nowhere/at/all"));
    bw_camera_destroy(camera);
    camera = NULL;
    options.spec = "webcam";
    assert_int_equal(bw_camera_create(&options, &camera, &err), BW_BAD_INPUT);
    assert_null(camera);
}

/* SB3: a kiosk that dies says nothing; its end of the pipe closes. */
static void
sandbox_ends_with_the_kiosks_end_of_the_pipe(void **state)
{
    struct stage *stage = *state;
    char spec[300];
    stage_script(stage, "1.pgm", READ_TEXT);
    (void)snprintf(spec, sizeof spec, "images:%s,loop", stage->folder.path);
    struct bw_sandbox_start start = {.spec = spec, .budget_us = 25000};
    struct bw_mailbox mailbox;
    struct bw_child child = {0};
    struct bw_scan_record record;
    assert_int_equal(bw_mailbox_init(&mailbox, NULL), BW_OK);
    assert_int_equal(
        bw_child_start(&child, &start, "/proc/self/exe", &mailbox, NULL), BW_OK);
    assert_int_equal(close(child.control), 0);
    child.control = -1;
    enum bw_child_said said = BW_CHILD_SILENT;
    uint64_t limit_ms = stage_clock_ms() + STAGE_LIMIT_MS;
    while (said != BW_CHILD_ENDED && stage_clock_ms() < limit_ms) {
        struct pollfd wait = {.fd = child.records, .events = POLLIN};
        (void)poll(&wait, 1, 100);
        said = bw_child_hear(&child, &record);
    }
    assert_int_equal(said, BW_CHILD_ENDED);
    int wait_status = 0;
    assert_int_equal(waitpid(child.pid, &wait_status, 0), child.pid);
    assert_true(WIFEXITED(wait_status)); /* of itself: its alarm would be a signal */
    assert_int_equal(close(child.records), 0);
    bw_mailbox_finish(&mailbox);
}

static void
everything_accepts_null_and_what_was_never_started(void **state)
{
    (void)state;
    struct bw_camera *camera = NULL;
    struct bw_camera_message message;
    struct bw_camera_frame frame;
    struct bw_camera_options options = {.spec = "none"};
    for (int i = 0; i < 2; i++) {
        bw_camera_step(camera, 0, 0);
        assert_false(bw_camera_pop(camera, &message));
        assert_false(bw_camera_frame(camera, &frame));
        bw_camera_set_enrolment(camera, true);
        bw_camera_set_paused(camera, true);
        bw_camera_stop(camera);
        bw_camera_join(camera);
        if (i == 0) {
            assert_int_equal(bw_camera_fd(camera), -1);
            assert_int_equal(bw_camera_create(&options, &camera, NULL), BW_OK);
        }
    }
    bw_camera_destroy(camera);
    bw_camera_destroy(NULL);
}

int
main(int argc, char **argv)
{
    if (bw_sandbox_wanted(argc, argv)) {
        return puppet_sandbox_main(argc, argv);
    }
#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_stage, clear_stage)
    const struct CMUnitTest tests[] = {
        ON_STAGE(texts_come_out_with_pictures_before_them),
        ON_STAGE(bell_rings_until_everything_is_taken),
        ON_STAGE(texts_over_the_limit_or_with_control_characters_stay_out),
        ON_STAGE(long_texts_come_through_for_enrolment_alone),
        ON_STAGE(bad_files_are_named_and_the_rest_is_read),
        ON_STAGE(paused_camera_reads_nothing_and_goes_on),
        ON_STAGE(sandbox_ends_with_the_kiosks_end_of_the_pipe),
        cmocka_unit_test(missing_folder_and_noise_are_errors_at_once),
        cmocka_unit_test(everything_accepts_null_and_what_was_never_started),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
