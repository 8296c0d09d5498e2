/* The central database in one SQLite file: see central.h.
 *
 * WAL, synchronous=FULL, foreign keys on. Writers queue on a flock of PATH.lock before BEGIN
 * IMMEDIATE: SQLite's own waiting starves among many writers (200 of them: 22 s, the worst
 * waits 9 s; by the queue 6 s). Statements are prepared once and kept. One thread. */
#include "central.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEPT_MAX = 48, BUSY_MS = 30000, MODE_PRIVATE = 0600, APPLICATION_ID = 0x42574331 };

struct kept {
    char *sql;
    sqlite3_stmt *statement;
};

struct sqlite_central {
    struct bw_central base;
    sqlite3 *db;
    char *path;
    int lock_fd; /* -1 while not held */
    int kept_count, kept_next;
    struct kept kept[KEPT_MAX]; /* the oldest makes room */
};

static enum bw_status
status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return BW_BUSY;
    case SQLITE_FULL:
        return BW_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return BW_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return BW_CORRUPT;
    case SQLITE_CONSTRAINT:
        return BW_REFUSED;
    case SQLITE_NOMEM:
        return BW_NO_MEMORY;
    case SQLITE_CANTOPEN:
        return BW_NOT_FOUND;
    default:
        return BW_IO;
    }
}

static const char *
advice_of(enum bw_status status)
{
    switch (status) {
    case BW_BUSY:
        return "another program holds it; try again";
    case BW_FULL:
        return "the disk is full; make room and try again";
    case BW_READ_ONLY:
        return "you may not write there; check the rights of the file and its folder";
    case BW_CORRUPT:
        return "it is no central database, or it is damaged; restore it from a copy";
    case BW_NOT_FOUND:
        return "it can't be opened; check the path and its rights";
    case BW_NO_MEMORY:
        return "there is no memory left; close other programs and try again";
    case BW_OK:
    case BW_BAD_INPUT:
    case BW_REFUSED:
    case BW_NEWER:
    case BW_OFFLINE:
    case BW_IO:
        break;
    }
    return "check the disk and try again";
}

static enum bw_status
fail(const struct sqlite_central *self, const char *doing, struct bw_error *err)
{
    int code = sqlite3_extended_errcode(self->db);
    enum bw_status status = status_of(code);
    return bw_error_set(err, status, sqlite3_system_errno(self->db),
        "%s %s: %s (%s)", doing, self->base.name, sqlite3_errmsg(self->db),
        advice_of(status));
}

static void
close_central(struct bw_central *central)
{
    struct sqlite_central *self = (struct sqlite_central *)central;
    for (int i = 0; i < self->kept_count; i++) {
        (void)sqlite3_finalize(self->kept[i].statement);
        free(self->kept[i].sql);
    }
    (void)sqlite3_close(self->db);
    if (self->lock_fd >= 0) {
        (void)close(self->lock_fd);
    }
    free(self->path);
    free(self->base.name);
    free(self->base.key_path);
    free(self);
}

static enum bw_status
take_names(struct sqlite_central *self, const char *uri, struct bw_error *err)
{
    const char *path = uri + strlen(self->base.engine->scheme);
    if (strncmp(path, "//", 2) == 0) { /* sqlite:///var/lib/… */
        path += 2;
    }
    self->path = strdup(path);
    self->base.name = strdup(uri);
    if (asprintf(&self->base.key_path, "%s.key", path) < 0) {
        self->base.key_path = NULL;
    }
    if (self->path == NULL || self->base.name == NULL || self->base.key_path == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "opening %s: no memory", uri);
    }
    return BW_OK;
}

/* Personal data lies in it, so it is made for its owner alone, before SQLite would. */
static enum bw_status
make_private_file(const struct sqlite_central *self, struct bw_error *err)
{
    int fd = open(self->path, O_RDWR | O_CREAT | O_CLOEXEC, MODE_PRIVATE);
    if (fd < 0) {
        return bw_error_set(err, errno == ENOENT ? BW_NOT_FOUND : BW_READ_ONLY, errno,
            "making %s: %s; check the folder and its rights", self->base.name,
            strerror(errno));
    }
    (void)close(fd);
    return BW_OK;
}

