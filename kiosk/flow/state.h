/* The flow's own state, shared by the files of this folder alone. UI thread only. */
#ifndef BW_FLOW_STATE_H
#define BW_FLOW_STATE_H

#include "flow.h"
#include "limits.h"
#include "purpose.h"

/* A command whose answer is awaited. */
struct pending {
    uint32_t request_no;
    enum purpose purpose;
    char text[BW_SCAN_BYTES]; /* SCAN: what was read */
};

/* A text that is in view, or was just now: by its hash, so that none is kept. */
struct seen_text {
    uint64_t hash;
    int64_t first_ms, last_ms; /* last_ms 0: nothing here */
};

struct result {
    struct bw_answer answer; /* a verdict; its session stands here: */
    bool has_home;
    struct bw_session home;
    int64_t answered_ms;      /* wall time */
    char text[BW_SCAN_BYTES]; /* what was scanned, to admit a guest by */
};

struct text_field {
    char text[BW_QUERY_BYTES];
};

/* What a right PIN is for. */
struct pin_purpose {
    enum bw_screen from; /* back to here */
    enum bw_screen to;   /* STAFF or KIOSK, where it doesn't admit */
    bool about;          /* STAFF: look up `code`, and tell `toast` */
    bw_code code;
    char toast[BW_KEY_BYTES];
    struct bw_values toast_values;
    bool admits; /* carry out `command`, then show its result */
    struct bw_command command;
    int before; /* present people who wait before this one */
    char name[BW_NAME_BYTES + 8];
};

struct pending_list {
    enum bw_list_filter filter;
    bool searching;
    struct text_field query;
    int offset;
};

struct form {
    enum bw_form_kind kind;
    enum bw_form_step step;
    enum bw_form_field field;
    struct text_field name, school, region, reason;
    bool missing, shift, active;
    bool gives;                /* walk-in: a place all the same, and why */
    uint32_t sent;             /* the command that it became; 0: none is under way */
    struct bw_command command; /* substitute, reason: what it completes */
    struct bw_values values;
};

struct dialog {
    bool open;
    enum { DIALOG_SKIP, DIALOG_CLOSE, DIALOG_GIVE, DIALOG_RELEASE } kind;
    char question[BW_KEY_BYTES], text[BW_KEY_BYTES];
    struct bw_command command;
    struct bw_values values;
};

struct bw_flow {
    struct bw_flow_options options;
    enum bw_screen screen;
    enum bw_language language;
    bool larger, rehearsal;
    bool aloud;         /* a visitor wants the screens read */
    bool reading;       /* something was given to be read, and not hushed since */
    int quieter;        /* steps below the loudest: the visitor's, else staff's */
    int64_t entered_ms; /* this screen, monotonic */
    int64_t touched_ms; /* last touch or key; at rest also a scan, or motion */
    int64_t aids_ms;    /* a visitor last set one of the aids */
    bool store_known;   /* it was said whether there is one */
    bool store_open;
    struct bw_error store_error;
    bool storage_low;
    struct bw_overview overview;
    bool has_overview;
    int64_t overview_ms; /* asked */
    bool overview_asked;

    uint32_t command_no;
    struct pending pending[PENDING_MAX]; /* by command number */
    const struct pending *answering;     /* during ANSWER */

    /* camera */
    bool unplugged;
    int battery_percent; /* -1: there's none, or not known */

    bool camera_present, camera_on, camera_enrolment, camera_told, hand_scanner;
    int64_t camera; /* which one it is; 0: not known */
    char camera_name[BW_NAME_BYTES];
    enum bw_guide guide;
    int64_t guide_ms, guide_since_ms;
    int unread;       /* codes in a row that were seen and not read */
    bool unread_told; /* the one in view is among them */
    struct seen_text seen[SCANS_SEEN];
    struct seen_text other; /* the last text that is no ticket */
    int64_t read_ms;        /* wall time of the last scan; 0: none yet */
    int64_t reading_sound_ms;

    /* results */
    struct result result;
    struct result queue[RESULT_QUEUE];
    int queue_count;
    int64_t result_until_ms;
    int result_extended;
    int misses; /* tickets not found within a minute */
    int64_t miss_ms;

