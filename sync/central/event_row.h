/* One event as a row of the central database, with what comes with it: its details and,
 * for the first event of somebody without a registration, a code.
 *
 * XE1 an event is kept as its canonical bytes; its hash is computed here, never taken.
 * XE2 details that were forgotten, or of a session that was purged, stay gone: the row
 *    that tells so is a tombstone that no letter refills.
 *
 * In the caller's transaction; one thread. */
#ifndef BW_SYNC_EVENT_ROW_H
#define BW_SYNC_EVENT_ROW_H

#include "central/central.h"

#include <brugwachter/event.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_event_row {
    const struct bw_event *event; /* as bw_event_decode gave it: with its hash */
    const uint8_t *bytes;         /* canonical */
    size_t length;
    const uint8_t *details; /* canonical; NULL where there are none */
    size_t details_bytes;
    bool purged;         /* its session's people are gone: details aren't kept */
    int64_t received_ms; /* UTC, by the office's clock */
    int64_t revision;    /* of its session */
};

/* *ret_new is false where the event was there already. The row is borrowed. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_event_row_put(struct bw_central *central,
    const struct bw_event_row *row, bool *ret_new, struct bw_error *err);

/* Many rows of which the caller knows, by a lock that it holds, that none is there: the
 * events, and codes for those who have none; not the details. `rows` is borrowed. What
 * the database answers; BW_REFUSED where one is there all the same. */
BW_NODISCARD enum bw_status bw_event_row_put_many(struct bw_central *central,
    const struct bw_event_row *rows, size_t count, struct bw_error *err);

/* The details alone, of an event that is there already: event, details, details_bytes and
 * purged are looked at. Those that are there stay. What the database answers, as
 * bw_central_put has it. */
BW_NODISCARD enum bw_status bw_event_row_put_details(
    struct bw_central *central, const struct bw_event_row *row, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
