/* One new circle, by hand: one transaction and one step (step.h), which undo takes back;
 * with any other status than BW_OK nothing was changed. One thread. */
#ifndef BW_SYNC_SESSION_ADD_H
#define BW_SYNC_SESSION_ADD_H

#include "office/office.h"

#include <brugwachter/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is said of it, as in a file of sessions; borrowed. What is NULL or "" is as in the
 * circle of its series that begins last, but title, times, place and region; a region
 * that circles have is spelled as they do. */
struct bw_import_session_said {
    const char *code, *title;
    const char *series; /* may be new; NULL, "": that of the circle that begins last */
    const char *kind, *region, *audience;
    const char *venue, *address, *venue_phone; /* said, or "" */
    const char *starts;                        /* 2025-03-25 13:30, venue time */
    const char *ends; /* also 16:30; NULL, "": it lasts as long */
    const char *places;
    bool confirmed; /* what is asked about below is right */
};

/* Whom it is like: the circle that begins last, of that series or, where `series` is NULL
 * or "", of all. BW_NOT_FOUND, without a sentence, where there's none. */
BW_NODISCARD enum bw_status bw_import_session_last(struct bw_central *central,
    const char *series, struct bw_session *ret_session, struct bw_error *err);

/* BW_BAD_INPUT, about the field as a file of sessions has it ("starts_at"), for what
 * doesn't hold; BW_REFUSED where the code is taken and, unless confirmed, where it would
 * begin in the past or another circle is then and there; BW_BUSY where somebody else has
 * just made it; BW_FULL, and what the database answers. */
BW_NODISCARD enum bw_status bw_import_session_add(const struct bw_office *office,
    const struct bw_import_session_said *said, const char *why,
    struct bw_session *ret_session, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
