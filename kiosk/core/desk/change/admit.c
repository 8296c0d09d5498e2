/* Letting people in: gather who stands there, decide, record, answer. */
#include "admit.h"
#include "alike.h"
#include "core/desk/base/handler.h"
#include "core/desk/base/record.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>

/* ---- what is recorded ---- */

static enum bw_status
record_refusal(struct bw_desk *desk, const struct bw_command *command,
    const struct visitor *visitor, enum bw_verdict verdict, struct bw_answer *answer,
    struct bw_failure *failure)
{
    if (verdict == BW_VERDICT_NOT_A_TICKET) {
        return BW_OK;
    }
    struct refusal refusal = {
        .verdict = verdict,
        .wall_ms = bw_desk_clock_now_ms(&desk->clock),
        .mono_ms = bw_desk_clock_mono_ms(&desk->clock),
    };
    bw_refusals_key(visitor->key, refusal.key);
    const struct refusal *known = bw_refusals_find(
        &desk->refusals, refusal.key, verdict, refusal.wall_ms, refusal.mono_ms);
    if (known != NULL) {
        answer->event = known->event;
        return BW_OK;
    }
    struct bw_event event = {
        .kind = BW_EVENT_REFUSED,
        .basis = answer->verdict.basis,
        .verdict = verdict,
        .code = visitor->code,
        .home_session_no = visitor->home_session_no,
        .generation = visitor->facts.ticket_generation,
    };
    enum bw_status status =
        bw_desk_append(desk, command->operated_by, &event, NULL, failure);
    if (status == BW_OK) {
        answer->event = event.id;
        refusal.event = event.id;
        bw_refusals_add(&desk->refusals, &refusal);
    }
    return status;
}

static enum bw_basis
basis_of(const struct visitor *visitor, const struct bw_command *command)
{
    switch (visitor->facts.request) {
    case BW_REQUEST_TICKET:
        return BW_BASIS_TICKET;
    case BW_REQUEST_GUEST:
        return BW_BASIS_GUEST;
    case BW_REQUEST_WALK_IN:
        return BW_BASIS_WALK_IN;
    case BW_REQUEST_SUBSTITUTE:
        return BW_BASIS_SUBSTITUTE;
    case BW_REQUEST_CODE:
    case BW_REQUEST_WAITLIST:
        break;
    }
    if (visitor->facts.on_roster && visitor->facts.status == BW_WAITLISTED) {
        return BW_BASIS_WAITLIST;
    }
    if (command->kind == BW_COMMAND_CODE &&
        (command->code.basis == BW_BASIS_NAME || command->code.basis == BW_BASIS_PAPER)) {
        return command->code.basis;
    }
    return BW_BASIS_CODE;
}

/* What a refusal is recorded by: the way that was tried. */
static enum bw_basis
asked_basis(const struct visitor *visitor, const struct bw_command *command)
{
    switch ((int)command->kind) {
    case BW_COMMAND_SCAN:
        return BW_BASIS_TICKET;
    case BW_COMMAND_CODE:
        return command->code.basis;
    case BW_COMMAND_WAITLIST:
        return command->waitlist.basis;
    case BW_COMMAND_OVERRIDE:
        return command->override.who.basis;
    }
    return basis_of(visitor, command);
}

static uint32_t
flags_of(const struct bw_admission *admission)
{
    return (admission->overridden ? BW_EVENT_OVERRIDE : 0U) |
           (admission->out_of_order ? BW_EVENT_OUT_OF_ORDER : 0U) |
           (admission->unlisted ? BW_EVENT_UNLISTED : 0U);
}

/* A guest's name is readable only now, by the ticket;
 * the list of who is inside needs it. */
void
bw_visitor_keep_names(struct visitor *visitor)
{
    if (visitor->facts.request == BW_REQUEST_GUEST && visitor->has_names) {
        struct bw_person *kept = &visitor->details.person;
        *kept = visitor->listed.person;
        kept->region[0] = kept->table[0] = '\0';
        visitor->has_details = true;
    }
}

