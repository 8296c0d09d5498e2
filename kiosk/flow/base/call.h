/* A visitor calls staff: a sound now and twice again, and a mark on this kiosk's screen,
 * until staff sign in. Nothing of it is kept. No function fails. UI thread. */
#ifndef BW_FLOW_CALL_H
#define BW_FLOW_CALL_H

#include "state.h"

/* Somebody calls; again while the mark stands it changes nothing. */
void bw_flow_call_staff(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* Staff are here. */
void bw_flow_call_end(struct bw_flow *flow);

/* The sound, when it is time for it again; and when that is (monotonic ms; INT64_MAX:
 * never). */
void bw_flow_call_tick(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
int64_t bw_flow_call_next_ms(const struct bw_flow *flow);

#endif
