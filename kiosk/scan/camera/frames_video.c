/* A V4L2 camera through zbar's video: see frames.h.
 *
 * zbar opens, negotiates, maps and queues the buffers; this file chooses the mode before,
 * and makes pixels after. Traps of zbar 0.23: it probes USERPTR first, which many drivers
 * refuse (so MMAP is asked for); it knows nothing of padding at the end of lines (so the
 * stride is asked of the driver); it takes the size that the device's present format has
 * (so ours is set before); it gives the length of the buffer, not of what came (so one
 * that was cut off ends in what was there before, and MJPEG has to end by itself).
 *
 * FV1: at most one image is held, from next until it is replaced; the other buffers stay
 *     with the driver, so that the newest frame is never old. */
#include "frames.h"

#include "jpeg.h"
#include "pixels.h"
#include "video.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <fcntl.h>
#include <zbar.h>

enum {
    ZBAR_IOMODE_MMAP = 2,
    BUFFERS_AT_ONCE = 4, /* a camera faster than us doesn't keep us here */
    SILENT_MS = 5000,    /* a stream that says nothing for so long is broken */
};

struct camera {
    struct bw_frames head;
    char path[BW_VIDEO_PATH_BYTES];
    zbar_video_t *video;
    zbar_image_t *image; /* see FV1 */
    struct bw_video_mode mode;
    size_t stride_bytes;
    uint64_t heard_ms; /* when the last frame came, or waiting for one began */
    uint64_t bad_ms;   /* since when all that came was broken; 0: it wasn't */
    bool paused;
    struct bw_raster raster;
};

static void
let_go(struct camera *camera)
{
    if (camera->image != NULL) {
        zbar_image_destroy(camera->image);
        camera->image = NULL;
    }
}

static void
camera_destroy(struct bw_frames *frames)
{
    struct camera *camera = (struct camera *)frames;
    let_go(camera);
    if (camera->video != NULL) {
        (void)zbar_video_enable(camera->video, 0);
        zbar_video_destroy(camera->video);
    }
    bw_raster_finish(&camera->raster);
    free(camera);
}

static int
camera_fd(const struct bw_frames *frames)
{
    const struct camera *camera = (const struct camera *)frames;
    return camera->paused ? -1 : zbar_video_get_fd(camera->video);
}

static uint64_t
camera_due_ms(const struct bw_frames *frames)
{
    const struct camera *camera = (const struct camera *)frames;
    return camera->paused || camera->heard_ms == 0 ? UINT64_MAX
                                                   : camera->heard_ms + SILENT_MS;
}

static enum bw_frames_state
gone(const struct camera *camera, struct bw_error *err, const char *why)
{
    (void)bw_error_set(err, BW_NOT_FOUND, errno,
        "Reading the camera %s: %s; check its cable", camera->path, why);
    return BW_FRAMES_GONE;
}

