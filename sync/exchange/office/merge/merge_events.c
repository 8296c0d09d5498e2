/* Events of letters: see merge_events.h.
 *
 * First all that is asked, then revisions, by rising session (C7), then all that is
 * written: events in bulk, the rest put, which no one waits for. */
#include "exchange/office/merge/merge_events.h"

#include "central/event_row.h"
#include "exchange/office/epoch.h"
#include "exchange/office/merge/hello.h"
#include "exchange/office/merge/merge_judge.h"
#include "exchange/office/merge/merge_receipt.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Letters that go in together. */
struct putting {
    const struct bw_merge *merge;
    struct bw_central *central;
    struct bw_merge_events *const *letters;
    size_t count;
    uint32_t *sessions; /* that get new events, rising; of each: */
    int64_t *revisions, *closed_ms;
    size_t sessions_count;
};

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, 0, "merging events: out of memory; close other programs");
}

/* ---- reading ---- */

static enum bw_status
on_row(void *context, const struct bw_events_row *row, struct bw_error *err)
{
    struct bw_merge_events *letter = context;
    (void)err;
    letter->rows[letter->rows_count++] = (struct bw_merge_row){.event = *row->event,
        .bytes = row->bytes,
        .bytes_count = row->bytes_count,
        .sealed = row->sealed,
        .sealed_bytes = row->sealed_bytes};
    return BW_OK;
}

enum bw_status
bw_merge_events_read(struct bw_merge_events *letter, struct bw_error *err)
{
    const struct bw_letter_head *head = letter->head;
    uint64_t numbers = head->from == 0 ? 0 : head->to - head->from + 1;
    if (numbers > BW_EVENTS_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it says that it holds %llu events, and a letter holds at most %d",
            (unsigned long long)numbers, (int)BW_EVENTS_MAX);
    }
    letter->rows = malloc((numbers + 1) * sizeof *letter->rows);
    letter->statement = calloc(1, sizeof *letter->statement);
    letter->sessions = calloc(1, sizeof *letter->sessions);
    if (!letter->rows || !letter->statement || !letter->sessions) {
        return no_memory(err);
    }
    return bw_events_read(head, letter->content, letter->content_bytes, letter->statement,
        on_row, letter, err);
}

void
bw_merge_events_finish(struct bw_merge_events *letter)
{
    free(letter->rows);
    free(letter->statement);
    free(letter->sessions);
    free(letter->known);
    letter->rows = NULL;
    letter->statement = NULL;
    letter->sessions = NULL;
    letter->known = NULL;
    letter->rows_count = letter->known_count = letter->known_capacity = 0;
}

/* ---- judging ---- */

static enum bw_status
store_check(const struct bw_merge_events *letter, struct bw_error *err)
{
    if (letter->in_force && letter->kiosk->has_store_id &&
        memcmp(letter->kiosk->store_id, letter->statement->store_id,
            BW_KIOSK_STORE_ID_BYTES) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it is of another store than kiosk %u's own; have that kiosk enrolled again",
            letter->kiosk->device); /* XK2 */
    }
    return BW_OK;
}

static enum bw_status
sessions_read(const struct putting *putting, struct bw_error *err)
{
    uint32_t *devices = calloc(putting->count, sizeof *devices);
    struct bw_kiosk_sessions **sessions = calloc(putting->count, sizeof *sessions);
    for (size_t i = 0; devices && sessions && i < putting->count; i++) {
        devices[i] = putting->letters[i]->head->writer;
        sessions[i] = putting->letters[i]->sessions;
    }
    enum bw_status status = devices && sessions
                                ? bw_kiosk_sessions_read_all(putting->central, devices,
                                      putting->count, sessions, err)
                                : no_memory(err);
    free(devices);
    free((void *)sessions);
    return status;
}

static enum bw_status
all_judge(const struct putting *putting, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < putting->count; i++) {
        status = store_check(putting->letters[i], err);
    }
    if (status == BW_OK) {
        status = sessions_read(putting, err);
    }
    if (status == BW_OK) {
        status =
            bw_merge_known_read(putting->central, putting->letters, putting->count, err);
    }
    for (size_t i = 0; status == BW_OK && i < putting->count; i++) {
        status = bw_merge_judge(putting->central, putting->letters, i, err);
    }
    return status;
}

/* ---- revisions ---- */

static int
compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The sessions of one letter's new events, each once. */
static size_t
sessions_of(const struct bw_merge_events *letter, uint32_t *ret_sessions)
{
    bool touched[BW_SESSIONS_OWN_MAX] = {false};
    size_t count = 0;
    for (size_t i = 0; i < letter->rows_count; i++) {
        if (letter->rows[i].fate == BW_MERGE_FATE_NEW) {
            touched[bw_merge_session_find(letter, letter->rows[i].event.session_no)] =
                true;
        }
    }
    for (int i = 0; i < letter->sessions->count; i++) {
        if (touched[i]) {
            ret_sessions[count++] = letter->sessions->items[i].session_no;
        }
    }
    return count;
}

