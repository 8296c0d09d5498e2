/* A kiosk's chain in the central database: see chain.h.
 *
 * One walk over the rows by seq. `live` are the hashes at the last seq that link back to
 * a store's id: an event holds where its `prev` is among them. A fork gives two live
 * ones; a gap, none, and the walk goes on to tell broken from missing. */
#include "central/chain.h"

#include "central/base/array.h"

#include <stdlib.h>
#include <string.h>

enum { LIVE_MAX = 8 };

struct hashes {
    int count;
    uint8_t items[LIVE_MAX][BW_HASH_BYTES];
};

struct statement {
    uint64_t seq;
    int64_t stated_ms; /* and received: the earlier of both */
    bool suspect;
    uint8_t hash[BW_HASH_BYTES];
};

struct chain_walk {
    struct bw_device_chain *chain;
    struct hashes roots;   /* store ids that were stated */
    struct hashes before;  /* live at seq - 1 */
    struct hashes at;      /* live at seq */
    struct hashes present; /* all at seq - 1, live or not */
    struct hashes here;    /* all at seq */
    uint64_t seq;          /* 0: none yet */
    bool contiguous;
    struct statement *statements; /* by seq */
    size_t statements_count, statements_room;
    size_t statements_next; /* the first that the walk hasn't passed */
    bool full;
};

static bool
has(const struct hashes *hashes, const uint8_t hash[BW_HASH_BYTES])
{
    for (int i = 0; i < hashes->count; i++) {
        if (memcmp(hashes->items[i], hash, BW_HASH_BYTES) == 0) {
            return true;
        }
    }
    return false;
}

static void
add(struct hashes *hashes, const uint8_t hash[BW_HASH_BYTES])
{
    if (hashes->count < LIVE_MAX && !has(hashes, hash)) {
        memcpy(hashes->items[hashes->count++], hash, BW_HASH_BYTES);
    }
}

/* False without memory. One that stands there for each of a kiosk's sessions is kept
 * once. */
static bool
statement_keep(struct chain_walk *walk, const struct statement *one)
{
    const struct statement *last =
        walk->statements_count > 0 ? &walk->statements[walk->statements_count - 1] : NULL;
    if (last && last->seq == one->seq && last->stated_ms == one->stated_ms &&
        last->suspect == one->suspect &&
        memcmp(last->hash, one->hash, sizeof last->hash) == 0) {
        return true;
    }
    struct statement *statement = bw_array_more(&walk->statements,
        &walk->statements_count, &walk->statements_room, sizeof *walk->statements);
    if (statement) {
        *statement = *one;
    }
    return statement != NULL;
}

static bool
on_statement(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct chain_walk *walk = context;
    if (columns[1].bytes != BW_HASH_BYTES || columns[4].bytes != BW_STORE_ID_BYTES) {
        return true;
    }
    struct statement statement = {.seq = (uint64_t)columns[0].number,
        .stated_ms =
            columns[2].number < columns[5].number ? columns[2].number : columns[5].number,
        .suspect = columns[3].number != 0};
    memcpy(statement.hash, columns[1].blob, BW_HASH_BYTES);
    if (!statement_keep(walk, &statement)) {
        walk->full = true;
        return false;
    }
    add(&walk->roots, columns[4].blob);
    if (columns[2].number > walk->chain->stated_ms) {
        walk->chain->stated_ms = columns[2].number;
    }
    if (statement.seq > walk->chain->newest_seq) {
        walk->chain->newest_seq = statement.seq;
    }
    return true;
}

/* Statements whose head is the store's id (seq 0), or a live event of the walk's seq. */
static void
statements_reach(struct chain_walk *walk, uint64_t seq, const struct hashes *live)
{
    for (; walk->statements_next < walk->statements_count; walk->statements_next++) {
        const struct statement *statement = &walk->statements[walk->statements_next];
        if (statement->seq > seq) {
            return;
        }
        bool reached = statement->seq == seq && (seq == 0 || has(live, statement->hash));
        if (reached && !statement->suspect &&
            statement->stated_ms > walk->chain->reached_ms) {
            walk->chain->reached_ms = statement->stated_ms;
        }
    }
}

static void
gap_add(struct bw_device_chain *chain, uint64_t from, uint64_t to)
{
    if (from <= to && chain->gaps_count < BW_CHAIN_GAPS_MAX) {
        chain->gaps[chain->gaps_count++] = (struct bw_gap){from, to};
    }
}

/* All events of walk->seq were seen. */
static void
seq_end(struct chain_walk *walk)
{
    if (walk->seq == 0) {
        return;
    }
    if (walk->contiguous && walk->at.count > 0) {
        walk->chain->contiguous_seq = walk->seq;
        statements_reach(walk, walk->seq, &walk->at);
    } else {
        walk->contiguous = false;
    }
    walk->before = walk->at;
    walk->present = walk->here;
    walk->at.count = 0;
    walk->here.count = 0;
}

