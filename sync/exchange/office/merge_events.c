/* Events of one letter: see merge_events.h.
 *
 * What is there already is read once, before the first row: a letter that comes again
 * costs a look, and takes no revision. */
#include "exchange/office/merge_events.h"

#include "central/base/array.h"
#include "exchange/office/epoch.h"
#include "central/event_row.h"
#include "exchange/office/hello.h"
#include "exchange/office/quarantine.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct merge_known {
    uint64_t seq;
    uint8_t hash[BW_HASH_BYTES];
    bool counts; /* in `event`, not in quarantine */
};

/* How far the chain is here, from the receipt on. */
struct chain {
    uint64_t seq;
    uint8_t hash[BW_HASH_BYTES]; /* of that event */
};

struct putting {
    const struct bw_merge *merge;
    const struct bw_merge_events *letter;
    struct bw_merged_events *merged;
    struct bw_kiosk_session sessions[BW_SESSIONS_OWN_MAX];
    int64_t revisions[BW_SESSIONS_OWN_MAX]; /* 0: none taken yet */
    int sessions_count;
    struct merge_known *known; /* by seq, then hash: of this letter's numbers */
    size_t known_count, known_capacity, known_at;
    bool no_memory;
    uint32_t *session_of; /* of the letter's numbers, in order */
    struct chain chain;
    struct bw_event_row_batch batch;
};

/* ---- what is there ---- */

static bool
on_known(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct putting *putting = context;
    if (columns[1].bytes != BW_HASH_BYTES) {
        return true;
    }
    struct merge_known *known = bw_array_more(
        &putting->known, &putting->known_count, &putting->known_capacity, sizeof *known);
    putting->no_memory = !known;
    if (known) {
        known->seq = (uint64_t)columns[0].number;
        memcpy(known->hash, columns[1].blob, BW_HASH_BYTES);
        known->counts = columns[2].number != 0;
    }
    return known != NULL;
}

static enum bw_status
known_read(struct putting *putting, struct bw_error *err)
{
    const struct bw_letter_head *head = putting->letter->head;
    struct bw_sql_value values[] = {bw_sql_int(head->writer),
        bw_sql_int((int64_t)head->from), bw_sql_int((int64_t)head->to)};
    enum bw_status status = bw_central_run(putting->merge->central,
        "SELECT seq, hash, 1 AS counts FROM event"
        " WHERE device = $1 AND seq BETWEEN $2 AND $3"
        " UNION ALL SELECT seq, hash, 0 FROM quarantine"
        " WHERE device = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq, hash, counts",
        values, 3, on_known, putting, err);
    if (status == BW_OK && putting->no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "merging events of kiosk %u: out of memory; close other programs",
            head->writer);
    }
    return status;
}

/* The newest of the known ones that is this very event; NULL where it is new. Events come
 * by rising number, so one walk along the known ones is enough. *ret_other: another event
 * stands under that number. */
static const struct merge_known *
known_find(struct putting *putting, const struct bw_event *event, bool *ret_other)
{
    const struct merge_known *same = NULL;
    bool other = false;
    size_t at = putting->known_at;
    while (at < putting->known_count && putting->known[at].seq < event->id.seq) {
        at++;
    }
    putting->known_at = at;
    for (; at < putting->known_count && putting->known[at].seq == event->id.seq; at++) {
        if (memcmp(putting->known[at].hash, event->hash, BW_HASH_BYTES) == 0) {
            same = &putting->known[at];
        } else {
            other = true;
        }
    }
    *ret_other = other;
    return same;
}

/* ---- judging ---- */

static int
session_find(const struct putting *putting, uint32_t session_no)
{
    for (int i = 0; i < putting->sessions_count; i++) {
        if (putting->sessions[i].session_no == session_no) {
            return i;
        }
    }
    return -1;
}

static bool
is_beyond_revocation(const struct bw_kiosk_record *kiosk, const struct bw_event *event)
{
    if (kiosk->state != BW_KIOSK_REVOKED) {
        return false;
    }
    return event->id.seq > kiosk->revoked_seq ||
           (event->id.seq == kiosk->revoked_seq &&
               memcmp(event->hash, kiosk->revoked_hash, BW_HASH_BYTES) != 0);
}

struct merge_sums {
    int64_t all, own;
};

static bool
on_sums(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct merge_sums *sums = context;
    sums->all = columns[0].number;
    sums->own = columns[1].number;
    return false;
}

