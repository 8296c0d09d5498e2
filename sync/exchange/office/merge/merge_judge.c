/* What becomes of each event: see merge_judge.h.
 *
 * What is here already is read once, before the first row: a letter that comes again
 * costs a look, and takes no revision. Letters that are taken in together see those
 * before them as if they were here. */
#include "exchange/office/merge/merge_judge.h"

#include "central/base/array.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is here ---- */

struct known_reading {
    struct bw_merge_events *const *letters;
    bool no_memory;
};

static bool
on_known(size_t at, const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct known_reading *reading = context;
    struct bw_merge_events *letter = reading->letters[at];
    if (columns[1].bytes != BW_HASH_BYTES) {
        return true;
    }
    struct bw_merge_known *known = bw_array_more(
        &letter->known, &letter->known_count, &letter->known_capacity, sizeof *known);
    if (!known) {
        reading->no_memory = true;
        return false;
    }
    known->seq = (uint64_t)columns[0].number;
    memcpy(known->hash, columns[1].blob, BW_HASH_BYTES);
    known->counts = columns[2].number != 0;
    return true;
}

enum { KNOWN_VALUES = 3 };

enum bw_status
bw_merge_known_read(struct bw_central *central, struct bw_merge_events *const *letters,
    size_t count, struct bw_error *err)
{
    struct known_reading reading = {.letters = letters};
    struct bw_sql_value *values = calloc(count * KNOWN_VALUES, sizeof *values);
    enum bw_status status = BW_OK;
    for (size_t i = 0; values && i < count; i++) { /* 0 0 is a hello alone: finds none */
        const struct bw_letter_head *head = letters[i]->head;
        values[i * KNOWN_VALUES] = bw_sql_int(head->writer);
        values[i * KNOWN_VALUES + 1] = bw_sql_int((int64_t)head->from);
        values[i * KNOWN_VALUES + 2] = bw_sql_int((int64_t)head->to);
    }
    if (values) {
        status = bw_central_each(central,
            "SELECT seq, hash, 1 AS counts FROM event"
            " WHERE device = $1 AND seq BETWEEN $2 AND $3"
            " UNION ALL SELECT seq, hash, 0 FROM quarantine"
            " WHERE device = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq, hash, counts",
            values, KNOWN_VALUES, count, on_known, &reading, err);
    }
    free(values);
    return status == BW_OK && (!values || reading.no_memory)
               ? bw_error_set(err, BW_NO_MEMORY, 0,
                     "merging events: out of memory; close other programs")
               : status;
}

/* The row of that number in a letter that came before; NULL where it has none. */
static const struct bw_merge_row *
row_of(const struct bw_merge_events *letter, uint32_t device, uint64_t seq)
{
    const struct bw_letter_head *head = letter->head;
    bool inside = letter->rows_count > 0 && head->writer == device && seq >= head->from &&
                  seq - head->from < letter->rows_count;
    return inside ? &letter->rows[seq - head->from] : NULL;
}

static void
row_see(struct bw_merge_row *row, const uint8_t hash[BW_HASH_BYTES], bool counts)
{
    if (memcmp(hash, row->event.hash, BW_HASH_BYTES) != 0) {
        row->other = true;
    } else if (row->fate != BW_MERGE_FATE_COUNTS) {
        row->fate = counts ? BW_MERGE_FATE_COUNTS : BW_MERGE_FATE_WAITS;
    }
}

/* Events come by rising number, so one walk along the known ones is enough. */
static void
row_look_up(struct bw_merge_events *const *letters, size_t at, struct bw_merge_row *row,
    size_t *known_at)
{
    const struct bw_merge_events *letter = letters[at];
    const struct bw_merge_known *known = letter->known;
    uint64_t seq = row->event.id.seq;
    while (*known_at < letter->known_count && known[*known_at].seq < seq) {
        ++*known_at;
    }
    for (size_t i = *known_at; i < letter->known_count && known[i].seq == seq; i++) {
        row_see(row, known[i].hash, known[i].counts);
    }
    for (size_t i = 0; i < at; i++) {
        const struct bw_merge_row *before = row_of(letters[i], letter->head->writer, seq);
        if (before) {
            row_see(row, before->event.hash,
                before->fate == BW_MERGE_FATE_NEW ||
                    before->fate == BW_MERGE_FATE_COUNTS);
        }
    }
}

/* ---- judging ---- */

