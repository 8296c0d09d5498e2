/* What is asked of the desk, and what it answers: plain values that travel between
 * threads.
 *
 * The screen (flow), the pipe (`door`) and tests all speak these; so one core serves
 * them. They stand here, and not with the desk, because flow may use this folder alone.
 *
 * Both are tagged unions: `kind` says which member holds, and no other may be read. A
 * command is self-contained. An answer owns what its pointers name, until
 * bw_answer_finish. What ends in _ms is UTC, ms since 1970, unless said otherwise.
 * Neither has a lock: one thread at a time. */
#ifndef BRUGWACHTER_COMMAND_H
#define BRUGWACHTER_COMMAND_H

#include <brugwachter/check_words.h>
#include <brugwachter/error.h>
#include <brugwachter/event.h>
#include <brugwachter/ledger.h>
#include <brugwachter/road_state.h>
#include <brugwachter/session.h>
#include <brugwachter/staff_card.h>

enum bw_command_kind {
    /* the door's own (design: programs); the same on the touchscreen */
    BW_COMMAND_SCAN,
    BW_COMMAND_CODE,
    BW_COMMAND_SEARCH,   /* staff search, from the first letter */
    BW_COMMAND_WAITLIST, /* admits who waits; a reason where picked out of order */
    BW_COMMAND_GUEST,    /* a ticket of another session; reason as in WAITLIST */
    BW_COMMAND_WALK_IN,  /* a reason passes the capacity, as in OVERRIDE */
    BW_COMMAND_QUEUE,    /* a newcomer, or a guest by `text`, waits for a place */
    BW_COMMAND_SUBSTITUTE,
    BW_COMMAND_UNDO,  /* an attendee only the event of their own check-in by CODE, within
                         a minute */
    BW_COMMAND_LEAVE, /* also of somebody who waits, and goes home */
    BW_COMMAND_OVERRIDE,
    BW_COMMAND_RELEASE,
    BW_COMMAND_COUNTS,
    BW_COMMAND_OFFERS,
    BW_COMMAND_CLOCK, /* injects a clock */
    /* the touchscreen's */
    BW_COMMAND_FIND,     /* attendee's search; answers a person only when one fits */
    BW_COMMAND_LIST,     /* the staff list */
    BW_COMMAND_OVERVIEW, /* all that the screens show at rest; also the desk's tick */
    BW_COMMAND_PIN,
    BW_COMMAND_PIN_BEFORE, /* after a PIN that names_before was said of: the one before it
                              opens names, the same again gives them up */
    BW_COMMAND_CARD,       /* the staff card, held up (staff_card.h): it opens names */
    BW_COMMAND_CONFIRM_CLOCK,
    BW_COMMAND_CLOSE_DAY,
    BW_COMMAND_AGENDA,
    BW_COMMAND_SESSIONS, /* own sessions, to switch */
    BW_COMMAND_SWITCH,
    BW_COMMAND_KEEP_CAMERA, /* the one that staff chose, over a restart too */
    BW_COMMAND_HISTORY,     /* what the log says of one person */
    BW_COMMAND_TIDY,        /* removes what was sent, and lists, of days that are over */
    BW_COMMAND_LOCK_NAMES,  /* till the PIN is given again (store_names.h) */
    BW_COMMAND_ABSENT, /* staff say that another kiosk isn't there: it isn't waited for */
};

/* GUESTS are those of PRESENT who have no place of their own here: guests, walk-ins. */
enum bw_list_filter {
    BW_LIST_EXPECTED,
    BW_LIST_PRESENT,
    BW_LIST_WAITLIST,
    BW_LIST_GUESTS,
    BW_LIST_FILTERS
};

/* Somebody who is known here, by their code or by an event of theirs. */
struct bw_command_known {
    bw_code code;             /* BW_CODE_NONE where not given */
    struct bw_event_id event; /* device 0 where not given */
    enum bw_basis basis;      /* CODE, NAME or PAPER: how they were looked up */
    char reason[BW_TITLE_BYTES];
};

