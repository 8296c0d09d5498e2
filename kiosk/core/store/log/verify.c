/* Proof that the log and its file hold: see brugwachter/store.h. */
#include "core/store/row.h"

#include <brugwachter/store_letter.h>

#include <brugwachter/said.h>
#include <assert.h>
#include <sodium.h>
#include <string.h>

const char *
bw_chain_state_name(enum bw_chain_state state)
{
    static const char *const names[] = {
        [BW_CHAIN_OK] = BW_SAYS("ok"),
        [BW_CHAIN_BROKEN] = BW_SAYS("broken"),
        [BW_CHAIN_FORKED] = BW_SAYS("forked"),
    };
    assert((unsigned)state < sizeof names / sizeof names[0]);
    return names[state];
}

/* A row of details against its event's commitment. Where its key isn't at hand the row's
 * checksum, which holds, is all that can be said. */
static enum bw_status
prove_details(struct bw_store *store, sqlite3_stmt *row, const struct bw_event *event,
    bool *ret_holds, struct bw_error *err)
{
    uint8_t key[BW_DETAILS_KEY_BYTES], commitment[BW_HASH_BYTES];
    uint8_t plain[BW_DETAILS_SEALED_BYTES_MAX];
    const uint8_t *bytes = sqlite3_column_blob(row, 0);
    size_t length = (size_t)sqlite3_column_bytes(row, 0);
    bool found = true, opened = true;
    int kept = sqlite3_column_int(row, 1);
    if (kept != STORE_DETAILS_CLEAR) {
        bool local = kept == STORE_DETAILS_LOCAL;
        enum bw_status status = bw_store_details_key(store,
            local ? STORE_NO_SESSION : (uint32_t)sqlite3_column_int64(row, 3), key,
            &found, err);
        if (status != BW_OK || !found) {
            return status;
        }
        opened = length <= sizeof plain &&
                 bw_details_open(key, event->hash, bytes, length, plain, &length);
        bytes = plain;
        sodium_memzero(key, sizeof key);
    }
    *ret_holds = opened;
    if (opened) {
        (void)crypto_generichash(
            commitment, sizeof commitment, bytes, (unsigned)length, NULL, 0);
        *ret_holds = memcmp(commitment, event->commitment, sizeof commitment) == 0;
    }
    sodium_memzero(plain, sizeof plain);
    return BW_OK;
}

/* One own event against its number, its link and its details. Moves *inout_prev on. */
static enum bw_status
prove_event(struct bw_store *store, sqlite3_stmt *row, uint8_t inout_prev[BW_HASH_BYTES],
    struct bw_verification *result, bool *ret_holds, struct bw_error *err)
{
    struct bw_event event;
    uint8_t hash[BW_HASH_BYTES];
    *ret_holds = bw_store_column_bytes(row, 4, hash, sizeof hash) &&
                 bw_event_decode(sqlite3_column_blob(row, 5),
                     (size_t)sqlite3_column_bytes(row, 5), &event, NULL) == BW_OK &&
                 event.id.device == store->enrolment.device &&
                 event.id.seq == result->events &&
                 (int64_t)event.id.seq == sqlite3_column_int64(row, 0) &&
                 event.session_no == sqlite3_column_int64(row, 1) &&
                 (int64_t)event.hlc == sqlite3_column_int64(row, 2) &&
                 memcmp(event.hash, hash, sizeof hash) == 0 &&
                 memcmp(event.prev, inout_prev, sizeof event.prev) == 0;
    memcpy(inout_prev, hash, sizeof hash);
    if (!*ret_holds || !bw_event_has_details(&event)) {
        return BW_OK;
    }
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool found = false;
    enum bw_status status = bw_store_query(store, SQL_DETAIL_ROW, &stmt, err, "iib",
        (int64_t)event.id.device, (int64_t)event.id.seq, event.hash, sizeof event.hash);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_DETAIL_ROW, stmt, &found, err);
    }
    if (status != BW_OK) {
        return status;
    }
    if (found && sqlite3_column_type(stmt, 0) == SQLITE_NULL) {
        result->forgotten++;
        return BW_OK;
    }
    *ret_holds = found && sqlite3_column_int(stmt, 2) == 1;
    return *ret_holds ? prove_details(store, stmt, &event, ret_holds, err) : BW_OK;
}

