/* `block CODE`: its ticket goes to the desk. */
#include "cli/registration.h"
#include "commands.h"

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_place_change change;
    enum bw_status status = bw_place_block(
        &office, call->operands[0], bw_call_value(call, BW_OPTION_WHY), &change, err);
    return bw_cli_registration(call, status, &change, err);
}

const struct bw_sync_command bw_sync_command_block = {
    .name = "block",
    .operands = "CODE",
    .summary = "block a registration: its ticket goes to the desk",
    .help = "The reason stays in the central database; no kiosk ever has it.\n",
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE),
    .requires = BW_TAKES(BW_OPTION_WHY),
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
