/* Opening with suspicion: see hostile.h. */
#include "hostile.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { OPS_BETWEEN_LOOKS = 20000 };

static const char read_schema[] = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
                                  " ORDER BY type, name, tbl_name";

int64_t
bw_store_spent_ms(void)
{
    struct timespec spent;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return (int64_t)spent.tv_sec * 1000 + spent.tv_nsec / 1000000;
}

static int
on_progress(void *context)
{
    const struct bw_store *store = context;
    return store->spent_ms() > store->limit_ms;
}

void
bw_store_limit_begin(struct bw_store *store, int64_t (*spent_ms)(void))
{
    store->spent_ms = spent_ms;
    store->limit_ms = spent_ms() + STORE_START_LIMIT_S * 1000;
    sqlite3_progress_handler(store->db, OPS_BETWEEN_LOOKS, on_progress, store);
}

void
bw_store_limit_end(struct bw_store *store)
{
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
}

static bool
same_column(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
    const char *left = (const char *)sqlite3_column_text(a, column);
    const char *right = (const char *)sqlite3_column_text(b, column);
    return left == NULL || right == NULL ? left == right : strcmp(left, right) == 0;
}

/* Both give the same rows; *ret_name is the first that one has and the other hasn't. */
static int
compare(sqlite3_stmt *found, sqlite3_stmt *wanted, char ret_name[80])
{
    ret_name[0] = '\0';
    for (;;) {
        int rc = sqlite3_step(found);
        int wanted_rc = sqlite3_step(wanted);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
            return rc;
        }
        if (wanted_rc != SQLITE_ROW && wanted_rc != SQLITE_DONE) {
            return wanted_rc;
        }
        if (rc == SQLITE_DONE && wanted_rc == SQLITE_DONE) {
            return SQLITE_OK;
        }
        bool same = rc == wanted_rc;
        for (int column = 0; same && column < 4; column++) {
            same = same_column(found, wanted, column);
        }
        if (!same) {
            const char *name =
                (const char *)sqlite3_column_text(rc == SQLITE_ROW ? found : wanted, 1);
            (void)snprintf(ret_name, 80, "%s", name != NULL ? name : "?");
            return SQLITE_OK;
        }
    }
}

/* A text, so that where it ends can't be mistaken; NULL is another than an empty one. */
static void
digest_column(crypto_generichash_state *state, sqlite3_stmt *row, int column)
{
    const unsigned char *text = sqlite3_column_text(row, column);
    uint64_t length = text == NULL ? UINT64_MAX : strlen((const char *)text);
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(length >> (8 * i));
    }
    (void)crypto_generichash_update(state, bytes, sizeof bytes);
    if (text != NULL) {
        (void)crypto_generichash_update(state, text, length);
    }
}

enum bw_status
bw_store_schema_digest(
    struct bw_store *store, uint8_t ret_digest[STORE_DIGEST_BYTES], struct bw_error *err)
{
    sqlite3_stmt *found = NULL;
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, STORE_DIGEST_BYTES);
    int rc = sqlite3_prepare_v2(store->db, read_schema, -1, &found, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(found)) == SQLITE_ROW) {
        for (int column = 0; column < 4; column++) {
            digest_column(&state, found, column);
        }
        rc = SQLITE_OK;
    }
    (void)crypto_generichash_final(&state, ret_digest, STORE_DIGEST_BYTES);
    (void)sqlite3_finalize(found);
    return rc == SQLITE_DONE ? BW_OK : bw_store_fail(store, rc, "Opening the store", err);
}

/* Whether it is known without making one to compare. */
static enum bw_status
is_known(struct bw_store *store, const struct store_migration *step, bool *ret_known,
    struct bw_error *err)
{
    uint8_t digest[STORE_DIGEST_BYTES];
    *ret_known = false;
    if (sodium_is_zero(step->digest, sizeof step->digest)) {
        return BW_OK;
    }
    enum bw_status status = bw_store_schema_digest(store, digest, err);
    *ret_known = status == BW_OK && memcmp(digest, step->digest, sizeof digest) == 0;
    return status;
}

/* An empty database in memory, brought to that version. */
static int
make_expected(const struct store_migration *steps, int version, sqlite3 **ret_db)
{
    int rc = sqlite3_open_v2(":memory:", ret_db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    for (int i = 0; rc == SQLITE_OK && i < version; i++) {
        rc = sqlite3_exec(*ret_db, steps[i].sql, NULL, NULL, NULL);
    }
    return rc;
}

static enum bw_status
check_version(struct bw_store *store, const struct store_migration *steps, int version,
    struct bw_error *err)
{
    sqlite3 *expected = NULL;
    sqlite3_stmt *found = NULL, *wanted = NULL;
    char name[80] = "";
    bool known = false;
    if (version > 0) {
        enum bw_status read = is_known(store, &steps[version - 1], &known, err);
        if (read != BW_OK || known) {
            return read;
        }
    }
    int rc = make_expected(steps, version, &expected);
    if (rc == SQLITE_OK) {
        rc = sqlite3_prepare_v2(expected, read_schema, -1, &wanted, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_prepare_v2(store->db, read_schema, -1, &found, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = compare(found, wanted, name);
    }
    enum bw_status status = BW_OK;
    if (rc != SQLITE_OK) {
        status = bw_store_fail(store, rc, "Opening the store", err);
    } else if (name[0] != '\0') {
        status = bw_error_set(err, BW_CORRUPT, 0,
            "Opening the store %s failed: its tables aren't a store's (%s). Restore a "
            "copy, or enrol this kiosk again.",
            store->path, name);
    }
    (void)sqlite3_finalize(found);
    (void)sqlite3_finalize(wanted);
    (void)sqlite3_close(expected);
    return status;
}

enum bw_status
bw_store_check_schema(struct bw_store *store, const struct store_migration *steps, int to,
    struct bw_error *err)
{
    int64_t version = 0, looked_at = -1;
    enum bw_status status = BW_CORRUPT;
    /* Again where the other program brought the store up to date between the look at the
     * version and that at the tables. Versions only rise, so it ends. */
    while (status == BW_CORRUPT) {
        enum bw_status read = bw_store_integer(
            store, "PRAGMA user_version", "Opening the store", &version, err);
        if (read != BW_OK || version < 0 || version > to) {
            return read;
        }
        if (version == looked_at) {
            break;
        }
        looked_at = version;
        status = check_version(store, steps, (int)version, err);
    }
    return status;
}
