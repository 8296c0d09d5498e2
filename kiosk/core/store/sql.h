/* The store's statements, prepared once, and what they share: binding, stepping,
 * transactions, and one sentence for each way to fail. Core alone; the store's thread. */
#ifndef BW_CORE_STORE_SQL_H
#define BW_CORE_STORE_SQL_H

#include <brugwachter/store.h>
#include <sqlite3.h>

enum store_sql {
    SQL_BEGIN,
    SQL_BEGIN_READ,
    SQL_COMMIT,
    SQL_DATA_VERSION,
    SQL_SETTING_GET,
    SQL_SETTING_PUT,
    SQL_NUMBER_GET,
    SQL_NUMBER_PUT,
    SQL_KEYS,
    SQL_KEYS_EMPTY,
    SQL_KEY_PUT,
    SQL_OWN_SESSIONS,
    SQL_OWN_SESSIONS_EMPTY,
    SQL_OWN_SESSION_PUT,
    SQL_SESSION_BY_CODE,
    SQL_SESSION_BY_NUMBER,
    SQL_SESSIONS,
    SQL_SESSIONS_PROOF,
    SQL_SESSION_PUT,
    SQL_REGISTRATION,
    SQL_ROSTER_BY_NAME,
    SQL_ROSTER_BY_SIGN_UP,
    SQL_ROSTER_ALL,
    SQL_SEARCH_EDGE,
    SQL_SEARCH_NAME,
    SQL_SEARCH_CODE,
    SQL_REGISTRATION_KEYS,
    SQL_REGISTRATION_LAST_ID,
    SQL_REGISTRATION_PUT,
    SQL_REGISTRATION_SET,
    SQL_REGISTRATION_REMOVE,
    SQL_PERSON_PUT,
    SQL_PERSON_REMOVE,
    SQL_AGENDA,
    SQL_AGENDA_EMPTY,
    SQL_AGENDA_PUT,
    SQL_SEALED,
    SQL_SEALED_ALL,
    SQL_KIOSKS,
    SQL_KIOSK,
    SQL_KIOSK_PUT,
    SQL_REVOKED,
    SQL_REVOKED_OF,
    SQL_REVOKED_PUT,
    SQL_REVOKED_DROP,
    SQL_HELD,
    SQL_HELD_PUT,
    SQL_DETAILS_KEY,
    SQL_DETAILS_KEY_PUT,
    SQL_DETAILS_KEY_CLEAR,
    SQL_DETAILS_KEYS_EMPTY,
    SQL_DETAILS_KEY_DROP,
    SQL_HELD_EMPTY,
    SQL_NAMES_KEY,
    SQL_NAMES_KEY_PUT,
    SQL_NAMES_KEYS_DROP,
    SQL_NAMES_CLEAR,
    SQL_NAMES_EMPTY,
    SQL_OPEN_LAST_ROW,
    SQL_OPEN_ROW_PUT,
    SQL_OPEN_WORDS_PUT,
    SQL_OPEN_ROSTER,
    SQL_OPEN_EDGE,
    SQL_OPEN_NAME,
    SQL_OPEN_CODE,
    SQL_SENT_PUT,
    SQL_SENT,
    SQL_SENT_DROP,
    SQL_HEAD,
    SQL_OWN_EVENT_PUT,
    SQL_OWN_EVENT_HASH,
    SQL_PEER_EVENT_PUT,
    SQL_PEER_EVENT_QUARANTINE,
    SQL_PEER_EVENT_FIND,
    SQL_PEER_STAMPS,
    SQL_PEER_EVENTS_SINCE,
    SQL_PEER_EVENTS_JUDGE,
    SQL_DETAIL_PUT,
    SQL_DETAIL_EMPTY,
    SQL_DETAIL_CLEAR,
    SQL_DETAIL_SEAL,
    SQL_DETAIL_GET,
    SQL_EVENTS,
    SQL_OWN_EVENTS,
    SQL_OWN_CHAIN,
    SQL_PEER_EVENTS,
    SQL_PEER_FORKS,
    SQL_DETAIL_ROW,
    SQL_FORGET_DETAILS,
    SQL_FORGET_NAMES,
    SQL_FORGET_ROSTERS,
    SQL_FORGET_SEALED,
    SQL_SETTLE_SEARCH,
    SQL_INTEGRITY,
    SQL_STAGE_SESSION,
    SQL_STAGED_SESSIONS,
    SQL_STAGE_REGISTRATION,
    SQL_STAGED_REGISTRATIONS,
    SQL_STAGE_GONE,
    SQL_STAGED_GONE,
    SQL_STAGE_SEALED,
    SQL_STAGE_SEALED_GONE,
    SQL_STAGE_AGENDA,
    SQL_STAGED_AGENDA,
    SQL_STAGE_EVENT,
    SQL_STAGED_EVENTS,
    SQL_STAGE_FORGET,
    SQL_STAGED_FORGET,
    SQL_APPLY_SEALED,
    SQL_APPLY_SEALED_GONE,
    SQL_DROP_SESSIONS,
    SQL_DROP_NAMES,
    SQL_DROP_REGISTRATIONS,
    SQL_DROP_SEALED,
    SQL_DROP_KIOSK,
    SQL_COUNT
};

/* How many rows there are, for who finds fewer (S9). */
#define STORE_NUMBER_REGISTRATIONS "registrations"
#define STORE_NUMBER_SESSIONS "sessions"
#define STORE_NUMBER_SEALED "sealed"
/* Sessions that ended before have been forgotten. */
#define STORE_NUMBER_FORGOTTEN_MS "forgotten_ms"

