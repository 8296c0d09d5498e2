/* `settle N in|out`: the organiser decides on an event in quarantine. */
#include "cli/answer.h"
#include "commands.h"
#include "exchange/office/quarantine.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    char *end = NULL;
    const char *text = call->operands[0], *way = call->operands[1];
    int64_t number = strtoll(text, &end, 10);
    bool in = strcmp(way, "in") == 0;
    if (*end != '\0' || number <= 0 || (!in && strcmp(way, "out") != 0)) {
        return bw_call_usage(
            err, "settle takes a number that conflicts lists, and in or out");
    }
    char why[BW_TITLE_BYTES];
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_quarantine_settle(
            call->central, number, in, why, bw_call_now_ms(call), err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call,
            json_pack("{s:I, s:s}", "number", (json_int_t)number, "settled", way), err);
    } else {
        (void)fprintf(call->out, "Number %" PRId64 " was %s.\n", number,
            in ? "taken in; it counts now" : "thrown out; it counts nowhere");
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_settle = {
    .name = "settle",
    .operands = "N in|out",
    .summary = "take an event in quarantine in, or throw it out, with a reason",
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE),
    .requires = BW_TAKES(BW_OPTION_WHY),
    .operands_min = 2,
    .operands_max = 2,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
