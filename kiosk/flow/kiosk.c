/* 11: is everything safe, and what needs me. Closing the day; evacuation; the check of the
 * day before. UI thread only. */
#include "flow/state.h"

#include <string.h>

enum { STORAGE_LOW = 500000000, PEER_AWAY_MS = 600000, BATTERY_LOW = 20 };

static void
on_close(struct bw_flow *flow, struct bw_effects *effects)
{
    if (!flow->kiosk.closing) {
        flow->kiosk.closing = true;
        effect_ask(flow, effects, FOR_CLOSE, BW_COMMAND_CLOSE_DAY);
        effect_helper(flow, effects, BW_HELPER_UPDATE);
    }
}

static void
ask_quit(struct bw_flow *flow)
{
    flow->dialog.open = true;
    flow->dialog.kind = DIALOG_CLOSE;
    values_init(flow, &flow->dialog.values);
    flow->dialog.values.n = (long)flow->overview.unsent;
}

static void
kiosk_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    (void)index;
    switch ((int)action) {
    case BW_ACTION_BACK:
        flow->kiosk.closing = flow->kiosk.camera_test = false;
        flow_enter(flow, BW_SCREEN_STAFF, now, effects);
        break;
    case BW_ACTION_UPDATE:
        effect_helper(flow, effects, BW_HELPER_UPDATE);
        break;
    case BW_ACTION_USB:
        effect_helper(flow, effects, BW_HELPER_EXPORT);
        break;
    case BW_ACTION_FETCH:
        effect_helper(flow, effects, BW_HELPER_IMPORT);
        break;
    case BW_ACTION_SOUND_TEST:
        effect_sound(effects, BW_SOUND_WELCOME);
        break;
    case BW_ACTION_CAMERA_TEST:
    case BW_ACTION_CHECK:
        flow_enter(flow, BW_SCREEN_CHECK, now, effects);
        break;
    case BW_ACTION_REHEARSE:
        flow->rehearsal = !flow->rehearsal;
        effect_add(effects, BW_EFFECT_REHEARSE)->on = flow->rehearsal;
        flow_lock(flow, now, effects);
        break;
    case BW_ACTION_CLOSE_DAY:
        on_close(flow, effects);
        break;
    case BW_ACTION_CONFIRM_CLOCK:
        effect_ask(flow, effects, FOR_TICK, BW_COMMAND_CONFIRM_CLOCK);
        break;
    case BW_ACTION_EVACUATE:
        flow_enter(flow, BW_SCREEN_EVACUATION, now, effects);
        break;
    case BW_ACTION_QUIT:
        ask_quit(flow);
        break;
    case BW_ACTION_YES:
        if (flow->dialog.open && flow->dialog.kind == DIALOG_CLOSE) {
            effect_add(effects, BW_EFFECT_QUIT);
        }
        flow->dialog.open = false;
        break;
    case BW_ACTION_NO:
        flow->dialog.open = false;
        break;
    }
}

static struct bw_tile *
tile(struct bw_kiosk_view *kiosk, int at, const char *title, const char *icon, bool look)
{
    struct bw_tile *to = &kiosk->tiles[at];
    set_key(to->title, title);
    set_key(to->icon, icon);
    to->state = look ? BW_TILE_LOOK : BW_TILE_OK;
    return to;
}

static void
tile_lines(struct bw_tile *to, const char *line1, const char *line2)
{
    set_key(to->line1, line1);
    set_key(to->line2, line2);
}

