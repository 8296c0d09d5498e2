/* Which of this machine's cameras is taken. Opens each for a moment, which may take a
 * while (a USB camera wakes up): never under a lock. Any thread; nothing here fails. */
#ifndef BW_SCAN_CAMERA_FIND_H
#define BW_SCAN_CAMERA_FIND_H

#include "video.h"

enum {
    BW_CAMERA_NAME_BYTES = 64,
    BW_CAMERA_SPEC_BYTES = 136, /* of a device */
};

struct bw_camera_wish {
    const char *path; /* this one; NULL: any. Borrowed */
    int64_t prefer;   /* the camera that was chosen, or ran first; 0: none */
    int64_t present;  /* the one that was taken last; 0: none */
    bool next;        /* the one after `present`, round and round */
    int failures;     /* how often in a row the best one couldn't be started */
};

struct bw_camera_found {
    struct bw_video_device device;
    int likeness; /* of the camera here that is most like the preferred: 2, 1 or 0 */
};

/* A camera with a `path` is found under another number, too, once it is known (`prefer`).
 * Of any: the preferred one, else one of its kind, else the first; one that can't be
 * started gives way to the next after three tries. False: there is none. */
bool bw_camera_find(const struct bw_camera_wish *wish, struct bw_camera_found *ret_found);

/* One camera that could be opened. */
struct bw_camera_choice {
    char spec[BW_CAMERA_SPEC_BYTES]; /* v4l2:/dev/video0 */
    char name[BW_CAMERA_NAME_BYTES]; /* as the driver calls it, printable ASCII */
};

/* The V4L2 cameras of this machine, in the order of their numbers: at most `capacity`
 * into the caller's room; returns how many. Opens each for a moment. */
int bw_camera_list(struct bw_camera_choice *ret_choices, int capacity);

#endif
