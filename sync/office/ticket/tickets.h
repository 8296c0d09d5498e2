/* What every person of a session gets to carry, and the list for a mail merge: CODE.png,
 * CODE.svg and CODE.pdf each, tickets.csv in order of sign-up, tickets.pdf with an A6
 * page a person and sheets.pdf with four of them on an A4 page, by surname.
 *
 * The texts are those that were issued (central/issue.h); nothing here signs. Somebody
 * without a valid registration gets none, and what an earlier run wrote for them is taken
 * away. One thread, that of the database; drawing has threads of its own
 * (ticket_press.h). */
#ifndef BW_SYNC_TICKETS_H
#define BW_SYNC_TICKETS_H

#include "office/office.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_tickets_request {
    const char *session; /* its code */
    const char *folder;  /* made where it isn't there */
    /* Only who isn't in the folder's tickets.csv with the ticket that they have now; the
     * two PDFs of all are then tickets-new.pdf and sheets-new.pdf, and hold these. The
     * list has everybody all the same. */
    bool only_new;
    bool own_folder; /* into a folder by the session's code, whatever lies here */
    int threads;     /* 0: as many as there are processors */
};

struct bw_tickets {
    struct bw_session session;
    char folder[PATH_MAX];         /* where they are */
    int64_t confirmed, waitlisted; /* who have one */
    int64_t written, fresh;        /* who got files now; who had none before */
    int64_t removed;               /* whose ticket of an earlier run was taken away */
    /* Files were written, and not all of them are in their place: why. Status BW_OK where
     * all are. */
    struct bw_error incomplete;
};

/* Writes them; where another session's lie in the folder, into a folder of their own in
 * it. BW_NOT_FOUND for the session, BW_REFUSED for one that is called off, BW_CORRUPT
 * where somebody has no ticket, BW_NO_MEMORY; the errors of writing
 * (central/base/output_set.h) and of the database. No file was changed then. */
BW_NODISCARD enum bw_status bw_office_tickets_write(const struct bw_office *office,
    const struct bw_tickets_request *request, struct bw_tickets *ret_tickets,
    struct bw_error *err);

/* Takes a session's result. */
typedef void bw_tickets_each(const struct bw_tickets *tickets, void *context);

/* The same for each session of a series that isn't over or called off, each in a folder
 * of its own; request->session is passed over. Stops at the first that fails: those
 * before it stand, and `each` was told of them. BW_NOT_FOUND for the series. */
BW_NODISCARD enum bw_status bw_office_tickets_write_series(const struct bw_office *office,
    const char *series, const struct bw_tickets_request *request, bw_tickets_each *each,
    void *context, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
