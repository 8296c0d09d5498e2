/* Binding, stepping, failing: see sql.h. */
#include "sql.h"

#include "statements.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>

/* What a person hears of each way to fail: why, and what to do. */
static const struct {
    const char *why, *what_to_do;
} sentences[] = {
    [BW_BAD_INPUT] = {BW_SAYS("it doesn't fit what is there"),
        BW_SAYS("Nothing was changed.")},
    [BW_CORRUPT] = {BW_SAYS("the file is damaged or is no store"),
        BW_SAYS("Keep it, restore a copy of it or enrol this kiosk "
                "again, and call the organiser.")},
    [BW_FULL] = {BW_SAYS("the disk is full"),
        BW_SAYS("Make room on the disk, then try again.")},
    [BW_READ_ONLY] = {BW_SAYS("the file or its folder can't be written to"),
        BW_SAYS("Make both writable for this user, then try again.")},
    [BW_BUSY] = {BW_SAYS("another program holds it"),
        BW_SAYS("Try again in a moment; if it stays so, end the other program.")},
    [BW_NOT_FOUND] = {BW_SAYS("the file isn't there"),
        BW_SAYS("Enrol this kiosk first.")},
    [BW_IO] = {BW_SAYS("the disk gave an error"),
        BW_SAYS("Check the disk, then try again.")},
    [BW_NO_MEMORY] = {BW_SAYS("the memory is used up"),
        BW_SAYS("End other programs, then try again.")},
};

/* Of BW_CORRUPT, where it isn't known that anything is damaged (hostile.c). */
static const char endless[] =
    BW_SAYS("opening it would take more than half a minute of computing, and a store "
            "doesn't");

static enum bw_status
status_of_errno(int os_errno, enum bw_status otherwise)
{
    switch (os_errno) {
    case ENOSPC:
    case EDQUOT:
        return BW_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
        return BW_READ_ONLY;
    default:
        return otherwise;
    }
}

enum bw_status
bw_store_status_of(int rc, int os_errno)
{
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return BW_BUSY;
    case SQLITE_FULL:
        return BW_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return BW_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: /* a table or column that a store has isn't there */
    case SQLITE_MISMATCH:
    case SQLITE_INTERRUPT: /* it would have gone on for ever (hostile.c) */
        return BW_CORRUPT;
    case SQLITE_CONSTRAINT:
        return BW_BAD_INPUT;
    case SQLITE_NOMEM:
        return BW_NO_MEMORY;
    default:
        return rc == SQLITE_IOERR_NOMEM ? BW_NO_MEMORY : status_of_errno(os_errno, BW_IO);
    }
}

enum bw_status
bw_store_fail(struct bw_store *store, int rc, const char *doing, struct bw_error *err)
{
    int os_errno = store->db != NULL ? sqlite3_system_errno(store->db) : 0;
    enum bw_status status = bw_store_status_of(rc, os_errno);
    bool by_system = (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN;
    return bw_error_set(err, status, by_system ? os_errno : 0,
        "%s %s failed: %s (%s). %s", bw_said(doing), store->path,
        bw_said((rc & 0xff) == SQLITE_INTERRUPT ? endless : sentences[status].why),
        store->db != NULL ? sqlite3_errmsg(store->db) : sqlite3_errstr(rc),
        bw_said(sentences[status].what_to_do));
}

static enum bw_status
prepare(struct bw_store *store, enum store_sql which, struct bw_error *err)
{
    if (store->statements[which] == NULL) {
        int rc = sqlite3_prepare_v3(store->db, bw_store_statements[which].sql, -1,
            SQLITE_PREPARE_PERSISTENT, &store->statements[which], NULL);
        if (rc != SQLITE_OK) {
            return bw_store_fail(store, rc, bw_store_statements[which].doing, err);
        }
    }
    /* Nobody may use a statement from within a walk over the same one. */
    assert(!sqlite3_stmt_busy(store->statements[which]));
    return BW_OK;
}

static int
bind_all(sqlite3_stmt *stmt, const char *format, va_list args)
{
    int rc = SQLITE_OK;
    for (int i = 0; format[i] != '\0' && rc == SQLITE_OK; i++) {
        assert(strchr("itb", format[i]) != NULL);
        switch (format[i]) {
        case 'i':
            rc = sqlite3_bind_int64(stmt, i + 1, va_arg(args, int64_t));
            break;
        case 't':
            rc = sqlite3_bind_text(
                stmt, i + 1, va_arg(args, const char *), -1, SQLITE_STATIC);
            break;
        case 'b': {
            const void *bytes = va_arg(args, const void *);
            size_t length = va_arg(args, size_t);
            rc = sqlite3_bind_blob64(stmt, i + 1, bytes, length, SQLITE_STATIC);
            break;
        }
        }
    }
    return rc;
}

static enum bw_status
query(struct bw_store *store, enum store_sql which, sqlite3_stmt **ret_stmt,
    struct bw_error *err, const char *format, va_list args)
{
    enum bw_status status = prepare(store, which, err);
    if (status != BW_OK) {
        return status;
    }
    int rc = bind_all(store->statements[which], format, args);
    if (rc != SQLITE_OK) {
        return bw_store_fail(store, rc, bw_store_statements[which].doing, err);
    }
    *ret_stmt = store->statements[which];
    return BW_OK;
}

enum bw_status
bw_store_query(struct bw_store *store, enum store_sql which, sqlite3_stmt **ret_stmt,
    struct bw_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    enum bw_status status = query(store, which, ret_stmt, err, format, args);
    va_end(args);
    return status;
}

enum bw_status
bw_store_step(struct bw_store *store, enum store_sql which, sqlite3_stmt *stmt,
    bool *ret_row, struct bw_error *err)
{
    int rc = sqlite3_step(stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        return bw_store_fail(store, rc, bw_store_statements[which].doing, err);
    }
    *ret_row = rc == SQLITE_ROW;
    return BW_OK;
}

enum bw_status
bw_store_run(struct bw_store *store, enum store_sql which, struct bw_error *err,
    const char *format, ...)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    va_list args;
    va_start(args, format);
    enum bw_status status = query(store, which, &stmt, err, format, args);
    va_end(args);
    bool row;
    return status == BW_OK ? bw_store_step(store, which, stmt, &row, err) : status;
}

