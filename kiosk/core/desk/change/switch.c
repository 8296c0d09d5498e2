/* Another of the kiosk's own sessions: which there are, and serving one of them. */
#include "core/desk/base/follow.h"
#include "core/desk/base/handler.h"
#include "core/desk/base/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum bw_status
bw_desk_on_switch(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    char before[BW_LABEL_BYTES];
    memcpy(before, desk->wanted, sizeof before);
    (void)snprintf(desk->wanted, sizeof desk->wanted, "%s", command->session_code);
    struct bw_session session;
    bool found = false;
    enum bw_status status =
        bw_desk_session_choose(desk, &session, &found, &failure->error);
    if (status == BW_OK && !found) {
        status = bw_error_set(&failure->error, BW_NOT_FOUND, 0,
            "Switching to %s failed: its roster has not come "
            "yet. Fetch the roster first.",
            command->session_code);
    }
    if (status == BW_OK) {
        status = bw_desk_reload(desk, &failure->error);
    }
    if (status != BW_OK) {
        memcpy(desk->wanted, before, sizeof before);
        desk->stale = true;
    }
    (void)answer;
    return status;
}

struct own {
    const struct bw_desk *desk;
    struct bw_answer *answer;
};

static bool
on_own_session(const struct bw_session *session, void *context)
{
    struct own *own = context;
    struct bw_answer_sessions *sessions = &own->answer->sessions;
    if (bw_desk_session_is_own(own->desk, session->code)) {
        sessions->items[sessions->count++] = *session;
    }
    return sessions->count < BW_SESSIONS_OWN_MAX;
}

enum bw_status
bw_desk_on_sessions(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    (void)command;
    struct own own = {.desk = desk, .answer = answer};
    bw_answer_init(answer, BW_ANSWER_SESSIONS);
    answer->sessions.items = calloc(BW_SESSIONS_OWN_MAX, sizeof *answer->sessions.items);
    if (answer->sessions.items == NULL) {
        return bw_error_set(&failure->error, BW_NO_MEMORY, 0,
            "Reading the sessions failed: this kiosk has too little memory. Close other "
            "programs, then try again.");
    }
    return bw_store_sessions(desk->store, on_own_session, &own, &failure->error);
}
