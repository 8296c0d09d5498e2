/* Opening a central database in one SQLite file: see engine.h. One thread.
 *
 * WAL, synchronous=FULL, foreign keys on, what is deleted is overwritten. The file is
 * made for its owner alone; another program's database is left alone, and so is an empty
 * one but at init. What it holds is taken for hostile (C6). */
#include "central/engine/sqlite.h"
#include "central/engine/wait.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    WAIT_TURN_NS = 10 * 1000 * 1000,
    PROGRESS_OPS = 10000, /* of SQLite's machine, between two looks at the clock */
    LENGTH_MAX_BYTES = 64 * 1024 * 1024,
    SQL_MAX_BYTES = 64 * 1024,
    EXPRESSION_DEPTH_MAX = 100,
    OPEN_MS = 5000,
};

bool
bw_central_sqlite_wait(int64_t until_ms)
{
    struct timespec turn = {.tv_nsec = WAIT_TURN_NS};
    return bw_central_mono_ms() < until_ms && !bw_central_told_to_end() &&
           nanosleep(&turn, NULL) == 0;
}

/* C5, for locks that are SQLite's own: `tries` is 0 at the first of a wait. */
static int
on_busy(void *context, int tries)
{
    struct bw_central_sqlite_db *self = context;
    if (tries == 0) {
        self->busy_until_ms = bw_central_mono_ms() + self->base.lock_ms;
    }
    return bw_central_sqlite_wait(self->busy_until_ms);
}

int64_t
bw_central_sqlite_spent_ms(void)
{
    struct timespec spent;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return (int64_t)spent.tv_sec * 1000 + spent.tv_nsec / 1000000;
}

void
bw_central_sqlite_hurry(struct bw_central_sqlite_db *self)
{
    self->limit_ms = self->spent_ms() + BW_CENTRAL_SQLITE_STATEMENT_MS;
}

int
bw_central_sqlite_exec(struct bw_central_sqlite_db *self, const char *sql)
{
    bw_central_sqlite_hurry(self);
    return sqlite3_exec(self->db, sql, NULL, NULL, NULL);
}

static int
on_progress(void *context)
{
    const struct bw_central_sqlite_db *self = context;
    return self->spent_ms() > self->limit_ms;
}

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
    case SQLITE_CANTOPEN: /* it is there, but a file beside it can't be made */
        return BW_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_INTERRUPT: /* computed for too long: nothing of ours does */
        return BW_CORRUPT;
    case SQLITE_CONSTRAINT:
        return BW_REFUSED;
    case SQLITE_NOMEM:
        return BW_NO_MEMORY;
    default:
        return BW_IO;
    }
}

static const char *
advice_of(enum bw_status status)
{
    switch (status) {
    case BW_BUSY:
        return bw_said("another program holds it; try again");
    case BW_FULL:
        return bw_said("the disk is full; make room and try again");
    case BW_READ_ONLY:
        return bw_said(
            "it and its folder have to be writable; check their rights, or copy the "
            "database and its keys to where you may write");
    case BW_CORRUPT:
        return bw_said(
            "it is no central database, or it is damaged; restore it from a copy");
    case BW_NO_MEMORY:
        return bw_said("there is no memory left; close other programs and try again");
    case BW_OK:
    case BW_BAD_INPUT:
    case BW_NOT_FOUND:
    case BW_REFUSED:
    case BW_NEWER:
    case BW_OFFLINE:
    case BW_IO:
        break;
    }
    return bw_said("check the disk and try again");
}

/* As engine.h says. */
static int
errno_of(const struct bw_central_sqlite_db *self, int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
        return EEXIST;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return ENOENT;
    default:
        return sqlite3_system_errno(self->db);
    }
}

enum bw_status
bw_central_sqlite_fail(
    const struct bw_central_sqlite_db *self, const char *doing, struct bw_error *err)
{
    int code = sqlite3_extended_errcode(self->db);
    enum bw_status status = status_of(code);
    const char *advice =
        (code & 0xff) == SQLITE_INTERRUPT
            ? bw_said("it makes this program compute without end, which a "
                      "central database doesn't; restore it from a copy")
            : advice_of(status);
    return bw_error_set(err, status, errno_of(self, code), "%s %s: %s (%s)", doing,
        self->base.name, sqlite3_errmsg(self->db), advice);
}

void
bw_central_sqlite_close(struct bw_central *central)
{
    struct bw_central_sqlite_db *self = (struct bw_central_sqlite_db *)central;
    for (int i = 0; i < self->kept_count; i++) {
        (void)sqlite3_finalize(self->kept[i].statement);
        free(self->kept[i].sql);
    }
    (void)sqlite3_close(self->db);
    if (self->lock_fd >= 0) {
        (void)close(self->lock_fd);
    }
    if (self->turn_fd >= 0) {
        (void)close(self->turn_fd);
    }
    free(self->path);
    free(self->base.name);
    free(self->base.key_path);
    free(self);
}

