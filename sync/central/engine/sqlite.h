/* What the two files of the SQLite adapter share: opening (sqlite_open.c), and
 * statements and transactions (sqlite.c). Nobody else's. One thread, that of the
 * database. */
#ifndef BW_SYNC_CENTRAL_SQLITE_H
#define BW_SYNC_CENTRAL_SQLITE_H

#include "central/engine/engine.h"

#include <sqlite3.h>
#include <stdbool.h>

#define BW_CENTRAL_SQLITE_SCHEME "sqlite:"

enum {
    BW_CENTRAL_SQLITE_KEPT_MAX = 48,
    BW_CENTRAL_SQLITE_MODE = 0600,
    BW_CENTRAL_SQLITE_MARK = 0x42574331,     /* application_id */
    BW_CENTRAL_SQLITE_STATEMENT_MS = 600000, /* nothing of ours runs so long */
};

struct bw_central_sqlite_kept {
    char *sql;
    sqlite3_stmt *statement;
    uint8_t numbers[BW_CENTRAL_PARAMETERS_MAX]; /* that its parameters have, in order */
    int numbers_count;
};

struct bw_central_sqlite_db {
    struct bw_central base;
    sqlite3 *db;
    char *path;
    int lock_fd; /* -1 while not held */
    int turn_fd; /* likewise */
    int64_t busy_until_ms;
    int64_t (*spent_ms)(void); /* bw_central_sqlite_spent_ms, but for tests */
    int64_t limit_ms;          /* by spent_ms: a statement ends then, as BW_CORRUPT */
    int kept_count, kept_next, kept_last; /* last: that was asked for */
    struct bw_central_sqlite_kept
        kept[BW_CENTRAL_SQLITE_KEPT_MAX]; /* the oldest makes room */
};

/* Fills err with the sentence of SQLite's last failure and with what to do; returns its
 * status, never BW_OK. */
enum bw_status bw_central_sqlite_fail(
    const struct bw_central_sqlite_db *self, const char *doing, struct bw_error *err);

/* The one number that a PRAGMA or SELECT gives. What the database answers; BW_IO
 * where it gives none. */
BW_NODISCARD enum bw_status bw_central_sqlite_pragma(struct bw_central_sqlite_db *self,
    const char *sql, int64_t *ret_value, struct bw_error *err);

/* What this thread has computed so far, in ms of a processor: it stands still while
 * others' programs, a slow disk or a machine that sleeps make it wait. */
int64_t bw_central_sqlite_spent_ms(void);

/* What runs from now on, in this thread, may compute for
 * BW_CENTRAL_SQLITE_STATEMENT_MS. */
void bw_central_sqlite_hurry(struct bw_central_sqlite_db *self);

/* Runs statements without parameters and rows. Returns SQLite's result code, 0 where all
 * went well. */
int bw_central_sqlite_exec(struct bw_central_sqlite_db *self, const char *sql);

/* A turn of waiting for somebody else's lock: false once `until_ms` is over, or where the
 * program was told to end (TERM or INT came or is pending). */
bool bw_central_sqlite_wait(int64_t until_ms);

/* BW_CORRUPT where the tables aren't those that our steps make up to `version`. */
BW_NODISCARD enum bw_status bw_central_sqlite_schema_check(
    struct bw_central *central, int64_t version, struct bw_error *err);

/* The engine's open and close: as bw_central_open and bw_central_close, which the caller
 * of open owes, and with their errors: BW_NOT_FOUND, BW_CORRUPT and so on. */
BW_NODISCARD enum bw_status bw_central_sqlite_open(const char *uri,
    enum bw_central_mode mode, struct bw_central **ret_central, struct bw_error *err);
void bw_central_sqlite_close(struct bw_central *central);

#endif