int
bw_merge_session_find(const struct bw_merge_events *letter, uint32_t session_no)
{
    for (int i = 0; i < letter->sessions->count; i++) {
        if (letter->sessions->items[i].session_no == session_no) {
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
ref_judge(struct bw_central *central, struct bw_merge_events *const *letters, size_t at,
    const struct bw_event *event, struct bw_event_id ref, bool *ret_foreign,
    struct bw_error *err)
{
    const struct bw_merge_row *inside = row_of(letters[at], ref.device, ref.seq);
    if (inside && ref.seq < event->id.seq) {
        *ret_foreign = inside->event.session_no != event->session_no;
        return BW_OK;
    }
    struct merge_sums sums = {0};
    struct bw_sql_value values[] = {bw_sql_int(ref.device), bw_sql_int((int64_t)ref.seq),
        bw_sql_int(event->session_no)};
    enum bw_status status = bw_central_run(central,
        "SELECT count(*), COALESCE(sum(CASE WHEN session_no = $3 THEN 1 ELSE 0 END), 0)"
        " FROM event WHERE device = $1 AND seq = $2",
        values, 3, on_sums, &sums, err);
    for (size_t i = 0; i < at; i++) {
        const struct bw_merge_row *before = row_of(letters[i], ref.device, ref.seq);
        if (before && before->fate == BW_MERGE_FATE_NEW) {
            sums.all++;
            sums.own += before->event.session_no == event->session_no;
        }
    }
    if (status == BW_OK) {
        *ret_foreign = sums.all > 0 && sums.own == 0;
    }
    return status;
}

static enum bw_status
generation_judge(struct bw_central *central, const struct bw_event *event,
    bool *ret_beyond, struct bw_error *err)
{
    struct bw_sql_value code = bw_sql_int((int64_t)event->code);
    int64_t highest = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT max(g) FROM (SELECT generation AS g FROM ticket WHERE code = $1"
        " UNION ALL SELECT generation FROM registration WHERE code = $1) AS issued",
        &code, 1, 0, &highest, err);
    if (status == BW_OK) {
        *ret_beyond = event->generation > highest;
    }
    return status;
}

static enum bw_status
row_judge(struct bw_central *central, struct bw_merge_events *const *letters, size_t at,
    const struct bw_event *event, enum bw_quarantine_reason *ret_reason,
    struct bw_error *err)
{
    const struct bw_merge_events *letter = letters[at];
    enum bw_quarantine_reason reason = BW_QUARANTINE_NONE;
    enum bw_status status = BW_OK;
    if (bw_merge_session_find(letter, event->session_no) < 0) {
        reason = BW_QUARANTINE_SESSION;
    } else if (is_beyond_revocation(letter->kiosk, event)) {
        reason = BW_QUARANTINE_REVOKED;
    } else {
        reason = bw_quarantine_of_stamp(event, letter->now_ms);
    }
    if (reason == BW_QUARANTINE_NONE && event->generation > 0) {
        bool beyond = false;
        status = generation_judge(central, event, &beyond, err);
        reason = beyond ? BW_QUARANTINE_GENERATION : reason;
    }
    for (int i = 0;
         status == BW_OK && reason == BW_QUARANTINE_NONE && i < event->refs_count; i++) {
        bool foreign = false;
        status = ref_judge(central, letters, at, event, event->refs[i], &foreign, err);
        reason = foreign ? BW_QUARANTINE_REF : reason;
    }
    if (reason == BW_QUARANTINE_NONE && !letter->in_force) {
        reason = BW_QUARANTINE_INTRODUCTION; /* last: accepting it heals nothing else */
    }
    *ret_reason = reason;
    return status;
}

enum bw_status
bw_merge_judge(struct bw_central *central, struct bw_merge_events *const *letters,
    size_t at, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    size_t known_at = 0;
    for (size_t i = 0; status == BW_OK && i < letters[at]->rows_count; i++) {
        struct bw_merge_row *row = &letters[at]->rows[i];
        row_look_up(letters, at, row, &known_at);
        letters[at]->merged.events++;
        letters[at]->merged.fork = letters[at]->merged.fork || row->other;
        if (row->fate != BW_MERGE_FATE_NONE) {
            continue; /* XM2 */
        }
        status = row_judge(central, letters, at, &row->event, &row->reason, err);
        row->fate =
            row->reason == BW_QUARANTINE_NONE ? BW_MERGE_FATE_NEW : BW_MERGE_FATE_ASIDE;
    }
    return status;
}
