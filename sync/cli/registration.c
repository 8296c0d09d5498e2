/* What the commands on one registration answer: see registration.h. */
#include "cli/registration.h"

#include "cli/answer.h"

static const char *const said[] = {
    [BW_PLACE_CANCELLED] = "is cancelled",
    [BW_PLACE_CANCELLED_FREE] =
        "is cancelled; its place is free (promote gives it to who waits first)",
    [BW_PLACE_CANCELLED_ALREADY] = "was cancelled already",
    [BW_PLACE_BLOCKED] =
        "is blocked; kiosks send its ticket to the desk after their next update",
    [BW_PLACE_BLOCKED_AGAIN] = "was blocked already; the reason is the new one",
    [BW_PLACE_UNBLOCKED] = "is no longer blocked",
    [BW_PLACE_UNBLOCKED_WAITS] =
        ("is no longer blocked, but its place was given away: it waits now, by its old "
         "sign-up time"),
    [BW_PLACE_REISSUED] = "has a new ticket; the old one is replaced (tickets writes it)",
};

static enum bw_status
answer(struct bw_call *call, const struct bw_place_change *change, struct bw_error *err)
{
    const struct bw_registration *roster = &change->registration.roster;
    if (!call->json) {
        char shown[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(roster->code, shown);
        fprintf(call->out, "%s (%s%s%s, %s) %s.\n", shown, roster->person.first_name,
            roster->person.name[0] != '\0' ? " " : "", roster->person.name,
            change->registration.session_code, said[change->outcome]);
        return BW_OK;
    }
    return bw_cli_json(call,
        json_pack("{s:o, s:s, s:s, s:s, s:i, s:b}", "code", bw_cli_code(roster->code),
            "session", change->registration.session_code, "status",
            bw_registration_status_name(roster->status), "status_before",
            bw_registration_status_name(change->before), "generation",
            (int)roster->generation, "changed", bw_place_is_changed(change->outcome)),
        err);
}

enum bw_exit
bw_cli_registration(struct bw_call *call, enum bw_status status,
    const struct bw_place_change *change, struct bw_error *err)
{
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    bool look = change->outcome == BW_PLACE_UNBLOCKED_WAITS;
    return bw_cli_exit(
        answer(call, change, err), look ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}
