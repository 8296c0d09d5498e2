/* Names opened, sealed, and given up: see brugwachter/store_names.h.
 *
 * All that seals is one transaction: names are clear, or sealed, never half. Wiping what
 * was clear comes after it, and is owed (a number in the store) until it is done. */
#include "names.h"

#include "core/store/roster/letter.h"
#include "core/store/roster/roster_write.h"
#include "core/store/row.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_WRAP "names_wrap"
#define NAMES_WIPE "names_wipe"

enum { BATCH = 64 };

static enum bw_status
no_memory(const struct bw_store *store, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "Sealing the names in %s failed: the memory is used up. End other programs, then "
        "give the PIN again.",
        store->path);
}

/* ---- what is clear, sealed ---- */

struct batch {
    struct bw_registration rows[BATCH];
    int count;
};

/* Registrations with an id above *inout_after that aren't sealed. */
static enum bw_status
read_batch(struct bw_store *store, struct batch *batch, int64_t *inout_after,
    struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    batch->count = 0;
    enum bw_status status = bw_store_query(
        store, SQL_NAMES_CLEAR, &stmt, err, "ii", *inout_after, (int64_t)BATCH);
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_NAMES_CLEAR, stmt, &row, err)) == BW_OK &&
           row) {
        if (!bw_store_row_registration(stmt, &batch->rows[batch->count++])) {
            return bw_store_damaged(store, "a registration", err);
        }
        *inout_after = sqlite3_column_int64(stmt, REGISTRATION_HOLDS + 1);
    }
    return status;
}

static enum bw_status
seal_registrations(struct bw_store *store, struct bw_error *err)
{
    int64_t after = -1;
    struct batch *batch = calloc(1, sizeof *batch);
    enum bw_status status = batch != NULL ? BW_OK : no_memory(store, err);
    while (status == BW_OK) {
        status = read_batch(store, batch, &after, err);
        if (status != BW_OK || batch->count == 0) {
            break;
        }
        for (int i = 0; status == BW_OK && i < batch->count; i++) {
            status = bw_store_write_registration(store, &batch->rows[i], err);
        }
    }
    if (batch != NULL) {
        sodium_memzero(batch, sizeof *batch);
    }
    free(batch);
    return status;
}

struct clear_detail {
    int64_t device, seq, session_no;
    uint8_t hash[BW_HASH_BYTES];
    uint8_t bytes[BW_DETAILS_WIRE_BYTES_MAX];
    size_t length;
};

/* The next one in order of the table after *inout_detail. */
static enum bw_status
read_detail(struct bw_store *store, struct clear_detail *inout_detail, bool *ret_found,
    struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    enum bw_status status =
        bw_store_query(store, SQL_DETAIL_CLEAR, &stmt, err, "iib", inout_detail->device,
            inout_detail->seq, inout_detail->hash, sizeof inout_detail->hash);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_DETAIL_CLEAR, stmt, ret_found, err);
    }
    if (status != BW_OK || !*ret_found) {
        return status;
    }
    inout_detail->length = (size_t)sqlite3_column_bytes(stmt, 4);
    if (!bw_store_column_bytes(stmt, 2, inout_detail->hash, sizeof inout_detail->hash) ||
        inout_detail->length > sizeof inout_detail->bytes ||
        !bw_store_column_bytes(stmt, 4, inout_detail->bytes, inout_detail->length)) {
        return bw_store_damaged(store, "a walk-in's details", err);
    }
    inout_detail->device = sqlite3_column_int64(stmt, 0);
    inout_detail->seq = sqlite3_column_int64(stmt, 1);
    inout_detail->session_no = sqlite3_column_int64(stmt, 3);
    return BW_OK;
}

static enum bw_status
seal_details(struct bw_store *store, struct bw_error *err)
{
    struct clear_detail detail = {.device = -1};
    uint8_t sealed[BW_DETAILS_SEALED_BYTES_MAX], key[BW_DETAILS_KEY_BYTES];
    enum store_details kept = STORE_DETAILS_CLEAR;
    bool found = true;
    enum bw_status status = BW_OK;
    while (status == BW_OK && found) {
        status = read_detail(store, &detail, &found, err);
        if (status != BW_OK || !found) {
            break;
        }
        status = bw_store_details_key_to_seal(
            store, (uint32_t)detail.session_no, key, &kept, err);
        if (status == BW_OK) {
            size_t bytes =
                bw_details_seal(key, detail.hash, detail.bytes, detail.length, sealed);
            status = bw_store_run(store, SQL_DETAIL_SEAL, err, "iibbi", detail.device,
                detail.seq, detail.hash, sizeof detail.hash, sealed, bytes,
                (int64_t)kept);
        }
    }
    sodium_memzero(&detail, sizeof detail);
    sodium_memzero(key, sizeof key);
    return status;
}

