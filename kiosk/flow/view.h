/* What stands on the screen, without saying where: the flow writes it, the UI draws it
 * and decides nothing.
 *
 * Texts are keys of assets/translations with values to fill in; times are UTC in ms and
 * shown in the session's zone. A view borrows nothing: copy it, keep it, compare it.
 * UI thread only. */
#ifndef BW_FLOW_VIEW_H
#define BW_FLOW_VIEW_H

#include <brugwachter/command.h>
#include <stdbool.h>
#include <stdint.h>

/* The first two; those after them are of whatever catalogues there are. */
enum bw_language { BW_DUTCH, BW_ENGLISH };

enum bw_screen {
    BW_SCREEN_IDLE,        /* 01, and 12c where the camera is missing */
    BW_SCREEN_RESULT,      /* 02 to 06, a screen for every verdict */
    BW_SCREEN_SEARCH,      /* 07, with 07b as its dialog */
    BW_SCREEN_PIN,         /* 08 */
    BW_SCREEN_STAFF,       /* 09, 10b, 10c: one list, three tabs, search */
    BW_SCREEN_FORM,        /* 10 and substitute: steps of one form */
    BW_SCREEN_KIOSK,       /* 11: this kiosk, closing the day */
    BW_SCREEN_FIRST_START, /* 12 */
    BW_SCREEN_NO_ROSTER,   /* 12b */
    BW_SCREEN_FAULT,       /* 12d and every other store that can't be used */
    BW_SCREEN_AGENDA,      /* 13 */
    BW_SCREEN_EVACUATION,  /* who is inside */
    BW_SCREEN_CHECK,       /* the day before: check camera, sound, touch, … */
};
enum { BW_SCREEN_COUNT = BW_SCREEN_CHECK + 1 };

/* Colour field and water of a result. Dark: done. Light: one more step. */
enum bw_tone {
    BW_TONE_WELCOME, /* welkom */
    BW_TONE_ALREADY, /* al */
    BW_TONE_OTHER,   /* ander */
    BW_TONE_HELP,    /* onb */
    BW_TONE_WAIT,    /* wacht */
    BW_TONE_PAPER,   /* papier */
};

enum bw_scene {
    BW_SCENE_WELCOME,
    BW_SCENE_ALREADY,
    BW_SCENE_OTHER,
    BW_SCENE_UNKNOWN,
    BW_SCENE_WAIT_FRONT,
    BW_SCENE_WAIT_BEHIND,
    BW_SCENE_HELP,
    BW_SCENE_LIST,
    BW_SCENE_NIGHT,
};

enum bw_sound {
    BW_SOUND_NONE,
    BW_SOUND_WELCOME,
    BW_SOUND_ALREADY,
    BW_SOUND_OTHER,
    BW_SOUND_UNKNOWN,
    BW_SOUND_WAIT,
    BW_SOUND_DONE,
    BW_SOUND_BACK,
    BW_SOUND_NO,
    BW_SOUND_KEY,
    BW_SOUND_READING,
};