static void
view_tiles(const struct bw_flow *flow, struct bw_now now, struct bw_kiosk_view *kiosk)
{
    const struct bw_overview *overview = &flow->overview;
    for (int i = 0; i < BW_TILES; i++) {
        values_init(flow, &kiosk->tiles[i].values);
    }
    bool old = now.wall_ms - overview->roster_ms > DAY_MS;
    struct bw_tile *to = tile(kiosk, 0, "de.sync", "list", old);
    tile_lines(to, "de.sync1", "de.sync2");
    to->values.time_ms = to->values.date_ms = overview->roster_ms;
    to = tile(kiosk, 1, "de.pend", "outbox", false);
    to->values.n = (long)overview->unsent;
    tile_lines(to, overview->unsent > 0 ? "de.pend1" : "de.pend0", "de.pend2");
    bool low = overview->free_bytes >= 0 && overview->free_bytes < STORAGE_LOW;
    to = tile(kiosk, 2, "de.stor", "storage", low);
    to->values.n = (long)(overview->free_bytes / 1000000000);
    tile_lines(to, "de.stor1", low ? "de.storlow" : "de.stor2");
    bool no_camera = flow->options.camera_wanted && !flow->camera_present;
    to = tile(kiosk, 3, "de.cam", no_camera ? "camera-off" : "camera", no_camera);
    tile_lines(to, no_camera ? "de.camoff" : "de.cam1", "");
    const struct bw_overview_peer *peer = &overview->peers[0];
    bool heard = overview->peers_count > 0 && peer->heard_ms > 0;
    bool away
        = overview->peers_count > 0 && now.wall_ms - peer->heard_ms > PEER_AWAY_MS;
    to = tile(kiosk, 4, "de.oth", "kiosk-pair", away);
    to->values.time_ms = peer->heard_ms;
    set_text(to->values.id, sizeof to->values.id, peer->name);
    tile_lines(to,
        overview->peers_count == 0 ? "de.oth0"
            : away                 ? "de.othoff"
                                   : "de.oth1",
        heard && !away ? "de.oth2" : "");
    bool battery_low = flow->unplugged && flow->battery_percent < BATTERY_LOW;
    to = tile(kiosk, 5, "de.pow", "plug", overview->clock_suspect || battery_low);
    to->values.time_ms = now.wall_ms;
    to->values.n = flow->battery_percent;
    tile_lines(to, flow->unplugged ? "de.pow1" : "de.pow0",
        overview->clock_suspect ? "de.clockq"
            : flow->unplugged   ? "de.pow2"
                                : "de.clockok");
}

static void
add_button(struct bw_view *view, enum bw_action action, enum bw_button_kind kind,
    const char *key, const char *icon)
{
    set_button(&view->buttons[view->buttons_count++], action, 0, kind, key, icon);
}

static void
kiosk_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    struct bw_kiosk_view *kiosk = &view->kiosk;
    view_tiles(flow, now, kiosk);
    if (flow->kiosk.running != BW_HELPER_NONE) {
        set_key(kiosk->busy, "de.busy");
    }
    set_key(kiosk->outcome, flow->kiosk.outcome);
    kiosk->closing = flow->kiosk.closing;
    values_init(flow, &kiosk->values);
    kiosk->values.n = (long)flow->overview.unsent;
    kiosk->values.m = flow->overview.ledger.present;
    add_button(view, BW_ACTION_UPDATE, BW_BUTTON_PRIMARY, "de.b1", "sync");
    if (flow->overview.clock_suspect) {
        add_button(
            view, BW_ACTION_CONFIRM_CLOCK, BW_BUTTON_SECONDARY, "de.clockb", "clock");
    } else {
        add_button(view, BW_ACTION_CHECK, BW_BUTTON_SECONDARY, "de.check", "check-circle");
    }
    add_button(view, BW_ACTION_USB, BW_BUTTON_SECONDARY, "de.b4", "usb");
    add_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    add_button(view, BW_ACTION_CLOSE_DAY, BW_BUTTON_SECONDARY, "de.day", "calendar");
    add_button(view, BW_ACTION_QUIT, BW_BUTTON_SECONDARY, "de.b5", "power");
    if (flow->dialog.open) {
        view->dialog.open = true;
        set_key(view->dialog.question, "de.closeq");
        set_key(view->dialog.text, flow->overview.unsent > 0 ? "de.closep" : "");
        set_button(&view->dialog.no, BW_ACTION_NO, 0, BW_BUTTON_PRIMARY, "back", "");
        set_button(
            &view->dialog.yes, BW_ACTION_YES, 0, BW_BUTTON_SECONDARY, "de.b5", "power");
        view->dialog.values = flow->dialog.values;
    }
}

const struct screen_ops kiosk_screen = {
    .on_action = kiosk_action,
    .view = kiosk_view,
    .staff = true,
};

/* ---- evacuation: how many are inside, as of when, and the names after one more tap ---- */

static void
evacuation_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    flow->kiosk.names = false;
    flow->staff.list.offset = 0;
}

static void
ask_names(struct bw_flow *flow, struct bw_effects *effects)
{
    flow->staff.list.filter = BW_LIST_PRESENT;
    field_clear(&flow->staff.list.query);
    staff_refresh(flow, effects);
}