/* 1 readable, 0 not yet, -1 the device is gone. */
static int
readable(const struct camera *camera)
{
    struct pollfd wait = {.fd = zbar_video_get_fd(camera->video), .events = POLLIN};
    int ready = poll(&wait, 1, 0);
    if (ready < 0) {
        return errno == EINTR ? 0 : -1;
    }
    if ((wait.revents & POLLIN) != 0) {
        return 1;
    }
    return (wait.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0 ? -1 : 0;
}

static enum bw_frames_state
camera_next(struct bw_frames *frames, uint64_t now_ms, struct bw_frame *ret_frame,
    struct bw_error *err)
{
    struct camera *camera = (struct camera *)frames;
    if (camera->heard_ms == 0) {
        camera->heard_ms = now_ms;
    }
    let_go(camera);
    int ready = camera->paused ? 0 : readable(camera);
    for (int i = 0; ready > 0 && i < BUFFERS_AT_ONCE; i++) {
        /* the newest: older ones go back to the driver */
        zbar_image_t *image = zbar_video_next_image(camera->video);
        if (image == NULL) {
            return gone(camera, err, "it gives no more pictures");
        }
        let_go(camera);
        assert(camera->image == NULL); /* FV1 */
        camera->image = image;
        ready = readable(camera);
    }
    if (ready < 0 && camera->image == NULL) {
        return gone(camera, err, "it was pulled out");
    }
    if (camera->image == NULL) {
        bool silent = !camera->paused && now_ms >= camera->heard_ms + SILENT_MS;
        return silent ? gone(camera, err, "no picture came for 5 seconds")
                      : BW_FRAMES_WAIT;
    }
    if (camera->bad_ms != 0 && now_ms >= camera->bad_ms + SILENT_MS) {
        return gone(camera, err, "it gave nothing but broken pictures for 5 seconds");
    }
    camera->heard_ms = now_ms;
    *ret_frame = (struct bw_frame){.taken_ms = now_ms,
        .since_ms = now_ms,
        .fingerprint = bw_fingerprint(zbar_image_get_data(camera->image),
            zbar_image_get_data_length(camera->image)),
        .name = camera->head.name};
    return BW_FRAMES_READY;
}

/* The bytes that a picture of the mode needs at least; MJPEG's length is its own. */
static size_t
bytes_needed(const struct camera *camera)
{
    size_t plane = camera->stride_bytes * (size_t)camera->mode.height_px;
    switch (camera->mode.fourcc) {
    case V4L2_PIX_FMT_NV12:
    case V4L2_PIX_FMT_YUV420:
        return plane + camera->stride_bytes * (size_t)((camera->mode.height_px + 1) / 2);
    case V4L2_PIX_FMT_MJPEG:
        return 2;
    default:
        return plane;
    }
}

static enum bw_status
draw(struct camera *camera, struct bw_error *err)
{
    const uint8_t *bytes =
        camera->image == NULL ? NULL : zbar_image_get_data(camera->image);
    size_t count = bytes == NULL ? 0 : zbar_image_get_data_length(camera->image);
    if (count < bytes_needed(camera)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading a picture of the camera: only a part of it came in");
    }
    enum bw_status status = BW_OK;
    switch (camera->mode.fourcc) {
    case V4L2_PIX_FMT_YUYV:
        bw_raster_from_yuyv(&camera->raster, bytes, camera->stride_bytes);
        break;
    case V4L2_PIX_FMT_NV12:
        bw_raster_from_nv12(&camera->raster, bytes, camera->stride_bytes);
        break;
    case V4L2_PIX_FMT_YUV420:
        bw_raster_from_yu12(&camera->raster, bytes);
        break;
    case V4L2_PIX_FMT_MJPEG:
        status = bw_jpeg_draw(bytes, count, &camera->raster, err);
        break;
    default:
        bw_raster_from_grey(&camera->raster, bytes, camera->stride_bytes);
    }
    return status;
}

static enum bw_status
camera_load(struct bw_frames *frames, struct bw_frame *frame, struct bw_error *err)
{
    struct camera *camera = (struct camera *)frames;
    enum bw_status status = draw(camera, err);
    if (status == BW_OK) {
        camera->bad_ms = 0;
        frame->luma = bw_raster_luma(&camera->raster);
        frame->yuy2 = bw_raster_yuy2(&camera->raster);
    } else if (camera->bad_ms == 0) {
        camera->bad_ms = frame->taken_ms;
    }
    return status;
}

static void
camera_drop(struct bw_frames *frames)
{
    (void)frames; /* a camera's next picture is another one */
}

static void
camera_pause(struct bw_frames *frames, bool paused)
{
    struct camera *camera = (struct camera *)frames;
    if (paused == camera->paused) {
        return;
    }
    let_go(camera);
    camera->paused = paused;
    camera->heard_ms = camera->bad_ms = 0;
    (void)zbar_video_enable(camera->video, paused ? 0 : 1);
}

static const struct bw_frames_table camera_table = {
    .fd = camera_fd,
    .due_ms = camera_due_ms,
    .next = camera_next,
    .load = camera_load,
    .drop = camera_drop,
    .pause = camera_pause,
    .destroy = camera_destroy,
};

/* Chosen, and set, before zbar opens the device: at opening it asks for our size in
 * whatever format the device has at that moment, and keeps to what it gets. Drivers
 * remember the format from one opening to the next. */
static enum bw_status
choose_mode(struct camera *camera, struct bw_error *err)
{
    int fd = open(camera->path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        enum bw_status status = errno == EBUSY ? BW_BUSY : BW_NOT_FOUND;
        return bw_error_set(err, status, errno, "%s", bw_said(strerror(errno)));
    }
    enum bw_status status = bw_video_choose(fd, &camera->mode, err);
    if (status == BW_OK) {
        bw_video_set(fd, &camera->mode);
    }
    (void)close(fd);
    return status;
}

static enum bw_status
zbar_failed(const struct camera *camera, struct bw_error *err)
{
    int reason = errno;
    enum bw_status status = reason == EBUSY ? BW_BUSY : BW_IO;
    const char *said = zbar_video_error_string(camera->video, 0);
    return bw_error_set(err, status, reason, "%s", said == NULL ? "it failed" : said);
}

/* What the driver made of our wishes. */
static enum bw_status
look_at_stream(struct camera *camera, struct bw_error *err)
{
    struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    int fd = zbar_video_get_fd(camera->video);
    camera->mode.width_px = zbar_video_get_width(camera->video);
    camera->mode.height_px = zbar_video_get_height(camera->video);
    size_t least = (size_t)camera->mode.width_px *
                   (camera->mode.fourcc == V4L2_PIX_FMT_YUYV ? 2 : 1);
    camera->stride_bytes = least;
    if (ioctl(fd, VIDIOC_G_FMT, &format) == 0 &&
        format.fmt.pix.pixelformat == camera->mode.fourcc &&
        format.fmt.pix.bytesperline > least) {
        camera->stride_bytes = format.fmt.pix.bytesperline;
    }
    if (camera->mode.width_px < 2 || camera->mode.width_px > BW_FRAME_WIDTH_MAX ||
        camera->mode.width_px % 2 != 0 || camera->mode.height_px < 2 ||
        camera->mode.height_px > BW_FRAME_HEIGHT_MAX) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "it gives %dx%d whatever is asked of it", camera->mode.width_px,
            camera->mode.height_px);
    }
    return BW_OK;
}

