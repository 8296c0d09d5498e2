/* The copies of one kiosk: see fork.h. One walk over the rows by seq: a copy is a tip
 * that the next event links to; two that link to one tip are two copies from there. */
#include "central/fork.h"

#include <stdio.h>
#include <string.h>

struct fork_walk {
    struct bw_fork *fork;
    uint64_t receipt_seq;
    uint8_t receipt_hash[BW_HASH_BYTES];
    bool has_store_id;
    uint8_t store_id[BW_HASH_BYTES];
};

/* `event` is the copy's first own one. */
static void
copy_begin(struct fork_walk *walk, struct bw_fork_copy *copy,
    const struct bw_event *event, int64_t taken_ms)
{
    *copy = (struct bw_fork_copy){
        .from_seq = event->id.seq, .last = *event, .last_taken_ms = taken_ms};
    for (size_t i = 0; 2 * i + 2 < sizeof copy->name; i++) {
        (void)snprintf(copy->name + 2 * i, 3, "%02x", event->hash[i]);
    }
    copy->followed = event->id.seq == walk->receipt_seq &&
                     memcmp(event->hash, walk->receipt_hash, sizeof event->hash) == 0;
}

static void
copy_more(struct fork_walk *walk, const struct bw_event *event, int64_t taken_ms)
{
    struct bw_fork *fork = walk->fork;
    if (fork->count < BW_FORK_COPIES_MAX) {
        copy_begin(walk, &fork->copies[fork->count++], event, taken_ms);
    }
    if (fork->count > 1) {
        fork->newest_seq = event->id.seq;
    }
}

static void
take_event(struct fork_walk *walk, const struct bw_event *event, int64_t taken_ms)
{
    struct bw_fork *fork = walk->fork;
    if (event->id.seq == 1) { /* another store's was decided on by its keys */
        if (!walk->has_store_id ||
            memcmp(walk->store_id, event->prev, sizeof event->prev) == 0) {
            copy_more(walk, event, taken_ms);
        }
        return;
    }
    for (int i = 0; i < fork->count; i++) {
        struct bw_fork_copy *copy = &fork->copies[i];
        struct bw_event *last = &copy->last;
        if (last->id.seq + 1 == event->id.seq &&
            memcmp(last->hash, event->prev, sizeof last->hash) == 0) {
            *last = *event;
            copy->last_taken_ms = taken_ms;
            copy->followed = copy->followed || (event->id.seq == walk->receipt_seq &&
                                                   memcmp(event->hash, walk->receipt_hash,
                                                       sizeof event->hash) == 0);
            return;
        }
        if (last->id.seq == event->id.seq &&
            memcmp(last->prev, event->prev, sizeof last->prev) == 0) {
            struct bw_event own = *last; /* what was before is of both */
            copy_begin(walk, copy, &own, copy->last_taken_ms);
            copy_more(walk, event, taken_ms);
            return;
        }
    }
}

static bool
on_event(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_event event;
    if (bw_event_decode(columns[0].blob, columns[0].bytes, &event, NULL) == BW_OK) {
        take_event(context, &event, columns[1].number);
    }
    return true;
}

static bool
on_kiosk(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct fork_walk *walk = context;
    if (columns[1].bytes == BW_HASH_BYTES) {
        walk->receipt_seq = (uint64_t)columns[0].number;
        memcpy(walk->receipt_hash, columns[1].blob, BW_HASH_BYTES);
    }
    walk->fork->at_work = columns[3].number == 1;
    walk->has_store_id = columns[2].bytes == BW_HASH_BYTES;
    if (walk->has_store_id) {
        memcpy(walk->store_id, columns[2].blob, BW_HASH_BYTES);
    }
    return false;
}

static bool
on_ruling(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_fork *fork = context;
    if ((uint64_t)columns[1].number >= fork->newest_seq) {
        fork->decided_step = columns[0].number;
    }
    return false;
}

enum bw_status
bw_fork_read(struct bw_central *central, uint32_t device, struct bw_fork *ret_fork,
    struct bw_error *err)
{
    struct bw_fork fork = {.count = 0};
    struct fork_walk walk = {.fork = &fork};
    struct bw_sql_value value = bw_sql_int(device);
    enum bw_status status = bw_central_read_begin(central, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_central_run(central,
        "SELECT receipt_seq, receipt_hash, store_id, state FROM device"
        " WHERE device = $1",
        &value, 1, on_kiosk, &walk, err);
    if (status == BW_OK) {
        status = bw_central_run(central, /* as chain.c has them */
            "SELECT bytes, received_ms, seq, hash FROM event WHERE device = $1"
            " UNION ALL SELECT bytes, received_ms, seq, hash FROM quarantine"
            " WHERE device = $1 AND settled <> 1 AND reason <> 7 ORDER BY seq, hash",
            &value, 1, on_event, &walk, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT step_no, seq FROM ruling WHERE kind = 5 AND device = $1"
            " ORDER BY seq DESC, step_no DESC LIMIT 1",
            &value, 1, on_ruling, &fork, err);
    }
    bw_central_read_end(central);
    if (status == BW_OK) {
        *ret_fork = fork;
    }
    return status;
}

bool
bw_fork_waits(const struct bw_fork *fork)
{
    return fork->count > 1 && fork->decided_step == 0 && fork->at_work;
}
