/* What the organiser does to a whole session: called off, moved to another day or place,
 * its figures fixed, and both taken back.
 *
 *   planned -> today -> held -> closed     by the clock; `close` and `reopen` the last
 *   planned, today, held -> cancelled      `cancel`; `reopen` takes it back
 *
 * Each is one transaction and one step (step.h), which undo takes back; with any other
 * status than BW_OK nothing was changed. `typed` is a session's code: BW_NOT_FOUND where
 * there's none. Times are UTC in ms. One thread. */
#ifndef BW_SYNC_OFFICE_SESSION_H
#define BW_SYNC_OFFICE_SESSION_H

#include "office/office.h"
#include "office/step.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What became of it. Zeroed is empty. */
struct bw_office_session_change {
    struct bw_session before, now;
    struct bw_step_told *told; /* owned; whom to tell, by name */
    size_t count, capacity;
};
void bw_office_session_change_finish(struct bw_office_session_change *change);

/* Calls it off: its people keep what they have at the office, no ticket lets in, and it
 * counts in no sum. BW_REFUSED where it is called off or closed. The caller finishes what
 * BW_OK gives, as of the next three; BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_office_session_cancel(const struct bw_office *office,
    const char *typed, const char *why, struct bw_office_session_change *ret_change,
    struct bw_error *err);

/* Another day or place, or whom to call there. Borrowed; NULL and "" change nothing. */
struct bw_office_session_move {
    const char *starts, *ends; /* as in an import: 2025-03-25 13:30, venue time */
    const char *venue, *address;
    const char *venue_phone; /* "": none any more; NULL: another venue has none yet */
    bool confirmed;          /* what is asked about below is right */
};

/* Where the end isn't given, it lasts as long as before; `opens` moves along. Of another
 * number to call alone nobody is to be told, and a circle that is over may have one.
 * BW_BAD_INPUT for no time and for an end before the start; BW_REFUSED where nothing
 * changes, it is called off or closed, and, unless confirmed, where it would begin in the
 * past or is over already. */
BW_NODISCARD enum bw_status bw_office_session_move(const struct bw_office *office,
    const char *typed, const struct bw_office_session_move *to, const char *why,
    struct bw_office_session_change *ret_change, struct bw_error *err);

/* Fixes its figures (ST5); what kiosks still send is kept, and counts once it is opened
 * again. BW_REFUSED before its end, where it is called off or closed, and where somebody
 * is in doubt or something of it in quarantine. Whether its kiosks are complete is the
 * caller's to look at. */
BW_NODISCARD enum bw_status bw_office_session_close(const struct bw_office *office,
    const char *typed, const char *why, struct bw_office_session_change *ret_change,
    struct bw_error *err);

/* Opens a closed one for changes, or says that a called off one takes place after all.
 * BW_REFUSED where it is neither, and where `why` is empty. */
BW_NODISCARD enum bw_status bw_office_session_reopen(const struct bw_office *office,
    const char *typed, const char *why, struct bw_office_session_change *ret_change,
    struct bw_error *err);

enum bw_office_session_use { BW_OFFICE_SESSION_GIVES, BW_OFFICE_SESSION_TAKES };

/* For what gives or takes places: BW_REFUSED, with what to do, where the figures of the
 * session are fixed, it is over, or (for giving) called off. `doing` begins the sentence:
 * "cancelling in". */
BW_NODISCARD enum bw_status bw_office_session_check(const struct bw_office *office,
    uint32_t session_no, enum bw_office_session_use use, const char *doing,
    struct bw_error *err);

/* Whether a place may be given in it now: it isn't over, called off or closed. */
bool bw_office_session_is_open(
    const struct bw_office *office, const struct bw_session *session);

#ifdef __cplusplus
}
#endif

#endif
