/* `export`: this kiosk's letters into a folder, for a stick. */
#include "cli/answer.h"
#include "cli/kiosk.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>

static enum bw_status
answer(struct bw_call *call, uint32_t device, const struct bw_kiosk_pushed *pushed,
    int files, const char *path, struct bw_error *err)
{
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:s, s:i, s:I, s:I, s:I}", "file", path, "files", files, "device",
                (json_int_t)device, "events", (json_int_t)pushed->accepted, "head",
                (json_int_t)pushed->head_seq),
            err);
    }
    (void)fprintf(call->out,
        bw_said(
            "Wrote %s: %" PRId64
            " events. Only the organiser and the other kiosks of its "
            "sessions can open it: merge it at the office. The events stay here too.\n"),
        path, pushed->accepted);
    return BW_OK;
}

static enum bw_exit
run_export(struct bw_call *call, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_pushed pushed = {.online = false};
    int files = 0;
    char path[PATH_MAX];
    enum bw_status status = bw_cli_kiosk_open(call, &exchange, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    uint32_t device = exchange.device;
    status = bw_kiosk_export(&exchange, call->operands[0], &pushed, &files, path, err);
    bw_kiosk_exchange_close(&exchange);
    if (status == BW_OK) {
        status = answer(call, device, &pushed, files, path, err);
    }
    return status == BW_OK ? bw_cli_kiosk_exit(call, pushed.restored)
                           : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_export = {
    .name = "export",
    .operands = "DIR",
    .summary = BW_SAYS("write this kiosk's letters into a folder, for a stick"),
    .help = BW_SAYS(
        "Letters are sealed to the organiser and to the other kiosks of the sessions,\n"
        "and signed by this kiosk. They hold what the office hasn't acknowledged, and\n"
        "state how far the log goes. At the office: merge DIR.\n"),
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_STORE,
    .run = run_export,
};
