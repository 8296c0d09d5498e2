/* What the camera and hand scanners read: stimuli that belong to no one screen. */
#ifndef BW_FLOW_SCAN_H
#define BW_FLOW_SCAN_H

#include "flow/base/state.h"

void bw_flow_on_scan(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);
void bw_flow_on_sighting(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);
void bw_flow_on_camera(
    struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_effects *effects);

#endif
