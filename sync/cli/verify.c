/* `verify`: whether the log's chain and the store's file hold. */
#include "cli/answer.h"
#include "cli/commands.h"

#include <brugwachter/store.h>
#include <inttypes.h>

static enum bw_status
answer(struct bw_call *call, uint32_t device, const struct bw_verification *result,
    struct bw_error *err)
{
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:I, s:I, s:s, s:s, s:I, s:I}", "device", (json_int_t)device,
                "events", (json_int_t)result->events, "chain",
                bw_chain_state_name(result->chain), "integrity",
                result->integrity ? "ok" : "damaged", "broken_at",
                (json_int_t)result->broken_at, "forgotten",
                (json_int_t)result->forgotten),
            err);
    }
    (void)fprintf(call->out, "Kiosk %u: %" PRIu64 " events; chain %s; file %s.\n", device,
        result->events, bw_chain_state_name(result->chain),
        result->integrity ? "ok" : "damaged");
    if (result->broken_at > 0) {
        (void)fprintf(call->out,
            "Event %u-%" PRIu64 " is the first that doesn't hold: somebody changed the "
            "file. Keep it, and tell the organiser.\n",
            device, result->broken_at);
    }
    return BW_OK;
}

/* A file so damaged that it can't be opened as a store is an answer too. */
static enum bw_exit
answer_damaged(struct bw_call *call, struct bw_error *err)
{
    struct bw_error ignored;
    if (call->json) {
        (void)!bw_cli_json(call,
            json_pack("{s:n, s:n, s:s, s:s, s:s}", "device", "events", "chain", "broken",
                "integrity", "damaged", "text", err->text),
            &ignored);
    }
    return BW_EXIT_LOOK;
}

static enum bw_exit
run_verify(struct bw_call *call, struct bw_error *err)
{
    struct bw_store *store;
    struct bw_verification result;
    enum bw_status status =
        bw_store_open(bw_call_value(call, BW_OPTION_STORE), BW_STORE_READ, &store, err);
    if (status != BW_OK) {
        return status == BW_CORRUPT ? answer_damaged(call, err) : bw_exit_of(status);
    }
    status = bw_store_verify(store, &result, err);
    if (status == BW_OK) {
        status = answer(call, bw_store_enrolment(store)->device, &result, err);
    }
    bw_store_close(store);
    if (status != BW_OK) {
        return status == BW_CORRUPT ? answer_damaged(call, err) : bw_exit_of(status);
    }
    return result.integrity && result.chain == BW_CHAIN_OK ? BW_EXIT_DONE : BW_EXIT_LOOK;
}

const struct bw_sync_command bw_sync_command_verify = {
    .name = "verify",
    .operands = "",
    .summary = "check the log's chain and the store's file",
    .help = "Exit status 1 where something doesn't hold.\n",
    .needs = BW_NEEDS_STORE,
    .run = run_verify,
};
