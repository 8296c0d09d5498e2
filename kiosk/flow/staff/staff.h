/* 09: the staff's list, for other screens. What is given is borrowed for the call. UI
 * thread. */
#ifndef BW_FLOW_STAFF_H
#define BW_FLOW_STAFF_H

#include "flow/base/state.h"

/* What came of a command, as a line below the list; only while it is unlocked and staff
 * are at their screens. */
bw_flow_handler bw_flow_staff_tell;

/* The same for a command that was given at the list: the next one may follow. */
bw_flow_handler bw_flow_staff_on_answer;

/* A line below the list, by its text's key. */
void bw_flow_staff_toast(struct bw_flow *flow, const char *key,
    const struct bw_values *values, struct bw_now now);

/* The list will look for that person. */
void bw_flow_staff_look_up(struct bw_flow *flow, bw_code code);

/* The names of those inside (evacuation): not a name yet; the page that is `by` from the
 * one that stands (0: the first); that page
 * anew; and the list as it is when that is left. */
void bw_flow_staff_start_present(struct bw_flow *flow);
void bw_flow_staff_page_present(struct bw_flow *flow, int by, struct bw_effects *effects);
void bw_flow_staff_refresh_present(struct bw_flow *flow, struct bw_effects *effects);
void bw_flow_staff_leave_present(struct bw_flow *flow);

/* Fills in the view's part for a list of staff's. */
void bw_flow_staff_view(
    const struct bw_flow *flow, struct bw_now now, struct bw_view *view);

#endif
