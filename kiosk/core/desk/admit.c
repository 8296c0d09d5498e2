/* Letting people in: gather who stands there, decide, record, answer. */
#include "visitor.h"

#include <brugwachter/text.h>

#include <string.h>

/* ---- what is recorded ---- */

static enum bw_status
record_refusal(struct bw_desk *desk, const struct bw_command *command,
    const struct visitor *visitor, enum bw_verdict verdict, struct bw_answer *answer)
{
    if (verdict == BW_VERDICT_NOT_A_TICKET) {
        return BW_OK;
    }
    struct refusal refusal = {
        .verdict = verdict,
        .wall_ms = desk_now_ms(desk),
        .mono_ms = desk_mono_ms(desk),
    };
    refusal_key(visitor->key, refusal.key);
    const struct refusal *known = refusals_find(
        &desk->refusals, refusal.key, verdict, refusal.wall_ms, refusal.mono_ms);
    if (known != NULL) {
        answer->event = known->event;
        return BW_OK;
    }
    struct bw_event event = {
        .kind = BW_EVENT_REFUSED,
        .basis = answer->basis,
        .verdict = verdict,
        .code = visitor->code,
        .home_session_no = visitor->home_session_no,
        .generation = visitor->facts.ticket_generation,
    };
    enum bw_status status = desk_append(desk, command, &event, NULL, answer);
    if (status == BW_OK) {
        refusal.event = event.id;
        refusals_add(&desk->refusals, &refusal);
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
    return command->basis == BW_BASIS_NAME || command->basis == BW_BASIS_PAPER
               ? command->basis
               : BW_BASIS_CODE;
}

static uint32_t
flags_of(const struct bw_admission *admission)
{
    return (admission->overridden ? BW_EVENT_OVERRIDE : 0U) |
           (admission->out_of_order ? BW_EVENT_OUT_OF_ORDER : 0U) |
           (admission->unlisted ? BW_EVENT_UNLISTED : 0U);
}

/* A guest's name is readable only now, by the ticket; the list of who is inside needs it.
 */
void
visitor_keep_names(struct visitor *visitor)
{
    if (visitor->facts.request == BW_REQUEST_GUEST && visitor->has_names) {
        struct bw_event_details *details = &visitor->details;
        memcpy(
            details->first_name, visitor->person.first_name, sizeof details->first_name);
        memcpy(details->name, visitor->person.name, sizeof details->name);
        memcpy(details->school, visitor->person.school, sizeof details->school);
        visitor->has_details = true;
    }
}

static enum bw_status
keep_reason(
    struct visitor *visitor, const struct bw_command *command, struct bw_error *err)
{
    if (command->reason[0] == '\0') {
        return BW_OK;
    }
    enum bw_text_fault fault =
        bw_text_clean(command->reason, BW_TITLE_CHARS, visitor->details.reason);
    if (fault != BW_TEXT_FINE) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Recording the reason failed: it %s. Type it again.",
            bw_text_fault_name(fault));
    }
    return BW_OK;
}

static enum bw_status
record_arrival(struct bw_desk *desk, const struct bw_command *command,
    struct visitor *visitor, const struct bw_admission *admission,
    struct bw_answer *answer)
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
    }
    enum bw_status status = keep_reason(visitor, command, &answer->error);
    if (status != BW_OK) {
        return status;
    }
    visitor_keep_names(visitor);
    bool has_details = visitor->has_details || visitor->details.reason[0] != '\0';
    answer->basis = event.basis;
    status = desk_append(
        desk, command, &event, has_details ? &visitor->details : NULL, answer);
    if (status == BW_OK && command->operator== BW_OPERATOR_ATTENDEE &&
                           command->kind == BW_COMMAND_CODE) {
        desk->own_arrival = event.id;
        desk->own_arrival_mono_ms = desk_mono_ms(desk);
    }
    return status;
}

enum bw_status
desk_admit(struct bw_desk *desk, const struct bw_command *command,
    struct visitor *visitor, struct bw_answer *answer)
{
    struct bw_admission admission;
    bw_admission_decide(&visitor->facts, &admission);
    visitor_tell_verdict(desk, visitor, &admission, answer);
    if (admission.verdict != BW_VERDICT_WELCOME) {
        enum bw_status status =
            record_refusal(desk, command, visitor, admission.verdict, answer);
        visitor_hide(command, answer);
        return status;
    }
    if (admission.out_of_order && command->reason[0] == '\0') {
        return bw_error_set(&answer->error, BW_REFUSED, 0,
            "Admitting out of order was refused: %d %s waiting here before them. Take "
            "them in order, or give a reason.",
            visitor->facts.before,
            visitor->facts.before == 1 ? "person is" : "people are");
    }
    return record_arrival(desk, command, visitor, &admission, answer);
}

