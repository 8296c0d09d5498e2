/* V4L2 devices: which there are, what they can, and setting them up for a ticket at 20
 * cm. Plain ioctls on a device node; the stream itself goes through zbar
 * (frames_video.c). */
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

/* Is `path` a camera that can stream, and what does it call itself (printable ASCII)?
 * False also when it isn't there or another program has it. */
bool bw_video_probe(const char *path, char *ret_name, size_t name_bytes);

/* The path of the n-th camera (from 0) by device number; false when there are fewer. */
bool bw_video_path(int nth, char *ret_path, size_t path_bytes);

/* The best mode of an open device: the largest picture up to 1280x720 at 30 frames a
 * second or near it, then the format that costs least. BW_NOT_FOUND: none that we read.
 */
BW_NODISCARD enum bw_status bw_video_choose(
    int fd, struct bw_video_mode *ret_mode, struct bw_error *err);

/* Makes it the device's present mode, as far as the driver goes along. */
void bw_video_set(int fd, const struct bw_video_mode *mode);

/* Asks for the rate, exposure and focus; what the camera doesn't have is left alone. */
void bw_video_tune(int fd, const struct bw_video_mode *mode);

#endif
