/* Proof that the log and its file hold: see brugwachter/store.h. */
#include "sql.h"

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
    uint8_t commitment[BW_HASH_BYTES];
    (void)crypto_generichash(commitment, sizeof commitment, sqlite3_column_blob(stmt, 0),
        (unsigned)sqlite3_column_bytes(stmt, 0), NULL, 0);
    *ret_holds = found && memcmp(commitment, event.commitment, sizeof commitment) == 0;
    return BW_OK;
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
