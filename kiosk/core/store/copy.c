/* A copy of a store, for practice: see brugwachter/store.h. Any thread. */
#include "sql.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

static enum bw_status
status_of_open(int os_errno)
{
    switch (os_errno) {
    case EEXIST:
    case ELOOP:
        return BW_REFUSED;
    case ENOENT:
    case ENOTDIR:
        return BW_NOT_FOUND;
    default:
        return bw_store_status_of(SQLITE_CANTOPEN, os_errno);
    }
}

/* The copy's place, empty, that nobody else has or may read. */
static enum bw_status
make_room(const char *to_path, struct bw_error *err)
{
    int fd = open(to_path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        int os_errno = errno;
        return bw_error_set(err, status_of_open(os_errno), os_errno,
            "Copying the store to %s failed: %s. Choose another place for the copy.",
            to_path, bw_said(strerror(os_errno)));
    }
    (void)close(fd);
    return BW_OK;
}

static int
open_file(const char *path, sqlite3 **ret_db)
{
    int rc =
        sqlite3_open_v2(path, ret_db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK) {
        (void)sqlite3_busy_timeout(*ret_db, BUSY_MS);
    }
    return rc;
}

static int
copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == NULL) {
        return sqlite3_errcode(to);
    }
    int stepped = sqlite3_backup_step(backup, -1);
    int finished = sqlite3_backup_finish(backup);
    return stepped == SQLITE_DONE ? finished : stepped;
}

enum bw_status
bw_store_copy(const char *from_path, const char *to_path, struct bw_error *err)
{
    if (access(from_path, F_OK) != 0) {
        int os_errno = errno;
        return bw_error_set(err, status_of_open(os_errno), os_errno,
            "Copying the store %s failed: %s. Enrol this kiosk first.", from_path,
            bw_said(strerror(os_errno)));
    }
    enum bw_status status = make_room(to_path, err);
    if (status != BW_OK) {
        return status;
    }
    sqlite3 *from = NULL;
    sqlite3 *to = NULL;
    int rc = open_file(from_path, &from);
    if (rc == SQLITE_OK) {
        rc = open_file(to_path, &to);
    }
    if (rc == SQLITE_OK) {
        rc = copy_pages(from, to);
    }
    if (rc != SQLITE_OK) {
        int os_errno = sqlite3_system_errno(to != NULL ? to : from);
        status = bw_error_set(err, bw_store_status_of(rc, os_errno), os_errno,
            "Copying the store %s to %s failed: %s. Look whether the disk is full.",
            from_path, to_path, sqlite3_errstr(rc));
    }
    (void)sqlite3_close(to);
    (void)sqlite3_close(from);
    if (status != BW_OK) {
        (void)unlink(to_path);
    }
    return status;
}
