/* Free places to people who wait: see promote.h. */
#include "office/place/promote.h"

#include "central/records.h"
#include "office/hold.h"
#include "office/place/place_change.h"
#include "office/place/waiting.h"
#include "office/session.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdlib.h>

struct promotion {
    int64_t count;     /* at most so many, in turn */
    const char *typed; /* who was chosen instead; NULL: nobody */
    char why[BW_TITLE_BYTES];
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
    struct bw_error *err)
{
    int64_t left = p->result.free_places, count = p->count;
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
refuse(const char *typed, const char *why, struct bw_error *err)
{
    return bw_error_set(
        err, BW_REFUSED, 0, bw_said("giving a place to %.60s: %s"), typed, why);
}

/* Where it is their turn no reason is needed. */
static enum bw_status
check_why(const struct promotion *p, struct bw_error *err)
{
    return p->result.passed > 0 && p->why[0] == '\0'
               ? bw_error_about(err,
                     refuse(p->typed,
                         bw_said("others wait before them; --why says why it is them"),
                         err),
                     "why")
               : BW_OK;
}

/* The one who was chosen, and no other. */
static enum bw_status
give_chosen(const struct bw_office *office, struct promotion *p,
    const struct bw_keys *keys, struct bw_error *err)
{
    struct bw_office_registration chosen;
    enum bw_status status =
        bw_office_registration_by_code(office->central, p->typed, &chosen, err);
    if (status != BW_OK) {
        return status;
    }
    size_t at = 0;
    while (at < p->waiting.count && p->waiting.waiters[at].code != chosen.roster.code) {
        at++;
    }
    if (at == p->waiting.count) {
        return refuse(p->typed,
            bw_said("they don't wait in that session; cancel, move and reinstate change "
                    "where somebody is"),
            err);
    }
    if (p->waiting.waiters[at].in_doubt) {
        return refuse(p->typed,
            bw_said("their sign-up is in doubt; settle that first (doubts)"), err);
    }
    if (p->result.free_places <= 0) {
        return refuse(p->typed,
            bw_said("no place is free; cancel whoever doesn't come, then try again"),
            err);
    }
    p->result.passed = at;
    status = check_why(p, err);
    return status == BW_OK ? promote_one(office, p, keys, chosen.roster.code, err)
                           : status;
}

static enum bw_status
promote(const struct bw_office *office, const char *session_code, struct promotion *p,
    struct bw_error *err)
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
        status = bw_step_begin(office, "promote", p->result.session.code, p->why, 0, err);
    }
    if (status == BW_OK) {
        status = p->typed != NULL ? give_chosen(office, p, &keys, err)
                                  : give_out(office, p, &keys, err);
    }
    if (status == BW_OK && p->result.promoted_count > 0) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    bw_keys_finish(&keys);
    return status;
}

static enum bw_status
promote_and_count(const struct bw_office *office, const char *session_code,
    struct promotion *p, struct bw_place_promotion *ret_promotion, struct bw_error *err)
{
    enum bw_status status = promote(office, session_code, p, err);
    size_t waited = p->waiting.count;
    bw_place_waiting_finish(&p->waiting);
    if (status != BW_OK) {
        bw_place_promotion_finish(&p->result);
        return status;
    }
    p->result.free_places -= (int64_t)p->result.promoted_count;
    p->result.waiting = waited - p->result.promoted_count;
    *ret_promotion = p->result;
    return BW_OK;
}

enum bw_status
bw_place_promote(const struct bw_office *office, const char *session_code, int64_t count,
    struct bw_place_promotion *ret_promotion, struct bw_error *err)
{
    struct promotion p = {.count = count};
    return promote_and_count(office, session_code, &p, ret_promotion, err);
}

enum bw_status
bw_place_promote_chosen(const struct bw_office *office, const char *session_code,
    const char *typed, const char *why, struct bw_place_promotion *ret_promotion,
    struct bw_error *err)
{
    struct promotion p = {.typed = typed};
    enum bw_text_fault fault = bw_text_clean(why, BW_TITLE_CHARS, p.why);
    return fault == BW_TEXT_FINE
               ? promote_and_count(office, session_code, &p, ret_promotion, err)
               : bw_error_about(
                     err, refuse(typed, bw_said(bw_text_fault_name(fault)), err), "why");
}

void
bw_place_promotion_finish(struct bw_place_promotion *promotion)
{
    if (promotion != NULL) {
        free(promotion->promoted);
        *promotion = (struct bw_place_promotion){.promoted = NULL};
    }
}
