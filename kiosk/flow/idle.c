/* 01: hold your ticket here. And 13, what else is on offer when nobody stands there.
 * UI thread only. */
#include "flow/state.h"

#include <string.h>

enum { BEFORE_START_MS = 45 * MINUTE_MS, AFTER_START_MS = 30 * MINUTE_MS };

/* Never between doors and the session's end, nor around the start. */
static bool
is_off_hours(const struct bw_flow *flow, int64_t wall_ms)
{
    const struct bw_session *session = &flow->overview.session;
    int64_t from = session->starts_ms - BEFORE_START_MS;
    int64_t to = session->starts_ms + AFTER_START_MS;
    if (flow->overview.doors_ms < from) {
        from = flow->overview.doors_ms;
    }
    if (session->ends_ms > to) {
        to = session->ends_ms;
    }
    return wall_ms < from || wall_ms >= to;
}

static bool
language_is_old(const struct bw_flow *flow, struct bw_now now)
{
    bool changed = flow->language != flow->options.language
        || flow->larger != flow->options.larger;
    return changed && now.mono_ms - flow->language_ms >= LANGUAGE_MS;
}

static void
idle_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (language_is_old(flow, now)) {
        flow->language = flow->options.language;
        flow->larger = flow->options.larger;
    }
    if (now.mono_ms - flow->touched_ms >= AGENDA_IDLE_MS && flow->has_overview
        && is_off_hours(flow, now.wall_ms)) {
        flow_enter(flow, BW_SCREEN_AGENDA, now, effects);
    }
}

static void
idle_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_FIND) {
        flow_enter(flow, BW_SCREEN_SEARCH, now, effects);
    } else if (action == BW_ACTION_STAFF) {
        struct pin_purpose purpose = {.from = BW_SCREEN_IDLE};
        pin_ask(flow, &purpose, now, effects);
    }
}

/* Typing at the resting screen means looking for oneself. */
static void
idle_text(struct bw_flow *flow, const char *text, struct bw_now now,
    struct bw_effects *effects)
{
    flow_enter(flow, BW_SCREEN_SEARCH, now, effects);
    search_screen.on_text(flow, text, now, effects);
}

static enum bw_guide
guide_now(const struct bw_flow *flow, struct bw_now now)
{
    bool in_view = now.mono_ms - flow->last_scan_ms < SIGHTING_MS && flow->last_scan[0];
    if (in_view && flow->last_scan_other
        && now.mono_ms - flow->last_scan_first_ms >= OTHER_CODE_MS) {
        return BW_GUIDE_OTHER;
    }
    if (now.mono_ms - flow->guide_ms < SIGHTING_MS && flow->guide_ms > 0) {
        if (flow->guide == BW_GUIDE_CLOSER) {
            return BW_GUIDE_CLOSER;
        }
        if (flow->guide == BW_GUIDE_READING
            && now.mono_ms - flow->guide_since_ms >= READING_MS) {
            return BW_GUIDE_READING;
        }
    }
    if (now.wall_ms < flow->overview.doors_ms && !flow->overview.clock_suspect) {
        return BW_GUIDE_NOT_YET;
    }
    return BW_GUIDE_READY;
}

static void
idle_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    view->guide = guide_now(flow, now);
    view->guide_breathes = !flow->options.less_motion && flow->camera_present
        && view->guide != BW_GUIDE_READING
        && now.mono_ms - flow->touched_ms < GUIDE_REST_MS;
    view->values.time_ms = flow->overview.doors_ms;
    view->values.date_ms = flow->overview.session.starts_ms;
    view->values.a = flow->overview.next_position;
}

static int64_t
idle_next(const struct bw_flow *flow, struct bw_now now)
{
    int64_t next = flow->touched_ms + AGENDA_IDLE_MS;
    if (next <= now.mono_ms) {
        next = INT64_MAX;
    }
    int64_t sight = flow->guide_ms + SIGHTING_MS;
    if (sight > now.mono_ms && sight < next) {
        next = sight;
    }
    int64_t scan = flow->last_scan_ms + SIGHTING_MS;
    if (scan > now.mono_ms && scan < next) {
        next = scan;
    }
    return next;
}

const struct screen_ops idle_screen = {
    .on_action = idle_action,
    .on_text = idle_text,
    .on_tick = idle_tick,
    .view = idle_view,
    .next_ms = idle_next,
    .scans_as = BW_OPERATOR_ATTENDEE,
};

/* ---- 13 ---- */

static void
agenda_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    flow->agenda_count = 0;
    effect_ask(flow, effects, FOR_AGENDA, BW_COMMAND_AGENDA);
}

/* True where the item is for this session's audience. */
static bool
is_for_us(const struct bw_flow *flow, const struct bw_agenda_item *item)
{
    const char *audience = flow->overview.session.audience;
    size_t length = strcspn(audience, ";");
    char word[BW_TITLE_BYTES];
    memcpy(word, audience, length);
    word[length] = '\0';
    return length == 0 || item->audience[0] == '\0'
        || strstr(item->audience, word) != NULL;
}

static void
agenda_answer(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    (void)effects;
    if (purpose != FOR_AGENDA || answer->kind != BW_ANSWER_AGENDA) {
        return;
    }
    for (int i = 0; i < answer->agenda_count && flow->agenda_count < 3; i++) {
        const struct bw_agenda_item *item = &answer->agenda[i];
        if (item->starts_ms > 0 && item->ends_ms > now.wall_ms && is_for_us(flow, item)) {
            flow->agenda[flow->agenda_count++] = *item;
        }
    }
}

static void
agenda_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    (void)action;
    (void)index;
    flow_rest(flow, now, effects);
}

static void
agenda_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (!is_off_hours(flow, now.wall_ms)) {
        flow->touched_ms = now.mono_ms;
        flow_rest(flow, now, effects);
    }
}

static void
agenda_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    (void)now;
    view->values.date_ms = flow->overview.session.starts_ms;
    view->values.time_ms = flow->overview.doors_ms;
    view->agenda.count = flow->agenda_count;
    memcpy(view->agenda.items, flow->agenda, sizeof view->agenda.items);
}

const struct screen_ops agenda_screen = {
    .on_enter = agenda_enter,
    .on_action = agenda_action,
    .on_text = idle_text,
    .on_answer = agenda_answer,
    .on_tick = agenda_tick,
    .view = agenda_view,
    .scans_as = BW_OPERATOR_ATTENDEE,
};
