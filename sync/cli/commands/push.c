/* `push`, `pull`, `sync`: letters out and in, once.
 * Being offline is said, and is no error. */
#include "cli/answer.h"
#include "cli/kiosk.h"
#include "commands.h"

#include <brugwachter/said.h>

#define ALL_ROADS (~0U)

static const char central_help[] =
    BW_SAYS("--central names a central database whose folder of letters is used\n"
            "instead of the enrolled carriers.\n");

static enum bw_exit
run_push(struct bw_call *call, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_pushed pushed = {0};
    enum bw_status status = bw_cli_kiosk_open(call, &exchange, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    bw_kiosk_exchange_reach(&exchange, ALL_ROADS);
    status = bw_kiosk_push(&exchange, &pushed, err);
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call, bw_cli_pushed_json(&exchange, &pushed), err);
    } else if (status == BW_OK) {
        bw_cli_pushed_print(&exchange, &pushed, call->out);
    }
    bw_kiosk_exchange_close(&exchange);
    return status == BW_OK ? bw_cli_kiosk_exit(call, pushed.restored)
                           : bw_exit_of(status);
}

static enum bw_exit
run_pull(struct bw_call *call, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_pulled pulled = {0};
    const char *from = bw_call_value(call, BW_OPTION_FROM);
    enum bw_status status = bw_cli_kiosk_open(call, &exchange, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (from) {
        status = bw_kiosk_pull_from(&exchange, from, &pulled, err);
    } else {
        bw_kiosk_exchange_reach(&exchange, ALL_ROADS);
        status = bw_kiosk_pull(&exchange, &pulled, err);
    }
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call, bw_cli_pulled_json(&pulled), err);
    } else if (status == BW_OK) {
        bw_cli_pulled_print(&exchange, &pulled, call->out);
    }
    bw_kiosk_exchange_close(&exchange);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return pulled.refused > 0 ? BW_EXIT_LOOK : bw_cli_kiosk_exit(call, pulled.restored);
}

static enum bw_exit
run_sync(struct bw_call *call, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_pushed pushed = {0};
    struct bw_kiosk_pulled pulled = {0};
    enum bw_status status = bw_cli_kiosk_open(call, &exchange, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    status = bw_cli_kiosk_sync(&exchange, ALL_ROADS, ALL_ROADS, &pushed, &pulled, err);
    if (status == BW_OK) {
        status = bw_cli_synced_answer(call, &exchange, &pushed, &pulled, err);
    }
    bw_kiosk_exchange_close(&exchange);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return pulled.refused > 0
               ? BW_EXIT_LOOK
               : bw_cli_kiosk_exit(call, pushed.restored || pulled.restored);
}

const struct bw_sync_command bw_sync_command_push = {
    .name = "push",
    .operands = "",
    .summary = BW_SAYS("put this kiosk's letters on its carriers, once"),
    .help = BW_SAYS(
        "Every letter states how far this kiosk's log goes: the report's completeness\n"
        "rests on it. Push again after the session's end, also when nothing is new.\n"
        "Sent is what a carrier holds; acknowledged, what the office's receipt\n"
        "covers.\n"),
    .help_more = central_help,
    .takes = BW_TAKES(BW_OPTION_CENTRAL),
    .needs = BW_NEEDS_STORE,
    .run = run_push,
};

const struct bw_sync_command bw_sync_command_pull = {
    .name = "pull",
    .operands = "",
    .summary = BW_SAYS("take in the letters for this kiosk, once; or from a stick"),
    .help = BW_SAYS("--from takes a letter, or a folder with letters (`pack`).\n"),
    .help_more = central_help,
    .takes = BW_TAKES(BW_OPTION_FROM) | BW_TAKES(BW_OPTION_CENTRAL),
    .needs = BW_NEEDS_STORE,
    .run = run_pull,
};

const struct bw_sync_command bw_sync_command_sync = {
    .name = "sync",
    .operands = "",
    .summary = BW_SAYS("push and pull, once"),
    .help = central_help,
    .takes = BW_TAKES(BW_OPTION_CENTRAL),
    .needs = BW_NEEDS_STORE,
    .run = run_sync,
};
