/* A central database moved into another one, whatever the two engines are. One thread. */
#ifndef BW_SYNC_CENTRAL_COPY_H
#define BW_SYNC_CENTRAL_COPY_H

#include "central/central.h"
#include "central/progress.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Copies all rows of `from`, in one snapshot of it, into `to`, within the caller's
 * transaction there; `to` has nothing of ours yet. Secret keys lie in no database and
 * stay where they are. *ret_rows: how many. `progress` may be NULL.
 * BW_REFUSED: `to` is set up already. BW_CORRUPT: a table has not as many rows in `to` as
 * in `from`. BW_NO_MEMORY, and what either database answers. */
BW_NODISCARD enum bw_status bw_central_copy(struct bw_central *from,
    struct bw_central *to, struct bw_progress *progress, int64_t *ret_rows,
    struct bw_error *err);

/* Puts all rows of `from` in the place of those that `to` has, within the caller's
 * transaction there, which nobody else writes beside; both are set up. The rest, and the
 * errors, as bw_central_copy's. */
BW_NODISCARD enum bw_status bw_central_copy_over(struct bw_central *from,
    struct bw_central *to, struct bw_progress *progress, int64_t *ret_rows,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
