/* Finding V4L2 cameras, their modes and their controls: see video.h. One thread. */
#include "video.h"

#include "frame.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEVICES_MAX = 64, LIST_MAX = 64, RATE_WANTED = 30, RATE_ENOUGH = 24 };

static int
ask(int fd, unsigned long request, void *argument)
{
    int answer;
    do {
        answer = ioctl(fd, request, argument);
    } while (answer < 0 && errno == EINTR);
    return answer;
}

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 32 bits. */
static uint32_t
hash_of(const uint8_t *text, size_t bytes)
{
    uint32_t hash = 0x811c9dc5u;
    for (size_t i = 0; i < bytes && text[i] != '\0'; i++) {
        hash = (hash ^ text[i]) * 0x01000193u;
    }
    return hash;
}

static void
describe(const struct v4l2_capability *about, struct bw_video_device *device)
{
    uint64_t what = hash_of(about->card, sizeof about->card);
    uint64_t where = hash_of(about->bus_info, sizeof about->bus_info);
    device->id = (int64_t)((what & 0x7fffffffu) << 32 | where | 1);
    (void)snprintf(device->name, sizeof device->name, "%.32s", (const char *)about->card);
    for (char *at = device->name; *at != '\0'; at++) {
        *at = *at < 0x20 || *at > 0x7e ? '?' : *at;
    }
}

bool
bw_video_probe(const char *path, struct bw_video_device *ret_device)
{
    int fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    struct v4l2_capability about = {0};
    bool camera = ask(fd, VIDIOC_QUERYCAP, &about) == 0;
    (void)close(fd);
    uint32_t can = (about.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? about.device_caps
                                                                    : about.capabilities;
    if (!camera || (can & V4L2_CAP_VIDEO_CAPTURE) == 0 ||
        (can & V4L2_CAP_STREAMING) == 0) {
        return false;
    }
    if (ret_device != NULL) {
        (void)snprintf(ret_device->path, sizeof ret_device->path, "%s", path);
        describe(&about, ret_device);
    }
    return true;
}

/* Two nodes of one camera (colour and infrared) have the same name and place: told apart
 * by their order. */
static void
tell_apart(struct bw_video_device *devices, int count)
{
    for (int i = 0; i < count; i++) {
        if (devices[i].id == devices[count].id) {
            devices[count].id += 2;
            i = -1;
        }
    }
}

int
bw_video_list(struct bw_video_device *ret_devices, int capacity)
{
    int count = 0;
    for (int number = 0; number < DEVICES_MAX && count < capacity; number++) {
        char path[32];
        (void)snprintf(path, sizeof path, "/dev/video%d", number);
        if (bw_video_probe(path, &ret_devices[count])) {
            tell_apart(ret_devices, count);
            count++;
        }
    }
    return count;
}

int
bw_video_likeness(int64_t id, int64_t other_id)
{
    return id == other_id ? 2 : id >> 32 == other_id >> 32 ? 1 : 0;
}

/* The formats that we read, dearest last: MJPEG has to be decoded, grey has no colour. */
static int
cost_of(uint32_t fourcc)
{
    static const uint32_t by_cost[] = {
        V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_GREY};
    for (int i = 0; i < (int)(sizeof by_cost / sizeof by_cost[0]); i++) {
        if (by_cost[i] == fourcc) {
            return i;
        }
    }
    return -1;
}

static int
rate_of(const struct v4l2_fract *interval)
{
    return interval->numerator == 0 ? 0
                                    : (int)(interval->denominator / interval->numerator);
}

/* The fastest rate of a mode; a driver that doesn't tell is believed
 * to be fast enough. */
static int
fastest_rate(int fd, uint32_t fourcc, int width_px, int height_px)
{
    int best = 0;
    struct v4l2_frmivalenum interval = {.pixel_format = fourcc,
        .width = (uint32_t)width_px,
        .height = (uint32_t)height_px};
    for (;
         interval.index < LIST_MAX && ask(fd, VIDIOC_ENUM_FRAMEINTERVALS, &interval) == 0;
         interval.index++) {
        const struct v4l2_fract *shortest = interval.type == V4L2_FRMIVAL_TYPE_DISCRETE
                                                ? &interval.discrete
                                                : &interval.stepwise.min;
        int rate = rate_of(shortest);
        best = rate > best ? rate : best;
        if (interval.type != V4L2_FRMIVAL_TYPE_DISCRETE) {
            break;
        }
    }
    return interval.index == 0 && best == 0 ? RATE_WANTED : best;
}

/* Fluent before large, large before cheap: 720p at 10 frames a second feels broken. */
static bool
is_better(const struct bw_video_mode *a, const struct bw_video_mode *b)
{
    bool a_fluent = a->frames_a_second >= RATE_ENOUGH;
    bool b_fluent = b->frames_a_second >= RATE_ENOUGH;
    int a_px = a->width_px * a->height_px, b_px = b->width_px * b->height_px;
    if (b_px == 0 || a_fluent != b_fluent) {
        return b_px == 0 || a_fluent;
    }
    if (!a_fluent && a->frames_a_second != b->frames_a_second) {
        return a->frames_a_second > b->frames_a_second;
    }
    return a_px != b_px ? a_px > b_px : cost_of(a->fourcc) < cost_of(b->fourcc);
}

static void
consider(
    int fd, uint32_t fourcc, uint32_t width, uint32_t height, struct bw_video_mode *best)
{
    if (width < 160 || height < 120 || width > BW_FRAME_WIDTH_MAX ||
        height > BW_FRAME_HEIGHT_MAX || width % 2 != 0) {
        return;
    }
    struct bw_video_mode mode = {
        .fourcc = fourcc, .width_px = (int)width, .height_px = (int)height};
    int rate = fastest_rate(fd, fourcc, mode.width_px, mode.height_px);
    mode.frames_a_second = rate > RATE_WANTED ? RATE_WANTED : rate;
    if (is_better(&mode, best)) {
        *best = mode;
    }
}

static uint32_t
step_down(uint32_t limit, uint32_t min, uint32_t max, uint32_t step)
{
    uint32_t wanted = limit < max ? limit : max;
    return wanted < min || step == 0 ? wanted : min + (wanted - min) / step * step;
}

static void
consider_sizes(int fd, uint32_t fourcc, struct bw_video_mode *best)
{
    struct v4l2_frmsizeenum size = {.pixel_format = fourcc};
    for (; size.index < LIST_MAX && ask(fd, VIDIOC_ENUM_FRAMESIZES, &size) == 0;
         size.index++) {
        if (size.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
            consider(fd, fourcc, size.discrete.width, size.discrete.height, best);
            continue;
        }
        const struct v4l2_frmsize_stepwise *range = &size.stepwise;
        consider(fd, fourcc,
            step_down(BW_FRAME_WIDTH_MAX, range->min_width, range->max_width,
                range->step_width),
            step_down(BW_FRAME_HEIGHT_MAX, range->min_height, range->max_height,
                range->step_height),
            best);
        break;
    }
    if (size.index == 0) {
        consider(fd, fourcc, 640, 480, best); /* a driver that doesn't tell */
    }
}

enum bw_status
bw_video_choose(int fd, struct bw_video_mode *ret_mode, struct bw_error *err)
{
    struct bw_video_mode best = {0};
    struct v4l2_fmtdesc format = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    for (; format.index < LIST_MAX && ask(fd, VIDIOC_ENUM_FMT, &format) == 0;
         format.index++) {
        if (cost_of(format.pixelformat) >= 0) {
            consider_sizes(fd, format.pixelformat, &best);
        }
    }
    if (best.width_px == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "it has no mode that can be read (YUYV, NV12, MJPEG or grey, up to %dx%d); "
            "choose another camera",
            BW_FRAME_WIDTH_MAX, BW_FRAME_HEIGHT_MAX);
    }
    *ret_mode = best;
    return BW_OK;
}

