/* /dev/video0 without a kernel driver: preloaded, it answers the V4L2 calls of a program.
 *
 * The device is a memfd whose pages are the capture buffers, so mmap needs no help. open,
 * close, ioctl and poll are replaced, and syscall too, for libv4l2 (through which zbar
 * goes) calls the kernel by that. Everything else passes on to libc. A frame is due
 * thirty times a second; one process has the device open at most twice at a time. One
 * thread. */
#include "fake_camera.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER_BYTES = (FAKE_PICTURE_BYTES + 4095) / 4096 * 4096, FRAME_MS = 33 };

static struct fake_camera *camera; /* shared with the test */
static int device = -1;            /* the open device, a memfd */
static bool is_other;              /* it is /dev/video1 */
static uint8_t *buffers;           /* its pages */
static bool queued[FAKE_BUFFERS];
static unsigned next_buffer;
static int64_t due_ms;

/* The next definition of a function that is replaced here. */
static long (*real_syscall)(long, ...);
static int (*real_poll)(struct pollfd *, nfds_t, int);

long syscall(long number, ...);
int __poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t size);
static int request(unsigned long what, void *about);

__attribute__((constructor)) static void
prepare(void)
{
    real_syscall = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    real_poll = (int (*)(struct pollfd *, nfds_t, int))dlsym(RTLD_NEXT, "poll");
    const char *path = getenv("BW_FAKE_CAMERA");
    int fd = path == NULL ? -1 : (int)real_syscall(SYS_openat, AT_FDCWD, path, O_RDWR, 0);
    if (fd >= 0) {
        void *memory =
            mmap(NULL, sizeof *camera, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        camera = memory == MAP_FAILED ? NULL : memory;
        (void)real_syscall(SYS_close, fd);
    }
}

static int64_t
now_ms(void)
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

static bool
is_ours(const char *path)
{
    return camera != NULL && path != NULL &&
           (strcmp(path, "/dev/video0") == 0 || strcmp(path, "/dev/video1") == 0);
}

static int
open_device(const char *path)
{
    if (atomic_load(&camera->plugged) == 0) {
        return fail(ENOENT);
    }
    if (device >= 0) {
        return fail(EBUSY);
    }
    device = memfd_create("fake-video", MFD_CLOEXEC);
    if (device < 0 || ftruncate(device, (off_t)BUFFER_BYTES * FAKE_BUFFERS) != 0) {
        return -1;
    }
    void *memory = mmap(NULL, (size_t)BUFFER_BYTES * FAKE_BUFFERS, PROT_READ | PROT_WRITE,
        MAP_SHARED, device, 0);
    if (memory == MAP_FAILED) {
        return -1;
    }
    buffers = memory;
    is_other = strcmp(path, "/dev/video1") == 0;
    atomic_fetch_add(&camera->opens, 1);
    if (camera->mode.width_px == 0) {
        camera->mode = camera->modes[0];
    }
    return device;
}

static void
close_device(void)
{
    (void)munmap(buffers, (size_t)BUFFER_BYTES * FAKE_BUFFERS);
    device = -1;
    next_buffer = 0;
    memset(queued, 0, sizeof queued);
    atomic_store(&camera->streaming, 0);
}

int
open(const char *path, int flags, ...)
{
    if (is_ours(path)) {
        return open_device(path);
    }
    va_list args;
    va_start(args, flags);
    int mode = va_arg(args, int);
    va_end(args);
    return (int)real_syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    int mode = va_arg(args, int);
    va_end(args);
    return open(path, flags | O_LARGEFILE, mode);
}

int
close(int fd)
{
    if (fd >= 0 && fd == device) {
        close_device();
    }
    return (int)real_syscall(SYS_close, fd);
}

int
ioctl(int fd, unsigned long what, ...)
{
    va_list args;
    va_start(args, what);
    void *about = va_arg(args, void *);
    va_end(args);
    return fd >= 0 && fd == device ? request((uint32_t)what, about)
                                   : (int)real_syscall(SYS_ioctl, fd, what, about);
}

long
syscall(long number, ...)
{
    va_list args;
    long a[6];
    va_start(args, number);
    for (int i = 0; i < 6; i++) {
        a[i] = va_arg(args, long);
    }
    va_end(args);
    if (number == SYS_ioctl && a[0] >= 0 && (int)a[0] == device) {
        return request((uint32_t)a[1], (void *)a[2]);
    }
    if (number == SYS_openat && is_ours((const char *)a[1])) {
        return open_device((const char *)a[1]);
    }
    if (number == SYS_open && is_ours((const char *)a[0])) {
        return open_device((const char *)a[0]);
    }
    if (number == SYS_close && a[0] >= 0 && (int)a[0] == device) {
        close_device();
    }
    return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static short
device_events(void)
{
    if (atomic_load(&camera->plugged) == 0) {
        return POLLERR | POLLHUP;
    }
    bool due = atomic_load(&camera->streaming) != 0 &&
               atomic_load(&camera->silent) == 0 && queued[next_buffer] &&
               now_ms() >= due_ms;
    return due ? POLLIN : 0;
}

/* A memfd is always readable; the camera only when a frame is due. Polls the others in
 * slices, and looks between them. */
int
poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
    struct pollfd *ours = NULL;
    for (nfds_t i = 0; device >= 0 && i < count; i++) {
        ours = fds[i].fd == device ? &fds[i] : ours;
    }
    if (ours == NULL) {
        return real_poll(fds, count, timeout_ms);
    }
    for (int64_t end_ms = now_ms() + timeout_ms;;) {
        short events = device_events();
        bool last = events != 0 || (timeout_ms >= 0 && now_ms() >= end_ms);
        ours->fd = -1;
        int ready = real_poll(fds, count, last ? 0 : 2);
        ours->fd = device;
        ours->revents = events;
        if (last || ready != 0) {
            return ready < 0 ? ready : ready + (events != 0);
        }
    }
}

int
__poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t size)
{
    (void)size;
    return poll(fds, count, timeout_ms);
}

