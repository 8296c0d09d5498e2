/* Quarantine: events that are kept, and count nowhere until the organiser settles them
 * (design.md, events; "a kiosk speaks for its own sessions only").
 *
 * XQ1 an event is in `event` or in quarantine, never counted from both: one that was
 *    settled in stays listed as such.
 * XQ2 what is thrown out stays as a tombstone: no later copy of it is asked about again.
 * XQ3 a clock that was injected puts nothing into quarantine.
 *
 * Times are UTC in ms. One thread, the thread of the central database. */
#ifndef BW_EXCHANGE_OFFICE_QUARANTINE_H
#define BW_EXCHANGE_OFFICE_QUARANTINE_H

#include "central/central.h"

#include <brugwachter/event.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Numbers as they stand in the database. */
enum bw_quarantine_reason {
    BW_QUARANTINE_NONE,
    BW_QUARANTINE_SESSION,      /* of a session that its kiosk isn't enrolled for */
    BW_QUARANTINE_REF,          /* refers to an event of another session */
    BW_QUARANTINE_REVOKED,      /* of a revoked kiosk, beyond its head */
    BW_QUARANTINE_GENERATION,   /* a ticket's generation that was never issued */
    BW_QUARANTINE_EARLY,        /* stamped before 2020 */
    BW_QUARANTINE_LATE,         /* stamped over a day after it was received */
    BW_QUARANTINE_INTRODUCTION, /* signed by keys whose introduction waits */
};

/* In words, for a sentence: "its kiosk isn't enrolled for the session". Static. */
const char *bw_quarantine_reason_text(enum bw_quarantine_reason reason);
/* As in JSON: "session". Static. */
const char *bw_quarantine_reason_name(enum bw_quarantine_reason reason);

/* BW_QUARANTINE_EARLY or _LATE where the event's own time says so; NONE else.
 * Any thread. */
enum bw_quarantine_reason bw_quarantine_of_stamp(
    const struct bw_event *event, int64_t received_ms);

/* One event in quarantine, for lists. */
struct bw_quarantined {
    int64_t number; /* what `settle` takes */
    struct bw_event event;
    enum bw_quarantine_reason reason;
    int64_t received_ms;
    bool settled, taken_in;
    char session_code[BW_LABEL_BYTES]; /* "": no such session here; nor a title */
    char session_title[BW_TITLE_BYTES];
};

/* Called for each; false stops early. `quarantined` is borrowed until it returns. */
typedef bool bw_quarantine_each(const struct bw_quarantined *quarantined, void *context);

/* Those that wait (or all, with `settled`), by number. BW_IO, BW_CORRUPT. */
BW_NODISCARD enum bw_status bw_quarantine_list(struct bw_central *central, bool settled,
    bw_quarantine_each *each, void *context, struct bw_error *err);

/* Keeps an event, in the caller's transaction; one that is there already changes
 * nothing, and *ret_new says so. `details` are canonical bytes, or NULL.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_quarantine_put(struct bw_central *central,
    const struct bw_event *event, const uint8_t *details, size_t details_bytes,
    enum bw_quarantine_reason reason, int64_t received_ms, const uint8_t sign_public[32],
    bool *ret_new, struct bw_error *err);

/* Takes in all that waits for the introduction of `device` by the key `sign_public`, in
 * the caller's transaction. *ret_count tells how many. What the database answers;
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_quarantine_admit(struct bw_central *central,
    uint32_t device, const uint8_t sign_public[32], int64_t now_ms, int64_t *ret_count,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
