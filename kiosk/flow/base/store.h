/* The store as the desk tells of it: open or not, and how things stand. What is given is
 * borrowed for the call. UI thread. */
#ifndef BW_FLOW_STORE_H
#define BW_FLOW_STORE_H

#include "state.h"

/* The stimulus that says whether the store is open: takes the fault that it brings, asks
 * for the overview, and goes to the screen that fits. */
void bw_flow_on_store(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);

/* Asks the desk how things stand, unless it was asked and didn't answer yet. */
void bw_flow_ask_overview(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* Closes the store, for the other program makes it anew, and goes to the first start's
 * screen; and the end of that: it is opened as it then is. */
void bw_flow_store_begin_enrol(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
void bw_flow_store_end_enrol(struct bw_flow *flow, struct bw_effects *effects);

#endif
