/* Many statements and rows at once on PostgreSQL: see postgres.h. One thread.
 *
 * Statements go through libpq's pipeline: a list of them costs one turn on the network
 * and one wait for the server. Never so many at once that the answers, unread, could fill
 * what lies between us and the server while we still send. Rows go by COPY, in binary: a
 * value's bytes as they are. (COPY into a table beside, then INSERT of what isn't there,
 * costs 1.4 times as much, ON CONFLICT 2.5; whoever merges knows what is there, as it
 * holds its kiosk's lock.) */
#include "central/engine/postgres.h"
#include "central/engine/wait.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PIPED_MAX = 200,     /* their answers are a few words each */
    ASKED_TOGETHER = 32, /* of statements whose answers are rows */
    COPY_BYTES = 65536,
    COPY_SQL_BYTES = 512,
};

/* ---- the pipeline ---- */

/* Sends one more; false where that failed at once. */
static bool
pipe_send(struct bw_central_postgres_db *self, const char *sql,
    const struct bw_central_postgres_bound *bound, int slot)
{
    char name[BW_CENTRAL_POSTGRES_NAME_BYTES];
    if (PQenterPipelineMode(self->db) == 0) {
        return false;
    }
    if (self->pooled) { /* CP4 */
        return PQsendQueryParams(self->db, sql, bound->count, bound->types, bound->values,
                   bound->lengths, bound->formats, 1) != 0;
    }
    bw_central_postgres_kept_name(&self->kept[slot], name);
    return PQsendQueryPrepared(self->db, name, bound->count, bound->values,
               bound->lengths, bound->formats, 1) != 0;
}

/* NULL where it is on its way, else what failed. */
static PGresult *
pipe_in(struct bw_central_postgres_db *self, const char *sql,
    const struct bw_sql_value *parameters, int known)
{
    struct bw_central_postgres_bound bound;
    PGresult *failed = NULL;
    bw_central_postgres_bind(&bound, parameters, known);
    int slot = self->pooled ? 0
                            : bw_central_postgres_keep(self, sql, bound.types, known,
                                  bw_central_postgres_until_ms(self), &failed);
    if (slot < 0) {
        return failed;
    }
    if (!pipe_send(self, sql, &bound, slot)) {
        return PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
    }
    self->piped++;
    return NULL;
}

/* Clears `failed`. */
static enum bw_status
told(const struct bw_central_postgres_db *self, PGresult *failed, struct bw_error *err)
{
    enum bw_status status =
        failed == NULL ? BW_OK
                       : bw_central_postgres_fail(self, failed, bw_said("using"), err);
    PQclear(failed);
    return status;
}

enum bw_status
bw_central_postgres_put(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, struct bw_error *err)
{
    struct bw_central_postgres_db *self = (struct bw_central_postgres_db *)central;
    int known = bw_central_postgres_parameters(sql);
    assert(known <= count);
    (void)count; /* asserted alone */
    PGresult *failed = pipe_in(self, sql, parameters, known);
    if (failed == NULL && self->piped == PIPED_MAX) {
        failed = bw_central_postgres_drain(self);
    }
    return told(self, failed, err);
}

/* ---- one statement, many times ---- */

static void
give(PGresult *const *results, int count, size_t first, bw_sql_each_row *row,
    void *context)
{
    struct bw_sql_value columns[BW_CENTRAL_PARAMETERS_MAX];
    for (int i = 0; row != NULL && i < count; i++) {
        bool wanted = true;
        for (int at = 0; wanted && at < PQntuples(results[i]); at++) {
            bw_central_postgres_columns(results[i], at, columns);
            wanted = row(first + (size_t)i, columns, PQnfields(results[i]), context);
        }
    }
}

static PGresult *
ask_some(struct bw_central_postgres_db *self, const char *sql,
    const struct bw_sql_value *parameters, int count, int times, PGresult **ret_results,
    int *ret_count)
{
    int known = bw_central_postgres_parameters(sql);
    assert(known <= count);
    PGresult *failed = bw_central_postgres_drain(self);
    for (int i = 0; failed == NULL && i < times; i++) {
        failed = pipe_in(self, sql, parameters + (size_t)i * (size_t)count, known);
    }
    PGresult *worse = self->piped > 0
                          ? bw_central_postgres_collect(self, ret_results, ret_count)
                          : NULL;
    if (failed != NULL) {
        PQclear(worse);
        return failed;
    }
    return worse;
}

enum bw_status
bw_central_postgres_each(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, size_t times, bw_sql_each_row *row,
    void *context, struct bw_error *err)
{
    struct bw_central_postgres_db *self = (struct bw_central_postgres_db *)central;
    enum bw_status status = BW_OK;
    for (size_t at = 0; status == BW_OK && at < times; at += ASKED_TOGETHER) {
        PGresult *results[ASKED_TOGETHER];
        int some = times - at < ASKED_TOGETHER ? (int)(times - at) : ASKED_TOGETHER;
        int got = 0;
        PGresult *failed = ask_some(
            self, sql, parameters + at * (size_t)count, count, some, results, &got);
        if (failed == NULL) {
            give(results, got, at, row, context);
        }
        for (int i = 0; i < got; i++) {
            PQclear(results[i]);
        }
        status = told(self, failed, err);
    }
    return status;
}

