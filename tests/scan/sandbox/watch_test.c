/* The watch over the sandbox: stopped, started again, looked for, given up, and told. */
#include "stage.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TOO_LONG_MS = BW_CAMERA_FRAME_LIMIT_MS + 1 };

/* On an emulated machine (.ci/arm64-kernel) a processor's time runs on while the one that
 * it is emulated on does something else: there it says nothing of the sandbox. */
static void
skip_where_processor_time_is_not_ours(void)
{
#ifdef BW_EMULATED
    skip();
#endif
}

/* Whoever worked for half a second is stopped at the next look, if not before. By
 * processor time: unlike a clock, it doesn't run while the machine does something else.
 */
static void
assert_stopped_in_time(struct stage *stage, const struct bw_mailbox_pulse *pulse)
{
    pid_t hung = stage->camera->child.pid;
    uint64_t worked_ms = 0;
    while (stage->camera->child.pid == hung && worked_ms <= BW_CAMERA_FRAME_LIMIT_MS) {
        worked_ms = bw_child_processor_ms(&stage->camera->child) - pulse->processor_ms;
        bw_camera_step(stage->camera, stage->now_ms, 20);
    }
    assert_int_not_equal(stage->camera->child.pid, hung);
}

/* SB2: the pulse says with which picture it is busy. */
static void
frame_that_takes_too_long_is_stopped_and_named_the_second_time(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", READ_NOTHING);
    stage_script(stage, "2.pgm", HANG);
    stage_script(stage, "3.pgm", READ_TEXT);
    stage_start(stage, "", false);
    stage_await(stage, BW_CAMERA_PRESENT);
    struct bw_mailbox_pulse pulse = stage_await_pulse(stage, 1);
    stage_pass_ms(stage, &pulse, TOO_LONG_MS);
    assert_stopped_in_time(stage, &pulse);
    stage_await(stage, BW_CAMERA_RESTARTED);
    assert_non_null(strstr(stage->message.text, "longer than 500 ms"));
    pulse = stage_await_pulse(stage, 1);
    struct bw_camera_frame frame;
    uint64_t last_seq = 0;
    if (bw_camera_frame(stage->camera, &frame)) {
        last_seq = frame.seq;
    }
    stage_pass_ms(stage, &pulse, TOO_LONG_MS);
    stage_await(stage, BW_CAMERA_POISON);
    assert_non_null(strstr(stage->message.text, "Picture 2 "));
    stage_assert_says(stage, "BW1:TEXT");
    assert_true(bw_camera_frame(stage->camera, &frame));
    assert_true(frame.seq > last_seq);
}

/* By the clock it is far over the limit, by the processor it has hardly begun. */
static void
frame_that_only_waited_its_turn_is_not_blamed(void **state)
{
    skip_where_processor_time_is_not_ours();
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", AWAIT_WORD);
    stage_start(stage, "", false);
    struct bw_mailbox_pulse pulse = stage_await_pulse(stage, 0);
    stage_pass_ms(stage, &pulse, 3000);
    for (int look = 0; look < 5; look++) {
        bw_camera_step(stage->camera, stage->now_ms, 0);
    }
    stage_say_word(stage);
    stage_assert_says(stage, "BW1:LATE");
    assert_int_equal(stage->message.seq, 0); /* by the first sandbox, not by another */
}

static void
frame_that_waits_for_ever_is_stopped_all_the_same(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", AWAIT_WORD);
    stage_start(stage, "", false);
    struct bw_mailbox_pulse pulse = stage_await_pulse(stage, 0);
    pid_t stuck = stage->camera->child.pid;
    stage_pass_ms(stage, &pulse, 3001);
    bw_camera_step(stage->camera, stage->now_ms, 0);
    assert_int_not_equal(stage->camera->child.pid, stuck);
    stage_await(stage, BW_CAMERA_RESTARTED);
    assert_non_null(strstr(stage->message.text, "longer than 500 ms"));
}

/* A frame is stopped after half a second; what the next sandbox needs until it is busy
 * with a picture has to fit into the other half. By its own processor time, as it says
 * itself in its pulse: what else the machine does is not its business, nor when we look.
 */
static void
sandbox_is_back_within_a_second(void **state)
{
    skip_where_processor_time_is_not_ours();
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", READ_NOTHING);
    stage_script(stage, "2.pgm", HANG);
    stage_start(stage, "", false);
    struct bw_mailbox_pulse pulse = stage_await_pulse(stage, 1);
    stage_pass_ms(stage, &pulse, TOO_LONG_MS);
    assert_stopped_in_time(stage, &pulse);
    stage_await(stage, BW_CAMERA_RESTARTED);
    pulse = stage_await_pulse(stage, 1);
    assert_in_range(pulse.processor_ms, 0, 1000 - BW_CAMERA_FRAME_LIMIT_MS);
}

