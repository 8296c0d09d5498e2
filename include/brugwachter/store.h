/* The store: the one SQLite file on a kiosk, in which both programs meet.
 *
 * S1 WAL, synchronous=FULL: what bw_store_append returned BW_OK for is on disk.
 * S2 the log is appended, never changed; details can be emptied, nothing else.
 * S3 a store of a newer schema is refused, of an older one migrated, in one transaction.
 * S4 a roster letter goes in whole or not at all, and never touches the log.
 * S5 two programs may have it open: kiosk appends, sync applies rosters and reads the
 *    log.
 *
 * A store belongs to one thread at a time. Personal data of other sessions isn't readable
 * here (sealed.h).
 *
 * What ends in _ms is ms since 1970, UTC, unless said otherwise; revisions and counters
 * are plain numbers. Pointers given are borrowed for the call; what a ret_ names is the
 * caller's, and untouched on failure unless said otherwise.
 *
 * "Store errors" are what any reading or writing may answer: BW_BUSY (another program
 * wrote for over 5 s, for sync 30 s), BW_FULL (the disk), BW_READ_ONLY, BW_CORRUPT (a row
 * or the file doesn't hold), BW_IO, BW_NO_MEMORY; a function names those beside them. A
 * write that failed changed nothing. */
#ifndef BRUGWACHTER_STORE_H
#define BRUGWACHTER_STORE_H

#include <brugwachter/chain.h>
#include <brugwachter/enrolment.h>
#include <brugwachter/event.h>
#include <brugwachter/road_state.h>
#include <brugwachter/sealed.h>
#include <brugwachter/session.h>

enum { BW_STORE_SCHEMA = 6 };

struct bw_store;

enum bw_store_mode {
    BW_STORE_KIOSK, /* append events; integrity_check at open */
    BW_STORE_SYNC,  /* apply rosters, read the log */
    BW_STORE_READ,  /* read only: verify */
};

/* Makes a new store for `enrolment` (mode 0600, random store id). BW_REFUSED where the
 * file exists, BW_BAD_INPUT (a path that is empty or too long), BW_NOT_FOUND (its
 * folder), store errors. Any thread; the enrolment's device isn't 0 (asserted). */
BW_NODISCARD enum bw_status bw_store_create(
    const char *path, const struct bw_enrolment *enrolment, struct bw_error *err);

/* Opens and migrates. BW_NOT_FOUND, BW_NEWER, BW_CORRUPT (not a store, integrity_check
 * fails, or it takes half a minute of computing), BW_READ_ONLY, BW_FULL, BW_BUSY, BW_IO,
 * BW_BAD_INPUT (a path that is empty or too long), BW_NO_MEMORY: each with a sentence of
 * what to do. The caller closes *ret_store. */
BW_NODISCARD enum bw_status bw_store_open(const char *path, enum bw_store_mode mode,
    struct bw_store **ret_store, struct bw_error *err);
/* Drops a letter that isn't committed, and frees the store. NULL is fine. */
void bw_store_close(struct bw_store *store);

/* Keeps a store's file for its caller alone, so that it can be moved aside: BW_BUSY while
 * a program has it open to write, and until bw_store_unclaim nobody can (BW_BUSY). The
 * store itself isn't opened, and needn't be there. The lock is on PATH.inuse, which
 * stays. Any thread. The caller unclaims *ret_claim. BW_BAD_INPUT (a path that is empty
 * or too long), BW_NOT_FOUND (its folder), BW_READ_ONLY, BW_FULL, BW_IO, BW_NO_MEMORY. */
struct bw_store_claim;
BW_NODISCARD enum bw_status bw_store_claim(
    const char *path, struct bw_store_claim **ret_claim, struct bw_error *err);
/* Lets go of it, and frees the claim. Any thread. */
void bw_store_unclaim(struct bw_store_claim *claim); /* NULL is fine */

/* Copies a store to a file that isn't there yet (mode 0600), for practice. Another
 * program may have it open meanwhile. Any thread. BW_NOT_FOUND (the store, or the copy's
 * folder), BW_REFUSED where the copy's file is there already, and stays as it is; store
 * errors. Then there is no copy. */
BW_NODISCARD enum bw_status bw_store_copy(
    const char *from_path, const char *to_path, struct bw_error *err);

