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

/* A hello to look at: of which kiosk, what it says, and what came of it. Borrowed. */
struct bw_epoch_hello {
    const struct bw_kiosk_record *kiosk;
    const struct bw_hello *hello;
    uint32_t new_epoch; /* that was begun; 0 where all is well */
};

/* Compares what hellos say is held with what was ever given, one after the other, and
 * begins a new epoch where that doesn't fit. now_ms is UTC, by the office's clock.
 * BW_BAD_INPUT: an epoch that can't be (XP2). BW_NO_MEMORY. What the database answers. */
BW_NODISCARD enum bw_status bw_epoch_look(struct bw_central *central,
    struct bw_epoch_hello *hellos, size_t count, int64_t now_ms, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
