/* A kiosk that staff declare absent: nobody waits for it, until it is heard anew. */
#include "core/desk/base/handler.h"
#include "core/desk/base/record.h"

static bool
is_known(const struct bw_desk *desk, uint32_t device)
{
    bool known = false;
    for (int i = 0; i < desk->peers.count; i++) {
        known = known || (desk->peers.items[i].device == device &&
                             bw_desk_peer_serves(desk, &desk->peers.items[i]));
    }
    for (int i = 0; i < desk->peers.strangers_count; i++) {
        known = known || desk->peers.strangers[i] == device;
    }
    return known;
}

enum bw_status
bw_desk_on_absent(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    if (!is_known(desk, command->absent_device)) {
        return bw_error_set(&failure->error, BW_NOT_FOUND, 0,
            "Declaring kiosk %u absent failed: no other kiosk of this session has that "
            "number. Give one that the overview names.",
            command->absent_device);
    }
    struct bw_event event = {
        .kind = BW_EVENT_NOTE,
        .note = BW_NOTE_ABSENT,
        .code = BW_CODE_NONE,
        .refs_count = 1,
        .refs = {{command->absent_device, BW_SEQ_NONE}},
    };
    enum bw_status status =
        bw_desk_append(desk, command->operated_by, &event, NULL, failure);
    answer->event = event.id;
    return status;
}
