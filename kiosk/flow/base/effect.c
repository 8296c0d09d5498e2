/* What a step asks for.
 *
 * Why BW_EFFECTS_MAX is enough: one step does at most one of each of these, and nothing
 * in a loop: the tick's question (1), a lock or a rest (hush, volume, camera: 3), and
 * then one screen's entry. The fullest entry is the walk-in form's after a sound (sound,
 * three lists and the agenda, camera: 6). So 10; a test with random steps counts them. */
#include "effect.h"

#include <assert.h>
#include <string.h>

struct bw_effect *
bw_flow_effect(struct bw_effects *effects, enum bw_effect_kind kind)
{
    assert(effects->count < BW_EFFECTS_MAX);
    struct bw_effect *effect = &effects->items[effects->count++];
    memset(effect, 0, sizeof *effect);
    effect->kind = kind;
    return effect;
}

void
bw_flow_sound(struct bw_effects *effects, enum bw_sound sound)
{
    if (sound != BW_SOUND_NONE) {
        bw_flow_effect(effects, BW_EFFECT_SOUND)->sound = sound;
    }
}
