/* Who waits, in the order of offers: see waiting.h. */
#include "office/place/waiting.h"

#include "central/base/array.h"
#include "central/records.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES };

struct waiting_reading {
    struct bw_place_waiting waiting, others; /* others: not of the own region */
    bool own_first;
    char region_fold[FOLD_BYTES];
    bool no_memory;
};

static bool
add(struct bw_place_waiting *to, const struct bw_place_waiter *waiter)
{
    struct bw_place_waiter *slot =
        bw_array_more(&to->waiters, &to->count, &to->capacity, sizeof *slot);
    if (slot != NULL) {
        *slot = *waiter;
        to->doubts += waiter->in_doubt;
    }
    return slot != NULL;
}

static bool
on_waiter(const struct bw_sql_value *columns, int count, void *context)
{
    struct waiting_reading *reading = context;
    const struct bw_place_waiter waiter = {
        .code = (bw_code)columns[0].number, .in_doubt = columns[2].number != 0};
    char fold[FOLD_BYTES];
    (void)count;
    bw_text_fold(columns[1].text, false, fold, sizeof fold);
    bool before = !reading->own_first || strcmp(fold, reading->region_fold) == 0;
    reading->no_memory = !add(before ? &reading->waiting : &reading->others, &waiter);
    return !reading->no_memory;
}

/* Who waits, and the one with this code as if they did. */
static enum bw_status
read_with(struct bw_central *central, const struct bw_session *session, bw_code code,
    struct bw_place_waiting *ret_waiting, struct bw_error *err)
{
    struct waiting_reading reading = {.own_first = session->own_region_first};
    struct bw_sql_value values[] = {bw_sql_int(session->session_no),
        bw_sql_int(BW_WAITLISTED), bw_sql_int((int64_t)code)};
    bw_text_fold(session->region, false, reading.region_fold, sizeof reading.region_fold);
    enum bw_status status = bw_central_run(central,
        "SELECT r.code, r.region, r.doubt FROM registration r WHERE r.session_no = $1"
        " AND (r.status = $2 OR r.code = $3) ORDER BY " BW_SIGN_UP_ORDER,
        values, 3, on_waiter, &reading, err);
    for (size_t i = 0; i < reading.others.count && !reading.no_memory; i++) {
        reading.no_memory = !add(&reading.waiting, &reading.others.waiters[i]);
    }
    bw_place_waiting_finish(&reading.others);
    if (status == BW_OK && reading.no_memory) {
        status = bw_error_set(
            err, BW_NO_MEMORY, 0, "reading who waits for %s: no memory", session->code);
    }
    if (status != BW_OK) {
        bw_place_waiting_finish(&reading.waiting);
        return status;
    }
    *ret_waiting = reading.waiting;
    return BW_OK;
}

enum bw_status
bw_place_waiting_read(struct bw_central *central, const struct bw_session *session,
    struct bw_place_waiting *ret_waiting, struct bw_error *err)
{
    return read_with(central, session, BW_CODE_NONE, ret_waiting, err);
}

enum bw_status
bw_place_waiting_would_be(struct bw_central *central, const struct bw_session *session,
    bw_code code, int64_t *ret_number, struct bw_error *err)
{
    struct bw_place_waiting waiting;
    enum bw_status status = read_with(central, session, code, &waiting, err);
    if (status == BW_OK) {
        *ret_number = bw_place_waiting_number(&waiting, code);
        bw_place_waiting_finish(&waiting);
    }
    return status;
}

void
bw_place_waiting_finish(struct bw_place_waiting *waiting)
{
    if (waiting != NULL) {
        free(waiting->waiters);
        *waiting = (struct bw_place_waiting){.waiters = NULL};
    }
}

int64_t
bw_place_waiting_number(const struct bw_place_waiting *waiting, bw_code code)
{
    for (size_t i = 0; i < waiting->count; i++) {
        if (waiting->waiters[i].code == code) {
            return (int64_t)i + 1;
        }
    }
    return 0;
}

bw_code
bw_place_waiting_next(const struct bw_place_waiting *waiting)
{
    for (size_t i = 0; i < waiting->count; i++) {
        if (!waiting->waiters[i].in_doubt) {
            return waiting->waiters[i].code;
        }
    }
    return BW_CODE_NONE;
}

bool
bw_place_waiting_leaves_place(const struct bw_place_waiting *waiting, int64_t free_places)
{
    return waiting->count == waiting->doubts && free_places > (int64_t)waiting->doubts;
}
