/* Epochs: see epoch.h. */
#include "exchange/office/epoch.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

enum bw_status
bw_epoch_read(struct bw_central *central, uint32_t *ret_epoch, struct bw_error *err)
{
    int64_t epoch = 0;
    enum bw_status status =
        bw_central_number(central, "SELECT epoch FROM central", NULL, 0, 1, &epoch, err);
    if (status == BW_NOT_FOUND) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "reading %s: its row of numbers is gone; restore it from a copy",
            bw_central_name(central));
    }
    if (status == BW_OK) {
        *ret_epoch = (uint32_t)epoch;
    }
    return status;
}

/* Whether a kiosk holds a roster that this database never gave. Each roster letter takes
 * a revision of its own, so one that isn't among those that went is of another life of
 * this file, whether its number is high or not. */
static enum bw_status
held_look(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    const struct bw_hello_held *held, uint32_t epoch, bool *ret_beyond,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(kiosk->device),
        bw_sql_int(held->session_no), bw_sql_int(held->epoch),
        bw_sql_int((int64_t)held->revision)};
    int64_t given = 0;
    if (held->epoch != epoch || held->revision == 0) {
        *ret_beyond = held->epoch > epoch;
        return BW_OK;
    }
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM letter_out WHERE device = $1 AND session_no = $2"
        " AND epoch = $3 AND to_revision = $4",
        values, 4, 0, &given, err);
    if (status == BW_OK) {
        *ret_beyond = given == 0;
    }
    return status;
}

static enum bw_status
epoch_begin(struct bw_central *central, uint32_t epoch,
    const struct bw_kiosk_record *kiosk, int64_t now_ms, struct bw_error *err)
{
    char why[160];
    (void)snprintf(why, sizeof why,
        "kiosk %" PRIu32 " holds a roster that this database never gave", kiosk->device);
    struct bw_sql_value values[] = {
        bw_sql_int(epoch), bw_sql_int(now_ms), bw_sql_text(why)};
    return bw_central_run(central,
        "UPDATE central SET epoch = $1, epoch_ms = $2, epoch_why = $3", values, 3, NULL,
        NULL, err);
}

enum bw_status
bw_epoch_look(struct bw_central *central, const struct bw_kiosk_record *kiosk,
    const struct bw_hello *hello, int64_t now_ms, uint32_t *ret_new_epoch,
    struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    uint32_t epoch = 0, highest = 0;
    bool beyond = false;
    enum bw_status status = bw_epoch_read(central, &epoch, err);
    for (int i = 0; status == BW_OK && i < hello->held_count; i++) {
        const struct bw_hello_held *held = &hello->held[i];
        bool more = false;
        status = held_look(central, kiosk, held, epoch, &more, err);
        beyond = beyond || more;
        highest = held->epoch > highest ? held->epoch : highest;
    }
    if (status == BW_OK && highest > epoch && highest - epoch > BW_EPOCH_STEP_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it holds a roster of epoch %" PRIu32 ", and this database is at %" PRIu32
            ": that can't be",
            highest, epoch); /* XP2 */
    }
    if (status == BW_OK && beyond) {
        epoch = (highest > epoch ? highest : epoch) + 1; /* XP1 */
        status = epoch_begin(central, epoch, kiosk, now_ms, err);
    }
    if (status == BW_OK) {
        *ret_new_epoch = beyond ? epoch : 0;
    }
    return status;
}