/* A text that was scanned, typed, or sent by a reader. */
struct bw_command_text {
    char text[BW_SCAN_BYTES];
    char reason[BW_TITLE_BYTES]; /* GUEST */
};

/* Somebody without a registration, or in another's stead. */
struct bw_command_newcomer {
    struct bw_person person;
    bool audience;               /* says to be a brugfunctionaris */
    char reason[BW_TITLE_BYTES]; /* WALK_IN; SUBSTITUTE of who waits, out of order */
    char text[BW_SCAN_BYTES];    /* QUEUE: a guest's ticket, instead of `person` */
    bw_code code;                /* SUBSTITUTE: whose place they take */
};

/* What somebody types to search, or a PIN; an empty PIN asks only how long to wait. */
struct bw_command_query {
    char text[BW_QUERY_BYTES];
};

/* A card's text as it was scanned, which the desk forgets. */
struct bw_command_card {
    char text[BW_STAFF_CARD_TEXT_BYTES];
    bool keep; /* from now on it opens the names; staff alone, while they are open */
};

struct bw_command_override {
    struct bw_command_known who;
    char text[BW_SCAN_BYTES]; /* a ticket, where `who` names nobody */
};

struct bw_command_list {
    enum bw_list_filter filter;
    int offset, limit; /* limit 0: the desk's own page */
    char from;         /* 'a' to 'z': from the first whose last name begins so, or later,
                          in place of `offset`; else 0. Not of WAITLIST */
    bool by_time;      /* PRESENT, GUESTS: who came last stands first */
};

/* What a kiosk sees of its camera. The numbers stand in the store, and in letters. */
enum bw_camera_seen { BW_CAMERA_UNKNOWN, BW_CAMERA_FINE, BW_CAMERA_MISSING };

struct bw_command {
    enum bw_command_kind kind;
    uint32_t request_no; /* the asker's own number, given back in the answer */
    enum bw_operator operated_by;
    union { /* a kind that isn't named here has nothing to say */
        struct bw_command_text scan, guest;
        struct bw_command_known code, waitlist, undo, leave, history;
        struct bw_command_query search, find, pin;
        struct bw_command_newcomer walk_in, queue, substitute;
        struct bw_command_card card;
        struct bw_command_override override;
        struct bw_command_list list;
        int64_t wall_ms;                   /* CLOCK: UTC */
        char session_code[BW_LABEL_BYTES]; /* SWITCH */
        enum bw_camera_seen camera_seen;   /* OVERVIEW: as the asker sees it */
        int64_t camera;                    /* KEEP_CAMERA: as BW_NUMBER_CAMERA */
        uint32_t absent_device;            /* ABSENT */
    };
};

enum bw_answer_kind {
    BW_ANSWER_VERDICT,
    BW_ANSWER_UNDONE,
    BW_ANSWER_LEFT,
    BW_ANSWER_RELEASED,
    BW_ANSWER_WAITING,
    BW_ANSWER_COUNTS, /* the ledger, which every answer has */
    BW_ANSWER_LIST,   /* search, offers, list */
    BW_ANSWER_FOUND,
    BW_ANSWER_OVERVIEW,
    BW_ANSWER_PIN,
    BW_ANSWER_CARD,
    BW_ANSWER_AGENDA,
    BW_ANSWER_SESSIONS,
    BW_ANSWER_HISTORY,
    BW_ANSWER_DONE, /* clock, close, confirm, switch, tidy, absent */
    BW_ANSWER_ERROR,
};

enum bw_entry_kind { BW_ENTRY_REGISTRATION, BW_ENTRY_GUEST, BW_ENTRY_WALK_IN };

/* A person in a list for staff. */
struct bw_list_entry {
    enum bw_entry_kind kind;
    bw_code code;               /* or BW_CODE_NONE */
    struct bw_event_id event;   /* of a guest or walk-in: the event to name them by */
    struct bw_event_id arrival; /* the last in force since they left; device 0: none */
    enum bw_registration_status status;
    bool present, left, waiting, seen, substitute;
    enum bw_basis basis; /* of the arrival in force */
    int64_t since_ms;    /* in, or left, since; 0: not known, or a suspect clock */
    int64_t came_ms;     /* first came in; 0: not yet, or a suspect clock */
    int64_t waiting_ms;  /* at the door since; 0 where not seen */
    int position;        /* of those who wait; else 0 */
    struct bw_person person;
};

