/* Letting people in: gather who stands there, decide, record, answer. */
#include "visitor.h"

#include <brugwachter/text.h>

#include <stdio.h>
#include <string.h>

/* ---- what the answer tells ---- */

static void
tell_person(const struct visitor *visitor, struct bw_answer *answer)
{
    answer->code = visitor->code;
    if (visitor->has_names) {
        memcpy(answer->first_name, visitor->person.first_name, sizeof answer->first_name);
        memcpy(answer->name, visitor->person.name, sizeof answer->name);
        memcpy(answer->school, visitor->person.school, sizeof answer->school);
        if (visitor->facts.here) { /* a table of another session would mislead */
            memcpy(answer->table, visitor->person.table, sizeof answer->table);
        }
    }
    if (visitor->has_details) { /* who really came: a walk-in, a substitute */
        memcpy(answer->first_name, visitor->details.first_name, sizeof answer->first_name);
        memcpy(answer->name, visitor->details.name, sizeof answer->name);
    }
    if (visitor->has_details && visitor->details.school[0] != '\0') {
        memcpy(answer->school, visitor->details.school, sizeof answer->school);
    }
}

static void
tell_since(struct bw_desk *desk, const struct bw_attendance *who, struct bw_answer *answer)
{
    answer->since_ms = who->since_suspect ? 0 : who->since_ms;
    answer->since_device = who->first.device;
    (void)snprintf(answer->since_device_name, sizeof answer->since_device_name, "%s",
        desk_device_name(desk, who->first.device));
    answer->guest = who->guest;
    answer->substitute = who->substitute;
}

static void
tell_home(struct bw_desk *desk, const struct visitor *visitor, struct bw_answer *answer)
{
    uint32_t session_no = visitor->home_session_no != 0 ? visitor->home_session_no
                                                        : visitor->person.session_no;
    answer->has_home = bw_store_session_by_number(
                           desk->store, session_no, &answer->home, NULL) == BW_OK;
    answer->has_ticket_status = visitor->facts.has_sealed;
    answer->ticket_status = visitor->facts.sealed_status;
}

/* Guests and walk-ins read only what those who wait here will leave. */
static int
free_for(const struct visitor *visitor)
{
    const struct bw_ledger *ledger = &visitor->ledger;
    if (visitor->facts.on_roster) {
        return ledger->free;
    }
    int left = ledger->free - visitor->facts.before;
    return left > 0 ? left : 0;
}

static void
tell_verdict(struct bw_desk *desk, const struct visitor *visitor,
    const struct bw_admission *admission, struct bw_answer *answer)
{
    answer->kind = BW_ANSWER_VERDICT;
    answer->verdict = admission->verdict;
    answer->unlisted = admission->unlisted;
    answer->returned = admission->returned;
    answer->out_of_order = admission->out_of_order;
    answer->lead = admission->lead;
    answer->position = visitor->facts.position;
    answer->before = visitor->facts.before;
    answer->free = free_for(visitor);
    tell_person(visitor, answer);
    switch (admission->verdict) {
    case BW_VERDICT_ALREADY_IN:
        tell_since(desk, visitor->attendance, answer);
        break;
    case BW_VERDICT_OTHER_SESSION:
        tell_home(desk, visitor, answer);
        break;
    case BW_VERDICT_TOO_EARLY:
        answer->opens_ms = desk_doors_ms(&desk->session);
        break;
    case BW_VERDICT_WELCOME:
        answer->guest = visitor->facts.request == BW_REQUEST_GUEST;
        answer->substitute = visitor->facts.request == BW_REQUEST_SUBSTITUTE;
        break;
    case BW_VERDICT_NOT_A_TICKET:
    case BW_VERDICT_FORGED:
    case BW_VERDICT_BLOCKED:
    case BW_VERDICT_REPLACED:
    case BW_VERDICT_CANCELLED:
    case BW_VERDICT_SESSION_OVER:
    case BW_VERDICT_WAITLISTED:
    case BW_VERDICT_FULL:
    case BW_VERDICT_UNKNOWN:
    case BW_VERDICT_NO_AUDIENCE:
        break;
    }
}

/* By name, anybody can ask about anybody: only a welcome is answered in full. */
static void
hide_from_attendee(const struct bw_command *command, struct bw_answer *answer)
{
    if (command->operator != BW_OPERATOR_ATTENDEE || command->basis != BW_BASIS_NAME ||
        answer->verdict == BW_VERDICT_WELCOME) {
        return;
    }
    struct bw_answer bare;
    bw_answer_init(&bare);
    bare.kind = answer->kind;
    bare.command = answer->command;
    bare.ticket_no = answer->ticket_no;
    bare.operator = answer->operator;
    bare.basis = answer->basis;
    bare.verdict = answer->verdict;
    bare.event = answer->event;
    *answer = bare; /* nothing is owned by a verdict */
}

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

