/* Who stands before the desk: all that it knows of one person, gathered for one decision.
 *
 * Private to admission and queue at the desk; desk thread only. Owns nothing. */
#ifndef BW_CORE_VISITOR_H
#define BW_CORE_VISITOR_H

#include "core/desk/base/state.h"

struct visitor {
    struct bw_facts facts;
    struct bw_ledger ledger;
    bool has_names; /* listed.person holds: from a roster, a sealed row, the log */
    struct bw_registration listed;
    bw_code code;
    uint32_t home_session_no; /* the ticket's own session; 0 without a ticket */
    const struct bw_attendance *attendance; /* borrowed until the next append */
    struct bw_event_details details;        /* kept with the arrival */
    bool has_details;
    bool comes_back;    /* the substitute who left: no other person (P7) */
    const char *reason; /* borrowed from the command; empty where none is given */
    char key[BW_SCAN_BYTES + 2 * BW_NAME_BYTES]; /* tells one refusal from another */
};

/* Starts from what holds for everybody: places, clock, who asks, and why. */
void bw_visitor_init(struct visitor *visitor, struct bw_desk *desk,
    enum bw_operator operated_by, enum bw_request request, const char *reason);

/* A scanned text. The request becomes GUEST only for a ticket of another session. What
 * the store answers where it fails; as of all these, a visitor isn't to be used then. */
BW_NODISCARD enum bw_status bw_visitor_by_ticket(struct visitor *visitor,
    struct bw_desk *desk, const char *text, struct bw_error *err);

/* A registration, or a guest who waits in the queue; an unknown code is BW_OK. What the
 * store answers where it fails. */
BW_NODISCARD enum bw_status bw_visitor_by_code(
    struct visitor *visitor, struct bw_desk *desk, bw_code code, struct bw_error *err);

/* Somebody by an event of theirs. BW_NOT_FOUND where nobody has it. */
BW_NODISCARD enum bw_status bw_visitor_by_event(struct visitor *visitor,
    struct bw_desk *desk, struct bw_event_id event, struct bw_error *err);

/* A newcomer, by what was typed. BW_BAD_INPUT for a text that can't be, or no name. */
BW_NODISCARD enum bw_status bw_visitor_by_names(struct visitor *visitor,
    struct bw_desk *desk, const struct bw_command_newcomer *newcomer,
    struct bw_error *err);

/* A guest's name is readable only with the ticket at hand; the list of who is inside
 * needs it, so it goes with the event. */
void bw_visitor_keep_names(struct visitor *visitor);

/* ---- visitor_tell.c ---- */

/* Without the region, which nobody is told. */
void bw_visitor_tell_person(const struct visitor *visitor, struct bw_person *ret_person);
void bw_visitor_tell_verdict(struct bw_desk *desk, const struct visitor *visitor,
    const struct bw_admission *admission, struct bw_answer_verdict *verdict);
/* A count of free places as this visitor may rely on them: guests and walk-ins read only
 * what those who wait here will leave. */
int bw_visitor_free(const struct visitor *visitor);
/* By name, anybody can ask about anybody: only a welcome is answered in full. */
void bw_visitor_hide(const struct bw_command *command, struct bw_answer_verdict *verdict);

#endif
