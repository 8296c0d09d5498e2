/* 11: this kiosk, for other screens. UI thread. */
#ifndef BW_FLOW_KIOSK_H
#define BW_FLOW_KIOSK_H

#include "flow/base/state.h"

/* Practice begins, or ends: on a copy of the store. */
void bw_flow_kiosk_rehearse(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* The six tiles (kiosk_tiles.c). */
void bw_flow_kiosk_view_tiles(
    const struct bw_flow *flow, struct bw_now now, struct bw_kiosk_view *kiosk);

#endif
