/* What is put into a store: aside while a roster letter is read, else at once. See
 * brugwachter/store.h and store_letter.h. */
#include "letter.h"
#include "quarantine.h"
#include "roster_write.h"

#include <assert.h>

/* A roster letter was begun and not yet committed. */
static bool
is_staging(const struct bw_store *store)
{
    return store->letter != NULL && !store->in_update;
}

enum bw_status
bw_store_put_session(
    struct bw_store *store, const struct bw_session *session, struct bw_error *err)
{
    return is_staging(store) ? bw_store_stage_session(store, session, err)
                             : bw_store_write_session(store, session, err);
}

enum bw_status
bw_store_put_registration(struct bw_store *store,
    const struct bw_registration *registration, struct bw_error *err)
{
    return is_staging(store) ? bw_store_stage_registration(store, registration, err)
                             : bw_store_write_registration(store, registration, err);
}

enum bw_status
bw_store_put_sealed(
    struct bw_store *store, const struct bw_sealed_row *row, struct bw_error *err)
{
    return is_staging(store) ? bw_store_stage_sealed(store, row, err)
                             : bw_store_write_sealed(store, row, err);
}

enum bw_status
bw_store_put_agenda(
    struct bw_store *store, const struct bw_agenda_item *item, struct bw_error *err)
{
    return is_staging(store) ? bw_store_stage_agenda(store, item, err)
                             : bw_store_write_agenda(store, item, err);
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
    if (is_staging(store)) {
        return bw_store_stage_peer(store, peer, err);
    }
    if (store->in_update) {
        enum bw_status status = bw_store_write_peer(store, peer, err);
        return status == BW_OK
                   ? bw_store_mark_seen(store, STORE_SEEN_PEER, peer->device, err)
                   : status;
    }
    enum bw_status status = bw_store_run(store, SQL_BEGIN, err, "");
    return status == BW_OK ? bw_store_end(store, write_and_judge(store, peer, err), err)
                           : status;
}
