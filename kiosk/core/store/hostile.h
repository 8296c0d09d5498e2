/* A store's file is opened as if somebody had made it to do harm. Core alone; the store's
 * thread. Nothing is owned here.
 *
 * S13 nothing of a file's own is run before its schema was found to be exactly ours:
 *     no view, trigger, expression or virtual table of another's making. */
#ifndef BW_CORE_STORE_HOSTILE_H
#define BW_CORE_STORE_HOSTILE_H

#include "schema.h"
#include "sql.h"

/* How much computing opening may take: a store of 100,000 rows takes a hundredth of it on
 * a PC. */
enum { STORE_START_LIMIT_S = 30 };

/* What this thread has computed so far, in ms of a processor: it stands still while a
 * disk, others' programs or a machine that sleeps make it wait. */
int64_t bw_store_spent_ms(void);

/* Ends statements on this connection once they have computed for STORE_START_LIMIT_S by
 * `spent_ms` (bw_store_spent_ms, but for tests), until bw_store_limit_end: BW_CORRUPT, in
 * a sentence of its own. */
void bw_store_limit_begin(struct bw_store *store, int64_t (*spent_ms)(void));
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
