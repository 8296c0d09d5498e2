/* Sign-ups into the central database: see place.h. */
#include "office/import/judge/place.h"

#include "central/central.h"
#include "central/issue.h"
#include "office/office.h"
#include "office/place/doubt.h"
#include "office/place/people.h"
#include "office/place/words.h"

#include <assert.h>

/* PL1, PL5. A form that comes in for the first time, however late, gives its places. */
static enum bw_status
look_at_state(
    struct bw_placing *placing, const struct bw_session *session, struct bw_error *err)
{
    struct bw_import *import = placing->import;
    struct bw_sql_value value = bw_sql_int(session->session_no);
    int64_t before = 0;
    bool over = bw_office_now_ms(import->office) > session->ends_ms;
    enum bw_status status = bw_central_number(import->office->central,
        "SELECT count(*) FROM registration WHERE session_no = $1", &value, 1, 0, &before,
        err);
    placing->closed = session->closed_ms != 0;
    placing->ends_ms = session->ends_ms;
    placing->gives =
        placing->gives_places && session->called_off_ms == 0 && !(over && before > 0);
    if (status == BW_OK && session->called_off_ms != 0) {
        bw_import_note(import, true,
            "%s is called off: nobody gets a place in it (session reopen undoes that)",
            session->code);
    }
    return status;
}

static enum bw_status
look_at_places(
    struct bw_placing *placing, const struct bw_session *session, struct bw_error *err)
{
    if (placing->session_no == session->session_no) {
        return BW_OK;
    }
    struct bw_central *central = placing->import->office->central;
    struct bw_sql_value values[] = {
        bw_sql_int(session->session_no), bw_sql_int(BW_WAITLISTED)};
    int64_t waiting = 0, doubts = 0;
    enum bw_status status = bw_place_new_write(placing, err);
    if (status == BW_OK) {
        status = bw_office_is_purged(central, session->session_no, &placing->purged, err);
    }
    if (status == BW_OK) {
        status =
            bw_office_count(central, session->session_no, BW_WAITLISTED, &waiting, err);
    }
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM registration WHERE session_no = $1 AND status = $2"
            " AND doubt <> 0",
            values, 2, 0, &doubts, err);
    }
    if (status == BW_OK) {
        status = bw_office_free_places(central, session, &placing->free, err);
    }
    if (status == BW_OK) {
        status = look_at_state(placing, session, err);
    }
    if (status == BW_OK) {
        status = bw_place_words_corrected(central, &placing->corrected, err);
    }
    if (status == BW_OK) {
        placing->session_no = session->session_no;
        placing->revision = 0;
        placing->free -= doubts;
        placing->waits = waiting > doubts;
    }
    return status;
}

/* PL5 */
static bool
is_too_late(const struct bw_placing *placing, const struct bw_session *session,
    const struct bw_sign_up *s)
{
    if (placing->closed) {
        bw_import_reject(placing->import, s->line, BW_REJECT_INVALID,
            "%s: the figures of %s are fixed; session reopen %s --why \"…\" opens it",
            s->shown, session->code, session->code);
    } else if (s->time_ms > session->ends_ms) {
        bw_import_reject(placing->import, s->line, BW_REJECT_INVALID,
            "%s signs up after the end of %s; is it another session's form? Who was "
            "there comes in by import attendance",
            s->shown, session->code);
    }
    return placing->closed || s->time_ms > session->ends_ms;
}

/* It takes nobody's place, but who counts people would count two. */
static void
note_elsewhere(struct bw_import *import, const struct bw_sign_up *s,
    const struct bw_who_known *known)
{
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(known->code, shown);
    bw_import_note(import, true,
        "line %d: %s may be the one whom another session knows as %s; where that is one "
        "person, merge-people joins them",
        (int)s->line, s->shown, shown);
}

/* A person who got this name by an earlier row of the file may be here under it. */
static enum bw_status
find_theirs(struct bw_placing *placing, const struct bw_session *session,
    int64_t person_no, bw_code *ret_code, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(session->session_no), bw_sql_int(person_no)};
    int64_t code = 0;
    enum bw_status status = bw_central_number(placing->import->office->central,
        "SELECT coalesce(max(code), -1) FROM registration WHERE session_no = $1"
        " AND person_no = $2",
        values, 2, 0, &code, err);
    *ret_code = code >= 0 ? (bw_code)code : BW_CODE_NONE;
    return status;
}

/* PL1: nobody knows yet who somebody is whose answer for another session of the series is
 * in doubt. What a role says stands in each answer. */
static bool
on_open_doubt(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_place_newcomer *newcomer = context;
    (void)count;
    newcomer->doubt = c[0].number;
    newcomer->doubt_of = (bw_code)c[1].number;
    return false;
}

static enum bw_status
find_open_doubt(const struct bw_placing *placing, const struct bw_session *session,
    struct bw_place_newcomer *newcomer, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(newcomer->person_no),
        bw_sql_text(session->series), bw_sql_int(BW_WAITLISTED),
        bw_sql_int(BW_PLACE_DOUBT_ROLE), bw_sql_int(session->session_no)};
    return bw_central_run(placing->import->office->central,
        "SELECT r.doubt, coalesce((SELECT h.code FROM registration h"
        " WHERE h.session_no = $5 AND h.person_no = o.person_no), o.code)"
        " FROM registration r JOIN session s ON s.session_no = r.session_no"
        " JOIN registration o ON o.code = r.doubt_of WHERE r.person_no = $1"
        " AND s.series = $2 AND r.status = $3 AND r.doubt <> 0 AND r.doubt <> $4"
        " ORDER BY r.code LIMIT 1",
        values, 5, on_open_doubt, newcomer, err);
}