enum bw_status
bw_store_script(
    struct bw_store *store, const char *sql, const char *doing, struct bw_error *err)
{
    int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? BW_OK : bw_store_fail(store, rc, doing, err);
}

enum bw_status
bw_store_integer(struct bw_store *store, const char *sql, const char *doing,
    int64_t *ret_value, struct bw_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    enum bw_status status = BW_OK;
    if (rc == SQLITE_ROW) {
        *ret_value = sqlite3_column_int64(stmt, 0);
    } else {
        status = bw_store_fail(store, rc, doing, err);
    }
    (void)sqlite3_finalize(stmt);
    return status;
}

void
bw_store_cursor_reset(sqlite3_stmt **stmt)
{
    if (*stmt != NULL) {
        (void)sqlite3_reset(*stmt); /* its failure was told by the step that failed */
        (void)sqlite3_clear_bindings(*stmt);
    }
}

void
bw_store_roll_back(struct bw_store *store)
{
    /* After some failures SQLite has rolled back by itself. */
    if (sqlite3_get_autocommit(store->db) == 0) {
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
}

enum bw_status
bw_store_end(struct bw_store *store, enum bw_status status, struct bw_error *err)
{
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_COMMIT, err, "");
    }
    if (status != BW_OK) {
        bw_store_roll_back(store);
    }
    store->names_went = false;
    /* its rows' key isn't used again (names.h) */
    sodium_memzero(&store->names.row, sizeof store->names.row);
    return status;
}

void
bw_store_wipe(struct bw_store *store)
{
    (void)sqlite3_exec(store->db, "VACUUM", NULL, NULL, NULL);
    (void)sqlite3_wal_checkpoint_v2(
        store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

void
bw_store_column_text(sqlite3_stmt *stmt, int column, char *ret_text, size_t capacity)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    size_t length = text != NULL ? strlen(text) : 0;
    assert(capacity > 0);
    if (length >= capacity) {
        length = capacity - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
            length--;
        }
    }
    if (length > 0) {
        memcpy(ret_text, text, length);
    }
    ret_text[length] = '\0';
}

bool
bw_store_column_bytes(sqlite3_stmt *stmt, int column, void *ret_bytes, size_t bytes)
{
    const void *blob = sqlite3_column_blob(stmt, column);
    if (blob == NULL || (size_t)sqlite3_column_bytes(stmt, column) != bytes) {
        return false;
    }
    memcpy(ret_bytes, blob, bytes);
    return true;
}

void
bw_store_statements_finish(struct bw_store *store)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        (void)sqlite3_finalize(store->statements[i]);
        store->statements[i] = NULL;
    }
}
