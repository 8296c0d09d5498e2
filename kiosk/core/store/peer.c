/* Other kiosks and their events: see brugwachter/store.h. */
#include "row.h"

#include <assert.h>
#include <string.h>

static enum bw_status
check_event(const struct bw_event *event, const struct bw_event_details *details,
    uint8_t ret_bytes[BW_EVENT_WIRE_BYTES_MAX], size_t *ret_length, struct bw_error *err)
{
    struct bw_event read;
    uint8_t commitment[BW_HASH_BYTES];
    *ret_length = bw_event_encode(event, ret_bytes);
    enum bw_status status = bw_event_decode(ret_bytes, *ret_length, &read, err);
    if (status != BW_OK) {
        return status;
    }
    bool holds = memcmp(read.hash, event->hash, sizeof read.hash) == 0;
    if (holds && details != NULL) {
        bw_details_commit(details, commitment);
        holds = memcmp(commitment, event->commitment, sizeof commitment) == 0;
    }
    if (!holds) {
        char shown[BW_EVENT_ID_BYTES];
        bw_event_id_format(event->id, shown);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Keeping event %s failed: it was altered on its way. Get it again.", shown);
    }
    return BW_OK;
}

/* An event of our own number that isn't in our log: this file is a copy of an older
 * state, and the kiosk went on elsewhere. It's kept for the folding; and no more may be
 * appended. */
static enum bw_status
note_own(struct bw_store *store, const struct bw_event *event, bool *ret_known,
    struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    uint8_t hash[BW_HASH_BYTES];
    enum bw_status status =
        store_query(store, SQL_OWN_EVENT_HASH, &stmt, err, "i", (int64_t)event->id.seq);
    if (status == BW_OK) {
        status = store_step(store, SQL_OWN_EVENT_HASH, stmt, &row, err);
    }
    if (status != BW_OK) {
        return status;
    }
    *ret_known = row && store_column_bytes(stmt, 0, hash, sizeof hash) &&
                 memcmp(hash, event->hash, sizeof hash) == 0;
    return *ret_known ? BW_OK : bw_store_set_number(store, BW_NUMBER_RESTORED, 1, err);
}

static enum bw_status
keep_event(struct bw_store *store, const struct bw_event *event,
    const struct bw_event_details *details, const uint8_t *bytes, size_t length,
    struct bw_error *err)
{
    bool known = false;
    enum bw_status status = BW_OK;
    if (event->id.device == store->enrolment.device) {
        status = note_own(store, event, &known, err);
    }
    if (status == BW_OK && !known) {
        status =
            store_run(store, SQL_PEER_EVENT_PUT, err, "iibiib", (int64_t)event->id.device,
                (int64_t)event->id.seq, event->hash, sizeof event->hash,
                (int64_t)event->session_no, (int64_t)event->hlc, bytes, length);
    }
    return status == BW_OK && details != NULL && !known
               ? store_put_details(store, event, details, err)
               : status;
}

enum bw_status
bw_store_put_peer_event(struct bw_store *store, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = 0;
    enum bw_status status = check_event(event, details, bytes, &length, err);
    if (status != BW_OK || store->in_update) {
        return status == BW_OK ? keep_event(store, event, details, bytes, length, err)
                               : status;
    }
    status = store_run(store, SQL_BEGIN, err, "");
    return status == BW_OK
               ? store_end(
                     store, keep_event(store, event, details, bytes, length, err), err)
               : status;
}

static enum bw_status
write_peer(struct bw_store *store, const struct bw_peer *peer, struct bw_error *err)
{
    enum bw_status status =
        store_run(store, SQL_PEER_PUT, err, "ittii", (int64_t)peer->device, peer->name,
            peer->session, peer->heard_ms, (int64_t)peer->head_seq);
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    if (status == BW_OK) {
        status = store_query(store, SQL_PEERS_COUNT, &stmt, err, "");
    }
    if (status == BW_OK) {
        status = store_step(store, SQL_PEERS_COUNT, stmt, &row, err);
    }
    if (status == BW_OK && sqlite3_column_int64(stmt, 0) > BW_PEERS_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "Keeping the other kiosks in %s failed: there are more than %d. Retire those "
            "that are not used any more.",
            store->path, BW_PEERS_MAX);
    }
    return status;
}

enum bw_status
bw_store_put_peer(
    struct bw_store *store, const struct bw_peer *peer, struct bw_error *err)
{
    if (store->in_update) {
        enum bw_status status = write_peer(store, peer, err);
        return status == BW_OK
                   ? store_mark_seen(store, STORE_SEEN_PEER, peer->device, err)
                   : status;
    }
    enum bw_status status = store_run(store, SQL_BEGIN, err, "");
    return status == BW_OK ? store_end(store, write_peer(store, peer, err), err) : status;
}

enum bw_status
bw_store_peers(struct bw_store *store, struct bw_peer ret_peers[BW_PEERS_MAX],
    int *ret_count, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    int count = 0;
    enum bw_status status = store_query(store, SQL_PEERS, &stmt, err, "");
    while (status == BW_OK && count < BW_PEERS_MAX &&
           (status = store_step(store, SQL_PEERS, stmt, &row, err)) == BW_OK && row) {
        struct bw_peer peer = {
            .device = (uint32_t)sqlite3_column_int64(stmt, 0),
            .heard_ms = sqlite3_column_int64(stmt, 3),
            .head_seq = (uint64_t)sqlite3_column_int64(stmt, 4),
        };
        store_column_text(stmt, 1, peer.name, sizeof peer.name);
        store_column_text(stmt, 2, peer.session, sizeof peer.session);
        ret_peers[count++] = peer;
    }
    if (status == BW_OK) {
        *ret_count = count;
    }
    return status;
}
