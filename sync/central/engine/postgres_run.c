/* Statements of a central database on PostgreSQL: see postgres.h. One thread.
 *
 * Parameters go with their types and in binary, so nothing is guessed from the text;
 * a NULL alone leaves its type to the server. Prepared once and kept by the connection. A
 * result is read whole before its rows are given out, so that a row's handler may ask
 * again. */
#include "central/engine/postgres.h"
#include "central/engine/wait.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Of pg_type.h, which clients don't have. */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTEA = 17,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_NUMERIC = 1700,
};

enum { NUMERIC_HEAD = 4, NUMERIC_NEGATIVE = 0x4000 };

/* ---- parameters ---- */

int
bw_central_postgres_parameters(const char *sql)
{
    int most = 0;
    for (const char *at = strchr(sql, '$'); at != NULL; at = strchr(at + 1, '$')) {
        int number = atoi(at + 1);
        most = number > most ? number : most;
    }
    return most;
}

void
bw_central_postgres_bind(struct bw_central_postgres_bound *bound,
    const struct bw_sql_value *parameters, int count)
{
    bound->count = count;
    for (int i = 0; i < count; i++) {
        const struct bw_sql_value *value = &parameters[i];
        bound->formats[i] = 1;
        bound->lengths[i] = (int)value->bytes;
        switch (value->type) {
        case BW_SQL_NULL:
            bound->types[i] = 0;
            bound->values[i] = NULL;
            break;
        case BW_SQL_INT:
            bound->types[i] = TYPE_INT8;
            bound->numbers[i] = htobe64((uint64_t)value->number);
            bound->values[i] = (const char *)&bound->numbers[i];
            bound->lengths[i] = (int)sizeof bound->numbers[i];
            break;
        case BW_SQL_TEXT:
            bound->types[i] = TYPE_TEXT;
            bound->values[i] = value->text;
            break;
        case BW_SQL_BLOB:
            bound->types[i] = TYPE_BYTEA;
            bound->values[i] = value->blob != NULL ? (const char *)value->blob : "";
            break;
        }
    }
}

/* ---- asking ---- */

/* Statements that make or change tables come once each: they aren't kept. */
static bool
is_of_tables(const char *sql)
{
    return strncmp(sql, "CREATE ", 7) == 0 || strncmp(sql, "ALTER ", 6) == 0 ||
           strncmp(sql, "DROP ", 5) == 0;
}

static PGresult *
ask(struct bw_central_postgres_db *self, const char *sql,
    const struct bw_central_postgres_bound *bound)
{
    int64_t until_ms =
        bw_central_mono_ms() + self->statement_ms + BW_CENTRAL_POSTGRES_GRACE_MS;
    if (is_of_tables(sql)) {
        return bw_central_postgres_exec(
            self, sql, self->statement_ms + BW_CENTRAL_POSTGRES_GRACE_MS, false);
    }
    PGresult *failed = bw_central_postgres_drain(self);
    if (failed != NULL) {
        return failed;
    }
    if (self->pooled) { /* CP4 */
        return PQsendQueryParams(self->db, sql, bound->count, bound->types, bound->values,
                   bound->lengths, bound->formats, 1) == 0
                   ? PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR)
                   : bw_central_postgres_wait(self, until_ms, false);
    }
    int slot = bw_central_postgres_keep(
        self, sql, bound->types, bound->count, until_ms, &failed);
    if (slot < 0) {
        return failed;
    }
    char name[BW_CENTRAL_POSTGRES_NAME_BYTES];
    bw_central_postgres_kept_name(&self->kept[slot], name);
    if (PQsendQueryPrepared(self->db, name, bound->count, bound->values, bound->lengths,
            bound->formats, 1) == 0) {
        return PQmakeEmptyPGresult(self->db, PGRES_FATAL_ERROR);
    }
    return bw_central_postgres_wait(self, until_ms, false);
}

/* ---- columns ---- */

static uint16_t
half_word(const char *at)
{
    uint16_t word;
    memcpy(&word, at, sizeof word);
    return be16toh(word);
}

/* sum() of whole numbers is a numeric: groups of four digits, the first of 10000^weight.
 * Its fraction, which none of ours has, is left out. */
