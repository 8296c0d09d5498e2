/* The answers of a V4L2 capture driver: see fake_device.h. */
#include <poll.h>

#include "fake_device.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER_BYTES = (FAKE_PICTURE_BYTES + 4095) / 4096 * 4096, FRAME_MS = 33 };

struct fake_camera *fake_camera;
int fake_device = -1;

static uint32_t which;   /* FAKE_FIRST, FAKE_SECOND, or 0: metadata */
static uint8_t *buffers; /* the device's pages */
static bool queued[FAKE_BUFFERS];
static unsigned next_buffer;
static int64_t due_ms;
static bool streams;

int64_t
fake_now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int
fail(int reason)
{
    errno = reason;
    return -1;
}

/* -1: nothing. */
static int
device_at(const char *path)
{
    char first[32];
    uint32_t plugged = atomic_load(&fake_camera->plugged);
    (void)snprintf(
        first, sizeof first, "/dev/video%u", atomic_load(&fake_camera->number));
    if ((plugged & FAKE_FIRST) != 0 && strcmp(path, first) == 0) {
        return FAKE_FIRST;
    }
    if ((plugged & FAKE_SECOND) != 0 && strcmp(path, "/dev/video2") == 0) {
        return FAKE_SECOND;
    }
    return plugged != 0 && strcmp(path, "/dev/video1") == 0 ? 0 : -1;
}

static bool
is_there(void)
{
    uint32_t plugged = atomic_load(&fake_camera->plugged);
    return which == 0 ? plugged != 0 : (plugged & which) != 0;
}

int
fake_device_open(const char *path)
{
    int at = device_at(path);
    if (at < 0) {
        return fail(ENOENT);
    }
    if (fake_device >= 0) {
        return fail(EBUSY);
    }
    fake_device = memfd_create("fake-video", MFD_CLOEXEC);
    if (fake_device < 0 ||
        ftruncate(fake_device, (off_t)BUFFER_BYTES * FAKE_BUFFERS) != 0) {
        return -1;
    }
    void *memory = mmap(NULL, (size_t)BUFFER_BYTES * FAKE_BUFFERS, PROT_READ | PROT_WRITE,
        MAP_SHARED, fake_device, 0);
    if (memory == MAP_FAILED) {
        return -1;
    }
    buffers = memory;
    which = (uint32_t)at;
    atomic_fetch_add(&fake_camera->opens, 1);
    if (fake_camera->mode.width_px == 0) {
        fake_camera->mode = fake_camera->modes[0];
    }
    return fake_device;
}

/* What another process streams isn't ours to end. */
static int
on_streaming(bool on)
{
    if (on && (atomic_load(&fake_camera->busy) & which) != 0) {
        return fail(EBUSY);
    }
    if (on || streams) {
        atomic_store(&fake_camera->streaming, on ? which : 0);
    }
    if (on) {
        atomic_store(&fake_camera->streamed, which);
    }
    streams = on;
    due_ms = fake_now_ms() + FRAME_MS;
    if (!on) {
        memset(queued, 0, sizeof queued);
        next_buffer = 0;
    }
    return 0;
}

void
fake_device_close(void)
{
    (void)munmap(buffers, (size_t)BUFFER_BYTES * FAKE_BUFFERS);
    fake_device = -1;
    (void)on_streaming(false);
}

short
fake_device_events(void)
{
    if (!is_there()) {
        return POLLERR | POLLHUP;
    }
    bool due = streams && atomic_load(&fake_camera->silent) == 0 && queued[next_buffer] &&
               fake_now_ms() >= due_ms;
    return due ? POLLIN : 0;
}

static int
on_querycap(struct v4l2_capability *about)
{
    memset(about, 0, sizeof *about);
    (void)strcpy((char *)about->driver, "fake");
    (void)strcpy((char *)about->card, which == 0             ? "Fake Metadata"
                                      : which == FAKE_SECOND ? "Second Camera"
                                                             : "Fake \xe9 Camera");
    (void)strcpy((char *)about->bus_info, which == FAKE_SECOND ? "usb-2" : "usb-1");
    about->device_caps =
        which == 0 ? V4L2_CAP_META_CAPTURE : V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    about->capabilities = about->device_caps | V4L2_CAP_DEVICE_CAPS;
    return 0;
}

