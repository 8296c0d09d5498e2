/* The queue at the door behind the waitlist: guests and walk-ins who stay for a place. */
#include "admit.h"
#include "alike.h"
#include "core/desk/base/handler.h"
#include "core/desk/base/record.h"

static enum bw_status
record_waiting(struct bw_desk *desk, const struct bw_command *command,
    struct visitor *visitor, struct bw_answer *answer, struct bw_failure *failure)
{
    struct bw_event event = {
        .kind = BW_EVENT_WAITING,
        .basis = visitor->facts.request == BW_REQUEST_GUEST ? BW_BASIS_GUEST
                                                            : BW_BASIS_WALK_IN,
        .code = visitor->code,
        .home_session_no = visitor->home_session_no,
        .generation = visitor->facts.ticket_generation,
    };
    bw_visitor_keep_names(visitor);
    bw_answer_init(answer, BW_ANSWER_WAITING);
    struct bw_answer_waiting *waiting = &answer->waiting;
    waiting->code = visitor->code;
    waiting->basis = event.basis;
    waiting->before = visitor->facts.before;
    waiting->free = bw_visitor_free(visitor);
    bw_visitor_tell_person(visitor, &waiting->person);
    enum bw_status status = bw_desk_append(desk, command->operated_by, &event,
        visitor->has_details ? &visitor->details : NULL, failure);
    answer->event = event.id;
    return status;
}

/* Who can't be put in the queue is told why, as at the door: who has a place comes in as
 * soon as somebody leaves, and stands in no queue. */
static bool
may_wait(const struct visitor *visitor)
{
    if (bw_facts_have_place(&visitor->facts)) {
        return false;
    }
    struct bw_admission admission;
    bw_admission_decide(&visitor->facts, &admission);
    bool guest = visitor->facts.request == BW_REQUEST_GUEST;
    return admission.verdict == BW_VERDICT_FULL ||
           (admission.verdict == BW_VERDICT_WELCOME &&
               (guest || visitor->facts.request == BW_REQUEST_WALK_IN));
}

enum bw_status
bw_desk_on_queue(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    struct visitor visitor;
    const struct bw_command_newcomer *asked = &command->queue;
    bool guest = asked->text[0] != '\0';
    bw_visitor_init(&visitor, desk, command->operated_by,
        guest ? BW_REQUEST_GUEST : BW_REQUEST_WALK_IN, "");
    enum bw_status status =
        guest ? bw_visitor_by_ticket(&visitor, desk, asked->text, &failure->error)
              : bw_visitor_by_names(&visitor, desk, asked, &failure->error);
    if (status != BW_OK) {
        return status;
    }
    if (!may_wait(&visitor)) {
        return bw_desk_admit(desk, command, &visitor, answer, failure);
    }
    if (!guest) {
        status = bw_desk_ask_alike(desk, &visitor, failure);
        if (status != BW_OK) {
            return status;
        }
    }
    return record_waiting(desk, command, &visitor, answer, failure);
}
