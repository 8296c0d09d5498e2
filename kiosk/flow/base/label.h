/* A label for who comes in, where a label printer is set up; and what is wrong with it.
 * What is given is borrowed for the call. UI thread. */
#ifndef BW_FLOW_LABEL_H
#define BW_FLOW_LABEL_H

#include "state.h"

/* Asks for the label of who was let in just now: once, and not for who came back, nor
 * while staff practise. Nothing where no printer is set up. */
void bw_flow_label_answer(const struct bw_flow *flow, const struct bw_answer *answer,
    struct bw_effects *effects);

/* Asks for a person's label, again too. */
void bw_flow_label_person(const struct bw_flow *flow, const struct bw_person *person,
    struct bw_effects *effects);

/* One was printed, or wasn't: said till one is. */
void bw_flow_label_on_outcome(
    struct bw_flow *flow, enum bw_helper_outcome outcome, struct bw_now now);

/* The line that says what is wrong: to staff all the time, at the start screen for a
 * moment, as it lies over it, after each label that didn't come. "" where there is none,
 * and on a screen that is somebody's answer. */
const char *bw_flow_label_line(const struct bw_flow *flow, struct bw_now now);

/* Time passed: from the start screen it goes, till the next label that doesn't come. */
void bw_flow_label_tick(struct bw_flow *flow, struct bw_now now);

/* When it goes by itself, monotonic; INT64_MAX: it doesn't. */
int64_t bw_flow_label_next_ms(const struct bw_flow *flow);

#endif
