/* The lock that says who has a store open. Core alone; any thread. */
#ifndef BW_CORE_STORE_CLAIM_H
#define BW_CORE_STORE_CLAIM_H

#include <brugwachter/error.h>
#include <stdbool.h>

/* Locks `real`.inuse, shared or alone; closing *ret_fd (a file's number,
 * the caller's to close) ends it. BW_BUSY where another
 * holds it so that both can't be. `path` is for the sentence. */
BW_NODISCARD enum bw_status bw_store_lock(
    const char *path, const char *real, bool alone, int *ret_fd, struct bw_error *err);

#endif
