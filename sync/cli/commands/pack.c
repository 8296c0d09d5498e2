/* `pack`: whole rosters, as letters on a stick. */
#include "central/base/output.h"
#include "cli/answer.h"
#include "cli/letters.h"
#include "commands.h"
#include "office/kiosk.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>

static enum bw_exit
answer(struct bw_call *call, const struct bw_round_summary *summary,
    const struct bw_roster_counts *counts, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    const char *folder = bw_call_value(call, BW_OPTION_OUT);
    int64_t *behind = NULL;
    size_t count = 0;
    enum bw_status status = BW_OK;
    (void)!bw_office_kiosks_behind(&office, &behind, &count, NULL);
    if (call->json) {
        json_t *list = json_array();
        for (size_t i = 0; i < count; i++) {
            bw_cli_add(&list, json_integer((json_int_t)behind[i]));
        }
        status = bw_cli_json(call,
            json_pack("{s:s, s:i, s:I, s:I, s:o}", "out", folder, "letters",
                summary->written, "registrations", (json_int_t)counts->registrations,
                "sessions", (json_int_t)counts->sessions, "need_roster", list),
            err);
    } else {
        (void)fprintf(call->out,
            bw_said(
                "Wrote %d letters into %s; each can be opened by its own kiosk alone.\n"),
            summary->written, folder);
        for (size_t i = 0; i < count; i++) {
            (void)fprintf(call->out, "%s%" PRId64,
                i ? ", " : bw_said("Kiosks that need their new roster: "), behind[i]);
        }
        (void)fputs(count ? ".\n" : "", call->out);
    }
    free(behind);
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

static enum bw_exit
run_pack(struct bw_call *call, struct bw_error *err)
{
    int64_t device = 0;
    struct bw_exchange_post post = {0};
    struct bw_round_summary summary = {0};
    struct bw_roster_counts counts = {0};
    if (bw_call_number(call, BW_OPTION_DEVICE, 1, UINT32_MAX, 0, &device, err) != BW_OK) {
        return BW_EXIT_USAGE;
    }
    enum bw_status status = bw_letters_post(call, &post, err);
    if (status == BW_OK) {
        status = bw_folder_make(bw_call_value(call, BW_OPTION_OUT), err);
    }
    if (status == BW_OK) {
        status = bw_round_pack(&post, (uint32_t)device,
            bw_call_value(call, BW_OPTION_OUT), true, &summary, &counts, err);
    }
    enum bw_exit result = status == BW_OK       ? answer(call, &summary, &counts, err)
                          : summary.written > 0 ? BW_EXIT_LOOK
                                                : bw_exit_of(status);
    bw_round_summary_finish(&summary);
    bw_exchange_post_finish(&post);
    return result;
}

const struct bw_sync_command bw_sync_command_pack = {
    .name = "pack",
    .operands = "",
    .summary = BW_SAYS("write whole rosters as letters on a stick, for one kiosk or all"),
    .help = BW_SAYS("Each letter is sealed to its kiosk and signed by the organiser.\n"
                    "At the kiosk: pull --from DIR.\n"),
    .takes = BW_TAKES(BW_OPTION_DEVICE) | BW_TAKES(BW_OPTION_OUT) |
             BW_TAKES(BW_OPTION_KEY_FILE),
    .requires = BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run_pack,
};