/* What the screen hears of a fall: that it happened, and the next picture. The one that
 * it shows stays, for nothing newer comes in between. */
static void
nothing_flickers_while_the_sandbox_is_renewed(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", READ_NOTHING);
    stage_script(stage, "2.pgm", CRASH);
    stage_script(stage, "3.pgm", READ_TEXT);
    stage_start(stage, "", false);
    struct bw_camera_frame frame = {0};
    bool text = false;
    int told[BW_CAMERA_SKIPPED + 1] = {0};
    uint64_t shown_seq = 0, limit_ms = stage_clock_ms() + STAGE_LIMIT_MS;
    while (!text && stage_clock_ms() < limit_ms) {
        bw_camera_step(stage->camera, stage->now_ms, 20);
        while (bw_camera_pop(stage->camera, &stage->message)) {
            told[stage->message.kind]++;
            text = text || stage->message.sighting.kind == BW_SIGHTING_TEXT;
        }
        if (bw_camera_frame(stage->camera, &frame)) {
            assert_true(shown_seq == 0 || frame.seq > shown_seq);
            assert_int_equal(frame.picture.height_px, 720);
            shown_seq = frame.seq;
        }
    }
    assert_true(text);
    assert_int_equal(told[BW_CAMERA_PRESENT], 1);
    assert_int_equal(told[BW_CAMERA_GONE], 0);
    assert_int_equal(told[BW_CAMERA_RESTARTED], 2);
    assert_int_equal(told[BW_CAMERA_POISON], 1);
}

static void
poison_in_a_loop_is_left_out_every_time_round(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", CRASH);
    stage_script(stage, "2.pgm", READ_TEXT);
    stage_start(stage, ",loop", false);
    stage_await(stage, BW_CAMERA_POISON);
    for (int round = 0; round < 5; round++) {
        stage_assert_says(stage, "BW1:TEXT");
    }
}

static void
borrowed_picture_outlives_the_sandbox_that_made_it(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", AWAIT_WORD);
    stage_script(stage, "2.pgm", CRASH);
    stage_script(stage, "3.pgm", READ_TEXT);
    stage_start(stage, "", false);
    struct bw_camera_frame frame = {0};
    uint64_t limit_ms = stage_clock_ms() + STAGE_LIMIT_MS;
    while (!bw_camera_frame(stage->camera, &frame) && stage_clock_ms() < limit_ms) {
        bw_camera_step(stage->camera, stage->now_ms, 20);
    }
    assert_non_null(frame.picture.bytes);
    uint8_t before = frame.picture.bytes[1000];
    stage_say_word(stage);
    stage_await(stage, BW_CAMERA_POISON);
    assert_int_equal(frame.picture.bytes[1000], before);
    assert_int_equal(frame.picture.bytes[719 * frame.picture.stride_bytes + 2559], 128);
}

static void
sandbox_that_only_falls_is_given_up_for_a_while(void **state)
{
    struct stage *stage = *state;
    for (int i = 0; i < 12; i++) { /* more than the watch puts up with in a row */
        char name[16];
        (void)snprintf(name, sizeof name, "%02d.pgm", i);
        pgm_write_flat(folder_file(&stage->folder, name), 1280 - 2 * i, 720, END);
    }
    stage_start(stage, "", false);
    stage_await(stage, BW_CAMERA_GONE);
    assert_non_null(strstr(stage->message.text, "doesn't stay up"));
    stage->now_ms += BW_CAMERA_LOOK_AGAIN_MS; /* and is tried again */
    stage_await(stage, BW_CAMERA_PRESENT);
}

static void
folder_without_pictures_is_gone_until_there_are_some(void **state)
{
    struct stage *stage = *state;
    stage_start(stage, "", false);
    stage_await(stage, BW_CAMERA_GONE);
    assert_non_null(strstr(stage->message.text, "no picture is in it"));
    stage_script(stage, "1.pgm", READ_TEXT);
    stage->now_ms += BW_CAMERA_LOOK_AGAIN_MS;
    stage_await(stage, BW_CAMERA_PRESENT);
    stage_assert_says(stage, "BW1:TEXT");
}

