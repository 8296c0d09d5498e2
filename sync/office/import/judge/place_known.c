/* Rows of people who are known already: see place.h. */
#include "office/import/judge/place.h"

#include "central/central.h"
#include "central/sealed.h"
#include "office/import/read/likeness.h"
#include "office/office.h"
#include "office/place/doubt.h"
#include "office/place/words.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* What the database knows of this person in this session. */
struct place_known {
    bw_code code;
    int64_t person_no, doubt;
    enum bw_registration_status status;
    int64_t signed_up_ms, answers_ms, changed_ms;
    struct bw_sign_up answers; /* that are to stand: the last, with what must not go */
    bool same_answers, renamed;
    struct bw_import_change change; /* what differs */
    struct bw_import *import;
    bool name_held, school_held,
        mail_held; /* PL8: the file says what stood there before */
    bool held;     /* and something else stands there now */
    bool refused;  /* PL9: something of what differs */
    bool refused_before;
    const char *refusals[BW_SIGN_UP_FIELDS]; /* what the file says there; else NULL */
    char time_text[BW_LABEL_BYTES];          /* of an earlier time */
};

static const char *
keep(struct bw_import *import, const char *text)
{
    const char *kept = bw_arena_text(&import->arena, text);
    import->no_memory = import->no_memory || kept == NULL;
    return kept != NULL ? kept : "";
}

static const char *
whole_name(struct bw_import *import, const char *first, const char *last)
{
    char both[2 * BW_NAME_BYTES];
    (void)snprintf(both, sizeof both, "%s%s%s", first,
        first[0] != '\0' && last[0] != '\0' ? " " : "", last);
    return keep(import, both);
}

/* PL3: what was damaged on the way says nothing new where it fits. */
static const char *
better(struct bw_import *import, const char *known, const char *said)
{
    char one[3 * BW_TITLE_BYTES], other[3 * BW_TITLE_BYTES];
    if (!bw_likeness_is_damaged(said) || strcmp(known, said) == 0) {
        return said;
    }
    bw_likeness_fold(known, one, sizeof one);
    bw_likeness_fold(said, other, sizeof other);
    return bw_likeness_fits(one, other) ? keep(import, known) : said;
}

/* What a form has no column for stays as it is known. */
static void
keep_unasked(struct bw_import *import, const struct bw_sql_value *c, struct bw_sign_up *s)
{
    const int *of = import->columns.of;
    const struct {
        bool asked;
        int at;
        const char **text;
    } texts[] = {
        {of[BW_SIGN_UP_SCHOOL] >= 0, 8, &s->school},
        {of[BW_SIGN_UP_ROLE] >= 0, 9, &s->role},
        {of[BW_SIGN_UP_REGION] >= 0, 10, &s->region},
        {of[BW_SIGN_UP_TABLE] >= 0, 11, &s->table},
        {of[BW_SIGN_UP_EMAIL] >= 0, 12, &s->mail},
        {of[BW_SIGN_UP_EMAIL] >= 0, 15, &s->mail_fold},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!texts[i].asked) {
            *texts[i].text = keep(import, c[texts[i].at].text);
        }
    }
}

/* What differs, for whoever looks before it happens; whether it stays as it is (PL9). */
static bool
is_kept(struct place_known *known, int field, const char *was, const char *says)
{
    struct bw_import *import = known->import;
    bool refused = bw_import_is_refused(import, known->answers.line, field);
    if (strcmp(was, says) == 0) {
        return false;
    }
    if (!refused && bw_place_was_refused(import, known->code, field, says)) {
        known->refused_before = true;
        return true;
    }
    struct bw_import_difference *differs =
        bw_import_change_differs(&known->change, field, was, says);
    if (differs == NULL || !refused) {
        return false;
    }
    differs->refused = known->refused = true;
    known->refusals[field] = says;
    return true;
}

static void
differ(struct place_known *known, const struct bw_sql_value *c, int field, int at,
    const char **says)
{
    const char *was = keep(known->import, c[at].text);
    if (is_kept(known, field, was, *says)) {
        *says = was;
    }
}

static void
differ_all(struct place_known *known, const struct bw_sql_value *c)
{
    struct bw_sign_up *s = &known->answers;
    struct bw_import *import = known->import;
    if (is_kept(known, BW_SIGN_UP_NAME, whole_name(import, c[6].text, c[7].text),
            whole_name(import, s->first_name, s->name))) {
        s->first_name = keep(import, c[6].text);
        s->name = keep(import, c[7].text);
    }
    differ(known, c, BW_SIGN_UP_SCHOOL, 8, &s->school);
    differ(known, c, BW_SIGN_UP_ROLE, 9, &s->role);
    differ(known, c, BW_SIGN_UP_REGION, 10, &s->region);
    differ(known, c, BW_SIGN_UP_TABLE, 11, &s->table);
    differ(known, c, BW_SIGN_UP_EMAIL, 12, &s->mail);
    if (strcmp(s->mail, c[12].text) == 0) {
        s->mail_fold = keep(import, c[15].text);
    }
}

