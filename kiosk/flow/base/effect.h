/* What a step asks for. No function here fails. UI thread. */
#ifndef BW_FLOW_EFFECT_H
#define BW_FLOW_EFFECT_H

#include "flow/flow.h"

/* The next effect of that kind, otherwise zero, to be filled in; stays the list's. */
struct bw_effect *bw_flow_effect(struct bw_effects *effects, enum bw_effect_kind kind);

/* Nothing for BW_SOUND_NONE. */
void bw_flow_sound(struct bw_effects *effects, enum bw_sound sound);

#endif
