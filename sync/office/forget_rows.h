/* What purge and forget have in common: rows that are made nobody's, those of a session
 * or those of one registration. Codes, statuses, regions and events stay, so counts and
 * chains hold. All within bw_central_begin and bw_central_commit; one thread. */
#ifndef BW_SYNC_FORGET_ROWS_H
#define BW_SYNC_FORGET_ROWS_H

#include "office/entries.h"

#include <brugwachter/code.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How many rows. */
struct bw_office_forgotten {
    int64_t registrations, tickets, details, mails;
};

/* Everything of a session's people, its sealed rows included. `revision` is the next one
 * of the session. What the database answers, as all here do. */
BW_NODISCARD enum bw_status bw_office_forget_session(struct bw_central *central,
    uint32_t session_no, int64_t revision, struct bw_office_forgotten *ret_forgotten,
    struct bw_error *err);

/* Everything of one registration but what bw_office_forget_entries does; adds to
 * *inout_forgotten. `revision` is the next one of its session. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_office_forget_registration(struct bw_central *central,
    bw_code code, int64_t revision, struct bw_office_forgotten *inout_forgotten,
    struct bw_error *err);

/* The details of one person's events, in logs and in quarantine, and what steps say of
 * them; kiosks hear of it by their next rosters. Within the person's step; adds to
 * *inout_forgotten. BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_office_forget_entries(struct bw_central *central,
    const struct bw_office_entries *entries, struct bw_office_forgotten *inout_forgotten,
    struct bw_error *err);

/* Names that somebody had before, and what steps kept of them: of all people without an
 * identity, those joined into others among them, who can't be parted any more. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_office_forget_names(
    struct bw_central *central, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
