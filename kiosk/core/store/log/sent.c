/* Own letters that carriers hold: see brugwachter/store_letter.h. */
#include "core/store/sql.h"

#include <brugwachter/store_letter.h>

enum bw_status
bw_store_put_sent(
    struct bw_store *store, const struct bw_store_sent *sent, struct bw_error *err)
{
    return bw_store_run(store, SQL_SENT_PUT, err, "ttiiib", sent->carrier, sent->name,
        (int64_t)sent->from, (int64_t)sent->to, (int64_t)sent->counter, sent->hash,
        sizeof sent->hash);
}

enum bw_status
bw_store_sent(struct bw_store *store, const char *carrier, bw_store_sent_each *each,
    void *context, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_SENT, &stmt, err, "t", carrier);
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_SENT, stmt, &row, err)) == BW_OK && row) {
        struct bw_store_sent sent = {
            .from = (uint64_t)sqlite3_column_int64(stmt, 2),
            .to = (uint64_t)sqlite3_column_int64(stmt, 3),
            .counter = (uint64_t)sqlite3_column_int64(stmt, 4),
        };
        bw_store_column_text(stmt, 0, sent.carrier, sizeof sent.carrier);
        bw_store_column_text(stmt, 1, sent.name, sizeof sent.name);
        /* one that doesn't hold is put again: no letter has this hash */
        (void)bw_store_column_bytes(stmt, 5, sent.hash, sizeof sent.hash);
        if (!each(&sent, context)) {
            break;
        }
    }
    return status;
}

enum bw_status
bw_store_drop_sent(
    struct bw_store *store, const char *carrier, const char *name, struct bw_error *err)
{
    return bw_store_run(store, SQL_SENT_DROP, err, "tt", carrier, name);
}
