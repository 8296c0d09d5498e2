/* The day before: is everything there that tomorrow needs. */
#include "check.h"

#include "flow/base/aids.h"
#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/helper.h"
#include "flow/base/text.h"
#include "kiosk.h"

#include <string.h>

enum { ALL_CORNERS = 15 };

struct check {
    bool camera_read, scanner_read; /* a ticket, by this kiosk's own */
    int sounds_tested;              /* 1: played, 2: heard */
    int corners;                    /* bits: those that were touched */
    int64_t sound_ms;  /* the test's first one was asked; 0: the second was too */
    bool camera_asked; /* staff want another one, and it hasn't come yet */
    char camera_line[BW_KEY_BYTES];
};

static struct check *
own(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_CHECK);
}

/* ---- the camera ---- */

/* Any other text says nothing: a wrong layout, or a poor picture, may have made it. */
static const char test_ticket[] = "BRUGWACHTER TEST";

static void
has_read(struct bw_flow *flow, bool by_hand)
{
    own(flow)->camera_read = own(flow)->camera_read || !by_hand;
    own(flow)->scanner_read = own(flow)->scanner_read || by_hand;
}

bool
bw_flow_check_on_scan(struct bw_flow *flow, const char *text, bool by_hand)
{
    bool test = strcmp(text, test_ticket) == 0;
    if (test) {
        has_read(flow, by_hand);
    }
    return test;
}

void
bw_flow_check_on_scanned(struct bw_flow *flow, const struct bw_answer *answer)
{
    bool genuine = answer->kind == BW_ANSWER_VERDICT &&
                   answer->verdict.verdict != BW_VERDICT_NOT_A_TICKET &&
                   answer->verdict.verdict != BW_VERDICT_FORGED;
    if (genuine && flow->answering != NULL) {
        has_read(flow, flow->answering->by_hand);
    }
}

static void
on_kept(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    if (flow->screen == BW_SCREEN_CHECK && answer->kind != BW_ANSWER_DONE) {
        bw_flow_set_key(own(flow)->camera_line, "to.error");
    }
}

/* What staff chose is kept; a camera that only does while another is missing isn't. */
void
bw_flow_check_on_camera(struct bw_flow *flow, bool other, struct bw_effects *effects)
{
    if (!own(flow)->camera_asked) {
        return;
    }
    own(flow)->camera_asked = false;
    bw_flow_set_key(own(flow)->camera_line, other ? "" : "ch.camera.only");
    if (other) {
        own(flow)->camera_read = false;
        struct bw_command command;
        bw_command_init(&command, BW_COMMAND_KEEP_CAMERA);
        command.operated_by = BW_OPERATOR_STAFF;
        command.camera = flow->camera.id;
        (void)bw_flow_ask(flow, effects, on_kept, &command);
    }
}

/* ---- the screen ---- */

static void
check_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    flow->camera.test = true;
    own(flow)->camera_read = own(flow)->scanner_read = false;
    own(flow)->camera_line[0] = '\0';
    own(flow)->corners = 0;
    own(flow)->sounds_tested = 0;
    own(flow)->sound_ms = 0;
    bw_flow_aids_usual_volume(flow, effects); /* not as the last visitor had it */
    (void)bw_flow_start_helper(flow, effects, BW_HELPER_UPDATE);
}