static bool
is_same(const struct bw_sign_up *s, const struct bw_sql_value *c)
{
    return strcmp(c[6].text, s->first_name) == 0 && strcmp(c[7].text, s->name) == 0 &&
           strcmp(c[8].text, s->school) == 0 && strcmp(c[9].text, s->role) == 0 &&
           strcmp(c[10].text, s->region) == 0 && strcmp(c[11].text, s->table) == 0 &&
           strcmp(c[12].text, s->mail) == 0 &&
           (s->attention == NULL || strcmp(c[13].text, s->attention) == 0);
}

/* PL8 */
static bool
on_words(const struct bw_place_words *words, void *context)
{
    struct place_known *known = context;
    const struct bw_sign_up *s = &known->answers;
    known->name_held =
        known->name_held || (strcmp(words->first_name, s->first_name) == 0 &&
                                strcmp(words->name, s->name) == 0);
    known->school_held = known->school_held || strcmp(words->school, s->school) == 0;
    known->mail_held = known->mail_held || strcmp(words->mail, s->mail) == 0;
    return true;
}

static void
hold_word(struct place_known *known, bool held, const char *stands, const char **text)
{
    if (held && strcmp(stands, *text) != 0) {
        *text = keep(known->import, stands);
        known->held = true;
    }
}

/* PL8: what a file says of before the organiser corrected it is no news. */
static void
hold_words(struct place_known *known, const struct bw_sql_value *c)
{
    struct bw_sign_up *s = &known->answers;
    hold_word(known, known->name_held, c[6].text, &s->first_name);
    hold_word(known, known->name_held, c[7].text, &s->name);
    hold_word(known, known->school_held, c[8].text, &s->school);
    hold_word(known, known->mail_held, c[12].text, &s->mail);
    if (known->mail_held) {
        s->mail_fold = keep(known->import, c[15].text);
    }
    if (known->held) {
        bw_import_note(known->import, false,
            "line %d: %s was corrected by hand; that stays, as this file says what stood "
            "there before",
            (int)s->line, s->shown);
    }
}

static bool
on_known(const struct bw_sql_value *c, int count, void *context)
{
    struct place_known *known = context;
    struct bw_sign_up *s = &known->answers;
    assert(count == 16);
    (void)count;
    known->code = (bw_code)c[0].number;
    known->status = (enum bw_registration_status)c[1].number;
    known->signed_up_ms = c[2].number;
    known->answers_ms = c[3].number;
    known->changed_ms = c[4].number;
    known->doubt = c[5].number;
    s->first_name = better(known->import, c[6].text, s->first_name);
    s->name = better(known->import, c[7].text, s->name);
    s->school = better(known->import, c[8].text, s->school);
    known->person_no = c[14].number;
    keep_unasked(known->import, c, s);
    hold_words(known, c);
    known->same_answers = is_same(s, c);
    if (!known->same_answers) {
        differ_all(known, c);
        known->same_answers = is_same(s, c);
    }
    if (s->denies && strcmp(c[9].text, s->role) != 0 && known->doubt == 0) {
        bw_import_note(known->import, true,
            "line %d: %s says now \"%.80s\", and stays "
            "as before; cancel it where that is right",
            (int)s->line, s->shown, s->role);
    }
    return false;
}

static enum bw_status
put_mail(struct bw_central *central, int64_t person_no, const struct bw_sign_up *s,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(person_no), bw_sql_text(s->mail), bw_sql_text(s->mail_fold)};
    return bw_central_run(central,
        "UPDATE person SET mail = $2, mail_fold = $3 WHERE person_no = $1"
        " AND mail <> $2",
        values, 3, NULL, NULL, err);
}

static enum bw_status
put_answers(
    struct bw_placing *placing, const struct place_known *known, struct bw_error *err)
{
    struct bw_central *central = placing->import->office->central;
    const struct bw_sign_up *s = &known->answers;
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)known->code),
        bw_sql_text(s->first_name),
        bw_sql_text(s->name),
        bw_sql_text(s->school),
        bw_sql_text(s->role),
        bw_sql_text(s->region),
        bw_sql_text(s->table),
        bw_sql_int(s->time_ms),
        bw_sql_int(placing->revision),
        s->attention != NULL ? bw_sql_text(s->attention) : bw_sql_null(),
    };
    enum bw_status status = bw_central_run(central,
        "UPDATE registration SET first_name = $2, name = $3, school = $4, role = $5,"
        " region = $6, table_name = $7, answers_ms = $8, revision = $9,"
        " attention = coalesce($10, attention) WHERE code = $1",
        values, 10, NULL, NULL, err);
    if (status == BW_OK) {
        status = bw_central_sealed_refresh(central, known->code, err);
    }
    if (status == BW_OK) {
        status = bw_step_keep_person(central, known->person_no, err);
    }
    return status == BW_OK ? put_mail(central, known->person_no, s, err) : status;
}

