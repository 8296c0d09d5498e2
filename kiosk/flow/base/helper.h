/* The other program: brugwachter-sync, one run at a time. What is given is borrowed for
 * the call. UI thread. */
#ifndef BW_FLOW_HELPER_H
#define BW_FLOW_HELPER_H

#include "state.h"

/* Starts it, and wipes what was said of the last run.
 * False while one runs: nothing is done. */
bool bw_flow_start_helper(
    struct bw_flow *flow, struct bw_effects *effects, enum bw_helper helper);

/* Enrols by a text that was scanned. */
void bw_flow_enrol(struct bw_flow *flow, const char *text, struct bw_effects *effects);

/* It ended. */
void bw_flow_on_helper(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);

#endif
