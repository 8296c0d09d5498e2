/* Cameras that come, go and change while the kiosk runs, the whole way: zbar's video in a
 * locked sandbox, watched. The devices are fake_camera.so, preloaded (see there). */
#include "fake_show.h"
#include "tests/scan/fixture.h"
#include "scan/sandbox/camera.h"
#include "scan/sandbox/sandbox.h"

#include <linux/videodev2.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define FIRST_NAME "Fake ? Camera"
#define SECOND_NAME "Second Camera"

enum { PATIENCE_MS = 120000 };

static struct bw_camera *camera;
static struct bw_camera_message message;
static uint64_t ahead_ms; /* how far looks for a camera went before our clock */

static int
plug_in(void **state)
{
    (void)fake_plug_in(state);
    fake_offer(V4L2_PIX_FMT_YUYV, WIDTH, HEIGHT, 30);
    fake_show_yuyv();
    ahead_ms = 0;
    return 0;
}

static int
leave(void **state)
{
    (void)state;
    bw_camera_destroy(camera);
    camera = NULL;
    return 0;
}

static void
start(const char *spec, int64_t prefer)
{
    struct bw_camera_options options = {.spec = spec, .prefer = prefer};
    assert_int_equal(bw_camera_create(&options, &camera, NULL), BW_OK);
    assert_int_equal(bw_camera_start(camera, NULL), BW_OK);
}

static void
await(enum bw_camera_message_kind kind, bool text)
{
    for (uint64_t limit_ms = fake_clock_ms() + PATIENCE_MS; fake_clock_ms() < limit_ms;) {
        while (bw_camera_pop(camera, &message)) {
            if (message.kind == kind &&
                (!text || message.sighting.kind == BW_SIGHTING_TEXT)) {
                return;
            }
        }
        bw_camera_step(camera, fake_clock_ms(), 20);
    }
    fail_msg("no message of kind %d; the last: %s", (int)kind, message.text);
}

static void
await_camera(const char *name)
{
    await(BW_CAMERA_PRESENT, false);
    assert_string_equal(message.text, name);
    assert_int_not_equal(message.camera, 0);
}

/* The watch looks for cameras once more, as if it were time. */
static void
let_it_look(void)
{
    ahead_ms += BW_CAMERA_LOOK_AGAIN_MS;
    bw_camera_step(camera, fake_clock_ms() + ahead_ms, 0);
}

static void
await_ticket(void)
{
    await(BW_CAMERA_SIGHTING, true);
    assert_string_equal(message.sighting.text, ticket_like_text);
}

static void
camera_is_pulled_out_and_put_back_while_running(void **state)
{
    (void)state;
    start(NULL, 0);
    await_camera(FIRST_NAME);
    await_ticket();
    atomic_store(&fake->plugged, 0);
    await(BW_CAMERA_GONE, false);
    let_it_look(); /* still out */
    assert_false(bw_camera_pop(camera, &message));
    atomic_store(&fake->plugged, FAKE_FIRST);
    let_it_look();
    await_camera(FIRST_NAME);
    await_ticket();
    struct bw_camera_frame frame;
    assert_true(bw_camera_frame(camera, &frame));
    assert_int_equal(frame.picture.width_px, WIDTH);
}

static void
put_back_under_another_number(const char *spec)
{
    start(spec, 0);
    await_camera(FIRST_NAME);
    int64_t camera_id = message.camera;
    atomic_store(&fake->plugged, 0);
    await(BW_CAMERA_GONE, false);
    atomic_store(&fake->number, 1);
    atomic_store(&fake->plugged, FAKE_FIRST);
    let_it_look();
    await_camera(FIRST_NAME);
    assert_int_equal(message.camera, camera_id);
    await_ticket();
}

static void
camera_comes_back_under_another_number(void **state)
{
    (void)state;
    put_back_under_another_number(NULL);
}

static void
camera_given_by_its_path_is_known_under_another_number(void **state)
{
    (void)state;
    put_back_under_another_number("v4l2:/dev/video0");
}

static void
camera_given_by_its_path_gives_way_to_no_other(void **state)
{
    (void)state;
    start("v4l2:/dev/video0", 0);
    await_camera(FIRST_NAME);
    bw_camera_next(camera);
    atomic_store(&fake->plugged, FAKE_SECOND);
    await(BW_CAMERA_GONE, false);
    for (int i = 0; i < 10; i++) {
        let_it_look();
        assert_false(bw_camera_pop(camera, &message));
    }
}

static void
another_camera_does_while_the_first_is_out(void **state)
{
    (void)state;
    atomic_store(&fake->plugged, FAKE_FIRST | FAKE_SECOND);
    start(NULL, 0);
    await_camera(FIRST_NAME);
    atomic_store(&fake->plugged, FAKE_SECOND);
    await(BW_CAMERA_GONE, false);
    let_it_look();
    await_camera(SECOND_NAME);
    await_ticket();
    atomic_store(&fake->plugged, FAKE_FIRST | FAKE_SECOND);
    let_it_look();
    await_camera(FIRST_NAME);
    assert_int_equal(atomic_load(&fake->streaming), FAKE_FIRST);
}

