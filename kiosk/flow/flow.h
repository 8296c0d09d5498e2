/* What the screens do: step(state, event, now) -> state and effects. Pure: no SDL, no
 * SQL, no clock, no allocation after create. UI thread only.
 *
 *   FIRST_START --enrolled--> NO_ROSTER --a list--> IDLE <---> AGENDA
 *                                                     |
 *           .-----------------.-----------------------+-----------.
 *           | ticket          | find, typing                      | Medewerker
 *           v                 v                                   v
 *         RESULT <---yes--- SEARCH ---------Medewerker---------> PIN <--make room-- FAULT
 *          |  '---not me----->^                                  ^ |
 *          '-------------Medewerker, admit-----------------------' | right
 *                                                                  v
 *                             EVACUATION <--> STAFF <--> KIOSK <--> CHECK
 *                                               ^
 *                                               v
 *                                              FORM
 *
 * AGENDA comes off hours when nobody was here for 180 s, and goes with any sign of life;
 * a ticket makes a RESULT there and at SEARCH too. A right PIN opens STAFF, or KIOSK from
 * FAULT; or it carries out one admission and shows its RESULT, through FORM where one who
 * came first is passed over. Back at rest lead: time and "Klaar" or "Terug" from a
 * person's screens; the lock, or 120 s without touch, from staff's. At rest is IDLE or
 * what stands in for it (flow_resting): FIRST_START without a store, FAULT with one that
 * can't be used or a commit that failed, NO_ROSTER without a list.
 *
 * FL1 Nothing is shown as done before the desk's answer says so.
 * FL2 A scan is never swallowed: it is given to the desk at once, whatever stands there,
 *     and only the showing waits (a result stands 1.5 s at least); staff's screens tell
 *     it in a line. Where it can't be taken (PIN, FIRST_START, NO_ROSTER, FAULT) a line
 *     and a sound say so.
 * FL3 From a public screen the only way to a staff screen is a right PIN from the desk.
 * FL4 Whenever a public screen is left, what was typed or shown on it is wiped.
 * FL5 Every attendee screen ends by itself. */
#ifndef BW_FLOW_FLOW_H
#define BW_FLOW_FLOW_H

#include "view.h"

#include <brugwachter/command.h>

struct bw_flow;

struct bw_now {
    int64_t mono_ms; /* never runs backwards; for time-outs */
    int64_t wall_ms; /* UTC; for what is shown */
};

struct bw_flow_options {
    enum bw_language language; /* the one it falls back to */
    int languages;             /* how many there are; 0: 2 */
    int staff_timeout_s;       /* 60 to 300; 0: 120 */
    int staff_rows;            /* rows of a staff list on this screen; 0: 5 */
    int evacuation_rows;       /* names of those inside at a time; 0: staff_rows */
    bool camera_wanted;        /* false for --camera none */
    bool camera_choice;        /* staff may choose one: none was given by --camera */
    bool less_motion;
    bool no_counter;     /* the house's figures aren't shown to attendees */
    bool names_by_staff; /* nobody checks in by name alone: staff help */
    bool larger;
    bool labels; /* a label printer is set up */
    bool lists;  /* a printer for the list of those inside */
};

enum bw_store_state {
    BW_STORE_NONE,   /* no store: first start */
    BW_STORE_OPENED, /* the desk is ready */
    BW_STORE_FAILED, /* a fault screen says why */
};

/* Work that the other program does, one at a time. */
enum bw_helper {
    BW_HELPER_NONE,
    BW_HELPER_UPDATE,    /* sync */
    BW_HELPER_EXPORT,    /* export to a stick */
    BW_HELPER_IMPORT,    /* pull --from a stick */
    BW_HELPER_ENROL,     /* enrol-device - : `text` is the enrolment */
    BW_HELPER_ENROL_USB, /* enrol-device with the file on a stick */
    BW_HELPER_INSIDE,    /* none of the other program: SAVE_INSIDE ended */
    BW_HELPER_LABEL,     /* nor this: a label is printed, or isn't */
    BW_HELPER_LIST,      /* nor this: the list of those inside is printed, or isn't */
};

enum bw_helper_outcome {
    BW_OUTCOME_DONE,
    BW_OUTCOME_OFFLINE,
    BW_OUTCOME_NO_STICK,
    BW_OUTCOME_NO_FILE, /* a stick, with nothing on it for this kiosk */
    BW_OUTCOME_FAILED,
    /* what is wrong with the road to the office, where it can be told */
    BW_OUTCOME_ACCESS, /* it doesn't let this kiosk in */
    BW_OUTCOME_TRUST,  /* its certificate doesn't hold: a clock, a guest network */
    BW_OUTCOME_FULL,   /* it has no room left */
    BW_OUTCOME_PLACE,  /* the folder isn't there, or is another's */
    BW_OUTCOME_PAPER,  /* LABEL, LIST: the printer has none */
    BW_OUTCOMES
};

