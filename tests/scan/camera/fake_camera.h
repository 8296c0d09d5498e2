/* Cameras that aren't there: what a test and the preloaded fake_camera.so share.
 *
 * The test makes a file of this struct and names it in BW_FAKE_CAMERA; the library,
 * preloaded into test and sandbox alike, maps it, and answers for the camera
 * (/dev/video0, or another number), /dev/video1 (metadata, no camera) and /dev/video2 (a
 * second camera, which shows the same). Everything goes through the mapping, so
 * that it works on in a process that may open nothing any more. */
#ifndef BW_TESTS_SCAN_FAKE_CAMERA_H
#define BW_TESTS_SCAN_FAKE_CAMERA_H

#include <stdatomic.h>
#include <stdint.h>

enum {
    FAKE_MODES_MAX = 8,
    FAKE_CONTROLS_MAX = 8,
    FAKE_ASKED_MAX = 32,
    FAKE_PICTURE_BYTES = 1344 * 720 * 2,
    FAKE_BUFFERS = 4,
};

struct fake_mode {
    uint32_t fourcc, width_px, height_px, frames_a_second;
};

enum { FAKE_FIRST = 1, FAKE_SECOND = 2 };

struct fake_control {
    uint32_t id, flags;
    int32_t min, max, value;
};

struct fake_camera {
    /* Written by the test. */
    _Atomic uint32_t plugged; /* FAKE_FIRST and FAKE_SECOND; 0: pulled out */
    _Atomic uint32_t number;  /* of the first one: /dev/videoN */
    _Atomic uint32_t busy;    /* cameras that another program has, as plugged */
    _Atomic uint32_t silent;  /* plugged in, but no picture comes */
    uint32_t mode_count;
    struct fake_mode modes[FAKE_MODES_MAX];
    uint32_t control_count;
    struct fake_control controls[FAKE_CONTROLS_MAX]; /* values written by the program */
    uint32_t padding_bytes;                          /* at the end of each line */
    uint32_t picture_bytes; /* how much of `picture` a frame is */
    uint32_t buffer_bytes;  /* how large it says its buffers are; 0: as they are */
    uint8_t picture[FAKE_PICTURE_BYTES];

    /* Written by the library. */
    struct fake_mode mode;      /* as the program asked for it */
    _Atomic uint32_t streaming; /* the camera that does, as in plugged … */
    _Atomic uint32_t streamed;  /* … or did last */
    _Atomic uint32_t frames_given, opens;
    uint32_t asked_count;
    uint32_t asked[FAKE_ASKED_MAX]; /* controls asked for, in order, had or not */
};

#endif
