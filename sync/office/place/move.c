/* A person, moved to another session: see move.h. */
#include "office/place/move.h"
#include "central/base/said.h"

#include "central/records.h"
#include "office/import/read/sign_up.h"
#include "office/place/follow.h"
#include "office/place/people.h"
#include "office/place/waiting.h"
#include "office/session.h"
#include "office/step.h"

#include <stdio.h>
#include <string.h>

/* What of the person counts besides the roster. */
struct mover {
    int64_t person_no;
    bool in_doubt;
    char role[BW_TITLE_BYTES];
};

static bool
on_mover(const struct bw_sql_value *c, int count, void *context)
{
    struct mover *mover = context;
    (void)count;
    mover->person_no = c[0].number;
    mover->in_doubt = c[1].number != 0;
    bw_text_copy(mover->role, sizeof mover->role, c[2].text);
    return false;
}

static enum bw_status
refuse(const struct bw_place_move *move, const char *why, struct bw_error *err)
{
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(move->from.roster.code, code);
    return bw_error_set(err, BW_REFUSED, 0, "moving %s from %s to %s: %s", code,
        move->from_session.code, move->to_session.code, why);
}

/* ---- who, and whereto ---- */

static enum bw_status
read_both(const struct bw_office *office, const char *typed, const char *session_code,
    struct bw_place_move *move, struct mover *mover, struct bw_error *err)
{
    struct bw_central *central = office->central;
    enum bw_status status =
        bw_office_registration_by_code(central, typed, &move->from, err);
    struct bw_sql_value value = bw_sql_int((int64_t)move->from.roster.code);
    move->before = move->from.roster.status;
    if (status == BW_OK) {
        status = bw_record_session(central, session_code, &move->to_session, err);
    }
    if (status == BW_OK) {
        status = bw_record_session_by_number(
            central, move->from.roster.session_no, &move->from_session, err);
    }
    return status != BW_OK
               ? status
               : bw_central_run(central,
                     "SELECT person_no, doubt, role FROM registration WHERE code = $1",
                     &value, 1, on_mover, mover, err);
}

/* A session of the same audience is for whoever is in the other one. */
static bool
is_for(const struct bw_place_move *move, const struct mover *mover)
{
    const struct bw_sign_up sign_up = {.role = mover->role};
    return strcmp(move->from_session.audience, move->to_session.audience) == 0 ||
           bw_sign_up_audience(&sign_up, &move->to_session) == BW_AUDIENCE_IN;
}

static enum bw_status
check_person(
    const struct bw_place_move *move, const struct mover *mover, struct bw_error *err)
{
    switch (move->before) {
    case BW_CONFIRMED:
    case BW_WAITLISTED:
        break;
    case BW_CANCELLED:
        return refuse(move, bw_said("it is cancelled; reinstate it first"), err);
    case BW_BLOCKED:
        return refuse(move, bw_said("it is blocked; unblock it first"), err);
    }
    if (mover->in_doubt) {
        return refuse(
            move, bw_said("their sign-up is in doubt; settle that first (doubts)"), err);
    }
    if (move->from_session.session_no == move->to_session.session_no) {
        return refuse(move, bw_said("they are in it already"), err);
    }
    if (strcmp(move->from_session.series, move->to_session.series) != 0) {
        return refuse(move,
            bw_said(
                "it is of another series, which has a form of its own; cancel here and "
                "sign "
                "them up there"),
            err);
    }
    return is_for(move, mover)
               ? BW_OK
               : refuse(move, bw_said("it is for others than their role says"), err);
}

static enum bw_status
check(const struct bw_office *office, const struct bw_place_move *move,
    const struct mover *mover, struct bw_error *err)
{
    enum bw_status status = check_person(move, mover, err);
    if (status == BW_OK) {
        status = bw_place_people_check(
            office->central, move->from.roster.code, bw_said("moving"), err);
    }
    if (status == BW_OK) {
        status = bw_office_session_check(office, move->from_session.session_no,
            BW_OFFICE_SESSION_TAKES, bw_said("moving somebody out of"), err);
    }
    return status == BW_OK
               ? bw_office_session_check(office, move->to_session.session_no,
                     BW_OFFICE_SESSION_GIVES, bw_said("moving somebody to"), err)
               : status;
}

