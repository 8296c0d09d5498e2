/* The central database in one SQLite file: statements and transactions; see engine.h.
 *
 * Writers queue on a flock of PATH.lock before BEGIN IMMEDIATE: SQLite's own waiting
 * starves among many writers (200 of them: 22 s, the worst waits 9 s; by the lock 6 s).
 * It is asked for again and again rather than waited for: a wait for flock has no end of
 * its own (C5). Statements are prepared once and kept. One thread. */
#include "central/engine/sqlite.h"
#include "central/engine/wait.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* "$3" is 3. Read once a statement: SQLite walks a list for each name. */
static void
numbers_read(struct bw_central_sqlite_kept *kept)
{
    kept->numbers_count = sqlite3_bind_parameter_count(kept->statement);
    assert(kept->numbers_count <= BW_CENTRAL_PARAMETERS_MAX);
    for (int i = 0; i < kept->numbers_count; i++) {
        kept->numbers[i] =
            (uint8_t)atoi(sqlite3_bind_parameter_name(kept->statement, i + 1) + 1);
    }
}

static int
bind(const struct bw_central_sqlite_kept *kept, const struct bw_sql_value *parameters,
    int count)
{
    sqlite3_stmt *statement = kept->statement;
    int code = SQLITE_OK;
    for (int i = 1; i <= kept->numbers_count && code == SQLITE_OK; i++) {
        int number = kept->numbers[i - 1];
        assert(number >= 1 && number <= count);
        const struct bw_sql_value *value = &parameters[number - 1];
        switch (value->type) {
        case BW_SQL_NULL:
            code = sqlite3_bind_null(statement, i);
            break;
        case BW_SQL_INT:
            code = sqlite3_bind_int64(statement, i, value->number);
            break;
        case BW_SQL_TEXT:
            code = sqlite3_bind_text(
                statement, i, value->text, (int)value->bytes, SQLITE_STATIC);
            break;
        case BW_SQL_BLOB:
            code = sqlite3_bind_blob(statement, i,
                value->blob != NULL ? (const void *)value->blob : "", (int)value->bytes,
                SQLITE_STATIC);
            break;
        }
    }
    (void)count; /* asserted alone */
    return code;
}

static struct bw_sql_value
column(sqlite3_stmt *statement, int i)
{
    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_INTEGER:
        return bw_sql_int(sqlite3_column_int64(statement, i));
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(statement, i);
        struct bw_sql_value value = bw_sql_text(text != NULL ? text : "");
        value.blob = (const uint8_t *)value.text; /* `bytes` hold for whichever is read */
        return value;
    }
    case SQLITE_BLOB:
        return bw_sql_blob(sqlite3_column_blob(statement, i),
            (size_t)sqlite3_column_bytes(statement, i));
    default:
        return bw_sql_null();
    }
}

static int
step_all(sqlite3_stmt *statement, bw_sql_row *row, void *context)
{
    int code;
    bool wanted = row != NULL;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        struct bw_sql_value columns[BW_CENTRAL_PARAMETERS_MAX];
        int count = sqlite3_column_count(statement);
        assert(count <= BW_CENTRAL_PARAMETERS_MAX);
        if (!wanted) {
            continue; /* a statement that writes goes on to its end */
        }
        for (int i = 0; i < count; i++) {
            columns[i] = column(statement, i);
        }
        wanted = row(columns, count, context);
        if (!wanted && sqlite3_stmt_readonly(statement) != 0) {
            return SQLITE_DONE;
        }
    }
    return code;
}

/* A statement that is running (a row's handler runs the same SQL) isn't
 * handed out again. Whoever has many rows asks the same few for each, in the same order:
 * the one after the last is looked at first. */
static bool
find_kept(struct bw_central_sqlite_db *self, const char *sql,
    struct bw_central_sqlite_kept *ret_kept)
{
    for (int looked = 0; looked < self->kept_count; looked++) {
        int i = (self->kept_last + 1 + looked) % self->kept_count;
        if (strcmp(self->kept[i].sql, sql) == 0 &&
            sqlite3_stmt_busy(self->kept[i].statement) == 0) {
            *ret_kept = self->kept[i];
            self->kept_last = i;
            return true;
        }
    }
    return false;
}

static void
keep(struct bw_central_sqlite_db *self, const char *sql,
    const struct bw_central_sqlite_kept *fresh)
{
    char *copy = strdup(sql);
    int slot = self->kept_count;
    if (slot == BW_CENTRAL_SQLITE_KEPT_MAX) {
        slot = self->kept_next;
        self->kept_next = (slot + 1) % BW_CENTRAL_SQLITE_KEPT_MAX;
    }
    bool taken = slot < self->kept_count;
    if (copy == NULL || (taken && sqlite3_stmt_busy(self->kept[slot].statement) != 0)) {
        free(copy);
        (void)sqlite3_finalize(fresh->statement);
        return;
    }
    if (taken) {
        (void)sqlite3_finalize(self->kept[slot].statement);
        free(self->kept[slot].sql);
    } else {
        self->kept_count++;
    }
    self->kept[slot] = *fresh;
    self->kept[slot].sql = copy;
}

