/* The end of the day: closing it, and removing what is over. */
#include "core/desk/base/handler.h"
#include "core/desk/base/record.h"

/* Whoever is in went home (P8): one event says it of all. Not before the session's end
 * where there are other kiosks: at another door it goes on. */
static enum bw_status
let_everybody_out(
    struct bw_desk *desk, const struct bw_command *command, struct bw_failure *failure)
{
    bool goes_on = bw_desk_clock_now_ms(&desk->clock) < desk->session.ends_ms;
    if (bw_presence_in(desk->presence) == 0 || (goes_on && desk->peers.count > 0)) {
        return BW_OK;
    }
    struct bw_event event = {.kind = BW_EVENT_LEFT, .code = BW_CODE_NONE};
    return bw_desk_append(desk, command->operated_by, &event, NULL, failure);
}

enum bw_status
bw_desk_on_close_day(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    enum bw_status status = let_everybody_out(desk, command, failure);
    if (status != BW_OK) {
        return status;
    }
    return bw_desk_append_note(desk, command, BW_NOTE_CLOSED, answer, failure);
}

/* What ended before today and before the session that is served: even a clock that runs
 * ahead leaves that one's list alone. */
enum bw_status
bw_desk_on_tidy(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    int64_t before_ms = bw_zone_day_start(desk->zone, bw_desk_clock_now_ms(&desk->clock));
    if (before_ms > desk->session.starts_ms) {
        before_ms = desk->session.starts_ms;
    }
    enum bw_status status = bw_store_forget(desk->store, before_ms, &failure->error);
    bw_store_preallocate(desk->store);
    return status == BW_OK
               ? bw_desk_append_note(desk, command, BW_NOTE_FORGOTTEN, answer, failure)
               : status;
}
