/* A screen that comes finds the others wiped; the camera and the reading follow it. */
#include "frame.h"

#include "aids.h"
#include "effect.h"

#include <assert.h>
#include <string.h>

/* The camera reads where scans are taken, and for an enrolment. */
void
bw_flow_set_camera(struct bw_flow *flow, struct bw_effects *effects)
{
    bool enrolment = flow->screen == BW_SCREEN_FIRST_START;
    const struct bw_flow_screen_ops *ops = bw_flow_ops(flow);
    bool reads = ops->scans_as != 0 && !ops->hand_only;
    bool on = flow->options.camera_wanted &&
              (reads || enrolment || flow->camera.test || flow->camera.names);
    if (on != flow->camera.on || enrolment != flow->camera.enrolment ||
        !flow->camera.told) {
        flow->camera.told = true;
        flow->camera.on = on;
        flow->camera.enrolment = enrolment;
        struct bw_effect *effect = bw_flow_effect(effects, BW_EFFECT_CAMERA);
        effect->on = on;
        effect->enrolment = enrolment;
    }
}

/* FL4: what was typed or shown goes when its screen goes: each knows what that is. */
static void
wipe(struct bw_flow *flow, enum bw_screen next)
{
    for (int i = 0; i < BW_SCREEN_COUNT; i++) {
        if (flow->screens[i]->on_change != NULL) {
            flow->screens[i]->on_change(flow, next);
        }
    }
    memset(&flow->dialog, 0, sizeof flow->dialog);
    memset(&flow->notice, 0, sizeof flow->notice);
}

void
bw_flow_enter(struct bw_flow *flow, enum bw_screen screen, struct bw_now now,
    struct bw_effects *effects)
{
    bw_flow_aids_hush(flow, effects); /* who comes next isn't read the screen before */
    assert(!flow->screens[screen]->staff || flow->unlocked || /* FL3 */
           screen == BW_SCREEN_FORM);
    wipe(flow, screen);
    flow->screen = screen;
    flow->entered_ms = now.mono_ms;
    if (bw_flow_ops(flow)->on_enter != NULL) {
        bw_flow_ops(flow)->on_enter(flow, now, effects);
    }
    bw_flow_set_camera(flow, effects);
    bw_flow_aids_read(flow, effects);
}

void
bw_flow_enter_typing(struct bw_flow *flow, enum bw_screen screen, const char *text,
    struct bw_now now, struct bw_effects *effects)
{
    bw_flow_enter(flow, screen, now, effects);
    bw_flow_ops(flow)->on_text(flow, text, now, effects);
}

enum bw_screen
bw_flow_resting(const struct bw_flow *flow)
{
    bool restored = flow->has_overview && flow->overview.restored;
    if (flow->store.enrols) {
        return BW_SCREEN_FIRST_START;
    }
    if (flow->store.error.status != BW_OK || restored || flow->store.low) {
        return BW_SCREEN_FAULT;
    }
    if (flow->store.known && !flow->store.open) {
        return BW_SCREEN_FIRST_START;
    }
    bool empty = !flow->overview.has_roster || flow->store.wrong_list;
    return flow->has_overview && empty ? BW_SCREEN_NO_ROSTER : BW_SCREEN_IDLE;
}

void
bw_flow_rest(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bw_flow_aids_reset(flow, effects);
    bw_flow_enter(flow, bw_flow_resting(flow), now, effects);
}

void
bw_flow_lock(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    flow->unlocked = false;
    flow->camera.test = false;
    for (int i = 0; i < BW_SCREEN_COUNT; i++) {
        if (flow->screens[i]->on_lock != NULL) {
            flow->screens[i]->on_lock(flow);
        }
    }
    bw_flow_rest(flow, now, effects);
}

void
bw_flow_fault(struct bw_flow *flow, const struct bw_error *error, struct bw_now now,
    struct bw_effects *effects)
{
    flow->store.error = *error;
    if (flow->store.error.status == BW_OK) {
        flow->store.error.status = BW_IO;
    }
    flow->store.reopen_ms = now.mono_ms + REOPEN_MS;
    if (!bw_flow_ops(flow)->stays) {
        bw_flow_lock(flow, now, effects);
    }
}

int
bw_flow_staff_left_s(const struct bw_flow *flow, struct bw_now now)
{
    int64_t until = flow->touched_ms + flow->options.staff_timeout_s * 1000LL;
    return until > now.mono_ms ? (int)((until - now.mono_ms + 999) / 1000) : 0;
}
