/* What waits for the organiser's word, or is to be looked at: events in quarantine,
 * letters that were set aside, introductions that wait, and kiosks that don't know of
 * another one of their sessions.
 *
 * Times are UTC in ms, by the office's clock. One thread: the central database's. */
#ifndef BW_SYNC_PENDING_H
#define BW_SYNC_PENDING_H

#include "central/base/arena.h"
#include "central/central.h"

#include <brugwachter/enrolment.h>
#include <brugwachter/ticket.h>

enum {
    BW_PENDING_STORE_ID_BYTES = 32,
    BW_PENDING_LETTERS_MAX = 100, /* the newest; all are counted */
};

/* Events in quarantine that nobody settled: of one kiosk, for one reason. */
struct bw_pending_events {
    uint32_t device;
    int reason; /* enum bw_quarantine_reason of exchange/office */
    int64_t count;
};

/* A letter that couldn't be taken; the carrier still has it. */
struct bw_pending_letter {
    const char *name, *why; /* as long as the whole */
    uint32_t device;        /* that its name states; 0: of no kiosk */
    int64_t aside_ms;
};

/* A second introduction: whose four words `kiosks accept` takes. */
struct bw_pending_introduction {
    uint32_t device;
    int64_t received_ms;
    uint8_t sign[BW_PUBLIC_KEY_BYTES], box[BW_PUBLIC_KEY_BYTES];
    uint8_t store_id[BW_PENDING_STORE_ID_BYTES];
};

struct bw_pending {
    struct bw_pending_events *events; /* by kiosk and reason */
    size_t events_count, events_capacity;
    struct bw_pending_letter *letters; /* the newest first */
    size_t letters_count, letters_capacity;
    int64_t letters_all;
    struct bw_pending_introduction *introductions; /* by kiosk and time */
    size_t introductions_count, introductions_capacity;
    int64_t *behind; /* kiosks that need a new roster, by number */
    size_t behind_count;
    struct bw_arena texts;
    bool no_memory;
};

/* Reads all of it in one snapshot (C4); the caller finishes it. BW_NO_MEMORY, and what
 * the database answers. */
BW_NODISCARD enum bw_status bw_pending_read(struct bw_central *central, int64_t now_ms,
    struct bw_pending *ret_pending, struct bw_error *err);
void bw_pending_finish(struct bw_pending *pending);

/* Events, introductions, or a letter set aside in the last 7 days: one that is older was
 * told often enough. */
bool bw_pending_needs_a_look(const struct bw_pending *pending, int64_t now_ms);

/* Events of one session that wait in quarantine. What the database answers. */
BW_NODISCARD enum bw_status bw_pending_of_session(struct bw_central *central,
    uint32_t session_no, int64_t *ret_count, struct bw_error *err);

/* Kiosks at work whose newest stated roster doesn't know of every other kiosk of its
 * sessions (not over): they need a new one. Numbers, rising; the caller frees.
 * BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_pending_behind(struct bw_central *central, int64_t now_ms,
    int64_t **ret_devices, size_t *ret_count, struct bw_error *err);

#endif
