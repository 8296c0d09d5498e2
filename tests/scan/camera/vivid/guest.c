/* The first and only program of a small machine: a kernel, its virtual camera (vivid),
 * and our scanner. Started by run.py in qemu.
 *
 * vivid's HDMI output is looped to its HDMI input: a child of this program shows a code
 * on the one, and the camera, in its locked sandbox, reads them from the other through
 * zbar, libv4l2 and a true /dev/video0; then the camera is disconnected (the driver's own
 * error injection), comes back, and is read again. The last line on the console says what
 * came of it: `GUEST: ok …` or `GUEST: …`. */
#include "tests/scan/fixture.h"
#include "scan/sandbox/camera.h"
#include "scan/sandbox/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { WIDTH = 1280, HEIGHT = 720, PATIENCE_MS = 240000, DEVICES = 8 };

#define MODULES "/modules"
/* One HDMI input, one HDMI output, nothing else. */
#define VIVID_ARGUMENTS                                                                  \
    "node_types=0x101 num_inputs=1 input_types=0x3 num_outputs=1 output_types=0x1"

static void end(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

static void
end(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)printf("GUEST: ");
    (void)vprintf(format, args);
    (void)printf("\n");
    va_end(args);
    (void)fflush(stdout);
    sync();
    (void)reboot(RB_POWER_OFF);
    for (;;) {
        (void)pause();
    }
}

static uint64_t
clock_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void
mount_all(void)
{
    (void)mkdir("/proc", 0755);
    (void)mkdir("/dev", 0755);
    (void)mkdir("/tmp", 0755);
    if (mount("proc", "/proc", "proc", 0, NULL) != 0 ||
        (mount("dev", "/dev", "devtmpfs", 0, NULL) != 0 && errno != EBUSY)) {
        end("mounting failed: %s", strerror(errno));
    }
}

/* In whatever order they lie there: those whose needs aren't met yet fail,
 * and come again. */
static void
load_modules(void)
{
    for (int round = 0, left = 1; left > 0; round++) {
        DIR *dir = opendir(MODULES);
        struct dirent *entry;
        if (dir == NULL || round == 20) {
            end("the modules don't load: %s", strerror(errno));
        }
        left = 0;
        while ((entry = readdir(dir)) != NULL) {
            if (entry->d_name[0] == '.') {
                continue;
            }
            char path[300];
            (void)snprintf(path, sizeof path, MODULES "/%s", entry->d_name);
            int fd = open(path, O_RDONLY | O_CLOEXEC);
            const char *arguments =
                strncmp(entry->d_name, "vivid", 5) == 0 ? VIVID_ARGUMENTS : "";
            if (syscall(SYS_finit_module, fd, arguments, 0) != 0 && errno != EEXIST) {
                left++;
            }
            (void)close(fd);
        }
        (void)closedir(dir);
    }
}

/* The device that can do this; -1: none. */
static int
open_device(uint32_t ability)
{
    for (int number = 0; number < DEVICES; number++) {
        char path[32];
        struct v4l2_capability about;
        (void)snprintf(path, sizeof path, "/dev/video%d", number);
        int fd = open(path, O_RDWR);
        if (fd >= 0 && ioctl(fd, VIDIOC_QUERYCAP, &about) == 0 &&
            (about.device_caps & ability) != 0) {
            return fd;
        }
        if (fd >= 0) {
            (void)close(fd);
        }
    }
    return -1;
}

static void
set_control(int input, const char *name)
{
    struct v4l2_queryctrl about = {.id = V4L2_CTRL_FLAG_NEXT_CTRL};
    while (ioctl(input, VIDIOC_QUERYCTRL, &about) == 0) {
        if (strcmp((const char *)about.name, name) == 0) {
            struct v4l2_control control = {.id = about.id, .value = 1};
            if (ioctl(input, VIDIOC_S_CTRL, &control) != 0) {
                end("%s failed: %s", name, strerror(errno));
            }
            return;
        }
        about.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
    }
    end("vivid has no control %s", name);
}

static void
ask(int fd, unsigned long request, void *about, const char *what)
{
    if (ioctl(fd, request, about) != 0) {
        end("%s failed: %s", what, strerror(errno));
    }
}

static void
paint_code(uint8_t *packed)
{
    uint8_t *grey = malloc(WIDTH * HEIGHT);
    code_draw(grey, WIDTH, HEIGHT, ticket_like_text, 8);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        packed[2 * i] = grey[i];
        packed[2 * i + 1] = 128;
    }
    free(grey);
}

static bool
queue(int output, uint32_t index)
{
    struct v4l2_buffer buffer = {.type = V4L2_BUF_TYPE_VIDEO_OUTPUT,
        .memory = V4L2_MEMORY_MMAP,
        .index = index,
        .field = V4L2_FIELD_NONE,
        .bytesused = WIDTH * HEIGHT * 2};
    return ioctl(output, VIDIOC_QBUF, &buffer) == 0;
}