static enum bw_status
run(struct bw_central *central, const char *sql, const struct bw_sql_value *parameters,
    int count, bw_sql_row *row, void *context, struct bw_error *err)
{
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    struct bw_central_sqlite_kept used;
    bool fresh = !find_kept(self, sql, &used);
    if (fresh && sqlite3_prepare_v3(self->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                     &used.statement, NULL) != SQLITE_OK) {
        return bw_central_sqlite_fail(self, bw_said("asking"), err);
    }
    if (fresh) {
        numbers_read(&used);
    }
    bw_central_sqlite_hurry(self);
    int code = bind(&used, parameters, count);
    int64_t before = sqlite3_total_changes64(self->db);
    if (code == SQLITE_OK) {
        code = step_all(used.statement, row, context);
    }
    enum bw_status status =
        code == SQLITE_DONE ? BW_OK : bw_central_sqlite_fail(self, bw_said("using"), err);
    central->changed = sqlite3_stmt_readonly(used.statement) != 0
                           ? 0
                           : sqlite3_total_changes64(self->db) - before;
    (void)sqlite3_reset(used.statement);
    (void)sqlite3_clear_bindings(used.statement);
    if (fresh) {
        keep(self, sql, &used);
    }
    return status;
}

/* ---- transactions ---- */

/* Who reads passes by once, and a large cache would grow with the file; who writes meets
 * the same pages of an index again and again. In KiB. */
#define READ_CACHE "PRAGMA cache_size = -1024; "
#define WRITE_CACHE "PRAGMA cache_size = -65536; "

static void
unlock(struct bw_central_sqlite_db *self)
{
    if (self->lock_fd >= 0) {
        (void)close(self->lock_fd); /* the lock goes with it */
        self->lock_fd = -1;
    }
}

/* A file beside the database, to be locked. The caller closes *ret_fd. */
static enum bw_status
lock_file_open(const struct bw_central_sqlite_db *self, const char *ending, int *ret_fd,
    struct bw_error *err)
{
    char *path = NULL;
    if (asprintf(&path, "%s%s", self->path, ending) < 0) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "writing to %s: no memory", self->base.name);
    }
    int fd =
        open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, BW_CENTRAL_SQLITE_MODE);
    free(path);
    if (fd < 0) {
        return bw_error_set(err, BW_READ_ONLY, errno,
            "writing to %s: its lock file can't be opened (%s); "
            "check the rights of the folder",
            self->base.name, bw_said(strerror(errno)));
    }
    *ret_fd = fd;
    return BW_OK;
}

static enum bw_status
lock(struct bw_central_sqlite_db *self, struct bw_error *err)
{
    int fd = -1;
    enum bw_status status = lock_file_open(self, ".lock", &fd, err);
    if (status != BW_OK) {
        return status;
    }
    int64_t until_ms = bw_central_mono_ms() + self->base.lock_ms;
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int number = errno;
        if (number == EINTR ||
            (number == EWOULDBLOCK && bw_central_sqlite_wait(until_ms))) {
            continue;
        }
        (void)close(fd);
        return number == EWOULDBLOCK
                   ? bw_error_set(err, BW_BUSY, 0,
                         "writing to %s: another program has been writing to it for "
                         "%d s; wait until it is done, or end it, then try again",
                         self->base.name, self->base.lock_ms / 1000)
                   : bw_error_set(err, BW_IO, number,
                         "writing to %s: waiting for its lock failed (%s); check the "
                         "disk and try again",
                         self->base.name, bw_said(strerror(number)));
    }
    self->lock_fd = fd;
    return BW_OK;
}

/* There is one writer. */
static enum bw_status
begin(struct bw_central *central, enum bw_central_way way, struct bw_error *err)
{
    (void)way;
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    enum bw_status status = lock(self, err);
    if (status != BW_OK) {
        return status;
    }
    if (bw_central_sqlite_exec(self, WRITE_CACHE "BEGIN IMMEDIATE") != SQLITE_OK) {
        status = bw_central_sqlite_fail(self, bw_said("writing to"), err);
        unlock(self);
    }
    return status;
}

static enum bw_status
commit(struct bw_central *central, struct bw_error *err)
{
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    if (bw_central_sqlite_exec(self, "COMMIT") != SQLITE_OK) {
        return bw_central_sqlite_fail(self, bw_said("writing to"), err);
    }
    unlock(self);
    return BW_OK;
}

/* Again where memory ended at the first: else it would stay open, and every later one be
 * refused. */