static enum bw_status
revisions_take(struct putting *putting, struct bw_error *err)
{
    size_t most = putting->count * BW_SESSIONS_OWN_MAX, all = 0;
    putting->sessions = calloc(most, sizeof *putting->sessions);
    putting->revisions = calloc(most, sizeof *putting->revisions);
    if (!putting->sessions || !putting->revisions) {
        return no_memory(err);
    }
    for (size_t i = 0; i < putting->count; i++) {
        all += sessions_of(putting->letters[i], putting->sessions + all);
    }
    qsort(putting->sessions, all, sizeof *putting->sessions, compare_numbers);
    for (size_t i = 0; i < all; i++) {
        size_t last = putting->sessions_count;
        if (last == 0 || putting->sessions[last - 1] != putting->sessions[i]) {
            putting->sessions[putting->sessions_count++] = putting->sessions[i];
        }
    }
    return bw_central_next_revisions(putting->central, putting->sessions,
        putting->sessions_count, putting->revisions, err);
}

/* When figures were fixed, of sessions that are held now by their revisions. */
static enum bw_status
closings_read(struct putting *putting, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    putting->closed_ms = calloc(putting->sessions_count + 1, sizeof *putting->closed_ms);
    if (!putting->closed_ms) {
        return no_memory(err);
    }
    for (size_t i = 0; status == BW_OK && i < putting->sessions_count; i++) {
        struct bw_sql_value value = bw_sql_int(putting->sessions[i]);
        status = bw_central_number(putting->central,
            "SELECT closed_ms FROM session WHERE session_no = $1", &value, 1, 0,
            &putting->closed_ms[i], err);
    }
    return status;
}

static size_t
session_at(const struct putting *putting, uint32_t session_no)
{
    const uint32_t *found = bsearch(&session_no, putting->sessions,
        putting->sessions_count, sizeof *putting->sessions, compare_numbers);
    assert(found);
    return (size_t)(found - putting->sessions);
}

/* After what was fixed, where the clock of the machine that did that is ahead. */
static int64_t
received_ms(const struct putting *putting, size_t session, int64_t now_ms)
{
    int64_t closed_ms = putting->closed_ms[session];
    return now_ms > closed_ms ? now_ms : closed_ms + 1;
}

/* ---- rows ---- */

/* Canonical bytes of the row's details; 0 where there are none that hold. */
static size_t
details_open(struct bw_merge_events *letter, const struct bw_merge_row *row, int session,
    uint8_t ret_bytes[BW_DETAILS_WIRE_BYTES_MAX])
{
    struct bw_event_details details;
    const struct bw_events_row sealed = {.letter = letter->statement,
        .event = &row->event,
        .sealed = row->sealed,
        .sealed_bytes = row->sealed_bytes};
    if (row->sealed_bytes == 0) {
        return 0;
    }
    const struct bw_kiosk_session *items = letter->sessions->items;
    if (session < 0 || !items[session].has_details_key ||
        !bw_events_row_details(&sealed, items[session].details_key, &details)) {
        letter->merged.details_lost += session >= 0;
        return 0;
    }
    return bw_details_encode(&details, ret_bytes);
}

static enum bw_status
quarantine_row(const struct putting *putting, struct bw_merge_events *letter,
    const struct bw_merge_row *row, struct bw_error *err)
{
    uint8_t details[BW_DETAILS_WIRE_BYTES_MAX];
    int session = bw_merge_session_find(letter, row->event.session_no);
    size_t details_bytes = details_open(letter, row, session, details);
    bool new = false;
    enum bw_status status = bw_quarantine_put(putting->central, &row->event,
        details_bytes > 0 ? details : NULL, details_bytes, row->reason, letter->now_ms,
        letter->sign_public, &new, err);
    letter->merged.quarantined += new;
    return status;
}

/* A copy that came before may have been without its details. */
static enum bw_status
details_row(const struct putting *putting, struct bw_merge_events *letter,
    const struct bw_merge_row *row, struct bw_error *err)
{
    uint8_t details[BW_DETAILS_WIRE_BYTES_MAX];
    int session = bw_merge_session_find(letter, row->event.session_no);
    if (session < 0 || row->sealed_bytes == 0) {
        return BW_OK;
    }
    size_t details_bytes = details_open(letter, row, session, details);
    struct bw_event_row put = {.event = &row->event,
        .details = details_bytes > 0 ? details : NULL,
        .details_bytes = details_bytes,
        .purged = letter->sessions->items[session].purged};
    return bw_event_row_put_details(putting->central, &put, err);
}

/* What hangs on the events. */
static enum bw_status
more_put(
    const struct putting *putting, struct bw_merge_events *letter, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < letter->rows_count; i++) {
        const struct bw_merge_row *row = &letter->rows[i];
        switch (row->fate) {
        case BW_MERGE_FATE_NEW:
        case BW_MERGE_FATE_COUNTS:
            status = details_row(putting, letter, row, err);
            break;
        case BW_MERGE_FATE_ASIDE:
            status = quarantine_row(putting, letter, row, err);
            break;
        case BW_MERGE_FATE_NONE:
        case BW_MERGE_FATE_WAITS:
            break;
        }
    }
    return status;
}

