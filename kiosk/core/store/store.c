/* A store's birth, opening and end: see brugwachter/store.h.
 *
 * A new store is made whole under another name and then given its own, so that a power
 * cut leaves either none or a good one. */
#include "claim.h"
#include "file.h"
#include "hostile.h"
#include "core/store/roster/letter.h"
#include "core/store/names/names.h"
#include "open.h"
#include "core/store/log/sum.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
free_store(struct bw_store **store)
{
    bw_store_close(*store);
}
#define STORE_SCOPE __attribute__((cleanup(free_store)))

static struct bw_store *
new_store(const char *path, enum bw_store_mode mode)
{
    struct bw_store *store = calloc(1, sizeof *store);
    if (store != NULL) {
        store->mode = mode;
        store->claim_fd = -1;
        store->path = strdup(path);
    }
    if (store != NULL && store->path == NULL) {
        free(store);
        store = NULL;
    }
    return store;
}

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "Opening a store failed: the memory is used up. End other programs, "
        "then try again.");
}

/* Fills the empty file `draft`. A rollback journal until all is in: WAL needs no place of
 * its own then, and closing leaves one file. */
static enum bw_status
write_draft(struct bw_store *store, const char *draft,
    const struct bw_enrolment *enrolment, struct bw_error *err)
{
    int rc = sqlite3_open_v2(draft, &store->db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc != SQLITE_OK) {
        return bw_store_fail(store, rc, "Making the store", err);
    }
    char identity[96];
    (void)snprintf(identity, sizeof identity,
        "PRAGMA synchronous = FULL; PRAGMA application_id = %d", STORE_APPLICATION_ID);
    enum bw_status status = bw_store_script(store, identity, "Making the store", err);
    if (status == BW_OK) {
        status = bw_store_sum_register(store, err);
    }
    if (status == BW_OK) {
        status = bw_store_migrate(store, bw_store_migrations, BW_STORE_SCHEMA, err);
    }
    if (status == BW_OK) {
        randombytes_buf(store->id, sizeof store->id);
        status = bw_store_run(store, SQL_BEGIN, err, "");
    }
    if (status == BW_OK) {
        status = bw_store_run(
            store, SQL_SETTING_PUT, err, "tb", "store_id", store->id, sizeof store->id);
        if (status == BW_OK) {
            status = bw_store_settings_save(store, enrolment, err);
        }
        status = bw_store_end(store, status, err);
    }
    return status == BW_OK ? bw_store_script(store, "PRAGMA journal_mode = WAL",
                                 "Making the store", err)
                           : status;
}

static void
remove_draft(const char *draft)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char name[PATH_MAX + 16];
        (void)snprintf(name, sizeof name, "%s%s", draft, suffixes[i]);
        (void)unlink(name);
    }
}

enum bw_status
bw_store_create(
    const char *path, const struct bw_enrolment *enrolment, struct bw_error *err)
{
    assert(enrolment->device != 0);
    char real[PATH_MAX];
    char draft[PATH_MAX];
    enum bw_status status = bw_store_file_resolve(path, real, err);
    if (status == BW_OK) {
        status = bw_store_file_check_free(path, real, err);
    }
    if (status == BW_OK) {
        status = bw_store_file_draft(path, real, draft, err);
    }
    if (status != BW_OK) {
        return status;
    }
    struct bw_store *store = new_store(path, BW_STORE_SYNC);
    status = store != NULL ? write_draft(store, draft, enrolment, err) : no_memory(err);
    bw_store_close(store); /* first: only then all of it is in the one file */
    if (status == BW_OK) {
        status = bw_store_file_publish(path, draft, real, err);
    }
    if (status != BW_OK) {
        remove_draft(draft);
    }
    return status;
}

/* Only at the kiosk's start: 74 ms at 100,000 rows, and a damaged page or index is found
 * before the first visitor. */