static enum bw_status
check_file(const struct sqlite_central *self, struct bw_error *err)
{
    struct stat info;
    if (stat(self->path, &info) != 0) {
        return bw_error_set(err, BW_NOT_FOUND, errno,
            "opening %s: %s; check the path, or make it with init", self->base.name,
            strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "opening %s: it is no file; give the path of the database file",
            self->base.name);
    }
    return BW_OK;
}

static enum bw_status
read_pragma(struct sqlite_central *self, const char *sql, int64_t *ret_value,
    struct bw_error *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(self->db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
    }
    if (code == SQLITE_ROW) {
        *ret_value = sqlite3_column_int64(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return code == SQLITE_ROW ? BW_OK : fail(self, "opening", err);
}

/* Another program's SQLite file has tables but not our mark: it is left alone. */
static enum bw_status
check_mark(struct sqlite_central *self, struct bw_error *err)
{
    int64_t mark = 0;
    int64_t tables = 0;
    enum bw_status status = read_pragma(self, "PRAGMA application_id", &mark, err);
    if (status == BW_OK) {
        status = read_pragma(self, "SELECT count(*) FROM sqlite_master", &tables, err);
    }
    if (status == BW_OK && mark != APPLICATION_ID && tables > 0) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "opening %s: this is another program's database; give the path of the central "
            "database",
            self->base.name);
    }
    return status;
}

static enum bw_status
connect(struct sqlite_central *self, struct bw_error *err)
{
    if (sqlite3_open_v2(self->path, &self->db,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        return fail(self, "opening", err);
    }
    (void)sqlite3_extended_result_codes(self->db, 1);
    (void)sqlite3_busy_timeout(self->db, BUSY_MS);
    enum bw_status status = check_mark(self, err);
    if (status != BW_OK) {
        return status;
    }
    if (sqlite3_exec(self->db,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
            "PRAGMA secure_delete = ON;"
            "PRAGMA cache_size = -65536;",
            NULL, NULL, NULL) != SQLITE_OK) {
        return fail(self, "opening", err);
    }
    return BW_OK;
}

static enum bw_status
open_central(const char *uri, enum bw_central_mode mode, struct bw_central **ret_central,
    struct bw_error *err)
{
    struct sqlite_central *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "opening %s: no memory", uri);
    }
    self->base.engine = &bw_central_sqlite;
    self->lock_fd = -1;
    enum bw_status status = take_names(self, uri, err);
    if (status == BW_OK && mode == BW_CENTRAL_CREATE) {
        status = make_private_file(self, err);
    }
    if (status == BW_OK) {
        status = check_file(self, err);
    }
    if (status == BW_OK) {
        status = connect(self, err);
    }
    if (status != BW_OK) {
        close_central(&self->base);
        return status;
    }
    *ret_central = &self->base;
    return BW_OK;
}

/* ---- statements ---- */