static int64_t
numeric_of(const char *bytes)
{
    int groups = (int16_t)half_word(bytes);
    int weight = (int16_t)half_word(bytes + 2);
    int64_t value = 0;
    for (int i = 0; i <= weight; i++) {
        const char *group = bytes + 2 * (NUMERIC_HEAD + i);
        value = value * 10000 + (i < groups ? half_word(group) : 0);
    }
    return half_word(bytes + 4) == NUMERIC_NEGATIVE ? -value : value;
}

static int64_t
whole_of(const char *bytes, int length)
{
    uint64_t value = length > 0 && (bytes[0] & 0x80) != 0 ? UINT64_MAX : 0;
    for (int i = 0; i < length; i++) {
        value = value << 8 | (unsigned char)bytes[i];
    }
    return (int64_t)value;
}

static struct bw_sql_value
column(const PGresult *result, int row, int i)
{
    if (PQgetisnull(result, row, i) != 0) {
        return bw_sql_null();
    }
    const char *bytes = PQgetvalue(result, row, i);
    int length = PQgetlength(result, row, i);
    switch (PQftype(result, i)) {
    case TYPE_BOOL:
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return bw_sql_int(whole_of(bytes, length));
    case TYPE_NUMERIC:
        return bw_sql_int(numeric_of(bytes));
    case TYPE_BYTEA:
        return bw_sql_blob(length > 0 ? bytes : NULL, (size_t)length);
    default: {
        struct bw_sql_value value = bw_sql_text(bytes);
        value.bytes = (size_t)length;
        value.blob = (const uint8_t *)bytes;
        return value;
    }
    }
}

void
bw_central_postgres_columns(const PGresult *result, int at,
    struct bw_sql_value ret_columns[BW_CENTRAL_PARAMETERS_MAX])
{
    int count = PQnfields(result);
    assert(count <= BW_CENTRAL_PARAMETERS_MAX);
    for (int i = 0; i < count; i++) {
        ret_columns[i] = column(result, at, i);
    }
}

static void
give_rows(const PGresult *result, bw_sql_row *row, void *context)
{
    struct bw_sql_value columns[BW_CENTRAL_PARAMETERS_MAX];
    bool wanted = row != NULL;
    for (int at = 0; wanted && at < PQntuples(result); at++) {
        bw_central_postgres_columns(result, at, columns);
        wanted = row(columns, PQnfields(result), context);
    }
}

/* ---- the whole ---- */

/* Asking again is harmless where nothing was begun and nothing is changed. */
static bool
may_ask_again(const struct bw_central *central, const char *sql)
{
    return !central->in_transaction && central->reading == 0 &&
           strncmp(sql, "SELECT", 6) == 0;
}

static enum bw_status
run_as_is(struct bw_central *central, const char *sql,
    const struct bw_central_postgres_bound *bound, bw_sql_row *row, void *context,
    struct bw_error *err)
{
    struct bw_central_postgres_db *self = (struct bw_central_postgres_db *)central;
    PGresult *result = ask(self, sql, bound);
    if (!bw_postgres_is_fine(result) && PQstatus(self->db) == CONNECTION_BAD &&
        may_ask_again(central, sql) && bw_central_postgres_again(self, NULL) == BW_OK) {
        PQclear(result);
        result = ask(self, sql, bound);
    }
    enum bw_status status = BW_OK;
    central->changed = 0;
    if (!bw_postgres_is_fine(result)) {
        status = bw_central_postgres_fail(self, result, bw_said("using"), err);
    } else {
        central->changed = strncmp(PQcmdStatus(result), "SELECT", 6) == 0
                               ? 0
                               : atoll(PQcmdTuples(result));
        give_rows(result, row, context);
    }
    PQclear(result);
    return status;
}

enum bw_status
bw_central_postgres_run(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, bw_sql_row *row, void *context,
    struct bw_error *err)
{
    struct bw_central_postgres_bound bound;
    int known = bw_central_postgres_parameters(sql);
    assert(known <= count);
    (void)count; /* asserted alone */
    bw_central_postgres_bind(&bound, parameters, known);
    bool failed = false;
    char *translated = bw_central_postgres_sql(sql, &failed);
    enum bw_status status =
        failed ? bw_error_set(
                     err, BW_NO_MEMORY, ENOMEM, "using %s: no memory", central->name)
               : run_as_is(central, translated != NULL ? translated : sql, &bound, row,
                     context, err);
    free(translated);
    return status;
}