/* A guest's name is readable only now, by the ticket; the list of who is inside needs it. */
static void
keep_guest_names(struct visitor *visitor)
{
    if (visitor->facts.request == BW_REQUEST_GUEST && visitor->has_names) {
        struct bw_event_details *details = &visitor->details;
        memcpy(details->first_name, visitor->person.first_name, sizeof details->first_name);
        memcpy(details->name, visitor->person.name, sizeof details->name);
        memcpy(details->school, visitor->person.school, sizeof details->school);
        visitor->has_details = true;
    }
}

static enum bw_status
keep_reason(struct visitor *visitor, const struct bw_command *command, struct bw_error *err)
{
    if (command->reason[0] == '\0') {
        return BW_OK;
    }
    enum bw_text_fault fault =
        bw_text_clean(command->reason, BW_TITLE_CHARS, visitor->details.reason);
    if (fault != BW_TEXT_FINE) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Recording the reason failed: it %s. Type it again.", bw_text_fault_name(fault));
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
    keep_guest_names(visitor);
    bool has_details = visitor->has_details || visitor->details.reason[0] != '\0';
    answer->basis = event.basis;
    status = desk_append(
        desk, command, &event, has_details ? &visitor->details : NULL, answer);
    if (status == BW_OK && command->operator == BW_OPERATOR_ATTENDEE &&
        command->kind == BW_COMMAND_CODE) {
        desk->own_arrival = event.id;
        desk->own_arrival_mono_ms = desk_mono_ms(desk);
    }
    return status;
}

static enum bw_status
admit(struct bw_desk *desk, const struct bw_command *command, struct visitor *visitor,
    struct bw_answer *answer)
{
    struct bw_admission admission;
    bw_admission_decide(&visitor->facts, &admission);
    tell_verdict(desk, visitor, &admission, answer);
    if (admission.verdict != BW_VERDICT_WELCOME) {
        enum bw_status status =
            record_refusal(desk, command, visitor, admission.verdict, answer);
        hide_from_attendee(command, answer);
        return status;
    }
    if (admission.out_of_order && command->reason[0] == '\0') {
        return bw_error_set(&answer->error, BW_REFUSED, 0,
            "Admitting out of order was refused: %d who came first %s waiting here. Admit "
            "them first, or give a reason.",
            visitor->facts.before, visitor->facts.before == 1 ? "is" : "are");
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
    return status == BW_OK ? admit(desk, command, &visitor, answer) : status;
}

static enum bw_status
admit_code(struct bw_desk *desk, const struct bw_command *command,
    enum bw_request request, bool override, struct bw_answer *answer)
{
    struct visitor visitor;
    visitor_init(&visitor, desk, command, request);
    visitor.facts.override = override;
    enum bw_status status = command->code != BW_CODE_NONE
        ? visitor_take_code(&visitor, desk, command->code, &answer->error)
        : visitor_take_event(&visitor, desk, command->event, &answer->error);
    return status == BW_OK ? admit(desk, command, &visitor, answer) : status;
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
    return status == BW_OK ? admit(desk, command, &visitor, answer) : status;
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
    return status == BW_OK ? admit(desk, command, &visitor, answer) : status;
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
    return status == BW_OK ? admit(desk, command, &visitor, answer) : status;
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

/* ---- the row at the door ---- */

static enum bw_status
record_waiting(struct bw_desk *desk, const struct bw_command *command,
    struct visitor *visitor, struct bw_answer *answer)
{
    struct bw_event event = {
        .kind = BW_EVENT_WAITING,
        .basis = visitor->facts.request == BW_REQUEST_GUEST ? BW_BASIS_GUEST
                                                            : BW_BASIS_WALK_IN,
        .code = visitor->code,
        .home_session_no = visitor->home_session_no,
        .generation = visitor->facts.ticket_generation,
    };
    keep_guest_names(visitor);
    answer->basis = event.basis;
    tell_person(visitor, answer);
    answer->before = visitor->facts.before;
    answer->free = free_for(visitor);
    enum bw_status status = desk_append(
        desk, command, &event, visitor->has_details ? &visitor->details : NULL, answer);
    answer->kind = BW_ANSWER_WAITING;
    return status;
}

/* Who can't be put in the row is told why, as at the door. */
static bool
may_wait(const struct visitor *visitor)
{
    struct bw_admission admission;
    bw_admission_decide(&visitor->facts, &admission);
    bool guest = visitor->facts.request == BW_REQUEST_GUEST;
    return admission.verdict == BW_VERDICT_FULL ||
        (admission.verdict == BW_VERDICT_WELCOME &&
            (guest || visitor->facts.request == BW_REQUEST_WALK_IN));
}

enum bw_status
desk_on_queue(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *answer)
{
    struct visitor visitor;
    bool guest = command->text[0] != '\0';
    visitor_init(
        &visitor, desk, command, guest ? BW_REQUEST_GUEST : BW_REQUEST_WALK_IN);
    enum bw_status status = guest
        ? visitor_take_ticket(&visitor, desk, command->text, &answer->error)
        : visitor_take_names(&visitor, desk, command, &answer->error);
    if (status != BW_OK) {
        return status;
    }
    if (!may_wait(&visitor)) {
        return admit(desk, command, &visitor, answer);
    }
    return record_waiting(desk, command, &visitor, answer);
}
