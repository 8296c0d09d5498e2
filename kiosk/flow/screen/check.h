/* The check of the day before, for what the camera tells it. UI thread. */
#ifndef BW_FLOW_CHECK_H
#define BW_FLOW_CHECK_H

#include "flow/base/state.h"

/* A text was read there, by the camera or by hand. True where that was all: the enrolment
 * sheet's test ticket is of nobody. */
bool bw_flow_check_on_scan(struct bw_flow *flow, const char *text, bool by_hand);

/* The desk's answer to any other one: a ticket that is genuine shows as much. */
void bw_flow_check_on_scanned(struct bw_flow *flow, const struct bw_answer *answer);

/* A camera stands; `other` than before. Where staff asked for another one, it is kept. */
void bw_flow_check_on_camera(
    struct bw_flow *flow, bool other, struct bw_effects *effects);

#endif
