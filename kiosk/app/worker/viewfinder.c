/* The camera's newest picture: see viewfinder.h. */
#include "viewfinder.h"

enum {
    FRAME_DUE_MS = 70, /* a camera's next frame comes within */
    MOTION_EVERY_MS = 200,
};

bool
bw_viewfinder_copy(struct bw_viewfinder *viewfinder, struct bw_camera *camera,
    int64_t now_ms, bool *ret_moves)
{
    if (!bw_camera_frame(camera, &viewfinder->frame)) {
        return false;
    }
    viewfinder->is_new = true;
    viewfinder->count++;
    viewfinder->came_ms = now_ms;
    *ret_moves = false;
    if (now_ms - viewfinder->looked_ms >= MOTION_EVERY_MS) {
        viewfinder->looked_ms = now_ms;
        *ret_moves = bw_motion_see(&viewfinder->motion, &viewfinder->frame.picture);
    }
    return true;
}

int64_t
bw_viewfinder_due_ms(const struct bw_viewfinder *viewfinder)
{
    return viewfinder->came_ms + FRAME_DUE_MS;
}