static int
on_querycap(struct v4l2_capability *about)
{
    memset(about, 0, sizeof *about);
    (void)strcpy((char *)about->driver, "fake");
    (void)strcpy((char *)about->card, is_other ? "Fake Metadata" : "Fake \xe9 Camera");
    about->device_caps =
        is_other ? V4L2_CAP_META_CAPTURE : V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    about->capabilities = about->device_caps | V4L2_CAP_DEVICE_CAPS;
    return 0;
}

/* The n-th different format among the modes. */
static int
on_enum_fmt(struct v4l2_fmtdesc *about)
{
    uint32_t nth = about->index;
    for (uint32_t i = 0; i < camera->mode_count; i++) {
        bool seen = false;
        for (uint32_t j = 0; j < i; j++) {
            seen = seen || camera->modes[j].fourcc == camera->modes[i].fourcc;
        }
        if (!seen && nth-- == 0) {
            about->pixelformat = camera->modes[i].fourcc;
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
    for (uint32_t i = 0; i < camera->mode_count; i++) {
        if (camera->modes[i].fourcc == about->pixel_format && nth-- == 0) {
            about->type = V4L2_FRMSIZE_TYPE_DISCRETE;
            about->discrete.width = camera->modes[i].width_px;
            about->discrete.height = camera->modes[i].height_px;
            return 0;
        }
    }
    return fail(EINVAL);
}

static int
on_enum_intervals(struct v4l2_frmivalenum *about)
{
    for (uint32_t i = 0; i < camera->mode_count && about->index == 0; i++) {
        const struct fake_mode *mode = &camera->modes[i];
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
    uint32_t bytes_a_pixel = camera->mode.fourcc == V4L2_PIX_FMT_YUYV ? 2 : 1;
    pix->width = camera->mode.width_px;
    pix->height = camera->mode.height_px;
    pix->pixelformat = camera->mode.fourcc;
    pix->field = V4L2_FIELD_NONE;
    if (pix->pixelformat != V4L2_PIX_FMT_MJPEG) {
        pix->bytesperline = pix->width * bytes_a_pixel + camera->padding_bytes;
    }
    pix->sizeimage = BUFFER_BYTES;
    return 0;
}

/* As drivers do: the nearest of its own modes, never an error. */
static int
on_set_format(struct v4l2_format *about)
{
    const struct v4l2_pix_format *pix = &about->fmt.pix;
    for (uint32_t i = 0; i < camera->mode_count; i++) {
        const struct fake_mode *mode = &camera->modes[i];
        if (mode->fourcc == pix->pixelformat && mode->width_px == pix->width &&
            mode->height_px == pix->height) {
            camera->mode = *mode;
        }
    }
    return on_get_format(about);
}

static int
on_parm(struct v4l2_streamparm *about, bool set)
{
    struct v4l2_fract *interval = &about->parm.capture.timeperframe;
    if (set && interval->numerator != 0) {
        camera->mode.frames_a_second = interval->denominator / interval->numerator;
    }
    *interval = (struct v4l2_fract){1, camera->mode.frames_a_second};
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

static int
on_querybuf(struct v4l2_buffer *about)
{
    if (about->index >= FAKE_BUFFERS) {
        return fail(EINVAL);
    }
    about->length = BUFFER_BYTES;
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
    while (device_events() == 0) {
        (void)real_poll(NULL, 0, 1);
    }
    if (atomic_load(&camera->plugged) == 0) {
        return fail(ENODEV);
    }
    uint32_t index = next_buffer;
    next_buffer = (next_buffer + 1) % FAKE_BUFFERS;
    queued[index] = false;
    memcpy(
        buffers + (size_t)index * BUFFER_BYTES, camera->picture, camera->picture_bytes);
    about->index = index;
    about->bytesused = camera->picture_bytes;
    about->length = BUFFER_BYTES;
    about->m.offset = index * BUFFER_BYTES;
    about->sequence = atomic_fetch_add(&camera->frames_given, 1);
    due_ms = now_ms() + FRAME_MS;
    return 0;
}

static int
on_streaming(bool on)
{
    atomic_store(&camera->streaming, on);
    due_ms = now_ms() + FRAME_MS;
    if (!on) {
        memset(queued, 0, sizeof queued);
        next_buffer = 0;
    }
    return 0;
}

static struct fake_control *
find_control(uint32_t id)
{
    for (uint32_t i = 0; i < camera->control_count; i++) {
        if (camera->controls[i].id == id) {
            return &camera->controls[i];
        }
    }
    return NULL;
}

static int
on_queryctrl(struct v4l2_queryctrl *about)
{
    const struct fake_control *control = find_control(about->id);
    if (control == NULL) {
        return fail(EINVAL);
    }
    about->minimum = control->min;
    about->maximum = control->max;
    about->flags = 0;
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

static int
request(unsigned long what, void *about)
{
    if (atomic_load(&camera->plugged) == 0) {
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
