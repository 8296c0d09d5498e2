/* The sessions of a form, held: see import_hold.h. */
#include "office/import/import_hold.h"

#include "central/base/array.h"
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
    import->overtaken = status == BW_NOT_FOUND; /* taken back meanwhile */
    for (size_t i = 0; status == BW_OK && i < several; i++) {
        status = check_session(import, names, sessions[i], err);
    }
    free(sessions);
    return status;
}

/* ---- a file of sessions ---- */

/* Those of the database that the file names, by rising number. */
struct named_sessions {
    const struct bw_session_codes *codes;
    uint32_t *items;
    size_t count, capacity;
    bool no_memory;
};

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    struct named_sessions *named = context;
    (void)count;
    if (bw_session_codes_row(named->codes, columns[1].text) == SIZE_MAX) {
        return true;
    }
    uint32_t *session_no =
        bw_array_more(&named->items, &named->count, &named->capacity, sizeof *session_no);
    named->no_memory = session_no == NULL;
    if (session_no != NULL) {
        *session_no = (uint32_t)columns[0].number;
    }
    return session_no != NULL;
}

static enum bw_status
hold_named(struct bw_import *import, struct bw_error *err)
{
    struct bw_central *central = import->office->central;
    struct bw_session_codes codes = {.known = NULL};
    struct named_sessions named = {.codes = &codes};
    enum bw_status status = bw_session_codes_read(import, &codes, err);
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT session_no, code FROM session ORDER BY session_no", NULL, 0,
            on_session, &named, err);
    }
    if (status == BW_OK && named.no_memory) {
        status = bw_import_no_memory(import, err);
    }
    if (status == BW_OK) {
        status = bw_central_hold_sessions(central, named.items, named.count, true, err);
    }
    free(named.items);
    bw_session_codes_finish(&codes);
    return status;
}

enum bw_status
bw_import_hold_sessions(
    struct bw_import *import, struct bw_session_codes *ret_codes, struct bw_error *err)
{
    struct bw_central *central = import->office->central;
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = hold_named(import, err);
        import->overtaken = status == BW_NOT_FOUND; /* taken back meanwhile */
    }
    return status == BW_OK ? bw_session_codes_read(import, ret_codes, err) : status;
}
