/* How often a kiosk took its store up, and ended without a word: see
 * brugwachter/store.h. */
#include "open.h"

#include <brugwachter/store.h>

/* Kept while somebody works with the store: who finds it at the start, finds that the one
 * before was killed, or lost its power. */
static const char number_running[] = "running";

static enum bw_status
add_one(struct bw_store *store, const char *name, struct bw_error *err)
{
    int64_t count = 0;
    enum bw_status status = bw_store_get_number(store, name, 0, &count, err);
    return status == BW_OK ? bw_store_set_number(store, name, count + 1, err) : status;
}

static enum bw_status
note_begin(
    struct bw_store *store, int64_t wall_ms, bool *ret_was_cut, struct bw_error *err)
{
    int64_t running = 0;
    enum bw_status status = bw_store_get_number(store, number_running, 0, &running, err);
    if (status == BW_OK) {
        status = add_one(store, BW_NUMBER_RUNS, err);
    }
    if (status == BW_OK && running != 0) {
        status = add_one(store, BW_NUMBER_CUTS, err);
        if (status == BW_OK) {
            status = bw_store_set_number(store, BW_NUMBER_CUT_MS, wall_ms, err);
        }
    }
    if (status == BW_OK) {
        status = bw_store_set_number(store, number_running, 1, err);
    }
    *ret_was_cut = running != 0;
    return status;
}

bool
bw_store_run_begin(struct bw_store *store, int64_t wall_ms)
{
    struct bw_error ignored;
    bool was_cut = false;
    enum bw_status status = bw_store_run(store, SQL_BEGIN, &ignored, "");
    if (status == BW_OK) {
        status = note_begin(store, wall_ms, &was_cut, &ignored);
        status = bw_store_end(store, status, &ignored);
    }
    store->running = status == BW_OK;
    return store->running && was_cut;
}

void
bw_store_run_end(struct bw_store *store)
{
    if (store->running) {
        enum bw_status status = bw_store_set_number(store, number_running, 0, NULL);
        (void)status; /* then it looks like a cut */
        store->running = false;
    }
}
