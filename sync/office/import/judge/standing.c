/* Where those whom a file brings stand: see standing.h. */
#include "office/import/judge/standing.h"

#include "central/central.h"
#include "office/place/waiting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- on the waiting list ---- */

struct numbered {
    bw_code code;
    int64_t number;
};

static int
by_code(const void *one, const void *other)
{
    const struct numbered *a = one, *b = other;
    return (a->code > b->code) - (a->code < b->code);
}

static enum bw_status
number_all(
    struct bw_import *import, const struct bw_session *session, struct bw_error *err)
{
    struct bw_import_result *result = &import->result;
    struct bw_place_waiting waiting = {.count = 0};
    enum bw_status status =
        bw_place_waiting_read(import->office->central, session, &waiting, err);
    if (status != BW_OK) {
        return status;
    }
    struct numbered *numbered = calloc(waiting.count + 1, sizeof *numbered);
    for (size_t i = 0; numbered != NULL && i < waiting.count; i++) {
        numbered[i] = (struct numbered){waiting.waiters[i].code, (int64_t)i + 1};
    }
    if (numbered != NULL) {
        qsort(numbered, waiting.count, sizeof *numbered, by_code);
    }
    for (size_t i = 0; numbered != NULL && i < result->changes_count; i++) {
        struct bw_import_change *change = &result->changes[i];
        const struct numbered key = {.code = change->code};
        const struct numbered *found =
            change->session_no == session->session_no
                ? bsearch(&key, numbered, waiting.count, sizeof key, by_code)
                : NULL;
        change->number = found != NULL ? found->number : change->number;
    }
    bw_place_waiting_finish(&waiting);
    bool fine = numbered != NULL;
    free(numbered);
    return fine ? BW_OK : bw_import_no_memory(import, err);
}

static bool
is_numbered(const struct bw_import_result *result, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (result->changes[i].session_no == result->changes[at].session_no &&
            result->changes[i].status == BW_WAITLISTED) {
            return true;
        }
    }
    return false;
}

/* ---- elsewhere ---- */

struct elsewhere {
    struct bw_import *import;
    size_t first; /* change of the statement's number 0 */
};

static bool
on_other(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    const struct elsewhere *elsewhere = context;
    struct bw_import *import = elsewhere->import;
    struct bw_import_change *change = &import->result.changes[elsewhere->first + at];
    char *both = NULL;
    bool more = change->also_in != NULL && change->also_in[0] != '\0';
    (void)count;
    if (asprintf(&both, "%s%s%s", more ? change->also_in : "", more ? ", " : "",
            columns[0].text) < 0) {
        import->no_memory = true;
        return false;
    }
    free(change->also_in);
    change->also_in = both;
    return true;
}

static enum bw_status
look_elsewhere(struct bw_import *import, struct bw_error *err)
{
    enum { TOGETHER = 128, VALUES = 2 };
    struct bw_sql_value values[VALUES * TOGETHER];
    size_t count = import->result.changes_count;
    enum bw_status status = BW_OK;
    for (size_t at = 0; status == BW_OK && at < count; at += TOGETHER) {
        struct elsewhere elsewhere = {import, at};
        size_t some = count - at < TOGETHER ? count - at : TOGETHER;
        for (size_t i = 0; i < some; i++) {
            values[VALUES * i] = bw_sql_int((int64_t)import->result.changes[at + i].code);
            values[VALUES * i + 1] = bw_sql_int(BW_CONFIRMED);
        }
        status = bw_central_each(import->office->central,
            "SELECT t.title FROM registration r"
            " JOIN session s ON s.session_no = r.session_no"
            " JOIN registration q ON q.person_no = r.person_no AND q.status = $2"
            " AND q.session_no <> r.session_no"
            " JOIN session t ON t.session_no = q.session_no AND t.series = s.series"
            " WHERE r.code = $1 AND t.called_off_ms = 0 ORDER BY t.starts_ms, t.code",
            values, VALUES, some, on_other, &elsewhere, err);
    }
    return status == BW_OK && import->no_memory ? bw_import_no_memory(import, err)
                                                : status;
}

enum bw_status
bw_import_tell_standing(
    struct bw_import *import, const struct bw_session_names *names, struct bw_error *err)
{
    struct bw_import_result *result = &import->result;
    enum bw_status status = BW_OK;
    if (import->request->ret_reading == NULL) {
        return BW_OK;
    }
    for (size_t i = 0; status == BW_OK && i < result->changes_count; i++) {
        if (result->changes[i].status == BW_WAITLISTED && !is_numbered(result, i)) {
            status = number_all(import,
                bw_session_names_by_number(names, result->changes[i].session_no), err);
        }
    }
    return status == BW_OK ? look_elsewhere(import, err) : status;
}