static enum bw_status
keep_reason(struct visitor *visitor, struct bw_error *err)
{
    if (visitor->reason[0] == '\0') {
        return BW_OK;
    }
    enum bw_text_fault fault =
        bw_text_clean(visitor->reason, BW_TITLE_CHARS, visitor->details.reason);
    if (fault != BW_TEXT_FINE) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Recording the reason failed: it %s. Type it again.",
            bw_said(bw_text_fault_name(fault)));
    }
    return BW_OK;
}

static enum bw_status
record_arrival(struct bw_desk *desk, const struct bw_command *command,
    struct visitor *visitor, const struct bw_admission *admission,
    struct bw_answer *answer, struct bw_failure *failure)
{
    struct bw_event event = {
        .kind = BW_EVENT_ARRIVED,
        .basis = basis_of(visitor, command),
        .flags = flags_of(admission),
        .code = visitor->code,
        .home_session_no = visitor->home_session_no,
        .generation = visitor->facts.ticket_generation,
    };
    const struct bw_attendance *who = visitor->attendance;
    if (who != NULL && visitor->code == BW_CODE_NONE) {
        event.refs[event.refs_count++] = who->subject.walk_in;
    } else if (who != NULL && visitor->comes_back) {
        event.refs[event.refs_count++] = who->first;
    }
    enum bw_status status = keep_reason(visitor, &failure->error);
    if (status != BW_OK) {
        return status;
    }
    bw_visitor_keep_names(visitor);
    bool has_details = visitor->has_details || visitor->details.reason[0] != '\0';
    answer->verdict.basis = event.basis;
    status = bw_desk_append(desk, command->operated_by, &event,
        has_details ? &visitor->details : NULL, failure);
    answer->event = event.id;
    if (status == BW_OK && command->operated_by == BW_OPERATOR_ATTENDEE &&
        command->kind == BW_COMMAND_CODE) {
        desk->own_arrival = event.id;
        desk->own_arrival_mono_ms = bw_desk_clock_mono_ms(&desk->clock);
    }
    return status;
}

/* Of somebody whom nothing here names yet. */
static bool
makes_a_person(const struct visitor *visitor)
{
    return (visitor->facts.request == BW_REQUEST_WALK_IN && visitor->has_details) ||
           (visitor->facts.request == BW_REQUEST_GUEST && visitor->has_names &&
               visitor->attendance == NULL);
}

enum bw_status
bw_desk_admit(struct bw_desk *desk, const struct bw_command *command,
    struct visitor *visitor, struct bw_answer *answer, struct bw_failure *failure)
{
    struct bw_admission admission;
    bw_admission_decide(&visitor->facts, &admission);
    bw_answer_init(answer, BW_ANSWER_VERDICT);
    answer->verdict.basis = asked_basis(visitor, command);
    bw_visitor_tell_verdict(desk, visitor, &admission, &answer->verdict);
    if (admission.verdict != BW_VERDICT_WELCOME) {
        enum bw_status status =
            record_refusal(desk, command, visitor, admission.verdict, answer, failure);
        bw_visitor_hide(command, &answer->verdict);
        return status;
    }
    if (admission.out_of_order && visitor->reason[0] == '\0') {
        failure->out_of_order = true;
        return bw_error_set(&failure->error, BW_REFUSED, 0,
            "Admitting out of order was refused: %d %s waiting here before them. Take "
            "them in order, or give a reason.",
            visitor->facts.before,
            visitor->facts.before == 1 ? bw_said("person is") : bw_said("people are"));
    }
    enum bw_status status =
        makes_a_person(visitor) ? bw_desk_ask_alike(desk, visitor, failure) : BW_OK;
    return status == BW_OK
               ? record_arrival(desk, command, visitor, &admission, answer, failure)
               : status;
}

/* ---- handlers ---- */

/* A scanned text. */
static enum bw_status
admit_text(struct bw_desk *desk, const struct bw_command *command,
    struct visitor *visitor, const char *text, struct bw_answer *answer,
    struct bw_failure *failure)
{
    enum bw_status status = bw_visitor_by_ticket(visitor, desk, text, &failure->error);
    return status == BW_OK ? bw_desk_admit(desk, command, visitor, answer, failure)
                           : status;
}

