/* A copy of a store, for practice: see brugwachter/store.h. Any thread. */
#include <brugwachter/store.h>

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

static enum bw_status
copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int stepped = backup != NULL ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR;
    int finished = sqlite3_backup_finish(backup);
    return stepped == SQLITE_DONE && finished == SQLITE_OK ? BW_OK : BW_IO;
}

enum bw_status
bw_store_copy(const char *from_path, const char *to_path, struct bw_error *err)
{
    sqlite3 *from = NULL, *to = NULL;
    int fd = open(to_path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        return bw_error_set(err, BW_IO, errno, "Copying the store to %s failed: %s.",
            to_path, strerror(errno));
    }
    (void)close(fd);
    enum bw_status status = BW_IO;
    if (sqlite3_open_v2(from_path, &from, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
            NULL) == SQLITE_OK &&
        sqlite3_open_v2(to_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
            NULL) == SQLITE_OK) {
        (void)sqlite3_busy_timeout(from, BUSY_MS);
        status = copy_pages(from, to);
    }
    if (status != BW_OK) {
        (void)bw_error_set(err, status, 0,
            "Copying the store %s to %s failed: %s. Look whether the disk is full.",
            from_path, to_path, sqlite3_errmsg(to != NULL ? to : from));
    }
    (void)sqlite3_close(to);
    (void)sqlite3_close(from);
    if (status != BW_OK) {
        (void)unlink(to_path);
    }
    return status;
}
