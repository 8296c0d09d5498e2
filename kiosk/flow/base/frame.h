/* Moving between screens: what each of them may ask of the machine. Time-outs are
 * monotonic ms. No function fails. What is given is borrowed for the call. UI thread. */
#ifndef BW_FLOW_FRAME_H
#define BW_FLOW_FRAME_H

#include "state.h"

/* The screen stands from now on; what was typed or shown on others goes (FL4). */
void bw_flow_enter(struct bw_flow *flow, enum bw_screen screen, struct bw_now now,
    struct bw_effects *effects);

/* The same, and `text` is the first thing typed there. */
void bw_flow_enter_typing(struct bw_flow *flow, enum bw_screen screen, const char *text,
    struct bw_now now, struct bw_effects *effects);

/* Idle, or what stands in for it (no roster, fault, first start). */
enum bw_screen bw_flow_resting(const struct bw_flow *flow);

/* A visit ends: there, with the visitor's aids put back. */
void bw_flow_rest(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* Staff's screens close. Names leave the memory; a half-typed walk-in alone stays. */
void bw_flow_lock(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* The store can't be used; `error` says why (BW_OK: an unknown failure). Locks. */
void bw_flow_fault(struct bw_flow *flow, const struct bw_error *error, struct bw_now now,
    struct bw_effects *effects);

/* Seconds until staff's screens lock by themselves. */
int bw_flow_staff_left_s(const struct bw_flow *flow, struct bw_now now);

/* Tells the camera what this screen wants of it, where that has changed. */
void bw_flow_set_camera(struct bw_flow *flow, struct bw_effects *effects);

#endif
