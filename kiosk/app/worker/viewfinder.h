/* The camera's newest picture, whether somebody moves in it, and how often it is drawn:
 * each one, but for an empty hall. UI thread only, but for the bell.
 *
 * - VF1: where nothing changed for BW_VIEWFINDER_QUIET_MS a picture is drawn at most
 *   every BW_VIEWFINDER_SLOW_MS. The first that moves is drawn at once. */
#ifndef BW_APP_VIEWFINDER_H
#define BW_APP_VIEWFINDER_H

#include "app/input/motion.h"

#include <scan/sandbox/camera.h>

enum {
    BW_VIEWFINDER_QUIET_MS = 60000,
    BW_VIEWFINDER_SLOW_MS = 190,  /* five a second, of a camera's thirty */
    BW_VIEWFINDER_GLANCE_MS = 90, /* how often one need be taken then */
};

struct bw_viewfinder {
    struct bw_camera_frame frame; /* borrowed from the camera until the next is taken */
    bool is_new;                  /* newer than what was drawn */
    long count;                   /* of all so far */
    int64_t came_ms;              /* monotonic: the last one to be drawn */
    int64_t looked_ms;            /* monotonic: when last looked for motion */
    int64_t changed_ms;           /* monotonic: when something last happened */
    struct bw_motion motion;
    struct bw_motion coarse; /* looked at in an empty hall, between two looks */
};

/* How often the camera's pictures wake the window: each one, but in an empty hall a few
 * a second are enough. What was read in one then waits for the next of those. */
struct bw_viewfinder_bell {
    bool is_seldom;  /* by __atomic alone */
    int64_t rung_ms; /* the camera's thread alone: when it last rang */
};

/* Whether the picture that came rings; the camera's thread. */
bool bw_viewfinder_bell_rings(struct bw_viewfinder_bell *bell, int64_t now_ms);

/* Seldom from now on, or each time. */
void bw_viewfinder_bell_set(struct bw_viewfinder_bell *bell, bool seldom);

/* Takes the camera's newest picture; true where it is to be drawn. `ret_moves`: somebody
 * moved; untouched where there is no newer picture. */
bool bw_viewfinder_copy(struct bw_viewfinder *viewfinder, struct bw_camera *camera,
    int64_t now_ms, bool *ret_moves);

/* The same of a picture that `frame` holds already. */
bool bw_viewfinder_see(struct bw_viewfinder *viewfinder, int64_t now_ms, bool *ret_moves);

/* Somebody is there: touched, typed or scanned. Each picture is drawn again. */
void bw_viewfinder_wake(struct bw_viewfinder *viewfinder, int64_t now_ms);

/* Nothing changed for so long: taking one every BW_VIEWFINDER_GLANCE_MS will do. */
bool bw_viewfinder_is_quiet(const struct bw_viewfinder *viewfinder, int64_t now_ms);

/* When the next may be drawn by itself, if pictures come at all; monotonic. */
int64_t bw_viewfinder_due_ms(const struct bw_viewfinder *viewfinder);

#endif
