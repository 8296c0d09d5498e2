/* `reinstate CODE…`: who had cancelled is in again. */
#include "cli/registration.h"
#include "commands.h"

#include <brugwachter/said.h>

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    return bw_cli_registrations(call, BW_PLACE_REINSTATE, err);
}

const struct bw_sync_command bw_sync_command_reinstate = {
    .name = "reinstate",
    .operands = "CODE…",
    .summary = BW_SAYS("who had cancelled is in again, or waits with the old time"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .operands_min = 1,
    .operands_max = BW_OPERANDS_MAX,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
