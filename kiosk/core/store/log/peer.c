/* Other kiosks of the own sessions: see brugwachter/store.h. */
#include "core/store/roster/roster_write.h"
#include "core/store/row.h"

#include <assert.h>
#include <brugwachter/said.h>
#include <brugwachter/store_letter.h>
#include <sodium.h>
#include <string.h>

static const char keeping[] = BW_SAYS("Keeping the other kiosks in");

/* A row of KIOSK_COLUMNS, and whether its checksum holds. */
static bool
read_peer(sqlite3_stmt *stmt, struct bw_peer *ret_peer)
{
    struct bw_peer peer = {
        .device = (uint32_t)sqlite3_column_int64(stmt, 0),
        .heard_ms = sqlite3_column_int64(stmt, 3),
        .head_seq = (uint64_t)sqlite3_column_int64(stmt, 4),
        .introduced = sqlite3_column_int(stmt, 10) != 0,
        .provisional = sqlite3_column_int(stmt, 11) != 0,
        .hello_counter = (uint64_t)sqlite3_column_int64(stmt, 12),
        .hello_ms = sqlite3_column_int64(stmt, 13),
        .echo_counter = (uint64_t)sqlite3_column_int64(stmt, 14),
        .echo_ms = sqlite3_column_int64(stmt, 15),
    };
    bw_store_column_text(stmt, 1, peer.session, sizeof peer.session);
    bw_store_column_text(stmt, 2, peer.name, sizeof peer.name);
    *ret_peer = peer;
    return sqlite3_column_int(stmt, 16) == 1 &&
           bw_store_column_bytes(stmt, 5, ret_peer->sign, sizeof peer.sign) &&
           bw_store_column_bytes(stmt, 6, ret_peer->box, sizeof peer.box) &&
           bw_store_column_bytes(stmt, 7, ret_peer->first_sign, sizeof peer.first_sign) &&
           bw_store_column_bytes(stmt, 8, ret_peer->first_box, sizeof peer.first_box) &&
           bw_store_column_bytes(stmt, 9, ret_peer->store_id, sizeof peer.store_id);
}

static enum bw_status
find_peer(struct bw_store *store, uint32_t device, const char *session,
    struct bw_peer *ret_peer, bool *ret_found, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    enum bw_status status =
        bw_store_query(store, SQL_KIOSK, &stmt, err, "it", (int64_t)device, session);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_KIOSK, stmt, ret_found, err);
    }
    if (status == BW_OK && *ret_found && !read_peer(stmt, ret_peer)) {
        return bw_store_damaged(store, "another kiosk", err);
    }
    return status;
}

static enum bw_status
save_peer(struct bw_store *store, const struct bw_peer *peer, struct bw_error *err)
{
    return bw_store_run(store, SQL_KIOSK_PUT, err, "ittiibbbbbiiiiii",
        (int64_t)peer->device, peer->session, peer->name, peer->heard_ms,
        (int64_t)peer->head_seq, peer->sign, sizeof peer->sign, peer->box,
        sizeof peer->box, peer->first_sign, sizeof peer->first_sign, peer->first_box,
        sizeof peer->first_box, peer->store_id, sizeof peer->store_id,
        (int64_t)peer->introduced, (int64_t)peer->provisional,
        (int64_t)peer->hello_counter, peer->hello_ms, (int64_t)peer->echo_counter,
        peer->echo_ms);
}

static bool
is_given(const uint8_t key[BW_PEER_KEY_BYTES])
{
    return sodium_is_zero(key, BW_PEER_KEY_BYTES) == 0;
}

/* A roster's keys stand; of introductions the first counts. */
static void
merge_keys(struct bw_peer *known, const struct bw_peer *peer)
{
    bool by_roster = is_given(peer->sign) && !peer->provisional;
    bool first = is_given(peer->sign) && !is_given(known->sign);
    if (by_roster || first) {
        memcpy(known->sign, peer->sign, sizeof known->sign);
        memcpy(known->box, peer->box, sizeof known->box);
        memcpy(known->store_id, peer->store_id, sizeof known->store_id);
        known->introduced = by_roster;
        known->provisional = !by_roster;
    }
    if (is_given(peer->first_sign) && !peer->provisional) {
        memcpy(known->first_sign, peer->first_sign, sizeof known->first_sign);
        memcpy(known->first_box, peer->first_box, sizeof known->first_box);
    }
}