/* ---- the move ---- */

/* Now, and behind whoever asked in this very moment. */
static enum bw_status
take_rank(const struct bw_office *office, const struct bw_session *session,
    int64_t *ret_signed_up_ms, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(session->session_no),
        bw_sql_int(BW_WAITLISTED), bw_sql_int(bw_office_now_ms(office))};
    return bw_central_number(office->central,
        "SELECT coalesce(max(CASE WHEN signed_up_ms >= $3 THEN signed_up_ms + 1 END),"
        " CAST($3 AS BIGINT)) FROM registration WHERE session_no = $1 AND status = $2",
        values, 3, 0, ret_signed_up_ms, err);
}

static enum bw_status
ask_for_place(const struct bw_office *office, const struct bw_session *session,
    struct bw_place_follower *follower, struct bw_error *err)
{
    struct bw_place_waiting waiting = {.waiters = NULL};
    int64_t free_places = 0;
    enum bw_status status =
        bw_place_waiting_read(office->central, session, &waiting, err);
    if (status == BW_OK) {
        status = bw_office_free_places(office->central, session, &free_places, err);
    }
    follower->status = bw_place_waiting_leaves_place(&waiting, free_places)
                           ? BW_CONFIRMED
                           : BW_WAITLISTED;
    bw_place_waiting_finish(&waiting);
    return status == BW_OK ? take_rank(office, session, &follower->signed_up_ms, err)
                           : status;
}

/* The number there, and whose turn it is here. */
static enum bw_status
read_turns(
    const struct bw_office *office, struct bw_place_move *move, struct bw_error *err)
{
    struct bw_place_waiting there = {.waiters = NULL}, here = {.waiters = NULL};
    enum bw_status status =
        bw_place_waiting_read(office->central, &move->to_session, &there, err);
    if (status == BW_OK) {
        status = bw_place_waiting_read(office->central, &move->from_session, &here, err);
    }
    move->number = bw_place_waiting_number(&there, move->to.roster.code);
    move->frees = move->before == BW_CONFIRMED && move->from_session.called_off_ms == 0;
    bw_code next = move->frees ? bw_place_waiting_next(&here) : BW_CODE_NONE;
    move->next.roster.code = BW_CODE_NONE;
    if (status == BW_OK && next != BW_CODE_NONE) {
        status = bw_office_registration_of(office->central, next, &move->next, err);
    }
    bw_place_waiting_finish(&there);
    bw_place_waiting_finish(&here);
    return status;
}

static enum bw_status
move_one(const struct bw_office *office, const char *why, const struct mover *mover,
    struct bw_place_move *move, struct bw_error *err)
{
    struct bw_place_follower follower = {
        .session_no = move->to_session.session_no, .person_no = mover->person_no};
    char shown[BW_CODE_SHOWN_BYTES], about[BW_TITLE_BYTES];
    bw_code_format_shown(move->from.roster.code, shown);
    (void)snprintf(about, sizeof about, "%s %s %s", shown, move->from_session.code,
        move->to_session.code);
    enum bw_status status = ask_for_place(office, &move->to_session, &follower, err);
    if (status == BW_OK) {
        status = bw_step_begin(office, "move", about, why, 0, err);
    }
    if (status == BW_OK) {
        status = bw_place_follow(office, &move->from, &follower, &move->to, err);
    }
    return status == BW_OK ? read_turns(office, move, err) : status;
}

enum bw_status
bw_place_move(const struct bw_office *office, const char *typed, const char *session_code,
    const char *why, struct bw_place_move *ret_move, struct bw_error *err)
{
    struct bw_place_move move = {.number = 0};
    struct mover mover = {.person_no = 0};
    enum bw_status status = bw_central_begin(office->central, err);
    if (status == BW_OK) {
        status = read_both(office, typed, session_code, &move, &mover, err);
    }
    if (status == BW_OK) {
        status = check(office, &move, &mover, err);
    }
    if (status == BW_OK) {
        status = move_one(office, why, &mover, &move, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_move = move;
    }
    return status;
}
