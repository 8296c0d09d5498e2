/* Free places to people who wait: see promote.h. */
#include "office/place/promote.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/place/place_change.h"
#include "office/session.h"
#include "office/step.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES };

struct promote_waiting {
    bw_code code;
    bool own_region;
    bool in_doubt;
};

struct promotion {
    struct bw_place_promotion result;
    char region_fold[FOLD_BYTES];
    struct promote_waiting *waiting;
    size_t waiting_count, waiting_room;
    bool no_memory;
};

static bool
on_waiting(const struct bw_sql_value *columns, int count, void *context)
{
    struct promotion *p = context;
    (void)count;
    struct promote_waiting *waiting =
        bw_array_more(&p->waiting, &p->waiting_count, &p->waiting_room, sizeof *waiting);
    if (waiting == NULL) {
        p->no_memory = true;
        return false;
    }
    char fold[FOLD_BYTES];
    bw_text_fold(columns[1].text, false, fold, sizeof fold);
    waiting->code = (bw_code)columns[0].number;
    waiting->in_doubt = columns[2].number != 0;
    waiting->own_region = strcmp(fold, p->region_fold) == 0;
    return true;
}

static enum bw_status
read_waiting(const struct bw_office *office, struct promotion *p, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(p->result.session.session_no),
        bw_sql_int(BW_WAITLISTED),
    };
    bw_text_fold(p->result.session.region, false, p->region_fold, sizeof p->region_fold);
    enum bw_status status = bw_central_run(office->central,
        "SELECT r.code, r.region, r.doubt FROM registration r WHERE r.session_no = $1"
        " AND r.status = $2 ORDER BY " BW_SIGN_UP_ORDER,
        values, 2, on_waiting, p, err);
    if (status == BW_OK) {
        status = bw_office_free_places(
            office->central, &p->result.session, &p->result.free_places, err);
    }
    p->result.promoted = calloc(p->waiting_count + 1, sizeof *p->result.promoted);
    if (status == BW_OK && (p->no_memory || p->result.promoted == NULL)) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "giving out places of %s: no memory",
            p->result.session.code);
    }
    return status;
}

static enum bw_status
promote_one(const struct bw_office *office, struct promotion *p,
    const struct bw_keys *keys, bw_code code, struct bw_error *err)
{
    char text[BW_CODE_BYTES];
    bw_code_format(code, text);
    struct bw_office_registration *r = &p->result.promoted[p->result.promoted_count];
    enum bw_status status = bw_office_registration_by_code(office->central, text, r, err);
    if (status == BW_OK) {
        status = bw_place_set_status(office, r, BW_CONFIRMED, "", err);
    }
    if (status == BW_OK) {
        status = bw_place_renew_ticket(office, keys, r, err);
    }
    p->result.promoted_count += status == BW_OK;
    return status;
}

/* Goes over the list twice where the own region comes first, else once. For somebody in
 * doubt the place that would be theirs is kept. */
static enum bw_status
give_out(const struct bw_office *office, struct promotion *p, const struct bw_keys *keys,
    int64_t count, struct bw_error *err)
{
    int rounds = p->result.session.own_region_first ? 2 : 1;
    int64_t left = p->result.free_places;
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < p->waiting_count && left > 0 && count > 0; i++) {
            if (rounds == 2 && p->waiting[i].own_region != (round == 0)) {
                continue;
            }
            left--;
            if (p->waiting[i].in_doubt) {
                p->result.kept++;
                continue;
            }
            enum bw_status status = promote_one(office, p, keys, p->waiting[i].code, err);
            if (status != BW_OK) {
                return status;
            }
            count--;
        }
    }
    return BW_OK;
}

static enum bw_status
promote(const struct bw_office *office, const char *session_code, int64_t count,
    struct promotion *p, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    enum bw_status status = bw_central_begin(office->central, err);
    if (status == BW_OK) {
        status =
            bw_record_session(office->central, session_code, &p->result.session, err);
    }
    if (status == BW_OK) {
        status = bw_office_session_check(office, p->result.session.session_no,
            BW_OFFICE_SESSION_GIVES, "giving out places of", err);
    }
    if (status == BW_OK) {
        status = bw_office_keys(office, &keys, err);
    }
    if (status == BW_OK) {
        status = read_waiting(office, p, err);
    }
    if (status == BW_OK) {
        status = bw_step_begin(office, "promote", p->result.session.code, "", 0, err);
    }
    if (status == BW_OK) {
        status = give_out(office, p, &keys, count, err);
    }
    if (status == BW_OK && p->result.promoted_count > 0) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    bw_keys_finish(&keys);
    return status;
}

enum bw_status
bw_place_promote(const struct bw_office *office, const char *session_code, int64_t count,
    struct bw_place_promotion *ret_promotion, struct bw_error *err)
{
    struct promotion p = {.waiting = NULL};
    enum bw_status status = promote(office, session_code, count, &p, err);
    free(p.waiting);
    if (status != BW_OK) {
        bw_place_promotion_finish(&p.result);
        return status;
    }
    p.result.free_places -= (int64_t)p.result.promoted_count;
    p.result.waiting = p.waiting_count - p.result.promoted_count;
    *ret_promotion = p.result;
    return BW_OK;
}

void
bw_place_promotion_finish(struct bw_place_promotion *promotion)
{
    if (promotion != NULL) {
        free(promotion->promoted);
        *promotion = (struct bw_place_promotion){.promoted = NULL};
    }
}
