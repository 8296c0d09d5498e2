/* Sessions, registrations and the rest as rows. Core alone. */
#ifndef BW_CORE_STORE_ROW_H
#define BW_CORE_STORE_ROW_H

#include "sql.h"

/* From a statement whose columns are those of store_statements.c, in their order. False
 * where a number can't be. */
bool store_row_session(sqlite3_stmt *stmt, struct bw_session *ret_session);
bool store_row_registration(sqlite3_stmt *stmt, struct bw_registration *ret_registration);

/* Calls `each` for the registrations of a prepared statement. */
BW_NODISCARD enum bw_status store_walk_registrations(struct bw_store *store,
    enum store_sql which, sqlite3_stmt *stmt, bw_registration_each *each, void *context,
    struct bw_error *err);

/* Keeps an event's details under its number and hash, once. */
BW_NODISCARD enum bw_status store_put_details(struct bw_store *store,
    const struct bw_event *event, const struct bw_event_details *details,
    struct bw_error *err);

/* Of what a whole update remembers that it was put; as drop_unseen knows them. */
enum store_seen { STORE_SEEN_SESSION, STORE_SEEN_REGISTRATION, STORE_SEEN_PEER };
BW_NODISCARD enum bw_status store_mark_seen(
    struct bw_store *store, enum store_seen what, int64_t number, struct bw_error *err);

#endif
