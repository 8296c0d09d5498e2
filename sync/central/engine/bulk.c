/* Many statements or rows at once: see engine.h. What an engine has no way of its own for
 * is done one by one here, so that who merges takes one road on both. */
#include "central/engine/engine.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>

enum bw_status
bw_central_put(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, struct bw_error *err)
{
    assert(central->in_transaction);
    return central->engine->put != NULL
               ? central->engine->put(central, sql, parameters, count, err)
               : bw_central_run(central, sql, parameters, count, NULL, NULL, err);
}

/* ---- one statement, many times ---- */

struct each_of {
    bw_sql_each_row *row;
    void *context;
    size_t at;
};

static bool
on_each(const struct bw_sql_value *columns, int count, void *context)
{
    const struct each_of *of = context;
    return of->row(of->at, columns, count, of->context);
}

static enum bw_status
each_by_run(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, size_t times, bw_sql_each_row *row,
    void *context, struct bw_error *err)
{
    struct each_of of = {.row = row, .context = context};
    enum bw_status status = BW_OK;
    for (; status == BW_OK && of.at < times; of.at++) {
        status = bw_central_run(central, sql, parameters + of.at * (size_t)count, count,
            row != NULL ? on_each : NULL, &of, err);
    }
    return status;
}

enum bw_status
bw_central_each(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, size_t times, bw_sql_each_row *row,
    void *context, struct bw_error *err)
{
    assert(count >= 0 && count <= BW_CENTRAL_PARAMETERS_MAX);
    return (central->engine->each != NULL ? central->engine->each : each_by_run)(
        central, sql, parameters, count, times, row, context, err);
}

/* ---- rows ---- */

enum { INSERT_BYTES = 2048 };

/* INSERT OR FAIL INTO event (device, …) VALUES ($1, … $16), ($17, … */
static void
insert_write(const struct bw_sql_columns *columns, int rows, char ret_sql[INSERT_BYTES])
{
    size_t at = (size_t)snprintf(ret_sql, INSERT_BYTES,
        "INSERT OR FAIL INTO %s (%s) VALUES ", columns->table, columns->names);
    for (int i = 0; i < columns->count * rows; i++) {
        const char *before = i % columns->count != 0 ? ", " : i == 0 ? "(" : "), (";
        at += (size_t)snprintf(ret_sql + at, INSERT_BYTES - at, "%s$%d", before, i + 1);
    }
    at += (size_t)snprintf(ret_sql + at, INSERT_BYTES - at, ") ON CONFLICT DO NOTHING");
    assert(at < INSERT_BYTES);
}

/* Several rows a statement cost two thirds of one by one. A statement that may be taken
 * back in its midst keeps a journal of its own, with every page that it changes: four
 * times what it writes to the file. OR FAIL needs none (nothing of the transaction may
 * stay then, anyhow), and a row that is there already is told by the count. A table that
 * refers to another has that journal all the same, so its rows go one by one where they
 * are scattered over their indexes: it was a quarter of what an import took. */
static enum bw_status
insert_by_run(struct bw_central *central, const struct bw_sql_columns *columns,
    size_t rows, bw_sql_fill *fill, const void *context, struct bw_error *err)
{
    struct bw_sql_value values[BW_CENTRAL_PARAMETERS_MAX];
    char sql[INSERT_BYTES];
    int together = columns->scattered ? 1 : BW_CENTRAL_PARAMETERS_MAX / columns->count;
    enum bw_status status = BW_OK;
    for (size_t at = 0; status == BW_OK && at < rows; at += (size_t)together) {
        bool first = at == 0;
        if (rows - at < (size_t)together) {
            together = 1;
            first = true;
        }
        if (first) {
            insert_write(columns, together, sql);
        }
        for (int i = 0; i < together; i++) {
            fill(at + (size_t)i, &values[i * columns->count], context);
        }
        status = bw_central_run(
            central, sql, values, columns->count * together, NULL, NULL, err);
        if (status == BW_OK && central->changed != together) {
            status = bw_error_set(err, BW_REFUSED, EEXIST,
                "using %s: a row that was taken for a new one is in %s already; nothing "
                "was changed",
                central->name, columns->table);
        }
    }
    return status;
}

