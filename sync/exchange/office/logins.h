/* Kiosks' own logins, on the carriers that give them (postgresql://): given with an
 * enrolment, taken with a revocation. One thread, that of the central database. */
#ifndef BW_EXCHANGE_OFFICE_LOGINS_H
#define BW_EXCHANGE_OFFICE_LOGINS_H

#include "exchange/office/post.h"
#include "exchange/office/summary.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fills list->logins where the carriers of `list` give logins, for a kiosk that has its
 * number and sessions in the database (also in the caller's transaction, which the
 * carriers know nothing of: a login that was given for an enrolment that then failed
 * opens nothing to anybody, and the next one with this number gets another password).
 * *ret_open as of bw_carrier_admit, of any of them. What bw_carrier_open and
 * bw_carrier_admit fail with, BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_office_logins_give(const struct bw_exchange_post *post,
    uint32_t device, uint32_t replaces, int64_t expires_ms, struct bw_carrier_list *list,
    bool *ret_open, struct bw_error *err);

/* Whether a carrier of the office gives logins. BW_NO_MEMORY, and what the database
 * answers. */
BW_NODISCARD enum bw_status bw_office_logins_are_given(
    struct bw_central *central, bool *ret_given, struct bw_error *err);

/* Takes a kiosk its logins on all of the office's carriers, and ends what it has open
 * there. What couldn't be done is noted in the summary, and counted there as offline;
 * open connections that this login may not end are noted alone. BW_NO_MEMORY, and what
 * the database answers. */
BW_NODISCARD enum bw_status bw_office_logins_take(const struct bw_exchange_post *post,
    uint32_t device, struct bw_round_summary *summary, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
