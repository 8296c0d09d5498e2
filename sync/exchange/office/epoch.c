/* Epochs: see epoch.h. */
#include "exchange/office/epoch.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

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

/* ---- what is held ---- */

static bool
on_given(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    ((int64_t *)context)[at] = columns[0].number;
    return false;
}

static size_t
held_count(const struct bw_epoch_hello *hellos, size_t count)
{
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        all += (size_t)hellos[i].hello->held_count;
    }
    return all;
}

enum { HELD_VALUES = 4 };

/* Which of the rosters that are held went from here: how many letters each, in order. */
static enum bw_status
given_read(struct bw_central *central, const struct bw_epoch_hello *hellos, size_t count,
    struct bw_sql_value *values, int64_t *ret_given, struct bw_error *err)
{
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < hellos[i].hello->held_count; k++) {
            const struct bw_hello_held *held = &hellos[i].hello->held[k];
            struct bw_sql_value *value = &values[all++ * HELD_VALUES];
            value[0] = bw_sql_int(hellos[i].kiosk->device);
            value[1] = bw_sql_int(held->session_no);
            value[2] = bw_sql_int(held->epoch);
            value[3] = bw_sql_int((int64_t)held->revision);
        }
    }
    return bw_central_each(central,
        "SELECT count(*) FROM letter_out WHERE device = $1 AND session_no = $2"
        " AND epoch = $3 AND to_revision = $4",
        values, HELD_VALUES, all, on_given, ret_given, err);
}

/* ---- the look ---- */

/* One hello. Each roster letter takes a revision of its own, so one that isn't among
 * those that went is of another life of this file, whether its number is high or not. */
static enum bw_status
hello_look(struct bw_central *central, struct bw_epoch_hello *look, const int64_t *given,
    int64_t now_ms, uint32_t *epoch, struct bw_error *err)
{
    uint32_t highest = 0;
    bool beyond = false;
    for (int i = 0; i < look->hello->held_count; i++) {
        const struct bw_hello_held *held = &look->hello->held[i];
        bool ours = held->epoch == *epoch && held->revision != 0;
        beyond = beyond || (ours ? given[i] == 0 : held->epoch > *epoch);
        highest = held->epoch > highest ? held->epoch : highest;
    }
    if (highest > *epoch && highest - *epoch > BW_EPOCH_STEP_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it holds a roster of epoch %" PRIu32 ", and this database is at %" PRIu32
            ": that can't be",
            highest, *epoch); /* XP2 */
    }
    if (!beyond) {
        return BW_OK;
    }
    *epoch = look->new_epoch = (highest > *epoch ? highest : *epoch) + 1; /* XP1 */
    return epoch_begin(central, *epoch, look->kiosk, now_ms, err);
}

static enum bw_status
hellos_look(struct bw_central *central, struct bw_epoch_hello *hellos, size_t count,
    const int64_t *given, int64_t now_ms, struct bw_error *err)
{
    uint32_t epoch = 0;
    enum bw_status status = bw_epoch_read(central, &epoch, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = hello_look(central, &hellos[i], given, now_ms, &epoch, err);
        given += hellos[i].hello->held_count;
    }
    return status;
}

enum bw_status
bw_epoch_look(struct bw_central *central, struct bw_epoch_hello *hellos, size_t count,
    int64_t now_ms, struct bw_error *err)
{
    assert(bw_central_in_transaction(central));
    size_t all = held_count(hellos, count);
    if (all == 0) {
        return BW_OK;
    }
    struct bw_sql_value *values = calloc(all * HELD_VALUES, sizeof *values);
    int64_t *given = calloc(all, sizeof *given);
    enum bw_status status =
        values && given ? given_read(central, hellos, count, values, given, err)
                        : bw_error_set(err, BW_NO_MEMORY, 0,
                              "reading hellos: out of memory; close other programs");
    if (status == BW_OK) {
        status = hellos_look(central, hellos, count, given, now_ms, err);
    }
    free(values);
    free(given);
    return status;
}