static void
evacuation_action(struct bw_flow *flow, enum bw_action action, int index,
    struct bw_now now, struct bw_effects *effects)
{
    (void)index;
    int rows = flow->options.staff_rows > 0 ? flow->options.staff_rows : 5;
    switch ((int)action) {
    case BW_ACTION_BACK:
        flow->staff.list.offset = 0;
        flow_enter(flow, BW_SCREEN_STAFF, now, effects);
        break;
    case BW_ACTION_EVACUATE_NAMES:
        flow->kiosk.names = true;
        ask_names(flow, effects);
        break;
    case BW_ACTION_NEXT:
        flow->staff.list.offset += rows;
        if (flow->staff.list.offset >= flow->staff.rows_total) {
            flow->staff.list.offset = 0;
        }
        ask_names(flow, effects);
        break;
    case BW_ACTION_PREVIOUS:
        flow->staff.list.offset -= flow->staff.list.offset >= rows ? rows : 0;
        ask_names(flow, effects);
        break;
    }
}

static void
evacuation_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    view->values.n = flow->overview.ledger.present;
    view->values.time_ms = now.wall_ms;
    if (flow->kiosk.names) {
        staff_screen.view(flow, now, view);
    }
    view->staff.searching = flow->kiosk.names;
}

static void
evacuation_answer(struct bw_flow *flow, enum purpose purpose,
    const struct bw_answer *answer, struct bw_now now, struct bw_effects *effects)
{
    staff_screen.on_answer(flow, purpose, answer, now, effects);
}

const struct screen_ops evacuation_screen = {
    .on_enter = evacuation_enter,
    .on_action = evacuation_action,
    .on_answer = evacuation_answer,
    .view = evacuation_view,
    .staff = true,
};

/* ---- the day before ---- */

static void
check_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    flow->kiosk.camera_test = true;
    flow->kiosk.scanned_test = false;
    flow->kiosk.corners = 0;
    flow->kiosk.sounds_tested = 0;
    effect_helper(flow, effects, BW_HELPER_UPDATE);
}

static void
check_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    if (action == BW_ACTION_BACK) {
        flow->kiosk.camera_test = false;
        flow_enter(flow, BW_SCREEN_KIOSK, now, effects);
    } else if (action == BW_ACTION_FIELD && index >= 0 && index < 4) {
        flow->kiosk.corners |= 1 << index;
        effect_sound(effects, BW_SOUND_KEY);
    } else if (action == BW_ACTION_SOUND_TEST) {
        flow->kiosk.sounds_tested = 1;
        effect_sound(effects, BW_SOUND_WELCOME);
    } else if (action == BW_ACTION_YES && flow->kiosk.sounds_tested > 0) {
        flow->kiosk.sounds_tested = 2;
    } else if (action == BW_ACTION_REHEARSE) {
        kiosk_action(flow, action, index, now, effects);
    }
}

static enum bw_light
light(bool green, bool look)
{
    return green ? BW_LIGHT_GREEN : look ? BW_LIGHT_LOOK : BW_LIGHT_WAITING;
}

static void
check_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    const struct bw_overview *overview = &flow->overview;
    struct bw_check_view *check = &view->check;
    bool fresh = now.wall_ms - overview->roster_ms <= DAY_MS && overview->has_roster;
    bool room = overview->free_bytes < 0 || overview->free_bytes >= STORAGE_LOW;
    bool synced = now.wall_ms - overview->contact_ms <= CONTACT_FRESH_MS;
    check->camera = light(flow->kiosk.scanned_test, !flow->camera_present);
    check->sound = light(flow->kiosk.sounds_tested == 2, false);
    check->touch = light(flow->kiosk.corners == 15, false);
    check->clock = light(!overview->clock_suspect, overview->clock_suspect);
    check->roster = light(fresh, !fresh);
    check->disk = light(room, !room);
    check->sync = light(synced, flow->kiosk.running == BW_HELPER_NONE);
    check->power = light(!flow->unplugged, flow->unplugged);
    check->corners = flow->kiosk.corners;
    add_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    if (flow->kiosk.sounds_tested == 1) {
        add_button(view, BW_ACTION_YES, BW_BUTTON_PRIMARY, "ch.heard", "sound-on");
    } else {
        add_button(view, BW_ACTION_SOUND_TEST, BW_BUTTON_SECONDARY, "de.b3", "sound-on");
    }
    add_button(view, BW_ACTION_REHEARSE, BW_BUTTON_SECONDARY,
        flow->rehearsal ? "re.stop" : "re.start", "star");
}

const struct screen_ops check_screen = {
    .on_enter = check_enter,
    .on_action = check_action,
    .view = check_view,
    .staff = true,
};
