/* People, moved to another session: see move.h. */
#include "office/place/move.h"

#include "central/records.h"
#include "office/hold.h"
#include "office/import/read/sign_up.h"
#include "office/place/follow.h"
#include "office/place/people.h"
#include "office/place/waiting.h"
#include "office/session.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What of the person counts besides the roster. */
struct mover {
    struct bw_place_move *move;
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
read_from(const struct bw_office *office, bw_code code, struct bw_place_move *move,
    struct mover *mover, struct bw_error *err)
{
    struct bw_central *central = office->central;
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    enum bw_status status = bw_office_registration_of(central, code, &move->from, err);
    move->before = move->from.roster.status;
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
            bw_said("it is of another series, which has a form of "
                    "its own; cancel here and sign them up there"),
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

/* In the caller's step. */
static enum bw_status
move_one(const struct bw_office *office, const struct mover *mover,
    struct bw_place_move *move, struct bw_error *err)
{
    struct bw_place_follower follower = {
        .session_no = move->to_session.session_no, .person_no = mover->person_no};
    enum bw_status status = ask_for_place(office, &move->to_session, &follower, err);
    if (status == BW_OK) {
        status = bw_place_follow(office, &move->from, &follower, &move->to, err);
    }
    return status == BW_OK ? read_turns(office, move, err) : status;
}

/* "K7QM-2XRD S-1 S-2", of several "K7QM-2XRD +3 S-1 S-2". */
static enum bw_status
begin_step(const struct bw_office *office, const struct bw_place_move *first,
    size_t count, const char *why, struct bw_error *err)
{
    char shown[BW_CODE_SHOWN_BYTES], others[24] = "", about[BW_TITLE_BYTES];
    bw_code_format_shown(first->from.roster.code, shown);
    if (count > 1) {
        (void)snprintf(others, sizeof others, " +%zu", count - 1);
    }
    (void)snprintf(about, sizeof about, "%s%s %s %s", shown, others,
        first->from_session.code, first->to_session.code);
    return bw_step_begin(office, "move", about, why, 0, err);
}

/* Who signed up first asks first; ties as they were given. */
static int
by_sign_up(const void *left, const void *right)
{
    const struct mover *a = left, *b = right;
    int64_t x = a->move->from.roster.signed_up_ms, y = b->move->from.roster.signed_up_ms;
    return x != y ? (x < y ? -1 : 1) : (a->move > b->move) - (a->move < b->move);
}

/* All are read and found fit before the first one goes. */
static enum bw_status
move_several(const struct bw_office *office, const bw_code *codes, size_t count,
    const struct bw_session *to, const char *why, struct mover *movers,
    struct bw_place_move *moves, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        movers[i].move = &moves[i];
        moves[i].to_session = *to;
        status = read_from(office, codes[i], &moves[i], &movers[i], err);
        if (status == BW_OK) {
            status = check(office, &moves[i], &movers[i], err);
        }
    }
    if (status == BW_OK) {
        qsort(movers, count, sizeof *movers, by_sign_up);
        status = begin_step(office, movers[0].move, count, why, err);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = move_one(office, &movers[i], movers[i].move, err);
    }
    return status;
}

static enum bw_status
move_and_keep(const struct bw_office *office, const char *const typed[], size_t count,
    const char *session_code, const char *why, struct mover *movers,
    struct bw_place_move *moves, struct bw_error *err)
{
    bw_code codes[BW_PLACE_MOVES_MAX];
    struct bw_session to;
    enum bw_status status =
        bw_office_hold_move(office->central, typed, count, session_code, codes, &to, err);
    if (status == BW_OK) {
        status = move_several(office, codes, count, &to, why, movers, moves, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}

enum bw_status
bw_place_move_all(const struct bw_office *office, const char *const typed[], size_t count,
    const char *session_code, const char *why, struct bw_place_move *ret_moves,
    struct bw_error *err)
{
    if (count == 0 || count > BW_PLACE_MOVES_MAX) {
        return bw_error_set(err, count == 0 ? BW_BAD_INPUT : BW_FULL, 0,
            "moving people to %s: one at least, and at most %d at once", session_code,
            BW_PLACE_MOVES_MAX);
    }
    struct mover *movers = calloc(count, sizeof *movers);
    struct bw_place_move *moves = calloc(count, sizeof *moves);
    enum bw_status status =
        movers != NULL && moves != NULL
            ? move_and_keep(office, typed, count, session_code, why, movers, moves, err)
            : bw_error_set(err, BW_NO_MEMORY, 0, "moving people: no memory");
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        ret_moves[i] = *movers[i].move;
    }
    free(moves);
    free(movers);
    return status;
}

enum bw_status
bw_place_move(const struct bw_office *office, const char *typed, const char *session_code,
    const char *why, struct bw_place_move *ret_move, struct bw_error *err)
{
    return bw_place_move_all(office, &typed, 1, session_code, why, ret_move, err);
}
