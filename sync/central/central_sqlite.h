/* What the two files of the SQLite adapter share: opening (central_sqlite_open.c), and
 * statements and transactions (central_sqlite.c). Nobody else's. */
#ifndef BW_SYNC_CENTRAL_SQLITE_H
#define BW_SYNC_CENTRAL_SQLITE_H

#include "central/central.h"

#include <sqlite3.h>

enum { BW_SQLITE_KEPT_MAX = 48, BW_SQLITE_MODE = 0600, BW_SQLITE_MARK = 0x42574331 };

struct bw_sqlite_kept {
    char *sql;
    sqlite3_stmt *statement;
};

struct bw_sqlite_central {
    struct bw_central base;
    sqlite3 *db;
    char *path;
    int lock_fd; /* -1 while not held */
    int kept_count, kept_next;
    struct bw_sqlite_kept kept[BW_SQLITE_KEPT_MAX]; /* the oldest makes room */
};

/* The sentence of SQLite's last failure, with what to do. */
enum bw_status bw_sqlite_fail(
    const struct bw_sqlite_central *self, const char *doing, struct bw_error *err);

/* The one number that a PRAGMA or SELECT gives. */
BW_NODISCARD enum bw_status bw_sqlite_pragma(struct bw_sqlite_central *self,
    const char *sql, int64_t *ret_value, struct bw_error *err);

BW_NODISCARD enum bw_status bw_sqlite_open(const char *uri, enum bw_central_mode mode,
    struct bw_central **ret_central, struct bw_error *err);
void bw_sqlite_close(struct bw_central *central);

#endif
