/* What the screens share; what is one screen's alone stands in its own file. UI thread.
 *
 * The way of the data: flow.c takes a stimulus to the screen that it belongs to; a screen
 * changes its own state and these, puts down effects, and moves on by frame.h. A question
 * to the desk (ask.h) names who hears the answer.
 *
 * FL6 A screen's own state is read and written by its own file (or siblings of its name)
 *     alone: bw_flow_own() is called there and nowhere else. */
#ifndef BW_FLOW_STATE_H
#define BW_FLOW_STATE_H

#include "flow/flow.h"
#include "limits.h"

#include <assert.h>
#include <stddef.h>

/* Who hears the desk's answer. Called once at most: not for an answer that says that
 * nothing was saved (FL1). The answer is borrowed for the call. */
typedef void bw_flow_handler(struct bw_flow *flow, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects);

/* A command whose answer is awaited. */
struct bw_flow_pending {
    uint32_t request_no; /* 0: none */
    bw_flow_handler *handler;
    char text[BW_SCAN_BYTES]; /* SCAN, CARD: what was read … */
    bool by_hand;             /* … SCAN: by a hand scanner */
};

/* One screen's part of the machine. Any function may be NULL. */
struct bw_flow_screen_ops {
    size_t own_bytes; /* of its own state, which begins as zeros */
    void (*on_enter)(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
    void (*on_action)(struct bw_flow *flow, enum bw_action action, int index,
        struct bw_now now, struct bw_effects *effects);
    void (*on_text)(struct bw_flow *flow, const char *text, struct bw_now now,
        struct bw_effects *effects);
    /* The overview came while the screen stands. */
    void (*on_overview)(struct bw_flow *flow, const struct bw_overview *before,
        struct bw_effects *effects);
    void (*on_tick)(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
    /* FL4: another screen comes, or (`next` is its own) comes anew; called for each. */
    void (*on_change)(struct bw_flow *flow, enum bw_screen next);
    /* The kiosk locks: names go; called for each. */
    void (*on_lock)(struct bw_flow *flow);
    void (*view)(const struct bw_flow *flow, struct bw_now now, struct bw_view *view);
    int64_t (*next_ms)(const struct bw_flow *flow, struct bw_now now);
    enum bw_operator scans_as; /* 0: scans can't be taken here */
    bool hand_only;            /* … but by a hand scanner: the camera is off */
    bool staff;                /* only a PIN opens it; it locks by itself */
    bool stays;                /* … but doesn't lock by itself, whatever happens */
    bool resting;              /* where a kiosk stands that nobody uses */
};
extern const struct bw_flow_screen_ops bw_flow_idle_screen, bw_flow_result_screen,
    bw_flow_search_screen, bw_flow_pin_screen, bw_flow_staff_screen, bw_flow_form_screen,
    bw_flow_kiosk_screen, bw_flow_first_start_screen, bw_flow_no_roster_screen,
    bw_flow_fault_screen, bw_flow_agenda_screen, bw_flow_evacuation_screen,
    bw_flow_check_screen;

/* A question over the screen; one at a time, and it goes with the screen. Whoever opens
 * it says what its yes does. */
struct bw_flow_dialog {
    bool open;
    enum {
        DIALOG_SKIP,
        DIALOG_CLOSE,
        DIALOG_GIVE,
        DIALOG_RELEASE,
        DIALOG_ALIKE,
        DIALOG_CARD
    } kind;
    char question[BW_KEY_BYTES], text[BW_KEY_BYTES];
    struct bw_command command;
    struct bw_values values;
};

/* A line over the screen for a moment (notice.c). */
struct bw_flow_notice {
    struct bw_notice_view shown;
    int64_t since_ms;
};

/* What a visitor has set, and staff's own volume (aids.c). */
struct bw_flow_aids {
    bool aloud;   /* a visitor wants the screens read */
    bool reading; /* something was given to be read, and not hushed since */
    int quieter;  /* steps below the loudest: the visitor's, else staff's */
    int staff_quieter;
    int64_t set_ms; /* a visitor last set one of the aids */
};

/* The camera that stands, and what it is told (frame.c, scan.c). */
struct bw_flow_camera {
    bool present, on, enrolment, told;
    bool awaited; /* it was wanted, and neither came nor failed yet */
    bool test;    /* a staff screen, or the first start, looks through it */
    bool names;   /* the question for the names does: a card answers it too */
    int64_t id;   /* which one it is; 0: not known */
    char name[BW_NAME_BYTES];
};

/* A text that is in view, or was just now: by its hash, so that none is kept. */
struct bw_flow_seen_text {
    uint64_t hash;
    int64_t first_ms, last_ms; /* last_ms 0: nothing here */
};

/* What the camera sees and scanners read (scan.c). */
struct bw_flow_scan {
    bool deaf;         /* keys, and so a hand scanner's, go elsewhere … */
    int64_t deaf_ms;   /* … since then */
    bool hand_scanner; /* one was seen */
    enum bw_guide guide;
    int64_t guide_ms, guide_since_ms;
    enum bw_guide hint; /* AWAY, LIGHT or WHOLE: what would help, as it was seen last … */
    int64_t hint_ms, hint_since_ms; /* … and first */
    int unread;                     /* codes in a row that were seen and not read */
    bool unread_told;               /* the one in view is among them */
    struct bw_flow_seen_text seen[SCANS_SEEN];
    struct bw_flow_seen_text other; /* the last text that is no ticket */
    bool other_is_certificate;
    int64_t read_ms;  /* wall time of the last scan; 0: none yet */
    int64_t sound_ms; /* of the last reading sound */
};

/* The other program, one run at a time (helper.c). */
struct bw_flow_helper {
    enum bw_helper running;
    char outcome[BW_KEY_BYTES]; /* what to say of the last run, or of what went before */
    int64_t tried_ms;           /* wall time at which one ended */
    bool imported;              /* the last list came from a stick */
    bool awaits_stick;
    int64_t stick_ms; /* last looked for */
};

/* The store and how things stand in it (store.c). */
struct bw_flow_store {
    bool known; /* it was said whether there is one */
    bool open;
    bool low;    /* its disk: nobody is checked in */
    bool enrols; /* it is being enrolled again, and closed meanwhile */
    struct bw_error error;
    bool wrong_list; /* a stick's list was of a day that is past: it opens no door */
    bool asked;      /* the overview is under way */
    int64_t asked_ms;
    int64_t reopen_ms;
};

struct bw_flow {
    struct bw_flow_options options;
    const struct bw_flow_screen_ops *const *screens; /* by enum bw_screen */
    void *own[BW_SCREEN_COUNT];                      /* FL6 */
    enum bw_screen screen;
    int64_t entered_ms; /* this screen, monotonic */
    int64_t touched_ms; /* last touch or key; at rest also a scan, or motion */
    enum bw_language language;
    bool larger, rehearsal;
    bool unlocked; /* a PIN opened the staff's screens */

    uint32_t request_no; /* the newest */
    struct bw_flow_pending pending[PENDING_MAX];
    const struct bw_flow_pending *answering; /* during ANSWER */

    bool has_overview;
    struct bw_overview overview;
    bool unplugged;
    int battery_percent; /* -1: there's none, or not known */

    struct bw_flow_store store;
    struct bw_flow_camera camera;
    struct bw_flow_scan scan;
    struct bw_flow_aids aids;
    struct bw_flow_helper helper;
    struct bw_flow_dialog dialog;
    struct bw_flow_notice notice;
    struct {
        bool stands; /* staff were called, and didn't sign in since (call.c) */
        int sounds;
        int64_t sound_ms; /* monotonic: the last of them */
    } call;
    char label_fault[BW_KEY_BYTES]; /* why no label came; "": it did (label.c) */
    int64_t label_ms;               /* when that was, or the label came */
    bool label_told;                /* the start screen said so */
};

/* The screen that stands. */
static inline const struct bw_flow_screen_ops *
bw_flow_ops(const struct bw_flow *flow)
{
    return flow->screens[flow->screen];
}

/* A screen's own state; see FL6. Never NULL for one that has own_bytes. */
static inline void *
bw_flow_own(const struct bw_flow *flow, enum bw_screen screen)
{
    assert(flow->own[screen] != NULL); /* FL6 */
    return flow->own[screen];
}

#endif
