/* Each answer finds what it was asked for by its number. */
#include "answer.h"

#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/label.h"
#include "flow/base/notice.h"

#include <string.h>

static bool
brings_ledger(const struct bw_answer *answer)
{
    return answer->kind == BW_ANSWER_VERDICT || answer->kind == BW_ANSWER_UNDONE ||
           answer->kind == BW_ANSWER_LEFT || answer->kind == BW_ANSWER_RELEASED ||
           answer->kind == BW_ANSWER_WAITING;
}

/* The house as it is after the command;
 * who stands in the queue only the overview tells. */
static void
keep_ledger(struct bw_flow *flow, const struct bw_answer *answer)
{
    int queued = flow->overview.ledger.queued;
    flow->overview.ledger = answer->ledger;
    flow->overview.ledger.queued = queued;
}

void
bw_flow_on_answer(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    if (!bw_flow_is_awaited(flow, answer->request_no)) {
        return; /* nobody waits for it any more */
    }
    struct bw_flow_pending *pending = &flow->pending[answer->request_no % PENDING_MAX];
    pending->request_no = 0;
    if (answer->kind == BW_ANSWER_ERROR && answer->failure.not_saved) {
        bw_flow_fault(flow, &answer->failure.error, now, effects);
        bw_flow_sound(effects, BW_SOUND_NO);
        if (bw_flow_ops(flow)->stays) {
            bw_flow_notice_set(flow, "scan.closed", NULL, NULL, false, now);
        }
    } else {
        if (brings_ledger(answer)) {
            keep_ledger(flow, answer);
        }
        flow->answering = pending;
        if (pending->handler != NULL) {
            pending->handler(flow, answer, now, effects);
        }
        flow->answering = NULL;
        bw_flow_label_answer(flow, answer, effects);
    }
    memset(pending->text, 0, sizeof pending->text);
}
