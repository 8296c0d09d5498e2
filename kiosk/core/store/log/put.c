/* What is put into a store: aside while a roster letter is read; a kiosk at once where
 * there is none. See brugwachter/store.h and store_letter.h. */
#include "core/store/roster/letter.h"
#include "quarantine.h"
#include "core/store/roster/roster_write.h"

#include <assert.h>

/* A roster letter was begun and not yet committed. */
static bool
is_staging(const struct bw_store *store)
{
    return store->letter != NULL && !store->applying;
}

enum bw_status
bw_store_put_session(
    struct bw_store *store, const struct bw_session *session, struct bw_error *err)
{
    assert(is_staging(store));
    return bw_store_stage_session(store, session, err);
}

enum bw_status
bw_store_put_registration(struct bw_store *store,
    const struct bw_registration *registration, struct bw_error *err)
{
    assert(is_staging(store));
    return bw_store_stage_registration(store, registration, err);
}

enum bw_status
bw_store_put_sealed(
    struct bw_store *store, const struct bw_sealed_row *row, struct bw_error *err)
{
    assert(is_staging(store));
    return bw_store_stage_sealed(store, row, err);
}

enum bw_status
bw_store_put_agenda(
    struct bw_store *store, const struct bw_agenda_item *item, struct bw_error *err)
{
    assert(is_staging(store));
    return bw_store_stage_agenda(store, item, err);
}

static enum bw_status
write_and_judge(struct bw_store *store, const struct bw_peer *peer, struct bw_error *err)
{
    enum bw_status status = bw_store_write_peer(store, peer, err);
    return status == BW_OK ? bw_store_judge_all(store, err) : status;
}

enum bw_status
bw_store_put_peer(
    struct bw_store *store, const struct bw_peer *peer, struct bw_error *err)
{
    assert(!store->applying);
    if (is_staging(store)) {
        return bw_store_stage_peer(store, peer, err);
    }
    enum bw_status status = bw_store_run(store, SQL_BEGIN, err, "");
    return status == BW_OK ? bw_store_end(store, write_and_judge(store, peer, err), err)
                           : status;
}
