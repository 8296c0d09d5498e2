/* Staff release the places that are held. */
#include "core/desk/base/release.h"

#include "core/desk/base/handler.h"
#include "core/desk/base/record.h"

enum bw_status
bw_desk_on_release(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    enum bw_status status = BW_OK;
    bw_answer_init(answer, BW_ANSWER_RELEASED);
    if (bw_presence_is_released(desk->presence)) {
        answer->event = desk->release_event; /* once is enough: tell which one it was */
    } else {
        struct bw_event event = {.kind = BW_EVENT_RELEASED, .code = BW_CODE_NONE};
        status = bw_desk_append(desk, command->operated_by, &event, NULL, failure);
        answer->event = event.id;
    }
    struct bw_ledger sum;
    bw_desk_sum(desk, &sum);
    answer->released_free = sum.free;
    return status;
}
