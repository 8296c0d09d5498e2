/* Free places to people who wait: see promote.h. */
#include "office/place/promote.h"

#include "central/records.h"
#include "office/hold.h"
#include "office/place/place_change.h"
#include "office/place/waiting.h"
#include "office/session.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <stdlib.h>

struct promotion {
    struct bw_place_promotion result;
    struct bw_place_waiting waiting;
};

static enum bw_status
read_waiting(const struct bw_office *office, struct promotion *p, struct bw_error *err)
{
    struct bw_place_promotion *result = &p->result;
    enum bw_status status =
        bw_place_waiting_read(office->central, &result->session, &p->waiting, err);
    if (status == BW_OK) {
        status = bw_office_free_places(
            office->central, &result->session, &result->free_places, err);
    }
    result->promoted = calloc(p->waiting.count + 1, sizeof *result->promoted);
    if (status == BW_OK && result->promoted == NULL) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "giving out places of %s: no memory",
            result->session.code);
    }
    return status;
}

static enum bw_status
promote_one(const struct bw_office *office, struct promotion *p,
    const struct bw_keys *keys, bw_code code, struct bw_error *err)
{
    struct bw_office_registration *r = &p->result.promoted[p->result.promoted_count];
    enum bw_status status = bw_office_registration_of(office->central, code, r, err);
    if (status == BW_OK) {
        status = bw_place_set_status(office, r, BW_CONFIRMED, "", err);
    }
    if (status == BW_OK) {
        status = bw_place_renew_ticket(office, keys, r, err);
    }
    p->result.promoted_count += status == BW_OK;
    return status;
}

/* For somebody in doubt the place that would be theirs is kept. */
static enum bw_status
give_out(const struct bw_office *office, struct promotion *p, const struct bw_keys *keys,
    int64_t count, struct bw_error *err)
{
    int64_t left = p->result.free_places;
    for (size_t i = 0; i < p->waiting.count && left > 0 && count > 0; i++) {
        left--;
        if (p->waiting.waiters[i].in_doubt) {
            p->result.kept++;
            continue;
        }
        enum bw_status status =
            promote_one(office, p, keys, p->waiting.waiters[i].code, err);
        if (status != BW_OK) {
            return status;
        }
        count--;
    }
    return BW_OK;
}

static enum bw_status
promote(const struct bw_office *office, const char *session_code, int64_t count,
    struct promotion *p, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    enum bw_status status =
        bw_office_hold_session(office->central, session_code, &p->result.session, err);
    if (status == BW_OK) {
        status = bw_office_session_check(office, p->result.session.session_no,
            BW_OFFICE_SESSION_GIVES, bw_said("giving out places of"), err);
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
    struct promotion p = {.waiting = {.waiters = NULL}};
    enum bw_status status = promote(office, session_code, count, &p, err);
    size_t waited = p.waiting.count;
    bw_place_waiting_finish(&p.waiting);
    if (status != BW_OK) {
        bw_place_promotion_finish(&p.result);
        return status;
    }
    p.result.free_places -= (int64_t)p.result.promoted_count;
    p.result.waiting = waited - p.result.promoted_count;
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
