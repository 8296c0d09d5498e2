/* What is asked of the desk, and what it answers: plain values that travel between
 * threads.
 *
 * The screen (flow), the pipe (`door`) and tests all speak these; so one core serves
 * them. A command is self-contained; an answer owns its rows. */
#ifndef BRUGWACHTER_COMMAND_H
#define BRUGWACHTER_COMMAND_H

#include <brugwachter/admission.h>
#include <brugwachter/error.h>
#include <brugwachter/event.h>
#include <brugwachter/session.h>

enum bw_command_kind {
    /* the door's own (design: programs); the same on the touchscreen */
    BW_COMMAND_SCAN,       /* text */
    BW_COMMAND_CODE,       /* code; basis CODE or NAME */
    BW_COMMAND_SEARCH,     /* text: staff search, from the first letter */
    BW_COMMAND_WAITLIST,   /* code or event; reason where picked out of order */
    BW_COMMAND_GUEST,      /* text: a ticket of another session; reason as in WAITLIST */
    BW_COMMAND_WALK_IN,    /* first_name, name, school, region, audience; a reason passes
                              the capacity, as in OVERRIDE */
    BW_COMMAND_QUEUE,      /* as WALK_IN: put in the row; or text: a guest's ticket */
    BW_COMMAND_SUBSTITUTE, /* code; first_name, name; audience */
    BW_COMMAND_UNDO,  /* code or event; an attendee only the event of their own check-in
                         by CODE, within a minute */
    BW_COMMAND_LEAVE, /* code or event; also of somebody who waits, and goes home */
    BW_COMMAND_OVERRIDE, /* code, event or text; reason */
    BW_COMMAND_RELEASE,
    BW_COMMAND_COUNTS,
    BW_COMMAND_OFFERS,
    BW_COMMAND_CLOCK, /* wall_ms: injects a clock */
    /* the touchscreen's */
    BW_COMMAND_FIND, /* text: attendee's search; answers a person only when one fits */
    BW_COMMAND_LIST, /* filter, offset, limit: the staff list */
    BW_COMMAND_OVERVIEW, /* all that the screens show at rest; also the desk's tick */
    BW_COMMAND_PIN,      /* text: digits */
    BW_COMMAND_CONFIRM_CLOCK,
    BW_COMMAND_CLOSE_DAY,
    BW_COMMAND_AGENDA,
    BW_COMMAND_SESSIONS,    /* own sessions, to switch */
    BW_COMMAND_SWITCH,      /* session_code */
    BW_COMMAND_KEEP_CAMERA, /* camera: the one that staff chose, over a restart too */
    BW_COMMAND_HISTORY,     /* code or event: what the log says of one person */
    BW_COMMAND_TIDY,        /* removes what was sent, and lists, of days that are over */
};

enum bw_list_filter { BW_LIST_EXPECTED, BW_LIST_PRESENT, BW_LIST_WAITLIST };

struct bw_command {
    enum bw_command_kind kind;
    uint32_t ticket_no; /* the asker's own number, given back in the answer */
    enum bw_operator operator;
    enum bw_basis basis;
    bw_code code;             /* BW_CODE_NONE where not given */
    struct bw_event_id event; /* device 0 where not given */
    bool audience;
    int64_t wall_ms;
    int64_t camera; /* BW_NUMBER_CAMERA */
    enum bw_list_filter filter;
    int offset, limit;
    char text[BW_SCAN_BYTES]; /* scanned, typed, or PIN */
    char first_name[BW_NAME_BYTES];
    char name[BW_NAME_BYTES];
    char school[BW_TITLE_BYTES];
    char region[BW_NAME_BYTES];
    char reason[BW_TITLE_BYTES];
    char session_code[BW_LABEL_BYTES];
};

enum bw_answer_kind {
    BW_ANSWER_VERDICT, /* verdict, person, … */
    BW_ANSWER_UNDONE,  /* event, refers_to, person */
    BW_ANSWER_LEFT,
    BW_ANSWER_RELEASED, /* event, ledger */
    BW_ANSWER_WAITING,  /* event, before */
    BW_ANSWER_COUNTS,   /* ledger */
    BW_ANSWER_ROWS,     /* rows: search, offers, list */
    BW_ANSWER_FOUND,    /* FIND: `fits` 0, 1 or 2 (more); person's code, name_shown */
    BW_ANSWER_OVERVIEW,
    BW_ANSWER_PIN, /* pin_ok, pin_left, pin_wait_s */
    BW_ANSWER_AGENDA,
    BW_ANSWER_SESSIONS,
    BW_ANSWER_HISTORY, /* history: oldest first, the last BW_HISTORY_MAX of all there is
                        */
    BW_ANSWER_DONE,    /* clock, close, confirm, switch, tidy */
    BW_ANSWER_ERROR,   /* error */
};

enum bw_row_kind { BW_ROW_REGISTRATION, BW_ROW_GUEST, BW_ROW_WALK_IN };

