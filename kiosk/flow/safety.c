/* Who is inside, for the fire officer; and the check of the day before. UI thread only.
 */
#include "state.h"

#include <string.h>

enum { ALL_CORNERS = 15 };

/* ---- evacuation: how many are inside, as of when; the names after one more tap ---- */

static void
evacuation_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    flow->kiosk.names = false;
    flow->staff.list.offset = 0;
    field_clear(&flow->staff.list.query);
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
    int rows = staff_page_rows(flow);
    switch ((int)action) {
    case BW_ACTION_BACK:
        flow->staff.list.offset = 0;
        flow->staff.list.filter = BW_LIST_EXPECTED;
        flow_enter(flow, BW_SCREEN_STAFF, now, effects);
        break;
    case BW_ACTION_EVACUATE_NAMES:
        flow->kiosk.names = !flow->kiosk.names;
        if (flow->kiosk.names) {
            flow->staff.list.offset = 0;
            ask_names(flow, effects);
        }
        break;
    case BW_ACTION_NEXT:
        if (!flow->kiosk.names) {
            break;
        }
        flow->staff.list.offset += rows;
        if (flow->staff.list.offset >= flow->staff.rows_total) {
            flow->staff.list.offset = 0;
        }
        ask_names(flow, effects);
        break;
    case BW_ACTION_PREVIOUS:
        if (!flow->kiosk.names) {
            break;
        }
        flow->staff.list.offset -= flow->staff.list.offset >= rows ? rows : 0;
        ask_names(flow, effects);
        break;
    }
}

static void
evacuation_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    if (flow->kiosk.names) {
        staff_view(flow, now, view);
    }
    view->values.n = flow->overview.ledger.present;
    view->values.time_ms = now.wall_ms;
    view->staff.searching = flow->kiosk.names;
}

const struct screen_ops evacuation_screen = {
    .on_enter = evacuation_enter,
    .on_action = evacuation_action,
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
    flow->kiosk.camera_line[0] = '\0';
    flow->kiosk.corners = 0;
    flow->kiosk.sounds_tested = 0;
    flow->kiosk.sound_ms = 0;
    aids_usual_volume(flow, effects); /* not as the last visitor had it */
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
        flow->kiosk.sound_ms = now.mono_ms;
        effect_sound(effects, BW_SOUND_WELCOME);
    } else if (action == BW_ACTION_YES && flow->kiosk.sounds_tested > 0) {
        flow->kiosk.sounds_tested = 2;
    } else if (action == BW_ACTION_CAMERA && flow->options.camera_choice) {
        flow->kiosk.camera_asked = true;
        effect_add(effects, BW_EFFECT_NEXT_CAMERA);
    } else if (action == BW_ACTION_VOLUME) {
        aids_staff_volume(flow, effects);
        effect_sound(effects, BW_SOUND_WELCOME);
    } else if (action == BW_ACTION_REHEARSE) {
        kiosk_rehearse(flow, now, effects);
    }
}

static void
check_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    if (purpose == FOR_CAMERA && answer->kind != BW_ANSWER_DONE) {
        set_key(flow->kiosk.camera_line, "to.error");
    }
}

/* The sounds lie far apart: a loudspeaker that plays one may lose the other. */
static void
check_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bool due = now.mono_ms - flow->kiosk.sound_ms >= SECOND_SOUND_MS;
    if (flow->kiosk.sound_ms != 0 && due) {
        flow->kiosk.sound_ms = 0;
        effect_sound(effects, BW_SOUND_ALREADY);
    }
}

static int64_t
check_next(const struct bw_flow *flow, struct bw_now now)
{
    (void)now;
    int64_t sound_ms = flow->kiosk.sound_ms;
    return sound_ms != 0 ? sound_ms + SECOND_SOUND_MS : INT64_MAX;
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
    bool room = !kiosk_is_disk_low(flow);
    bool synced = now.wall_ms - overview->contact_ms <= CONTACT_FRESH_MS;
    check->camera = light(flow->kiosk.scanned_test, !flow->camera_present);
    check->sound = light(flow->kiosk.sounds_tested == 2, false);
    check->touch = light(flow->kiosk.corners == ALL_CORNERS, false);
    check->clock = light(!overview->clock_suspect, overview->clock_suspect);
    check->roster = light(fresh, !fresh);
    check->disk = light(room, !room);
    check->sync = light(synced, flow->kiosk.running == BW_HELPER_NONE);
    check->power = light(!flow->unplugged, flow->unplugged);
    check->corners = flow->kiosk.corners;
    set_text(check->camera_name, sizeof check->camera_name,
        flow->camera != 0 ? flow->camera_name : ""); /* a folder's is of no use */
    set_key(check->camera_line, flow->kiosk.camera_line);
    check->camera_choice = flow->options.camera_choice;
    add_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    if (flow->kiosk.sounds_tested == 1) {
        add_button(view, BW_ACTION_YES, BW_BUTTON_PRIMARY, "ch.heard", "sound-on");
    } else {
        add_button(view, BW_ACTION_SOUND_TEST, BW_BUTTON_SECONDARY, "de.b3", "sound-on");
    }
    int level = aids_level(flow->kiosk.quieter);
    add_button(view, BW_ACTION_VOLUME, BW_BUTTON_SECONDARY, "de.volume",
        level == 0 ? "sound-off" : "sound-on");
    view->values.n = 100L * level / BW_VOLUME_LEVELS;
    add_button(view, BW_ACTION_REHEARSE, BW_BUTTON_SECONDARY,
        flow->rehearsal ? "re.stop" : "re.start", "star");
}

const struct screen_ops check_screen = {
    .on_enter = check_enter,
    .on_action = check_action,
    .on_tick = check_tick,
    .next_ms = check_next,
    .on_answer = check_answer,
    .view = check_view,
    .staff = true,
};
