/* One line at a time: see notice.h. UI thread only. */
#include "notice.h"

#include "effect.h"
#include "label.h"
#include "result_text.h"
#include "text.h"

#include <string.h>

void
bw_flow_notice_set(struct bw_flow *flow, const char *key, const struct bw_values *values,
    const char *attention, bool good, struct bw_now now)
{
    struct bw_flow_notice *notice = &flow->notice;
    memset(notice, 0, sizeof *notice);
    bw_flow_set_key(notice->shown.key, key);
    bw_flow_values_init(flow, &notice->shown.values);
    if (values != NULL) {
        notice->shown.values = *values;
    }
    if (attention != NULL) {
        bw_flow_set_text(
            notice->shown.attention, sizeof notice->shown.attention, attention);
    }
    notice->shown.good = good;
    notice->since_ms = now.mono_ms;
}

void
bw_flow_notice_answer(
    struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now)
{
    if (answer->kind != BW_ANSWER_VERDICT) {
        bw_flow_notice_set(flow, "to.error", NULL, NULL, false, now);
        return;
    }
    const struct bw_answer_verdict *verdict = &answer->verdict;
    struct bw_values values;
    bw_flow_result_toast_values(flow, answer, verdict->home, &values);
    bool lead = verdict->verdict == BW_VERDICT_FULL && verdict->lead != 0;
    bool good = verdict->verdict == BW_VERDICT_WELCOME ||
                verdict->verdict == BW_VERDICT_ALREADY_IN;
    bw_flow_notice_set(flow, lead ? "to.lead" : bw_flow_result_toast(answer), &values,
        verdict->person.attention, good, now);
}

void
bw_flow_notice_refuse_scan(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bool typing = flow->screen == BW_SCREEN_PIN;
    bw_flow_notice_set(flow, typing ? "scan.pin" : "scan.closed", NULL, NULL, false, now);
    bw_flow_sound(effects, BW_SOUND_NO);
}

void
bw_flow_notice_tick(struct bw_flow *flow, struct bw_now now)
{
    bw_flow_label_tick(flow, now);
    if (now.mono_ms >= bw_flow_notice_next_ms(flow)) {
        memset(&flow->notice, 0, sizeof flow->notice);
    }
}

/* A visitor's screen has a line for what is said to them; it says this meanwhile. NULL:
 * it has none, or what it says goes first. */
static char *
line_of(struct bw_view *view)
{
    switch ((int)view->screen) {
    case BW_SCREEN_PIN:
        return view->pin.locked ? NULL : view->pin.hint;
    case BW_SCREEN_SEARCH:
        return view->search.confirm || view->search.leaving ? NULL : view->search.hint;
    case BW_SCREEN_NO_ROSTER:
        return view->kiosk.outcome;
    case BW_SCREEN_FAULT:
        return view->fault_help;
    }
    return NULL;
}

/* Whoever holds a ticket to the hand scanner is heard by nobody; without one no line is
 * worth it. */
static bool
tells_deaf(const struct bw_flow *flow, struct bw_now now)
{
    bool scanner = flow->scan.hand_scanner || !flow->options.camera_wanted;
    return scanner && flow->scan.deaf && now.mono_ms - flow->scan.deaf_ms >= DEAF_MS;
}

void
bw_flow_notice_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    static const struct bw_notice_view deaf = {.key = "scan.deaf"};
    static const struct bw_notice_view called = {.key = "call.mark"};
    const struct bw_notice_view *shown = &flow->notice.shown;
    if (shown->key[0] == '\0' && tells_deaf(flow, now)) {
        view->notice = deaf;
        return;
    }
    bool rests = view->screen == BW_SCREEN_IDLE || view->screen == BW_SCREEN_AGENDA;
    if (shown->key[0] == '\0' && flow->call.stands && rests) {
        view->notice = called;
        return;
    }
    if (shown->key[0] == '\0') {
        bw_flow_set_key(view->notice.key, bw_flow_label_line(flow, now));
        return;
    }
    /* the pill says it, or somebody's answer goes first */
    bool other = view->guide == BW_GUIDE_OTHER || view->guide == BW_GUIDE_CERTIFICATE;
    bool elsewhere = (view->screen == BW_SCREEN_IDLE && other && view->camera_present) ||
                     view->screen == BW_SCREEN_RESULT;
    char *line = shown->key[0] != '\0' ? line_of(view) : NULL;
    if (line != NULL) {
        bw_flow_set_key(line, shown->key);
    } else if (!elsewhere) {
        view->notice = *shown;
    }
}

int64_t
bw_flow_notice_next_ms(const struct bw_flow *flow)
{
    return flow->notice.shown.key[0] != '\0' ? flow->notice.since_ms + TOAST_MS
                                             : bw_flow_label_next_ms(flow);
}