static void
check_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    if (action == BW_ACTION_BACK) {
        flow->camera.test = false;
        bw_flow_enter(flow, BW_SCREEN_KIOSK, now, effects);
    } else if (action == BW_ACTION_FIELD && index >= 0 && index < 4) {
        own(flow)->corners |= 1 << index;
        bw_flow_sound(effects, BW_SOUND_KEY);
    } else if (action == BW_ACTION_SOUND_TEST) {
        own(flow)->sounds_tested = 1;
        own(flow)->sound_ms = now.mono_ms;
        bw_flow_sound(effects, BW_SOUND_WELCOME);
    } else if (action == BW_ACTION_YES && own(flow)->sounds_tested > 0) {
        own(flow)->sounds_tested = 2;
    } else if (action == BW_ACTION_CAMERA && flow->options.camera_choice) {
        own(flow)->camera_asked = true;
        bw_flow_effect(effects, BW_EFFECT_NEXT_CAMERA);
    } else if (action == BW_ACTION_VOLUME) {
        bw_flow_aids_staff_volume(flow, effects);
        bw_flow_sound(effects, BW_SOUND_WELCOME);
    } else if (action == BW_ACTION_REHEARSE) {
        bw_flow_kiosk_rehearse(flow, now, effects);
    }
}

/* The sounds lie far apart: a loudspeaker that plays one may lose the other. */
static void
check_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bool due = now.mono_ms - own(flow)->sound_ms >= SECOND_SOUND_MS;
    if (own(flow)->sound_ms != 0 && due) {
        own(flow)->sound_ms = 0;
        bw_flow_sound(effects, BW_SOUND_ALREADY);
    }
}

static int64_t
check_next(const struct bw_flow *flow, struct bw_now now)
{
    (void)now;
    int64_t sound_ms = own(flow)->sound_ms;
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
    bool has_space = !bw_flow_is_disk_low(flow);
    bool synced = now.wall_ms - overview->contact_ms <= CONTACT_FRESH_MS;
    check->camera = light(own(flow)->camera_read, !flow->camera.present);
    check->has_camera = flow->options.camera_wanted;
    check->scanner = light(own(flow)->scanner_read, false);
    check->has_scanner = flow->scan.hand_scanner || !flow->options.camera_wanted;
    check->sound = light(own(flow)->sounds_tested == 2, false);
    check->touch = light(own(flow)->corners == ALL_CORNERS, false);
    bool clock_wrong = overview->clock_suspect || overview->clock_ahead_ms != 0;
    check->clock = light(!clock_wrong, clock_wrong);
    check->roster = light(fresh, !fresh);
    check->disk = light(has_space, !has_space);
    check->sync = light(synced, flow->helper.running == BW_HELPER_NONE);
    check->power = light(!flow->unplugged, flow->unplugged);
    check->corners = own(flow)->corners;
    bw_flow_set_text(check->camera_name, sizeof check->camera_name,
        flow->camera.id != 0 ? flow->camera.name : ""); /* a folder's is of no use */
    bw_flow_set_key(check->camera_line, own(flow)->camera_line);
    check->camera_choice = flow->options.camera_choice;
    bw_flow_add_button(view, BW_ACTION_BACK, BW_BUTTON_SECONDARY, "back", "arrow-left");
    if (own(flow)->sounds_tested == 1) {
        bw_flow_add_button(
            view, BW_ACTION_YES, BW_BUTTON_PRIMARY, "ch.heard", "sound-on");
    } else {
        bw_flow_add_button(view, BW_ACTION_SOUND_TEST,
            own(flow)->sounds_tested == 0 ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY,
            "de.b3", "sound-on");
    }
    int level = bw_flow_aids_level(flow->aids.staff_quieter);
    bw_flow_add_button(view, BW_ACTION_VOLUME, BW_BUTTON_SECONDARY, "de.volume",
        level == 0 ? "sound-off" : "sound-on");
    view->values.n = 100L * level / BW_VOLUME_LEVELS;
    bw_flow_add_button(view, BW_ACTION_REHEARSE, BW_BUTTON_SECONDARY,
        flow->rehearsal ? "re.stop" : "re.start", "star");
}

const struct bw_flow_screen_ops bw_flow_check_screen = {
    .own_bytes = sizeof(struct check),
    .on_enter = check_enter,
    .on_action = check_action,
    .on_tick = check_tick,
    .next_ms = check_next,
    .view = check_view,
    .scans_as = BW_OPERATOR_STAFF,
    .hand_only = true,
    .staff = true,
};