static void
seq_begin(struct chain_walk *walk, uint64_t seq)
{
    seq_end(walk);
    if (seq != walk->seq + 1) {
        gap_add(walk->chain, walk->seq + 1, seq - 1);
        walk->contiguous = false;
        walk->before.count = 0;
        walk->present.count = 0;
    }
    walk->seq = seq;
}

/* The event as its bytes say (CH1); false where they aren't what the row
 * says they are. */
static bool
event_of_row(const struct bw_sql_value *columns, uint32_t device, struct bw_event *event)
{
    return bw_event_decode(columns[3].blob, columns[3].bytes, event, NULL) == BW_OK &&
           event->id.device == device && event->id.seq == (uint64_t)columns[0].number &&
           event->session_no == (uint64_t)columns[4].number &&
           columns[1].bytes == BW_HASH_BYTES &&
           memcmp(columns[1].blob, event->hash, BW_HASH_BYTES) == 0 &&
           columns[2].bytes == BW_HASH_BYTES &&
           memcmp(columns[2].blob, event->prev, BW_HASH_BYTES) == 0;
}

static bool
on_event(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct chain_walk *walk = context;
    struct bw_device_chain *chain = walk->chain;
    struct bw_event event;
    uint64_t seq = (uint64_t)columns[0].number;
    bool holds = event_of_row(columns, chain->device, &event);
    if (seq != walk->seq) {
        seq_begin(walk, seq);
    }
    chain->events++;
    if (walk->here.count > 0 && !chain->forked_at) {
        chain->forked_at = seq;
    }
    if (!holds) {
        chain->broken_at = chain->broken_at ? chain->broken_at : seq;
        /* so that what follows isn't blamed too */
        if (columns[1].bytes == BW_HASH_BYTES) {
            add(&walk->here, columns[1].blob);
        }
        return true;
    }
    const uint8_t *hash = event.hash, *prev = event.prev;
    bool first = seq == 1;
    /* before any statement came, the store's id isn't known: the first link then holds */
    bool links = first ? walk->roots.count == 0 || has(&walk->roots, prev)
                       : has(&walk->present, prev);
    bool after_gap = !first && walk->present.count == 0;
    if (!links && !after_gap && !chain->broken_at) {
        chain->broken_at = seq;
    }
    if (first ? links : has(&walk->before, prev)) {
        add(&walk->at, hash);
    }
    add(&walk->here, hash);
    return true;
}

static void
chain_finish(struct chain_walk *walk)
{
    struct bw_device_chain *chain = walk->chain;
    seq_end(walk);
    if (walk->seq > chain->newest_seq) {
        chain->newest_seq = walk->seq;
    }
    gap_add(chain, walk->seq + 1, chain->newest_seq);
    if (walk->roots.count > 1 && !chain->forked_at) {
        chain->forked_at = 1; /* two stores under one number */
    }
    chain->state = chain->forked_at   ? BW_CHAIN_FORKED
                   : chain->broken_at ? BW_CHAIN_BROKEN
                                      : BW_CHAIN_OK;
}

enum bw_status
bw_central_chain_read(struct bw_central *central, uint32_t device,
    struct bw_device_chain *ret_chain, struct bw_error *err)
{
    struct bw_device_chain chain = {.device = device};
    struct chain_walk walk = {.chain = &chain, .contiguous = true};
    struct bw_sql_value parameters[] = {bw_sql_int(device)};
    enum bw_status status = bw_central_read_begin(central, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_central_run(central,
        "SELECT seq, hash, stated_ms, suspect, store_id, received_ms"
        " FROM head_statement WHERE device = $1 ORDER BY seq, stated_ms",
        parameters, 1, on_statement, &walk, err);
    if (status == BW_OK && walk.full) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "reading kiosk %u's chain: out of memory; close other programs", device);
    }
    if (status == BW_OK) {
        statements_reach(&walk, 0, NULL);
        status = bw_central_run(central,
            /* what waits in quarantine, or was thrown out of it, is kept too, and no gap;
             * but not of another store's keys (reason 7) */
            "SELECT seq, hash, prev, bytes, session_no FROM event WHERE device = $1"
            " UNION ALL SELECT seq, hash, prev, bytes, session_no FROM quarantine"
            " WHERE device = $1 AND settled <> 1 AND reason <> 7 ORDER BY seq, hash",
            parameters, 1, on_event, &walk, err);
    }
    bw_central_read_end(central);
    if (status == BW_OK) {
        chain_finish(&walk);
        *ret_chain = chain;
    }
    free(walk.statements);
    return status;
}
