/* What the files of the PostgreSQL adapter share: connecting (postgres_open.c),
 * statements (postgres_run.c, postgres_kept.c, many at once postgres_bulk.c, and
 * postgres_wait.c for their answers), transactions (postgres.c), the
 * schema (postgres_schema.c), errors and SQL (postgres_error.c,
 * postgres_sql.c).
 *
 * Statements that were put (bw_central_put) are on their way in libpq's pipeline until
 * bw_central_postgres_drain: whatever else is sent comes after that.
 * Nobody else's. One thread, that of the database. */
#ifndef BW_SYNC_CENTRAL_POSTGRES_H
#define BW_SYNC_CENTRAL_POSTGRES_H

#include "central/base/postgres.h"
#include "central/engine/engine.h"

#include <libpq-fe.h>
#include <stdbool.h>

enum {
    BW_CENTRAL_POSTGRES_OLDEST = 130000, /* PQserverVersion's way of writing 13 */
    BW_CENTRAL_POSTGRES_KEPT_MAX = 256,
    BW_CENTRAL_POSTGRES_NAME_BYTES = 16,
    /* the server ends a statement then, and we ourselves a little later: a standby that
     * is gone holds a commit for ever */
    BW_CENTRAL_POSTGRES_STATEMENT_MS = 600000,
    BW_CENTRAL_POSTGRES_COMMIT_MS = 30000, /* of which the server ends none */
    BW_CENTRAL_POSTGRES_GRACE_MS = 5000,
    BW_CENTRAL_POSTGRES_ASK_MS = 15000, /* what became of a commit */
};

/* A statement that the server has prepared, under a name with its number. */
struct bw_central_postgres_kept {
    uint64_t hash; /* of `sql` and `types` */
    char *sql;
    Oid types[BW_CENTRAL_PARAMETERS_MAX];
    int count;
    unsigned number;
};

struct bw_central_postgres_db {
    struct bw_central base;
    PGconn *db;
    int statement_ms;  /* its deadline */
    int commit_ms;     /* a commit's */
    int ask_ms;        /* what became of a commit is asked so long */
    bool pooled;       /* each transaction may be in another session of the server */
    int piped;         /* sent, and their answers not read yet */
    unsigned prepared; /* how many, ever */
    int kept_count;
    struct bw_central_postgres_kept kept[BW_CENTRAL_POSTGRES_KEPT_MAX];
};

/* ---- SQL ---- */

/* The shared SQL as PostgreSQL has it: the types of a CREATE TABLE or ALTER TABLE, and
 * SQLite's CROSS JOIN with ON. NULL where it is the same, which it nearly always is, and
 * without memory (*ret_failed). The caller frees. */
char *bw_central_postgres_sql(const char *sql, bool *ret_failed);

/* ---- errors ---- */

/* Fills err with the sentence of a failed result (NULL: of the connection) and with what
 * to do; returns its status, never BW_OK. */
enum bw_status bw_central_postgres_fail(const struct bw_central_postgres_db *self,
    const PGresult *result, const char *doing, struct bw_error *err);

/* ---- connecting ---- */

/* The engine's open and close: as bw_central_open and bw_central_close, which the caller
 * of open owes, and with their errors: BW_BAD_INPUT, BW_OFFLINE, BW_REFUSED and so on. */
BW_NODISCARD enum bw_status bw_central_postgres_open(const char *uri,
    enum bw_central_mode mode, struct bw_central **ret_central, struct bw_error *err);
void bw_central_postgres_close(struct bw_central *central);

/* Connects anew: what was prepared or begun is gone. BW_OFFLINE, BW_REFUSED. */
BW_NODISCARD enum bw_status bw_central_postgres_again(
    struct bw_central_postgres_db *self, struct bw_error *err);

/* ---- statements ---- */

/* Waits for what was sent, to a time by bw_central_mono_ms at most: the last result, or
 * the first that failed; the caller's to clear, NULL without memory. Where nothing came
 * in time the connection is given up. `gives_up`: where the program is told to end, the
 * statement is cancelled. */
PGresult *bw_central_postgres_wait(
    struct bw_central_postgres_db *self, int64_t until_ms, bool gives_up);

