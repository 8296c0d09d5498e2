/* What the camera and hand scanners read. A text that is given to the desk is given once:
 * held in view, or shown again within three seconds, it is the same scan.
 * UI thread only. */
#include "scan.h"

#include "card.h"
#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/helper.h"
#include "flow/base/notice.h"
#include "flow/base/result_text.h"
#include "flow/base/store.h"
#include "flow/base/text.h"
#include "flow/screen/check.h"
#include "flow/screen/pin.h"
#include "flow/screen/result.h"
#include "flow/staff/staff.h"

#include <string.h>

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): tells the few texts
 * in view apart. */
static uint64_t
hash_of(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        hash = (hash ^ *at) * 0x100000001b3u;
    }
    return hash;
}

/* True where this text was just seen. Two tickets held up side by side are two scans, not
 * one after the other for ever: several texts are remembered. */
static bool
is_same_scan(struct bw_flow *flow, const char *text, struct bw_now now)
{
    uint64_t hash = hash_of(text);
    struct bw_flow_seen_text *oldest = &flow->scan.seen[0];
    for (int i = 0; i < SCANS_SEEN; i++) {
        struct bw_flow_seen_text *seen = &flow->scan.seen[i];
        if (seen->last_ms != 0 && seen->hash == hash) {
            bool same = now.mono_ms - seen->last_ms < SAME_SCAN_MS;
            seen->last_ms = now.mono_ms;
            return same;
        }
        if (seen->last_ms < oldest->last_ms) {
            oldest = seen;
        }
    }
    oldest->hash = hash;
    oldest->last_ms = now.mono_ms;
    return false;
}

/* A code that is no ticket, and since when it has been in the guide. */
static void
look_at_other(struct bw_flow *flow, const char *text, struct bw_now now)
{
    struct bw_flow_seen_text *other = &flow->scan.other;
    uint64_t hash = hash_of(text);
    if (strncmp(text, "BW1:", 4) == 0) {
        memset(other, 0, sizeof *other);
        return;
    }
    if (other->hash != hash || now.mono_ms - other->last_ms >= SIGHTING_MS) {
        other->first_ms = now.mono_ms;
    }
    other->hash = hash;
    other->last_ms = now.mono_ms;
    flow->scan.other_is_certificate = strncmp(text, "BWC1:", 5) == 0;
}

/* ---- what came of it ---- */

/* A website, a product, a boarding pass: the pill where the camera's picture stands, else
 * a line (design: a hint, no sound). */
static void
hint_other(struct bw_flow *flow, bool certificate, struct bw_now now)
{
    bw_flow_notice_set(
        flow, certificate ? "idle.cert" : "idle.other", NULL, NULL, false, now);
}

/* Before visitors: a screen of its own. Nothing is said of a camera's stray codes but in
 * the guide, for a camera sees much; who pulled a trigger wants an answer. */
static void
tell_visitor(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    bool by_hand = flow->answering != NULL && flow->answering->by_hand;
    bool verdict = answer->kind == BW_ANSWER_VERDICT;
    if (verdict && answer->verdict.verdict == BW_VERDICT_NOT_A_TICKET) {
        if (by_hand) {
            hint_other(flow, answer->verdict.certificate, now);
        }
    } else if (verdict || (flow->store.open && flow->overview.has_roster)) {
        bw_flow_on_person(flow, answer, now, effects);
    } else {
        bw_flow_notice_refuse_scan(flow, now, effects);
    }
}

/* Staff may have come, or gone, since it was read. */
static void
on_scanned(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    if (!bw_flow_ops(flow)->staff) {
        tell_visitor(flow, answer, now, effects);
        return;
    }
    if (flow->screen == BW_SCREEN_CHECK) {
        bw_flow_check_on_scanned(flow, answer);
    }
    if (flow->screen == BW_SCREEN_STAFF) {
        bw_flow_staff_on_answer(flow, answer, now, effects);
        return;
    }
    bw_flow_notice_answer(flow, answer, now);
    bw_flow_sound(effects, bw_flow_result_staff_sound(answer));
    bw_flow_ask_overview(flow, now, effects);
}

/* ---- what was read ---- */

/* FL2: given to the desk at once. A text over 512 bytes is no ticket,
 * whatever it begins with. */
static void
give(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_SCAN);
    command.operated_by = bw_flow_ops(flow)->scans_as;
    bw_flow_set_text(command.scan.text, sizeof command.scan.text,
        strlen(stimulus->text) < BW_SCAN_BYTES ? stimulus->text : "");
    uint32_t request_no = bw_flow_ask(flow, effects, on_scanned, &command);
    flow->pending[request_no % PENDING_MAX].by_hand = stimulus->hand_scanner;
}