/* Of somebody who answered several times any row may be the one that is known. */
static enum bw_who_answer
ask(struct bw_placing *placing, const struct bw_session *session,
    const struct bw_place_request *request, struct bw_who_known **ret_known)
{
    enum bw_who_answer answer =
        bw_who_ask(&placing->who, session, request->last, ret_known);
    for (const struct bw_sign_up *s = request->last;
         answer != BW_WHO_CORRECTED && s > request->first; s--) {
        struct bw_who_known *known = NULL;
        if (bw_who_ask(&placing->who, session, s - 1, &known) == BW_WHO_CORRECTED) {
            *ret_known = known;
            answer = BW_WHO_CORRECTED;
        }
    }
    return answer;
}

/* The person of that name, whom another session or a former name may know; and theirs
 * here. Nobody is, where that was found out before (PL6). */
static enum bw_status
find_person(struct bw_placing *placing, const struct bw_session *session,
    const struct bw_place_request *request, struct bw_place_newcomer *newcomer,
    bw_code *ret_theirs, struct bw_error *err)
{
    if (request->nobody) {
        return BW_OK;
    }
    enum bw_status status = bw_place_new_write(placing, err);
    if (status == BW_OK) {
        status = bw_place_person(placing, request->last, &newcomer->person_no, err);
    }
    return status == BW_OK && newcomer->person_no != 0
               ? find_theirs(placing, session, newcomer->person_no, ret_theirs, err)
               : status;
}

/* Their answer is known under another name: the person is theirs. */
static enum bw_status
take_person(struct bw_placing *placing, const struct bw_who_known *known,
    const struct bw_sign_up *s, struct bw_place_newcomer *newcomer, struct bw_error *err)
{
    enum bw_status status = bw_place_new_write(placing, err);
    if (status == BW_OK) {
        status = bw_place_people_of(
            placing->import->office->central, known->code, &newcomer->person_no, err);
    }
    return status == BW_OK
               ? bw_place_alias(placing, s->identity, newcomer->person_no, err)
               : status;
}

/* Nobody of this session has this mail and name. */
static enum bw_status
place_stranger(struct bw_placing *placing, const struct bw_session *session,
    const struct bw_place_request *request, struct bw_error *err)
{
    const struct bw_sign_up *s = request->last;
    struct bw_place_newcomer newcomer = {
        .doubt = s->denies ? BW_PLACE_DOUBT_ROLE : BW_PLACE_DOUBT_NONE,
        .doubt_of = BW_CODE_NONE};
    struct bw_who_known *known = NULL;
    enum bw_who_answer answer = ask(placing, session, request, &known);
    bool here = known != NULL && known->session_no == session->session_no;
    bw_code theirs = BW_CODE_NONE;
    enum bw_status status =
        find_person(placing, session, request, &newcomer, &theirs, err);
    if (status != BW_OK || theirs != BW_CODE_NONE) {
        return status == BW_OK ? bw_place_known(placing, theirs, false, request, err)
                               : status;
    }
    if (here && (answer == BW_WHO_CORRECTED || answer == BW_WHO_SAME)) {
        known->claimed = true;
        status = bw_place_new_write(placing, err);
        return status == BW_OK ? bw_place_corrected(placing, known, request, err)
                               : status;
    }
    assert(known != NULL || answer == BW_WHO_NEW);
    if (newcomer.person_no != 0 && newcomer.doubt == BW_PLACE_DOUBT_NONE) {
        status = find_open_doubt(placing, session, &newcomer, err);
    } else if (newcomer.person_no == 0 && answer == BW_WHO_SAME && known != NULL) {
        status = take_person(placing, known, s, &newcomer, err);
    } else if (newcomer.person_no == 0 && known != NULL && !here) {
        note_elsewhere(placing->import, s, known);
    } else if (newcomer.person_no == 0 && known != NULL) {
        newcomer.doubt =
            answer == BW_WHO_MAIL ? BW_PLACE_DOUBT_MAIL : BW_PLACE_DOUBT_NAME;
        newcomer.doubt_of = known->code;
    }
    return status == BW_OK ? bw_place_new(placing, session, request, &newcomer, err)
                           : status;
}

static void
note_damaged(struct bw_import *import, const struct bw_sign_up *s)
{
    if (s->damaged) {
        bw_import_note(import, true,
            "line %d: %s, %s: letters were damaged before the file came; correct them "
            "in the form's sheet, and import it again",
            (int)s->line, s->shown, s->school);
    }
}

enum bw_status
bw_place_prepare(struct bw_placing *placing, const struct bw_session *session,
    const struct bw_place_request *request, struct bw_error *err)
{
    enum bw_status status = bw_who_load(&placing->who, session, err);
    struct bw_who_known *known =
        status == BW_OK ? bw_who_find(&placing->who, request->first) : NULL;
    if (known != NULL) {
        known->claimed = true;
    }
    return status;
}

enum bw_status
bw_place_one(struct bw_placing *placing, const struct bw_session *session,
    const struct bw_place_request *request, struct bw_error *err)
{
    enum bw_status status = look_at_places(placing, session, err);
    if (status == BW_OK && placing->purged) {
        bw_import_reject(placing->import, request->first->line, BW_REJECT_INVALID,
            "the people of %s were purged; it takes no sign-ups any more", session->code);
        return BW_OK;
    }
    if (status != BW_OK) {
        return status;
    }
    note_damaged(placing->import, request->last);
    const struct bw_who_known *known = bw_who_find(&placing->who, request->first);
    if (known == NULL && is_too_late(placing, session, request->first)) {
        return BW_OK;
    }
    if (known == NULL) {
        return place_stranger(placing, session, request, err);
    }
    status = bw_place_new_write(placing, err);
    return status == BW_OK ? bw_place_known(placing, known->code, false, request, err)
                           : status;
}