/* ---- handlers ---- */

enum bw_status
desk_on_scan(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *answer)
{
    struct visitor visitor;
    visitor_init(&visitor, desk, command, BW_REQUEST_TICKET);
    answer->basis = BW_BASIS_TICKET;
    enum bw_status status =
        visitor_take_ticket(&visitor, desk, command->text, &answer->error);
    return status == BW_OK ? desk_admit(desk, command, &visitor, answer) : status;
}

static enum bw_status
admit_code(struct bw_desk *desk, const struct bw_command *command,
    enum bw_request request, bool override, struct bw_answer *answer)
{
    struct visitor visitor;
    visitor_init(&visitor, desk, command, request);
    visitor.facts.override = override;
    enum bw_status status =
        command->code != BW_CODE_NONE
            ? visitor_take_code(&visitor, desk, command->code, &answer->error)
            : visitor_take_event(&visitor, desk, command->event, &answer->error);
    return status == BW_OK ? desk_admit(desk, command, &visitor, answer) : status;
}

static enum bw_status
need_somebody(const struct bw_command *command, struct bw_answer *answer)
{
    if (command->code == BW_CODE_NONE && command->event.device == 0) {
        return bw_error_set(&answer->error, BW_BAD_INPUT, 0,
            "Looking somebody up failed: neither a code nor an event was given. Give one "
            "as K7QM-2XRD or 3-17.");
    }
    return BW_OK;
}

enum bw_status
desk_on_code(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *answer)
{
    enum bw_status status = need_somebody(command, answer);
    return status == BW_OK ? admit_code(desk, command, BW_REQUEST_CODE, false, answer)
                           : status;
}

enum bw_status
desk_on_waitlist(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *answer)
{
    enum bw_status status = need_somebody(command, answer);
    return status == BW_OK ? admit_code(desk, command, BW_REQUEST_WAITLIST, false, answer)
                           : status;
}

static enum bw_status
admit_text(struct bw_desk *desk, const struct bw_command *command, bool override,
    struct bw_answer *answer)
{
    struct visitor visitor;
    visitor_init(&visitor, desk, command, BW_REQUEST_GUEST);
    visitor.facts.override = override;
    enum bw_status status =
        visitor_take_ticket(&visitor, desk, command->text, &answer->error);
    return status == BW_OK ? desk_admit(desk, command, &visitor, answer) : status;
}

enum bw_status
desk_on_guest(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *answer)
{
    return admit_text(desk, command, false, answer);
}

/* A reason with a walk-in is staff's word for passing what stands in the way: there's no
 * code or event yet to name in an override. */
enum bw_status
desk_on_walk_in(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *answer)
{
    struct visitor visitor;
    visitor_init(&visitor, desk, command, BW_REQUEST_WALK_IN);
    visitor.facts.override = command->reason[0] != '\0';
    answer->basis = BW_BASIS_WALK_IN;
    enum bw_status status = visitor_take_names(&visitor, desk, command, &answer->error);
    return status == BW_OK ? desk_admit(desk, command, &visitor, answer) : status;
}

enum bw_status
desk_on_substitute(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *answer)
{
    struct visitor visitor;
    visitor_init(&visitor, desk, command, BW_REQUEST_SUBSTITUTE);
    answer->basis = BW_BASIS_SUBSTITUTE;
    enum bw_status status = need_somebody(command, answer);
    if (status == BW_OK) {
        status = visitor_take_names(&visitor, desk, command, &answer->error);
    }
    if (status == BW_OK) {
        status = visitor_take_code(&visitor, desk, command->code, &answer->error);
    }
    return status == BW_OK ? desk_admit(desk, command, &visitor, answer) : status;
}

enum bw_status
desk_on_override(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *answer)
{
    if (command->reason[0] == '\0') {
        return bw_error_set(&answer->error, BW_BAD_INPUT, 0,
            "Passing a rule was refused: no reason was given. Say why in a few words.");
    }
    return command->code == BW_CODE_NONE && command->event.device == 0
               ? admit_text(desk, command, true, answer)
               : admit_code(desk, command, BW_REQUEST_WAITLIST, true, answer);
}