/* The same picture from two buffers, for ever. */
static void
show_pictures(int output)
{
    struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_OUTPUT};
    format.fmt.pix = (struct v4l2_pix_format){.width = WIDTH,
        .height = HEIGHT,
        .pixelformat = V4L2_PIX_FMT_YUYV,
        .field = V4L2_FIELD_NONE};
    ask(output, VIDIOC_S_FMT, &format, "setting 1280x720 YUYV on the output");
    struct v4l2_requestbuffers buffers = {
        .count = 2, .type = V4L2_BUF_TYPE_VIDEO_OUTPUT, .memory = V4L2_MEMORY_MMAP};
    ask(output, VIDIOC_REQBUFS, &buffers, "asking for buffers");
    for (uint32_t i = 0; i < buffers.count; i++) {
        struct v4l2_buffer buffer = {
            .type = V4L2_BUF_TYPE_VIDEO_OUTPUT, .memory = V4L2_MEMORY_MMAP, .index = i};
        ask(output, VIDIOC_QUERYBUF, &buffer, "looking at a buffer");
        void *memory = mmap(NULL, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED,
            output, (off_t)buffer.m.offset);
        if (memory == MAP_FAILED || buffer.length < WIDTH * HEIGHT * 2) {
            end("a buffer can't be used");
        }
        paint_code(memory);
        if (!queue(output, i)) {
            end("giving a picture to the output failed: %s", strerror(errno));
        }
    }
    int type = V4L2_BUF_TYPE_VIDEO_OUTPUT;
    ask(output, VIDIOC_STREAMON, &type, "starting the output");
    for (;;) {
        struct v4l2_buffer shown = {
            .type = V4L2_BUF_TYPE_VIDEO_OUTPUT, .memory = V4L2_MEMORY_MMAP};
        if (ioctl(output, VIDIOC_DQBUF, &shown) != 0 || !queue(output, shown.index)) {
            _exit(0); /* disconnected */
        }
    }
}

static pid_t
start_projector(void)
{
    int output = open_device(V4L2_CAP_VIDEO_OUTPUT);
    int input = open_device(V4L2_CAP_VIDEO_CAPTURE);
    if (output < 0 || input < 0) {
        end("vivid made no devices");
    }
    set_control(input, "Loop Video"); /* it stays after closing */
    (void)close(input);
    pid_t pid = fork();
    if (pid == 0) {
        show_pictures(output);
    }
    (void)close(output);
    return pid;
}

static struct bw_camera_message message;

static void
await(struct bw_camera *camera, enum bw_camera_message_kind kind, const char *text)
{
    for (uint64_t limit_ms = clock_ms() + PATIENCE_MS; clock_ms() < limit_ms;) {
        bw_camera_step(camera, clock_ms(), 50);
        while (bw_camera_pop(camera, &message)) {
            if (message.kind != BW_CAMERA_SIGHTING) {
                (void)printf("camera: %d %s\n", (int)message.kind, message.text);
            }
            if (message.kind == kind && strcmp(message.sighting.text, text) == 0) {
                return;
            }
        }
    }
    end("nothing of kind %d within four minutes", (int)kind);
}

static struct bw_camera *
start_camera(void)
{
    struct bw_camera_options options = {0}; /* the first camera there is */
    struct bw_camera *camera = NULL;
    struct bw_error err = {0};
    if (bw_camera_create(&options, &camera, &err) != BW_OK ||
        bw_camera_start(camera, &err) != BW_OK) {
        end("%s", err.text);
    }
    return camera;
}

/* The driver takes its devices away, and brings them back once nobody holds them open. */
static void
disconnect(struct bw_camera *camera, pid_t projector)
{
    int input = open_device(V4L2_CAP_VIDEO_CAPTURE);
    set_control(input, "Disconnect");
    (void)close(input);
    await(camera, BW_CAMERA_GONE, "");
    (void)kill(projector, SIGKILL);
    (void)waitpid(projector, NULL, 0);
}

int
main(int argc, char **argv)
{
    if (bw_sandbox_wanted(argc, argv)) {
        return bw_sandbox_main(argc, argv);
    }
    if (getpid() != 1) {
        (void)fprintf(stderr, "this is the first program of a machine: see run.py\n");
        return 2;
    }
    mount_all();
    load_modules();
    pid_t projector = start_projector();
    struct bw_camera *camera = start_camera();
    await(camera, BW_CAMERA_PRESENT, "");
    await(camera, BW_CAMERA_SIGHTING, ticket_like_text);
    disconnect(camera, projector);
    (void)start_projector();
    await(camera, BW_CAMERA_PRESENT, "");
    char name[sizeof message.text];
    memcpy(name, message.text, sizeof name);
    await(camera, BW_CAMERA_SIGHTING, ticket_like_text);
    bw_camera_destroy(camera);
    end("ok, %s, read, gone, back, read again", name);
}
