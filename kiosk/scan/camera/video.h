/* V4L2 devices: which there are, what they can, and setting them up for a ticket at 20
 * cm. Plain ioctls on a device node; the stream itself goes through zbar
 * (frames_video.c). Any thread, one at a time for a descriptor, which stays the
 * caller's. */
#ifndef BW_SCAN_VIDEO_H
#define BW_SCAN_VIDEO_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How pictures come. */
struct bw_video_mode {
    uint32_t fourcc; /* V4L2_PIX_FMT_YUYV, _NV12, _MJPEG or _GREY */
    int width_px, height_px;
    int frames_a_second;
};

enum { BW_VIDEO_PATH_BYTES = 128, BW_VIDEO_NAME_BYTES = 33 };

/* A camera of this machine. Its number, and so its path, may be another one after it was
 * pulled out and put back; `id` stays. */
struct bw_video_device {
    char path[BW_VIDEO_PATH_BYTES];
    char name[BW_VIDEO_NAME_BYTES]; /* as the driver calls it, printable ASCII */
    int64_t id; /* what it is (high half) and where it is plugged in (low); never 0 */
};

/* Is `path` a camera that can stream, and which (may be NULL)? False also when it isn't
 * there or another program has it. */
bool bw_video_probe(const char *path, struct bw_video_device *ret_device);

/* The cameras of this machine by device number, at most `capacity`; returns how many. */
int bw_video_list(struct bw_video_device *ret_devices, int capacity);

/* How much two cameras' `id` are alike. 2: the same camera in the same place; 1: the same
 * kind of camera; 0: another. */
int bw_video_likeness(int64_t id, int64_t other_id);

/* The best mode of an open device: the largest picture up to 1280x720 at 30 frames a
 * second or near it, then the format that costs least.
 * BW_NOT_FOUND: none that we read. */
BW_NODISCARD enum bw_status bw_video_choose(
    int fd, struct bw_video_mode *ret_mode, struct bw_error *err);

/* Makes it the device's present mode, as far as the driver goes along. The mode is
 * borrowed for the call. */
void bw_video_set(int fd, const struct bw_video_mode *mode);

/* Asks for the rate, exposure and focus; what the camera doesn't have is left alone. */
void bw_video_tune(int fd, const struct bw_video_mode *mode);

#endif
