/* 13, and what else of the agenda others may know. What is given is borrowed for the
 * call. UI thread. */
#ifndef BW_FLOW_AGENDA_H
#define BW_FLOW_AGENDA_H

#include "flow/base/state.h"

/* Never between doors and the session's end, nor around the start. */
bool bw_flow_is_off_hours(const struct bw_flow *flow, int64_t wall_ms);

/* Asks the desk for it. */
void bw_flow_ask_agenda(struct bw_flow *flow, struct bw_effects *effects);

/* The next question hour for others than this audience, as last asked; borrowed till
 * then. NULL: none is known. */
const struct bw_agenda_item *bw_flow_referral(const struct bw_flow *flow);

#endif
