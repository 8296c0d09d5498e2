/* What a kiosk's letters state of itself: the head of its log, and a hello. Inside the
 * kiosk's half alone. One thread. */
#ifndef BW_KIOSK_STATEMENT_H
#define BW_KIOSK_STATEMENT_H

#include "exchange/kiosk/kiosk.h"
#include "exchange/letter/events.h"

/* Numbers that this half keeps in the store. */
#define BW_KIOSK_HELLO_COUNTER "hello_counter"
#define BW_KIOSK_HELLO_STATE "hello_state"

/* All but from and to. A new counter is taken, durably, where the last hello is 2 minutes
 * old or said another thing. What the store fails with. */
BW_NODISCARD enum bw_status bw_kiosk_state(struct bw_kiosk_exchange *exchange,
    struct bw_events_letter *ret_statement, struct bw_error *err);

#endif