/* On the first start's screen an enrolment is read, and nothing else. */
static void
read_enrolment(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects)
{
    if (is_same_scan(flow, stimulus->text, now)) {
        return;
    }
    flow->touched_ms = now.mono_ms;
    if (strncmp(stimulus->text, "BW", 2) == 0) {
        bw_flow_notice_refuse_scan(flow, now, effects);
    } else {
        bw_flow_enrol(flow, stimulus->text, effects);
    }
}

/* A scan is no touch on the staff's screens: an unlocked kiosk that only sees tickets go
 * by is one that was left behind. */
void
bw_flow_on_scan(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects)
{
    flow->scan.hand_scanner = flow->scan.hand_scanner || stimulus->hand_scanner;
    flow->scan.unread = stimulus->hand_scanner ? flow->scan.unread : 0;
    if (flow->screen == BW_SCREEN_FIRST_START) {
        read_enrolment(flow, stimulus, now, effects);
        return;
    }
    if (bw_flow_card_is_taken(flow, stimulus->text)) {
        if (!is_same_scan(flow, stimulus->text, now)) {
            bw_flow_card_show(flow, stimulus->text, effects);
        }
        return;
    }
    if (flow->screen == BW_SCREEN_AGENDA || bw_flow_pin_is_for_names(flow)) {
        bw_flow_rest(flow, now, effects);
    }
    if (bw_flow_ops(flow)->scans_as == 0) {
        if (stimulus->hand_scanner) { /* a camera beeps at nobody */
            bw_flow_notice_refuse_scan(flow, now, effects);
        }
        return;
    }
    if (flow->screen == BW_SCREEN_CHECK &&
        bw_flow_check_on_scan(flow, stimulus->text, stimulus->hand_scanner)) {
        return;
    }
    look_at_other(flow, stimulus->text, now);
    if (is_same_scan(flow, stimulus->text, now)) {
        return;
    }
    if (!bw_flow_ops(flow)->staff) {
        flow->touched_ms = now.mono_ms;
    }
    flow->scan.read_ms = now.wall_ms;
    give(flow, stimulus, effects);
}

void
bw_flow_on_camera(
    struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_effects *effects)
{
    flow->camera.present = stimulus->present;
    flow->camera.awaited = false;
    if (!stimulus->present) {
        return;
    }
    bool other = stimulus->camera != flow->camera.id;
    flow->camera.id = stimulus->camera;
    bw_flow_set_text(flow->camera.name, sizeof flow->camera.name, stimulus->text);
    bw_flow_check_on_camera(flow, other, effects);
}

static bool
is_hint(enum bw_guide guide)
{
    return guide == BW_GUIDE_AWAY || guide == BW_GUIDE_LIGHT || guide == BW_GUIDE_WHOLE;
}

/* A hint that comes and goes from frame to frame is none. */
static void
keep_hint(struct bw_flow *flow, enum bw_guide hint, struct bw_now now)
{
    if (hint != flow->scan.hint || now.mono_ms - flow->scan.hint_ms > SIGHTING_MS) {
        flow->scan.hint = hint;
        flow->scan.hint_since_ms = now.mono_ms;
    }
    flow->scan.hint_ms = now.mono_ms;
}

void
bw_flow_on_sighting(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects)
{
    enum bw_guide guide = is_hint(stimulus->guide) ? BW_GUIDE_READING : stimulus->guide;
    if (is_hint(stimulus->guide)) {
        keep_hint(flow, stimulus->guide, now);
    }
    if (flow->scan.guide != guide || now.mono_ms - flow->scan.guide_ms > SIGHTING_MS) {
        flow->scan.guide_since_ms = now.mono_ms;
        flow->scan.unread_told = false;
    }
    flow->scan.guide = guide;
    flow->scan.guide_ms = now.mono_ms;
    bool reading = guide == BW_GUIDE_READING &&
                   now.mono_ms - flow->scan.guide_since_ms >= READING_MS;
    flow->scan.unread += reading && !flow->scan.unread_told;
    flow->scan.unread_told = flow->scan.unread_told || reading;
    if (reading && flow->screen == BW_SCREEN_IDLE &&
        now.mono_ms - flow->scan.sound_ms >= READING_SOUND_MS) {
        flow->scan.sound_ms = now.mono_ms;
        bw_flow_sound(effects, BW_SOUND_READING);
    }
}