/* A person in a list for staff. */
struct bw_row {
    enum bw_row_kind kind;
    bw_code code;             /* or BW_CODE_NONE */
    struct bw_event_id event; /* of a guest or walk-in: the event to name them by */
    enum bw_registration_status status;
    bool present, left, waiting, seen, substitute;
    enum bw_basis basis; /* of the arrival in force */
    int64_t since_ms;    /* in, or left, since; 0: not known, or a suspect clock */
    int64_t waiting_ms;  /* at the door since; 0 where not seen */
    int position;        /* of those who wait; else 0 */
    char first_name[BW_NAME_BYTES];
    char name[BW_NAME_BYTES];
    char school[BW_TITLE_BYTES];
    char region[BW_NAME_BYTES];
    char table[BW_NAME_BYTES];
};

/* One thing that happened to a person, as the log has it. */
enum { BW_HISTORY_MAX = 8 };
struct bw_history_item {
    int64_t wall_ms;
    enum bw_event_kind kind;
    enum bw_basis basis;
    enum bw_verdict verdict; /* of REFUSED */
    enum bw_operator operator;
    bool clock_suspect, override;
    uint32_t device;
    char device_name[BW_NAME_BYTES]; /* empty where not known */
};

struct bw_overview_peer {
    uint32_t device;
    char name[BW_NAME_BYTES];
    int64_t heard_ms; /* its events reached this kiosk then; 0: never */
};

/* All that screens show when nobody asks anything. */
struct bw_overview {
    bool has_roster;
    struct bw_session session; /* the active one, where has_roster */
    struct bw_ledger ledger;
    uint32_t device;
    char device_name[BW_NAME_BYTES];
    char organiser[BW_TITLE_BYTES];
    char contact_phone[BW_LABEL_BYTES];
    bool has_pin;
    int own_sessions;
    int64_t roster_ms;         /* when the roster was made; 0: never */
    int64_t contact_ms;        /* last contact with the central side; 0: never */
    uint64_t unsent;           /* own events that the central side hasn't acknowledged */
    uint64_t unsent_check_ins; /* arrivals among them */
    uint64_t events;           /* own events */
    int64_t day_ms;            /* when the session's day begins, at the venue */
    int64_t doors_ms, release_ms;
    bool clock_suspect;
    bool restored;       /* this store is a copy: nothing may be appended */
    int64_t free_bytes;  /* on the store's disk; -1 not known */
    int present_waiting; /* who wait and came to the door */
    int attended;        /* everybody who came, also who left again */
    int next_position;   /* the lowest rank that may go in now; 0: nobody */
    int peers_count;
    struct bw_overview_peer peers[8];
    int regions_count; /* regions of the series, for the walk-in's buttons */
    char regions[12][BW_NAME_BYTES];
};

struct bw_answer {
    enum bw_answer_kind kind;
    enum bw_command_kind command; /* what was asked */
    uint32_t ticket_no;
    enum bw_operator operator;
    enum bw_basis basis;

    enum bw_verdict verdict;
    bool unlisted, returned, guest, substitute;
    bool out_of_order; /* with ERROR: a reason is asked, then the same again will do */
    bw_code code;
    struct bw_event_id event;       /* appended by this command; device 0: none */
    char first_name[BW_NAME_BYTES]; /* personal fields are empty where the asker may not
                                       know */
    char name[BW_NAME_BYTES];
    char school[BW_TITLE_BYTES];
    char table[BW_NAME_BYTES];
    int64_t since_ms; /* already_in; 0: not known */
    uint32_t since_device;
    char since_device_name[BW_NAME_BYTES];
    bool has_home; /* other_session: the ticket's session is known here */
    struct bw_session home;
    bool has_ticket_status; /* other_session: its sealed row could be opened */
    enum bw_registration_status ticket_status;
    int position, free, before;
    uint32_t lead;    /* full: the kiosk that gives places */
    int64_t opens_ms; /* too_early: when check-in opens */
    int refs_count;
    struct bw_event_id refs[BW_REFS_MAX];
    char name_shown[BW_NAME_BYTES + 8]; /* FOUND: "Fatima I." */
    int fits;

    struct bw_ledger
        ledger; /* after this command, with every answer that has a session */
    bool pin_ok;
    int pin_left;   /* tries before the next wait */
    int pin_wait_s; /* seconds to wait now */
    struct bw_overview overview;

    int rows_count, rows_total;
    bool more;
    struct bw_row *rows; /* owned; NULL where none */
    int agenda_count;
    struct bw_agenda_item *agenda; /* owned */
    int sessions_count;
    struct bw_session *sessions;      /* owned */
    int history_count, history_total; /* shown, and how many there are in all */
    struct bw_history_item history[BW_HISTORY_MAX];

    bool
        not_saved; /* the commit failed: nothing is on disk, nothing may be shown green */
    struct bw_error error;
};

void bw_command_init(struct bw_command *command, enum bw_command_kind kind);
void bw_answer_init(struct bw_answer *answer);
void bw_answer_finish(struct bw_answer *answer);

#endif