/* Whether a ref leads to events that stand in another session alone. One that isn't here
 * yet is no fault: the fold acts on events of its own session only. */
static enum bw_status
ref_judge(struct putting *putting, const struct bw_event *event, struct bw_event_id ref,
    bool *ret_foreign, struct bw_error *err)
{
    const struct bw_letter_head *head = putting->letter->head;
    if (ref.device == head->writer && ref.seq >= head->from && ref.seq < event->id.seq) {
        *ret_foreign = putting->session_of[ref.seq - head->from] != event->session_no;
        return BW_OK;
    }
    struct merge_sums sums = {0};
    struct bw_sql_value values[] = {bw_sql_int(ref.device), bw_sql_int((int64_t)ref.seq),
        bw_sql_int(event->session_no)};
    enum bw_status status = bw_central_run(putting->merge->central,
        "SELECT count(*), COALESCE(sum(CASE WHEN session_no = $3 THEN 1 ELSE 0 END), 0)"
        " FROM event WHERE device = $1 AND seq = $2",
        values, 3, on_sums, &sums, err);
    if (status == BW_OK) {
        *ret_foreign = sums.all > 0 && sums.own == 0;
    }
    return status;
}

static enum bw_status
generation_judge(struct putting *putting, const struct bw_event *event, bool *ret_beyond,
    struct bw_error *err)
{
    struct bw_sql_value code = bw_sql_int((int64_t)event->code);
    int64_t highest = 0;
    enum bw_status status = bw_central_number(putting->merge->central,
        "SELECT max(g) FROM (SELECT generation AS g FROM ticket WHERE code = $1"
        " UNION ALL SELECT generation FROM registration WHERE code = $1) AS issued",
        &code, 1, 0, &highest, err);
    if (status == BW_OK) {
        *ret_beyond = event->generation > highest;
    }
    return status;
}

static enum bw_status
judge(struct putting *putting, const struct bw_event *event,
    enum bw_quarantine_reason *ret_reason, struct bw_error *err)
{
    const struct bw_merge_events *letter = putting->letter;
    enum bw_quarantine_reason reason = BW_QUARANTINE_NONE;
    enum bw_status status = BW_OK;
    if (session_find(putting, event->session_no) < 0) {
        reason = BW_QUARANTINE_SESSION;
    } else if (is_beyond_revocation(letter->kiosk, event)) {
        reason = BW_QUARANTINE_REVOKED;
    } else {
        reason = bw_quarantine_of_stamp(event, letter->now_ms);
    }
    if (reason == BW_QUARANTINE_NONE && event->generation > 0) {
        bool beyond = false;
        status = generation_judge(putting, event, &beyond, err);
        reason = beyond ? BW_QUARANTINE_GENERATION : reason;
    }
    for (int i = 0;
         status == BW_OK && reason == BW_QUARANTINE_NONE && i < event->refs_count; i++) {
        bool foreign = false;
        status = ref_judge(putting, event, event->refs[i], &foreign, err);
        reason = foreign ? BW_QUARANTINE_REF : reason;
    }
    if (reason == BW_QUARANTINE_NONE && !letter->in_force) {
        reason = BW_QUARANTINE_INTRODUCTION; /* last: accepting it heals nothing else */
    }
    *ret_reason = reason;
    return status;
}

/* ---- rows ---- */

/* Canonical bytes of the row's details; 0 where there are none that hold. */
static size_t
details_open(struct putting *putting, const struct bw_events_row *row, int session,
    uint8_t ret_bytes[BW_DETAILS_WIRE_BYTES_MAX])
{
    struct bw_event_details details;
    if (row->sealed_bytes == 0) {
        return 0;
    }
    if (session < 0 || !putting->sessions[session].has_details_key ||
        !bw_events_row_details(row, putting->sessions[session].details_key, &details)) {
        putting->merged->details_lost += session >= 0;
        return 0;
    }
    return bw_details_encode(&details, ret_bytes);
}

static enum bw_status
revision_take(struct putting *putting, int session, struct bw_error *err)
{
    if (putting->revisions[session] != 0) {
        return BW_OK;
    }
    return bw_central_next_revision(putting->merge->central,
        putting->sessions[session].session_no, &putting->revisions[session], err);
}

