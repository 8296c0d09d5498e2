/* `card`: a new staff card, printed. Nothing of it is kept: which kiosks it opens is
 * decided at the kiosks, where staff hold it up. */
#include "central/base/output.h"
#include "cli/answer.h"
#include "commands.h"
#include "office/ticket/staff_card_page.h"

#include <brugwachter/said.h>

static enum bw_status
write_card(const struct bw_call *call, const char *path, struct bw_error *err)
{
    struct bw_output output = {.file = NULL};
    bw_output_sweep_beside(path);
    enum bw_status status = bw_output_open(path, 0600, &output, err);
    if (status == BW_OK) {
        output.fresh = true; /* a card that wasn't printed yet stays */
        status = bw_staff_card_page_write(bw_call_language(call), output.file, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    const char *path = bw_call_value(call, BW_OPTION_OUT);
    enum bw_status status = write_card(call, path, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        return bw_cli_exit(
            bw_cli_json(call, json_pack("{s:s}", "path", path), err), BW_EXIT_DONE, err);
    }
    (void)fprintf(call->out,
        bw_said(
            "Wrote a staff card to %s: print it, then remove the file. It opens the "
            "names of each kiosk at whose staff list it is held up once, and ends the "
            "card that did before.\n"),
        path);
    return BW_EXIT_DONE;
}

const struct bw_sync_command bw_sync_command_card = {
    .name = "card",
    .operands = "",
    .summary = BW_SAYS("print a staff card, which opens a kiosk's names like the PIN"),
    .help = BW_SAYS(
        "An A4 PDF (mode 0600) with a card to cut out. Each is another; none is kept\n"
        "here. A kiosk learns it at the staff's list, while names are open.\n"),
    .takes = BW_TAKES(BW_OPTION_OUT) | BW_TAKES(BW_OPTION_LANGUAGE) |
             BW_TAKES(BW_OPTION_CENTRAL) | BW_TAKES(BW_OPTION_KEY_FILE),
    .requires = BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL_IF_THERE, /* which language is settled */
    .run = run,
};
