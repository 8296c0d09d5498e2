/* `cancel`, `block`, `unblock`, `reissue`: one registration by its code.
 *
 *              cancel        block              unblock
 *   confirmed  cancelled     blocked            -
 *   waitlisted cancelled     blocked            -
 *   cancelled  (as it was)   blocked            -
 *   blocked    -             blocked, new why   what it was before; where its place is
 *                                               gone: waitlisted, exit status 1
 *
 * A blocked person's place is free for others. `reissue` is for people with a place; who
 * waits keeps their ticket. */
#include "central/keys_in_use.h"
#include "central/records.h"
#include "office/place/place_change.h"
#include "cli/answer.h"
#include "cli/commands.h"

#include <brugwachter/text.h>
#include <string.h>

struct change {
    struct bw_office_registration registration;
    enum bw_registration_status before;
    const char *said; /* what happened, for people */
    bool changed, look;
};

typedef enum bw_status change_run(
    struct bw_call *call, struct change *change, struct bw_error *err);

static enum bw_status
refuse(
    const struct change *change, const char *doing, const char *why, struct bw_error *err)
{
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(change->registration.roster.code, code);
    return bw_error_set(err, BW_REFUSED, 0, "%s %s: %s", doing, code, why);
}

static enum bw_status
cancel(struct bw_call *call, struct change *change, struct bw_error *err)
{
    switch (change->before) {
    case BW_CANCELLED:
        change->said = "was cancelled already";
        return BW_OK;
    case BW_BLOCKED:
        return refuse(change, "cancelling", "it is blocked; unblock it first", err);
    case BW_CONFIRMED:
    case BW_WAITLISTED:
        break;
    }
    change->said =
        change->before == BW_CONFIRMED
            ? "is cancelled; its place is free (promote gives it to who waits first)"
            : "is cancelled";
    change->changed = true;
    return bw_place_set_status(call, &change->registration, BW_CANCELLED, "", err);
}

static enum bw_status
block(struct bw_call *call, struct change *change, struct bw_error *err)
{
    char why[BW_TITLE_BYTES];
    enum bw_text_fault fault =
        bw_text_clean(bw_call_value(call, BW_OPTION_WHY), BW_TITLE_CHARS, why);
    if (fault != BW_TEXT_FINE) {
        return refuse(change, "blocking", bw_text_fault_name(fault), err);
    }
    if (why[0] == '\0') {
        return refuse(
            change, "blocking", "--why is empty; say why, it stays in the office", err);
    }
    change->said =
        change->before == BW_BLOCKED
            ? "was blocked already; the reason is the new one"
            : "is blocked; kiosks send its ticket to the desk after their next update";
    change->changed = true;
    return bw_place_set_status(call, &change->registration, BW_BLOCKED, why, err);
}

static enum bw_status
unblock(struct bw_call *call, struct change *change, struct bw_error *err)
{
    if (change->before != BW_BLOCKED) {
        return refuse(
            change, "unblocking", "it isn't blocked, so there is nothing to lift", err);
    }
    enum bw_registration_status to = change->registration.status_before;
    struct bw_session session;
    int64_t free_places = 0;
    enum bw_status status = bw_record_session_by_number(
        call->central, change->registration.roster.session_no, &session, err);
    if (status == BW_OK) {
        status = bw_office_free_places(call->central, &session, &free_places, err);
    }
    if (status != BW_OK) {
        return status;
    }
    change->said = "is no longer blocked";
    if (to == BW_CONFIRMED && free_places == 0) {
        to = BW_WAITLISTED;
        change->look = true;
        change->said =
            "is no longer blocked, but its place was given away: it waits now, "
            "by its old sign-up time";
    }
    change->changed = true;
    return bw_place_set_status(call, &change->registration, to, "", err);
}

