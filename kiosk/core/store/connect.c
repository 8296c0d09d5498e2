/* Connecting to a store's file, and bringing it to this version: see open.h. */
#include "file.h"
#include "open.h"
#include "row.h"
#include "core/store/log/sum.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
    BUSY_KIOSK_MS = 5000, /* a whole roster goes in within this */
    BUSY_SYNC_MS = 30000,
    LENGTH_MAX = 1 << 20, /* no text or blob of ours is near it */
};

/* secure_delete: what was forgotten isn't left in free pages. */
static const char setup_all[] =
    "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
    "PRAGMA recursive_triggers = ON;";

/* 2 MB hold the upper pages of a roster of 100,000; the rest is the log, which is written
 * once, and would only fill a kiosk's memory day by day. A whole roster that goes in
 * takes more. */
enum bw_status
bw_store_cache(struct bw_store *store, struct bw_error *err)
{
    const char *cache = store->mode == BW_STORE_KIOSK ? "PRAGMA cache_size = -2048;"
                                                      : "PRAGMA cache_size = -32768;";
    return bw_store_script(store, cache, "Opening the store", err);
}

static int
open_file(struct bw_store *store, const char *real)
{
    int flags = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (store->mode != BW_STORE_READ) {
        return sqlite3_open_v2(real, &store->db, flags | SQLITE_OPEN_READWRITE, NULL);
    }
    return sqlite3_open_v2(real, &store->db, flags | SQLITE_OPEN_READONLY, NULL);
}

/* A store on a medium that can't be written to has no place for SQLite's shared memory.
 * Where nothing waits in a write-ahead log the file alone is the whole truth. */
static int
open_immutable(struct bw_store *store, const char *real)
{
    char uri[3 * PATH_MAX + 32];
    size_t at = (size_t)snprintf(uri, sizeof uri, "file:");
    for (const char *c = real; *c != '\0'; c++) {
        bool plain = strchr("?#% ", *c) == NULL;
        at += (size_t)snprintf(
            uri + at, sizeof uri - at, plain ? "%c" : "%%%02x", (unsigned char)*c);
    }
    (void)snprintf(uri + at, sizeof uri - at, "?immutable=1");
    (void)sqlite3_close(store->db);
    store->db = NULL;
    return sqlite3_open_v2(uri, &store->db,
        SQLITE_OPEN_URI | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX |
            SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READONLY,
        NULL);
}

static void
set_up(struct bw_store *store)
{
    (void)sqlite3_busy_timeout(
        store->db, store->mode == BW_STORE_SYNC ? BUSY_SYNC_MS : BUSY_KIOSK_MS);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
}

static enum bw_status
check_identity(struct bw_store *store, struct bw_error *err)
{
    int64_t application = 0;
    enum bw_status status = bw_store_integer(
        store, "PRAGMA application_id", "Opening the store", &application, err);
    if (status == BW_OK && application != STORE_APPLICATION_ID) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "Opening the store %s failed: it is another program's file. Check the name.",
            store->path);
    }
    return status;
}

static enum bw_status
check_writable(struct bw_store *store, struct bw_error *err)
{
    if (store->mode != BW_STORE_READ && sqlite3_db_readonly(store->db, "main") == 1) {
        return bw_error_set(err, BW_READ_ONLY, 0,
            "Opening the store %s failed: it can't be written to. Make the file and its "
            "folder writable for this user, then try again.",
            store->path);
    }
    return BW_OK;
}

enum bw_status
bw_store_connect(struct bw_store *store, const char *real, struct bw_error *err)
{
    int rc = open_file(store, real);
    if (rc != SQLITE_OK) {
        return bw_store_fail(store, rc, "Opening the store", err);
    }
    set_up(store);
    enum bw_status status = check_writable(store, err);
    if (status == BW_OK) {
        status = check_identity(store, err);
    }
    bool no_place = status == BW_READ_ONLY || status == BW_IO;
    if (no_place && store->mode == BW_STORE_READ && bw_store_file_is_settled(real)) {
        rc = open_immutable(store, real);
        if (rc != SQLITE_OK) {
            return bw_store_fail(store, rc, "Opening the store", err);
        }
        set_up(store);
        status = check_identity(store, err);
    }
    if (status == BW_OK) {
        status = bw_store_script(store, setup_all, "Opening the store", err);
    }
    if (status == BW_OK) {
        status = bw_store_sum_register(store, err);
    }
    return status == BW_OK ? bw_store_cache(store, err) : status;
}

/* Checksums begin with version 2. */
static enum bw_status
make_sum_key(struct bw_store *store, struct bw_error *err)
{
    static const char put[] = "INSERT INTO setting (name, value) VALUES ('sum_key', ?1)";
    sqlite3_stmt *stmt = NULL;
    randombytes_buf(store->sum_key, sizeof store->sum_key);
    int rc = sqlite3_prepare_v2(store->db, put, -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_blob(
            stmt, 1, store->sum_key, sizeof store->sum_key, SQLITE_STATIC);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    (void)sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? BW_OK
                             : bw_store_fail(store, rc, "Bringing up to date", err);
}

static enum bw_status
run_step(struct bw_store *store, const struct store_migration *step, struct bw_error *err)
{
    enum bw_status status = bw_store_script(store, step->sql, "Bringing up to date", err);
    if (status != BW_OK || step->fill == NULL) {
        return status;
    }
    status =
        step->makes_key ? make_sum_key(store, err) : bw_store_sum_key_load(store, err);
    if (status == BW_OK) {
        status = bw_store_script(store, step->fill, "Bringing up to date", err);
    }
    return status == BW_OK && step->makes_key ? bw_store_count_rows(store, err) : status;
}

static enum bw_status
run_steps(struct bw_store *store, const struct store_migration *steps, int to,
    struct bw_error *err)
{
    /* Read again: another program may have done it while this one waited. */
    int64_t version = 0;
    enum bw_status status = bw_store_integer(
        store, "PRAGMA user_version", "Bringing up to date", &version, err);
    for (; status == BW_OK && version < to; version++) {
        status = run_step(store, &steps[version], err);
    }
    if (status != BW_OK) {
        return status;
    }
    char pragma[64];
    (void)snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", to);
    return bw_store_script(store, pragma, "Bringing up to date", err);
}

enum bw_status
bw_store_migrate(struct bw_store *store, const struct store_migration *steps, int to,
    struct bw_error *err)
{
    int64_t version = 0;
    enum bw_status status = bw_store_integer(
        store, "PRAGMA user_version", "Opening the store", &version, err);
    if (status != BW_OK || version == to) {
        return status;
    }
    if (version > to) {
        return bw_error_set(err, BW_NEWER, 0,
            "Opening the store %s failed: it was made by a newer version (%lld; this "
            "program knows %d). Update this program.",
            store->path, (long long)version, to);
    }
    if (version < 0) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "Opening the store %s failed: its version is %lld, which never was. Restore "
            "a copy, or enrol this kiosk again.",
            store->path, (long long)version);
    }
    if (store->mode == BW_STORE_READ) {
        return bw_error_set(err, BW_READ_ONLY, 0,
            "Opening the store %s failed: an older version made it, and it may only be "
            "read here. Start the kiosk on it once, then try again.",
            store->path);
    }
    status = bw_store_run(store, SQL_BEGIN, err, "");
    if (status != BW_OK) {
        return status;
    }
    return bw_store_end(store, run_steps(store, steps, to, err), err);
}
