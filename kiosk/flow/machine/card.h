/* The staff card, held up (brugwachter/staff_card.h): it opens the names, at any screen
 * that takes scans and at the question for them; at the staff's list a new one is kept,
 * once they say yes. It unlocks no screen, and a visitor's scan is never taken for one.
 * What is given is borrowed for the call. UI thread. */
#ifndef BW_FLOW_CARD_H
#define BW_FLOW_CARD_H

#include "flow/base/state.h"

/* Whether the text calls itself a card, and the screen that stands takes one. */
bool bw_flow_card_is_taken(const struct bw_flow *flow, const char *text);

/* Gives it to the desk; what comes of it is said on the screen. */
void bw_flow_card_show(
    struct bw_flow *flow, const char *text, struct bw_effects *effects);

#endif
