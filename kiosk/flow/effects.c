/* Effects and small helpers of the flow. UI thread only.
 *
 * Why BW_EFFECTS_MAX is enough: one step does at most one of each of these, and nothing
 * in a loop: the tick's question (1), a lock or a rest (hush, volume, camera: 3), and
 * then one screen's entry. The fullest entry is the walk-in form's after a sound (sound,
 * three lists and the agenda, camera: 6). So 10; a test with random steps counts them. */
#include "state.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct bw_effect *
effect_add(struct bw_effects *effects, enum bw_effect_kind kind)
{
    assert(effects->count < BW_EFFECTS_MAX);
    struct bw_effect *effect = &effects->items[effects->count++];
    memset(effect, 0, sizeof *effect);
    effect->kind = kind;
    return effect;
}

void
effect_sound(struct bw_effects *effects, enum bw_sound sound)
{
    if (sound != BW_SOUND_NONE) {
        effect_add(effects, BW_EFFECT_SOUND)->sound = sound;
    }
}

void
effect_command(struct bw_flow *flow, struct bw_effects *effects, enum purpose purpose,
    const struct bw_command *command)
{
    struct bw_effect *effect = effect_add(effects, BW_EFFECT_DESK);
    effect->command = *command;
    /* 0 is nobody's number: "none is under way" */
    flow->command_no += flow->command_no == UINT32_MAX ? 2 : 1;
    effect->command.request_no = flow->command_no;
    struct pending *pending = &flow->pending[flow->command_no % PENDING_MAX];
    memset(pending, 0, sizeof *pending);
    pending->request_no = flow->command_no;
    pending->purpose = purpose;
    if (command->kind == BW_COMMAND_SCAN) {
        memcpy(pending->text, command->scan.text, sizeof pending->text);
    }
}

void
effect_ask(struct bw_flow *flow, struct bw_effects *effects, enum purpose purpose,
    enum bw_command_kind kind)
{
    struct bw_command command;
    bw_command_init(&command, kind);
    command.operated_by = BW_OPERATOR_STAFF;
    effect_command(flow, effects, purpose, &command);
}

void
effect_helper(struct bw_flow *flow, struct bw_effects *effects, enum bw_helper helper)
{
    if (flow->kiosk.running == BW_HELPER_NONE) {
        flow->kiosk.running = helper;
        flow->kiosk.outcome[0] = '\0';
        effect_add(effects, BW_EFFECT_HELPER)->helper = helper;
    }
}

void
set_text(char *ret_text, size_t room, const char *text)
{
    (void)snprintf(ret_text, room, "%s", text);
}

void
set_key(char key[BW_KEY_BYTES], const char *text)
{
    assert(strlen(text) < BW_KEY_BYTES);
    set_text(key, BW_KEY_BYTES, text);
}

void
set_full_name(char *ret_text, size_t room, const char *first, const char *last)
{
    (void)snprintf(ret_text, room, "%s%s%s", first, first[0] && last[0] ? " " : "", last);
}

void
set_button(struct bw_button *button, enum bw_action action, int index,
    enum bw_button_kind kind, const char *key, const char *icon)
{
    button->action = action;
    button->index = index;
    button->kind = kind;
    set_key(button->key, key);
    set_key(button->icon, icon);
}

void
add_button(struct bw_view *view, enum bw_action action, enum bw_button_kind kind,
    const char *key, const char *icon)
{
    assert(view->buttons_count < BW_VIEW_BUTTONS);
    set_button(&view->buttons[view->buttons_count++], action, 0, kind, key, icon);
}

/* What every text may name: the session's own words and the house's figures. */
void
values_init(const struct bw_flow *flow, struct bw_values *values)
{
    const struct bw_overview *overview = &flow->overview;
    memset(values, 0, sizeof *values);
    set_text(values->desk, sizeof values->desk, overview->session.desk);
    set_text(values->kind, sizeof values->kind, overview->session.kind);
    set_text(values->id, sizeof values->id, overview->device_name);
    set_text(values->phone, sizeof values->phone, overview->contact_phone);
    values->n = overview->ledger.present;
    values->cap = overview->ledger.capacity;
    values->p = overview->ledger.present;
    values->e = overview->ledger.expected;
    values->f = overview->ledger.free;
    values->w = overview->ledger.waitlisted;
}
