/* The inside of a camera (camera.h): what its public half and its watch share.
 *
 *              start                READY                  (a frame over 500 ms, a fall,
 *   LOOKING ----------> STARTING ----------> RUNNING --.    silence: kill, start at once)
 *      ^   camera there     |                  |   ^---'
 *      |                    | GONE, FAILED,    | GONE
 *      '--------------------+ too late <-------'
 *
 * - LOOKING: no child; looks again at `look_at_ms`.
 * - STARTING: a child that hasn't said READY, until `start_limit_ms`.
 * - RUNNING: pictures come, the pulse is watched.
 * - OVER: nothing more will happen (spec `none`).
 *
 * - W1: at most one child lives.
 * - W2: each child writes into a mailbox of its own, so that what a fallen one left
 * behind is never read.
 * - W3: `lent` is the mailbox whose picture is borrowed; it outlives its child until
 *   another picture was taken. */
#ifndef BW_SCAN_CAMERA_WATCH_H
#define BW_SCAN_CAMERA_WATCH_H

#include "camera.h"
#include "camera_child.h"
#include "camera_queue.h"

#include <pthread.h>
#include <stdatomic.h>

enum bw_camera_state {
    BW_CAMERA_LOOKING,
    BW_CAMERA_STARTING,
    BW_CAMERA_RUNNING,
    BW_CAMERA_OVER,
};

struct bw_camera {
    /* Given before start, constant after. */
    char *spec, *program;
    bool any_camera; /* the first V4L2 camera, whichever that is today */
    void (*wake)(void *context);
    void *wake_context;
    int bell;  /* eventfd: something waits to be taken */
    int nudge; /* eventfd: the thread should look at `stopping` */

    char path[64]; /* the watch's thread: spec of the camera found, for any_camera */

    /* Owner's thread. */
    bool started, has_thread;
    pthread_t thread;

    atomic_bool stopping;

    pthread_mutex_t lock; /* guards all below */
    enum bw_camera_state state;
    bool said_gone; /* GONE was the last thing said of the camera */
    bool renewing;  /* the last room asked for a new one: no news to anybody */
    bool paused;
    struct bw_child child;
    struct bw_mailbox *live, *lent; /* see W2, W3; NULL: none yet */
    struct bw_room_start start;     /* how the next room begins */
    char stopped_by[200];           /* why the last room was stopped; empty: it wasn't */
    uint64_t suspect;               /* fingerprint of the picture that stopped it once */
    uint64_t look_at_ms, start_limit_ms, heard_ms;
    uint64_t falls_since_ms; /* of a row of falls … */
    int falls;               /* … and how many */
    bool news;               /* something was queued or shown in this round */
    struct bw_camera_queue queue;
};

/* Waits for the room, for a deadline of ours, or for a nudge; at most `limit_ms` (-1: as
 * long as no deadline passes). Takes the lock for a moment, never while waiting. */
void bw_camera_watch_wait(struct bw_camera *camera, uint64_t now_ms, int limit_ms);

/* All that is due. True: there is something to take. Takes the lock. */
bool bw_camera_watch(struct bw_camera *camera, uint64_t now_ms);

#endif
