/* Labels: see label.h. */
#include "label.h"

#include "effect.h"
#include "frame.h"
#include "text.h"

#include <stdio.h>

enum {
    LABEL_MS = 8000,
    LABEL_RESULT_MS = 60000, /* whoever it was for has left the screen by then */
};

void
bw_flow_label_person(const struct bw_flow *flow, const struct bw_person *person,
    struct bw_effects *effects)
{
    if (flow->options.labels &&
        (person->first_name[0] != '\0' || person->name[0] != '\0')) {
        struct bw_effect *effect = bw_flow_effect(effects, BW_EFFECT_LABEL);
        (void)snprintf(effect->text, sizeof effect->text, "%s\n%s\n%s\n%s\n",
            person->first_name, person->name, person->school, person->region);
    }
}

void
bw_flow_label_answer(const struct bw_flow *flow, const struct bw_answer *answer,
    struct bw_effects *effects)
{
    if (answer->kind == BW_ANSWER_VERDICT &&
        answer->verdict.verdict == BW_VERDICT_WELCOME && !answer->verdict.returned &&
        !flow->rehearsal) {
        bw_flow_label_person(flow, &answer->verdict.person, effects);
    }
}

void
bw_flow_label_on_outcome(
    struct bw_flow *flow, enum bw_helper_outcome outcome, struct bw_now now)
{
    flow->label_ms = now.mono_ms;
    flow->label_told = false;
    bw_flow_set_key(flow->label_fault, outcome == BW_OUTCOME_DONE    ? ""
                                       : outcome == BW_OUTCOME_PAPER ? "lb.paper"
                                                                     : "lb.fail");
}

int64_t
bw_flow_label_next_ms(const struct bw_flow *flow)
{
    int64_t since_ms =
        flow->label_ms > flow->entered_ms ? flow->label_ms : flow->entered_ms;
    bool said = flow->label_fault[0] != '\0' && !flow->label_told &&
                flow->screen == BW_SCREEN_IDLE &&
                since_ms - flow->label_ms < LABEL_RESULT_MS;
    return said ? since_ms + LABEL_MS : INT64_MAX;
}

void
bw_flow_label_tick(struct bw_flow *flow, struct bw_now now)
{
    flow->label_told = flow->label_told || now.mono_ms >= bw_flow_label_next_ms(flow);
}

const char *
bw_flow_label_line(const struct bw_flow *flow, struct bw_now now)
{
    int64_t until_ms = bw_flow_label_next_ms(flow);
    bool shown =
        bw_flow_ops(flow)->staff || (until_ms != INT64_MAX && now.mono_ms < until_ms);
    return shown ? flow->label_fault : "";
}
