/* 02 to 06: the answer to one person. What is given is borrowed for the call. UI
 * thread. */
#ifndef BW_FLOW_RESULT_H
#define BW_FLOW_RESULT_H

#include "flow/base/state.h"

/* A person's answer: a result's screen, or a line while staff are at their screens.
 * Where the desk could not answer, somebody helps. */
bw_flow_handler bw_flow_on_person;

/* "A member of staff is happy to help",
 * about `about` where that's known (else BW_CODE_NONE). */
void bw_flow_result_show_help(
    struct bw_flow *flow, bw_code about, struct bw_now now, struct bw_effects *effects);

#endif
