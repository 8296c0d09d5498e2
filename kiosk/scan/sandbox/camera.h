/* The camera as the kiosk sees it: a picture to show, and what the scanner read in it.
 *
 * The camera and the decoder live in a process of their own, the sandbox (sandbox.h),
 * which has no files, no network and no way to start a program. This side starts it,
 * listens to it, stops it when a frame takes longer than 500 ms, starts it again, and
 * looks for a camera that was pulled out. Nothing that the sandbox says is trusted: every
 * record is checked, every size comes from here.
 *
 * Two ways to run it:
 * - With a thread (options.wake is given): one of the camera's own waits for the sandbox,
 *   and calls `wake`, from that thread, when a message or a new picture is there. `wake`
 *   only rings: post an event, then call take and frame.
 * - Without one (options.wake is NULL): the caller calls bw_camera_step; nothing happens
 *   between two steps, and time is what the caller says it is.
 *
 * Either way bw_camera_fd is readable while something waits to be taken.
 *
 * The sandbox is this program's own binary, started again with BW_SANDBOX_ARGUMENT as its
 * first argument: main() calls bw_sandbox_main (sandbox.h) before anything else.
 *
 * Every function accepts NULL and a camera that was never started. take, frame, next and
 * the set_ functions may be called from one thread (the UI thread) while the camera's own
 * thread runs; start, stop and join belong to whoever owns the camera. */
#ifndef BW_SCAN_CAMERA_H
#define BW_SCAN_CAMERA_H

#include "scan/camera/camera_find.h"
#include "scan/camera/frame.h"
#include "scan/qr/scanner.h"

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    BW_CAMERA_FRAME_LIMIT_MS = 500,   /* a frame that works longer stops the sandbox */
    BW_CAMERA_LOOK_AGAIN_MS = 2000,   /* between two looks for a camera that is gone */
    BW_CAMERA_START_LIMIT_MS = 10000, /* from start to the first word of the sandbox */
    BW_CAMERA_QUEUE = 32, /* messages kept; over it sightings without text go first */
};

struct bw_camera_options {
    /* `v4l2:/dev/video0`, `images:DIR`, `images:DIR,loop`, `none`; NULL: the first V4L2
     * camera, and none found is no error (GONE is said once, and it is looked for). A
     * device is known again under another number, when it was pulled out and put back. */
    const char *spec;
    /* Without a spec: the camera that was chosen (the `camera` of a message), 0 for none.
     * While it is missing another one does, and it is taken again once it is back. */
    int64_t prefer;
    const char *program; /* the binary to start; NULL: this one (/proc/self/exe) */
    bool enrolment;      /* texts up to 2,048 bytes: only on the first-start screen */
    uint32_t budget_us;  /* as bw_scanner_options; 0: its own */
    void (*wake)(void *context); /* NULL: no thread, see bw_camera_step */
    void *wake_context;
    /* What the watch goes by, any thread: ms, as CLOCK_MONOTONIC; NULL: that one. */
    uint64_t (*clock_ms)(void);
};

enum bw_camera_message_kind {
    BW_CAMERA_SIGHTING,  /* what frame `seq` showed */
    BW_CAMERA_PRESENT,   /* pictures come (again); text: the camera's name */
    BW_CAMERA_GONE,      /* there is no camera (any more); text: one sentence why. It is
                            looked for every BW_CAMERA_LOOK_AGAIN_MS */
    BW_CAMERA_RESTARTED, /* the scanner was stopped or fell, and is up again; text: why */
    BW_CAMERA_POISON,  /* the same picture stopped it twice, and is left out from now on;
                          text: which */
    BW_CAMERA_SKIPPED, /* a picture of the folder can't be read, and is left out; text:
                          which, and why */
};

struct bw_camera_message {
    enum bw_camera_message_kind kind;
    uint64_t seq; /* of the frame, for SIGHTING; else of the last one */
    /* For SIGHTING: when the source first showed that very picture, and when reading the
     * frame began and ended. CLOCK_MONOTONIC; as the sandbox says it,
     * so for measuring only. */
    uint64_t since_ms, begun_us, read_us;
    /* For SIGHTING alone. text is checked: printable ASCII, at most 512 bytes, or 2,048
     * with enrolment. Corners are finite and within -1..2. */
    struct bw_sighting sighting;
    int64_t camera; /* PRESENT: which one it is, over restarts too; 0: a folder */
    char text[200]; /* empty for SIGHTING */
};

/* A picture to show: YUY2, unmirrored, at most 1280x720. */
struct bw_camera_frame {
    struct bw_yuy2 picture;
    uint64_t seq;      /* rises with each picture, over restarts too */
    uint64_t taken_ms; /* CLOCK_MONOTONIC */
};

struct bw_camera;

/* Reserves what it needs; starts nothing. Copies the strings of the options.
 * BW_BAD_INPUT for a spec that isn't one, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_camera_create(const struct bw_camera_options *options,
    struct bw_camera **ret_camera, struct bw_error *err);

/* Starts the sandbox, and the thread where `wake` was given. A folder that can't be read
 * is an error here (BW_NOT_FOUND, BW_IO); a camera that isn't there is none. BW_IO where
 * the system gives no thread. */
BW_NODISCARD enum bw_status bw_camera_start(
    struct bw_camera *camera, struct bw_error *err);

/* Asks sandbox and thread to end; returns at once. No `wake` after join. */
void bw_camera_stop(struct bw_camera *camera);

/* Waits for them (at most about half a second, then the sandbox is killed). */
void bw_camera_join(struct bw_camera *camera);

/* Stops, joins, frees. A borrowed picture is void after it. */
void bw_camera_destroy(struct bw_camera *camera);

/* Without a thread only: waits up to `wait_ms` (0: not at all) for the sandbox to say
 * something, then does all that is due at `now_ms` (on the scale of CLOCK_MONOTONIC,
 * which the sandbox reads itself; a test that gives a later time sees what happens then,
 * now): takes in records, stops a frame that takes too long, starts the sandbox again,
 * looks for a camera. */
void bw_camera_step(struct bw_camera *camera, uint64_t now_ms, int wait_ms);

/* Readable (poll) while a message or an untaken picture waits. Owned by the camera;
 * -1 for NULL. */
int bw_camera_fd(const struct bw_camera *camera);

/* The next message, oldest first; false when there is none. */
bool bw_camera_pop(struct bw_camera *camera, struct bw_camera_message *ret_message);

/* The newest picture, if it is newer than the one taken last. Older ones are skipped.
 * Borrowed until the next call of this function or of destroy; stays readable, unchanged
 * in size, whatever happens to the sandbox. */
bool bw_camera_frame(struct bw_camera *camera, struct bw_camera_frame *ret_frame);

/* Long texts on or off, from the next frame on. */
void bw_camera_set_enrolment(struct bw_camera *camera, bool enrolment);

/* A paused camera shows and reads nothing, and needs no processor. */
void bw_camera_set_paused(struct bw_camera *camera, bool paused);

/* Takes the next of this machine's cameras, round and round; it is preferred from now on.
 * PRESENT says which one it is, also where there is no other. Not for a camera that was
 * given a spec: nothing happens. */
void bw_camera_next(struct bw_camera *camera);

#endif
