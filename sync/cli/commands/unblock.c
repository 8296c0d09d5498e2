/* `unblock CODE…`: it is as it was before. */
#include "cli/registration.h"
#include "commands.h"

#include <brugwachter/said.h>

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    return bw_cli_registrations(call, BW_PLACE_UNBLOCK, err);
}

const struct bw_sync_command bw_sync_command_unblock = {
    .name = "unblock",
    .operands = "CODE…",
    .summary = BW_SAYS("lift a block; the registration is what it was before"),
    .operands_min = 1,
    .operands_max = BW_OPERANDS_MAX,
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