/* One thing that happened to a person, as the log has it. */
enum { BW_HISTORY_MAX = 8 };
struct bw_history_item {
    int64_t wall_ms;
    enum bw_event_kind kind;
    enum bw_basis basis;
    enum bw_verdict verdict; /* of REFUSED */
    enum bw_operator operated_by;
    bool clock_suspect, overridden, out_of_order;
    char reason[BW_TITLE_BYTES]; /* for passing a rule; empty where none is kept */
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
    bool names_locked; /* till the PIN is given; nobody is called by name */
    bool names_card;   /* … or a staff card is held up: there is one */
    bool names_stale;  /* open since an earlier day: to be locked when nobody is here */
    char check_words[BW_CHECK_WORDS_BYTES]; /* of its introduction; "": not known */
    char aside[BW_ASIDE_BYTES]; /* a store that this one was made instead of, "" */
    int own_sessions;
    int64_t roster_ms;         /* when the roster was made; 0: never */
    int64_t contact_ms;        /* last contact with the central side; 0: never */
    uint64_t unsent;           /* own events that no carrier holds yet */
    uint64_t unsent_check_ins; /* arrivals among them */
    int64_t unsent_since_ms;   /* the first of those; 0: none, or a suspect clock */
    uint64_t events;           /* own events */
    int64_t day_ms;            /* when the session's day begins, at the venue */
    int64_t doors_ms, release_ms;
    bool clock_suspect;
    int64_t clock_ahead_ms;  /* of another's clock, at least; below 0: behind; 0: by under
                                two minutes, or not known */
    uint32_t clock_ahead_of; /* the kiosk whose clock that is; 0: the office */
    bool restored;           /* this store is a copy: nothing may be appended */
    int64_t free_bytes;      /* on the store's disk; -1 not known */
    int present_waiting;     /* who wait and came to the door */
    int attended;            /* everybody who came, also who left again */
    int next_position;       /* the lowest rank that may go in now; 0: nobody */
    enum bw_lan_state lan;   /* of the other kiosks on the local network (store.h) */
    enum bw_road_state road; /* to the office */
    int peers_count;
    struct bw_overview_peer peers[8];
    int regions_count; /* regions of the series, for the walk-in's buttons */
    char regions[12][BW_NAME_BYTES];
};

/* What one person is told. Personal fields are empty where the asker may not know. */
struct bw_answer_verdict {
    enum bw_verdict verdict;
    enum bw_basis basis;
    bw_code code;
    struct bw_person person; /* the region is for a label alone */
    bool certificate;        /* NOT_A_TICKET: it calls itself one (certificate.h) */
    bool unlisted, returned; /* WELCOME */
    bool guest, substitute;  /* WELCOME, ALREADY_IN */
    int64_t since_ms;        /* ALREADY_IN; 0: not known */
    uint32_t since_device;
    char since_device_name[BW_NAME_BYTES];
    struct bw_session *home; /* OTHER_SESSION: the ticket's own, owned; NULL: not known */
    bool has_ticket_status;  /* OTHER_SESSION: its sealed row could be opened */
    enum bw_registration_status ticket_status;
    int position, free, before;
    uint32_t lead;    /* FULL: the kiosk that gives places */
    int64_t opens_ms; /* TOO_EARLY: when check-in opens */
};

/* Arrivals that were taken back, or ended. */
struct bw_answer_change {
    bw_code code;
    struct bw_person person;
    int refs_count;
    struct bw_event_id refs[BW_REFS_MAX];
};