/* Sends SQL that is PostgreSQL's own and waits for it, `wait_ms` at most; several
 * statements are one transaction, or set one up. As bw_central_postgres_wait. */
PGresult *bw_central_postgres_exec(
    struct bw_central_postgres_db *self, const char *sql, int wait_ms, bool gives_up);

/* Where in self->kept a statement with parameters of these types stands, prepared now if
 * it wasn't; -1 where that failed, with *ret_failed as bw_central_postgres_wait. */
int bw_central_postgres_keep(struct bw_central_postgres_db *self, const char *sql,
    const Oid *types, int count, int64_t until_ms, PGresult **ret_failed);

/* One call's parameters as libpq takes them; texts and blobs are the caller's. */
struct bw_central_postgres_bound {
    Oid types[BW_CENTRAL_PARAMETERS_MAX];
    const char *values[BW_CENTRAL_PARAMETERS_MAX];
    int lengths[BW_CENTRAL_PARAMETERS_MAX];
    int formats[BW_CENTRAL_PARAMETERS_MAX];
    uint64_t numbers[BW_CENTRAL_PARAMETERS_MAX];
    int count;
};
void bw_central_postgres_bind(struct bw_central_postgres_bound *bound,
    const struct bw_sql_value *parameters, int count);

/* How many parameters the statement knows: the server refuses others. */
int bw_central_postgres_parameters(const char *sql);

/* When what is sent now has to be done, by bw_central_mono_ms. */
int64_t bw_central_postgres_until_ms(const struct bw_central_postgres_db *self);

/* Reads the answers of all that is in the pipeline, and ends it: those that went well
 * into `ret_results`, counted by *count and the caller's to clear (NULL: nobody wants
 * them). What it gives is as for bw_central_postgres_drain. */
PGresult *bw_central_postgres_collect(
    struct bw_central_postgres_db *self, PGresult **ret_results, int *count);

/* Reads what was put has come to: NULL where all of it went well, else the first that
 * failed, the caller's to clear. Nothing is in the pipeline then. */
PGresult *bw_central_postgres_drain(struct bw_central_postgres_db *self);

/* Row `at` of a result, as bw_sql_row has it: columns last as long as the result. */
void bw_central_postgres_columns(const PGresult *result, int at,
    struct bw_sql_value ret_columns[BW_CENTRAL_PARAMETERS_MAX]);

/* Forgets what the server had prepared. */
void bw_central_postgres_forget(struct bw_central_postgres_db *self);

/* The name on the server of a kept statement. */
void bw_central_postgres_kept_name(const struct bw_central_postgres_kept *kept,
    char ret_name[BW_CENTRAL_POSTGRES_NAME_BYTES]);

/* The engine's run: as bw_central_run, and with its errors: BW_REFUSED and so on. */
BW_NODISCARD enum bw_status bw_central_postgres_run(struct bw_central *central,
    const char *sql, const struct bw_sql_value *parameters, int count, bw_sql_row *row,
    void *context, struct bw_error *err);

/* The engine's put, each and insert, in the same way. */
BW_NODISCARD enum bw_status bw_central_postgres_put(struct bw_central *central,
    const char *sql, const struct bw_sql_value *parameters, int count,
    struct bw_error *err);
BW_NODISCARD enum bw_status bw_central_postgres_each(struct bw_central *central,
    const char *sql, const struct bw_sql_value *parameters, int count, size_t times,
    bw_sql_each_row *row, void *context, struct bw_error *err);
BW_NODISCARD enum bw_status bw_central_postgres_insert(struct bw_central *central,
    const struct bw_sql_columns *columns, size_t rows, bw_sql_fill *fill,
    const void *context, struct bw_error *err);

/* ---- the schema: the engine's, with its errors ---- */

/* The version that central_schema states; 0 where there's no such table. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_central_postgres_version(
    struct bw_central *central, int64_t *ret_version, struct bw_error *err);
/* States it. What the database answers. */
BW_NODISCARD enum bw_status bw_central_postgres_set_version(
    struct bw_central *central, int64_t version, struct bw_error *err);
/* BW_CORRUPT where the tables aren't those that our steps make up to `version`. */
BW_NODISCARD enum bw_status bw_central_postgres_schema_check(
    struct bw_central *central, int64_t version, struct bw_error *err);

#endif
