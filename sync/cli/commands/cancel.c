/* `cancel CODE`: its place becomes free. */
#include "cli/registration.h"
#include "commands.h"

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_place_change change;
    enum bw_status status = bw_place_cancel(&office, call->operands[0], &change, err);
    return bw_cli_registration(call, status, &change, err);
}

const struct bw_sync_command bw_sync_command_cancel = {
    .name = "cancel",
    .operands = "CODE",
    .summary = "cancel a registration; its place becomes free",
    .operands_min = 1,
    .operands_max = 1,
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
