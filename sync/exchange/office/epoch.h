/* Epochs: a central database that was put back from a copy gives revisions a second time.
 * Its kiosks show it: they hold one that it never gave. It then begins a new epoch, which
 * goes before any revision, and all rosters are whole again.
 *
 * XP1 an epoch only rises, and is above every one that a kiosk of ours holds.
 * XP2 what a kiosk states moves it by BW_EPOCH_STEP_MAX at most: a kiosk that lies can't
 *    use the numbers up.
 *
 * In the caller's transaction; one thread. */
#ifndef BW_EXCHANGE_OFFICE_EPOCH_H
#define BW_EXCHANGE_OFFICE_EPOCH_H

#include "central/central.h"
#include "exchange/letter/events.h"
#include "exchange/office/kiosk_record.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_EPOCH_STEP_MAX = 1000 };

/* The epoch of now. What the database answers. */
BW_NODISCARD enum bw_status bw_epoch_read(
    struct bw_central *central, uint32_t *ret_epoch, struct bw_error *err);

/* Compares what a hello says is held with what was ever given, and begins a new epoch
 * where that doesn't fit. *ret_new_epoch: its number; 0 where all is well. now_ms is
 * UTC, by the office's clock. BW_BAD_INPUT: an epoch that can't be (XP2).
 * What the database answers. */
BW_NODISCARD enum bw_status bw_epoch_look(struct bw_central *central,
    const struct bw_kiosk_record *kiosk, const struct bw_hello *hello, int64_t now_ms,
    uint32_t *ret_new_epoch, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
