/* Room in the write-ahead log, made before anybody stands at the door.
 *
 * A synced write that makes its file longer costs about twice one that doesn't, for the
 * file system then writes its own books too; and a log that is long already takes
 * events even when the disk is full. So the log is made as long as it ever gets (SQLite
 * begins it again after LOG_FRAMES), by pages that are spilled into it and rolled back:
 * the database doesn't change, SQLite's own locks and checksums hold, and what lies
 * there is overwritten frame by frame. Lengthening the file behind SQLite's back would
 * be shorter, and could meet another program's frames. */
#include "sql.h"

#include <brugwachter/store.h>

enum { LOG_FRAMES = 1000, FRAME_BYTES = 4096 + 24 };

static sqlite3_file *
log_file(struct bw_store *store)
{
    sqlite3_file *file = NULL;
    int rc = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    return rc == SQLITE_OK && file != NULL && file->pMethods != NULL ? file : NULL;
}

static bool
has_capacity(sqlite3_file *file)
{
    sqlite3_int64 bytes = 0;
    return file->pMethods->xFileSize(file, &bytes) == SQLITE_OK &&
           bytes >= (sqlite3_int64)LOG_FRAMES * FRAME_BYTES;
}

void
bw_store_preallocate(struct bw_store *store)
{
    /* five of a million bytes: a few more pages than the log holds */
    static const char spill[] =
        "PRAGMA cache_size = 10; BEGIN IMMEDIATE; CREATE TABLE room (bytes BLOB);"
        "INSERT INTO room VALUES (zeroblob(1000000)), (zeroblob(1000000)),"
        " (zeroblob(1000000)), (zeroblob(1000000)), (zeroblob(1000000));";
    static const char undo[] = "ROLLBACK;";
    sqlite3_file *file = log_file(store);
    if (file == NULL || has_capacity(file)) {
        return;
    }
    (void)sqlite3_exec(store->db, spill, NULL, NULL, NULL);
    if (sqlite3_get_autocommit(store->db) == 0) {
        (void)sqlite3_exec(store->db, undo, NULL, NULL, NULL);
    }
    (void)bw_store_cache(store, NULL);
    file = log_file(store);
    if (file != NULL) {
        (void)file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
    }
}
