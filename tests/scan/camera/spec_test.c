/* What --camera may say, and the source that has nothing. */
#include "frames_contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
none_keeps_the_contract_of_frames(void **state)
{
    (void)state;
    frames_keep_their_contract(NULL, false);
}

static void
specs_are_told_from_noise(void **state)
{
    (void)state;
    static const char *const good[] = {NULL, "none", "v4l2:/dev/video0",
        "v4l2:/dev/v4l/by-id/usb-046d_HD_Pro_Webcam_C920_7E0B12BF-video-index0",
        "images:dir", "images:/a,b,loop"};
    static const char *const bad[] = {"", "camera", "v4l2:", "v4l2:video0",
        "images:", "images:,loop", "none ",
        ("v4l2:/dev/012345678901234567890123456789012345678901234567890123456789"
         "0123456789012345678901234567890123456789012345678901234567890123456789")};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(bw_frames_spec_is_good(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(bw_frames_spec_is_good(bad[i]));
        struct bw_frames *frames = NULL;
        assert_int_equal(bw_frames_open(bad[i], NULL, &frames, NULL), BW_BAD_INPUT);
    }
}

static void
no_source_waits_for_ever(void **state)
{
    (void)state;
    struct bw_frames *frames = NULL;
    struct bw_frame frame;
    assert_int_equal(bw_frames_open("none", NULL, &frames, NULL), BW_OK);
    assert_int_equal(bw_frames_next(frames, 1, &frame, NULL), BW_FRAMES_WAIT);
    assert_true(bw_frames_due_ms(frames) == UINT64_MAX);
    assert_int_equal(bw_frames_load(frames, &frame, NULL), BW_NOT_FOUND);
    bw_frames_drop(frames);
    bw_frames_pause(frames, true);
    bw_frames_destroy(frames);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none_keeps_the_contract_of_frames),
        cmocka_unit_test(specs_are_told_from_noise),
        cmocka_unit_test(no_source_waits_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