static enum bw_status
check_pages(struct bw_store *store, struct bw_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, "PRAGMA integrity_check(1)", -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    enum bw_status status = BW_OK;
    if (rc != SQLITE_ROW) {
        status = bw_store_fail(store, rc, "Checking the store", err);
    } else if (strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") != 0) {
        status = bw_error_set(err, BW_CORRUPT, 0,
            "Checking the store %s failed: the file is damaged (%s). Keep it, restore a "
            "copy of it or enrol this kiosk again, and call the organiser.",
            store->path, sqlite3_column_text(stmt, 0));
    }
    (void)sqlite3_finalize(stmt);
    return status;
}

/* A store that somebody turned back to a rollback journal would be five times slower, and
 * two programs would shut each other out. */
static enum bw_status
ensure_wal(struct bw_store *store, struct bw_error *err)
{
    return store->mode == BW_STORE_READ
               ? BW_OK
               : bw_store_script(
                     store, "PRAGMA journal_mode = WAL", "Opening the store", err);
}

/* What has to hold of a file that is connected, before it's anybody's store. */
static enum bw_status
make_ready(struct bw_store *store, struct bw_error *err)
{
    bw_store_limit_begin(store, bw_store_spent_ms);
    enum bw_status status =
        bw_store_check_schema(store, bw_store_migrations, BW_STORE_SCHEMA, err);
    if (status == BW_OK && store->mode == BW_STORE_KIOSK) {
        status = check_pages(store, err);
    }
    if (status == BW_OK) {
        status = ensure_wal(store, err);
    }
    if (status == BW_OK) {
        status = bw_store_migrate(store, bw_store_migrations, BW_STORE_SCHEMA, err);
    }
    if (status == BW_OK) {
        status = bw_store_sum_key_load(store, err);
    }
    if (status == BW_OK) {
        status = bw_store_settings_load(store, err);
    }
    if (status == BW_OK) {
        status = bw_store_names_load(store, err);
    }
    if (status == BW_OK) {
        bw_store_limit_end(store);
    }
    if (status == BW_OK && store->mode == BW_STORE_KIOSK && store->names.sealed) {
        bw_store_names_wipe(store); /* where a cut came between sealing and that */
    }
    return status;
}

enum bw_status
bw_store_open(const char *path, enum bw_store_mode mode, struct bw_store **ret_store,
    struct bw_error *err)
{
    char real[PATH_MAX];
    enum bw_status status = bw_store_file_resolve(path, real, err);
    if (status == BW_OK) {
        status = bw_store_file_check(path, real, err);
    }
    if (status != BW_OK) {
        return status;
    }
    STORE_SCOPE struct bw_store *store = new_store(path, mode);
    if (store == NULL) {
        return no_memory(err);
    }
    if (mode != BW_STORE_READ) {
        status = bw_store_lock(path, real, false, &store->claim_fd, err);
    }
    if (status != BW_OK) {
        return status;
    }
    status = bw_store_connect(store, real, err);
    if (status == BW_OK) {
        status = make_ready(store, err);
    }
    if (status == BW_OK) {
        *ret_store = store;
        store = NULL;
    }
    return status;
}

void
bw_store_close(struct bw_store *store)
{
    if (store == NULL) {
        return;
    }
    if (store->letter != NULL) {
        bw_store_letter_rollback(store);
    }
    bw_store_run_end(store);
    bw_store_names_finish(store);
    bw_store_statements_finish(store);
    (void)sqlite3_close(store->db);
    if (store->claim_fd >= 0) {
        (void)close(store->claim_fd); /* last: till here the file was in use */
    }
    sodium_memzero(&store->enrolment, sizeof store->enrolment);
    free(store->path);
    free(store);
}

const struct bw_enrolment *
bw_store_enrolment(const struct bw_store *store)
{
    return &store->enrolment;
}

const uint8_t *
bw_store_id(const struct bw_store *store)
{
    return store->id;
}

const char *
bw_store_path(const struct bw_store *store)
{
    return store->path;
}

enum bw_store_mode
bw_store_mode(const struct bw_store *store)
{
    return store->mode;
}

void
bw_store_idle(struct bw_store *store)
{
    (void)sqlite3_wal_checkpoint_v2(
        store->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}
