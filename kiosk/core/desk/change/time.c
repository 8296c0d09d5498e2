/* The clock, as staff and tests set it. */
#include "core/desk/base/follow.h"
#include "core/desk/base/handler.h"
#include "core/desk/base/record.h"

enum bw_status
bw_desk_on_clock(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    bw_desk_clock_inject(&desk->clock, command->wall_ms);
    (void)answer;
    if (desk->has_roster && desk->wanted[0] != '\0') {
        return BW_OK;
    }
    return bw_desk_reload(desk, &failure->error);
}

enum bw_status
bw_desk_on_confirm_clock(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    enum bw_status status =
        bw_desk_append_note(desk, command, BW_NOTE_CLOCK_CONFIRMED, answer, failure);
    if (status == BW_OK) {
        bw_desk_clock_confirm(&desk->clock, desk->store);
    }
    return status;
}
