/* 13: what else is on offer when nobody stands before the kiosk. */
#include "agenda.h"

#include "flow/base/ask.h"
#include "flow/base/frame.h"
#include "flow/base/store.h"

#include <string.h>

enum {
    BEFORE_START_MS = 45 * MINUTE_MS,
    AFTER_START_MS = 30 * MINUTE_MS,
    AGENDA_ITEMS = 3,
};

struct agenda_screen {
    int count;
    struct bw_agenda_item items[AGENDA_ITEMS];
    bool has_referral; /* the next question hour for others than this audience */
    struct bw_agenda_item referral;
};

static struct agenda_screen *
own(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_AGENDA);
}

bool
bw_flow_is_off_hours(const struct bw_flow *flow, int64_t wall_ms)
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
keep_item(struct agenda_screen *agenda, const struct bw_agenda_item *item)
{
    int at = agenda->count;
    while (at > 0 && agenda->items[at - 1].starts_ms > item->starts_ms) {
        at--;
    }
    if (at == AGENDA_ITEMS) {
        return;
    }
    int kept = agenda->count < AGENDA_ITEMS ? agenda->count : AGENDA_ITEMS - 1;
    memmove(agenda->items + at + 1, agenda->items + at,
        (size_t)(kept - at) * sizeof *agenda->items);
    agenda->items[at] = *item;
    agenda->count = kept + 1;
}

/* The soonest online hour for those who may not come in here. */
static void
keep_referral(struct agenda_screen *agenda, const struct bw_agenda_item *item)
{
    bool sooner = !agenda->has_referral || item->starts_ms < agenda->referral.starts_ms;
    if (strcmp(item->kind, "question_hour") == 0 && sooner) {
        agenda->has_referral = true;
        agenda->referral = *item;
    }
}

static void
on_agenda(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)effects;
    struct agenda_screen *agenda = own(flow);
    if (answer->kind != BW_ANSWER_AGENDA) {
        return;
    }
    agenda->count = 0;
    agenda->has_referral = false;
    for (int i = 0; i < answer->agenda.count; i++) {
        const struct bw_agenda_item *item = &answer->agenda.items[i];
        if (item->starts_ms <= 0 || end_of(item) <= now.wall_ms) {
            continue;
        }
        if (is_for_us(flow, item)) {
            keep_item(agenda, item);
        } else {
            keep_referral(agenda, item);
        }
    }
}

void
bw_flow_ask_agenda(struct bw_flow *flow, struct bw_effects *effects)
{
    (void)bw_flow_ask_plain(flow, effects, on_agenda, BW_COMMAND_AGENDA);
}

const struct bw_agenda_item *
bw_flow_referral(const struct bw_flow *flow)
{
    return own(flow)->has_referral ? &own(flow)->referral : NULL;
}

static void
agenda_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    bw_flow_ask_agenda(flow, effects);
}

static void
on_locked(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    (void)answer;
    bw_flow_ask_overview(flow, now, effects);
}

/* Nobody is here, and no circle is near: the PIN that opened the names yesterday opens
 * them for today no more. 01 asks for it, when somebody or the day brings that back. */
static void
agenda_overview(
    struct bw_flow *flow, const struct bw_overview *before, struct bw_effects *effects)
{
    (void)before;
    if (flow->overview.names_stale) {
        (void)bw_flow_ask_plain(flow, effects, on_locked, BW_COMMAND_LOCK_NAMES);
    }
}

/* Typing here means looking for oneself, as at 01. */
static void
agenda_text(
    struct bw_flow *flow, const char *text, struct bw_now now, struct bw_effects *effects)
{
    bw_flow_enter_typing(flow, BW_SCREEN_SEARCH, text, now, effects);
}

static void
agenda_action(struct bw_flow *flow, enum bw_action action, int index, struct bw_now now,
    struct bw_effects *effects)
{
    (void)action;
    (void)index;
    bw_flow_rest(flow, now, effects);
}

static void
agenda_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (!bw_flow_is_off_hours(flow, now.wall_ms)) {
        flow->touched_ms = now.mono_ms;
        bw_flow_rest(flow, now, effects);
    } else if (now.mono_ms - flow->entered_ms >= HOUR_MS) {
        flow->entered_ms = now.mono_ms; /* what is over goes, what is new comes */
        bw_flow_ask_agenda(flow, effects);
    }
}

static void
agenda_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    (void)now;
    view->values.date_ms = flow->overview.session.starts_ms;
    view->values.time_ms = flow->overview.doors_ms;
    view->agenda.count = own(flow)->count;
    memcpy(view->agenda.items, own(flow)->items, sizeof view->agenda.items);
}

const struct bw_flow_screen_ops bw_flow_agenda_screen = {
    .own_bytes = sizeof(struct agenda_screen),
    .on_enter = agenda_enter,
    .on_action = agenda_action,
    .on_text = agenda_text,
    .on_overview = agenda_overview,
    .on_tick = agenda_tick,
    .view = agenda_view,
    .scans_as = BW_OPERATOR_ATTENDEE,
    .resting = true,
};