    struct {
        struct text_field query;
        bool digits;
        int fits;       /* -1: not answered yet */
        bool told_none; /* that nobody fits was read, where that is wanted */
        uint32_t asked; /* the question under way; 0: none */
        bool stale;     /* the text changed since: ask again */
        bw_code code;
        bool by_code;
        char name_shown[BW_NAME_BYTES + 8];
        bool confirm, waiting;
        int64_t typed_ms;
    } search;

    /* searches by one who stands here that came to nothing (privacy: no fishing) */
    int tries;
    int64_t tries_ms, tried_out_ms; /* tried_out_ms 0: they may go on */

    struct {
        struct pin_purpose purpose;
        char digits[8];
        int count;
        bool checking, missed;
        uint32_t asked;
        int left; /* tries before the next wait; 0: not known */
        int64_t typed_ms, locked_until_ms;
    } pin;

    struct {
        bool unlocked;
        struct pending_list list;
        struct bw_list_entry rows[BW_SEARCH_ROWS];
        int rows_count, rows_total;
        bool more;
        int more_row;
        uint32_t history_asked; /* of the row that is open */
        int history_count;
        struct bw_history_item history[BW_HISTORY_MAX];
        uint32_t asked; /* the list under way; 0: none */
        bool stale;     /* another is wanted since: ask again */
        bool keyboard;  /* the on-screen keyboard is up */
        char toast[BW_KEY_BYTES];
        struct bw_values toast_values;
        int64_t toast_ms;
        bool offers; /* the toast has a button: `offer`, said as `offer_key` */
        struct bw_command offer;
        char offer_key[BW_KEY_BYTES];
        uint32_t sent;              /* a row's command that is under way; 0: none */
        struct bw_list_entry acted; /* the row that it's about */
        bool has_acted;
        bool has_changed;
        bw_code changed_code;
        struct bw_event_id changed_event;
    } staff;

    struct form form;
    struct dialog dialog;

    struct {
        enum bw_helper running;
        char outcome[BW_KEY_BYTES];
        bool closing, camera_test, names, choosing;
        int sessions_count;
        struct bw_session sessions[BW_SESSIONS_OWN_MAX];
        int64_t tried_ms;
        int64_t fetch_ms;
        bool awaits_stick;
        int64_t stick_ms; /* last looked for */
        bool imported;    /* the last list came from a stick */
        bool wrong_list;  /* … and was of a day that is past: it doesn't open 12b */
        int sounds_tested, corners;
        int64_t sound_ms; /* the test's first one was asked; 0: the second was too */
        int quieter;      /* steps below the loudest: staff's; till the kiosk ends */
        bool scanned_test;
        bool camera_asked; /* staff want another one, and it hasn't come yet */
        char camera_line[BW_KEY_BYTES];
    } kiosk;

    int agenda_count;
    struct bw_agenda_item agenda[3];
    bool has_referral; /* the next question hour for others than this audience */
    struct bw_agenda_item referral;
    int schools_count;
    char schools[SCHOOLS_MAX][BW_TITLE_BYTES];
    int64_t reopen_ms;
};

/* ---- effects (effects.c) ---- */
struct bw_effect *effect_add(struct bw_effects *effects, enum bw_effect_kind kind);
void effect_sound(struct bw_effects *effects, enum bw_sound sound);
void effect_command(struct bw_flow *flow, struct bw_effects *effects,
    enum purpose purpose, const struct bw_command *command);
void effect_ask(struct bw_flow *flow, struct bw_effects *effects, enum purpose purpose,
    enum bw_command_kind kind);
void effect_helper(
    struct bw_flow *flow, struct bw_effects *effects, enum bw_helper helper);

/* ---- text fields (field.c) ---- */
void field_clear(struct text_field *field);
bool field_type(struct text_field *field, const char *text);
bool field_type_code_point(struct text_field *field, int code_point);
void field_delete(struct text_field *field);
bool field_is_empty(const struct text_field *field);