/* What a touch target does. `index` says which row, key or choice. */
enum bw_action {
    BW_ACTION_NONE,
    BW_ACTION_DONE,    /* Klaar, Sluiten */
    BW_ACTION_TO_DESK, /* a result's next step: the person goes there */
    BW_ACTION_CALL,    /* … or calls staff */
    BW_ACTION_TOUCH,   /* anywhere that is no target */
    BW_ACTION_NOT_ME,
    BW_ACTION_FIND,     /* to search */
    BW_ACTION_LANGUAGE, /* index: 0: the next one, else its number and 1 */
    BW_ACTION_LARGER,   /* Groter */
    BW_ACTION_READ_ALOUD,
    BW_ACTION_LOUDER,      /* of what is read, and of sounds; while it is read aloud */
    BW_ACTION_FOCUS,       /* no target: the keyboard's ring has moved */
    BW_ACTION_STAFF,       /* to the PIN, and then the list */
    BW_ACTION_STAFF_ADMIT, /* 04 guest, 06 waitlist: PIN, then this one admission */
    BW_ACTION_BACK,
    BW_ACTION_CANCEL,
    BW_ACTION_YES,
    BW_ACTION_NO,   /* dialogs */
    BW_ACTION_STAY, /* Ik ben er nog */
    BW_ACTION_KEY,  /* index: the character, a Unicode code point */
    BW_ACTION_DELETE,
    BW_ACTION_SPACE,
    BW_ACTION_CLEAR,
    BW_ACTION_SHIFT,
    BW_ACTION_DIGITS,
    BW_ACTION_ENTER,
    BW_ACTION_TAB,     /* index: enum bw_list_filter */
    BW_ACTION_LETTERS, /* opens and closes them */
    BW_ACTION_LETTER,  /* index: 'a' to 'z'; the list from there on */
    BW_ACTION_SORT,    /* by time, or by name again */
    BW_ACTION_STAFF_SEARCH,
    BW_ACTION_PREVIOUS,
    BW_ACTION_NEXT,
    BW_ACTION_ROW,      /* index: the row's own action (check in, undo, admit) */
    BW_ACTION_ROW_MORE, /* index: opens leaving, substitute, override, history */
    BW_ACTION_LEAVES,
    BW_ACTION_SUBSTITUTE,
    BW_ACTION_OVERRIDE,
    BW_ACTION_LABEL, /* prints the row's label again */
    BW_ACTION_REDO,  /* toast: check in again */
    BW_ACTION_WALK_IN,
    BW_ACTION_KIOSK,
    BW_ACTION_EVACUATE,
    BW_ACTION_PRINT, /* who is inside */
    BW_ACTION_RELEASE,
    BW_ACTION_LOCK,
    BW_ACTION_AUDIENCE_YES,
    BW_ACTION_AUDIENCE_NO,
    BW_ACTION_REGION, /* index: the region; past the last: another one, typed */
    BW_ACTION_FIELD,  /* index: the form's field */
    BW_ACTION_ADMIT,
    BW_ACTION_QUEUE,
    BW_ACTION_UPDATE,
    BW_ACTION_SOUND_TEST,
    BW_ACTION_USB,
    BW_ACTION_TIDY, /* removes what was sent, of days that are over */
    BW_ACTION_CLOSE_DAY,
    BW_ACTION_QUIT,
    BW_ACTION_CHECK,
    BW_ACTION_REHEARSE,
    BW_ACTION_SWITCH, /* index: the session; -1: opens and closes their list */
    BW_ACTION_CONFIRM_CLOCK,
    BW_ACTION_VOLUME,
    BW_ACTION_CAMERA, /* the next of this kiosk's cameras */
    BW_ACTION_FETCH,
    BW_ACTION_SCAN_ENROLMENT,
    BW_ACTION_USB_ENROLMENT,
};

enum bw_button_kind {
    BW_BUTTON_SUN,
    BW_BUTTON_PRIMARY,
    BW_BUTTON_SECONDARY,
    BW_BUTTON_QUIET,
    BW_BUTTON_OFF,
};

enum { BW_KEY_BYTES = 24, BW_VIEW_ROWS = 24, BW_VIEW_BUTTONS = 12, BW_VOLUME_LEVELS = 4 };

/* Values that a text may name: {name} {name2} {place} {date} {day} {time} {n} {m}
 * {cap} {e} {f} {p} {w} {a} {b} {t} {x} {desk} {kind} {phone} {audience} {id}
 * {zuil} {organisatie} {region}. Plural texts choose by `n` (or `m` where the text
 * has no {n}). */
struct bw_values {
    char name[BW_NAME_BYTES + 8];
    char name2[BW_NAME_BYTES + 8];
    char place[BW_TITLE_BYTES];
    char desk[BW_TITLE_BYTES];
    char kind[BW_NAME_BYTES];
    char id[BW_NAME_BYTES];
    char x[BW_NAME_BYTES];
    char phone[BW_LABEL_BYTES];
    char audience[BW_NAME_BYTES];
    int64_t date_ms, time_ms;
    long n, m, cap, e, f, p, w, a, b, t_s; /* t_s: a duration, shown m:ss */
};

struct bw_button {
    enum bw_action action;
    int index;
    enum bw_button_kind kind;
    char key[BW_KEY_BYTES];  /* text */
    char icon[BW_KEY_BYTES]; /* icon's file name without .svg; empty: none */
};

enum bw_sign { BW_SIGN_NONE, BW_SIGN_TABLE, BW_SIGN_PLACE, BW_SIGN_FREE, BW_SIGN_FULL };

