/* What every person of a session gets to carry, and the list for a mail merge: CODE.png
 * and CODE.svg each, tickets.csv, and tickets.pdf with an A6 page a person.
 *
 * The texts are those that were issued (central/issue.h); nothing here signs. Somebody
 * without a valid registration gets none, and what an earlier run wrote for them is taken
 * away. One thread. */
#ifndef BW_SYNC_TICKETS_H
#define BW_SYNC_TICKETS_H

#include "office/office.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_tickets {
    struct bw_session session;
    char folder[PATH_MAX];         /* where they are */
    int64_t confirmed, waitlisted; /* who got one */
    int64_t removed;               /* whose ticket of an earlier run was taken away */
    /* Files were written, and not all of them are in their place: why. Status BW_OK where
     * all are. */
    struct bw_error incomplete;
};

/* Writes the tickets of the session with this code into `folder`, which is made where it
 * isn't there; where another session's lie in it, into a folder of their own in it.
 * BW_NOT_FOUND for the session, BW_CORRUPT where somebody has no ticket, BW_NO_MEMORY;
 * the errors of writing (central/base/output_set.h) and of the database. No file was
 * changed then. */
BW_NODISCARD enum bw_status bw_office_tickets_write(const struct bw_office *office,
    const char *session_code, const char *folder, struct bw_tickets *ret_tickets,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
