/* A store's file is opened as if somebody had made it to do harm. Core alone; the store's
 * thread. Nothing is owned here.
 *
 * S13 nothing of a file's own is run before its schema was found to be exactly ours:
 *     no view, trigger, expression or virtual table of another's making. */
#ifndef BW_CORE_STORE_HOSTILE_H
#define BW_CORE_STORE_HOSTILE_H

#include "schema.h"
#include "sql.h"

/* Ends statements on this connection that run for longer than a start may
 * take, until bw_store_limit_end. */
void bw_store_limit_begin(struct bw_store *store);
void bw_store_limit_end(struct bw_store *store);

/* BLAKE2b-256 of the file's sqlite_schema, row by row. Store errors. */
BW_NODISCARD enum bw_status bw_store_schema_digest(
    struct bw_store *store, uint8_t ret_digest[STORE_DIGEST_BYTES], struct bw_error *err);

/* The file's schema against what the steps to its version make: sqlite_schema, by its
 * digest where the step has one, else row by row; `to` counts steps. Store errors:
 * BW_CORRUPT names what differs. A version past `to` is the migration's to tell. */
BW_NODISCARD enum bw_status bw_store_check_schema(struct bw_store *store,
    const struct store_migration *steps, int to, struct bw_error *err);

#endif
