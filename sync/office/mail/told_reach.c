/* Whom no mail goes to: see told_reach.h. */
#include "office/mail/told_reach.h"

#include "central/records.h"
#include "office/hold.h"
#include "office/place/people.h"
#include "office/step.h"

#include <brugwachter/said.h>

/* ---- reading ---- */

struct reach_person {
    bool found;
    int64_t person_no;
    char mail[BW_TITLE_BYTES], mail_fold[BW_TITLE_BYTES];
    struct bw_told_reached reached;
};

/* The newest row that stands says when and why: $1 is the code. */
static const char of_code_sql[] =
    "SELECT p.person_no, p.mail, p.mail_fold, " BW_TOLD_REACH_BACK_OF_P
    ", " BW_TOLD_REACH_NONE_OF_P ", coalesce(s.at_ms, 0), coalesce(s.why, '')"
    " FROM registration r JOIN person p ON p.person_no = r.person_no"
    " LEFT JOIN step s ON s.step_no = (SELECT max(x.step_no) FROM mail_state x"
    " JOIN step xs ON xs.step_no = x.step_no WHERE xs.undone_by <= 0 AND x.holds = 1"
    " AND ((x.kind = 2 AND x.person_no = p.person_no) OR (x.kind = 1"
    " AND x.mail_fold <> '' AND x.mail_fold = p.mail_fold))) WHERE r.code = $1";

static bool
on_person(const struct bw_sql_value *c, int count, void *context)
{
    struct reach_person *person = context;
    (void)count;
    person->found = true;
    person->person_no = c[0].number;
    bw_text_copy(person->mail, sizeof person->mail, c[1].text);
    bw_text_copy(person->mail_fold, sizeof person->mail_fold, c[2].text);
    person->reached.came_back = c[3].number != 0;
    person->reached.wants_none = c[4].number != 0;
    person->reached.since_ms = c[5].number;
    bw_text_copy(person->reached.why, sizeof person->reached.why, c[6].text);
    return false;
}

static enum bw_status
person_read(struct bw_central *central, bw_code code, struct reach_person *ret_person,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    struct reach_person person = {.found = false};
    char shown[BW_CODE_SHOWN_BYTES];
    enum bw_status status =
        bw_central_run(central, of_code_sql, &value, 1, on_person, &person, err);
    if (status == BW_OK && !person.found) {
        bw_code_format_shown(code, shown);
        return bw_error_set(
            err, BW_NOT_FOUND, 0, "looking for %s: there is no such code", shown);
    }
    if (status == BW_OK) {
        *ret_person = person;
    }
    return status;
}

enum bw_status
bw_told_reach_read(struct bw_central *central, bw_code code,
    struct bw_told_reached *ret_reached, struct bw_error *err)
{
    struct reach_person person;
    enum bw_status status = person_read(central, code, &person, err);
    if (status == BW_OK) {
        *ret_reached = person.reached;
    }
    return status;
}

enum bw_status
bw_told_reach_backs(struct bw_central *central, uint32_t session_no, int64_t **ret_codes,
    size_t *ret_count, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(session_no);
    return bw_record_numbers(central,
        "SELECT r.code FROM registration r JOIN person p ON p.person_no = r.person_no"
        " WHERE r.session_no = $1 AND r.status IN (0, 1)"
        " AND " BW_TOLD_REACH_BACK_OF_P " = 1 ORDER BY r.code",
        &value, 1, ret_codes, ret_count, err);
}

/* Where a mail went to, and whether it holds of that: $1 the code, $2 the run. */
static const char of_mailing_sql[] =
    "SELECT t.mail, lower(t.mail), " BW_TOLD_REACH_BACK_OF(
        "t.mail") " FROM told t WHERE t.code = $1 AND t.mailing_no = $2"
                  " ORDER BY t.told_no DESC LIMIT 1";

static bool
on_address(const struct bw_sql_value *c, int count, void *context)
{
    struct reach_person *person = context;
    (void)count;
    person->found = true;
    bw_text_copy(person->mail, sizeof person->mail, c[0].text);
    bw_text_copy(person->mail_fold, sizeof person->mail_fold, c[1].text);
    person->reached.came_back = c[2].number != 0;
    return false;
}

