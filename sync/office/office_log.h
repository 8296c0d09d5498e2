/* The office's own log: what was typed in from paper, as events of a device that is no
 * kiosk (state 3 in the table of devices, made when it is first needed). Numbered and
 * chained as a kiosk's is, so that `verify` says the same of it. Each epoch (a database
 * that was put back from a copy begins one) has logs of its own: no number is given a
 * second time. There are as many as people ever typed in lists at the same time, so that
 * none waits for another. One thread. */
#ifndef BW_SYNC_OFFICE_LOG_H
#define BW_SYNC_OFFICE_LOG_H

#include "office/office.h"

#include <brugwachter/event.h>

/* Where the log stands. Plain values; nothing is to be finished. */
struct bw_office_log {
    struct bw_central *central; /* borrowed */
    struct bw_clock clock;
    uint32_t device;
    uint64_t seq; /* of the newest event; 0: none yet */
    uint64_t hlc;
    uint8_t hash[BW_HASH_BYTES]; /* its hash; of none, what the first one links to */
};

/* One that nobody else has just now, held to the end of the transaction; a new one takes
 * the lock of numbers (C3). In a transaction. What the database answers. */
BW_NODISCARD enum bw_status bw_office_log_open(
    const struct bw_office *office, struct bw_office_log *ret_log, struct bw_error *err);

/* Gives the event its number, stamps, link and hash, and writes it. Its wall time is the
 * caller's: what the paper says. BW_IO, BW_FULL, BW_BUSY. */
BW_NODISCARD enum bw_status bw_office_log_append(
    struct bw_office_log *log, struct bw_event *event, struct bw_error *err);

#endif
