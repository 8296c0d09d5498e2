/* What the commands on one registration answer: see registration.h. */
#include "cli/registration.h"

#include "cli/answer.h"

#include <brugwachter/said.h>
#include <stdlib.h>

static const char *const said[] = {
    [BW_PLACE_CANCELLED] = BW_SAYS("is cancelled"),
    [BW_PLACE_CANCELLED_FREE] =
        BW_SAYS("is cancelled; its place is free (promote gives it to who waits first)"),
    [BW_PLACE_CANCELLED_ALREADY] = BW_SAYS("was cancelled already"),
    [BW_PLACE_BLOCKED] =
        BW_SAYS("is blocked; kiosks send its ticket to the desk after their next update"),
    [BW_PLACE_BLOCKED_AGAIN] = BW_SAYS("was blocked already; the reason is the new one"),
    [BW_PLACE_UNBLOCKED] = BW_SAYS("is no longer blocked"),
    [BW_PLACE_UNBLOCKED_WAITS] = (BW_SAYS("is no longer blocked, but its place was given "
                                          "away: it waits now, by its old sign-up time")),
    [BW_PLACE_REINSTATED] = BW_SAYS("has its place again"),
    [BW_PLACE_REINSTATED_WAITS] =
        BW_SAYS("waits again, by its old sign-up time (promote gives free places)"),
    [BW_PLACE_REISSUED] =
        BW_SAYS("has a new ticket; the old one is replaced (tickets writes it)"),
};

static json_t *
to_json(const struct bw_place_change *change)
{
    const struct bw_registration *roster = &change->registration.roster;
    return json_pack("{s:o, s:s, s:s, s:s, s:i, s:b}", "code", bw_cli_code(roster->code),
        "session", change->registration.session_code, "status",
        bw_registration_status_name(roster->status), "status_before",
        bw_registration_status_name(change->before), "generation",
        (int)roster->generation, "changed", bw_place_is_changed(change->outcome));
}

static void
print(FILE *out, const struct bw_place_change *change)
{
    const struct bw_registration *roster = &change->registration.roster;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(roster->code, shown);
    fprintf(out, "%s (%s%s%s, %s) %s.\n", shown, roster->person.first_name,
        roster->person.name[0] != '\0' ? " " : "", roster->person.name,
        change->registration.session_code, bw_said(said[change->outcome]));
}

enum bw_status
bw_cli_registrations_find(const struct bw_call *call, struct bw_error *err)
{
    struct bw_office_registration found;
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < call->operands_count; i++) {
        status =
            bw_office_registration_by_code(call->central, call->operands[i], &found, err);
    }
    return status;
}

static void
tell(struct bw_call *call, json_t *list, const struct bw_place_change *changes,
    size_t count, bool *ret_look)
{
    for (size_t i = 0; i < count; i++) {
        *ret_look = *ret_look || changes[i].outcome == BW_PLACE_UNBLOCKED_WAITS ||
                    changes[i].outcome == BW_PLACE_REINSTATED_WAITS;
        if (call->json) {
            (void)json_array_append_new(list, to_json(&changes[i]));
        } else {
            print(call->out, &changes[i]);
        }
    }
}

static enum bw_status
change_all(struct bw_call *call, enum bw_place_verb verb, json_t *list, bool *ret_look,
    struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    char why[BW_TITLE_BYTES];
    size_t count = (size_t)call->operands_count;
    struct bw_place_change *changes = calloc(count, sizeof *changes);
    enum bw_status status = changes != NULL ? bw_call_why(call, why, err)
                                            : bw_error_set(err, BW_NO_MEMORY, 0,
                                                  "changing registrations: no memory");
    if (status == BW_OK) {
        status = bw_cli_registrations_find(call, err);
    }
    if (status == BW_OK) {
        status =
            bw_place_change_all(&office, verb, call->operands, count, why, changes, err);
    }
    if (status == BW_OK) {
        tell(call, list, changes, count, ret_look);
    }
    free(changes);
    return status;
}

enum bw_exit
bw_cli_registrations(struct bw_call *call, enum bw_place_verb verb, struct bw_error *err)
{
    json_t *list = call->json ? json_array() : NULL;
    bool look = false;
    enum bw_status status = change_all(call, verb, list, &look, err);
    if (status != BW_OK) {
        json_decref(list);
        return bw_exit_of(status);
    }
    if (call->json) {
        json_t *answer = call->operands_count == 1
                             ? json_incref(json_array_get(list, 0))
                             : json_pack("{s:O}", "registrations", list);
        json_decref(list);
        status = bw_cli_json(call, answer, err);
    }
    return bw_cli_exit(status, look ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}
