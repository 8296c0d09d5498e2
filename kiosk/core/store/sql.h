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
    SQL_SESSION_PUT,
    SQL_REGISTRATION,
    SQL_ROSTER_BY_NAME,
    SQL_ROSTER_BY_SIGN_UP,
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
    SQL_SEALED_PUT,
    SQL_SEEN_NUMBER,
    SQL_SEEN_ID,
    SQL_PEER_PUT,
    SQL_PEERS_COUNT,
    SQL_PEERS,
    SQL_HEAD,
    SQL_OWN_EVENT_PUT,
    SQL_OWN_EVENT_HASH,
    SQL_PEER_EVENT_PUT,
    SQL_PEER_STAMPS,
    SQL_PEER_EVENTS_SINCE,
    SQL_DETAIL_PUT,
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
    SQL_COUNT
};

struct bw_store {
    sqlite3 *db;
    char *path;
    enum bw_store_mode mode;
    bool in_update;
    bool update_whole;
    bool agenda_emptied; /* by this update */
    uint64_t hlc_seen;   /* highest stamp of a peer that was followed */
    bool stamp_ahead;    /* one wasn't followed: the next event is flagged */
    int64_t peers_seen;  /* peer_event.id up to which hlc_seen was told */
    struct bw_enrolment enrolment;
    uint8_t id[BW_STORE_ID_BYTES];
    sqlite3_stmt *statements[SQL_COUNT];
};

/* Fills *err for SQLite's result code `rc`: "Reading the roster of PATH failed: …". */
enum bw_status store_fail(
    struct bw_store *store, int rc, const char *doing, struct bw_error *err);

/* Binds in order of `format`: i int64_t; t text; b bytes (pointer, then size_t). What is
 * bound must live until the statement was stepped. */
BW_NODISCARD enum bw_status store_query(struct bw_store *store, enum store_sql which,
    sqlite3_stmt **ret_stmt, struct bw_error *err, const char *format, ...);

/* True in *ret_row while there is one. */
BW_NODISCARD enum bw_status store_step(struct bw_store *store, enum store_sql which,
    sqlite3_stmt *stmt, bool *ret_row, struct bw_error *err);

/* A statement without rows, from binding to reset. */
BW_NODISCARD enum bw_status store_run(struct bw_store *store, enum store_sql which,
    struct bw_error *err, const char *format, ...);

/* Several statements at once, with no result. */
BW_NODISCARD enum bw_status store_script(
    struct bw_store *store, const char *sql, const char *doing, struct bw_error *err);

/* Sets how much of the file is kept in memory, by the store's mode. */
enum bw_status store_cache(struct bw_store *store, struct bw_error *err);

/* An integer by a statement or PRAGMA that isn't worth keeping. */
BW_NODISCARD enum bw_status store_integer(struct bw_store *store, const char *sql,
    const char *doing, int64_t *ret_value, struct bw_error *err);

/* Resets at the end of scope: STORE_CURSOR sqlite3_stmt *stmt = NULL; */
void store_cursor_reset(sqlite3_stmt **stmt);
#define STORE_CURSOR __attribute__((cleanup(store_cursor_reset)))

/* Ends a transaction as `status` says: commits on BW_OK, rolls back otherwise, and gives
 * what came of it. */
BW_NODISCARD enum bw_status store_end(
    struct bw_store *store, enum bw_status status, struct bw_error *err);

void store_roll_back(struct bw_store *store);

/* Columns into rooms of fixed size; a text too long is cut at a character. */
void store_column_text(sqlite3_stmt *stmt, int column, char *ret_text, size_t room);
bool store_column_bytes(sqlite3_stmt *stmt, int column, void *ret_bytes, size_t bytes);

/* Finalizes all; for closing. */
void store_statements_finish(struct bw_store *store);

#endif
