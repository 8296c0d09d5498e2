/* The release of places: see release.h. */
#include "release.h"

#include "record.h"
#include "session.h"

void
bw_desk_sum(struct bw_desk *desk, struct bw_ledger *ret_sum)
{
    bw_ledger_sum(&desk->ledger, &desk->session, desk->presence, ret_sum);
    ret_sum->lead = bw_desk_lead(desk);
}

/* Not after the end, nor on a store that is only looked at: who opens an old store to
 * read it changes nothing. A disk that is
 * full now is no reason to answer nothing: the release is tried again with the next
 * command. */
void
bw_desk_release_by_clock(struct bw_desk *desk)
{
    int64_t now_ms = bw_desk_clock_now_ms(&desk->clock);
    int64_t release_ms = bw_desk_session_release_ms(&desk->session);
    if (bw_store_mode(desk->store) == BW_STORE_READ ||
        bw_presence_is_released(desk->presence) || desk->restored ||
        now_ms < release_ms || now_ms > desk->session.ends_ms ||
        bw_desk_unheard(desk, release_ms) > 0 ||
        bw_desk_clock_is_suspect(&desk->clock, desk->store)) {
        return;
    }
    struct bw_event event = {.kind = BW_EVENT_RELEASED, .code = BW_CODE_NONE};
    struct bw_failure failure = {0};
    enum bw_status status =
        bw_desk_append(desk, BW_OPERATOR_DOOR, &event, NULL, &failure);
    (void)status;
}
