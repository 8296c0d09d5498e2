/* 01: hold your ticket here. */
#include "flow/base/frame.h"
#include "flow/form/agenda.h"
#include "pin.h"

#include <string.h>

static void
idle_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bool quiet = now.mono_ms - flow->touched_ms >= AGENDA_IDLE_MS;
    if (bw_flow_pin_ask_names(flow, now, effects)) {
        return;
    }
    if (quiet && flow->has_overview && bw_flow_is_off_hours(flow, now.wall_ms)) {
        bw_flow_enter(flow, BW_SCREEN_AGENDA, now, effects);
    }
}

static void
idle_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_FIND) {
        bw_flow_enter(flow, BW_SCREEN_SEARCH, now, effects);
    } else if (action == BW_ACTION_STAFF) {
        bw_flow_pin_ask_staff(flow, now, effects);
    }
}

/* Typing at the resting screen means looking for oneself. */
static void
idle_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    bw_flow_enter_typing(flow, BW_SCREEN_SEARCH, text, now, effects);
}

/* What would help a code that is in view and isn't read. */
static enum bw_guide
reading_now(const struct bw_flow *flow, struct bw_now now)
{
    bool seen = flow->scan.hint_ms > 0 && now.mono_ms - flow->scan.hint_ms < SIGHTING_MS;
    bool lasts = flow->scan.hint_ms - flow->scan.hint_since_ms >= HINT_MS;
    return seen && lasts ? flow->scan.hint : BW_GUIDE_READING;
}

/* What a ticket would be told (design: admission, too_early and session_over): before its
 * `opens`, where the session has that, else before its day; after its end. */
static enum bw_guide
door_now(const struct bw_flow *flow, struct bw_now now)
{
    const struct bw_overview *overview = &flow->overview;
    const struct bw_session *session = &overview->session;
    int64_t tolerance_ms = (int64_t)session->tolerance_minutes * MINUTE_MS;
    int64_t opens_ms =
        session->opens_ms != 0 ? session->opens_ms - tolerance_ms : overview->day_ms;
    if (!overview->has_roster || overview->clock_suspect) {
        return BW_GUIDE_READY;
    }
    if (now.wall_ms < opens_ms) {
        return BW_GUIDE_NOT_YET;
    }
    bool over = now.wall_ms > session->ends_ms + tolerance_ms;
    return over ? BW_GUIDE_OVER : BW_GUIDE_READY;
}

static enum bw_guide
guide_now(const struct bw_flow *flow, struct bw_now now)
{
    const struct bw_flow_seen_text *other = &flow->scan.other;
    bool in_view = other->last_ms != 0 && now.mono_ms - other->last_ms < SIGHTING_MS;
    bool certificate = strcmp(flow->notice.shown.key, "idle.cert") == 0;
    bool by_hand = certificate || strcmp(flow->notice.shown.key, "idle.other") == 0;
    if (by_hand || (in_view && now.mono_ms - other->first_ms >= OTHER_CODE_MS)) {
        certificate = by_hand ? certificate : flow->scan.other_is_certificate;
        return certificate ? BW_GUIDE_CERTIFICATE : BW_GUIDE_OTHER;
    }
    if (now.mono_ms - flow->scan.guide_ms < SIGHTING_MS && flow->scan.guide_ms > 0) {
        if (flow->scan.guide == BW_GUIDE_CLOSER) {
            return BW_GUIDE_CLOSER;
        }
        if (flow->scan.guide == BW_GUIDE_READING &&
            now.mono_ms - flow->scan.guide_since_ms >= READING_MS) {
            return reading_now(flow, now);
        }
    }
    return door_now(flow, now);
}

static void
idle_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    view->guide = guide_now(flow, now);
    bool reads = view->guide == BW_GUIDE_READING ||
                 (view->guide >= BW_GUIDE_AWAY && view->guide <= BW_GUIDE_WHOLE);
    bool open = view->guide != BW_GUIDE_NOT_YET && view->guide != BW_GUIDE_OVER;
    view->guide_breathes = !flow->options.less_motion && flow->camera.present && !reads &&
                           open && now.mono_ms - flow->touched_ms < GUIDE_REST_MS;
    view->values.time_ms = flow->overview.doors_ms;
    view->values.date_ms = flow->overview.session.starts_ms;
    view->values.a = flow->overview.next_position;
    view->values.w = flow->overview.present_waiting; /* the badge: who stands here */
}

static int64_t
idle_next(const struct bw_flow *flow, struct bw_now now)
{
    int64_t next = flow->touched_ms + AGENDA_IDLE_MS;
    if (bw_flow_pin_wants_names(flow)) {
        return now.mono_ms;
    }
    if (next <= now.mono_ms) {
        next = INT64_MAX;
    }
    int64_t sight = flow->scan.guide_ms + SIGHTING_MS;
    if (sight > now.mono_ms && sight < next) {
        next = sight;
    }
    int64_t scan = flow->scan.other.last_ms + SIGHTING_MS;
    if (scan > now.mono_ms && scan < next) {
        next = scan;
    }
    return next;
}

const struct bw_flow_screen_ops bw_flow_idle_screen = {
    .on_action = idle_action,
    .on_text = idle_text,
    .on_tick = idle_tick,
    .view = idle_view,
    .next_ms = idle_next,
    .scans_as = BW_OPERATOR_ATTENDEE,
    .resting = true,
};
