/* `revoke N`: a kiosk out of service. */
#include "cli/answer.h"
#include "commands.h"
#include "cli/letters.h"
#include "exchange/office/logins.h"
#include "office/kiosk.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>

/* A number of a kiosk; 0 where it is none. */
static uint32_t
number_of(const char *text)
{
    char *end = NULL;
    unsigned long long number = strtoull(text, &end, 10);
    bool digits = text[0] >= '1' && text[0] <= '9' && *end == '\0';
    return digits && number <= UINT32_MAX ? (uint32_t)number : 0;
}

/* Its logins go too, where a carrier gave any. */
static enum bw_status
logins_take(struct bw_call *call, uint32_t device, struct bw_round_summary *summary,
    struct bw_error *err)
{
    struct bw_exchange_post post = {0};
    bool given = false;
    enum bw_status status = bw_office_logins_are_given(call->central, &given, err);
    if (status != BW_OK || !given || bw_call_value(call, BW_OPTION_CHECK) != NULL) {
        return status;
    }
    status = bw_letters_post(call, &post, err);
    if (status == BW_OK) {
        status = bw_office_logins_take(&post, device, summary, err);
    }
    bw_exchange_post_finish(&post);
    return status;
}

static void
print(const struct bw_call *call, uint32_t device, uint64_t seq, bool heard)
{
    if (heard) {
        (void)fprintf(call->out,
            bw_said("Kiosk %" PRIu32 " is out of service. Its events up to %" PRIu64
                    " hold; what comes beyond goes into quarantine.\n"),
            device, seq);
    } else {
        (void)fprintf(call->out,
            bw_said(
                "Kiosk %" PRIu32 " is out of service. It was never heard: nothing of it "
                "holds, and the report names it.\n"),
            device);
    }
}

static enum bw_status
print_json(struct bw_call *call, uint32_t device, uint64_t seq, bool heard, bool taken,
    const struct bw_round_summary *summary, struct bw_error *err)
{
    json_t *notes = json_array();
    for (size_t i = 0; i < summary->notes_count; i++) {
        bw_cli_add(&notes, json_string(summary->notes[i]));
    }
    return bw_cli_json(call,
        json_pack("{s:I, s:I, s:b, s:b, s:o}", "device", (json_int_t)device, "holds_to",
            (json_int_t)seq, "heard", (int)heard, "login_taken", (int)taken, "notes",
            notes),
        err);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    uint32_t device = number_of(call->operands[0]);
    uint64_t seq = 0;
    bool heard = false;
    if (device == 0) {
        return bw_call_usage(
            err, "revoke takes a kiosk's number, not \"%s\"", call->operands[0]);
    }
    char why[BW_TITLE_BYTES];
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_office_kiosk_revoke(&office, device, why, &seq, &heard, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    struct bw_round_summary summary = {0};
    status = logins_take(call, device, &summary, err);
    enum bw_exit result =
        status == BW_OK && summary.offline == 0 ? BW_EXIT_DONE : BW_EXIT_LOOK;
    if (call->json) {
        status =
            print_json(call, device, seq, heard, result == BW_EXIT_DONE, &summary, err);
    } else {
        print(call, device, seq, heard);
        bw_letters_tell(call, &summary);
    }
    bw_round_summary_finish(&summary);
    return result == BW_EXIT_LOOK ? result : bw_cli_exit(status, result, err);
}

const struct bw_sync_command bw_sync_command_revoke = {
    .name = "revoke",
    .operands = "N",
    .summary = BW_SAYS("take a kiosk out of service: lost, stolen, broken"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN | BW_LETTERS_OUT,
    .run = run,
};
