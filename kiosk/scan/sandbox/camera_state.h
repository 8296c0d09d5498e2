/* The inside of a camera (camera.h): what its public half and its watch share.
 *
 *              start                READY                  (a frame over 500 ms, a fall,
 *   LOOKING ----------> STARTING ----------> RUNNING --.    silence: kill, start at once)
 *      ^   camera there     |                  |   ^---'
 *      |                    | GONE, FAILED,    | GONE
 *      '--------------------+ too late <-------'
 *
 * - LOOKING: no child; looks again at `look_at_ms`. RUNNING with another camera than
 *   the preferred one looks for that, too, and takes it as soon as it is back.
 * - STARTING: a child that hasn't said READY, until `start_limit_ms`.
 * - RUNNING: pictures come, the pulse is watched.
 * - OVER: nothing more will happen (spec `none`).
 *
 * - CW1: at most one child lives.
 * - CW2: each child writes into a mailbox of its own, so that what a fallen one left
 *   behind is never read.
 * - CW3: `lent` is the mailbox whose picture is borrowed; it outlives its child until
 *   another picture was taken. */
#ifndef BW_SCAN_CAMERA_STATE_H
#define BW_SCAN_CAMERA_STATE_H

#include "camera.h"
#include "camera_child.h"
#include "camera_queue.h"

#include <pthread.h>

enum bw_camera_state {
    BW_CAMERA_LOOKING,
    BW_CAMERA_STARTING,
    BW_CAMERA_RUNNING,
    BW_CAMERA_OVER,
};

struct bw_camera {
    /* Given before start, constant after. */
    char *spec, *program;
    bool any_camera; /* one of this machine's, whichever that is today */
    void (*wake)(void *context);
    void *wake_context;
    uint64_t (*clock_ms)(void);
    int bell;  /* eventfd: something waits to be taken */
    int nudge; /* eventfd: the thread should look at `stopping` and `wants_next` */

    char found_spec[BW_CAMERA_SPEC_BYTES]; /* the watch's thread: of the device found */

    /* Owner's thread. */
    bool started, has_thread;
    pthread_t thread;

    bool stopping; /* atomic: any thread, by __atomic builtins alone */

    pthread_mutex_t lock; /* guards all below */
    enum bw_camera_state state;
    bool said_gone; /* GONE was the last thing said of the camera */
    bool renewing;  /* the last sandbox asked for a new one: no news to anybody */
    bool paused;
    bool wants_next;       /* another camera was asked for */
    int64_t prefer;        /* the camera chosen, or that ran first; 0: none yet */
    int64_t present;       /* the one that was started last; 0: none, or no device */
    char present_name[64]; /* as it said itself */
    int likeness_seen;     /* to the preferred one, of the most alike at the last look */
    int failures;          /* of starts, in a row */
    struct bw_child child;
    struct bw_mailbox *live, *lent; /* see CW2, CW3; NULL: none yet */
    struct bw_sandbox_start start;  /* how the next sandbox begins */
    char stopped_by[200]; /* why the last sandbox was stopped; empty: it wasn't */
    char skipped[200];    /* what was last said of a picture left out */
    uint64_t suspect;     /* fingerprint of the picture that stopped it once */
    uint64_t look_at_ms, start_limit_ms, heard_ms;
    uint64_t falls_since_ms; /* of a row of falls … */
    int falls;               /* … and how many */
    bool news;               /* something was queued or shown in this round */
    struct bw_camera_queue queue;
};

/* All under the lock, of either thread: a message to whoever takes them; that the camera
 * is gone, said once however often it is looked for; and a sandbox for the camera that
 * was found, which, where it can't be started, tells that the camera is gone. Texts are
 * copied. */
void bw_camera_tell(struct bw_camera *camera, enum bw_camera_message_kind kind,
    const char *format, ...) BW_PRINTF(3, 4);
void bw_camera_tell_gone(struct bw_camera *camera, uint64_t now_ms, const char *why);
void bw_camera_start_sandbox(struct bw_camera *camera, uint64_t now_ms);

#endif
