/* Steps about one session, beside those about others (engine.h, C8): each begins a
 * transaction, finds what it is about, holds its session, and reads it again, as of then.
 * The caller commits or rolls back, also where these fail. One thread. */
#ifndef BW_SYNC_HOLD_H
#define BW_SYNC_HOLD_H

#include "office/office.h"

/* By what was typed, as bw_office_registration_by_code. BW_BUSY (C5, C8); BW_NOT_FOUND,
 * and what the database answers. */
BW_NODISCARD enum bw_status bw_office_hold_registration(struct bw_central *central,
    const char *typed, struct bw_office_registration *ret_registration,
    struct bw_error *err);

/* By its code, as bw_record_session, and with its errors, and BW_BUSY. */
BW_NODISCARD enum bw_status bw_office_hold_session(struct bw_central *central,
    const char *code, struct bw_session *ret_session, struct bw_error *err);

/* All sessions that `sql` gives, by rising number and each once: in a transaction that
 * began as a step, as bw_central_hold_sessions and with its errors. */
BW_NODISCARD enum bw_status bw_office_hold_each(struct bw_central *central,
    const char *sql, const struct bw_sql_value *parameters, int count, bool waits,
    struct bw_error *err);

/* What a step changed, to take it back: its sessions and numbers (C3), as it may be about
 * people. Where it changed what is of no session, made one or took one away, the
 * transaction is begun anew, alone. In one that began as a step. As
 * bw_central_hold_sessions. */
BW_NODISCARD enum bw_status bw_office_hold_step(
    struct bw_central *central, int64_t step_no, struct bw_error *err);

#endif
