/* `verify`: whether a kiosk's log and its file hold; or, at the office, every hash and
 * signature of the central database, and the file. */
#include "central/verify.h"

#include "cli/answer.h"
#include "commands.h"
#include "verify_text.h"

#include <brugwachter/said.h>
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
    (void)fprintf(call->out,
        bw_said("Kiosk %u: %" PRIu64 " events; chain %s; file %s.\n"), device,
        result->events, bw_said(bw_chain_state_name(result->chain)),
        result->integrity ? "ok" : "damaged");
    if (result->broken_at > 0) {
        (void)fprintf(call->out,
            bw_said("Event %u-%" PRIu64
                    " is the first that doesn't hold: somebody changed the "
                    "file. Keep it, and tell the organiser.\n"),
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

/* ---- at the office ---- */

static json_t *
central_json(const struct bw_central_verification *result)
{
    json_t *root = json_pack("{s:I, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
        "events", (json_int_t)result->events, "chain",
        result->kiosks_forked > 0   ? bw_chain_state_name(BW_CHAIN_FORKED)
        : result->kiosks_broken > 0 ? bw_chain_state_name(BW_CHAIN_BROKEN)
                                    : bw_chain_state_name(BW_CHAIN_OK),
        "integrity", result->integrity ? "ok" : "damaged", "kiosks",
        (json_int_t)result->kiosks, "office_logs", (json_int_t)result->office_logs,
        "kiosks_broken", (json_int_t)result->kiosks_broken, "kiosks_forked",
        (json_int_t)result->kiosks_forked, "details", (json_int_t)result->details,
        "details_wrong", (json_int_t)result->details_wrong, "tickets",
        (json_int_t)result->tickets, "tickets_wrong", (json_int_t)result->tickets_wrong);
    if (result->first_broken.device != 0) {
        char id[BW_EVENT_ID_BYTES];
        bw_event_id_format(result->first_broken, id);
        bw_cli_set(&root, "first_broken", json_string(id));
    }
    return root;
}

static void
central_print(const struct bw_central_verification *result, FILE *out)
{
    (void)fprintf(out,
        bw_said("%" PRIu64 " events of %" PRIu64 " kiosks%s: %" PRIu64
                " chains broken, %" PRIu64 " forked; %" PRIu64 " of %" PRIu64
                " details and %" PRIu64 " of %" PRIu64 " tickets don't hold; file %s.\n"),
        result->events, result->kiosks,
        result->office_logs > 0 ? bw_said(" and of the office's paper lists") : "",
        result->kiosks_broken, result->kiosks_forked, result->details_wrong,
        result->details, result->tickets_wrong, result->tickets,
        result->integrity ? "ok" : "damaged");
    if (result->first_broken.device != 0) {
        char id[BW_EVENT_ID_BYTES];
        bw_event_id_format(result->first_broken, id);
        (void)fprintf(out,
            bw_said("Event %s is the first that doesn't hold: somebody changed the "
                    "file. Restore it from a copy, and merge again what came since.\n"),
            id);
    }
}

static enum bw_exit
run_central(struct bw_call *call, struct bw_error *err)
{
    struct bw_central_verification result;
    enum bw_status status = bw_central_verify(call->central, &result, err);
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call, central_json(&result), err);
    } else if (status == BW_OK) {
        central_print(&result, call->out);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return bw_central_verification_holds(&result) ? BW_EXIT_DONE : BW_EXIT_LOOK;
}

static enum bw_exit
run_verify(struct bw_call *call, struct bw_error *err)
{
    if (!bw_call_value(call, BW_OPTION_STORE) ==
        !bw_call_value(call, BW_OPTION_CENTRAL)) {
        return bw_call_usage(err, "verify takes --store FILE or --central URI");
    }
    if (call->operands_count > 0) {
        return call->central
                   ? bw_cli_verify_text(call, call->operands[0], err)
                   : bw_call_usage(
                         err, "a certificate is checked at the office: --central URI");
    }
    if (call->central) {
        return run_central(call, err);
    }
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
    .operands = "[TEXT]",
    .summary =
        BW_SAYS("check every hash and signature, and the file itself; or a certificate"),
    .help = BW_SAYS(
        "Of a kiosk's store (--store), or of the central database (--central); of a\n"
        "certificate (--central) by its QR code's TEXT or the code printed on it.\n"
        "Exit status 1 where something doesn't hold.\n"),
    .operands_max = 1,
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .needs = BW_NEEDS_EITHER,
    .letters = BW_LETTERS_IN,
    .run = run_verify,
};