enum bw_stimulus_kind {
    BW_STIMULUS_TICK,     /* time passed */
    BW_STIMULUS_ACTION,   /* a touch target, or the key that stands for it */
    BW_STIMULUS_TEXT,     /* a typed character */
    BW_STIMULUS_SCAN,     /* a text that the camera or a hand scanner read; empty: a code
                             whose text isn't for us */
    BW_STIMULUS_SIGHTING, /* what the camera sees: `guide` is not OTHER or NOT_YET */
    BW_STIMULUS_CAMERA,   /* `present`, and which: `camera`; `text`: its name */
    BW_STIMULUS_MOTION,   /* something moved before the camera */
    BW_STIMULUS_STORE,    /* `store`, `rehearsal`, and `error` where it failed */
    BW_STIMULUS_ANSWER,   /* from the desk */
    BW_STIMULUS_HELPER,   /* the other program ended */
    BW_STIMULUS_FOCUS,    /* `present`: keys come to this window */
    BW_STIMULUS_POWER,    /* `present`: plugged in; `index`: battery in per cent, or -1 */
};

struct bw_stimulus {
    enum bw_stimulus_kind kind;
    enum bw_action action;
    int index;
    bool reads;        /* ACTION: the screen is being read aloud right now */
    char text[2049];   /* TEXT, SCAN; UTF-8 */
    bool hand_scanner; /* SCAN */
    enum bw_guide guide;
    bool present;
    int64_t camera;
    enum bw_store_state store;
    bool rehearsal; /* STORE: the one that was opened is a copy, for practice */
    struct bw_error error;
    const struct bw_answer *answer; /* borrowed for the call */
    enum bw_helper helper;
    enum bw_helper_outcome outcome;
};

enum bw_effect_kind {
    BW_EFFECT_DESK, /* carry out `command`; the answer comes back as ANSWER */
    BW_EFFECT_SOUND,
    BW_EFFECT_VOLUME, /* `volume`, per cent of full amplitude; of speech and sounds */
    BW_EFFECT_HELPER, /* start brugwachter-sync; `text` for ENROL */
    BW_EFFECT_CAMERA, /* `on`; `enrolment`: texts of up to 2,048 bytes */
    BW_EFFECT_NEXT_CAMERA, /* CAMERA comes back, also where there is no other */
    BW_EFFECT_REOPEN,      /* try to open the store again */
    BW_EFFECT_CLOSE,       /* close it: the other program takes it; till REOPEN */
    BW_EFFECT_SAVE_INSIDE, /* the page `answer` of those inside, from `first` on: with
                              `helper` INSIDE to a stick, LIST to the printer; `on`: the
                              last one; then that helper comes back */
    BW_EFFECT_LABEL,       /* print `text`: first name, name, school, region, a line each;
                              HELPER_LABEL comes back */
    BW_EFFECT_REHEARSE,    /* `on`: a copy of the store takes its place; off: back */
    BW_EFFECT_SPEAK,       /* read the screen aloud */
    BW_EFFECT_SPEAK_FOCUS, /* say what the keyboard's ring is on */
    BW_EFFECT_HUSH,
    BW_EFFECT_QUIT,
};

struct bw_effect {
    enum bw_effect_kind kind;
    struct bw_command command;
    enum bw_sound sound;
    enum bw_helper helper;
    int volume;
    bool on, enrolment;
    int first;
    const struct bw_answer *answer; /* SAVE_INSIDE: borrowed till the step's end */
    char text[2049];
};

/* The most that one step can ask for is told in effects.c. */
enum { BW_EFFECTS_MAX = 12 };
struct bw_effects {
    int count;
    struct bw_effect items[BW_EFFECTS_MAX];
};

/* Makes the machine, at the resting screen; copies the options. The caller destroys it.
 * BW_NO_MEMORY is the one error, and leaves *ret_flow as it was. UI thread. */
BW_NODISCARD enum bw_status bw_flow_create(const struct bw_flow_options *options,
    struct bw_now now, struct bw_flow **ret_flow, struct bw_error *err);
/* NULL is fine. */
void bw_flow_destroy(struct bw_flow *flow);

/* One step; never fails. `stimulus` (and the answer in it) is borrowed for the call.
 * `ret_effects` is emptied first; carry them out in order. */
void bw_flow_step(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *ret_effects);

/* What stands on the screen now. The view borrows nothing. */
void bw_flow_view(
    const struct bw_flow *flow, struct bw_now now, struct bw_view *ret_view);

/* A touch acts on what was painted when the finger came down: whether the target that
 * `then` showed means the same in `now`, for the same person; a list's rows may have
 * moved, so *ret_index is where it stands. Touches that are no target always do. Pure. */
bool bw_flow_find_touched(const struct bw_view *then, enum bw_action action, int index,
    const struct bw_view *now, int *ret_index);

/* When the view next changes by itself (monotonic; INT64_MAX: never), so that the program
 * sleeps till then. */
int64_t bw_flow_next_ms(const struct bw_flow *flow, struct bw_now now);

/* True on the screens that only a PIN opens. */
bool bw_flow_is_staff(const struct bw_flow *flow);

#endif