static enum bw_status
reissue(struct bw_call *call, struct change *change, struct bw_error *err)
{
    switch (change->before) {
    case BW_CONFIRMED:
        break;
    case BW_WAITLISTED:
        return refuse(change, "giving a new ticket to",
            "it is on the waitlist and keeps its ticket; promote gives a new one", err);
    case BW_CANCELLED:
        return refuse(change, "giving a new ticket to",
            "it is cancelled; whoever comes after all signs up anew", err);
    case BW_BLOCKED:
        return refuse(
            change, "giving a new ticket to", "it is blocked; unblock it first", err);
    }
    struct bw_keys keys = {.count = 0};
    enum bw_status status =
        bw_keys_in_use(call->central, bw_call_key_path(call), &keys, err);
    if (status == BW_OK) {
        status = bw_place_renew_ticket(call, &keys, &change->registration, err);
    }
    bw_keys_finish(&keys);
    change->said = "has a new ticket; the old one is replaced (tickets writes it)";
    change->changed = true;
    return status;
}

static enum bw_status
answer(struct bw_call *call, const struct change *change, struct bw_error *err)
{
    const struct bw_registration *roster = &change->registration.roster;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(roster->code, shown);
    if (!call->json) {
        fprintf(call->out, "%s (%s%s%s, %s) %s.\n", shown, roster->first_name,
            roster->name[0] != '\0' ? " " : "", roster->name,
            change->registration.session_code, change->said);
        return BW_OK;
    }
    return bw_answer_json(call,
        json_pack("{s:o, s:s, s:s, s:s, s:i, s:b}", "code", bw_answer_code(roster->code),
            "session", change->registration.session_code, "status",
            bw_registration_status_name(roster->status), "status_before",
            bw_registration_status_name(change->before), "generation",
            (int)roster->generation, "changed", (int)change->changed),
        err);
}

static enum bw_exit
run(struct bw_call *call, change_run *act, struct bw_error *err)
{
    struct change change = {.said = ""};
    enum bw_status status = bw_central_begin(call->central, err);
    if (status == BW_OK) {
        status = bw_office_registration_by_code(
            call->central, call->operands[0], &change.registration, err);
        change.before = change.registration.roster.status;
    }
    if (status == BW_OK) {
        status = act(call, &change, err);
    }
    if (status == BW_OK && change.changed) {
        status = bw_central_commit(call->central, err);
    }
    bw_central_rollback(call->central);
    if (status == BW_OK) {
        status = answer(call, &change, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return change.look ? BW_EXIT_LOOK : BW_EXIT_DONE;
}

static enum bw_exit
run_cancel(struct bw_call *call, struct bw_error *err)
{
    return run(call, cancel, err);
}

static enum bw_exit
run_block(struct bw_call *call, struct bw_error *err)
{
    return run(call, block, err);
}

static enum bw_exit
run_unblock(struct bw_call *call, struct bw_error *err)
{
    return run(call, unblock, err);
}

static enum bw_exit
run_reissue(struct bw_call *call, struct bw_error *err)
{
    return run(call, reissue, err);
}

const struct bw_sync_command bw_sync_command_cancel = {
    .name = "cancel",
    .operands = "CODE",
    .summary = "cancel a registration; its place becomes free",
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_cancel,
};

const struct bw_sync_command bw_sync_command_block = {
    .name = "block",
    .operands = "CODE",
    .summary = "block a registration: its ticket goes to the desk",
    .help = "The reason stays in the central database; no kiosk ever has it.\n",
    .takes = BW_TAKES(BW_OPTION_WHY),
    .requires = BW_TAKES(BW_OPTION_WHY),
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_block,
};

const struct bw_sync_command bw_sync_command_unblock = {
    .name = "unblock",
    .operands = "CODE",
    .summary = "lift a block; the registration is what it was before",
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_unblock,
};

const struct bw_sync_command bw_sync_command_reissue = {
    .name = "reissue",
    .operands = "CODE",
    .summary = "a new ticket for somebody with a place; the old one is replaced",
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_reissue,
};