static enum bw_status
seal_details_keys(struct bw_store *store, struct bw_error *err)
{
    bool row = true;
    enum bw_status status = BW_OK;
    while (status == BW_OK && row) {
        uint8_t key[BW_DETAILS_KEY_BYTES];
        int64_t session_no = 0;
        {
            STORE_CURSOR sqlite3_stmt *stmt = NULL;
            status = bw_store_query(store, SQL_DETAILS_KEY_CLEAR, &stmt, err, "");
            if (status == BW_OK) {
                status = bw_store_step(store, SQL_DETAILS_KEY_CLEAR, stmt, &row, err);
            }
            if (status != BW_OK || !row) {
                break;
            }
            session_no = sqlite3_column_int64(stmt, 0);
            if (sqlite3_column_int(stmt, 2) != 1 ||
                !bw_store_column_bytes(stmt, 1, key, sizeof key)) {
                return bw_store_damaged(store, "a session's key", err);
            }
        }
        status = bw_store_names_write_details_key(store, (uint32_t)session_no, key, err);
        sodium_memzero(key, sizeof key);
    }
    return status;
}

static enum bw_status
put_pair(struct bw_store *store, const struct bw_names_key *key, const char *pin,
    struct bw_error *err)
{
    uint8_t wrap[NAMES_WRAP_BYTES];
    enum bw_status status =
        bw_store_names_wrap(key, pin, store->enrolment.pin_hash, wrap, err);
    if (status == BW_OK) {
        status = bw_store_set_bytes(store, NAMES_WRAP, wrap, sizeof wrap, err);
    }
    return status == BW_OK ? bw_store_set_bytes(store, NAMES_PUBLIC, key->public_key,
                                 sizeof key->public_key, err)
                           : status;
}

static enum bw_status
seal_all(struct bw_store *store, struct bw_error *err)
{
    typedef enum bw_status step(struct bw_store *, struct bw_error *);
    static step *const steps[] = {seal_registrations, seal_details_keys, seal_details};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof steps / sizeof steps[0]; i++) {
        status = steps[i](store, err);
    }
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_SETTLE_SEARCH, err, "");
    }
    return status == BW_OK ? bw_store_set_number(store, NAMES_WIPE, 1, err) : status;
}

/* ---- names that nobody can open any more, given up ---- */

static enum bw_status
give_up(struct bw_store *store, struct bw_error *err)
{
    static const enum store_sql steps[] = {
        SQL_NAMES_EMPTY, SQL_NAMES_KEYS_DROP, SQL_DETAILS_KEYS_EMPTY, SQL_HELD_EMPTY};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < sizeof steps / sizeof steps[0]; i++) {
        status = bw_store_run(store, steps[i], err, "");
    }
    return status;
}

/* ---- the pair ---- */

static struct bw_names_key *
make_pair(void)
{
    struct bw_names_key *key = bw_store_names_key_new();
    if (key != NULL) {
        (void)crypto_box_keypair(key->public_key, key->secret_key);
    }
    return key;
}

/* The wrap as it was looked at; `found` false where names were clear. */
struct wrap {
    bool found;
    uint8_t bytes[NAMES_WRAP_BYTES];
};

static enum bw_status
read_wrap(struct bw_store *store, struct wrap *ret_wrap, struct bw_error *err)
{
    return bw_store_get_bytes(store, NAMES_WRAP, ret_wrap->bytes, sizeof ret_wrap->bytes,
        &ret_wrap->found, err);
}

/* Within the transaction: whether no other program's PIN made a pair, or wrapped it anew,
 * since `known` was read. Over that no other pair goes: what the other one sealed would
 * open for nobody. */
static enum bw_status
stands(struct bw_store *store, const struct wrap *known, bool *ret_stands,
    struct bw_error *err)
{
    struct wrap now = {.found = false};
    enum bw_status status = read_wrap(store, &now, err);
    if (status == BW_OK) {
        *ret_stands =
            now.found == known->found &&
            (!now.found || memcmp(now.bytes, known->bytes, sizeof now.bytes) == 0);
    }
    return status;
}

typedef enum bw_status pair_change(struct bw_store *, struct bw_error *);

static enum bw_status
take_pair(struct bw_store *store, struct bw_names_key *key, const char *pin,
    pair_change *change, struct bw_error *err)
{
    struct store_names *names = &store->names;
    enum bw_status status = put_pair(store, key, pin, err);
    if (status == BW_OK) {
        names->key = key;
        names->sealed = true;
        memcpy(names->public_key, key->public_key, sizeof names->public_key);
        status = change(store, err);
    }
    return status;
}

/* A new pair, and with it what was clear, or what can't be opened (`change`). Names stand
 * as they stood where it fails, and where *ret_done is false: another was first. */
