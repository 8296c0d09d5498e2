/* Events up: see link.h.
 *
 * How far to go back is asked of the central side, never taken from the store's own note:
 * a central database that was restored from a copy gets again what it lost. Of the last
 * event that both should know the hashes are compared: another one is a fork. */
#include "exchange/batch.h"
#include "central/chain.h"
#include "exchange/link.h"

#include <string.h>

enum { BATCH_EVENTS = 500 };

struct found_hash {
    const uint8_t *hash;
    bool found;
};

static bool
on_hash(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct found_hash *found = context;
    found->found =
        found->found || (columns[0].bytes == BW_HASH_BYTES &&
                            memcmp(columns[0].blob, found->hash, BW_HASH_BYTES) == 0);
    return !found->found;
}

struct own_hash {
    uint8_t hash[BW_HASH_BYTES];
    bool found;
};

static bool
on_own_event(const struct bw_event *event, void *context)
{
    struct own_hash *own = context;
    memcpy(own->hash, event->hash, BW_HASH_BYTES);
    own->found = true;
    return false;
}

/* Whether both sides have the same event under `seq`. */
static enum bw_status
is_common(struct bw_link *link, uint64_t seq, bool *ret_common, struct bw_error *err)
{
    struct own_hash own = {.found = false};
    if (seq == 0) {
        *ret_common = true;
        return BW_OK;
    }
    enum bw_status status =
        bw_store_own_events(link->store, seq, on_own_event, &own, err);
    if (status != BW_OK || !own.found) {
        *ret_common = false;
        return status;
    }
    struct found_hash found = {.hash = own.hash};
    struct bw_sql_value values[] = {bw_sql_int(link->device), bw_sql_int((int64_t)seq)};
    status = bw_central_run(link->central,
        "SELECT hash FROM event WHERE device = $1 AND seq = $2", values, 2, on_hash,
        &found, err);
    if (status == BW_OK) {
        *ret_common = found.found;
    }
    return status;
}

static enum bw_status
batch_send(struct bw_link *link, uint64_t from, struct bw_pushed *pushed,
    size_t *ret_count, struct bw_error *err)
{
    struct bw_batch batch;
    int64_t accepted = 0;
    enum bw_status status = bw_batch_of_store(
        link->store, &link->call->clock, from, BATCH_EVENTS, &batch, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_central_begin(link->central, err);
    if (status == BW_OK) {
        status = bw_batch_put(
            link->central, &batch, "push", bw_call_now_ms(link->call), &accepted, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(link->central, err);
    }
    bw_central_rollback(link->central);
    if (status == BW_OK) {
        pushed->sent += (int64_t)batch.count;
        pushed->accepted += accepted;
        *ret_count = batch.count;
    }
    bw_batch_finish(&batch);
    return status;
}

static enum bw_status
all_send(struct bw_link *link, uint64_t from, uint64_t to, struct bw_pushed *pushed,
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    size_t count = 0;
    do {
        status = batch_send(link, from, pushed, &count, err);
        from += count;
        bw_progress_step(link->call->progress, "events", pushed->sent, 0);
    } while (status == BW_OK && count > 0 && from <= to);
    bw_progress_end(link->call->progress);
    return status;
}

/* Where to begin: after the last event that both know, or at 1 where there's a fork. */
static enum bw_status
begin_at(struct bw_link *link, const struct bw_head *own, struct bw_pushed *pushed,
    uint64_t *ret_from, struct bw_error *err)
{
    struct bw_device_chain chain;
    bool common = false;
    enum bw_status status =
        bw_central_chain_read(link->central, link->device, &chain, err);
    if (status != BW_OK) {
        return status;
    }
    uint64_t seq = chain.contiguous_seq < own->seq ? chain.contiguous_seq : own->seq;
    status = is_common(link, seq, &common, err);
    if (status != BW_OK) {
        return status;
    }
    pushed->restored = chain.newest_seq > own->seq || !common;
    *ret_from = common ? seq + 1 : 1;
    return BW_OK;
}

static enum bw_status
acknowledge(struct bw_link *link, const struct bw_head *own, struct bw_pushed *pushed,
    struct bw_error *err)
{
    struct bw_device_chain chain;
    enum bw_status status =
        bw_central_chain_read(link->central, link->device, &chain, err);
    if (status != BW_OK) {
        return status;
    }
    /* of a fork both sides were taken, so all that is here is there too */
    pushed->acknowledged_seq = pushed->restored ? own->seq : chain.contiguous_seq;
    status = bw_store_set_number(
        link->store, BW_NUMBER_ACKNOWLEDGED, (int64_t)pushed->acknowledged_seq, err);
    if (status == BW_OK) {
        status = bw_store_set_number(
            link->store, BW_NUMBER_CONTACT_MS, bw_call_now_ms(link->call), err);
    }
    if (status == BW_OK && pushed->restored) {
        status = bw_store_set_number(link->store, BW_NUMBER_RESTORED, 1, err);
    }
    return status;
}

static enum bw_status
push(struct bw_link *link, struct bw_pushed *pushed, struct bw_error *err)
{
    struct bw_head own;
    uint64_t from = 1;
    enum bw_status status = bw_store_head(link->store, &own, err);
    if (status == BW_OK) {
        status = begin_at(link, &own, pushed, &from, err);
    }
    if (status == BW_OK) {
        status = all_send(link, from, own.seq, pushed, err);
    }
    return status == BW_OK ? acknowledge(link, &own, pushed, err) : status;
}

enum bw_status
bw_link_push(struct bw_link *link, struct bw_pushed *ret_pushed, struct bw_error *err)
{
    struct bw_pushed pushed = {.online = link->central != NULL};
    struct bw_head own;
    int64_t acknowledged = 0, restored = 0;
    enum bw_status status = BW_OK;
    if (pushed.online) {
        struct bw_error why = {.text = ""};
        status = push(link, &pushed, &why);
        if (bw_link_is_offline(status)) {
            pushed.online = false;
            status = bw_link_lost(link, &why);
        } else if (status != BW_OK) {
            return bw_error_set(err, status, why.os_errno, "%s", why.text);
        }
    }
    status = bw_store_head(link->store, &own, err);
    if (status == BW_OK) {
        status = bw_store_get_number(
            link->store, BW_NUMBER_ACKNOWLEDGED, 0, &acknowledged, err);
    }
    if (status == BW_OK) {
        status = bw_store_get_number(link->store, BW_NUMBER_RESTORED, 0, &restored, err);
    }
    if (status == BW_OK) {
        pushed.restored = restored != 0;
        pushed.acknowledged_seq = (uint64_t)acknowledged;
        pushed.waiting =
            own.seq > pushed.acknowledged_seq ? own.seq - pushed.acknowledged_seq : 0;
        *ret_pushed = pushed;
    }
    return status;
}
