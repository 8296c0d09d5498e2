/* Sessions, registrations and the rest as rows. Core alone; the store's thread.
 * Statements stay the caller's; what a ret_ names is the caller's too. "Store errors"
 * are those of store.h. */
#ifndef BW_CORE_STORE_ROW_H
#define BW_CORE_STORE_ROW_H

#include "core/store/names/names.h"

/* The columns behind a registration's texts: the key and box of its names (names.h), and
 * whether its checksum holds. What a statement gives besides comes after it. */
enum { REGISTRATION_KEY = 12, REGISTRATION_BOX, REGISTRATION_HOLDS };

/* From a statement whose columns are those of sum.h, in their order, and then whether the
 * checksum holds. False where it doesn't, or a number can't be. */
bool bw_store_row_session(sqlite3_stmt *stmt, struct bw_session *ret_session);
bool bw_store_row_registration(
    sqlite3_stmt *stmt, struct bw_registration *ret_registration);

/* Puts the names of such a row in from its box, where it has one and names are open.
 * BW_CORRUPT where it can't be opened, store errors. */
BW_NODISCARD enum bw_status bw_store_row_names(struct bw_store *store, sqlite3_stmt *stmt,
    struct bw_registration *inout_registration, struct bw_error *err);

enum { STORE_ANY_SESSION = 0 }; /* no session has that number */

/* Calls `each` for those registrations of a prepared statement that are of the session;
 * *ret_read is how many of all sessions there were (may be NULL). */
BW_NODISCARD enum bw_status bw_store_walk_registrations(struct bw_store *store,
    enum store_sql which, sqlite3_stmt *stmt, uint32_t session_no,
    bw_registration_each *each, void *context, int64_t *ret_read, struct bw_error *err);

/* BW_CORRUPT: "Reading the roster of PATH failed: WHAT doesn't hold …". */
enum bw_status bw_store_damaged(
    const struct bw_store *store, const char *what, struct bw_error *err);

/* What is missing is believed only once the table was read whole: every row holds its
 * checksum, is found by its key, and none lacks. Once for each state of the file. BW_OK,
 * or BW_CORRUPT. */
enum store_table { STORE_TABLE_SESSION, STORE_TABLE_REGISTRATION, STORE_TABLE_SEALED };
BW_NODISCARD enum bw_status bw_store_prove_missing(
    struct bw_store *store, enum store_table table, struct bw_error *err);
/* After rosters were written, within the same transaction: how many rows there are. Store
 * errors. */
BW_NODISCARD enum bw_status bw_store_count_rows(
    struct bw_store *store, struct bw_error *err);

/* An event's row: bytes, hash, device, seq, session, stamp, quarantine. What the columns
 * repeat must be what is in the bytes; else BW_CORRUPT, or BW_NEWER. */
BW_NODISCARD enum bw_status bw_store_row_event(struct bw_store *store, sqlite3_stmt *stmt,
    struct bw_event *ret_event, struct bw_error *err);

/* Whether our own log holds an event of that number (seq, from 1) and hash. Store
 * errors. */
BW_NODISCARD enum bw_status bw_store_own_holds(struct bw_store *store, uint64_t seq,
    const uint8_t hash[BW_HASH_BYTES], bool *ret_holds, struct bw_error *err);

/* Keeps an event's details under its number and hash, once. Store errors. */
BW_NODISCARD enum bw_status bw_store_put_details(struct bw_store *store,
    const struct bw_event *event, const struct bw_event_details *details,
    struct bw_error *err);

/* How details lie in the file: the column `sealed`. */
enum store_details {
    STORE_DETAILS_CLEAR,
    STORE_DETAILS_SEALED, /* under their session's key, as a letter bears them */
    STORE_DETAILS_LOCAL,  /* under a key of this store's own, which no letter bears */
};
enum { STORE_NO_SESSION = 0 }; /* whose details key that is */

/* The same of canonical bytes, or of ones sealed as `kept` says. Store errors. */
BW_NODISCARD enum bw_status bw_store_put_details_bytes(struct bw_store *store,
    const struct bw_event *event, const uint8_t *bytes, size_t length,
    enum store_details kept, struct bw_error *err);
/* The key that a session's details are to be sealed with, and which it is;
 * STORE_DETAILS_CLEAR where none is at hand. Within a transaction. Store errors. */
BW_NODISCARD enum bw_status bw_store_details_key_to_seal(struct bw_store *store,
    uint32_t session_no, uint8_t ret_key[BW_DETAILS_KEY_BYTES],
    enum store_details *ret_kept, struct bw_error *err);
/* Keeps a session's details key, clear or sealed as the names are. Store errors. */
BW_NODISCARD enum bw_status bw_store_names_write_details_key(struct bw_store *store,
    uint32_t session_no, const uint8_t key[BW_DETAILS_KEY_BYTES], struct bw_error *err);

/* Values as statements take them, with their formats. */
#define SESSION_FORMAT "itttttttttttiiiiiiiiii"
#define SESSION_VALUES(s)                                                                \
    (int64_t)(s)->session_no, (s)->code, (s)->series, (s)->title, (s)->kind,             \
        (s)->region, (s)->venue, (s)->address, (s)->timezone, (s)->go_to, (s)->desk,     \
        (s)->audience, (s)->starts_ms, (s)->ends_ms, (int64_t)(s)->capacity,             \
        (int64_t)(s)->doors_minutes, (int64_t)(s)->release_minutes,                      \
        (int64_t)(s)->extra_places, (int64_t)(s)->own_region_first, (s)->opens_ms,       \
        (int64_t)(s)->tolerance_minutes, (s)->called_off_ms
#define REGISTRATION_FORMAT "iiiiiittttttib"
#define REGISTRATION_VALUES(r, names)                                                    \
    (int64_t)(r)->code, (int64_t)(r)->session_no, (int64_t)(r)->status,                  \
        (int64_t)(r)->generation, (r)->signed_up_ms, (int64_t)(r)->line,                 \
        (r)->person.first_name, (r)->person.name, (r)->person.school,                    \
        (r)->person.region, (r)->person.table, (r)->person.attention, (names)->key,      \
        (names)->box, (names)->bytes
#define AGENDA_FORMAT "ttiitt"
#define AGENDA_VALUES(a)                                                                 \
    (a)->kind, (a)->title, (a)->starts_ms, (a)->ends_ms, (a)->audience, (a)->url

/* As above; the agenda's rows carry no checksum. Can't fail. */
void bw_store_row_agenda(sqlite3_stmt *stmt, struct bw_agenda_item *ret_item);

#endif