enum bw_status
bw_central_insert(struct bw_central *central, const struct bw_sql_columns *columns,
    size_t rows, bw_sql_fill *fill, const void *context, struct bw_error *err)
{
    assert(central->in_transaction);
    assert(columns->count > 0 && columns->count <= BW_CENTRAL_PARAMETERS_MAX);
    if (rows == 0) {
        return BW_OK;
    }
    return (central->engine->insert != NULL ? central->engine->insert : insert_by_run)(
        central, columns, rows, fill, context, err);
}

/* ---- locks ---- */

static bool
on_held(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)columns;
    (void)count;
    ((bool *)context)[at] = true;
    return true;
}

enum { LOCKED_TOGETHER = 64 };

enum bw_status
bw_central_lock_devices(struct bw_central *central, const uint32_t *devices, size_t count,
    bool waits, bool *ret_held, struct bw_error *err)
{
    assert(central->in_transaction);
    const struct bw_central_engine *engine = central->engine;
    const char *sql = engine->lock_device == NULL
                          ? "SELECT 1 FROM device WHERE device = $1"
                      : waits ? engine->lock_device
                              : engine->lock_free_device;
    enum bw_status status = BW_OK;
    for (size_t at = 0; status == BW_OK && at < count; at += LOCKED_TOGETHER) {
        struct bw_sql_value values[LOCKED_TOGETHER];
        size_t some = count - at < LOCKED_TOGETHER ? count - at : LOCKED_TOGETHER;
        for (size_t i = 0; i < some; i++) {
            assert(at + i == 0 || devices[at + i - 1] < devices[at + i]); /* C7 */
            values[i] = bw_sql_int(devices[at + i]);
            ret_held[at + i] = false;
        }
        status =
            bw_central_each(central, sql, values, 1, some, on_held, ret_held + at, err);
    }
    return status;
}

static bool
on_revision(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    ((int64_t *)context)[at] = columns[0].number;
    return true;
}

enum bw_status
bw_central_next_revisions(struct bw_central *central, const uint32_t *session_nos,
    size_t count, int64_t *ret_revisions, struct bw_error *err)
{
    assert(central->in_transaction);
    enum bw_status status = BW_OK;
    for (size_t at = 0; status == BW_OK && at < count; at += LOCKED_TOGETHER) {
        struct bw_sql_value values[LOCKED_TOGETHER];
        size_t some = count - at < LOCKED_TOGETHER ? count - at : LOCKED_TOGETHER;
        for (size_t i = 0; i < some; i++) {
            assert(at + i == 0 || session_nos[at + i - 1] < session_nos[at + i]); /* C7 */
            values[i] = bw_sql_int(session_nos[at + i]);
            ret_revisions[at + i] = 0;
        }
        status = bw_central_each(central,
            "UPDATE session SET revision = revision + 1 WHERE session_no = $1"
            " RETURNING revision",
            values, 1, some, on_revision, ret_revisions + at, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        if (ret_revisions[i] == 0) {
            status = bw_error_set(err, BW_NOT_FOUND, 0,
                "changing %s: it has no session number %u; status lists them",
                central->name, session_nos[i]);
        }
    }
    return status;
}

enum bw_status
bw_central_next_revision(struct bw_central *central, uint32_t session_no,
    int64_t *ret_revision, struct bw_error *err)
{
    assert(session_no > 0);
    int64_t revision = 0;
    enum bw_status status =
        bw_central_next_revisions(central, &session_no, 1, &revision, err);
    if (status == BW_OK) {
        *ret_revision = revision;
    }
    return status;
}