static enum bw_status
put_time(struct bw_placing *placing, const struct place_known *known,
    const struct bw_sign_up *s, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)known->code),
        bw_sql_int(s->time_ms),
        bw_sql_int(s->line),
        bw_sql_int(placing->batch_no),
        bw_sql_int(placing->revision),
    };
    return bw_central_run(placing->import->office->central,
        "UPDATE registration SET signed_up_ms = $2, line = $3, batch_no = $4,"
        " revision = $5 WHERE code = $1",
        values, 5, NULL, NULL, err);
}

/* Somebody who had cancelled and signs up anew stands where they would as a new one. */
static enum bw_status
reinstate(struct bw_placing *placing, struct place_known *known,
    const struct bw_sign_up *s, struct bw_error *err)
{
    bool placed = bw_place_take(placing, known->doubt != 0);
    int64_t now_ms = bw_office_now_ms(placing->import->office);
    known->status = placed ? BW_CONFIRMED : BW_WAITLISTED;
    struct bw_sql_value values[] = {bw_sql_int((int64_t)known->code),
        bw_sql_int(known->status), bw_sql_int(now_ms),
        placed ? bw_sql_int(now_ms) : bw_sql_null()};
    enum bw_status status = put_time(placing, known, s, err);
    if (status == BW_OK) {
        status = bw_central_run(placing->import->office->central,
            "UPDATE registration SET status = $2, status_before = $2, why = '',"
            " changed_ms = $3, placed_ms = coalesce($4, placed_ms),"
            " followed_by = NULL WHERE code = $1",
            values, 4, NULL, NULL, err);
    }
    bw_import_note(placing->import, false, "line %d: %s had cancelled, and %s",
        (int)s->line, s->shown,
        placed ? bw_said("has a place again") : bw_said("waits again"));
    return status == BW_OK ? bw_central_sealed_refresh(
                                 placing->import->office->central, known->code, err)
                           : status;
}

void
bw_place_doubtful(
    struct bw_import *import, const struct bw_sign_up *s, bw_code code, int64_t doubt)
{
    static const char *const why[] = {
        [BW_PLACE_DOUBT_NONE] = BW_SAYS("is in doubt"),
        [BW_PLACE_DOUBT_MAIL] =
            BW_SAYS("uses the mail address of somebody with another name"),
        [BW_PLACE_DOUBT_NAME] =
            BW_SAYS("is nearly called as somebody else of that school"),
        [BW_PLACE_DOUBT_ROLE] =
            BW_SAYS("says in the role that they aren't of the audience"),
    };
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(code, shown);
    bool known = doubt > 0 && doubt < (int64_t)(sizeof why / sizeof why[0]);
    bw_import_reject(import, s->line, BW_REJECT_DOUBT,
        "%s %s: no place until settle %s %s (doubts tells more)", s->shown,
        bw_said(why[known ? doubt : BW_PLACE_DOUBT_NONE]), shown,
        doubt == BW_PLACE_DOUBT_ROLE ? "in|out" : "same|other");
}

static void
tell_row(struct bw_import *import, const struct place_known *known,
    const struct bw_sign_up *first)
{
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(known->code, code);
    if (first->time_ms > known->signed_up_ms &&
        !bw_who_is_same_time(first->time_ms, known->signed_up_ms)) {
        bw_import_reject(import, first->line, BW_REJECT_DUPLICATE,
            "%s signed up before, as %s; the earlier time stands", first->shown, code);
    } else if (known->doubt != 0 && known->status == BW_WAITLISTED) {
        bw_place_doubtful(import, first, known->code, known->doubt);
    } else {
        bw_place_count(import, known->status);
    }
}

/* An earlier time of sign-up; whether it counts (PL9). */
static bool
take_earlier(struct place_known *known, int64_t becomes_ms)
{
    bool refused =
        bw_import_is_refused(known->import, known->answers.line, BW_SIGN_UP_TIMESTAMP);
    (void)snprintf(
        known->time_text, sizeof known->time_text, "%lld", (long long)becomes_ms);
    if (!refused && bw_place_was_refused(known->import, known->code, BW_SIGN_UP_TIMESTAMP,
                        known->time_text)) {
        return false;
    }
    struct bw_import_difference *differs =
        bw_import_change_differs(&known->change, BW_SIGN_UP_TIMESTAMP, "", "?");
    if (differs != NULL) {
        differs->becomes = "";
        differs->was_ms = known->signed_up_ms;
        differs->becomes_ms = becomes_ms;
        differs->refused = refused;
    }
    if (refused) {
        known->refused = true;
        known->refusals[BW_SIGN_UP_TIMESTAMP] = known->time_text;
    }
    return !refused;
}

