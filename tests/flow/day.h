/* A day at the door, replayed in milliseconds: the screens (flow) with the real desk
 * behind them on a real store, and a clock that stands where the script puts it.
 *
 * A script (*.day) is a line a step; `#` starts a comment. Before `open`: who is on the
 * list. After it, each line may begin with a venue time, to which the day first runs on.
 *
 *   house CAPACITY EXTRA · person CODE STATUS GENERATION FIRST LAST…
 *   guest CODE FIRST LAST · peer DEVICE MINUTES-BEFORE-START · open
 *   scan CODE [GENERATION] · elsewhere CODE · show TEXT · wait MS · motion
 *   hand CODE · beam TEXT (the same by a hand scanner)
 *   touch ACTION [INDEX] · write TEXT (on the screen) · type TEXT (a keyboard)
 *   pin DIGITS · row FIRST (its own button) · more FIRST · helper OUTCOME
 *   expect FIELD VALUE… (day_expect.c lists the fields)
 *
 * A script looks at every screen that it comes through, and at every visitor's verdict
 * and sound, before it goes on; one that doesn't fails. */
#ifndef BW_TESTS_DAY_H
#define BW_TESTS_DAY_H

#include "tests/core/store/fixture.h"

#include <flow/flow.h>

enum { DAY_ANSWERS = 80 };

struct door_day {
    struct fixture fx;
    bool has_desk;
    struct bw_desk *desk;
    struct bw_flow *flow;
    struct bw_view view; /* as it stands after the last step */

    /* what the flow asked for */
    int volume;          /* the last one asked for, per cent */
    enum bw_sound sound; /* the last one; NONE once it was looked at */
    enum bw_helper helper;
    char enrolment[2049];
    bool camera_on, camera_enrolment, quit, reopen, closed, spoke, rehearse;
    bool spoke_focus;
    int saved; /* names that went to the stick */
    bool saved_whole;
    enum bw_helper saved_by;
    int labels;       /* that were to be printed */
    char label[2049]; /* the last of them */
    int next_cameras; /* how often another one was asked for */
    int effects_most;
    int commands[BW_COMMAND_ABSENT + 1]; /* how often each was given to the desk */

    bool holds; /* the disk is slow: answers wait */
    int held_count;
    int scans; /* tickets that were shown */
    struct bw_answer *held[DAY_ANSWERS];
    bool fails;                   /* every commit fails */
    int64_t called_off_ms;        /* of the session; 0: as it is */
    int64_t free_bytes;           /* of the disk, where a test says so; 0: as it is */
    bool owes_screen, owes_sound; /* came, and the script hasn't looked yet */
    char line[200]; /* of the script, for what is said when it doesn't hold */
};

/* A desk on a store with nobody on the list, and screens that know it. `day_open` after
 * the people were put on the list. */
void day_create(struct door_day *day, int capacity, int extra_places, bool pin);
void day_open(struct door_day *day, const struct bw_flow_options *options);
void day_destroy(struct door_day *day);

void day_step(struct door_day *day, const struct bw_stimulus *stimulus);
/* Time passes; the screens are woken when they asked to be. */
void day_pass(struct door_day *day, int64_t ms);
void day_until(struct door_day *day, int64_t wall_ms);
/* Gives the answers that waited. */
void day_let_go(struct door_day *day);

void day_touch(struct door_day *day, enum bw_action action, int index);
void day_write(struct door_day *day, const char *text); /* keys of the screen */
void day_type(struct door_day *day, const char *text);  /* keys of a keyboard */
void day_show(struct door_day *day, const char *text);  /* a code before the camera */
void day_hand(struct door_day *day, const char *text);  /* … or a hand scanner's beam */
void day_hand_scan(
    struct door_day *day, uint32_t session_no, const char *code, uint8_t generation);
void day_scan(
    struct door_day *day, uint32_t session_no, const char *code, uint8_t generation);
void day_store(struct door_day *day, enum bw_store_state state, enum bw_status status);
/* From a public screen to the staff's list. */
void day_unlock(struct door_day *day);

/* Replays tests/flow/NAME; fails the test at the line that doesn't hold. */
void day_replay(struct door_day *day, const char *name);

/* day_expect.c: a field of what stands there, as text. */
bool day_tell(struct door_day *day, const char *field, char *ret_text, size_t capacity);
void day_expect(struct door_day *day, const char *field, const char *value);

#endif
