/* What an answer tells of a visitor, and what it keeps from an attendee. */
#include "visitor.h"
#include "core/desk/base/session.h"

#include <brugwachter/certificate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bw_visitor_tell_person(const struct visitor *visitor, struct bw_person *ret_person)
{
    *ret_person = (struct bw_person){0};
    if (visitor->has_names) {
        *ret_person = visitor->listed.person;
        if (!visitor->facts.here) { /* a table of another session would mislead */
            ret_person->table[0] = '\0';
        }
        if (visitor->facts.operated_by == BW_OPERATOR_ATTENDEE) {
            ret_person->attention[0] = '\0';
        }
    }
    if (visitor->has_details) { /* who really came: a walk-in, a substitute */
        const struct bw_person *came = &visitor->details.person;
        memcpy(ret_person->first_name, came->first_name, sizeof came->first_name);
        memcpy(ret_person->name, came->name, sizeof came->name);
        if (came->school[0] != '\0') {
            memcpy(ret_person->school, came->school, sizeof came->school);
        }
        if (came->region[0] != '\0') {
            memcpy(ret_person->region, came->region, sizeof came->region);
        }
    }
}

static void
tell_since(struct bw_desk *desk, const struct bw_attendance *who,
    struct bw_answer_verdict *verdict)
{
    verdict->since_ms = who->since_suspect ? 0 : who->since_ms;
    verdict->since_device = who->first.device;
    (void)snprintf(verdict->since_device_name, sizeof verdict->since_device_name, "%s",
        bw_desk_device_name(desk, who->first.device));
    verdict->guest = who->guest;
    verdict->substitute = who->substitute;
}

/* Without memory for it the session reads as one that isn't known here. */
static void
tell_home(struct bw_desk *desk, const struct visitor *visitor,
    struct bw_answer_verdict *verdict)
{
    uint32_t session_no = visitor->home_session_no != 0 ? visitor->home_session_no
                                                        : visitor->listed.session_no;
    verdict->has_ticket_status = visitor->facts.has_sealed;
    verdict->ticket_status = visitor->facts.sealed_status;
    struct bw_session *home = calloc(1, sizeof *home);
    if (home != NULL &&
        bw_store_session_by_number(desk->store, session_no, home, NULL) == BW_OK) {
        verdict->home = home;
    } else {
        free(home);
    }
}

/* Guests and walk-ins read only what those who wait here will leave. */
int
bw_visitor_free(const struct visitor *visitor)
{
    const struct bw_ledger *ledger = &visitor->ledger;
    if (visitor->facts.on_roster) {
        return ledger->free;
    }
    int left = ledger->free - visitor->facts.before;
    return left > 0 ? left : 0;
}

void
bw_visitor_tell_verdict(struct bw_desk *desk, const struct visitor *visitor,
    const struct bw_admission *admission, struct bw_answer_verdict *verdict)
{
    verdict->verdict = admission->verdict;
    verdict->unlisted = admission->unlisted;
    verdict->returned = admission->returned;
    verdict->lead = admission->lead;
    verdict->position = visitor->facts.position;
    verdict->before = visitor->facts.before;
    verdict->free = bw_visitor_free(visitor);
    verdict->code = visitor->code;
    bw_visitor_tell_person(visitor, &verdict->person);
    switch (admission->verdict) {
    case BW_VERDICT_ALREADY_IN:
        tell_since(desk, visitor->attendance, verdict);
        break;
    case BW_VERDICT_OTHER_SESSION:
        tell_home(desk, visitor, verdict);
        break;
    case BW_VERDICT_TOO_EARLY:
        verdict->opens_ms = bw_desk_session_doors_ms(&desk->session);
        break;
    case BW_VERDICT_WELCOME:
        verdict->guest = visitor->facts.request == BW_REQUEST_GUEST;
        verdict->substitute = visitor->facts.request == BW_REQUEST_SUBSTITUTE;
        break;
    case BW_VERDICT_NOT_A_TICKET:
        verdict->certificate = bw_certificate_is(visitor->key);
        break;
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
bw_visitor_hide(const struct bw_command *command, struct bw_answer_verdict *verdict)
{
    bool by_name =
        command->kind == BW_COMMAND_CODE && command->code.basis == BW_BASIS_NAME;
    if (command->operated_by == BW_OPERATOR_ATTENDEE && by_name &&
        verdict->verdict != BW_VERDICT_WELCOME) {
        free(verdict->home);
        *verdict = (struct bw_answer_verdict){
            .verdict = verdict->verdict,
            .basis = verdict->basis,
            .code = BW_CODE_NONE,
        };
    }
}