/* ---- settings ---- */

/* Borrowed, valid until the store is closed, never NULL. Settings are as of open or the
 * last bw_store_enrol, bw_store_refresh or letter with settings; the path is as given,
 * the id 32 bytes. */
const struct bw_enrolment *bw_store_enrolment(const struct bw_store *store);
const uint8_t *bw_store_id(const struct bw_store *store); /* BW_STORE_ID_BYTES */
const char *bw_store_path(const struct bw_store *store);
/* As it was opened. */
enum bw_store_mode bw_store_mode(const struct bw_store *store);

/* Reads the settings again: another program may have enrolled anew (a key more, another
 * PIN). On failure the old ones stay. Store errors. */
BW_NODISCARD enum bw_status bw_store_refresh(
    struct bw_store *store, struct bw_error *err);

/* Takes a copy of new settings for the same device; BW_REFUSED for another device, store
 * errors. */
BW_NODISCARD enum bw_status bw_store_enrol(
    struct bw_store *store, const struct bw_enrolment *enrolment, struct bw_error *err);

/* Small values kept over a restart, by name ("pin_misses"). Get gives `missing` where
 * there is none. What a number counts is its name's (below). Store errors. */
BW_NODISCARD enum bw_status bw_store_get_number(struct bw_store *store, const char *name,
    int64_t missing, int64_t *ret_value, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_set_number(
    struct bw_store *store, const char *name, int64_t value, struct bw_error *err);

/* Numbers that sync and kiosk share, by these names. */
#define BW_NUMBER_ROSTER_REVISION "roster_revision" /* rises with every roster */
#define BW_NUMBER_ROSTER_MS "roster_ms"             /* when the roster was made */
#define BW_NUMBER_CONTACT_MS "contact_ms"           /* last contact with central */
#define BW_NUMBER_SERVER_MS "server_ms"             /* newest server or file time */
#define BW_NUMBER_SERVER_MONO_MS "server_mono_ms"   /* monotonic clock when it came */
#define BW_NUMBER_ACKNOWLEDGED "acknowledged_seq"   /* own events that central holds */
#define BW_NUMBER_SENT "sent_seq"                   /* own events that a carrier holds */
#define BW_NUMBER_CHECK_WORDS "check_words"         /* of its keys; 0: none known */
#define BW_NUMBER_RESTORED "restored"               /* 1: this store is a restored copy */
#define BW_NUMBER_HELLO_MS "hello_ms"               /* when the newest hello was made */

/* Whether the other kiosks of its sessions answer on the local network, as `run` saw it
 * (enum bw_lan_state), and when. What is older than BW_LAN_STATE_MS says nothing: nobody
 * runs it any more. */
#define BW_NUMBER_LAN "lan"
#define BW_NUMBER_LAN_MS "lan_ms"
enum { BW_LAN_STATE_MS = 90 * 1000 };
/* The same of the roads to the office (enum bw_road_state); one that fails is tried again
 * after five minutes at most. */
#define BW_NUMBER_ROAD "road"
#define BW_NUMBER_ROAD_MS "road_ms"
enum { BW_ROAD_STATE_MS = 6 * 60 * 1000 };

/* Rises when an event that was here already came into quarantine or out of it: what was
 * folded from the log is to be folded again. */
#define BW_NUMBER_REFOLDED "refolded"

/* The kiosk's own: the camera that staff chose, as the scanner knows it; 0: none. */
#define BW_NUMBER_CAMERA "camera"
/* What the kiosk last saw of its camera (enum bw_camera_seen); hellos tell it. */
#define BW_NUMBER_CAMERA_SEEN "camera_seen"

/* How often a kiosk took the store up, how often the one before had ended without closing
 * it (killed, or without power), and when that was found last. */
#define BW_NUMBER_RUNS "runs"
#define BW_NUMBER_CUTS "cuts"
#define BW_NUMBER_CUT_MS "cut_ms"

/* Keeps the newest time only: an older one changes nothing. The boot id that
 * BW_NUMBER_SERVER_MONO_MS belongs to is kept beside it. Store errors. */
BW_NODISCARD enum bw_status bw_store_set_server_time(struct bw_store *store,
    int64_t server_ms, const struct bw_clock *clock, struct bw_error *err);
/* That time, and the monotonic one (ms since boot) when it came; 0 where none came yet.
 * False in *ret_same_boot where the stored monotonic time is of another boot. Store
 * errors. */
BW_NODISCARD enum bw_status bw_store_server_time(struct bw_store *store,
    const struct bw_clock *clock, int64_t *ret_server_ms, int64_t *ret_mono_ms,
    bool *ret_same_boot, struct bw_error *err);

/* Small secrets and keys kept over a restart, by name ("organiser_sign"), at most
 * BW_STORE_BYTES_MAX each. *ret_found is false where there is none of that name and
 * length; ret_bytes has room for `bytes`, and is then untouched. Names are shorter than
 * BW_LABEL_BYTES. Set writes at once, also while a letter is read. Store errors. */
enum { BW_STORE_BYTES_MAX = 512 };
BW_NODISCARD enum bw_status bw_store_get_bytes(struct bw_store *store, const char *name,
    void *ret_bytes, size_t bytes, bool *ret_found, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_set_bytes(struct bw_store *store, const char *name,
    const void *bytes, size_t length, struct bw_error *err);

/* The name (without folder, BW_ASIDE_BYTES with NULs) of a store that could not be
 * used and was set aside when this one was made in its place: staff are told of it. */
#define BW_BYTES_ASIDE "aside"

/* Device numbers of kiosks that wrote to this one and that no roster here names (yet), as
 * of the last pull: BW_STRANGERS_MAX numbers of 32 bits, 0 where there are no more. */
#define BW_BYTES_STRANGERS "strangers"
enum { BW_STRANGERS_MAX = 16 };

/* Changes whenever another connection wrote (PRAGMA data_version); only whether it is the
 * same means something. Store errors. */
BW_NODISCARD enum bw_status bw_store_version(
    struct bw_store *store, uint32_t *ret_version, struct bw_error *err);

/* Makes the log as long as it ever gets, before the first visitor: appending is then
 * twice as fast, and goes on for a day when the disk is full. Takes some milliseconds.
 * Never fails a caller. */
void bw_store_preallocate(struct bw_store *store);

/* A kiosk begins to work with the store, at wall_ms: counts it (BW_NUMBER_RUNS), until
 * the close says that it ended well. True where the one before didn't. Never fails a
 * caller: what can't be written isn't counted. */
bool bw_store_run_begin(struct bw_store *store, int64_t wall_ms);

/* A PASSIVE checkpoint, for idle moments. Never fails a caller. */
void bw_store_idle(struct bw_store *store);

/* ---- sessions and roster ---- */

/* One session, copied: by its code, or its session_no. BW_NOT_FOUND where no roster
 * brought it, store errors. */
BW_NODISCARD enum bw_status bw_store_session_by_code(struct bw_store *store,
    const char *code, struct bw_session *ret_session, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_session_by_number(struct bw_store *store,
    uint32_t session_no, struct bw_session *ret_session, struct bw_error *err);

/* A registration of any own session, copied. BW_NOT_FOUND where the roster doesn't know
 * it, store errors. */
BW_NODISCARD enum bw_status bw_store_registration(struct bw_store *store, bw_code code,
    struct bw_registration *ret_registration, struct bw_error *err);

/* A walk calls `each` with the rows it asks for, in the store's thread; it stops early,
 * with BW_OK, where `each` returns false. A row is borrowed for the call. `each` may read
 * the store, but not begin the same walk again. */
typedef bool bw_registration_each(
    const struct bw_registration *registration, void *context);
typedef bool bw_session_each(const struct bw_session *session, void *context);
typedef bool bw_agenda_each(const struct bw_agenda_item *item, void *context);

/* Walks the registrations of session_no in that order; nobody is BW_OK too. Store errors,
 * perhaps after some rows: BW_CORRUPT where they aren't as many as were written. */
enum bw_roster_order { BW_ROSTER_BY_NAME, BW_ROSTER_BY_SIGN_UP };
BW_NODISCARD enum bw_status bw_store_roster(struct bw_store *store, uint32_t session_no,
    enum bw_roster_order order, bw_registration_each *each, void *context,
    struct bw_error *err);

/* By name or code, from the first letter; case, accents and word order don't matter; at
 * most `limit` rows, the first by name (last name, first name, code). A whole code goes
 * before names, names before the beginning of a code. Nobody found is BW_OK. Store
 * errors, perhaps after some rows. */
BW_NODISCARD enum bw_status bw_store_search(struct bw_store *store, uint32_t session_no,
    const char *query, int limit, bw_registration_each *each, void *context,
    struct bw_error *err);

/* Walks all sessions by their start, those of others in the series too; and the agenda,
 * in the order in which it was put. Store errors, perhaps after some rows. */
BW_NODISCARD enum bw_status bw_store_sessions(
    struct bw_store *store, bw_session_each *each, void *context, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_agenda(
    struct bw_store *store, bw_agenda_each *each, void *context, struct bw_error *err);

/* Finds and opens the sealed row of a ticket's text. BW_NOT_FOUND where there's no such
 * row, store errors (BW_CORRUPT also where it can't be opened). */
BW_NODISCARD enum bw_status bw_store_sealed(struct bw_store *store,
    const char *ticket_text, struct bw_registration *ret_registration,
    struct bw_error *err);

/* ---- a roster's rows (sync) ---- */

/* Puts one row, which is copied; within a roster letter alone (asserted): it is written
 * with it (store_letter.h). Store errors; BW_BAD_INPUT for a session or registration that
 * isn't the letter's. */
BW_NODISCARD enum bw_status bw_store_put_session(
    struct bw_store *store, const struct bw_session *session, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_put_registration(struct bw_store *store,
    const struct bw_registration *registration, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_put_sealed(
    struct bw_store *store, const struct bw_sealed_row *row, struct bw_error *err);
/* The agenda is always given whole: what a letter doesn't put is gone. */
BW_NODISCARD enum bw_status bw_store_put_agenda(
    struct bw_store *store, const struct bw_agenda_item *item, struct bw_error *err);

/* ---- the log ---- */

struct bw_head {
    uint64_t seq; /* 0: no event yet */
    uint8_t hash[BW_HASH_BYTES];
    uint64_t hlc;
    int64_t wall_ms;
};

/* Own chain's head; before the first event its hash is the store's id. Store errors. */
BW_NODISCARD enum bw_status bw_store_head(
    struct bw_store *store, struct bw_head *ret_head, struct bw_error *err);

/* Completes (id, hlc, wall and monotonic time, boot, injected flag, commitment, prev,
 * hash) and appends one event, durably. `details` may be NULL; its texts are cleaned and
 * its salt is made here. On failure nothing was written, and *event and *details are as
 * they were. BW_REFUSED where this store is a restored copy,
 * BW_BAD_INPUT for a text or event that can't be, store errors. */
BW_NODISCARD enum bw_status bw_store_append(struct bw_store *store,
    const struct bw_clock *clock, struct bw_event *event,
    struct bw_event_details *details, struct bw_error *err);

/* Keeps another kiosk's event (from a pull) as it is; the same again changes nothing.
 * Within a letter or alone. `details` may be NULL. BW_BAD_INPUT where hash or commitment
 * don't hold, store errors. */
BW_NODISCARD enum bw_status bw_store_put_peer_event(struct bw_store *store,
    const struct bw_event *event, const struct bw_event_details *details,
    struct bw_error *err);

/* An event of this kiosk's own number, in a letter that its own key signed: one that our
 * log doesn't hold (another hash, or past its head) proves this store a restored copy,
 * and sets BW_NUMBER_RESTORED. Nothing but this and a receipt does; a number that is only
 * stated never. Not within a letter. BW_BAD_INPUT where its hash doesn't hold, store
 * errors. */
BW_NODISCARD enum bw_status bw_store_note_own_event(
    struct bw_store *store, const struct bw_event *event, struct bw_error *err);

/* As above: borrowed for the call; false ends the walk. */
typedef bool bw_event_each(const struct bw_event *event, void *context);

/* Every event of a session, own and other kiosks', in folding order, but for those in
 * quarantine. session_no 0: all. Store errors, perhaps after some events: BW_CORRUPT also
 * where one is missing. */
BW_NODISCARD enum bw_status bw_store_events(struct bw_store *store, uint32_t session_no,
    bw_event_each *each, void *context, struct bw_error *err);

/* Own events from from_seq on, in order of seq; for push and export. Store errors,
 * perhaps after some events. */
BW_NODISCARD enum bw_status bw_store_own_events(struct bw_store *store, uint64_t from_seq,
    bw_event_each *each, void *context, struct bw_error *err);

/* Peer events with rowid above *inout_after, in order of arrival in this store; moves
 * *inout_after (0 at first; the caller's to keep) on past each that was passed on or is
 * in quarantine, on failure too. So a kiosk folds only what is new. Store errors. */
BW_NODISCARD enum bw_status bw_store_peer_events_since(struct bw_store *store,
    int64_t *inout_after, bw_event_each *each, void *context, struct bw_error *err);

/* An event's details, copied; of a fork our own. BW_NOT_FOUND where the event has none,
 * or they were emptied; BW_BAD_INPUT where they can't be read; store errors. */
BW_NODISCARD enum bw_status bw_store_details(struct bw_store *store,
    struct bw_event_id id, struct bw_event_details *ret_details, struct bw_error *err);

/* Empties all details and rosters of sessions that ended before, in free pages and the
 * write-ahead log too; sealed rows once all sessions have. Own details that the central
 * side hasn't acknowledged stay. The chain still holds. The disk gets the room back where
 * nobody else reads meanwhile. Store errors: then nothing was
 * emptied. */
BW_NODISCARD enum bw_status bw_store_forget(
    struct bw_store *store, int64_t ended_before_ms, struct bw_error *err);

enum { BW_PEER_KEY_BYTES = 32 };

/* Another kiosk of an own session; one a session where it serves several of ours. */
struct bw_peer {
    uint32_t device;
    char name[BW_NAME_BYTES];
    char session[BW_LABEL_BYTES]; /* session code that it serves */
    int64_t heard_ms;  /* when the office heard it last, by its time; 0: never */
    uint64_t head_seq; /* stated then */
    /* Its keys, and the one-time ones of its enrolment. All zero: not known (yet). */
    uint8_t sign[BW_PEER_KEY_BYTES], box[BW_PEER_KEY_BYTES];
    uint8_t first_sign[BW_PEER_KEY_BYTES], first_box[BW_PEER_KEY_BYTES];
    uint8_t store_id[BW_STORE_ID_BYTES];
    bool introduced;  /* its own keys came by a roster: they hold */
    bool provisional; /* they came by its introduction alone: tell staff */
    /* Its newest hello that is known here, by whatever road; 0: none. */
    uint64_t hello_counter;
    int64_t hello_ms; /* stamped so: by its own clock, or by the office's */
    /* Of our own hellos the newest that its hellos echoed; 0: none. */
    uint64_t echo_counter;
    int64_t echo_ms; /* when we made that one, by our own clock; never put */
    bool revoked;    /* its key holds up to event revoked_seq; never put so */
    uint64_t revoked_seq;
    uint8_t revoked_hash[BW_HASH_BYTES];
};

/* Puts what is known of another kiosk, copied; within a letter or alone. BW_FULL past
 * BW_PEERS_MAX, store errors. An older heard_ms doesn't take back a newer one. */
BW_NODISCARD enum bw_status bw_store_put_peer(
    struct bw_store *store, const struct bw_peer *peer, struct bw_error *err);
/* All, by device; their number is in *ret_count. Store errors. */
BW_NODISCARD enum bw_status bw_store_peers(struct bw_store *store,
    struct bw_peer ret_peers[BW_PEERS_MAX], int *ret_count, struct bw_error *err);

/* ---- proof ---- */

struct bw_verification {
    uint64_t events;
    enum bw_chain_state chain;
    uint64_t broken_at; /* seq of the first event that doesn't hold; 0 where all do */
    bool integrity;     /* PRAGMA integrity_check says ok, and peers' events hold */
    uint64_t forgotten; /* events whose details were emptied */
};
/* Reads the whole log and file, as they are at one moment, and says what holds; what
 * doesn't is BW_OK and stands in *ret_result. Store errors. */
BW_NODISCARD enum bw_status bw_store_verify(
    struct bw_store *store, struct bw_verification *ret_result, struct bw_error *err);

#endif
