/* The ledger of places: see ledger.h. */
#include "ledger.h"

#include <brugwachter/text.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What loading needs to know while the store hands out rows. */
struct loading {
    struct ledger *ledger;
    char own_region[BW_NAME_BYTES]; /* folded */
    bool no_memory;
};

/* SplitMix64's finish (Steele, Lea, Flood 2014).
 * Codes are random, but not ours to trust. */
static size_t
slot_of(bw_code code, size_t slots_count)
{
    uint64_t x = code;
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (size_t)(x ^ (x >> 31)) & (slots_count - 1);
}

static bool
add_waiter(struct loading *loading, const struct bw_registration *r, uint32_t row)
{
    char region[BW_NAME_BYTES];
    bw_text_fold(r->person.region, false, region, sizeof region);
    struct waiter waiter = {
        .code = r->code,
        .signed_up_ms = r->signed_up_ms,
        .line = r->line,
        .own_region = strcmp(region, loading->own_region) == 0,
        .row = row,
    };
    return bw_waitlist_add(&loading->ledger->waitlist, &waiter);
}

static bool
on_registration(const struct bw_registration *r, void *context)
{
    struct loading *loading = context;
    struct ledger *ledger = loading->ledger;
    if (ledger->count == ledger->capacity) {
        size_t capacity = ledger->capacity == 0 ? 64 : ledger->capacity * 2;
        struct ledger_row *grown = realloc(ledger->rows, capacity * sizeof *grown);
        if (grown == NULL) {
            loading->no_memory = true;
            return false;
        }
        ledger->rows = grown;
        ledger->capacity = capacity;
    }
    uint32_t row = (uint32_t)ledger->count++;
    ledger->rows[row] = (struct ledger_row){.code = r->code, .status = r->status};
    ledger->confirmed += r->status == BW_CONFIRMED;
    if (r->status == BW_WAITLISTED && !add_waiter(loading, r, row)) {
        loading->no_memory = true;
        return false;
    }
    return true;
}

static bool
index_rows(struct ledger *ledger)
{
    ledger->slots_count = 64;
    while (ledger->slots_count < ledger->count * 2) {
        ledger->slots_count *= 2;
    }
    ledger->slots = calloc(ledger->slots_count, sizeof *ledger->slots);
    if (ledger->slots == NULL) {
        return false;
    }
    for (size_t row = 0; row < ledger->count; row++) {
        size_t slot = slot_of(ledger->rows[row].code, ledger->slots_count);
        while (ledger->slots[slot] != 0) {
            slot = (slot + 1) & (ledger->slots_count - 1);
        }
        ledger->slots[slot] = (uint32_t)row + 1;
    }
    for (size_t place = 0; place < ledger->waitlist.count; place++) {
        ledger->rows[ledger->waitlist.waiters[place].row].place = (uint32_t)place;
    }
    return true;
}

enum bw_status
bw_ledger_load(struct ledger *ledger, struct bw_store *store,
    const struct bw_session *session, struct bw_error *err)
{
    struct ledger fresh = {0};
    struct loading loading = {.ledger = &fresh};
    bw_text_fold(session->region, false, loading.own_region, sizeof loading.own_region);
    enum bw_status status = bw_store_roster(
        store, session->session_no, BW_ROSTER_BY_SIGN_UP, on_registration, &loading, err);
    if (status == BW_OK &&
        (loading.no_memory ||
            !bw_waitlist_seal(&fresh.waitlist, session->own_region_first) ||
            !index_rows(&fresh))) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "Reading the roster of %s failed: this kiosk has too little memory. "
            "Close other programs, then try again.",
            session->code);
    }
    if (status != BW_OK) {
        bw_ledger_finish(&fresh);
        return status;
    }
    bw_ledger_finish(ledger);
    *ledger = fresh;
    return BW_OK;
}

void
bw_ledger_finish(struct ledger *ledger)
{
    bw_waitlist_finish(&ledger->waitlist);
    free(ledger->rows);
    free(ledger->slots);
    *ledger = (struct ledger){0};
}

struct ledger_row *
bw_ledger_find(const struct ledger *ledger, bw_code code)
{
    if (ledger->slots_count == 0 || code == BW_CODE_NONE) {
        return NULL;
    }
    size_t slot = slot_of(code, ledger->slots_count);
    while (ledger->slots[slot] != 0) {
        struct ledger_row *row = &ledger->rows[ledger->slots[slot] - 1];
        if (row->code == code) {
            return row;
        }
        slot = (slot + 1) & (ledger->slots_count - 1);
    }
    return NULL;
}

bool
bw_ledger_row_waits(const struct ledger_row *row)
{
    return row->status == BW_WAITLISTED && !row->in && !row->left;
}

static bool
row_is_seen(const struct ledger_row *row)
{
    return bw_ledger_row_waits(row) && row->seen;
}

/* `now` is their presence; NULL where nothing is known of them. */
static void
follow_row(struct ledger *ledger, struct ledger_row *row, const struct bw_attendance *now)
{
    struct ledger_row was = *row;
    row->in = now != NULL && now->in;
    row->left = now != NULL && now->left && !now->in;
    row->seen = now != NULL && now->seen;
    if (row->status == BW_CONFIRMED) {
        ledger->confirmed_in += row->in - was.in;
        ledger->confirmed_left += row->left - was.left;
        assert(
            ledger->confirmed_in + ledger->confirmed_left <= ledger->confirmed); /* L3 */
    }
    if (row->status == BW_WAITLISTED) {
        bw_waitlist_mark(&ledger->waitlist, row->place,
            bw_ledger_row_waits(row) - bw_ledger_row_waits(&was),
            row_is_seen(row) - row_is_seen(&was));
    }
}

void
bw_ledger_follow(struct ledger *ledger, const struct bw_attendance *attendance)
{
    struct ledger_row *row = bw_ledger_find(ledger, attendance->subject.code);
    if (row != NULL) {
        follow_row(ledger, row, attendance);
    }
}

void
bw_ledger_follow_all(struct ledger *ledger, const struct bw_presence *presence)
{
    for (size_t i = 0; i < ledger->count; i++) {
        struct ledger_row *row = &ledger->rows[i];
        follow_row(ledger, row, bw_presence_of_code(presence, row->code));
    }
}

int
bw_ledger_position(const struct ledger *ledger, const struct ledger_row *row)
{
    return bw_ledger_row_waits(row) ? bw_waitlist_rank(&ledger->waitlist, row->place) : 0;
}

int
bw_ledger_before(const struct ledger *ledger, const struct ledger_row *row)
{
    return bw_ledger_row_waits(row)
               ? bw_waitlist_seen_before(&ledger->waitlist, row->place)
               : 0;
}

void
bw_ledger_sum(const struct ledger *ledger, const struct bw_session *session,
    const struct bw_presence *presence, struct bw_ledger *ret_sum)
{
    struct bw_ledger sum = {
        .capacity = session->capacity,
        .extra_places = session->extra_places,
        .present = bw_presence_in(presence),
        .expected = ledger->confirmed - ledger->confirmed_in,
        .waitlisted = ledger->waitlist.still_count,
        .walk_ins = bw_presence_walk_ins(presence),
        .guests = bw_presence_guests(presence),
        .released = bw_presence_is_released(presence),
    };
    sum.held = sum.released ? 0 : sum.expected - ledger->confirmed_left;
    assert(sum.held >= 0); /* L2 */
    int left = sum.capacity - sum.present - sum.held;
    sum.free = left > 0 ? left : 0;
    *ret_sum = sum;
}