enum { STORE_SUM_KEY_BYTES = 32, STORE_TABLES = 3, NAMES_KEY_BYTES = 32 };

/* A key that rows' names are sealed with; see names.h. */
struct names_row_key {
    int64_t id; /* 0: none */
    uint8_t key[NAMES_KEY_BYTES];
};

/* How names at rest stand for this connection. */
struct store_names {
    bool sealed; /* as of the last look at the file */
    uint8_t public_key[NAMES_KEY_BYTES];
    struct names_row_key row; /* what this transaction seals with; id 0: none yet */
    struct bw_names_key *key; /* NULL: not open; owned */
    int64_t indexed;          /* roster that is indexed by name, + 1; 0: none */
};

struct bw_store {
    sqlite3 *db;
    char *path;
    enum bw_store_mode mode;
    bool applying;      /* a roster letter is being written */
    bool running;       /* bw_store_run_begin counted, and its end wasn't said yet */
    uint64_t hlc_seen;  /* highest stamp of a peer that was followed */
    bool stamp_ahead;   /* one wasn't followed: the next event is flagged */
    int64_t peers_seen; /* peer_event.id up to which hlc_seen was told */
    struct bw_enrolment enrolment;
    uint8_t id[BW_STORE_ID_BYTES];
    uint8_t sum_key[STORE_SUM_KEY_BYTES];
    int64_t rosters_written;      /* by this connection */
    int64_t proven[STORE_TABLES]; /* state of the file that was proven; see prove.c */
    struct store_letter *letter;  /* begun, and not yet committed; owned */
    int64_t (*spent_ms)(void);    /* what opening has computed; see hostile.h */
    int64_t limit_ms;             /* by spent_ms: when that is too much */
    int claim_fd;                 /* holds PATH.inuse; -1: doesn't */
    struct store_names names;
    bool names_went; /* from the index, in this transaction: it is to be settled */
    sqlite3_stmt *statements[SQL_COUNT];
};

/* What SQLite's result code `rc` means to a caller, with the system's errno where that
 * was to blame; never BW_OK for an error. Any thread. */
enum bw_status bw_store_status_of(int rc, int os_errno);

/* Fills *err for SQLite's result code `rc`: "Reading the roster of PATH failed: …". Gives
 * the status of it, one of the store errors of store.h. */
enum bw_status bw_store_fail(
    struct bw_store *store, int rc, const char *doing, struct bw_error *err);

/* Binds in order of `format`: i int64_t; t text; b bytes (pointer, then size_t). What is
 * bound must live until the statement was stepped. *ret_stmt stays the store's: reset it
 * by STORE_CURSOR. Store errors. */
BW_NODISCARD enum bw_status bw_store_query(struct bw_store *store, enum store_sql which,
    sqlite3_stmt **ret_stmt, struct bw_error *err, const char *format, ...);

/* True in *ret_row, the caller's, while there is one. Store errors. */
BW_NODISCARD enum bw_status bw_store_step(struct bw_store *store, enum store_sql which,
    sqlite3_stmt *stmt, bool *ret_row, struct bw_error *err);

/* A statement without rows, from binding to reset. Store errors. */
BW_NODISCARD enum bw_status bw_store_run(struct bw_store *store, enum store_sql which,
    struct bw_error *err, const char *format, ...);

/* Several statements at once, with no result; `doing` begins the sentence. Store
 * errors. */
BW_NODISCARD enum bw_status bw_store_script(
    struct bw_store *store, const char *sql, const char *doing, struct bw_error *err);

/* Sets how much of the file is kept in memory, by the (borrowed) store's mode. Store
 * errors. */
enum bw_status bw_store_cache(struct bw_store *store, struct bw_error *err);

/* An integer by a statement or PRAGMA that isn't worth keeping, into the caller's
 * *ret_value: what it counts, the statement says. Store errors; BW_IO without a
 * row. */
BW_NODISCARD enum bw_status bw_store_integer(struct bw_store *store, const char *sql,
    const char *doing, int64_t *ret_value, struct bw_error *err);

/* Resets at the end of scope, and frees nothing: STORE_CURSOR sqlite3_stmt *stmt =
 * NULL; */
void bw_store_cursor_reset(sqlite3_stmt **stmt);
#define STORE_CURSOR __attribute__((cleanup(bw_store_cursor_reset)))

/* Ends a transaction as `status` says: commits on BW_OK, rolls back otherwise, and gives
 * what came of it. The store is borrowed. */
BW_NODISCARD enum bw_status bw_store_end(
    struct bw_store *store, enum bw_status status, struct bw_error *err);

/* After a commit that took names out. secure_delete empties what it frees, but a row that
 * was moved within its page may leave a copy, and names stand in old frames of the
 * write-ahead log: away with those. Another reader may hold it up; then the next
 * checkpoint overwrites them. */
void bw_store_wipe(struct bw_store *store);

/* Ends a transaction so that nothing of it was written; the store is borrowed. */
void bw_store_roll_back(struct bw_store *store);

/* Columns into the caller's rooms of so many bytes; a text too long is cut at a
 * character, and bytes of another length are false, with the room untouched. */
void bw_store_column_text(
    sqlite3_stmt *stmt, int column, char *ret_text, size_t capacity);
bool bw_store_column_bytes(sqlite3_stmt *stmt, int column, void *ret_bytes, size_t bytes);

/* Finalizes and frees all; for closing. */
void bw_store_statements_finish(struct bw_store *store);

#endif