static enum bw_status
keep_names(struct bw_central_sqlite_db *self, const char *uri, struct bw_error *err)
{
    const char *path = uri + strlen(BW_CENTRAL_SQLITE_SCHEME);
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
make_private_file(const struct bw_central_sqlite_db *self, struct bw_error *err)
{
    int fd = open(self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
        BW_CENTRAL_SQLITE_MODE);
    if (fd < 0 && errno == EEXIST) {
        return BW_OK; /* and never opened but by SQLite: a close drops its locks */
    }
    if (fd < 0) {
        return bw_error_set(err, errno == ENOENT ? BW_NOT_FOUND : BW_READ_ONLY, errno,
            "making %s: %s; check the folder and its rights", self->base.name,
            bw_said(strerror(errno)));
    }
    (void)close(fd);
    return BW_OK;
}

static enum bw_status
check_file(const struct bw_central_sqlite_db *self, enum bw_central_mode mode,
    struct bw_error *err)
{
    struct stat info;
    if (lstat(self->path, &info) != 0) {
        return bw_error_set(err, BW_NOT_FOUND, errno,
            "opening %s: %s; check the path, or make it with init", self->base.name,
            bw_said(strerror(errno)));
    }
    if (!S_ISREG(info.st_mode)) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "opening %s: it is no file%s; give the path of the database file itself",
            self->base.name,
            S_ISLNK(info.st_mode) ? bw_said(" but a symbolic link") : "");
    }
    if (info.st_size == 0 && mode == BW_CENTRAL_OPEN) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "opening %s: it is empty; run: brugwachter-sync --central %s init",
            self->base.name, self->base.name);
    }
    return BW_OK;
}

enum bw_status
bw_central_sqlite_pragma(struct bw_central_sqlite_db *self, const char *sql,
    int64_t *ret_value, struct bw_error *err)
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
    return code == SQLITE_ROW ? BW_OK
                              : bw_central_sqlite_fail(self, bw_said("opening"), err);
}

/* Another program's SQLite file has tables but not our mark: it is left alone. */
static enum bw_status
check_mark(struct bw_central_sqlite_db *self, struct bw_error *err)
{
    int64_t mark = 0;
    int64_t tables = 0;
    enum bw_status status =
        bw_central_sqlite_pragma(self, "PRAGMA application_id", &mark, err);
    if (status == BW_OK) {
        status = bw_central_sqlite_pragma(
            self, "SELECT count(*) FROM sqlite_master", &tables, err);
    }
    if (status == BW_OK && mark != BW_CENTRAL_SQLITE_MARK && tables > 0) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "opening %s: this is another program's database; give the path of the "
            "central database",
            self->base.name);
    }
    return status;
}

/* C6: before anything of the file is read. */
static void
distrust(struct bw_central_sqlite_db *self)
{
    static const struct {
        int what, to;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
    };
    static const struct {
        int what, to;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, LENGTH_MAX_BYTES},
        {SQLITE_LIMIT_SQL_LENGTH, SQL_MAX_BYTES},
        {SQLITE_LIMIT_EXPR_DEPTH, EXPRESSION_DEPTH_MAX},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        (void)sqlite3_db_config(self->db, settings[i].what, settings[i].to, NULL);
    }
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        (void)sqlite3_limit(self->db, limits[i].what, limits[i].to);
    }
    self->limit_ms = self->spent_ms() + OPEN_MS;
    sqlite3_progress_handler(self->db, PROGRESS_OPS, on_progress, self);
    (void)sqlite3_busy_handler(self->db, on_busy, self);
}

/* Links on the way to the folder are the user's; the file itself is never one. */
static int
open_file(struct bw_central_sqlite_db *self)
{
    char folder[PATH_MAX], path[PATH_MAX + NAME_MAX + 2];
    const char *slash = strrchr(self->path, '/');
    int bytes = snprintf(folder, sizeof folder, "%.*s",
        slash != NULL ? (int)(slash - self->path + 1) : 1,
        slash != NULL ? self->path : ".");
    char *real =
        bytes > 0 && (size_t)bytes < sizeof folder ? realpath(folder, NULL) : NULL;
    if (real == NULL) {
        return SQLITE_CANTOPEN;
    }
    bytes = snprintf(
        path, sizeof path, "%s/%s", real, slash != NULL ? slash + 1 : self->path);
    free(real);
    return bytes < 0 || (size_t)bytes >= sizeof path
               ? SQLITE_CANTOPEN
               : sqlite3_open_v2(path, &self->db,
                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
                     NULL);
}

static enum bw_status
connect(struct bw_central_sqlite_db *self, struct bw_error *err)
{
    if (open_file(self) != SQLITE_OK) {
        return self->db != NULL ? bw_central_sqlite_fail(self, bw_said("opening"), err)
                                : bw_error_set(err, BW_NOT_FOUND, 0,
                                      "opening %s: its path can't be followed; check it",
                                      self->base.name);
    }
    (void)sqlite3_extended_result_codes(self->db, 1);
    distrust(self);
    enum bw_status status = check_mark(self, err);
    if (status != BW_OK) {
        return status;
    }
    if (sqlite3_exec(self->db,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;"
            "PRAGMA mmap_size = 0; PRAGMA secure_delete = ON;"
            "PRAGMA cache_size = -65536;",
            NULL, NULL, NULL) != SQLITE_OK) {
        return bw_central_sqlite_fail(self, bw_said("opening"), err);
    }
    return BW_OK;
}

enum bw_status
bw_central_sqlite_open(const char *uri, enum bw_central_mode mode,
    struct bw_central **ret_central, struct bw_error *err)
{
    struct bw_central_sqlite_db *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "opening %s: no memory", uri);
    }
    self->base.lock_ms = BW_CENTRAL_LOCK_MS;
    self->spent_ms = bw_central_sqlite_spent_ms;
    self->lock_fd = -1;
    self->turn_fd = -1;
    enum bw_status status = keep_names(self, uri, err);
    if (status == BW_OK && mode == BW_CENTRAL_CREATE) {
        status = make_private_file(self, err);
    }
    if (status == BW_OK) {
        status = check_file(self, mode, err);
    }
    if (status == BW_OK) {
        status = connect(self, err);
    }
    if (status != BW_OK) {
        bw_central_sqlite_close(&self->base);
        return status;
    }
    *ret_central = &self->base;
    return BW_OK;
}
