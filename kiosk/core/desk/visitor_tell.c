/* What an answer tells of a visitor, and what it keeps from an attendee. */
#include "visitor.h"

#include <stdio.h>
#include <string.h>

void
visitor_tell_person(const struct visitor *visitor, struct bw_answer *answer)
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
        memcpy(
            answer->first_name, visitor->details.first_name, sizeof answer->first_name);
        memcpy(answer->name, visitor->details.name, sizeof answer->name);
    }
    if (visitor->has_details && visitor->details.school[0] != '\0') {
        memcpy(answer->school, visitor->details.school, sizeof answer->school);
    }
}

static void
tell_since(
    struct bw_desk *desk, const struct bw_attendance *who, struct bw_answer *answer)
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
    answer->has_home =
        bw_store_session_by_number(desk->store, session_no, &answer->home, NULL) == BW_OK;
    answer->has_ticket_status = visitor->facts.has_sealed;
    answer->ticket_status = visitor->facts.sealed_status;
}

/* Guests and walk-ins read only what those who wait here will leave. */
int
visitor_free(const struct visitor *visitor)
{
    const struct bw_ledger *ledger = &visitor->ledger;
    if (visitor->facts.on_roster) {
        return ledger->free;
    }
    int left = ledger->free - visitor->facts.before;
    return left > 0 ? left : 0;
}

void
visitor_tell_verdict(struct bw_desk *desk, const struct visitor *visitor,
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
    answer->free = visitor_free(visitor);
    visitor_tell_person(visitor, answer);
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
void
visitor_hide(const struct bw_command *command, struct bw_answer *answer)
{
    if (command->operator!= BW_OPERATOR_ATTENDEE ||
        command->basis != BW_BASIS_NAME || answer->verdict == BW_VERDICT_WELCOME) {
        return;
    }
    struct bw_answer bare;
    bw_answer_init(&bare);
    bare.kind = answer->kind;
    bare.command = answer->command;
    bare.ticket_no = answer->ticket_no;
    bare.operator= answer->operator;
    bare.basis = answer->basis;
    bare.verdict = answer->verdict;
    bare.event = answer->event;
    *answer = bare; /* nothing is owned by a verdict */
}
