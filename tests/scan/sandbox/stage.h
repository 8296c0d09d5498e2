/* A stage for the sandbox: a folder of grey pictures, each of which tells a puppet of a
 * reader what to do, and a camera that plays it. The test program is its own sandbox: its
 * main hands over to puppet_sandbox_main when it is started as one. What happened comes
 * back as the text of a sighting.
 *
 * The stage has a clock of its own, which the watch is given: it stands still unless a
 * test moves it, so that nothing takes too long because the machine does something else.
 * A test that wants a picture looked at while it is in work has it wait for a word, or
 * waits for the pulse; the only waiting is for the other process to speak. */
#ifndef BW_TESTS_SCAN_STAGE_H
#define BW_TESTS_SCAN_STAGE_H

#include "tests/scan/fixture.h"
#include "scan/sandbox/camera_watch.h"
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
    AWAIT_WORD = 150, /* off the processor until the kiosk says something */
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
    uint64_t now_ms; /* the watch's clock; a CLOCK_MONOTONIC that stands still */
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

/* Goes on until the sandbox is busy with this picture, counted from 0; returns its pulse.
 * Gives up after STAGE_LIMIT_MS. */
struct bw_mailbox_pulse stage_await_pulse(struct stage *stage, uint32_t picture);

/* Moves the stage's clock to so long after the picture of that pulse was begun, as though
 * the sandbox had been heard then. */
void stage_pass_ms(
    struct stage *stage, const struct bw_mailbox_pulse *pulse, uint64_t passed_ms);

/* Says the word that a picture waits for; changes nothing else in a camera that runs. */
void stage_say_word(struct stage *stage);

/* Takes everything that waits to be taken. */
void stage_drain(struct stage *stage);

/* The next text that comes is this one. */
void stage_assert_says(struct stage *stage, const char *text);

/* Milliseconds of CLOCK_MONOTONIC: for the limits of waiting alone. */
uint64_t stage_clock_ms(void);

/* The sandbox with the puppet as its reader. */
int puppet_sandbox_main(int argc, char **argv);

#endif
