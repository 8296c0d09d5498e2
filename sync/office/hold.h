/* Steps beside those about others (engine.h, C8): each begins a transaction, finds which
 * sessions it is about, holds them, all at once and by rising number, and looks again: as
 * of then it decides, so what a colleague changed meanwhile is what it sees and says.
 * sync/SCALING.md has a table of what each command holds.
 *
 * The caller commits or rolls back, also where these fail. One thread. All answer BW_BUSY
 * (C5, C8), BW_NO_MEMORY, and what the database answers. */
#ifndef BW_SYNC_HOLD_H
#define BW_SYNC_HOLD_H

#include "office/office.h"

/* By what was typed, as bw_office_registration_by_code and with its errors; whoever led
 * to it by a move (FO1) is held too. */
BW_NODISCARD enum bw_status bw_office_hold_registration(struct bw_central *central,
    const char *typed, struct bw_office_registration *ret_registration,
    struct bw_error *err);

/* The same of several: their codes, in the order in which they were typed. */
BW_NODISCARD enum bw_status bw_office_hold_registrations(struct bw_central *central,
    const char *const typed[], size_t count, bw_code *ret_codes, struct bw_error *err);

/* The same, and the session to which they go, by its code. Errors as of both. */
BW_NODISCARD enum bw_status bw_office_hold_move(struct bw_central *central,
    const char *const typed[], size_t count, const char *session_code, bw_code *ret_codes,
    struct bw_session *ret_session, struct bw_error *err);

/* All sessions that people are in, and whoever they are taken for, and who is taken for
 * one of them. *ret_found: so many were found, also on failure; the next one wasn't. */
BW_NODISCARD enum bw_status bw_office_hold_people(struct bw_central *central,
    const char *const typed[], size_t count, bw_code *ret_codes, size_t *ret_found,
    struct bw_error *err);

/* By its code, as bw_record_session, and with its errors. */
BW_NODISCARD enum bw_status bw_office_hold_session(struct bw_central *central,
    const char *code, struct bw_session *ret_session, struct bw_error *err);

/* The sessions of what is in quarantine under these numbers, and the kiosks that wrote
 * it, for itself. A number that isn't there holds nothing. */
BW_NODISCARD enum bw_status bw_office_hold_quarantine(struct bw_central *central,
    const int64_t *numbers, size_t count, struct bw_error *err);

/* All sessions that `sql` gives, in any order: in a transaction that began as a step.
 * `waits` as of bw_central_hold_sessions. */
BW_NODISCARD enum bw_status bw_office_hold_each(struct bw_central *central,
    const char *sql, const struct bw_sql_value *parameters, int count, bool waits,
    struct bw_error *err);

/* What a step changed, to take it back: its sessions, the kiosks whose events it took in,
 * the step itself, and numbers (C3) where it is about people, made a session or took one
 * away, or is about the agenda. In a transaction that began as a step. */
BW_NODISCARD enum bw_status bw_office_hold_step(
    struct bw_central *central, int64_t step_no, struct bw_error *err);

#endif
