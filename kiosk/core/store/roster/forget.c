/* Forgetting personal data: see brugwachter/store.h. */
#include "core/store/names/names.h"
#include "core/store/row.h"

#include <assert.h>

/* Details that a letter brings of these sessions later aren't kept any more. */
static enum bw_status
remember_forgotten(struct bw_store *store, int64_t ended_before_ms, struct bw_error *err)
{
    int64_t known_ms = INT64_MIN;
    enum bw_status status =
        bw_store_get_number(store, STORE_NUMBER_FORGOTTEN_MS, INT64_MIN, &known_ms, err);
    return status == BW_OK && ended_before_ms > known_ms
               ? bw_store_set_number(
                     store, STORE_NUMBER_FORGOTTEN_MS, ended_before_ms, err)
               : status;
}

enum bw_status
bw_store_forget(struct bw_store *store, int64_t ended_before_ms, struct bw_error *err)
{
    static const enum store_sql steps[] = {
        SQL_FORGET_NAMES, SQL_FORGET_ROSTERS, SQL_FORGET_SEALED};
    assert(!store->applying);
    int64_t sent = 0;
    enum bw_status status = bw_store_run(store, SQL_BEGIN, err, "");
    if (status != BW_OK) {
        return status;
    }
    status = bw_store_get_number(store, BW_NUMBER_ACKNOWLEDGED, 0, &sent, err);
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_FORGET_DETAILS, err, "iii", ended_before_ms,
            (int64_t)bw_store_enrolment(store)->device, sent);
    }
    for (size_t i = 0; status == BW_OK && i < sizeof steps / sizeof steps[0]; i++) {
        status = bw_store_run(store, steps[i], err, "i", ended_before_ms);
    }
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_NAMES_KEYS_DROP, err, "");
    }
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_SETTLE_SEARCH, err, "");
    }
    if (status == BW_OK) {
        status = remember_forgotten(store, ended_before_ms, err);
    }
    if (status == BW_OK) {
        status = bw_store_count_rows(store, err);
    }
    status = bw_store_end(store, status, err);
    bw_store_names_index_drop(store);
    if (status == BW_OK) {
        bw_store_wipe(store);
    }
    return status;
}
