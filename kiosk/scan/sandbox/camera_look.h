/* A camera's look for devices: when, for which, and what comes of it. Part of the watch
 * (camera_watch.h), on its thread. */
#ifndef BW_SCAN_CAMERA_LOOK_H
#define BW_SCAN_CAMERA_LOOK_H

#include "scan/camera/camera_find.h"
#include "camera_state.h"

/* What is looked for, as it was wanted when the look began. */
struct bw_camera_look {
    bool any;
    struct bw_camera_wish wish;
};

/* Is it time, or was it asked for? Takes the lock. Nobody but the watch changes the
 * state, so what is told here holds until the look is done. */
bool bw_camera_look_due(
    struct bw_camera *camera, uint64_t now_ms, struct bw_camera_look *ret_look);

/* Is there anything to start a sandbox for? Without the lock: opening devices may take a
 * while, and the screen isn't kept. */
bool bw_camera_look_find(
    const struct bw_camera_look *look, struct bw_camera_found *ret_found);

/* Starts with what was found, changes to it, or says that there is none (NULL).
 * Lock held. */
void bw_camera_look_done(struct bw_camera *camera, uint64_t now_ms,
    const struct bw_camera_look *look, const struct bw_camera_found *found);

#endif