/* … instead of the one that is theirs now. */
static enum bw_status
address_read(struct bw_central *central, bw_code code, int64_t mailing_no,
    struct reach_person *person, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int((int64_t)code), bw_sql_int(mailing_no)};
    char shown[BW_CODE_SHOWN_BYTES];
    person->found = false;
    enum bw_status status =
        bw_central_run(central, of_mailing_sql, values, 2, on_address, person, err);
    if (status == BW_OK && !person->found) {
        bw_code_format_shown(code, shown);
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for a mail to %s: none of that run is in the log", shown);
    }
    return status;
}

/* ---- saying ---- */

static const struct {
    const char *step;
    bool back, none, holds;
} words[] = {
    [BW_TOLD_REACH_SAY_BACK] = {"mail back", true, false, true},
    [BW_TOLD_REACH_SAY_NONE] = {"mail none", false, true, true},
    [BW_TOLD_REACH_SAY_AGAIN] = {"mail again", true, true, false},
};

static enum bw_status
put(struct bw_central *central, const struct reach_person *person,
    enum bw_told_reach kind, bool holds, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(bw_central_step(central)),
        bw_sql_int(person->person_no), bw_sql_int(kind), bw_sql_int(holds ? 1 : 0),
        bw_sql_text(person->mail_fold)};
    return bw_central_run(central,
        "INSERT INTO mail_state (step_no, person_no, kind, holds, mail_fold)"
        " VALUES ($1, $2, $3, $4, $5)",
        values, 5, NULL, NULL, err);
}

/* In the transaction of the step. */
static enum bw_status
say(const struct bw_office *office, enum bw_told_reach_word word, int64_t mailing_no,
    const char *why, struct bw_told_reach_said *said, struct bw_error *err)
{
    bw_code code = said->who.roster.code;
    struct reach_person person;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(code, shown);
    enum bw_status status = person_read(office->central, code, &person, err);
    if (status == BW_OK) {
        status = bw_place_people_check(office->central, code, bw_said("noting of"), err);
    }
    if (status == BW_OK && word == BW_TOLD_REACH_SAY_BACK && mailing_no > 0) {
        status = address_read(office->central, code, mailing_no, &person, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bw_text_copy(said->mail, sizeof said->mail, person.mail);
    if (word == BW_TOLD_REACH_SAY_BACK && person.mail_fold[0] == '\0') {
        return bw_error_set(err, BW_REFUSED, 0,
            "noting that the mail of %s came back: no address of theirs is known", shown);
    }
    bool back = words[word].back && person.reached.came_back != words[word].holds;
    bool none = words[word].none && person.reached.wants_none != words[word].holds;
    said->changed = back || none;
    if (!said->changed) {
        return BW_OK;
    }
    status = bw_step_begin(office, words[word].step, shown, why, 0, err);
    if (status == BW_OK && back) {
        status = put(
            office->central, &person, BW_TOLD_REACH_CAME_BACK, words[word].holds, err);
    }
    if (status == BW_OK && none) {
        status = put(
            office->central, &person, BW_TOLD_REACH_WANTS_NONE, words[word].holds, err);
    }
    return status;
}

enum bw_status
bw_told_reach_say(const struct bw_office *office, const char *typed,
    enum bw_told_reach_word word, int64_t mailing_no, const char *why,
    struct bw_told_reach_said *ret_said, struct bw_error *err)
{
    struct bw_told_reach_said said = {.changed = false};
    /* a session of theirs is held: nobody joins them meanwhile (C8) */
    enum bw_status status =
        bw_office_hold_registration(office->central, typed, &said.who, err);
    if (status == BW_OK) { /* the last one that stands counts (TR1) */
        status = bw_central_lock_numbers(office->central, err);
    }
    if (status == BW_OK) {
        status = say(office, word, mailing_no, why, &said, err);
    }
    if (status == BW_OK && said.changed) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_said = said;
    }
    return status;
}