static size_t
new_rows(const struct putting *putting, struct bw_event_row *ret_rows)
{
    size_t all = 0;
    for (size_t i = 0; i < putting->count; i++) {
        struct bw_merge_events *letter = putting->letters[i];
        for (size_t k = 0; k < letter->rows_count; k++) {
            const struct bw_merge_row *row = &letter->rows[k];
            if (row->fate == BW_MERGE_FATE_NEW) {
                size_t session = session_at(putting, row->event.session_no);
                letter->merged.accepted++;
                ret_rows[all++] = (struct bw_event_row){.event = &row->event,
                    .bytes = row->bytes,
                    .length = row->bytes_count,
                    .received_ms = received_ms(putting, session, letter->now_ms),
                    .revision = putting->revisions[session]};
            }
        }
    }
    return all;
}

static enum bw_status
rows_put(const struct putting *putting, struct bw_error *err)
{
    size_t most = 1;
    for (size_t i = 0; i < putting->count; i++) {
        most += putting->letters[i]->rows_count;
    }
    struct bw_event_row *rows = calloc(most, sizeof *rows);
    if (!rows) {
        return no_memory(err);
    }
    size_t count = new_rows(putting, rows);
    enum bw_status status = bw_event_row_put_many(putting->central, rows, count, err);
    free(rows);
    for (size_t i = 0; status == BW_OK && i < putting->count; i++) {
        status = more_put(putting, putting->letters[i], err);
    }
    return status;
}

/* ---- hellos ---- */

static enum bw_status
hellos_put(const struct putting *putting, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < putting->count; i++) {
        struct bw_merge_events *letter = putting->letters[i];
        if (!letter->in_force) {
            continue;
        }
        status = bw_hello_put(putting->central, letter->kiosk, letter->sessions->items,
            letter->sessions->count, letter->statement, putting->merge->way,
            letter->now_ms, &letter->merged.hello_is_new, err);
        struct bw_merge_events *next =
            bw_merge_next_of(putting->letters, putting->count, i);
        if (next && letter->merged.hello_is_new) {
            next->kiosk->hello_counter = letter->statement->counter; /* XH1 */
        } else if (next) {
            next->kiosk->hello_counter = letter->kiosk->hello_counter;
        }
    }
    return status;
}

static enum bw_status
epochs_look(const struct putting *putting, struct bw_error *err)
{
    struct bw_epoch_hello *hellos = calloc(putting->count, sizeof *hellos);
    struct bw_merge_events **of = calloc(putting->count, sizeof *of);
    size_t count = 0;
    enum bw_status status = hellos && of ? BW_OK : no_memory(err);
    for (size_t i = 0; status == BW_OK && i < putting->count; i++) {
        struct bw_merge_events *letter = putting->letters[i];
        if (letter->in_force && letter->kiosk->state != BW_KIOSK_REVOKED) {
            of[count] = letter;
            hellos[count++] = (struct bw_epoch_hello){
                .kiosk = letter->kiosk, .hello = &letter->statement->hello};
        }
    }
    if (status == BW_OK && count > 0) {
        status = bw_epoch_look(
            putting->central, hellos, count, putting->letters[0]->now_ms, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        of[i]->merged.new_epoch = hellos[i].new_epoch;
    }
    free(hellos);
    free((void *)of);
    return status;
}

/* ---- the whole ---- */

/* As it was read: a transaction before this one may have failed. */
static void
judged_forget(struct bw_merge_events *letter)
{
    letter->merged = (struct bw_merged_events){.events = 0};
    letter->known_count = 0;
    for (size_t i = 0; i < letter->rows_count; i++) {
        letter->rows[i].fate = BW_MERGE_FATE_NONE;
        letter->rows[i].reason = BW_QUARANTINE_NONE;
        letter->rows[i].other = false;
    }
}

enum bw_status
bw_merge_events_put(const struct bw_merge *merge, struct bw_merge_events *const *letters,
    size_t count, struct bw_error *err)
{
    assert(bw_central_in_transaction(merge->central) && count > 0); /* XM1 */
    struct putting putting = {
        .merge = merge, .central = merge->central, .letters = letters, .count = count};
    for (size_t i = 0; i < count; i++) {
        judged_forget(letters[i]);
    }
    enum bw_status status = all_judge(&putting, err);
    if (status == BW_OK) {
        status = revisions_take(&putting, err);
    }
    if (status == BW_OK) {
        status = closings_read(&putting, err);
    }
    if (status == BW_OK) {
        status = rows_put(&putting, err);
    }
    if (status == BW_OK) {
        status = bw_merge_receipts_move(merge->central, letters, count, err);
    }
    if (status == BW_OK) {
        status = hellos_put(&putting, err);
    }
    if (status == BW_OK) {
        status = epochs_look(&putting, err);
    }
    free(putting.sessions);
    free(putting.revisions);
    free(putting.closed_ms);
    return status;
}
