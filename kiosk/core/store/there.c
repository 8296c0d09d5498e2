/* Looks at the names, by stat alone (S8): see there.h. */
#include "there.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

/* Its number alone is asked for: where the times of a file are read between two writes,
 * Linux (6.13 and newer, multigrain timestamps) stamps it anew at each of them, and a
 * synced write costs half as much again. */
static bool
is_gone(const char *path)
{
    struct statx info;
    return path != NULL && path[0] != '\0' &&
           statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_INO, &info) != 0 &&
           errno == ENOENT;
}

enum bw_status
bw_store_check_there(struct bw_store *store, struct bw_error *err)
{
    int moved = 0;
    const char *file = sqlite3_db_filename(store->db, "main");
    int rc = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    bool gone = (rc == SQLITE_OK && moved != 0) ||
                (file != NULL && is_gone(sqlite3_filename_wal(file)));
    if (!gone) {
        return BW_OK;
    }
    return bw_error_set(err, BW_NOT_FOUND, 0,
        "Writing to the store %s failed: the file, or its write-ahead log, was removed "
        "or "
        "replaced while this program used it. Put it back, or enrol this kiosk again.",
        store->path);
}
