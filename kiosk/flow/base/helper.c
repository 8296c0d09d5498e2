/* One run at a time; how each ended is a line that the screens show. */
#include "helper.h"

#include "effect.h"
#include "frame.h"
#include "label.h"
#include "notice.h"
#include "store.h"
#include "text.h"

#include <string.h>

/* An enrolment's first bytes; version and all else are for the other program to judge. */
static const char enrolment_start[] = "{\"brugwachter_enrolment\":";

/* done, offline, no stick, no file, failed, and the road's: access, trust, full, place */
static const char *const texts[][BW_OUTCOMES] = {
    [BW_HELPER_UPDATE] = {"de.done", "de.fail", "de.fail", "de.fail", "de.fail",
        "de.access", "de.trust", "de.full", "de.place"},
    [BW_HELPER_EXPORT] = {"de.usbok", "de.usbin", "de.usbin", "de.usbin", "de.usbfail"},
    [BW_HELPER_IMPORT] = {"de.done", "de.usbin", "de.usbin", "de.usbbad", "de.usbbad"},
    [BW_HELPER_ENROL] = {"en.good", "en.bad", "en.bad", "en.bad", "en.bad"},
    [BW_HELPER_INSIDE] = {"de.usbok", "de.usbfail", "de.usbin", "de.usbfail",
        "de.usbfail"},
    [BW_HELPER_LIST] = {"ev.printed", "ev.noprint", "ev.noprint", "ev.noprint",
        "ev.noprint", [BW_OUTCOME_PAPER] = "ev.paper"},
    [BW_HELPER_ENROL_USB] = {"en.good", "de.usbin", "de.usbin", "en.nofile", "en.bad"},
};

bool
bw_flow_start_helper(
    struct bw_flow *flow, struct bw_effects *effects, enum bw_helper helper)
{
    if (flow->helper.running != BW_HELPER_NONE) {
        return false;
    }
    flow->helper.running = helper;
    flow->helper.outcome[0] = '\0';
    bw_flow_effect(effects, BW_EFFECT_HELPER)->helper = helper;
    return true;
}

void
bw_flow_enrol(struct bw_flow *flow, const char *text, struct bw_effects *effects)
{
    if (strncmp(text, enrolment_start, sizeof enrolment_start - 1) != 0) {
        bw_flow_set_key(flow->helper.outcome, "en.bad");
        bw_flow_sound(effects, BW_SOUND_NO);
    } else if (bw_flow_start_helper(flow, effects, BW_HELPER_ENROL)) {
        struct bw_effect *effect = &effects->items[effects->count - 1];
        bw_flow_set_text(effect->text, sizeof effect->text, text);
    }
}

void
bw_flow_on_helper(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects)
{
    if (stimulus->helper == BW_HELPER_LABEL) {
        bw_flow_label_on_outcome(flow, stimulus->outcome, now);
        return;
    }
    if (stimulus->helper == BW_HELPER_INSIDE || stimulus->helper == BW_HELPER_LIST) {
        bool good = stimulus->outcome == BW_OUTCOME_DONE;
        if (!bw_flow_ops(flow)->staff) { /* it is no visitor's */
            return;
        }
        bw_flow_notice_set(
            flow, texts[stimulus->helper][stimulus->outcome], NULL, NULL, good, now);
        bw_flow_sound(effects, good ? BW_SOUND_DONE : BW_SOUND_NO);
        return;
    }
    flow->helper.running = BW_HELPER_NONE;
    flow->helper.tried_ms = now.wall_ms;
    if (stimulus->helper == BW_HELPER_NONE) {
        return;
    }
    const char *text = texts[stimulus->helper][stimulus->outcome];
    if (!text) { /* of a road, where none was wanted */
        text = texts[stimulus->helper][BW_OUTCOME_FAILED];
    }
    bw_flow_set_key(flow->helper.outcome, text);
    bool done = stimulus->outcome == BW_OUTCOME_DONE;
    if (stimulus->outcome != BW_OUTCOME_NO_STICK &&
        stimulus->outcome != BW_OUTCOME_NO_FILE) {
        flow->helper.awaits_stick = false;
    }
    if (done) {
        flow->helper.imported = stimulus->helper == BW_HELPER_IMPORT;
    } else if (flow->screen == BW_SCREEN_NO_ROSTER &&
               stimulus->helper == BW_HELPER_UPDATE &&
               stimulus->outcome < BW_OUTCOME_ACCESS) {
        bw_flow_set_key(flow->helper.outcome, "nl.last");
    }
    bw_flow_sound(effects, done ? BW_SOUND_DONE : BW_SOUND_NONE);
    bool enrols =
        stimulus->helper == BW_HELPER_ENROL || stimulus->helper == BW_HELPER_ENROL_USB;
    if (done && enrols) {
        bw_flow_effect(effects, BW_EFFECT_REOPEN);
    } else {
        bw_flow_ask_overview(flow, now, effects);
    }
}
