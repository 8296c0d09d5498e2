/* Receipts: see merge_receipt.h. */
#include "exchange/office/merge/merge_receipt.h"

#include "exchange/office/merge/merge_judge.h"

#include <stdlib.h>
#include <string.h>

struct bw_merge_events *
bw_merge_next_of(struct bw_merge_events *const *letters, size_t count, size_t at)
{
    for (size_t i = at + 1; i < count; i++) {
        if (letters[i]->in_force &&
            letters[i]->head->writer == letters[at]->head->writer) {
            return letters[i];
        }
    }
    return NULL;
}

/* Along events that are new here, the next of the chain each. Where another stands under
 * its number too, on_link looks at both. */
static void
chain_follow(struct bw_merge_events *letter)
{
    for (size_t i = 0; i < letter->rows_count; i++) {
        const struct bw_merge_row *row = &letter->rows[i];
        bool is_new = row->fate == BW_MERGE_FATE_NEW || row->fate == BW_MERGE_FATE_ASIDE;
        if (is_new && !row->other && row->event.id.seq == letter->chain_seq + 1 &&
            memcmp(row->event.prev, letter->chain_hash, BW_HASH_BYTES) == 0) {
            letter->chain_seq++;
            memcpy(letter->chain_hash, row->event.hash, BW_HASH_BYTES);
        }
    }
}

static void
chains_follow(struct bw_merge_events *const *letters, size_t count)
{
    for (size_t i = 0; i < count; i++) { /* none before: where the receipt is */
        struct bw_merge_events *letter = letters[i];
        letter->chain_seq = letter->kiosk->receipt_seq;
        memcpy(letter->chain_hash,
            letter->chain_seq == 0 ? letter->statement->store_id
                                   : letter->kiosk->receipt_hash,
            BW_HASH_BYTES);
    }
    for (size_t i = 0; i < count; i++) {
        struct bw_merge_events *next = bw_merge_next_of(letters, count, i);
        if (letters[i]->in_force) {
            chain_follow(letters[i]);
        }
        if (letters[i]->in_force && next && letters[i]->chain_seq > 0) {
            next->chain_seq = letters[i]->chain_seq;
            memcpy(next->chain_hash, letters[i]->chain_hash, BW_HASH_BYTES);
        }
    }
}

static bool
on_link(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_merge_events *letter = ((struct bw_merge_events **)context)[at];
    uint64_t seq = (uint64_t)columns[0].number;
    if (seq == letter->chain_seq || columns[1].bytes != BW_HASH_BYTES ||
        columns[2].bytes != BW_HASH_BYTES) {
        return true; /* the other side of a fork */
    }
    if (seq != letter->chain_seq + 1) {
        return false;
    }
    if (memcmp(columns[2].blob, letter->chain_hash, BW_HASH_BYTES) == 0) {
        letter->chain_seq = seq;
        memcpy(letter->chain_hash, columns[1].blob, BW_HASH_BYTES);
    }
    return true;
}

enum { LINK_VALUES = 3 };

static enum bw_status
receipts_put(struct bw_central *central, struct bw_merge_events *const *last,
    size_t count, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        if (last[i]->chain_seq == last[i]->kiosk->receipt_seq) {
            continue;
        }
        struct bw_sql_value moved[] = {bw_sql_int(last[i]->head->writer),
            bw_sql_int((int64_t)last[i]->chain_seq),
            bw_sql_blob(last[i]->chain_hash, BW_HASH_BYTES)};
        status = bw_central_put(central,
            "UPDATE device SET receipt_seq = $2, receipt_hash = $3 WHERE device = $1",
            moved, 3, err);
    }
    return status;
}

/* Moves receipts on as far as the chain is here; quarantine counts, for it is kept. */
enum bw_status
bw_merge_receipts_move(struct bw_central *central, struct bw_merge_events *const *letters,
    size_t count, struct bw_error *err)
{
    struct bw_merge_events **last = calloc(count, sizeof *last);
    struct bw_sql_value *values = calloc(count * LINK_VALUES, sizeof *values);
    size_t last_count = 0;
    enum bw_status status =
        last && values ? BW_OK
                       : bw_error_set(err, BW_NO_MEMORY, 0,
                             "merging events: out of memory; close other programs");
    chains_follow(letters, count);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_merge_events *letter = letters[i];
        if (letter->in_force && !bw_merge_next_of(letters, count, i)) {
            struct bw_sql_value *value = &values[last_count * LINK_VALUES];
            value[0] = bw_sql_int(letter->head->writer);
            value[1] = bw_sql_int((int64_t)letter->chain_seq);
            value[2] = bw_sql_int(BW_QUARANTINE_INTRODUCTION);
            last[last_count++] = letter;
        }
    }
    if (status == BW_OK) {
        status = bw_central_each(central,
            "SELECT seq, hash, prev FROM event WHERE device = $1 AND seq > $2"
            " UNION ALL SELECT seq, hash, prev FROM quarantine"
            " WHERE device = $1 AND seq > $2 AND reason <> $3 ORDER BY seq, hash",
            values, LINK_VALUES, last_count, on_link, (void *)last, err);
    }
    if (status == BW_OK) {
        status = receipts_put(central, last, last_count, err);
    }
    free((void *)last);
    free(values);
    return status;
}
