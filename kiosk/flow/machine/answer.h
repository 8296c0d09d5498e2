/* The desk's answers, each to whoever asked. What is given is borrowed for the call. UI
 * thread. */
#ifndef BW_FLOW_ANSWER_H
#define BW_FLOW_ANSWER_H

#include "flow/base/state.h"

/* FL1: a commit that failed is a fault screen, whatever was asked. */
void bw_flow_on_answer(struct bw_flow *flow, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects);

#endif