static int
bind(sqlite3_stmt *statement, const struct bw_sql_value *parameters, int count)
{
    int named = sqlite3_bind_parameter_count(statement);
    int code = SQLITE_OK;
    for (int i = 1; i <= named && code == SQLITE_OK; i++) {
        int number = atoi(sqlite3_bind_parameter_name(statement, i) + 1);
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
        return bw_sql_text(text != NULL ? text : "");
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

/* A statement that is running (a row's handler runs the same SQL) isn't handed out again. */
static sqlite3_stmt *
find_kept(struct sqlite_central *self, const char *sql)
{
    for (int i = 0; i < self->kept_count; i++) {
        if (strcmp(self->kept[i].sql, sql) == 0 &&
            sqlite3_stmt_busy(self->kept[i].statement) == 0) {
            return self->kept[i].statement;
        }
    }
    return NULL;
}

static void
keep(struct sqlite_central *self, const char *sql, sqlite3_stmt *statement)
{
    char *copy = strdup(sql);
    int slot = self->kept_count;
    if (slot == KEPT_MAX) {
        slot = self->kept_next;
        self->kept_next = (slot + 1) % KEPT_MAX;
    }
    bool taken = slot < self->kept_count;
    if (copy == NULL || (taken && sqlite3_stmt_busy(self->kept[slot].statement) != 0)) {
        free(copy);
        (void)sqlite3_finalize(statement);
        return;
    }
    if (taken) {
        (void)sqlite3_finalize(self->kept[slot].statement);
        free(self->kept[slot].sql);
    } else {
        self->kept_count++;
    }
    self->kept[slot] = (struct kept){ .sql = copy, .statement = statement };
}

static enum bw_status
run(struct bw_central *central, const char *sql, const struct bw_sql_value *parameters,
    int count, bw_sql_row *row, void *context, struct bw_error *err)
{
    struct sqlite_central *self = (struct sqlite_central *)central;
    sqlite3_stmt *statement = find_kept(self, sql);
    bool fresh = statement == NULL;
    if (fresh &&
        sqlite3_prepare_v3(self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
            SQLITE_OK) {
        return fail(self, "asking", err);
    }
    int code = bind(statement, parameters, count);
    int64_t before = sqlite3_total_changes64(self->db);
    if (code == SQLITE_OK) {
        code = step_all(statement, row, context);
    }
    enum bw_status status = code == SQLITE_DONE ? BW_OK : fail(self, "using", err);
    central->changed = sqlite3_stmt_readonly(statement) != 0
        ? 0
        : sqlite3_total_changes64(self->db) - before;
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
    if (fresh) {
        keep(self, sql, statement);
    }
    return status;
}

/* ---- transactions ---- */

static void
unlock(struct sqlite_central *self)
{
    if (self->lock_fd >= 0) {
        (void)close(self->lock_fd); /* the lock goes with it */
        self->lock_fd = -1;
    }
}

static enum bw_status
lock(struct sqlite_central *self, struct bw_error *err)
{
    char *path = NULL;
    if (asprintf(&path, "%s.lock", self->path) < 0) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "writing to %s: no memory", self->base.name);
    }
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, MODE_PRIVATE);
    free(path);
    if (fd < 0) {
        return bw_error_set(err, BW_READ_ONLY, errno,
            "writing to %s: its lock file can't be opened (%s); check the rights of the "
            "folder",
            self->base.name, strerror(errno));
    }
    while (flock(fd, LOCK_EX) != 0) {
        if (errno != EINTR) {
            enum bw_status status = bw_error_set(err, BW_IO, errno,
                "writing to %s: waiting for its lock failed (%s)", self->base.name,
                strerror(errno));
            (void)close(fd);
            return status;
        }
    }
    self->lock_fd = fd;
    return BW_OK;
}

static enum bw_status
begin(struct bw_central *central, struct bw_error *err)
{
    struct sqlite_central *self = (struct sqlite_central *)central;
    enum bw_status status = lock(self, err);
    if (status != BW_OK) {
        return status;
    }
    if (sqlite3_exec(self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK) {
        status = fail(self, "writing to", err);
        unlock(self);
    }
    return status;
}

static enum bw_status
commit(struct bw_central *central, struct bw_error *err)
{
    struct sqlite_central *self = (struct sqlite_central *)central;
    if (sqlite3_exec(self->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        return fail(self, "writing to", err);
    }
    unlock(self);
    return BW_OK;
}

static void
rollback(struct bw_central *central)
{
    struct sqlite_central *self = (struct sqlite_central *)central;
    (void)sqlite3_exec(self->db, "ROLLBACK", NULL, NULL, NULL);
    unlock(self);
}

/* secure_delete overwrites in the file; what was written before still stands in the WAL. */
static enum bw_status
sweep(struct bw_central *central, struct bw_error *err)
{
    struct sqlite_central *self = (struct sqlite_central *)central;
    int64_t busy = 0;
    enum bw_status status =
        read_pragma(self, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err);
    if (status == BW_OK && busy != 0) {
        return bw_error_set(err, BW_BUSY, 0,
            "clearing %s: another program reads it, so old pages stay in its WAL until it "
            "ends; close it and purge again",
            central->name);
    }
    return status;
}

static enum bw_status
schema_version(struct bw_central *central, int64_t *ret_version, struct bw_error *err)
{
    return read_pragma(
        (struct sqlite_central *)central, "PRAGMA user_version", ret_version, err);
}

static enum bw_status
set_schema_version(struct bw_central *central, int64_t version, struct bw_error *err)
{
    struct sqlite_central *self = (struct sqlite_central *)central;
    char sql[96];
    (void)snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d",
        (int)version, (int)APPLICATION_ID);
    return sqlite3_exec(self->db, sql, NULL, NULL, NULL) == SQLITE_OK
        ? BW_OK
        : fail(self, "setting up", err);
}

const struct bw_central_engine bw_central_sqlite = {
    .scheme = "sqlite:",
    .open = open_central,
    .close = close_central,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .run = run,
    .sweep = sweep,
    .schema_version = schema_version,
    .set_schema_version = set_schema_version,
};
