/* Staff are called: see call.h. */
#include "call.h"

#include "effect.h"

enum { AGAIN_MS = 20000, SOUNDS = 3 };

void
bw_flow_call_staff(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (!flow->call.stands) {
        flow->call.stands = true;
        flow->call.sounds = 1;
        flow->call.sound_ms = now.mono_ms;
        bw_flow_sound(effects, BW_SOUND_WAIT);
    }
}

void
bw_flow_call_end(struct bw_flow *flow)
{
    flow->call.stands = false;
}

int64_t
bw_flow_call_next_ms(const struct bw_flow *flow)
{
    bool again = flow->call.stands && flow->call.sounds < SOUNDS;
    return again ? flow->call.sound_ms + AGAIN_MS : INT64_MAX;
}

void
bw_flow_call_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (now.mono_ms >= bw_flow_call_next_ms(flow)) {
        flow->call.sounds++;
        flow->call.sound_ms = now.mono_ms;
        bw_flow_sound(effects, BW_SOUND_WAIT);
    }
}
