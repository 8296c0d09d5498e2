/* What the camera and hand scanners read: stimuli that belong to no one screen.
 * No function fails. What is given is borrowed for the call. UI thread. */
#ifndef BW_FLOW_SCAN_H
#define BW_FLOW_SCAN_H

#include "flow/base/state.h"

/* A text that was read. It goes to the desk once, however long it is held in view, or, on
 * the first start's screen, to the enrolment; elsewhere it says nothing. */
void bw_flow_on_scan(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);
/* What a camera frame showed: a text, a code that can't be read and what would help, or
 * nothing. */
void bw_flow_on_sighting(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);
/* A camera came, went, or is another one. */
void bw_flow_on_camera(
    struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_effects *effects);

#endif
