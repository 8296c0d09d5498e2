/* The contract of frames.h, for every source alike. */
#include "frames_contract.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

static uint64_t
clock_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* As the sandbox waits: for the descriptor, or until it is due. */
static enum bw_frames_state
wait_for_frame(struct bw_frames *frames, struct bw_frame *frame, struct bw_error *err)
{
    enum bw_frames_state state = BW_FRAMES_WAIT;
    for (int tries = 0; state == BW_FRAMES_WAIT && tries < 40; tries++) {
        uint64_t now_ms = clock_ms(), due_ms = bw_frames_due_ms(frames);
        struct pollfd wait = {.fd = bw_frames_fd(frames), .events = POLLIN};
        int wait_ms = due_ms <= now_ms       ? 0
                      : due_ms - now_ms > 50 ? 50
                                             : (int)(due_ms - now_ms);
        (void)poll(&wait, 1, wait_ms);
        state = bw_frames_next(frames, clock_ms(), frame, err);
    }
    return state;
}

static void
check_frame(struct bw_frames *frames, struct bw_frame *frame, uint64_t after_ms)
{
    struct bw_error err = {0};
    assert_true(frame->taken_ms >= after_ms && frame->taken_ms <= clock_ms());
    assert_int_not_equal(frame->fingerprint, 0);
    assert_non_null(frame->name);
    assert_int_equal(bw_frames_load(frames, frame, &err), BW_OK);
    assert_in_range(frame->luma.width_px, 2, BW_FRAME_WIDTH_MAX);
    assert_in_range(frame->luma.height_px, 1, BW_FRAME_HEIGHT_MAX);
    assert_int_equal(frame->luma.width_px % 2, 0);
    assert_true(frame->luma.stride_bytes >= frame->luma.width_px);
    assert_int_equal(frame->yuy2.width_px, frame->luma.width_px);
    assert_int_equal(frame->yuy2.height_px, frame->luma.height_px);
    assert_true(frame->yuy2.stride_bytes >= 2 * frame->yuy2.width_px);
    /* every byte of both is there to be read: for the address sanitizer */
    unsigned long sum = 0;
    for (int y = 0; y < frame->luma.height_px; y++) {
        for (int x = 0; x < frame->luma.width_px; x++) {
            sum += frame->luma.pixels[y * frame->luma.stride_bytes + x];
            sum += frame->yuy2.bytes[y * frame->yuy2.stride_bytes + 2 * x + 1];
        }
    }
    assert_true(sum > 0);
}

void
frames_keep_their_contract(struct bw_frames *frames, bool gives)
{
    struct bw_frame frame;
    struct bw_error err = {0};
    uint64_t last_ms = 0;
    for (int i = 0; gives && i < 5; i++) {
        assert_int_equal(wait_for_frame(frames, &frame, &err), BW_FRAMES_READY);
        check_frame(frames, &frame, last_ms);
        last_ms = frame.taken_ms;
    }
    if (gives) { /* one that isn't loaded is let go by the next */
        assert_int_equal(wait_for_frame(frames, &frame, &err), BW_FRAMES_READY);
        assert_int_equal(wait_for_frame(frames, &frame, &err), BW_FRAMES_READY);
        check_frame(frames, &frame, last_ms);
    } else {
        assert_int_equal(
            bw_frames_next(frames, clock_ms(), &frame, &err), BW_FRAMES_WAIT);
        assert_int_not_equal(bw_frames_load(frames, &frame, &err), BW_OK);
    }
    bw_frames_pause(frames, true);
    bw_frames_pause(frames, true);
    bw_frames_pause(frames, false);
    assert_int_equal(
        wait_for_frame(frames, &frame, &err), gives ? BW_FRAMES_READY : BW_FRAMES_WAIT);
    bw_frames_drop(frames);
    bw_frames_destroy(frames); /* with a frame in hand */
}