struct bw_result_view {
    enum bw_verdict verdict;
    enum bw_tone tone;
    enum bw_scene scene;
    char badge[BW_KEY_BYTES]; /* icon */
    char kicker[BW_KEY_BYTES];
    char headline[BW_KEY_BYTES];
    bool big_name; /* 02, 03: the headline, then the name in t8 */
    char help[BW_KEY_BYTES];
    char help_quiet[BW_KEY_BYTES]; /* a second, smaller line; may be empty */
    char go_to[BW_TITLE_BYTES];    /* 02: where to go, in t4 */
    char school[BW_TITLE_BYTES];
    char table[BW_NAME_BYTES];
    enum bw_sign sign;
    char venue[BW_TITLE_BYTES];
    struct bw_values values;
    struct bw_values sign_values; /* PLACE: date_ms, time_ms, place; FREE: n places */
    int64_t shown_ms;             /* since when (monotonic), for the movement in */
    int total_s, left_s;          /* countdown */
    float left_part;              /* 1 .. 0, for the bar */
};

struct bw_search_view {
    char text[BW_QUERY_BYTES];
    bool digits;             /* the 123 keys are up */
    char hint[BW_KEY_BYTES]; /* zo.p, zo.short, zo.none, zo.ask … */
    struct bw_values values;
    bool confirm; /* 07b: values.name */
    bool leaving; /* countdown with "Ik ben er nog" */
    int left_s;
};

struct bw_pin_view {
    int digits, digits_max;  /* typed, and how many dots */
    char hint[BW_KEY_BYTES]; /* pin.p, pin.bad, pin.wait, pin.for, pin.for2 */
    bool help;               /* after a miss: pin.help with the phone */
    bool locked;             /* keys are dimmed */
    struct bw_values values;
};

/* One row of a staff list, with what its own button does. */
struct bw_row_view {
    struct bw_list_entry row;
    struct bw_button button;
    bool changed;   /* tinted: just changed */
    bool ambiguous; /* same name as another: school, region, last four */
};

/* Passing a rule for the row that is open. */
enum bw_override {
    BW_OVERRIDE_NONE, /* no rule of theirs may be passed */
    BW_OVERRIDE_FULL, /* no extra place is left: the button says so */
    BW_OVERRIDE_OFFERED,
};

struct bw_staff_view {
    enum bw_list_filter filter; /* whose rows stand there */
    bool found;                 /* or they are what was found for a text */
    bool searching;
    char text[BW_QUERY_BYTES];
    int rows_count, first, total; /* `first` counts from 1 */
    struct bw_row_view rows[BW_VIEW_ROWS];
    char empty[BW_KEY_BYTES]; /* text where there are no rows; empty: none yet */
    bool full;                /* 10c */
    bool may_release;
    bool labels;                 /* ACTION_LABEL prints one again */
    bool lists;                  /* EVACUATION: ACTION_PRINT prints who is inside */
    int counts[BW_LIST_FILTERS]; /* people behind each tab */
    bool has_letters, letters;   /* ACTION_LETTER goes there; they stand in the list */
    bool has_times, by_time;     /* it can be sorted by time; and is */
    enum bw_override override;
    int more_row;      /* -1, or the row whose further actions are open */
    int history_count; /* of that row's person, oldest first */
    struct bw_history_item history[BW_HISTORY_MAX];
    char toast[BW_KEY_BYTES]; /* st.undone …; empty: none */
    int64_t toast_ms;         /* since when (monotonic): which toast it is */
    struct bw_values values;
    char attention[BW_NAME_BYTES]; /* the organiser's word about the toast's person */
};

enum bw_form_kind { BW_FORM_WALK_IN, BW_FORM_SUBSTITUTE, BW_FORM_REASON };
enum bw_form_step { BW_STEP_AUDIENCE, BW_STEP_REFERRAL, BW_STEP_REGION, BW_STEP_FIELDS };
enum bw_form_field { BW_FIELD_NAME, BW_FIELD_SCHOOL, BW_FIELD_REGION, BW_FIELD_REASON };

struct bw_form_view {
    enum bw_form_kind kind;
    enum bw_form_step step;
    enum bw_form_field field; /* which one the keyboard writes to */
    char name[BW_QUERY_BYTES];
    char school[BW_QUERY_BYTES];
    char reason[BW_QUERY_BYTES];
    char region[BW_QUERY_BYTES];
    bool missing; /* the field must be filled */
    bool shift;
    int suggestions_count; /* schools of the roster:
                            * ACTION_ROW with its index takes one */
    char suggestions[4][BW_TITLE_BYTES];
    char referral[BW_KEY_BYTES]; /* step REFERRAL: wi.no, or wi.no0 without a date */
    struct bw_values values;
};