enum bw_status
bw_desk_on_scan(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    struct visitor visitor;
    bw_visitor_init(&visitor, desk, command->operated_by, BW_REQUEST_TICKET, "");
    return admit_text(desk, command, &visitor, command->scan.text, answer, failure);
}

enum bw_status
bw_desk_on_guest(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    struct visitor visitor;
    bw_visitor_init(
        &visitor, desk, command->operated_by, BW_REQUEST_GUEST, command->guest.reason);
    return admit_text(desk, command, &visitor, command->guest.text, answer, failure);
}

static bool
names_somebody(const struct bw_command_known *known)
{
    return known->code != BW_CODE_NONE || known->event.device != 0;
}

static enum bw_status
admit_known(struct bw_desk *desk, const struct bw_command *command,
    struct visitor *visitor, const struct bw_command_known *known,
    struct bw_answer *answer, struct bw_failure *failure)
{
    if (!names_somebody(known)) {
        return bw_error_set(&failure->error, BW_BAD_INPUT, 0,
            "Looking somebody up failed: neither a code nor an event was given. Give one "
            "as K7QM-2XRD or 3-17.");
    }
    enum bw_status status =
        known->code != BW_CODE_NONE
            ? bw_visitor_by_code(visitor, desk, known->code, &failure->error)
            : bw_visitor_by_event(visitor, desk, known->event, &failure->error);
    return status == BW_OK ? bw_desk_admit(desk, command, visitor, answer, failure)
                           : status;
}

static enum bw_status
on_known(struct bw_desk *desk, const struct bw_command *command, enum bw_request request,
    const struct bw_command_known *known, struct bw_answer *answer,
    struct bw_failure *failure)
{
    struct visitor visitor;
    bw_visitor_init(&visitor, desk, command->operated_by, request, known->reason);
    return admit_known(desk, command, &visitor, known, answer, failure);
}

enum bw_status
bw_desk_on_code(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    return on_known(desk, command, BW_REQUEST_CODE, &command->code, answer, failure);
}

enum bw_status
bw_desk_on_waitlist(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    return on_known(
        desk, command, BW_REQUEST_WAITLIST, &command->waitlist, answer, failure);
}

/* A reason with a walk-in is staff's word for passing what stands in the way: there's no
 * code or event yet to name in an override. */
enum bw_status
bw_desk_on_walk_in(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    struct visitor visitor;
    bw_visitor_init(&visitor, desk, command->operated_by, BW_REQUEST_WALK_IN,
        command->walk_in.reason);
    visitor.facts.override = command->walk_in.reason[0] != '\0';
    enum bw_status status =
        bw_visitor_by_names(&visitor, desk, &command->walk_in, &failure->error);
    return status == BW_OK ? bw_desk_admit(desk, command, &visitor, answer, failure)
                           : status;
}

enum bw_status
bw_desk_on_substitute(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    const struct bw_command_newcomer *asked = &command->substitute;
    struct visitor visitor;
    bw_visitor_init(
        &visitor, desk, command->operated_by, BW_REQUEST_SUBSTITUTE, asked->reason);
    enum bw_status status = bw_visitor_by_names(&visitor, desk, asked, &failure->error);
    if (status != BW_OK) {
        return status;
    }
    struct bw_command_known known = {.code = asked->code};
    return admit_known(desk, command, &visitor, &known, answer, failure);
}

enum bw_status
bw_desk_on_override(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    const struct bw_command_override *asked = &command->override;
    if (asked->who.reason[0] == '\0') {
        return bw_error_set(&failure->error, BW_BAD_INPUT, 0,
            "Passing a rule was refused: no reason was given. Say why in a few words.");
    }
    bool known = names_somebody(&asked->who);
    struct visitor visitor;
    bw_visitor_init(&visitor, desk, command->operated_by,
        known ? BW_REQUEST_WAITLIST : BW_REQUEST_GUEST, asked->who.reason);
    visitor.facts.override = true;
    return known ? admit_known(desk, command, &visitor, &asked->who, answer, failure)
                 : admit_text(desk, command, &visitor, asked->text, answer, failure);
}