struct bw_answer_list {
    int count, total; /* those here, and all that there are */
    int first;        /* LIST: how many stand before them */
    bool more;
    bool names_locked;             /* nobody is found or called by name */
    int free;                      /* OFFERS */
    uint32_t lead;                 /* OFFERS: as in the ledger */
    struct bw_list_entry *entries; /* owned; NULL where none */
};

struct bw_answer_waiting {
    bw_code code;
    struct bw_person person; /* no region */
    enum bw_basis basis;
    int before, free;
};

struct bw_answer_found {
    int fits;                           /* 0, 1 or 2 (more); of one alone: */
    bw_code code;                       /* … theirs … */
    char name_shown[BW_NAME_BYTES + 8]; /* … and "Fatima I." */
};

struct bw_answer_pin {
    bool ok;
    int left;          /* tries before the next wait */
    int wait_s;        /* seconds to wait now */
    bool names_failed; /* it was right, but names stay as they were (store_names.h) */
    bool names_before; /* it was right, but the one before it has to open them */
};

/* OTHER: not this kiosk's, or none at all, and nothing changed. */
enum bw_answer_card {
    BW_CARD_OTHER,
    BW_CARD_OPENED, /* names are open now */
    BW_CARD_KNOWN,  /* it opens them, and they were open */
    BW_CARD_KEPT,
};

struct bw_answer_agenda {
    int count;
    struct bw_agenda_item *items; /* owned */
};

struct bw_answer_sessions {
    int count;
    struct bw_session *items; /* owned */
};

struct bw_answer_history {
    bw_code code;
    int count, total;              /* shown, and how many there are in all */
    struct bw_history_item *items; /* owned; oldest first, the last BW_HISTORY_MAX */
};

/* Somebody of the same name and school who is known here already. */
struct bw_alike {
    bool known;
    bw_code code;             /* or BW_CODE_NONE */
    struct bw_event_id event; /* of somebody without a registration */
    struct bw_person person;
};

/* Why a command came to nothing. */
struct bw_failure {
    struct bw_error error;
    bool not_saved;        /* the commit failed: nothing may be shown green */
    bool out_of_order;     /* a reason is asked, then the same again will do */
    struct bw_alike alike; /* "is it them?" is asked, then the same again will do */
};

struct bw_answer {
    enum bw_answer_kind kind;
    enum bw_command_kind command; /* what was asked */
    uint32_t request_no;
    enum bw_operator operated_by;
    struct bw_event_id event; /* appended by this command; device 0: none */
    struct bw_ledger ledger;  /* after this command; zero where there's no roster */
    union {                   /* DONE and COUNTS have nothing more to say */
        struct bw_answer_verdict verdict;
        struct bw_answer_change undone, left;
        int released_free; /* RELEASED: places that are free now */
        struct bw_answer_waiting waiting;
        struct bw_answer_list list;
        struct bw_answer_found found;
        struct bw_overview *overview; /* owned, never NULL */
        struct bw_answer_pin pin;
        enum bw_answer_card card;
        struct bw_answer_agenda agenda;
        struct bw_answer_sessions sessions;
        struct bw_answer_history history;
        struct bw_failure failure; /* ERROR */
    };
};

/* A command of `kind` by an attendee (who may do least), that names nobody. It owns
 * nothing, so that there is nothing to finish. Can't fail. Any thread. */
void bw_command_init(struct bw_command *command, enum bw_command_kind kind);

/* An answer of `kind` that says nothing yet, and owns nothing: what it held before is
 * overwritten, not freed. Can't fail. Any thread. */
void bw_answer_init(struct bw_answer *answer, enum bw_answer_kind kind);

/* Frees what the answer owns; it is then DONE, and may be finished again. NULL is fine.
 * Any thread. */
void bw_answer_finish(struct bw_answer *answer);

/* The person that an answer is about (VERDICT, UNDONE, LEFT, WAITING), borrowed from it;
 * NULL, and BW_CODE_NONE, where it is about nobody. The person is valid until the answer
 * is finished or written to. Any thread. */
const struct bw_person *bw_answer_person(const struct bw_answer *answer);
bw_code bw_answer_code(const struct bw_answer *answer);

#endif