enum bw_tile_state { BW_TILE_OK, BW_TILE_LOOK, BW_TILE_BUSY, BW_TILE_WAITING };
struct bw_tile {
    char title[BW_KEY_BYTES], icon[BW_KEY_BYTES];
    char line1[BW_KEY_BYTES], line2[BW_KEY_BYTES];
    enum bw_tile_state state;
    struct bw_values values;
};
enum { BW_TILES = 6 };

/* One of the kiosk's own sessions: ACTION_SWITCH with its index takes it. */
struct bw_session_choice {
    char title[BW_TITLE_BYTES];
    int64_t starts_ms;
    bool active;
};

struct bw_kiosk_view {
    struct bw_tile tiles[BW_TILES];
    char busy[BW_KEY_BYTES];    /* what runs now; empty: nothing */
    char outcome[BW_KEY_BYTES]; /* how the last one ended */
    bool closing;               /* Dag afsluiten: values.n still to send, values.m came */
    bool camera_test;
    bool choosing; /* the sessions stand in a list, to switch */
    int sessions_count;
    struct bw_session_choice sessions[BW_SESSIONS_OWN_MAX];
    struct bw_values values;
};

struct bw_agenda_view {
    int count;
    struct bw_agenda_item items[3];
};

enum bw_light { BW_LIGHT_WAITING, BW_LIGHT_GREEN, BW_LIGHT_LOOK };
struct bw_check_view {
    enum bw_light camera, scanner, sound, touch, clock, roster, disk, sync, power;
    bool has_camera, has_scanner; /* else that light isn't among them */
    int corners;                  /* bits: the touch corners that were reached */
    char camera_name[BW_NAME_BYTES];
    char camera_line[BW_KEY_BYTES]; /* what came of choosing; empty: nothing to say */
    bool camera_choice;             /* ACTION_CAMERA takes another */
};

/* A line over the screen for a moment: what came of a scan. Empty key: none. */
struct bw_notice_view {
    char key[BW_KEY_BYTES];
    bool good;
    struct bw_values values;
    char attention[BW_NAME_BYTES]; /* the organiser's word about that person; for staff */
};

struct bw_dialog_view {
    bool open;
    char question[BW_KEY_BYTES], text[BW_KEY_BYTES]; /* text may be empty */
    struct bw_button no, yes;
    struct bw_values values;
};

enum bw_guide {
    BW_GUIDE_READY,
    BW_GUIDE_READING,
    BW_GUIDE_CLOSER,
    BW_GUIDE_OTHER,
    BW_GUIDE_CERTIFICATE, /* a certificate: it proves a day that was, and opens no door */
    BW_GUIDE_NOT_YET,
    /* a code that can't be read, and what would help: */
    BW_GUIDE_AWAY,
    BW_GUIDE_LIGHT,
    BW_GUIDE_WHOLE,
    BW_GUIDE_OVER, /* the session has ended: nobody is invited */
};

struct bw_view {
    enum bw_screen screen;
    enum bw_language language;
    bool larger; /* Groter */
    bool aloud;  /* Lees voor; then `volume` can be set */
    int volume;  /* 0: silent, to BW_VOLUME_LEVELS */
    bool less_motion;
    bool no_counter;
    bool rehearsal; /* re.bar on every screen */
    int64_t now_ms; /* wall, for the clock */
    int64_t mono_ms;
    struct bw_overview overview; /* session, places, kiosk */
    bool camera_present, camera_wanted;
    bool camera_awaited; /* neither there nor missing yet: the kiosk just began */
    enum bw_guide guide; /* idle: the pill */
    bool guide_breathes;
    bool hand_scanner; /* one was seen: 12c names it */
    int staff_left_s;  /* staff screens: until they lock; 0: they don't */
    int buttons_count; /* the bottom bar's, in order, where a screen has one */
    struct bw_button buttons[BW_VIEW_BUTTONS];
    struct bw_dialog_view dialog;
    struct bw_notice_view notice;
    char fault[BW_KEY_BYTES]; /* FAULT: "df.h" full, "ft.newer" … : headline key */
    char fault_help[BW_KEY_BYTES];
    char fault_text[BW_ERROR_TEXT_BYTES]; /* for staff */
    struct bw_values values;              /* of screens without their own */
    union {
        struct bw_result_view result;
        struct bw_search_view search;
        struct bw_pin_view pin;
        struct bw_staff_view staff;
        struct bw_form_view form;
        struct bw_kiosk_view kiosk;
        struct bw_agenda_view agenda;
        struct bw_check_view check;
    };
};

#endif