static bool
negotiate(struct camera *camera, uint32_t fourcc)
{
    const struct bw_video_mode *mode = &camera->mode;
    if (camera->video != NULL) {
        zbar_video_destroy(camera->video);
    }
    camera->video = zbar_video_create();
    if (camera->video == NULL) {
        return false;
    }
    camera->mode.fourcc = fourcc;
    return zbar_video_request_size(
               camera->video, (unsigned)mode->width_px, (unsigned)mode->height_px) == 0 &&
           zbar_video_request_iomode(camera->video, ZBAR_IOMODE_MMAP) == 0 &&
           zbar_video_open(camera->video, camera->path) == 0 &&
           zbar_video_init(camera->video, fourcc) == 0;
}

/* libv4l2, under zbar, hides the formats of a camera that has none but NV12 and its like,
 * and offers to convert them: then planes of YUV are the cheapest that it has. */
static enum bw_status
open_stream(struct camera *camera, struct bw_error *err)
{
    if (!negotiate(camera, camera->mode.fourcc) &&
        !negotiate(camera, V4L2_PIX_FMT_YUV420)) {
        return camera->video == NULL
                   ? bw_error_set(err, BW_NO_MEMORY, ENOMEM, "there is no memory")
                   : zbar_failed(camera, err);
    }
    enum bw_status status = look_at_stream(camera, err);
    if (status != BW_OK) {
        return status;
    }
    bw_video_tune(zbar_video_get_fd(camera->video), &camera->mode);
    if (!bw_raster_init(&camera->raster, camera->mode.width_px, camera->mode.height_px)) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "there is no memory");
    }
    return zbar_video_enable(camera->video, 1) == 0 ? BW_OK : zbar_failed(camera, err);
}

enum bw_status
bw_frames_video_open(
    const char *path, struct bw_frames **ret_frames, struct bw_error *err)
{
    struct camera *camera = calloc(1, sizeof *camera);
    if (camera == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "Opening the camera %s: no memory", path);
    }
    camera->head.table = &camera_table;
    (void)snprintf(camera->path, sizeof camera->path, "%s", path);
    struct bw_video_device about;
    bool there = bw_video_probe(path, &about);
    if (there) {
        (void)snprintf(camera->head.name, sizeof camera->head.name, "%s", about.name);
    }
    enum bw_status status = there ? choose_mode(camera, err)
                                  : bw_error_set(err, BW_NOT_FOUND, ENODEV,
                                        "there is no camera; check its cable");
    if (status == BW_OK) {
        status = open_stream(camera, err);
    }
    if (status != BW_OK) {
        camera_destroy(&camera->head);
        return bw_error_prefix(err, status, "Opening the camera %s", path);
    }
    *ret_frames = &camera->head;
    return BW_OK;
}
