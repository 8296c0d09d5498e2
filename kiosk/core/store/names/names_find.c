/* Sealed names in order, and found: see names.h.
 *
 * The file's own index holds nothing of them (S14), so this connection makes one like it
 * in tables of its own, which lie in memory (temp_store), once after names were opened
 * and again when a roster came: 20 ms at 2,000 people. */
#include "names.h"

#include "core/store/roster/name.h"
#include "core/store/roster/roster_write.h"
#include "core/store/row.h"

static const char make_tables[] =
    "CREATE TEMP TABLE IF NOT EXISTS name_row (row INTEGER PRIMARY KEY,"
    "  of_code INTEGER NOT NULL UNIQUE, sorted TEXT NOT NULL, named TEXT NOT NULL);"
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.name_index USING fts5(named,"
    "  content='name_row', content_rowid='row', prefix='1 2 3', tokenize='ascii',"
    "  detail=none, columnsize=0);"
    "DELETE FROM temp.name_row;"
    "INSERT INTO temp.name_index (name_index) VALUES ('delete-all');";

void
bw_store_names_index_drop(struct bw_store *store)
{
    if (store->names.indexed != 0) {
        store->names.indexed = 0;
        (void)sqlite3_exec(store->db, make_tables, NULL, NULL, NULL);
    }
}

struct indexing {
    struct bw_store *store;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_registration(const struct bw_registration *registration, void *context)
{
    struct indexing *indexing = context;
    char sort_key[STORE_SORT_BYTES], words[STORE_WORDS_BYTES];
    int64_t row = 0;
    bw_store_name_sort_key(registration, sort_key);
    bw_store_name_words(registration, words);
    enum bw_status status = bw_store_choose_id(
        indexing->store, SQL_OPEN_LAST_ROW, sort_key, &row, indexing->err);
    if (status == BW_OK) {
        status = bw_store_run(indexing->store, SQL_OPEN_ROW_PUT, indexing->err, "iitt",
            row, (int64_t)registration->code, sort_key, words);
    }
    if (status == BW_OK) {
        status = bw_store_run(
            indexing->store, SQL_OPEN_WORDS_PUT, indexing->err, "it", row, words);
    }
    indexing->status = status;
    return status == BW_OK;
}

static enum bw_status
fill(struct bw_store *store, struct bw_error *err)
{
    struct indexing indexing = {.store = store, .err = err};
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    enum bw_status status = bw_store_query(store, SQL_ROSTER_BY_SIGN_UP, &stmt, err, "");
    if (status == BW_OK) {
        status = bw_store_walk_registrations(store, SQL_ROSTER_BY_SIGN_UP, stmt,
            STORE_ANY_SESSION, on_registration, &indexing, NULL, err);
    }
    return status == BW_OK ? indexing.status : status;
}

enum bw_status
bw_store_names_index(struct bw_store *store, struct bw_error *err)
{
    int64_t revision = 0;
    if (store->names.key == NULL) {
        return BW_OK;
    }
    enum bw_status status =
        bw_store_get_number(store, BW_NUMBER_ROSTER_REVISION, 0, &revision, err);
    if (status != BW_OK || store->names.indexed == revision + 1) {
        return status;
    }
    status = bw_store_script(store, make_tables, "Searching in", err);
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_BEGIN_READ, err, "");
    }
    if (status == BW_OK) {
        status = bw_store_end(store, fill(store, err), err);
        store->names.indexed = revision + 1; /* or half: emptied before the next */
    }
    if (status != BW_OK) {
        bw_store_names_index_drop(store);
    }
    return status;
}