/* The n-th different format among the modes. */
static int
on_enum_fmt(struct v4l2_fmtdesc *about)
{
    uint32_t nth = about->index;
    for (uint32_t i = 0; i < fake_camera->mode_count; i++) {
        bool seen = false;
        for (uint32_t j = 0; j < i; j++) {
            seen = seen || fake_camera->modes[j].fourcc == fake_camera->modes[i].fourcc;
        }
        if (!seen && nth-- == 0) {
            about->pixelformat = fake_camera->modes[i].fourcc;
            about->flags =
                about->pixelformat == V4L2_PIX_FMT_MJPEG ? V4L2_FMT_FLAG_COMPRESSED : 0;
            return 0;
        }
    }
    return fail(EINVAL);
}

static int
on_enum_sizes(struct v4l2_frmsizeenum *about)
{
    uint32_t nth = about->index;
    for (uint32_t i = 0; i < fake_camera->mode_count; i++) {
        if (fake_camera->modes[i].fourcc == about->pixel_format && nth-- == 0) {
            about->type = V4L2_FRMSIZE_TYPE_DISCRETE;
            about->discrete.width = fake_camera->modes[i].width_px;
            about->discrete.height = fake_camera->modes[i].height_px;
            return 0;
        }
    }
    return fail(EINVAL);
}

static int
on_enum_intervals(struct v4l2_frmivalenum *about)
{
    for (uint32_t i = 0; i < fake_camera->mode_count && about->index == 0; i++) {
        const struct fake_mode *mode = &fake_camera->modes[i];
        if (mode->fourcc == about->pixel_format && mode->width_px == about->width &&
            mode->height_px == about->height) {
            about->type = V4L2_FRMIVAL_TYPE_DISCRETE;
            about->discrete = (struct v4l2_fract){1, mode->frames_a_second};
            return 0;
        }
    }
    return fail(EINVAL);
}

static int
on_get_format(struct v4l2_format *about)
{
    struct v4l2_pix_format *pix = &about->fmt.pix;
    memset(pix, 0, sizeof *pix);
    uint32_t bytes_a_pixel = fake_camera->mode.fourcc == V4L2_PIX_FMT_YUYV ? 2 : 1;
    pix->width = fake_camera->mode.width_px;
    pix->height = fake_camera->mode.height_px;
    pix->pixelformat = fake_camera->mode.fourcc;
    pix->field = V4L2_FIELD_NONE;
    if (pix->pixelformat != V4L2_PIX_FMT_MJPEG) {
        pix->bytesperline = pix->width * bytes_a_pixel + fake_camera->padding_bytes;
    }
    pix->sizeimage = BUFFER_BYTES;
    return 0;
}

/* As drivers do: the nearest of its own modes, never an error. */
static int
on_set_format(struct v4l2_format *about)
{
    const struct v4l2_pix_format *pix = &about->fmt.pix;
    for (uint32_t i = 0; i < fake_camera->mode_count; i++) {
        const struct fake_mode *mode = &fake_camera->modes[i];
        if (mode->fourcc == pix->pixelformat && mode->width_px == pix->width &&
            mode->height_px == pix->height) {
            fake_camera->mode = *mode;
        }
    }
    return on_get_format(about);
}

static int
on_parm(struct v4l2_streamparm *about, bool set)
{
    struct v4l2_fract *interval = &about->parm.capture.timeperframe;
    if (set && interval->numerator != 0) {
        fake_camera->mode.frames_a_second = interval->denominator / interval->numerator;
    }
    *interval = (struct v4l2_fract){1, fake_camera->mode.frames_a_second};
    return 0;
}

static int
on_reqbufs(struct v4l2_requestbuffers *about)
{
    if (about->memory != V4L2_MEMORY_MMAP) {
        return fail(EINVAL);
    }
    about->count = about->count > FAKE_BUFFERS ? FAKE_BUFFERS : about->count;
    return 0;
}

/* As drivers do, says all: libv4l2 asks with whatever lies on its stack, and takes a flag
 * that is left there (mapped) for the device's. */
