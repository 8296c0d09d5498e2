/* An enrolment, made at the office: what lets a kiosk become this kiosk, once. One
 * thread, that of the central database. */
#ifndef BW_EXCHANGE_OFFICE_ENROLMENT_OUT_H
#define BW_EXCHANGE_OFFICE_ENROLMENT_OUT_H

#include "exchange/letter/enrolment.h"
#include "exchange/office/post.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Makes the one-time pairs, before the kiosk has a number: the secret seed goes into
 * file->seed, *ret_first are the public halves. Nothing here fails. */
void bw_enrolment_out_keys(
    struct bw_enrolment_file *file, struct bw_identity_public *ret_first);

/* Fills and signs the file of a kiosk that has its number, after bw_enrolment_out_keys.
 * `expires_ms` is UTC. `roads` are its carriers, of which an empty list leaves it a stick
 * alone; NULL: the office's own. *ret_open as of bw_office_logins_give, with whose errors
 * it fails. BW_FULL: too many carriers. BW_NO_MEMORY, and what the database answers. The
 * caller ends the file with bw_enrolment_file_finish. */
BW_NODISCARD enum bw_status bw_enrolment_out_fill(const struct bw_exchange_post *post,
    const struct bw_enrolment *enrolment, uint32_t replaces, int64_t expires_ms,
    const struct bw_carrier_list *roads, struct bw_enrolment_file *file, bool *ret_open,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