static void
roll_back_all(struct bw_central_sqlite_db *self)
{
    for (int i = 0; i < 2 && sqlite3_get_autocommit(self->db) == 0; i++) {
        (void)bw_central_sqlite_exec(self, "ROLLBACK");
    }
}

static void
rollback(struct bw_central *central)
{
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    roll_back_all(self);
    unlock(self);
}

/* BEGIN alone takes no snapshot: the first read does. */
static enum bw_status
read_begin(struct bw_central *central, struct bw_error *err)
{
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    if (bw_central_sqlite_exec(self, READ_CACHE "BEGIN; SELECT 1 FROM central") !=
        SQLITE_OK) {
        enum bw_status status = bw_central_sqlite_fail(self, bw_said("reading"), err);
        roll_back_all(self);
        return status;
    }
    return BW_OK;
}

static bool
on_integrity(const struct bw_sql_value *columns, int count, void *context)
{
    assert(count == 1);
    *(bool *)context = strcmp(columns[0].text, "ok") == 0;
    return false;
}

static bool
on_orphan(const struct bw_sql_value *columns, int count, void *context)
{
    (void)columns;
    (void)count;
    *(bool *)context = false;
    return false;
}

static enum bw_status
integrity(struct bw_central *central, bool *ret_holds, struct bw_error *err)
{
    bool holds = false;
    enum bw_status status =
        run(central, "PRAGMA integrity_check(1)", NULL, 0, on_integrity, &holds, err);
    if (status == BW_OK) {
        status =
            run(central, "PRAGMA foreign_key_check", NULL, 0, on_orphan, &holds, err);
    }
    if (status == BW_OK) {
        *ret_holds = holds;
    }
    return status;
}

/* secure_delete overwrites what it frees, but a page that was split or moved together may
 * keep a copy between its cells: the file is written anew, from rows alone. */
static enum bw_status
rewrite(struct bw_central_sqlite_db *self, struct bw_error *err)
{
    (void)sqlite3_limit(self->db, SQLITE_LIMIT_ATTACHED, 1); /* where it is written to */
    self->limit_ms = INT64_MAX;                              /* as long as the file is */
    int code = sqlite3_exec(self->db, "VACUUM", NULL, NULL, NULL);
    bw_central_sqlite_hurry(self);
    (void)sqlite3_limit(self->db, SQLITE_LIMIT_ATTACHED, 0);
    return code == SQLITE_OK ? BW_OK
                             : bw_central_sqlite_fail(self, bw_said("clearing"), err);
}

/* What was written before still stands in the WAL. */
static enum bw_status
sweep(struct bw_central *central, struct bw_error *err)
{
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    int64_t busy = 0;
    enum bw_status status = rewrite(self, err);
    if (status == BW_OK) {
        status =
            bw_central_sqlite_pragma(self, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err);
    }
    if (status == BW_OK && busy != 0) {
        return bw_error_set(err, BW_BUSY, 0,
            "clearing %s: another program reads it, so old pages stay in its WAL until "
            "it ends; close it and purge again",
            central->name);
    }
    return status;
}

/* A lock of its own, which a killed program leaves to the next. */
static enum bw_status
take_turn(struct bw_central *central, bool *ret_taken, struct bw_error *err)
{
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    int fd = -1;
    enum bw_status status = lock_file_open(self, ".turn", &fd, err);
    if (status != BW_OK) {
        return status;
    }
    bool taken = flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (taken) {
        self->turn_fd = fd;
    } else {
        (void)close(fd);
    }
    *ret_taken = taken;
    return BW_OK;
}

static enum bw_status
schema_version(struct bw_central *central, int64_t *ret_version, struct bw_error *err)
{
    return bw_central_sqlite_pragma(
        (struct bw_central_sqlite_db *)central, "PRAGMA user_version", ret_version, err);
}

static enum bw_status
set_schema_version(struct bw_central *central, int64_t version, struct bw_error *err)
{
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    char sql[96];
    (void)snprintf(sql, sizeof sql,
        "PRAGMA user_version = %d; PRAGMA application_id = %d", (int)version,
        (int)BW_CENTRAL_SQLITE_MARK);
    return bw_central_sqlite_exec(self, sql) == SQLITE_OK
               ? BW_OK
               : bw_central_sqlite_fail(self, bw_said("setting up"), err);
}

const struct bw_central_engine bw_central_sqlite = {
    .scheme = BW_CENTRAL_SQLITE_SCHEME,
    .open = bw_central_sqlite_open,
    .close = bw_central_sqlite_close,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .read_begin = read_begin,
    .run = run,
    .mark_sealed = "UPDATE sealed SET mark = $2 WHERE series = $1 AND mark = 0",
    .integrity = integrity,
    .sweep = sweep,
    .take_turn = take_turn,
    .schema_version = schema_version,
    .schema_check = bw_central_sqlite_schema_check,
    .set_schema_version = set_schema_version,
};
