/* A camera that isn't there: what a test and the preloaded fake_camera.so share.
 *
 * The test makes a file of this struct and names it in BW_FAKE_CAMERA; the library,
 * preloaded into test and room alike, maps it, and answers for /dev/video0 (and
 * /dev/video1, as a device that is no camera). Everything goes through the mapping, so
 * that it works on in a process that may open nothing any more. */
#ifndef BW_TESTS_SCAN_FAKE_CAMERA_H
#define BW_TESTS_SCAN_FAKE_CAMERA_H

#include <stdatomic.h>
#include <stdint.h>

enum {
    FAKE_MODES_MAX = 8,
    FAKE_CONTROLS_MAX = 8,
    FAKE_PICTURE_BYTES = 1344 * 720 * 2,
    FAKE_BUFFERS = 4,
};

struct fake_mode {
    uint32_t fourcc, width_px, height_px, frames_a_second;
};

struct fake_control {
    uint32_t id;
    int32_t min, max, value;
};

struct fake_camera {
    /* Written by the test. */
    _Atomic uint32_t plugged; /* 0: pulled out */
    _Atomic uint32_t silent;  /* plugged in, but no picture comes */
    uint32_t mode_count;
    struct fake_mode modes[FAKE_MODES_MAX];
    uint32_t control_count;
    struct fake_control controls[FAKE_CONTROLS_MAX]; /* values written by the program */
    uint32_t padding_bytes;                          /* at the end of each line */
    uint32_t picture_bytes; /* how much of `picture` a frame is */
    uint8_t picture[FAKE_PICTURE_BYTES];

    /* Written by the library. */
    struct fake_mode mode; /* as the program asked for it */
    _Atomic uint32_t streaming, frames_given, opens;
};

#endif
