/* See introduction_again.h. */
#include "exchange/office/introduction_again.h"

#include "central/records.h"

#include <assert.h>
#include <string.h>

enum bw_status
bw_introduction_is_again(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    const struct bw_introduction *introduction, bool *ret_again, struct bw_error *err)
{
    struct bw_kiosk_record kept;
    if (kiosk->replaces == 0 || kiosk->state != BW_KIOSK_ENROLLED) {
        *ret_again = false;
        return BW_OK;
    }
    enum bw_status status = bw_kiosk_record_read(central, kiosk->replaces, &kept, err);
    if (status == BW_OK) {
        *ret_again =
            kept.state != BW_KIOSK_ENROLLED && kept.has_store_id &&
            memcmp(kept.store_id, introduction->store_id, sizeof kept.store_id) == 0 &&
            memcmp(kept.now.sign, introduction->own.sign, sizeof kept.now.sign) == 0 &&
            memcmp(kept.now.box, introduction->own.box, sizeof kept.now.box) == 0;
    }
    return status;
}

/* $1 the kept number, $2 the new one, $3 now, $4 the store's id. A PIN that the new
 * enrolment doesn't give stays. One that was revoked is at work again, as the organiser
 * enrolled it knowing that; what is in quarantine stays there until it is settled. */
static const char *const settings_sql[] = {
    "UPDATE device SET (name, expires_ms, organiser, phone, privacy_url) ="
    " (SELECT n.name, n.expires_ms, n.organiser, n.phone, n.privacy_url"
    "  FROM device n WHERE n.device = $2),"
    " pin_hash = COALESCE((SELECT n.pin_hash FROM device n"
    "  WHERE n.device = $2 AND n.pin_hash <> ''), pin_hash), state = 1, revoked_ms = 0,"
    " revoked_seq = 0, revoked_hash = NULL, revoked_why = '' WHERE device = $1",
    "UPDATE device SET state = 2, revoked_ms = $3, store_id = $4,"
    " revoked_why = 'the kiosk keeps the number that it had' WHERE device = $2",
    NULL,
};

/* The new enrolment's sessions, in its order; the others are behind it. */
static const char *const sessions_sql[] = {
    "UPDATE device_session SET rank = -1 WHERE device = $1",
    "INSERT INTO device_session (device, session_no, rank)"
    " SELECT CAST($1 AS BIGINT), session_no, rank FROM device_session"
    " WHERE device = $2"
    " ON CONFLICT (device, session_no) DO UPDATE SET rank = excluded.rank",
    "DELETE FROM device_session WHERE device = $2",
    NULL,
};

static enum bw_status
run_all(struct bw_central *central, const char *const *list,
    const struct bw_sql_value *values, int count, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (; status == BW_OK && *list != NULL; list++) {
        status = bw_central_run(central, *list, values, count, NULL, NULL, err);
    }
    return status;
}

enum bw_status
bw_introduction_again_put(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    const struct bw_introduction *introduction, int64_t now_ms, struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    assert(kiosk->replaces != 0);
    struct bw_sql_value values[] = {bw_sql_int(kiosk->replaces),
        bw_sql_int(kiosk->device), bw_sql_int(now_ms),
        bw_sql_blob(introduction->store_id, sizeof introduction->store_id)};
    enum bw_status status = run_all(central, settings_sql, values, 4, err);
    if (status == BW_OK) {
        status = run_all(central, sessions_sql, values, 2, err);
    }
    return status == BW_OK ? bw_record_kiosk_changed(central, kiosk->replaces, err)
                           : status;
}
