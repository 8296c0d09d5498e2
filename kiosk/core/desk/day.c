/* The end of the day: closing it, and removing what is over. */
#include "handler.h"
#include "record.h"

enum bw_status
bw_desk_on_close_day(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
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
