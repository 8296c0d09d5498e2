/* Head statements and hellos: see hello.h. */
#include "exchange/office/merge/hello.h"

#include <assert.h>

/* One row a head: of the same head the newest statement is all that matters, and a kiosk
 * that syncs all day says it a thousand times. */
static enum bw_status
statement_put(struct bw_central *central, uint32_t session_no,
    const struct bw_events_letter *letter, const char *way, int64_t now_ms,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(letter->writer),
        bw_sql_int((int64_t)letter->head_seq),
        bw_sql_blob(letter->head_hash, BW_HASH_BYTES), bw_sql_int(letter->suspect),
        bw_sql_int(letter->stated_ms),
        bw_sql_blob(letter->store_id, BW_EVENTS_STORE_ID_BYTES), bw_sql_int(session_no),
        bw_sql_int(now_ms), bw_sql_text(way)};
    enum bw_status status = bw_central_put(central,
        "DELETE FROM head_statement WHERE device = $1 AND seq = $2 AND hash = $3"
        " AND suspect = $4 AND store_id = $6 AND session_no = $7 AND stated_ms < $5",
        values, 7, err);
    if (status == BW_OK) {
        status = bw_central_put(central,
            "INSERT INTO head_statement (device, seq, hash, suspect, stated_ms, store_id,"
            " session_no, received_ms, way)"
            " SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), $3, CAST($4 AS BIGINT),"
            " CAST($5 AS BIGINT), $6, CAST($7 AS BIGINT), CAST($8 AS BIGINT),"
            " CAST($9 AS TEXT) WHERE NOT EXISTS (SELECT 1 FROM head_statement"
            " WHERE device = $1 AND seq = $2 AND hash = $3 AND suspect = $4"
            " AND store_id = $6 AND session_no = $7 AND stated_ms >= $5)"
            " ON CONFLICT DO NOTHING",
            values, 9, err);
    }
    return status;
}

static enum bw_status
statements_put(struct bw_central *central, const struct bw_kiosk_session *sessions,
    int sessions_count, const struct bw_events_letter *letter, const char *way,
    int64_t now_ms, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    if (sessions_count == 0) {
        return statement_put(central, 0, letter, way, now_ms, err);
    }
    for (int i = 0; status == BW_OK && i < sessions_count; i++) {
        status = statement_put(central, sessions[i].session_no, letter, way, now_ms, err);
    }
    return status;
}

static enum bw_status
contact_put(struct bw_central *central, const struct bw_events_letter *letter,
    int64_t now_ms, struct bw_error *err)
{
    const struct bw_hello *hello = &letter->hello;
    struct bw_sql_value values[] = {bw_sql_int(letter->writer),
        bw_sql_int((int64_t)letter->counter), bw_sql_int(hello->clock_ms),
        bw_sql_text(hello->version), bw_sql_int(hello->disk_free_mib),
        bw_sql_int(hello->camera),
        bw_sql_int(hello->battery_percent < 0 ? 255 : hello->battery_percent),
        bw_sql_int(now_ms), bw_sql_blob(letter->store_id, BW_EVENTS_STORE_ID_BYTES)};
    return bw_central_put(central,
        "UPDATE device SET hello_counter = $2, hello_ms = $3, version = $4,"
        " disk_free_mib = $5, camera = $6, battery = $7, last_contact_ms = $8,"
        " store_id = COALESCE(store_id, $9) WHERE device = $1",
        values, 9, err);
}

static enum bw_status
held_put(struct bw_central *central, const struct bw_events_letter *letter,
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < letter->hello.held_count; i++) {
        const struct bw_hello_held *held = &letter->hello.held[i];
        struct bw_sql_value values[] = {bw_sql_int(letter->writer),
            bw_sql_int(held->session_no), bw_sql_int(held->epoch),
            bw_sql_int((int64_t)held->revision)};
        status = bw_central_put(central,
            "UPDATE device_session SET held_epoch = $3, held_revision = $4"
            " WHERE device = $1 AND session_no = $2",
            values, 4, err);
    }
    return status;
}

static enum bw_status
heard_put(struct bw_central *central, const struct bw_events_letter *letter,
    struct bw_error *err)
{
    struct bw_sql_value writer = bw_sql_int(letter->writer);
    enum bw_status status =
        bw_central_put(central, "DELETE FROM heard WHERE device = $1", &writer, 1, err);
    for (int i = 0; status == BW_OK && i < letter->hello.heard_count; i++) {
        const struct bw_hello_heard *heard = &letter->hello.heard[i];
        struct bw_sql_value values[] = {writer, bw_sql_int(heard->device),
            bw_sql_int((int64_t)heard->counter), bw_sql_int(heard->clock_ms)};
        status = bw_central_put(central,
            "INSERT INTO heard (device, peer, counter, heard_ms) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT DO NOTHING",
            values, 4, err);
    }
    return status;
}

enum bw_status
bw_hello_put(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    const struct bw_kiosk_session *sessions, int sessions_count,
    const struct bw_events_letter *letter, const char *way, int64_t now_ms, bool *ret_new,
    struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    assert(kiosk->device == letter->writer);
    if (kiosk->state == BW_KIOSK_REVOKED) {
        *ret_new = false;
        return BW_OK;
    }
    bool new = letter->counter > kiosk->hello_counter; /* XH1 */
    enum bw_status status = statements_put(
        central, sessions, sessions_count, letter, way, now_ms, err); /* XH2 */
    if (status == BW_OK && new) {
        status = contact_put(central, letter, now_ms, err);
    }
    if (status == BW_OK && new) {
        status = held_put(central, letter, err);
    }
    if (status == BW_OK && new) {
        status = heard_put(central, letter, err);
    }
    if (status == BW_OK) {
        *ret_new = new;
    }
    return status;
}