static enum bw_status
event_admit(struct putting *putting, const struct bw_events_row *row, int session,
    const uint8_t *details, size_t details_bytes, int64_t *ret_new, struct bw_error *err)
{
    enum bw_status status = revision_take(putting, session, err);
    struct bw_event_row put = {.event = row->event,
        .bytes = row->bytes,
        .length = row->bytes_count,
        .details = details_bytes > 0 ? details : NULL,
        .details_bytes = details_bytes,
        .purged = putting->sessions[session].purged,
        .received_ms = putting->letter->now_ms,
        .revision = putting->revisions[session]};
    return status == BW_OK ? bw_event_row_batch_add(putting->merge->central,
                                 &putting->batch, &put, ret_new, err)
                           : status;
}

/* A copy that came before may have been without its details. */
static enum bw_status
details_fill(struct putting *putting, const struct bw_events_row *row, int session,
    struct bw_error *err)
{
    uint8_t details[BW_DETAILS_WIRE_BYTES_MAX];
    size_t details_bytes = details_open(putting, row, session, details);
    struct bw_event_row put = {.event = row->event,
        .details = details_bytes > 0 ? details : NULL,
        .details_bytes = details_bytes,
        .purged = putting->sessions[session].purged};
    return bw_event_row_put_details(putting->merge->central, &put, err);
}

/* Events that are kept here, the next of the chain each: the receipt may follow. Where
 * another stands under its number too, receipt_move looks at both. */
static void
chain_follow(struct putting *putting, const struct bw_events_row *row)
{
    struct chain *chain = &putting->chain;
    const uint8_t *link = chain->seq == 0 ? row->letter->store_id : chain->hash;
    if (row->event->id.seq == chain->seq + 1 &&
        memcmp(row->event->prev, link, BW_HASH_BYTES) == 0) {
        chain->seq++;
        memcpy(chain->hash, row->event->hash, BW_HASH_BYTES);
    }
}

static enum bw_status
on_row(void *context, const struct bw_events_row *row, struct bw_error *err)
{
    struct putting *putting = context;
    const struct bw_event *event = row->event;
    enum bw_quarantine_reason reason;
    uint8_t details[BW_DETAILS_WIRE_BYTES_MAX];
    bool other = false;
    putting->session_of[event->id.seq - putting->letter->head->from] = event->session_no;
    putting->merged->events++;
    const struct merge_known *known = known_find(putting, event, &other);
    putting->merged->fork = putting->merged->fork || other;
    int session = session_find(putting, event->session_no);
    if (known) {
        return known->counts && row->sealed_bytes > 0 && session >= 0
                   ? details_fill(putting, row, session, err)
                   : BW_OK; /* XM2 */
    }
    enum bw_status status = judge(putting, event, &reason, err);
    if (status != BW_OK) {
        return status;
    }
    size_t details_bytes = details_open(putting, row, session, details);
    if (reason == BW_QUARANTINE_NONE) {
        int64_t new = 0;
        status = event_admit(putting, row, session, details, details_bytes, &new, err);
        putting->merged->accepted += new;
    } else {
        bool aside = false;
        status = bw_quarantine_put(putting->merge->central, event,
            details_bytes > 0 ? details : NULL, details_bytes, reason,
            putting->letter->now_ms, putting->letter->sign_public, &aside, err);
        putting->merged->quarantined += aside;
    }
    if (status == BW_OK && !other) {
        chain_follow(putting, row);
    }
    return status;
}

/* ---- the receipt ---- */

static bool
on_link(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct chain *chain = context;
    uint64_t seq = (uint64_t)columns[0].number;
    if (seq == chain->seq || columns[1].bytes != BW_HASH_BYTES ||
        columns[2].bytes != BW_HASH_BYTES) {
        return true; /* the other side of a fork */
    }
    if (seq != chain->seq + 1) {
        return false;
    }
    if (memcmp(columns[2].blob, chain->hash, BW_HASH_BYTES) == 0) {
        chain->seq = seq;
        memcpy(chain->hash, columns[1].blob, BW_HASH_BYTES);
    }
    return true;
}