/* One screen's part of the machine. Any may be NULL. */
struct screen_ops {
    void (*on_enter)(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
    void (*on_action)(struct bw_flow *flow, enum bw_action action, int index,
        struct bw_now now, struct bw_effects *effects);
    void (*on_text)(struct bw_flow *flow, const char *text, struct bw_now now,
        struct bw_effects *effects);
    void (*on_answer)(struct bw_flow *flow, enum purpose purpose,
        const struct bw_answer *answer, struct bw_now now, struct bw_effects *effects);
    void (*on_tick)(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
    void (*view)(const struct bw_flow *flow, struct bw_now now, struct bw_view *view);
    int64_t (*next_ms)(const struct bw_flow *flow, struct bw_now now);
    enum bw_operator scans_as; /* 0: scans aren't read here */
    bool staff;                /* only a PIN opens it; it locks by itself */
    bool resting;              /* where a kiosk stands that nobody uses */
};
extern const struct screen_ops idle_screen, result_screen, search_screen, pin_screen,
    staff_screen, form_screen, kiosk_screen, first_start_screen, no_roster_screen,
    fault_screen, agenda_screen, evacuation_screen, check_screen;

/* ---- moving between screens (flow.c) ---- */
const struct screen_ops *flow_ops(const struct bw_flow *flow);
void flow_enter(struct bw_flow *flow, enum bw_screen screen, struct bw_now now,
    struct bw_effects *effects);
/* Idle, or what stands in for it (no roster, fault, first start). */
enum bw_screen flow_resting(const struct bw_flow *flow);
void flow_rest(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
void flow_lock(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
void flow_fault(struct bw_flow *flow, const struct bw_error *error, struct bw_now now,
    struct bw_effects *effects);
int flow_staff_left_s(const struct bw_flow *flow, struct bw_now now);
void flow_set_camera(struct bw_flow *flow, struct bw_effects *effects);
/* Asks the desk how things stand, unless it was asked and didn't answer yet. */
void flow_ask_overview(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* ---- aids.c: language, size of type, reading aloud and its volume ---- */
/* True where the action was one of theirs alone. */
bool aids_act(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects);
void aids_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
/* The visitor goes, or another has come. */
void aids_reset(struct bw_flow *flow, struct bw_effects *effects);
/* Reads this screen, where that is wanted; stops reading. */
void aids_read(struct bw_flow *flow, struct bw_effects *effects);
void aids_hush(struct bw_flow *flow, struct bw_effects *effects);
/* Staff's own setting again; and its next step. */
void aids_usual_volume(struct bw_flow *flow, struct bw_effects *effects);
void aids_staff_volume(struct bw_flow *flow, struct bw_effects *effects);
/* 0: silent, to BW_VOLUME_LEVELS. */
int aids_level(int quieter);

/* ---- scans.c, answers.c: stimuli that belong to no one screen ---- */
void flow_on_scan(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);
void flow_on_sighting(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);
void flow_on_camera(
    struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_effects *effects);
void flow_on_store(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);
void flow_on_answer(struct bw_flow *flow, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects);
void flow_on_helper(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);

/* ---- results (result.c, result_table.c) ---- */
void result_show(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects);
/* "A member of staff is happy to help", about `about` where that's known (else
 * BW_CODE_NONE). */
void result_show_help(
    struct bw_flow *flow, bw_code about, struct bw_now now, struct bw_effects *effects);
/* The same result again, for its whole time. */
void result_show_again(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
void result_describe(
    const struct bw_flow *flow, const struct result *result, struct bw_result_view *view);
/* Dark: done, walk on. Light: one more step. */
bool result_is_dark(const struct result *result);
enum bw_sound result_sound(const struct result *result);
int result_seconds(const struct result *result);
/* A line for staff about an answer: its text's key, and the values that it names. */
const char *result_toast(const struct bw_answer *answer);
/* `home` is the ticket's own session, NULL where it isn't known. */
void result_toast_values(const struct bw_flow *flow, const struct bw_answer *answer,
    const struct bw_session *home, struct bw_values *ret_values);

/* ---- the PIN's way in ---- */
void pin_ask(struct bw_flow *flow, const struct pin_purpose *purpose, struct bw_now now,
    struct bw_effects *effects);
/* The plain way, from a public screen's "Medewerker". */
void pin_ask_staff(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* ---- the list: staff.c, staff_row.c, staff_answer.c, staff_view.c ---- */
int staff_page_rows(const struct bw_flow *flow);
bool staff_is_search(const struct bw_flow *flow);
struct bw_list_entry *staff_row_at(struct bw_flow *flow, int index);
bool row_waits(const struct bw_list_entry *row);
/* Somebody on this page who came, waits, and stands before `row`; or NULL. */
const struct bw_list_entry *staff_first_before(
    const struct bw_flow *flow, const struct bw_list_entry *row);
/* Somebody who stands before `row` is here, on this page or not. */
bool staff_skips(const struct bw_flow *flow, const struct bw_list_entry *row);
/* What a reason would do for the row's person. */
enum bw_override staff_override(
    const struct bw_flow *flow, const struct bw_list_entry *row);
/* Does what the row's own button says. */
void staff_act(struct bw_flow *flow, const struct bw_list_entry *row, struct bw_now now,
    struct bw_effects *effects);
/* Leaving, a substitute, or a rule passed with a reason: for the row that is open. */
void staff_act_more(struct bw_flow *flow, enum bw_action action, struct bw_now now,
    struct bw_effects *effects);
/* Opens or closes a row's further actions, and asks what happened to the person. */
void staff_open_more(struct bw_flow *flow, int index, struct bw_effects *effects);
void staff_take_history(struct bw_flow *flow, const struct bw_answer *answer);
/* The command that checks the row's person in again. */
void staff_redo_command(struct bw_command *command, const struct bw_list_entry *row);
/* Gives the desk a command about a row; not while one is under way. */
void staff_send(struct bw_flow *flow, const struct bw_command *command,
    const struct bw_list_entry *row, struct bw_effects *effects);
void staff_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view);
int64_t staff_next(const struct bw_flow *flow, struct bw_now now);
void staff_refresh(struct bw_flow *flow, struct bw_effects *effects);
void staff_toast(struct bw_flow *flow, const char *key, const struct bw_values *values,
    struct bw_now now);
void staff_answer(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects);
/* The rows that were asked for. */
void staff_take_rows(
    struct bw_flow *flow, const struct bw_answer *answer, struct bw_effects *effects);

/* ---- the form: form.c, form_field.c, form_view.c ---- */
void form_start(struct bw_flow *flow, enum bw_form_kind kind,
    const struct bw_command *command, const struct bw_values *values, struct bw_now now,
    struct bw_effects *effects);
void form_wipe(struct bw_flow *flow);
bool form_needs_reason(const struct bw_flow *flow);
struct text_field *form_field(struct form *form);
void form_type(struct form *form, const char *text);
/* A key of the screen's keyboard, or a field that is tapped. */
void form_key(
    struct bw_flow *flow, enum bw_action action, int index, struct bw_effects *effects);
void form_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view);
/* The answer to what a form asked; whatever screen stands now. */
void form_answer(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects);
/* Schools of a list's rows, to suggest. */
void form_take_schools(struct bw_flow *flow, const struct bw_answer *answer);
/* Fills in at most SUGGESTIONS_MAX; returns how many. */
int form_suggest(
    const struct bw_flow *flow, char ret_schools[SUGGESTIONS_MAX][BW_TITLE_BYTES]);

/* ---- the rest ---- */
void search_wipe(struct bw_flow *flow);
void agenda_take(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now);
bool kiosk_is_disk_low(const struct bw_flow *flow);
void kiosk_view_tiles(
    const struct bw_flow *flow, struct bw_now now, struct bw_kiosk_view *kiosk);
void kiosk_rehearse(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* ---- values ---- */
void values_init(const struct bw_flow *flow, struct bw_values *values);
void set_key(char key[BW_KEY_BYTES], const char *text);
void set_text(char *ret_text, size_t room, const char *text);
void set_full_name(char *ret_text, size_t room, const char *first, const char *last);
void set_button(struct bw_button *button, enum bw_action action, int index,
    enum bw_button_kind kind, const char *key, const char *icon);
/* The bottom bar's next one. */
void add_button(struct bw_view *view, enum bw_action action, enum bw_button_kind kind,
    const char *key, const char *icon);

#endif