/* PL9 */
static enum bw_status
keep_refused(struct place_known *known, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int field = 0; status == BW_OK && field < BW_SIGN_UP_FIELDS; field++) {
        if (known->refusals[field] != NULL) {
            status = bw_place_keep_refused(
                known->import, known->code, field, known->refusals[field], err);
        }
    }
    return status;
}

/* Once it stands as it is to stand. */
static void
note_change(struct bw_placing *placing, struct place_known *known,
    const struct bw_place_request *request)
{
    const struct bw_sign_up *last = request->last;
    known->change.line = last->line;
    known->change.refusable = true;
    known->change.status = known->status;
    known->change.session_no = last->session_no;
    known->change.doubt = known->doubt != 0 && known->status == BW_WAITLISTED;
    known->change.code = known->code;
    known->change.who = (char *)last->shown;
    known->change.school = (char *)last->school;
    known->change.region = (char *)last->region;
    known->change.signed_up_ms = request->first->time_ms;
    bw_import_change_note(placing->import, &known->change);
}

static enum bw_status
update(struct bw_placing *placing, struct place_known *known,
    const struct bw_place_request *request, struct bw_error *err)
{
    const struct bw_sign_up *first = request->first, *last = request->last;
    bool same_time = bw_who_is_same_time(last->time_ms, known->answers_ms);
    bool earlier = first->time_ms < known->signed_up_ms &&
                   !bw_who_is_same_time(first->time_ms, known->signed_up_ms);
    bool newer = last->time_ms > known->answers_ms || same_time;
    bool says = newer && !(same_time && placing->file_known) && !placing->closed;
    bool answered = says && !known->same_answers;
    bool anew = known->status == BW_CANCELLED && last->time_ms > known->changed_ms &&
                last->time_ms <= placing->ends_ms;
    if (placing->closed) { /* PL5 */
        earlier = anew = false;
    }
    known->refused = known->refused && says;
    if (!answered && !known->refused) {
        known->change.differs_count = 0;
    }
    earlier = earlier && take_earlier(known, first->time_ms);
    const struct bw_sign_up *again = first->time_ms > known->changed_ms ? first : last;
    enum bw_status status = known->refused ? keep_refused(known, err) : BW_OK;
    if (known->refused_before && says) {
        bw_import_note(placing->import, false,
            "line %d: of %s stays what is known, as what this file says was refused "
            "before; correct puts it there all the same",
            (int)last->line, last->shown);
    }
    placing->overtaken += same_time && placing->file_known && !known->same_answers;
    placing->import->result.changed += earlier || answered || anew || known->renamed;
    if (earlier || answered || anew) {
        status = bw_place_take_revision(placing, err);
        if (status == BW_OK) {
            status = bw_step_keep_registration(
                placing->import->office->central, known->code, err);
        }
    }
    if (status == BW_OK && earlier && !anew) {
        status = put_time(placing, known, first, err);
    }
    if (status == BW_OK && answered) {
        status = put_answers(placing, known, err);
    }
    if (status == BW_OK && anew) {
        status = reinstate(placing, known, again, err);
        known->signed_up_ms = again->time_ms;
        known->change.again = true;
        note_change(placing, known, request);
        bw_place_count(placing->import, known->status);
        return status;
    }
    if (earlier || answered || known->renamed || known->refused) {
        note_change(placing, known, request);
    }
    tell_row(placing->import, known, first);
    return status;
}

enum bw_status
bw_place_known(struct bw_placing *placing, bw_code code, bool renamed,
    const struct bw_place_request *request, struct bw_error *err)
{
    struct place_known known = {
        .import = placing->import, .answers = *request->last, .renamed = renamed};
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    struct bw_central *central = placing->import->office->central;
    enum bw_status status =
        placing->corrected ? bw_place_words_before(central, code, on_words, &known, err)
                           : BW_OK;
    if (status != BW_OK) {
        return status;
    }
    status = bw_central_run(central,
        "SELECT r.code, r.status, r.signed_up_ms, r.answers_ms, r.changed_ms, r.doubt,"
        " r.first_name, r.name, r.school, r.role, r.region, r.table_name, p.mail,"
        " r.attention, r.person_no, p.mail_fold FROM registration r"
        " JOIN person p ON p.person_no = r.person_no WHERE r.code = $1",
        &value, 1, on_known, &known, err);
    return status == BW_OK ? update(placing, &known, request, err) : status;
}
