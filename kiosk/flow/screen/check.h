/* The check of the day before, for what the camera tells it. UI thread. */
#ifndef BW_FLOW_CHECK_H
#define BW_FLOW_CHECK_H

#include "flow/base/state.h"

/* A text was read there. */
void bw_flow_check_on_scan(struct bw_flow *flow);

/* A camera stands; `other` than before. Where staff asked for another one, it is kept. */
void bw_flow_check_on_camera(
    struct bw_flow *flow, bool other, struct bw_effects *effects);

#endif
