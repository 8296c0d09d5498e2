/* A batch of one kiosk's events on its way to the central database, with what the kiosk
 * states of its head. By network and by USB it is the same batch.
 *
 * A1 putting is union: any order, any number of times, any split gives the same rows (of
 *    received_ms and revision, which tell when, aside).
 * A2 an event is kept as its canonical bytes; its hash is computed here, never taken.
 *
 * One thread. */
#ifndef BW_SYNC_BATCH_H
#define BW_SYNC_BATCH_H

#include "central/central.h"

#include <brugwachter/event.h>
#include <brugwachter/store.h>

enum { BW_BATCH_EVENTS_MAX = 1000000 };

struct bw_batch_item {
    struct bw_event event;
    size_t details_bytes; /* 0 where there are none */
    uint8_t *details;     /* canonical bytes */
};

struct bw_batch {
    uint32_t device;
    uint8_t store_id[BW_STORE_ID_BYTES];
    struct bw_head head; /* as of stated_ms, or later */
    int64_t stated_ms;
    bool suspect; /* the clock that stated_ms is from */
    size_t count, room;
    struct bw_batch_item *items;
};

/* Reads up to `most` own events from `from_seq` on, and states the head. */
BW_NODISCARD enum bw_status bw_batch_of_store(struct bw_store *store,
    const struct bw_clock *clock, uint64_t from_seq, size_t most,
    struct bw_batch *ret_batch, struct bw_error *err);
void bw_batch_finish(struct bw_batch *batch);

/* The letter of an event file; the caller frees. */
BW_NODISCARD enum bw_status bw_batch_write(
    const struct bw_batch *batch, char **ret_text, struct bw_error *err);
/* BW_BAD_INPUT where it doesn't hold; details are checked against the commitments. */
BW_NODISCARD enum bw_status bw_batch_read(
    const void *bytes, size_t length, struct bw_batch *ret_batch, struct bw_error *err);

/* Puts a batch, in the caller's transaction; `way` is "push" or "usb". *ret_accepted is
 * how many events were new. BW_NOT_FOUND where no such kiosk is enrolled. */
BW_NODISCARD enum bw_status bw_batch_put(struct bw_central *central,
    const struct bw_batch *batch, const char *way, int64_t now_ms, int64_t *ret_accepted,
    struct bw_error *err);

#endif
