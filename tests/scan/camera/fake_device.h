/* The device behind fake_camera.so: its memory, its frames, its answers. One thread. */
#ifndef BW_TESTS_SCAN_FAKE_DEVICE_H
#define BW_TESTS_SCAN_FAKE_DEVICE_H

#include "fake_camera.h"

#include <stdbool.h>

extern struct fake_camera *fake_camera; /* shared with the test; NULL: there is none */
extern int fake_device;                 /* the open device, a memfd; -1: closed */

/* As open and close, with errno. */
int fake_device_open(const char *path);
void fake_device_close(void);

/* As ioctl on it. */
int fake_device_request(unsigned long what, void *about);

/* What poll says of it: POLLIN when a frame is due. */
short fake_device_events(void);

int64_t fake_now_ms(void);

/* libc's own poll, which fake_camera.c replaces. */
extern int (*real_poll)(struct pollfd *, unsigned long, int);

#endif
