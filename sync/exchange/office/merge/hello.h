/* What a kiosk states with each letter: its log's head, and a hello.
 *
 * XH1 a hello counts by its counter alone:
 *    one that is no higher than the newest changes nothing.
 * XH2 completeness rests on head statements with the time at which they were received, by
 *    the office's clock.
 *
 * In the caller's transaction; one thread. */
#ifndef BW_EXCHANGE_OFFICE_HELLO_H
#define BW_EXCHANGE_OFFICE_HELLO_H

#include "central/central.h"
#include "exchange/letter/events.h"
#include "exchange/office/kiosk_record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Keeps statement and hello of a letter of `kiosk`, which was received at now_ms (UTC);
 * `way` is how it came ("letter", "usb"). A revoked kiosk's say nothing. *ret_new: the
 * hello is newer than the one before. What the database answers. */
BW_NODISCARD enum bw_status bw_hello_put(struct bw_central *central,
    const struct bw_kiosk_record *kiosk, const struct bw_kiosk_session *sessions,
    int sessions_count, const struct bw_events_letter *letter, const char *way,
    int64_t now_ms, bool *ret_new, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
