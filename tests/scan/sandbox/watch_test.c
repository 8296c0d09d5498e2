/* The watch over the sandbox: stopped, started again, looked for, given up, and told. */
#include "scan/sandbox/camera_watch.h"
#include "stage.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

/* Processor time of all sandboxes that have ended: unlike a clock, it doesn't run while
 * the machine does something else. */
static uint64_t
ended_processor_ms(void)
{
    struct rusage used;
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &used), 0);
    return (uint64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
           (uint64_t)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
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
    struct bw_camera_frame frame;
    uint64_t last_seq = 0;
    stage_await(stage, BW_CAMERA_SIGHTING); /* the first picture is done with */
    /* The clock of the watch goes ahead of the sandbox's:
     * half a second is over at once. */
    stage->late_ms = BW_CAMERA_FRAME_LIMIT_MS;
    uint64_t before_ms = ended_processor_ms();
    stage_await(stage, BW_CAMERA_RESTARTED);
    assert_non_null(strstr(stage->message.text, "longer than 500 ms"));
    assert_in_range(ended_processor_ms() - before_ms, 0, 2000);
    if (bw_camera_frame(stage->camera, &frame)) {
        last_seq = frame.seq;
    }
    stage_await(stage, BW_CAMERA_POISON);
    assert_non_null(strstr(stage->message.text, "Picture 2 "));
    stage->late_ms = 0;
    stage_assert_says(stage, "BW1:TEXT");
    assert_true(bw_camera_frame(stage->camera, &frame));
    assert_true(frame.seq > last_seq);
}

static void
frame_that_only_waited_its_turn_is_not_blamed(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", WAIT_LONG);
    stage_start(stage, "", false);
    stage_await(stage, BW_CAMERA_SIGHTING);
    assert_string_equal(stage->message.sighting.text, "BW1:LATE");
    assert_int_equal(stage->message.seq, 0); /* by the first sandbox, not by another */
}

/* A frame is stopped after half a second; what the next sandbox needs until it is ready
 * has to fit into the other half. By its own processor time: what else the machine does
 * is not its business. */
static void
sandbox_is_back_within_a_second(void **state)
{
    struct stage *stage = *state;
    stage_script(stage, "1.pgm", READ_NOTHING);
    stage_script(stage, "2.pgm", HANG);
    stage_start(stage, "", false);
    stage_await(stage, BW_CAMERA_SIGHTING);
    pid_t hung = stage->camera->child.pid;
    stage->late_ms = BW_CAMERA_FRAME_LIMIT_MS;
    stage_await(stage, BW_CAMERA_RESTARTED);
    assert_int_not_equal(stage->camera->child.pid, hung);
    assert_in_range(
        bw_child_processor_ms(&stage->camera->child), 0, 1000 - BW_CAMERA_FRAME_LIMIT_MS);
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
        bw_camera_step(stage->camera, stage_clock_ms(), 20);
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
    stage_script(stage, "1@200ms.pgm", READ_NOTHING);
    stage_script(stage, "2.pgm", CRASH);
    stage_script(stage, "3.pgm", READ_TEXT);
    stage_start(stage, "", false);
    struct bw_camera_frame frame = {0};
    stage_await(stage, BW_CAMERA_SIGHTING);
    assert_true(bw_camera_frame(stage->camera, &frame));
    uint8_t before = frame.picture.bytes[1000];
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
    stage->late_ms = BW_CAMERA_LOOK_AGAIN_MS; /* and is tried again */
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
    bw_camera_step(stage->camera, stage_clock_ms() + BW_CAMERA_LOOK_AGAIN_MS, 0);
    stage_await(stage, BW_CAMERA_PRESENT);
    stage_assert_says(stage, "BW1:TEXT");
}

static void
no_camera_is_said_once_and_is_no_error(void **state)
{
    struct stage *stage = *state;
    struct bw_camera_options options = {.spec = "none"};
    assert_int_equal(bw_camera_create(&options, &stage->camera, NULL), BW_OK);
    assert_int_equal(bw_camera_start(stage->camera, NULL), BW_OK);
    stage_await(stage, BW_CAMERA_GONE);
    bw_camera_step(stage->camera, stage_clock_ms() + 100000, 0);
    assert_false(bw_camera_pop(stage->camera, &stage->message));
}

static void
missing_device_is_looked_for_and_said_once(void **state)
{
    struct stage *stage = *state;
    struct bw_camera_options options = {.spec = "v4l2:/dev/no-such-camera"};
    assert_int_equal(bw_camera_create(&options, &stage->camera, NULL), BW_OK);
    assert_int_equal(bw_camera_start(stage->camera, NULL), BW_OK);
    stage_await(stage, BW_CAMERA_GONE);
    for (uint64_t later_ms = 0; later_ms < 20000; later_ms += 1000) {
        bw_camera_step(stage->camera, stage_clock_ms() + later_ms, 0);
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
        .spec = spec, .wake = count, .wake_context = &wakes};
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
    bw_camera_step(stage->camera, stage_clock_ms(), 0);
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
