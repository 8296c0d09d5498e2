/* How far kiosks' chains are here, after letters went in: what their rosters will tell
 * them as a receipt. The inside of merge_events.c. In the caller's transaction; one
 * thread. */
#ifndef BW_EXCHANGE_OFFICE_MERGE_RECEIPT_H
#define BW_EXCHANGE_OFFICE_MERGE_RECEIPT_H

#include "exchange/office/merge/merge_events.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The next letter of the kiosk of letters[at] that is signed with its key in force; NULL
 * where none comes after it. */
struct bw_merge_events *bw_merge_next_of(
    struct bw_merge_events *const *letters, size_t count, size_t at);

/* Moves the receipt of each kiosk on as far as its chain is here; quarantine counts, for
 * it is kept. The letters' events are in. BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_merge_receipts_move(struct bw_central *central,
    struct bw_merge_events *const *letters, size_t count, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