static void
next_goes_round_and_is_preferred_from_then_on(void **state)
{
    (void)state;
    atomic_store(&fake->plugged, FAKE_FIRST | FAKE_SECOND);
    start(NULL, 0);
    await_camera(FIRST_NAME);
    bw_camera_next(camera);
    await_camera(SECOND_NAME);
    int64_t second = message.camera;
    await_ticket();
    assert_int_equal(atomic_load(&fake->streaming), FAKE_SECOND);
    bw_camera_next(camera);
    await_camera(FIRST_NAME);
    bw_camera_destroy(camera);
    start(NULL, second); /* as after a restart of the kiosk */
    await_camera(SECOND_NAME);
}

static void
next_of_one_camera_says_that_it_is_the_same(void **state)
{
    (void)state;
    start(NULL, 0);
    await_camera(FIRST_NAME);
    int64_t only = message.camera;
    await_ticket();
    bw_camera_next(camera);
    await_camera(FIRST_NAME);
    assert_int_equal(message.camera, only);
    await_ticket();
}

static void
preferred_camera_that_is_missing_at_the_start_is_taken_when_it_comes(void **state)
{
    (void)state;
    atomic_store(&fake->plugged, FAKE_FIRST | FAKE_SECOND);
    start(NULL, 0);
    bw_camera_next(camera);
    do {
        await(BW_CAMERA_PRESENT, false);
    } while (strcmp(message.text, SECOND_NAME) != 0);
    int64_t second = message.camera;
    bw_camera_destroy(camera);
    atomic_store(&fake->plugged, FAKE_FIRST);
    start(NULL, second);
    await_camera(FIRST_NAME);
    await_ticket();
    atomic_store(&fake->plugged, FAKE_FIRST | FAKE_SECOND);
    let_it_look();
    await_camera(SECOND_NAME);
}

static void
camera_that_never_starts_gives_way_to_the_next(void **state)
{
    (void)state;
    atomic_store(&fake->plugged, FAKE_FIRST | FAKE_SECOND);
    atomic_store(&fake->busy, FAKE_FIRST);
    start(NULL, 0);
    await(BW_CAMERA_GONE, false);
    for (int i = 0; i < 400 && !bw_camera_pop(camera, &message); i++) {
        ahead_ms += BW_CAMERA_LOOK_AGAIN_MS / 8;
        bw_camera_step(camera, fake_clock_ms() + ahead_ms, 20);
    }
    assert_string_equal(message.text, SECOND_NAME);
    await_ticket();
}

/* A second of broken pictures is one message, not thirty; and one more where the machine
 * stood still, and the watch began anew. */
static void
broken_pictures_are_told_once(void **state)
{
    (void)state;
    fake->mode_count = 0;
    fake_offer(V4L2_PIX_FMT_MJPEG, WIDTH, HEIGHT, 30);
    fake_show_mjpeg();
    start(NULL, 0);
    await_ticket();
    uint8_t first = fake->picture[0];
    fake->picture[0] = 0;
    uint32_t given = atomic_load(&fake->frames_given);
    int told = 0, began_anew = 0;
    while (atomic_load(&fake->frames_given) < given + 20) {
        bw_camera_step(camera, fake_clock_ms(), 20);
        while (bw_camera_pop(camera, &message)) {
            told += message.kind == BW_CAMERA_SKIPPED;
            began_anew +=
                message.kind == BW_CAMERA_RESTARTED || message.kind == BW_CAMERA_PRESENT;
        }
    }
    assert_in_range(told, 1, 1 + began_anew);
    fake->picture[0] = first;
    await_ticket();
}

int
main(int argc, char **argv)
{
    if (bw_sandbox_wanted(argc, argv)) {
        return bw_sandbox_main(argc, argv);
    }
    fake_enter(argv);
#define PLUGGED(test) cmocka_unit_test_setup_teardown(test, plug_in, leave)
    const struct CMUnitTest tests[] = {
        PLUGGED(camera_is_pulled_out_and_put_back_while_running),
        PLUGGED(camera_comes_back_under_another_number),
        PLUGGED(camera_given_by_its_path_is_known_under_another_number),
        PLUGGED(camera_given_by_its_path_gives_way_to_no_other),
        PLUGGED(another_camera_does_while_the_first_is_out),
        PLUGGED(next_goes_round_and_is_preferred_from_then_on),
        PLUGGED(next_of_one_camera_says_that_it_is_the_same),
        PLUGGED(preferred_camera_that_is_missing_at_the_start_is_taken_when_it_comes),
        PLUGGED(camera_that_never_starts_gives_way_to_the_next),
        PLUGGED(broken_pictures_are_told_once),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_leave();
    return failed;
}
