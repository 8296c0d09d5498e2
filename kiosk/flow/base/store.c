/* What the desk says of the store. */
#include "store.h"

#include "ask.h"
#include "effect.h"
#include "frame.h"

#include <string.h>

/* A kiosk that can't keep what it does must not say welcome; it comes back by itself. */
static bool
is_storage_low(const struct bw_flow *flow)
{
    int64_t bytes = flow->overview.free_bytes;
    return bytes >= 0 && bytes < (flow->store.low ? STORAGE_BACK : STORAGE_OUT);
}

/* A stick of last week: it says so, instead of a door where every ticket is over. */
static bool
is_wrong_list(const struct bw_flow *flow, struct bw_now now)
{
    const struct bw_overview *overview = &flow->overview;
    return flow->screen == BW_SCREEN_NO_ROSTER && flow->helper.imported &&
           overview->has_roster && !overview->clock_suspect &&
           now.wall_ms - overview->session.ends_ms > DAY_MS / 2;
}

/* What went wrong; nothing, where another answer came than was asked for. */
static const struct bw_error *
error_of(const struct bw_answer *answer)
{
    static const struct bw_error none;
    return answer->kind == BW_ANSWER_ERROR ? &answer->failure.error : &none;
}

static void
on_overview(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    flow->store.asked = false;
    if (answer->kind != BW_ANSWER_OVERVIEW) {
        enum bw_status status = error_of(answer)->status;
        bool broken = status != BW_OK && status != BW_BUSY;
        if (flow->store.open && broken && flow->store.error.status == BW_OK) {
            bw_flow_fault(flow, error_of(answer), now, effects);
        }
        return;
    }
    if (!flow->store.open) {
        return;
    }
    struct bw_overview before = flow->overview;
    flow->has_overview = true;
    flow->overview = *answer->overview;
    flow->store.low = is_storage_low(flow);
    flow->store.wrong_list = is_wrong_list(flow, now);
    if (bw_flow_ops(flow)->on_overview != NULL) {
        bw_flow_ops(flow)->on_overview(flow, &before, effects);
    }
    enum bw_screen here =
        flow->screen == BW_SCREEN_AGENDA ? BW_SCREEN_IDLE : flow->screen;
    if (bw_flow_ops(flow)->resting && bw_flow_resting(flow) != here) {
        if (flow->screen == BW_SCREEN_NO_ROSTER) {
            bw_flow_sound(effects, BW_SOUND_DONE);
        }
        bw_flow_rest(flow, now, effects);
    }
}

void
bw_flow_ask_overview(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (flow->store.open && !flow->store.asked) {
        flow->store.asked_ms = now.mono_ms;
        flow->store.asked = true;
        struct bw_command command;
        bw_command_init(&command, BW_COMMAND_OVERVIEW);
        command.operated_by = BW_OPERATOR_STAFF;
        if (flow->options.camera_wanted) {
            command.camera_seen =
                flow->camera.present ? BW_CAMERA_FINE : BW_CAMERA_MISSING;
        }
        (void)bw_flow_ask(flow, effects, on_overview, &command);
    }
}

/* The other program wants the file for itself. */
void
bw_flow_store_begin_enrol(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    flow->store.enrols = true;
    flow->store.open = false;
    flow->camera.test = false;
    flow->helper.outcome[0] = '\0';
    flow->touched_ms = now.mono_ms;
    bw_flow_effect(effects, BW_EFFECT_CLOSE);
    bw_flow_enter(flow, BW_SCREEN_FIRST_START, now, effects);
}

/* What comes of opening it says which screen follows. */
void
bw_flow_store_end_enrol(struct bw_flow *flow, struct bw_effects *effects)
{
    flow->store.enrols = false;
    flow->helper.awaits_stick = false;
    flow->camera.test = false;
    bw_flow_effect(effects, BW_EFFECT_REOPEN);
}

void
bw_flow_on_store(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects)
{
    if (flow->store.enrols && stimulus->store != BW_STORE_OPENED) {
        return; /* of before it was closed for that */
    }
    flow->store.enrols = false;
    memset(&flow->store.error, 0, sizeof flow->store.error);
    flow->store.known = true;
    flow->has_overview = flow->store.asked = flow->store.low = false;
    flow->store.open = stimulus->store == BW_STORE_OPENED;
    flow->rehearsal = flow->store.open && stimulus->rehearsal;
    switch (stimulus->store) {
    case BW_STORE_NONE:
        bw_flow_lock(flow, now, effects);
        break;
    case BW_STORE_OPENED:
        /* the screen stays till the overview says what the store can do */
        bw_flow_ask_overview(flow, now, effects);
        bw_flow_set_camera(flow, effects);
        break;
    case BW_STORE_FAILED:
        bw_flow_fault(flow, &stimulus->error, now, effects);
        break;
    }
}