static void
no_camera_is_said_once_and_is_no_error(void **state)
{
    struct stage *stage = *state;
    struct bw_camera_options options = {.spec = "none", .clock_ms = still_clock_ms};
    assert_int_equal(bw_camera_create(&options, &stage->camera, NULL), BW_OK);
    assert_int_equal(bw_camera_start(stage->camera, NULL), BW_OK);
    stage_await(stage, BW_CAMERA_GONE);
    bw_camera_step(stage->camera, stage->now_ms + 100000, 0);
    assert_false(bw_camera_pop(stage->camera, &stage->message));
}

static void
missing_device_is_looked_for_and_said_once(void **state)
{
    struct stage *stage = *state;
    struct bw_camera_options options = {
        .spec = "v4l2:/dev/no-such-camera", .clock_ms = still_clock_ms};
    assert_int_equal(bw_camera_create(&options, &stage->camera, NULL), BW_OK);
    assert_int_equal(bw_camera_start(stage->camera, NULL), BW_OK);
    stage_await(stage, BW_CAMERA_GONE);
    for (uint64_t later_ms = 0; later_ms < 20000; later_ms += 1000) {
        bw_camera_step(stage->camera, stage->now_ms + later_ms, 0);
    }
    assert_false(bw_camera_pop(stage->camera, &stage->message));
}

static void
count(void *context)
{
    (void)atomic_fetch_add((atomic_int *)context, 1);
}

/* For the thread sanitizer: the camera's thread, and this one as the screen's. */
static void
camera_thread_and_screen_share_without_a_race(void **state)
{
    struct stage *stage = *state;
    atomic_int wakes = 0;
    char spec[300];
    stage_script(stage, "1.pgm", READ_TEXT);
    stage_script(stage, "2.pgm", CRASH);
    stage_script(stage, "3.pgm", READ_TEXT);
    (void)snprintf(spec, sizeof spec, "images:%s,loop", stage->folder.path);
    struct bw_camera_options options = {
        .spec = spec, .wake = count, .wake_context = &wakes, .clock_ms = still_clock_ms};
    assert_int_equal(bw_camera_create(&options, &stage->camera, NULL), BW_OK);
    assert_int_equal(bw_camera_start(stage->camera, NULL), BW_OK);
    struct pollfd wait = {.fd = bw_camera_fd(stage->camera), .events = POLLIN};
    struct bw_camera_frame frame;
    int texts = 0, pictures = 0;
    for (int round = 0; round < 400 && (texts < 10 || pictures < 10); round++) {
        assert_int_equal(poll(&wait, 1, STAGE_LIMIT_MS), 1);
        while (bw_camera_pop(stage->camera, &stage->message)) {
            texts += stage->message.sighting.kind == BW_SIGHTING_TEXT;
        }
        if (bw_camera_frame(stage->camera, &frame)) {
            pictures += frame.picture.bytes[frame.picture.stride_bytes * 700] != 0;
        }
        bw_camera_set_enrolment(stage->camera, round % 16 == 0);
    }
    assert_true(texts >= 10 && pictures >= 10);
    assert_true(atomic_load(&wakes) > 0);
    bw_camera_stop(stage->camera);
    bw_camera_join(stage->camera);
    int wakes_then = atomic_load(&wakes);
    bw_camera_step(stage->camera, stage->now_ms, 0);
    assert_int_equal(atomic_load(&wakes), wakes_then);
}

int
main(int argc, char **argv)
{
    if (bw_sandbox_wanted(argc, argv)) {
        return puppet_sandbox_main(argc, argv);
    }
#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_stage, clear_stage)
    const struct CMUnitTest tests[] = {
        ON_STAGE(frame_that_takes_too_long_is_stopped_and_named_the_second_time),
        ON_STAGE(frame_that_only_waited_its_turn_is_not_blamed),
        ON_STAGE(frame_that_waits_for_ever_is_stopped_all_the_same),
        ON_STAGE(camera_thread_and_screen_share_without_a_race),
        ON_STAGE(sandbox_is_back_within_a_second),
        ON_STAGE(nothing_flickers_while_the_sandbox_is_renewed),
        ON_STAGE(poison_in_a_loop_is_left_out_every_time_round),
        ON_STAGE(borrowed_picture_outlives_the_sandbox_that_made_it),
        ON_STAGE(sandbox_that_only_falls_is_given_up_for_a_while),
        ON_STAGE(folder_without_pictures_is_gone_until_there_are_some),
        ON_STAGE(no_camera_is_said_once_and_is_no_error),
        ON_STAGE(missing_device_is_looked_for_and_said_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
