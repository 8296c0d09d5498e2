/* The camera's newest picture: see viewfinder.h. */
#include "viewfinder.h"

enum {
    FRAME_DUE_MS = 70, /* a camera's next frame comes within */
    MOTION_EVERY_MS = 200,
    COARSE_STEP = 32,
};

bool
bw_viewfinder_bell_rings(struct bw_viewfinder_bell *bell, int64_t now_ms)
{
    bool seldom = __atomic_load_n(&bell->is_seldom, __ATOMIC_RELAXED);
    bool rings = !seldom || now_ms - bell->rung_ms >= BW_VIEWFINDER_GLANCE_MS;
    bell->rung_ms = rings ? now_ms : bell->rung_ms;
    return rings;
}

void
bw_viewfinder_bell_set(struct bw_viewfinder_bell *bell, bool seldom)
{
    __atomic_store_n(&bell->is_seldom, seldom, __ATOMIC_RELAXED);
}

bool
bw_viewfinder_is_quiet(const struct bw_viewfinder *viewfinder, int64_t now_ms)
{
    return now_ms - viewfinder->changed_ms >= BW_VIEWFINDER_QUIET_MS;
}

bool
bw_viewfinder_see(struct bw_viewfinder *viewfinder, int64_t now_ms, bool *ret_moves)
{
    const struct bw_yuy2 *picture = &viewfinder->frame.picture;
    bool quiet = bw_viewfinder_is_quiet(viewfinder, now_ms);
    *ret_moves = false;
    if (now_ms - viewfinder->looked_ms >= MOTION_EVERY_MS) {
        viewfinder->looked_ms = now_ms;
        viewfinder->coarse.step = COARSE_STEP;
        (void)bw_motion_see(&viewfinder->coarse, picture);
        *ret_moves = bw_motion_see(&viewfinder->motion, picture);
    } else if (quiet) { /* drawn seldom, but whoever comes is seen in the next picture */
        *ret_moves = bw_motion_glance(&viewfinder->coarse, picture);
    }
    if (*ret_moves) {
        viewfinder->changed_ms = now_ms;
    }
    viewfinder->count++;
    if (quiet && !*ret_moves && now_ms - viewfinder->came_ms < BW_VIEWFINDER_SLOW_MS) {
        return false; /* VF1 */
    }
    viewfinder->is_new = true;
    viewfinder->came_ms = now_ms;
    return true;
}

bool
bw_viewfinder_copy(struct bw_viewfinder *viewfinder, struct bw_camera *camera,
    int64_t now_ms, bool *ret_moves)
{
    return bw_camera_frame(camera, &viewfinder->frame) &&
           bw_viewfinder_see(viewfinder, now_ms, ret_moves);
}

void
bw_viewfinder_wake(struct bw_viewfinder *viewfinder, int64_t now_ms)
{
    viewfinder->changed_ms = now_ms;
}

int64_t
bw_viewfinder_due_ms(const struct bw_viewfinder *viewfinder)
{
    int64_t due_ms = viewfinder->came_ms + FRAME_DUE_MS;
    return bw_viewfinder_is_quiet(viewfinder, due_ms) ? due_ms + BW_VIEWFINDER_SLOW_MS
                                                      : due_ms;
}
