/* Of sessions that ended before a day, everything that tells who somebody is goes; the
 * counts stay.
 *
 * What goes: names, schools, roles, tables and reasons of the registrations, mail
 * addresses of people who have no registration elsewhere, tickets, the details of events.
 * What stays: codes, statuses, regions and events, which are nobody's any more; so
 * reports of a series count as before, and chains still hold. One thread. */
#ifndef BW_SYNC_PURGE_H
#define BW_SYNC_PURGE_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What went of one session. */
struct bw_purged_session {
    struct bw_session session;
    int64_t registrations, tickets, details;
};

/* A zeroed one is empty. */
struct bw_purge {
    struct bw_purged_session *sessions; /* owned; by start */
    size_t sessions_count;
    int64_t people; /* who are forgotten */
    /* What was deleted may stay readable in the file for a while: why it could not be
     * overwritten at once. Status BW_OK where it was. */
    struct bw_error unswept;
};

/* Purges the sessions that ended before `before_ms` (UTC) and weren't purged yet, in one
 * transaction. BW_BAD_INPUT for a time still to come, which would empty a roster that is
 * needed; BW_NO_MEMORY; the errors of the database. Nothing was changed then. The caller
 * finishes what BW_OK gives. */
BW_NODISCARD enum bw_status bw_office_purge(const struct bw_office *office,
    int64_t before_ms, struct bw_purge *ret_purge, struct bw_error *err);
void bw_office_purge_finish(struct bw_purge *purge);

#ifdef __cplusplus
}
#endif

#endif
