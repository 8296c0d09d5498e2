/* A stage for the sandbox: a folder of grey pictures, each of which tells a puppet of a
 * reader what to do, and a camera that plays it. The test program is its own sandbox: its
 * main hands over to puppet_sandbox_main when it is started as one. What happened comes
 * back as the text of a sighting. Time is given to bw_camera_step; the only waiting is
 * for the other process to speak. */
#ifndef BW_TESTS_SCAN_STAGE_H
#define BW_TESTS_SCAN_STAGE_H

#include "tests/scan/fixture.h"
#include "scan/sandbox/camera.h"
#include "scan/sandbox/sandbox.h"

/* Nobody waits for longer: far more than the slowest machine needs, so that a test fails
 * by what happened and not by when. */
enum { STAGE_LIMIT_MS = 120000 };

/* What the reader does with a picture of this grey. */
enum deed {
    READ_TEXT = 10,
    READ_NOTHING = 20,
    HANG = 30,
    CRASH = 40,
    OPEN_FILE = 50,
    OPEN_SOCKET = 60,
    START_PROGRAM = 70,
    MAP_CODE = 80,
    TAKE_MEMORY = 90,
    TELL_LIMITS = 100,
    LONG_TEXT = 110,
    DIRTY_TEXT = 120,
    FORK = 130,
    END = 140,
    WAIT_LONG = 150, /* a second off the processor, as on a machine with much to do */
    SIGNAL_KIOSK = 160,
    KILL_KIOSK = 170,
    TRACE_KIOSK = 180,
    DELETE_FILE = 190,
    RUN_DATA = 200,       /* make what was written executable */
    STEER_TERMINAL = 210, /* another request than a camera's stream has */
};

struct stage {
    struct picture_folder folder;
    struct bw_camera *camera;
    struct bw_camera_message message; /* the last one taken */
    uint64_t late_ms;                 /* how far the camera's clock goes before ours */
};

/* Setup and teardown of a test with a stage. */
int set_stage(void **state);
int clear_stage(void **state);

/* Adds a picture. */
void stage_script(struct stage *stage, const char *name, enum deed deed);

/* Plays the folder; `ending` is "" or ",loop". */
void stage_start(struct stage *stage, const char *ending, bool enrolment);

/* Goes on until a message of this kind comes; others are passed over.
 * Gives up after STAGE_LIMIT_MS. */
void stage_await(struct stage *stage, enum bw_camera_message_kind kind);

/* The next text that comes is this one. */
void stage_assert_says(struct stage *stage, const char *text);

/* Milliseconds of CLOCK_MONOTONIC. */
uint64_t stage_clock_ms(void);

/* The sandbox with the puppet as its reader. */
int puppet_sandbox_main(int argc, char **argv);

#endif
