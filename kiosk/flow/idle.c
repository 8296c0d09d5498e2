/* 01: hold your ticket here. And 13, what else is on offer when nobody stands there.
 * UI thread only. */
#include "state.h"

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

static void
idle_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bool quiet = now.mono_ms - flow->touched_ms >= AGENDA_IDLE_MS;
    if (quiet && flow->has_overview && is_off_hours(flow, now.wall_ms)) {
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
        pin_ask_staff(flow, now, effects);
    }
}

/* Typing at the resting screen means looking for oneself. */
static void
idle_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    flow_enter(flow, BW_SCREEN_SEARCH, now, effects);
    search_screen.on_text(flow, text, now, effects);
}

static enum bw_guide
guide_now(const struct bw_flow *flow, struct bw_now now)
{
    const struct seen_text *other = &flow->other;
    bool in_view = other->last_ms != 0 && now.mono_ms - other->last_ms < SIGHTING_MS;
    if (in_view && now.mono_ms - other->first_ms >= OTHER_CODE_MS) {
        return BW_GUIDE_OTHER;
    }
    if (now.mono_ms - flow->guide_ms < SIGHTING_MS && flow->guide_ms > 0) {
        if (flow->guide == BW_GUIDE_CLOSER) {
            return BW_GUIDE_CLOSER;
        }
        if (flow->guide == BW_GUIDE_READING &&
            now.mono_ms - flow->guide_since_ms >= READING_MS) {
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
    view->guide_breathes = !flow->options.less_motion && flow->camera_present &&
                           view->guide != BW_GUIDE_READING &&
                           now.mono_ms - flow->touched_ms < GUIDE_REST_MS;
    view->values.time_ms = flow->overview.doors_ms;
    view->values.date_ms = flow->overview.session.starts_ms;
    view->values.a = flow->overview.next_position;
    view->values.w = flow->overview.present_waiting; /* the badge: who stands here */
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
    int64_t scan = flow->other.last_ms + SIGHTING_MS;
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
    .resting = true,
};

/* ---- 13 ---- */

static void
agenda_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
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
    return length == 0 || item->audience[0] == '\0' ||
           strstr(item->audience, word) != NULL;
}

static int64_t
end_of(const struct bw_agenda_item *item)
{
    return item->ends_ms > item->starts_ms ? item->ends_ms : item->starts_ms;
}

/* Keeps the soonest three, in order. */
static void
keep_item(struct bw_flow *flow, const struct bw_agenda_item *item)
{
    enum { ROOM = sizeof flow->agenda / sizeof *flow->agenda };
    int at = flow->agenda_count;
    while (at > 0 && flow->agenda[at - 1].starts_ms > item->starts_ms) {
        at--;
    }
    if (at == ROOM) {
        return;
    }
    int kept = flow->agenda_count < ROOM ? flow->agenda_count : ROOM - 1;
    memmove(flow->agenda + at + 1, flow->agenda + at,
        (size_t)(kept - at) * sizeof *flow->agenda);
    flow->agenda[at] = *item;
    flow->agenda_count = kept + 1;
}

/* The soonest online hour for those who may not come in here. */
static void
keep_referral(struct bw_flow *flow, const struct bw_agenda_item *item)
{
    bool sooner = !flow->has_referral || item->starts_ms < flow->referral.starts_ms;
    if (strcmp(item->kind, "question_hour") == 0 && sooner) {
        flow->has_referral = true;
        flow->referral = *item;
    }
}

void
agenda_take(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now)
{
    if (answer->kind != BW_ANSWER_AGENDA) {
        return;
    }
    flow->agenda_count = 0;
    flow->has_referral = false;
    for (int i = 0; i < answer->agenda.count; i++) {
        const struct bw_agenda_item *item = &answer->agenda.items[i];
        if (item->starts_ms <= 0 || end_of(item) <= now.wall_ms) {
            continue;
        }
        if (is_for_us(flow, item)) {
            keep_item(flow, item);
        } else {
            keep_referral(flow, item);
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
    } else if (now.mono_ms - flow->entered_ms >= HOUR_MS) {
        flow->entered_ms = now.mono_ms; /* what is over goes, what is new comes */
        effect_ask(flow, effects, FOR_AGENDA, BW_COMMAND_AGENDA);
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
    .on_tick = agenda_tick,
    .view = agenda_view,
    .scans_as = BW_OPERATOR_ATTENDEE,
    .resting = true,
};