/* Moves the receipt on as far as the chain is here; quarantine counts, for it is kept. */
static enum bw_status
receipt_move(struct putting *putting, const uint8_t store_id[32], struct bw_error *err)
{
    const struct bw_kiosk_record *kiosk = putting->letter->kiosk;
    struct chain chain = putting->chain;
    if (chain.seq == 0) {
        memcpy(chain.hash, store_id, BW_HASH_BYTES);
    }
    struct bw_sql_value values[] = {bw_sql_int(kiosk->device),
        bw_sql_int((int64_t)chain.seq), bw_sql_int(BW_QUARANTINE_INTRODUCTION)};
    enum bw_status status = bw_central_run(putting->merge->central,
        "SELECT seq, hash, prev FROM event WHERE device = $1 AND seq > $2"
        " UNION ALL SELECT seq, hash, prev FROM quarantine"
        " WHERE device = $1 AND seq > $2 AND reason <> $3 ORDER BY seq, hash",
        values, 3, on_link, &chain, err);
    if (status != BW_OK || chain.seq == kiosk->receipt_seq) {
        return status;
    }
    struct bw_sql_value moved[] = {bw_sql_int(kiosk->device),
        bw_sql_int((int64_t)chain.seq), bw_sql_blob(chain.hash, BW_HASH_BYTES)};
    return bw_central_run(putting->merge->central,
        "UPDATE device SET receipt_seq = $2, receipt_hash = $3 WHERE device = $1", moved,
        3, NULL, NULL, err);
}

/* ---- the whole ---- */

static enum bw_status
store_check(const struct bw_merge_events *letter,
    const struct bw_events_letter *statement, struct bw_error *err)
{
    if (letter->in_force && letter->kiosk->has_store_id &&
        memcmp(letter->kiosk->store_id, statement->store_id, BW_KIOSK_STORE_ID_BYTES) !=
            0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it is of another store than kiosk %u's own; have that kiosk enrolled again",
            letter->kiosk->device); /* XK2 */
    }
    return BW_OK;
}

static enum bw_status
put_all(struct putting *putting, struct bw_error *err)
{
    const struct bw_merge_events *letter = putting->letter;
    struct bw_central *central = putting->merge->central;
    struct bw_events_letter statement;
    putting->chain.seq = letter->kiosk->receipt_seq;
    memcpy(putting->chain.hash, letter->kiosk->receipt_hash, BW_HASH_BYTES);
    enum bw_status status = bw_kiosk_sessions_read(
        central, letter->kiosk->device, putting->sessions, &putting->sessions_count, err);
    if (status == BW_OK && letter->head->from > 0) {
        status = known_read(putting, err);
    }
    if (status == BW_OK) {
        status = bw_events_read(letter->head, letter->content, letter->content_bytes,
            &statement, on_row, putting, err);
    }
    if (status == BW_OK) {
        int64_t new = 0;
        status = bw_event_row_batch_end(central, &putting->batch, &new, err);
        putting->merged->accepted += new;
    }
    if (status == BW_OK) {
        status = store_check(letter, &statement, err);
    }
    if (status != BW_OK || !letter->in_force) {
        return status;
    }
    status = receipt_move(putting, statement.store_id, err);
    if (status == BW_OK) {
        status = bw_hello_put(central, letter->kiosk, putting->sessions,
            putting->sessions_count, &statement, putting->merge->way, letter->now_ms,
            &putting->merged->hello_is_new, err);
    }
    if (status == BW_OK && letter->kiosk->state != BW_KIOSK_REVOKED) {
        status = bw_epoch_look(central, letter->kiosk, &statement.hello, letter->now_ms,
            &putting->merged->new_epoch, err);
    }
    return status;
}

enum bw_status
bw_merge_events_put(const struct bw_merge *merge, const struct bw_merge_events *letter,
    struct bw_merged_events *ret_merged, struct bw_error *err)
{
    assert(bw_central_in_transaction(merge->central)); /* XM1 */
    const struct bw_letter_head *head = letter->head;
    struct bw_merged_events merged = {0};
    struct putting putting = {.merge = merge, .letter = letter, .merged = &merged};
    size_t numbers = head->from == 0 ? 1 : (size_t)(head->to - head->from) + 1;
    if (numbers > BW_EVENTS_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it says that it holds %zu events, and a letter holds at most %d", numbers,
            (int)BW_EVENTS_MAX);
    }
    putting.session_of = calloc(numbers, sizeof *putting.session_of);
    enum bw_status status =
        putting.session_of
            ? put_all(&putting, err)
            : bw_error_set(err, BW_NO_MEMORY, 0,
                  "merging events of kiosk %u: out of memory; close other programs",
                  head->writer);
    free(putting.session_of);
    free(putting.known);
    if (status == BW_OK) {
        *ret_merged = merged;
    }
    return status;
}
