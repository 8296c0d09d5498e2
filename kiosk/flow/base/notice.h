/* A line over whatever screen stands, for a moment: what came of a scan there. It goes
 * with the screen. No function fails. What is given is borrowed for the call. UI
 * thread. */
#ifndef BW_FLOW_NOTICE_H
#define BW_FLOW_NOTICE_H

#include "state.h"

/* Shows this line from now on, instead of the one that stands. All is copied. `values`
 * and `attention` (the organiser's word about the person) may be NULL. */
void bw_flow_notice_set(struct bw_flow *flow, const char *key,
    const struct bw_values *values, const char *attention, bool good, struct bw_now now);

/* Of a command that is about a person: said as a toast of staff's. */
void bw_flow_notice_answer(
    struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now);

/* A scan can't be taken where the flow stands: says so, and sounds so. */
void bw_flow_notice_refuse_scan(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* The line goes when its time is up. */
void bw_flow_notice_tick(struct bw_flow *flow, struct bw_now now);

/* Last of all: after the screen's own. */
void bw_flow_notice_view(
    const struct bw_flow *flow, struct bw_now now, struct bw_view *view);

/* When it goes (monotonic; INT64_MAX: there is none). */
int64_t bw_flow_notice_next_ms(const struct bw_flow *flow);

#endif
