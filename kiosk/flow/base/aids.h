/* Language, size of type, reading aloud and its volume. No function fails. What is given
 * is borrowed for the call. UI thread. */
#ifndef BW_FLOW_AIDS_H
#define BW_FLOW_AIDS_H

#include "state.h"

/* Takes an action of a finger or a key; any of them stops the reading. True where it was
 * one of theirs alone. */
bool bw_flow_aids_act(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects);
/* What was set goes back after a minute at rest. */
void bw_flow_aids_tick(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* The visitor goes, or another has come. */
void bw_flow_aids_reset(struct bw_flow *flow, struct bw_effects *effects);

/* Reads this screen, where that is wanted; stops reading. */
void bw_flow_aids_read(struct bw_flow *flow, struct bw_effects *effects);
void bw_flow_aids_hush(struct bw_flow *flow, struct bw_effects *effects);

/* Staff's own setting again; and its next step. */
void bw_flow_aids_usual_volume(struct bw_flow *flow, struct bw_effects *effects);
void bw_flow_aids_staff_volume(struct bw_flow *flow, struct bw_effects *effects);

/* The level that so many steps below the loudest are: 0 silent, to BW_VOLUME_LEVELS. */
int bw_flow_aids_level(int quieter);

#endif
