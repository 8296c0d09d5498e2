/* A kiosk that was enrolled again, and whose store keeps its number and its log: it
 * introduces its own keys a second time, under the new number and by that enrolment's
 * one-time key. The office then gives the kept number what the new one was to have, and
 * the new number is nobody's. In the caller's transaction; one thread. */
#ifndef BW_EXCHANGE_OFFICE_INTRODUCTION_AGAIN_H
#define BW_EXCHANGE_OFFICE_INTRODUCTION_AGAIN_H

#include "central/central.h"
#include "exchange/letter/introduction.h"
#include "exchange/office/kiosk_record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The newest number that device $1 was enrolled with again while it kept its own; no row
 * or NULL: none. */
#define BW_INTRODUCTION_AGAIN_SQL                                                        \
    "SELECT max(n.device) FROM device n JOIN device d ON d.device = n.replaces"          \
    " WHERE d.device = $1 AND n.state = 2 AND n.store_id = d.store_id"

/* Whether the introduction of `kiosk`, not heard before, is by the very kiosk that it was
 * to replace, in service or revoked: same store and same keys. What bw_kiosk_record_read
 * fails with. */
BW_NODISCARD enum bw_status bw_introduction_is_again(struct bw_central *central,
    const struct bw_kiosk_record *kiosk, const struct bw_introduction *introduction,
    bool *ret_again, struct bw_error *err);

/* Gives the kept number the name, settings, expiry and sessions of `kiosk`, which is out
 * of service from now on; one that was revoked is in service again. From a session that
 * is no more among them the kept one is moved away: what it saw there stands. now_ms is
 * UTC, by the office's clock. What the database answers. */
BW_NODISCARD enum bw_status bw_introduction_again_put(struct bw_central *central,
    const struct bw_kiosk_record *kiosk, const struct bw_introduction *introduction,
    int64_t now_ms, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
