/* `settle 3-17 is CODE` and `settle 3-17 out`: the organiser decides on an arrival. */
#include "cli/answer.h"
#include "commands.h"
#include "office/ruling.h"

#include <brugwachter/said.h>
#include <string.h>

static enum bw_status
answer(struct bw_call *call, const char *shown,
    const struct bw_office_registration *whose, struct bw_error *err)
{
    const struct bw_registration *roster = &whose->roster;
    char code[BW_CODE_SHOWN_BYTES];
    bool is = roster->code != BW_CODE_NONE;
    if (call->json) {
        json_t *root =
            json_pack("{s:s, s:s}", "event", shown, "settled", is ? "is" : "out");
        if (is) {
            bw_cli_set(&root, "code", bw_cli_code(roster->code));
        }
        return bw_cli_json(call, root, err);
    }
    if (is) {
        bw_code_format_shown(roster->code, code);
        (void)fprintf(call->out, bw_said("Arrival %s is that of %s %s (%s) now.\n"),
            shown, roster->person.first_name, roster->person.name, code);
    } else {
        (void)fprintf(call->out, bw_said("Arrival %s counts nowhere now.\n"), shown);
    }
    return BW_OK;
}

enum bw_exit
bw_cli_settle_entry(struct bw_call *call, struct bw_event_id entry, struct bw_error *err)
{
    char why[BW_TITLE_BYTES], shown[BW_EVENT_ID_BYTES];
    struct bw_office office = bw_call_office(call);
    struct bw_office_registration whose;
    bool out = call->operands_count == 2 && strcmp(call->operands[1], "out") == 0;
    whose.roster.code = BW_CODE_NONE;
    if (!out && (call->operands_count != 3 || strcmp(call->operands[1], "is") != 0)) {
        return bw_call_usage(
            err, "settle takes an arrival as 3-17, and out, or is and a CODE");
    }
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status =
            out ? bw_office_rule_out(&office, entry, why, err)
                : bw_office_rule_is(&office, entry, call->operands[2], why, &whose, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    bw_event_id_format(entry, shown);
    return bw_cli_exit(answer(call, shown, &whose, err), BW_EXIT_DONE, err);
}
