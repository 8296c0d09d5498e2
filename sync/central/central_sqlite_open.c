/* Opening a central database in one SQLite file: see central.h. One thread.
 *
 * WAL, synchronous=FULL, foreign keys on, what is deleted is overwritten. The file is
 * made for its owner alone; another program's database is left alone. */
#include "central/central_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 30000 };

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

enum bw_status
bw_sqlite_fail(
    const struct bw_sqlite_central *self, const char *doing, struct bw_error *err)
{
    int code = sqlite3_extended_errcode(self->db);
    enum bw_status status = status_of(code);
    return bw_error_set(err, status, sqlite3_system_errno(self->db), "%s %s: %s (%s)",
        doing, self->base.name, sqlite3_errmsg(self->db), advice_of(status));
}

void
bw_sqlite_close(struct bw_central *central)
{
    struct bw_sqlite_central *self = (struct bw_sqlite_central *)central;
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
take_names(struct bw_sqlite_central *self, const char *uri, struct bw_error *err)
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
make_private_file(const struct bw_sqlite_central *self, struct bw_error *err)
{
    int fd = open(self->path, O_RDWR | O_CREAT | O_CLOEXEC, BW_SQLITE_MODE);
    if (fd < 0) {
        return bw_error_set(err, errno == ENOENT ? BW_NOT_FOUND : BW_READ_ONLY, errno,
            "making %s: %s; check the folder and its rights", self->base.name,
            strerror(errno));
    }
    (void)close(fd);
    return BW_OK;
}

static enum bw_status
check_file(const struct bw_sqlite_central *self, struct bw_error *err)
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

enum bw_status
bw_sqlite_pragma(struct bw_sqlite_central *self, const char *sql, int64_t *ret_value,
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
    return code == SQLITE_ROW ? BW_OK : bw_sqlite_fail(self, "opening", err);
}

/* Another program's SQLite file has tables but not our mark: it is left alone. */
static enum bw_status
check_mark(struct bw_sqlite_central *self, struct bw_error *err)
{
    int64_t mark = 0;
    int64_t tables = 0;
    enum bw_status status = bw_sqlite_pragma(self, "PRAGMA application_id", &mark, err);
    if (status == BW_OK) {
        status =
            bw_sqlite_pragma(self, "SELECT count(*) FROM sqlite_master", &tables, err);
    }
    if (status == BW_OK && mark != BW_SQLITE_MARK && tables > 0) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "opening %s: this is another program's database; give the path of the "
            "central "
            "database",
            self->base.name);
    }
    return status;
}

static enum bw_status
connect(struct bw_sqlite_central *self, struct bw_error *err)
{
    if (sqlite3_open_v2(self->path, &self->db,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        return bw_sqlite_fail(self, "opening", err);
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
        return bw_sqlite_fail(self, "opening", err);
    }
    return BW_OK;
}

enum bw_status
bw_sqlite_open(const char *uri, enum bw_central_mode mode,
    struct bw_central **ret_central, struct bw_error *err)
{
    struct bw_sqlite_central *self = calloc(1, sizeof *self);
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
        bw_sqlite_close(&self->base);
        return status;
    }
    *ret_central = &self->base;
    return BW_OK;
}
