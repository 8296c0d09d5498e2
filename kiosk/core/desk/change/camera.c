/* The camera that staff chose, kept over a restart. */
#include "core/desk/base/handler.h"
#include "core/desk/base/state.h"

enum bw_status
bw_desk_on_keep_camera(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    (void)answer;
    return bw_store_set_number(
        desk->store, BW_NUMBER_CAMERA, command->camera, &failure->error);
}
