/* A store's connection, apart from what is in it. Core alone; the store's thread. The
 * store is the caller's, and borrowed; on failure it is to be closed. "Store errors" are
 * those of store.h. */
#ifndef BW_CORE_STORE_OPEN_H
#define BW_CORE_STORE_OPEN_H

#include "schema.h"
#include "sql.h"

/* Connects to the file `real`, which is there, and sets the connection up. Store
 * errors. */
BW_NODISCARD enum bw_status bw_store_connect(
    struct bw_store *store, const char *real, struct bw_error *err);

/* Brings the file from its version to `to`, in one transaction; `steps` has a step for
 * each, and `to` counts them. BW_NEWER where it is past `to`, BW_READ_ONLY where it is
 * older and can't be written, store errors. */
BW_NODISCARD enum bw_status bw_store_migrate(struct bw_store *store,
    const struct store_migration *steps, int to, struct bw_error *err);

/* Reads the key that the rows' checksums are made with. Store errors. */
BW_NODISCARD enum bw_status bw_store_sum_key_load(
    struct bw_store *store, struct bw_error *err);

/* Reads and writes the enrolment and the store's id. Store errors; what is in memory is
 * as it was then. */
BW_NODISCARD enum bw_status bw_store_settings_load(
    struct bw_store *store, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_settings_save(
    struct bw_store *store, const struct bw_enrolment *enrolment, struct bw_error *err);

/* Says that who began (bw_store_run_begin) ended well; without a beginning, nothing.
 * Can't fail a caller: what isn't written is told as a cut later. */
void bw_store_run_end(struct bw_store *store);

#endif
