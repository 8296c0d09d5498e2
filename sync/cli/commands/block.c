/* `block CODE…`: its ticket goes to the desk. */
#include "cli/registration.h"
#include "commands.h"

#include <brugwachter/said.h>

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    return bw_cli_registrations(call, BW_PLACE_BLOCK, err);
}

const struct bw_sync_command bw_sync_command_block = {
    .name = "block",
    .operands = "CODE…",
    .summary = BW_SAYS("block a registration: its ticket goes to the desk"),
    .help = BW_SAYS("The reason stays in the central database; no kiosk ever has it.\n"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .requires = BW_TAKES(BW_OPTION_WHY),
    .operands_min = 1,
    .operands_max = BW_OPERANDS_MAX,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