void
bw_video_set(int fd, const struct bw_video_mode *mode)
{
    struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    format.fmt.pix.width = (uint32_t)mode->width_px;
    format.fmt.pix.height = (uint32_t)mode->height_px;
    format.fmt.pix.pixelformat = mode->fourcc;
    format.fmt.pix.field = V4L2_FIELD_NONE;
    (void)ask(fd, VIDIOC_S_FMT, &format);
}

/* A ticket is held still at arm's length before a bright screen: shutter before
 * brightness, sharp at 20 cm before sharp at infinity. In this order: the automatic ones
 * decide which of the others may be set. */
static const struct {
    uint32_t id;
    int32_t value, otherwise; /* where the camera doesn't have the first */
} controls[] = {
    {V4L2_CID_EXPOSURE_AUTO, V4L2_EXPOSURE_APERTURE_PRIORITY, V4L2_EXPOSURE_AUTO},
    {V4L2_CID_EXPOSURE_AUTO_PRIORITY, 0, 0}, /* never fewer frames for more light */
    {V4L2_CID_POWER_LINE_FREQUENCY, V4L2_CID_POWER_LINE_FREQUENCY_50HZ,
        V4L2_CID_POWER_LINE_FREQUENCY_AUTO},
    {V4L2_CID_BACKLIGHT_COMPENSATION, 0, 0},
    {V4L2_CID_AUTO_FOCUS_RANGE, V4L2_AUTO_FOCUS_RANGE_MACRO, V4L2_AUTO_FOCUS_RANGE_AUTO},
    {V4L2_CID_FOCUS_AUTO, 1, 1},
};

/* A value that the camera doesn't have is left alone, never made another: the next one of
 * "exposure by aperture" may be "by hand". */
static bool
set_control(int fd, uint32_t id, int32_t value)
{
    struct v4l2_queryctrl about = {.id = id};
    struct v4l2_control control = {.id = id, .value = value};
    return ask(fd, VIDIOC_QUERYCTRL, &about) == 0 &&
           (about.flags & (V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY)) == 0 &&
           value >= about.minimum && value <= about.maximum &&
           ask(fd, VIDIOC_S_CTRL, &control) == 0;
}

/* Without autofocus, 20 cm by hand. The scale of FOCUS_ABSOLUTE is the driver's; for UVC
 * it grows as things come nearer, in steps that reach about 1/6 of the way at 20 cm. */
static void
set_focus_by_hand(int fd)
{
    struct v4l2_queryctrl about = {.id = V4L2_CID_FOCUS_ABSOLUTE};
    if (ask(fd, VIDIOC_QUERYCTRL, &about) == 0) {
        (void)set_control(
            fd, about.id, about.minimum + (about.maximum - about.minimum) / 6);
    }
}

void
bw_video_tune(int fd, const struct bw_video_mode *mode)
{
    struct v4l2_streamparm rate = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    if (mode->frames_a_second > 0) {
        rate.parm.capture.timeperframe = (struct v4l2_fract){
            .numerator = 1, .denominator = (uint32_t)mode->frames_a_second};
        (void)ask(fd, VIDIOC_S_PARM, &rate);
    }
    bool autofocus = false;
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        bool set = set_control(fd, controls[i].id, controls[i].value) ||
                   set_control(fd, controls[i].id, controls[i].otherwise);
        autofocus = autofocus || (set && controls[i].id == V4L2_CID_FOCUS_AUTO);
    }
    if (!autofocus) {
        set_focus_by_hand(fd);
    }
}