/* What came by another road may be newer than what comes now. */
static void
merge_peer(struct bw_peer *known, const struct bw_peer *peer)
{
    bool later_hello = peer->hello_counter > known->hello_counter;
    bool later_word = peer->heard_ms >= known->heard_ms;
    memcpy(known->name, peer->name, sizeof known->name);
    merge_keys(known, peer);
    if (later_hello || (later_word && peer->hello_counter == known->hello_counter)) {
        known->head_seq = peer->head_seq;
    }
    if (later_word) {
        known->heard_ms = peer->heard_ms;
    }
    if (later_hello) {
        known->hello_counter = peer->hello_counter;
        known->hello_ms = peer->hello_ms != 0 ? peer->hello_ms : peer->heard_ms;
    } else if (known->hello_counter == 0 && peer->heard_ms > known->hello_ms) {
        known->hello_ms = peer->heard_ms;
    }
    if (later_hello && peer->echo_counter > known->echo_counter) {
        known->echo_counter = peer->echo_counter;
        known->echo_ms = peer->echo_ms;
    }
}

enum bw_status
bw_store_write_peer(
    struct bw_store *store, const struct bw_peer *peer, struct bw_error *err)
{
    struct bw_peer known = {0};
    bool found = false;
    int64_t count = 0;
    enum bw_status status =
        find_peer(store, peer->device, peer->session, &known, &found, err);
    if (status != BW_OK) {
        return status;
    }
    known.device = peer->device;
    memcpy(known.session, peer->session, sizeof known.session);
    merge_peer(&known, peer);
    status = save_peer(store, &known, err);
    if (status == BW_OK) {
        status =
            bw_store_integer(store, "SELECT count(*) FROM kiosk", keeping, &count, err);
    }
    if (status == BW_OK && count > BW_PEERS_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "%s %s failed: there are more than %d. "
            "Retire those that are not used any more.",
            bw_said(keeping), store->path, BW_PEERS_MAX);
    }
    return status;
}

static enum bw_status
hear(struct bw_store *store, const struct bw_store_hello *hello, struct bw_error *err)
{
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    bool known = false;
    enum bw_status status = bw_store_peers(store, peers, &count, err);
    for (int i = 0; status == BW_OK && i < count; i++) {
        struct bw_peer *peer = &peers[i];
        if (peer->device != hello->device) {
            continue;
        }
        known = true;
        if (hello->counter <= peer->hello_counter) {
            continue;
        }
        peer->hello_counter = hello->counter;
        peer->hello_ms = hello->clock_ms;
        peer->head_seq = hello->head_seq;
        if (hello->echo_counter > peer->echo_counter) {
            peer->echo_counter = hello->echo_counter;
            peer->echo_ms = hello->echo_ms;
        }
        status = save_peer(store, peer, err);
    }
    if (status == BW_OK && !known) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "Hearing kiosk %u at %s failed: no roster names it yet. Get a new roster.",
            hello->device, store->path);
    }
    return status;
}

enum bw_status
bw_store_put_hello(
    struct bw_store *store, const struct bw_store_hello *hello, struct bw_error *err)
{
    assert(!store->applying && store->letter == NULL);
    enum bw_status status = bw_store_run(store, SQL_BEGIN, err, "");
    return status == BW_OK ? bw_store_end(store, hear(store, hello, err), err) : status;
}

/* Marks those whose word has ended. */
static enum bw_status
mark_revoked(
    struct bw_store *store, struct bw_peer *peers, int count, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_REVOKED, &stmt, err, "");
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_REVOKED, stmt, &row, err)) == BW_OK &&
           row) {
        uint8_t hash[BW_HASH_BYTES];
        if (sqlite3_column_int(stmt, 3) != 1 ||
            !bw_store_column_bytes(stmt, 2, hash, sizeof hash)) {
            return bw_store_damaged(store, "a revoked kiosk", err);
        }
        for (int i = 0; i < count; i++) {
            if (peers[i].device == (uint32_t)sqlite3_column_int64(stmt, 0)) {
                peers[i].revoked = true;
                peers[i].revoked_seq = (uint64_t)sqlite3_column_int64(stmt, 1);
                memcpy(peers[i].revoked_hash, hash, sizeof hash);
            }
        }
    }
    return status;
}

enum bw_status
bw_store_peers(struct bw_store *store, struct bw_peer ret_peers[BW_PEERS_MAX],
    int *ret_count, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    int count = 0;
    struct bw_peer peers[BW_PEERS_MAX];
    enum bw_status status = bw_store_query(store, SQL_KIOSKS, &stmt, err, "");
    while (status == BW_OK && count < BW_PEERS_MAX &&
           (status = bw_store_step(store, SQL_KIOSKS, stmt, &row, err)) == BW_OK && row) {
        if (!read_peer(stmt, &peers[count++])) {
            return bw_store_damaged(store, "another kiosk", err);
        }
    }
    if (status == BW_OK) {
        status = mark_revoked(store, peers, count, err);
    }
    if (status == BW_OK) {
        memcpy(ret_peers, peers, (size_t)count * sizeof *ret_peers);
        *ret_count = count;
    }
    return status;
}
