/* Questions to the desk, and who hears the answers. What is given is borrowed for the
 * call. UI thread.
 *
 * FL7 A request's number is never 0 and never used by two that are awaited. */
#ifndef BW_FLOW_ASK_H
#define BW_FLOW_ASK_H

#include "state.h"

/* Gives the desk a command; `handler` hears what came of it, NULL: nobody. Returns the
 * request's number, for bw_flow_is_awaited and to know the newest answer
 * from older ones. */
uint32_t bw_flow_ask(struct bw_flow *flow, struct bw_effects *effects,
    bw_flow_handler *handler, const struct bw_command *command);

/* The same by staff, for a command that has nothing more to say. */
uint32_t bw_flow_ask_plain(struct bw_flow *flow, struct bw_effects *effects,
    bw_flow_handler *handler, enum bw_command_kind kind);

/* Whether that request's answer hasn't come; false for 0. */
bool bw_flow_is_awaited(const struct bw_flow *flow, uint32_t request_no);

#endif
