/* The camera's newest picture, and whether somebody moves in it. UI thread only. */
#ifndef BW_APP_VIEWFINDER_H
#define BW_APP_VIEWFINDER_H

#include "app/input/motion.h"

#include <scan/sandbox/camera.h>

struct bw_viewfinder {
    struct bw_camera_frame frame; /* borrowed from the camera until the next is taken */
    bool is_new;                  /* newer than what was drawn */
    long count;                   /* of all so far */
    int64_t came_ms;              /* monotonic */
    int64_t looked_ms;            /* monotonic: when last looked for motion */
    struct bw_motion motion;
};

/* Takes the camera's newest picture; false where there's none newer. `ret_moves`:
 * somebody moved. */
bool bw_viewfinder_copy(struct bw_viewfinder *viewfinder, struct bw_camera *camera,
    int64_t now_ms, bool *ret_moves);

/* When the next may come by itself, if pictures come at all; monotonic. */
int64_t bw_viewfinder_due_ms(const struct bw_viewfinder *viewfinder);

#endif
