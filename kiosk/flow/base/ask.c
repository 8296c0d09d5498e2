/* A table of what is awaited, by the request's number. An answer that comes when 128
 * newer questions were asked finds nobody, as one of a screen that is gone does. */
#include "ask.h"

#include "effect.h"

#include <assert.h>
#include <string.h>

uint32_t
bw_flow_ask(struct bw_flow *flow, struct bw_effects *effects, bw_flow_handler *handler,
    const struct bw_command *command)
{
    struct bw_effect *effect = bw_flow_effect(effects, BW_EFFECT_DESK);
    flow->request_no += flow->request_no == UINT32_MAX ? 2 : 1;
    assert(flow->request_no != 0); /* FL7 */
    effect->command = *command;
    effect->command.request_no = flow->request_no;
    struct bw_flow_pending *pending = &flow->pending[flow->request_no % PENDING_MAX];
    memset(pending, 0, sizeof *pending);
    pending->request_no = flow->request_no;
    pending->handler = handler;
    if (command->kind == BW_COMMAND_SCAN) {
        memcpy(pending->text, command->scan.text, sizeof pending->text);
    } else if (command->kind == BW_COMMAND_CARD) {
        memcpy(pending->text, command->card.text, sizeof command->card.text);
    }
    return flow->request_no;
}

uint32_t
bw_flow_ask_plain(struct bw_flow *flow, struct bw_effects *effects,
    bw_flow_handler *handler, enum bw_command_kind kind)
{
    struct bw_command command;
    bw_command_init(&command, kind);
    command.operated_by = BW_OPERATOR_STAFF;
    return bw_flow_ask(flow, effects, handler, &command);
}

bool
bw_flow_is_awaited(const struct bw_flow *flow, uint32_t request_no)
{
    return request_no != 0 &&
           flow->pending[request_no % PENDING_MAX].request_no == request_no;
}
