/* `key new` and `key retire N`: the organiser's signing keys. */
#include "office/ticket/signing_key.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static enum bw_exit
run_new(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    uint8_t number = 0;
    enum bw_status status = bw_office_key_make(&office, &number, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, json_pack("{s:i}", "key", (int)number), err);
    } else {
        fprintf(call->out,
            bw_said("Made signing key %d. New tickets are signed with "
                    "it; kiosks know it after their next update.\n"),
            number);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

static enum bw_status
tell_retired(
    struct bw_call *call, uint8_t number, int64_t signed_again, struct bw_error *err)
{
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:i, s:I}", "retired", (int)number, "tickets",
                (json_int_t)signed_again),
            err);
    }
    fprintf(call->out,
        bw_said("Retired signing key %d. %" PRId64 " tickets of sessions to come "
                "were signed again%s\n"),
        number, signed_again,
        signed_again > 0 ? bw_said(": send these people their new ticket (tickets).")
                         : ".");
    return BW_OK;
}

static enum bw_exit
run_retire(struct bw_call *call, uint8_t number, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_office_key_retirement retirement;
    enum bw_status status = bw_office_key_retire(&office, number, &retirement, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    bool look = retirement.file_has_it || retirement.tickets > 0;
    status = tell_retired(call, number, retirement.tickets, err);
    if (status == BW_OK && retirement.file_has_it) {
        *err = retirement.why;
        (void)bw_error_prefix(err, err->status,
            "signing key %d is retired, but its secret is still in the key file until "
            "the next key command",
            number);
    }
    return bw_cli_exit(status, look ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    if (strcmp(call->operands[0], "new") == 0 && call->operands_count == 1) {
        return run_new(call, err);
    }
    if (strcmp(call->operands[0], "retire") == 0 && call->operands_count == 2) {
        char *end = NULL;
        long number = strtol(call->operands[1], &end, 10);
        if (*end == '\0' && end != call->operands[1] && number >= 0 &&
            number <= UINT8_MAX) {
            return run_retire(call, (uint8_t)number, err);
        }
    }
    return bw_call_usage(err, "key takes \"new\" or \"retire N\", N from 0 to 255");
}

const struct bw_sync_command bw_sync_command_key = {
    .name = "key",
    .operands = "new|retire N",
    .summary = BW_SAYS("make a signing key, or take one out of use"),
    .help = BW_SAYS(
        "Tickets are signed with the newest key. Make one before each series. Retire\n"
        "one when its secret got about: its tickets are then forged at every kiosk\n"
        "that was updated, and those of sessions to come are signed again.\n"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_CHECK),
    .operands_min = 1,
    .operands_max = 2,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
