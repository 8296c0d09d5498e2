/* Rows of a roster, written: within the transaction of a letter's commit
 * (store->applying), each the same row again where nothing changed. What a letter brings
 * before goes by letter.h. Core alone; the store's thread. Rows are borrowed,
 * and copied. Store errors leave the rolling back to the caller. */
#ifndef BW_CORE_STORE_ROSTER_WRITE_H
#define BW_CORE_STORE_ROSTER_WRITE_H

#include "core/store/sql.h"

/* Adds or replaces one row. Store errors; BW_FULL also where too many names begin
 * alike. */
BW_NODISCARD enum bw_status bw_store_write_session(
    struct bw_store *store, const struct bw_session *session, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_write_registration(struct bw_store *store,
    const struct bw_registration *registration, struct bw_error *err);

/* The next free id among those whose names begin the same (name.h); `last_id` asks for
 * the highest that is taken between two. BW_FULL where there is none, store errors. */
BW_NODISCARD enum bw_status bw_store_choose_id(struct bw_store *store,
    enum store_sql last_id, const char *sort_key, int64_t *ret_id, struct bw_error *err);

/* Takes a registration and its names out; none of that code is BW_OK. Store errors. */
BW_NODISCARD enum bw_status bw_store_remove_registration(
    struct bw_store *store, bw_code code, struct bw_error *err);

/* A peer by what is known of it and what comes, within the caller's transaction. BW_FULL
 * past BW_PEERS_MAX, store errors. */
BW_NODISCARD enum bw_status bw_store_write_peer(
    struct bw_store *store, const struct bw_peer *peer, struct bw_error *err);

#endif