static enum bw_status
prove_chain(struct bw_store *store, struct bw_verification *result, struct bw_error *err)
{
    uint8_t prev[BW_HASH_BYTES];
    memcpy(prev, store->id, sizeof prev);
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_OWN_CHAIN, &stmt, err, "");
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_OWN_CHAIN, stmt, &row, err)) == BW_OK &&
           row) {
        bool holds = false;
        result->events++;
        status = prove_event(store, stmt, prev, result, &holds, err);
        if (status == BW_OK && !holds && result->broken_at == 0) {
            result->broken_at = result->events;
            result->chain = BW_CHAIN_BROKEN;
        }
    }
    return status;
}

/* Events of other kiosks that aren't what their row says: the file was tampered with. */
static enum bw_status
prove_peers(struct bw_store *store, struct bw_verification *result, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_PEER_EVENTS, &stmt, err, "");
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_PEER_EVENTS, stmt, &row, err)) == BW_OK &&
           row) {
        struct bw_event event;
        uint8_t hash[BW_HASH_BYTES];
        bool holds = bw_store_column_bytes(stmt, 2, hash, sizeof hash) &&
                     bw_event_decode(sqlite3_column_blob(stmt, 5),
                         (size_t)sqlite3_column_bytes(stmt, 5), &event, NULL) == BW_OK &&
                     event.id.device == sqlite3_column_int64(stmt, 0) &&
                     (int64_t)event.id.seq == sqlite3_column_int64(stmt, 1) &&
                     event.session_no == sqlite3_column_int64(stmt, 3) &&
                     (int64_t)event.hlc == sqlite3_column_int64(stmt, 4) &&
                     memcmp(event.hash, hash, sizeof hash) == 0;
        result->integrity = result->integrity && holds;
    }
    return status;
}

static enum bw_status
prove_file(struct bw_store *store, struct bw_verification *result, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_INTEGRITY, &stmt, err, "");
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_INTEGRITY, stmt, &row, err);
    }
    if (status == BW_OK) {
        const char *said = row ? (const char *)sqlite3_column_text(stmt, 0) : "";
        result->integrity = said != NULL && strcmp(said, "ok") == 0;
    }
    return status;
}

static enum bw_status
prove_no_fork(
    struct bw_store *store, struct bw_verification *result, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(
        store, SQL_PEER_FORKS, &stmt, err, "i", (int64_t)store->enrolment.device);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_PEER_FORKS, stmt, &row, err);
    }
    if (status == BW_OK && result->chain == BW_CHAIN_OK &&
        sqlite3_column_int64(stmt, 0) > 0) {
        result->chain = BW_CHAIN_FORKED;
    }
    return status;
}

enum bw_status
bw_store_verify(
    struct bw_store *store, struct bw_verification *ret_result, struct bw_error *err)
{
    typedef enum bw_status prove(
        struct bw_store *, struct bw_verification *, struct bw_error *);
    static prove *const steps[] = {prove_file, prove_chain, prove_no_fork, prove_peers};
    struct bw_verification result = {.chain = BW_CHAIN_OK};
    /* One snapshot for all steps, though the kiosk goes on appending. */
    enum bw_status status = bw_store_run(store, SQL_BEGIN_READ, err, "");
    if (status != BW_OK) {
        return status;
    }
    for (size_t i = 0; status == BW_OK && i < sizeof steps / sizeof steps[0]; i++) {
        status = steps[i](store, &result, err);
    }
    status = bw_store_end(store, status, err);
    if (status == BW_OK) {
        *ret_result = result;
    }
    return status;
}