static enum bw_status
begin_pair(struct bw_store *store, const char *pin, const struct wrap *known,
    pair_change *change, bool *ret_done, struct bw_error *err)
{
    bool done = false;
    struct bw_names_key *key = make_pair();
    enum bw_status status = key != NULL ? BW_OK : no_memory(store, err);
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_BEGIN, err, "");
    }
    if (status != BW_OK) {
        bw_store_names_drop(key);
        return status;
    }
    store->applying = true;
    status = stands(store, known, &done, err);
    if (status == BW_OK && done) {
        status = take_pair(store, key, pin, change, err);
    }
    status = bw_store_end(store, status, err);
    store->applying = false;
    if (status != BW_OK || !done) {
        store->names.key = NULL;
        bw_store_names_drop(key);
        store->names.sealed = change == give_up; /* the next look reads it */
    }
    if (status == BW_OK) {
        *ret_done = done;
    }
    return status;
}

/* Opens nothing where the PIN isn't the wrap's. */
static enum bw_status
open_pair(struct bw_store *store, const char *pin, const uint8_t wrap[NAMES_WRAP_BYTES],
    struct bw_error *err)
{
    struct bw_names_key *key = NULL;
    enum bw_status status =
        bw_store_names_unwrap(wrap, store->names.public_key, pin, &key, err);
    store->names.key = key;
    return status;
}

/* Whether nobody has the pair's key any more: there's no wrap, or it is of this very PIN
 * and doesn't hold. One of another PIN opens by that, or by a card. */
static bool
is_lost(const struct bw_store *store, const struct wrap *wrap)
{
    return !wrap->found ||
           bw_store_names_wrap_is_of(wrap->bytes, store->enrolment.pin_hash);
}

/* *ret_done is false where another program's PIN was first. */
static enum bw_status
open_names(struct bw_store *store, const char *pin, bool gives_up, bool *ret_done,
    struct bw_error *err)
{
    struct wrap wrap = {.found = false};
    enum bw_status status = read_wrap(store, &wrap, err);
    if (status == BW_OK && wrap.found && store->names.key == NULL) {
        status = open_pair(store, pin, wrap.bytes, err);
    }
    if (status != BW_OK) {
        return status;
    }
    if (store->names.key == NULL && (gives_up || is_lost(store, &wrap))) {
        return begin_pair(store, pin, &wrap, give_up, ret_done, err);
    }
    *ret_done = true;
    if (store->names.key == NULL || (wrap.found && bw_store_names_wrap_is_of(wrap.bytes,
                                                       store->enrolment.pin_hash))) {
        return BW_OK;
    }
    status = bw_store_names_wrap(
        store->names.key, pin, store->enrolment.pin_hash, wrap.bytes, err);
    return status == BW_OK
               ? bw_store_set_bytes(store, NAMES_WRAP, wrap.bytes, sizeof wrap.bytes, err)
               : status;
}

void
bw_store_names_wipe(struct bw_store *store)
{
    int64_t owed = 0;
    if (bw_store_get_number(store, NAMES_WIPE, 0, &owed, NULL) != BW_OK || owed == 0) {
        return;
    }
    int rc = sqlite3_exec(store->db, "VACUUM", NULL, NULL, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_wal_checkpoint_v2(
            store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
    if (rc == SQLITE_OK && bw_store_set_number(store, NAMES_WIPE, 0, NULL) == BW_OK) {
        bw_store_preallocate(store);
    }
}

static enum bw_status
unlock(struct bw_store *store, const char *pin, bool gives_up, struct bw_error *err)
{
    assert(!store->applying && store->letter == NULL && store->mode != BW_STORE_READ);
    static const struct wrap none = {.found = false};
    enum bw_status status = BW_OK;
    bool done = false;
    while (status == BW_OK && !done) {
        status = bw_store_names_load(store, err);
        if (status == BW_OK) {
            status = store->names.sealed
                         ? open_names(store, pin, gives_up, &done, err)
                         : begin_pair(store, pin, &none, seal_all, &done, err);
        }
    }
    if (status == BW_OK) {
        bw_store_names_wipe(store);
    }
    return status;
}

enum bw_status
bw_store_names_unlock(struct bw_store *store, const char *pin, struct bw_error *err)
{
    return unlock(store, pin, false, err);
}

enum bw_status
bw_store_names_give_up(struct bw_store *store, const char *pin, struct bw_error *err)
{
    return unlock(store, pin, true, err);
}

enum bw_status
bw_store_names_unlock_before(
    struct bw_store *store, const char *pin, bool *ret_fits, struct bw_error *err)
{
    struct wrap wrap = {.found = false};
    enum bw_status status = bw_store_names_load(store, err);
    if (status == BW_OK && store->names.sealed && store->names.key == NULL) {
        status = read_wrap(store, &wrap, err);
    }
    if (status == BW_OK && wrap.found) {
        status = open_pair(store, pin, wrap.bytes, err);
    }
    if (status == BW_OK) {
        *ret_fits = wrap.found && store->names.key != NULL;
    }
    return status;
}
