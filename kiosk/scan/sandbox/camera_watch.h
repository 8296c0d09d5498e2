/* Watching the sandbox of a camera: what it says, how long it takes, when it falls. The
 * watch's thread, or whoever calls bw_camera_step. */
#ifndef BW_SCAN_CAMERA_WATCH_H
#define BW_SCAN_CAMERA_WATCH_H

#include "camera_state.h"

/* Waits for the sandbox, for a deadline of ours, or for a nudge; at most `limit_ms` (-1:
 * as long as no deadline passes). Takes the lock for a moment, never while waiting. */
void bw_camera_watch_wait(struct bw_camera *camera, uint64_t now_ms, int limit_ms);

/* All that is due. True: there is something to take. Takes the lock. */
bool bw_camera_watch(struct bw_camera *camera, uint64_t now_ms);

#endif