static int
on_querybuf(struct v4l2_buffer *about)
{
    if (about->index >= FAKE_BUFFERS) {
        return fail(EINVAL);
    }
    uint32_t said = fake_camera->buffer_bytes;
    about->flags = queued[about->index] ? V4L2_BUF_FLAG_QUEUED : 0;
    about->bytesused = 0;
    about->length = said == 0 ? BUFFER_BYTES : said;
    about->m.offset = about->index * BUFFER_BYTES;
    about->memory = V4L2_MEMORY_MMAP;
    return 0;
}

static int
on_qbuf(const struct v4l2_buffer *about)
{
    if (about->index >= FAKE_BUFFERS) {
        return fail(EINVAL);
    }
    queued[about->index] = true;
    return 0;
}

/* Blocks like a driver until a frame is due. */
static int
on_dqbuf(struct v4l2_buffer *about)
{
    while (fake_device_events() == 0) {
        (void)real_poll(NULL, 0, 1);
    }
    if (!is_there()) {
        return fail(ENODEV);
    }
    uint32_t index = next_buffer;
    next_buffer = (next_buffer + 1) % FAKE_BUFFERS;
    queued[index] = false;
    memcpy(buffers + (size_t)index * BUFFER_BYTES, fake_camera->picture,
        fake_camera->picture_bytes);
    about->index = index;
    about->flags = 0;
    about->bytesused = fake_camera->picture_bytes;
    about->length = BUFFER_BYTES;
    about->m.offset = index * BUFFER_BYTES;
    about->sequence = atomic_fetch_add(&fake_camera->frames_given, 1);
    due_ms = fake_now_ms() + FRAME_MS;
    return 0;
}

static struct fake_control *
find_control(uint32_t id)
{
    for (uint32_t i = 0; i < fake_camera->control_count; i++) {
        if (fake_camera->controls[i].id == id) {
            return &fake_camera->controls[i];
        }
    }
    return NULL;
}

static int
on_queryctrl(struct v4l2_queryctrl *about)
{
    const struct fake_control *control = find_control(about->id);
    uint32_t at = fake_camera->asked_count++ % FAKE_ASKED_MAX;
    fake_camera->asked[at] = about->id;
    if (control == NULL) {
        return fail(EINVAL);
    }
    about->minimum = control->min;
    about->maximum = control->max;
    about->flags = control->flags;
    return 0;
}

static int
on_set_control(const struct v4l2_control *about)
{
    struct fake_control *control = find_control(about->id);
    if (control == NULL || about->value < control->min || about->value > control->max) {
        return fail(control == NULL ? EINVAL : ERANGE);
    }
    control->value = about->value;
    return 0;
}

int
fake_device_request(unsigned long what, void *about)
{
    if (!is_there()) {
        return fail(ENODEV);
    }
    switch (what) {
    case VIDIOC_QUERYCAP:
        return on_querycap(about);
    case VIDIOC_ENUM_FMT:
        return on_enum_fmt(about);
    case VIDIOC_ENUM_FRAMESIZES:
        return on_enum_sizes(about);
    case VIDIOC_ENUM_FRAMEINTERVALS:
        return on_enum_intervals(about);
    case VIDIOC_G_FMT:
        return on_get_format(about);
    case VIDIOC_S_FMT:
    case VIDIOC_TRY_FMT:
        return on_set_format(about);
    case VIDIOC_G_PARM:
        return on_parm(about, false);
    case VIDIOC_S_PARM:
        return on_parm(about, true);
    case VIDIOC_REQBUFS:
        return on_reqbufs(about);
    case VIDIOC_QUERYBUF:
        return on_querybuf(about);
    case VIDIOC_QBUF:
        return on_qbuf(about);
    case VIDIOC_DQBUF:
        return on_dqbuf(about);
    case VIDIOC_STREAMON:
        return on_streaming(true);
    case VIDIOC_STREAMOFF:
        return on_streaming(false);
    case VIDIOC_QUERYCTRL:
        return on_queryctrl(about);
    case VIDIOC_S_CTRL:
        return on_set_control(about);
    default:
        return fail(ENOTTY);
    }
}
