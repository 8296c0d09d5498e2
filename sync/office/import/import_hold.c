/* The sessions of a form, held: see import_hold.h. */
#include "office/import/import_hold.h"

#include "central/records.h"
#include "office/import/read/sign_up.h"

#include <stdlib.h>
#include <string.h>

static enum bw_status
check_session(struct bw_import *import, const struct bw_session_names *names,
    uint32_t session_no, struct bw_error *err)
{
    const struct bw_session *read = bw_session_names_by_number(names, session_no);
    struct bw_session now;
    enum bw_status status =
        bw_record_session_by_number(import->office->central, session_no, &now, err);
    if (status != BW_OK) {
        return status;
    }
    bool same = read->capacity == now.capacity && read->starts_ms == now.starts_ms &&
                read->ends_ms == now.ends_ms && read->closed_ms == now.closed_ms &&
                read->called_off_ms == now.called_off_ms &&
                strcmp(read->audience, now.audience) == 0 &&
                strcmp(read->series, now.series) == 0;
    import->overtaken = !same;
    return same ? BW_OK
                : bw_error_set(err, BW_BUSY, 0,
                      "importing %s: session %s was changed meanwhile; look at it "
                      "(status), then import again",
                      import->request->path, now.code);
}

enum bw_status
bw_import_hold(struct bw_import *import, const struct bw_session_names *names,
    const struct bw_place_request *requests, size_t count, struct bw_error *err)
{
    size_t several = 0;
    uint32_t *sessions = calloc(count + 1, sizeof *sessions);
    if (sessions == NULL) {
        return bw_import_no_memory(import, err);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t session_no = requests[i].first->session_no;
        if (several == 0 || sessions[several - 1] != session_no) {
            sessions[several++] = session_no;
        }
    }
    enum bw_status status =
        bw_central_hold_sessions(import->office->central, sessions, several, true, err);
    for (size_t i = 0; status == BW_OK && i < several; i++) {
        status = check_session(import, names, sessions[i], err);
    }
    free(sessions);
    return status;
}
