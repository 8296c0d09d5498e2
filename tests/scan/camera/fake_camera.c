/* /dev/video0 without a kernel driver: preloaded, it answers the V4L2 calls of a program.
 *
 * The device is a memfd whose pages are the capture buffers, so mmap needs no help. open,
 * close, ioctl and poll are replaced, and syscall too, for libv4l2 (through which zbar
 * goes) calls the kernel by that. Everything else passes on to libc. A frame is due
 * thirty times a second; one process has the device open once at a time. One thread. */
#include <poll.h>

#include "fake_device.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The next definition of a function that is replaced here. */
static long (*real_syscall)(long, ...);
int (*real_poll)(struct pollfd *, unsigned long, int);

long syscall(long number, ...);
int __poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t size);

__attribute__((constructor)) static void
prepare(void)
{
    real_syscall = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    real_poll = (int (*)(struct pollfd *, nfds_t, int))dlsym(RTLD_NEXT, "poll");
    const char *path = getenv("BW_FAKE_CAMERA");
    int fd = path == NULL ? -1 : (int)real_syscall(SYS_openat, AT_FDCWD, path, O_RDWR, 0);
    if (fd >= 0) {
        void *memory =
            mmap(NULL, sizeof *fake_camera, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        fake_camera = memory == MAP_FAILED ? NULL : memory;
        (void)real_syscall(SYS_close, fd);
    }
}

static bool
is_ours(const char *path)
{
    return fake_camera != NULL && path != NULL && strncmp(path, "/dev/video", 10) == 0;
}

int
open(const char *path, int flags, ...)
{
    if (is_ours(path)) {
        return fake_device_open(path);
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
    if (fd >= 0 && fd == fake_device) {
        fake_device_close();
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
    return fd >= 0 && fd == fake_device ? fake_device_request((uint32_t)what, about)
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
    if (number == SYS_ioctl && a[0] >= 0 && (int)a[0] == fake_device) {
        return fake_device_request((uint32_t)a[1], (void *)a[2]);
    }
    if (number == SYS_openat && is_ours((const char *)a[1])) {
        return fake_device_open((const char *)a[1]);
    }
#ifdef SYS_open /* arm64 has none */
    if (number == SYS_open && is_ours((const char *)a[0])) {
        return fake_device_open((const char *)a[0]);
    }
#endif
    if (number == SYS_close && a[0] >= 0 && (int)a[0] == fake_device) {
        fake_device_close();
    }
    return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* A memfd is always readable; the camera only when a frame is due. Polls the others in
 * slices, and looks between them. */
int
poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
    struct pollfd *ours = NULL;
    for (nfds_t i = 0; fake_device >= 0 && i < count; i++) {
        ours = fds[i].fd == fake_device ? &fds[i] : ours;
    }
    if (ours == NULL) {
        return real_poll(fds, count, timeout_ms);
    }
    for (int64_t end_ms = fake_now_ms() + timeout_ms;;) {
        short events = fake_device_events();
        bool last = events != 0 || (timeout_ms >= 0 && fake_now_ms() >= end_ms);
        ours->fd = -1;
        int ready = real_poll(fds, count, last ? 0 : 2);
        ours->fd = fake_device;
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
