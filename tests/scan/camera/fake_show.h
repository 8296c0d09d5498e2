/* What the fake camera offers and shows: modes,
 * and one picture in each way to send it. */
#ifndef BW_TESTS_SCAN_FAKE_SHOW_H
#define BW_TESTS_SCAN_FAKE_SHOW_H

#include "fake_camera.h"
#include "scan/camera/frames.h"

#include <stdbool.h>

enum { WIDTH = 1280, HEIGHT = 720 };

extern struct fake_camera *fake;          /* mapped by the test */
extern uint8_t fake_grey[WIDTH * HEIGHT]; /* the picture */

/* First in main: starts the program once more with the library preloaded and its file
 * made, and maps that; then returns. */
void fake_enter(char **argv);

/* Last in main. */
void fake_leave(void);

/* Setup of each test: a camera without modes, plugged in, with a code before it. */
int fake_plug_in(void **state);

/* Adds a mode. */
void fake_offer(
    uint32_t fourcc, uint32_t width_px, uint32_t height_px, uint32_t frames_a_second);

/* Makes the picture the frame that comes, U 100 and V 150 where there is colour. */
void fake_show_yuyv(void);
void fake_show_planes(bool chroma); /* NV12, or grey alone */
void fake_show_mjpeg(void);

/* Opens /dev/video0, or fails the test. */
struct bw_frames *fake_open(void);

/* Waits for the device, as the sandbox does, and chooses a frame. */
enum bw_frames_state fake_next(
    struct bw_frames *frames, struct bw_frame *frame, struct bw_error *err);

/* The scanner reads the ticket-like text from it. */
void fake_assert_reads(const struct bw_frame *frame);

/* Frames come one after the other, with these colours, and are read. */
void fake_assert_streams(int u, int v);

/* Milliseconds of CLOCK_MONOTONIC. */
uint64_t fake_clock_ms(void);

#endif
