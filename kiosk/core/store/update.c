/* Roster updates: see brugwachter/store.h.
 *
 * One transaction from begin to commit holds S4. A whole update remembers in temporary
 * tables what was put, and drops the rest at the end; a row that is the same isn't
 * written, so that pulling an unchanged roster of 100,000 costs no disk. */
#include "quarantine.h"
#include "roster_write.h"
#include "row.h"

#include <assert.h>
#include <string.h>

static const char make_seen[] =
    "CREATE TEMP TABLE IF NOT EXISTS seen_number ("
    "  what INTEGER, number INTEGER, PRIMARY KEY (what, number)) WITHOUT ROWID;"
    "CREATE TEMP TABLE IF NOT EXISTS seen_id (id BLOB PRIMARY KEY) WITHOUT ROWID;"
    "DELETE FROM temp.seen_number; DELETE FROM temp.seen_id;";

static const char drop_unseen[] =
    "DELETE FROM session WHERE session_no NOT IN"
    "  (SELECT number FROM temp.seen_number WHERE what = 0);"
    "INSERT INTO person (person, rowid, words) SELECT 'delete', id, words"
    "  FROM registration WHERE code NOT IN"
    "  (SELECT number FROM temp.seen_number WHERE what = 1);"
    "DELETE FROM registration WHERE code NOT IN"
    "  (SELECT number FROM temp.seen_number WHERE what = 1);"
    "DELETE FROM kiosk WHERE device NOT IN"
    "  (SELECT number FROM temp.seen_number WHERE what = 2);"
    "DELETE FROM sealed WHERE id NOT IN (SELECT id FROM temp.seen_id);"
    "DELETE FROM temp.seen_number; DELETE FROM temp.seen_id;";

static const char keeping[] = "Keeping the roster in";

enum bw_status
bw_store_update_begin(struct bw_store *store, bool whole, struct bw_error *err)
{
    assert(!store->in_update && store->letter == NULL && store->mode != BW_STORE_READ);
    enum bw_status status =
        whole ? bw_store_script(store, make_seen, keeping, err) : BW_OK;
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_BEGIN, err, "");
    }
    if (status == BW_OK) {
        store->in_update = true;
        store->update_whole = whole;
        store->agenda_emptied = false;
    }
    return status;
}

enum bw_status
bw_store_update_commit(
    struct bw_store *store, int64_t revision, int64_t roster_ms, struct bw_error *err)
{
    assert(store->in_update);
    enum bw_status status = BW_OK;
    if (store->update_whole) {
        status =
            bw_store_empty_agenda(store, err); /* a whole update without one has none */
        if (status == BW_OK) {
            status = bw_store_script(store, drop_unseen, keeping, err);
        }
    }
    if (status == BW_OK) {
        status = bw_store_count_rows(store, err);
    }
    if (status == BW_OK) {
        status = bw_store_judge_all(store, err);
    }
    if (status == BW_OK) {
        status = bw_store_set_number(store, BW_NUMBER_ROSTER_REVISION, revision, err);
    }
    if (status == BW_OK) {
        status = bw_store_set_number(store, BW_NUMBER_ROSTER_MS, roster_ms, err);
    }
    status = bw_store_end(store, status, err);
    store->in_update = false;
    return status;
}

void
bw_store_update_rollback(struct bw_store *store)
{
    if (store->in_update) {
        bw_store_roll_back(store);
        store->in_update = false;
    }
}