/* ---- rows ---- */

/* COPY's bytes on their way out. */
struct copy_stream {
    PGconn *db;
    int64_t until_ms;
    char *bytes; /* COPY_BYTES */
    size_t used;
    bool failed;
};

static void
copy_flush(struct copy_stream *copying)
{
    if (copying->used > 0 && !copying->failed) {
        copying->failed =
            PQputCopyData(copying->db, copying->bytes, (int)copying->used) != 1 ||
            !bw_postgres_send(copying->db, copying->until_ms);
    }
    copying->used = 0;
}

static void
copy_bytes(struct copy_stream *copying, const void *bytes, size_t count)
{
    const char *at = bytes;
    while (count > 0) {
        size_t room = COPY_BYTES - copying->used;
        size_t some = count < room ? count : room;
        memcpy(copying->bytes + copying->used, at, some);
        copying->used += some;
        at += some;
        count -= some;
        if (copying->used == COPY_BYTES) {
            copy_flush(copying);
        }
    }
}

static void
copy_length(struct copy_stream *copying, int32_t length)
{
    uint32_t word = htobe32((uint32_t)length);
    copy_bytes(copying, &word, sizeof word);
}

static void
copy_value(struct copy_stream *copying, const struct bw_sql_value *value)
{
    uint64_t number = htobe64((uint64_t)value->number);
    switch (value->type) {
    case BW_SQL_NULL:
        copy_length(copying, -1);
        break;
    case BW_SQL_INT:
        copy_length(copying, sizeof number);
        copy_bytes(copying, &number, sizeof number);
        break;
    case BW_SQL_TEXT:
        copy_length(copying, (int32_t)value->bytes);
        copy_bytes(copying, value->text, value->bytes);
        break;
    case BW_SQL_BLOB:
        copy_length(copying, (int32_t)value->bytes);
        copy_bytes(copying, value->blob, value->bytes);
        break;
    }
}

/* The form that PostgreSQL's manual tells under COPY: a signature, no flags and no more
 * of a head; each row with how many values; -1. */
static void
copy_rows(struct copy_stream *copying, int columns, size_t rows, bw_sql_fill *fill,
    const void *context)
{
    static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
    struct bw_sql_value values[BW_CENTRAL_PARAMETERS_MAX];
    uint16_t width = htobe16((uint16_t)columns), end = htobe16(UINT16_MAX);
    copy_bytes(copying, head, sizeof head);
    for (size_t at = 0; at < rows && !copying->failed; at++) {
        fill(at, values, context);
        copy_bytes(copying, &width, sizeof width);
        for (int i = 0; i < columns; i++) {
            copy_value(copying, &values[i]);
        }
    }
    copy_bytes(copying, &end, sizeof end);
    copy_flush(copying);
}

/* Begins COPY: NULL, else what failed. */
static PGresult *
copy_begin(struct bw_central_postgres_db *self, const struct bw_sql_columns *columns)
{
    char sql[COPY_SQL_BYTES];
    int length = snprintf(sql, sizeof sql, "COPY %s (%s) FROM STDIN (FORMAT binary)",
        columns->table, columns->names);
    assert(length > 0 && (size_t)length < sizeof sql);
    (void)length; /* asserted alone */
    PGresult *failed = bw_central_postgres_drain(self);
    if (failed != NULL) {
        return failed;
    }
    PGresult *ready = PQsendQuery(self->db, sql) != 0
                          ? bw_postgres_next(self->db, bw_central_postgres_until_ms(self))
                          : PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
    if (PQresultStatus(ready) == PGRES_COPY_IN) {
        PQclear(ready);
        return NULL;
    }
    PQclear(bw_central_postgres_wait(self, bw_central_postgres_until_ms(self), false));
    return ready != NULL ? ready : PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
}

enum bw_status
bw_central_postgres_insert(struct bw_central *central,
    const struct bw_sql_columns *columns, size_t rows, bw_sql_fill *fill,
    const void *context, struct bw_error *err)
{
    struct bw_central_postgres_db *self = (struct bw_central_postgres_db *)central;
    struct copy_stream copying = {.db = self->db,
        .until_ms = bw_central_postgres_until_ms(self),
        .bytes = malloc(COPY_BYTES)};
    if (copying.bytes == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "using %s: no memory", central->name);
    }
    PGresult *result = copy_begin(self, columns);
    if (result == NULL) {
        copy_rows(&copying, columns->count, rows, fill, context);
        (void)PQputCopyEnd(self->db, copying.failed ? "the rows didn't all go" : NULL);
        result =
            bw_central_postgres_wait(self, bw_central_postgres_until_ms(self), false);
    }
    enum bw_status status =
        bw_postgres_is_fine(result)
            ? BW_OK
            : bw_central_postgres_fail(self, result, bw_said("using"), err);
    PQclear(result);
    free(copying.bytes);
    return status;
}
