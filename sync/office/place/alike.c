/* Who looks like whom: see alike.h. */
#include "office/place/alike.h"

#include "central/records.h"
#include "office/hold.h"
#include "office/import/read/likeness.h"
#include "office/place/doubt.h"
#include "office/place/meanwhile.h"
#include "office/place/people.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_TITLE_BYTES, NAMES_MAX = 8, APART_MAX = 64 };

struct alike_looking {
    int64_t person_no;
    char mail_fold[FOLD_BYTES];
    char names[NAMES_MAX][FOLD_BYTES],
        schools[NAMES_MAX][FOLD_BYTES]; /* folded, theirs */
    struct bw_likeness_mark marks[NAMES_MAX];
    int names_count;
    int64_t apart[APART_MAX]; /* people whom the organiser called others */
    int apart_count;
    struct bw_place_alike *found;
    size_t count;
};

static void
fold_name(const char *first_name, const char *name, char ret_fold[FOLD_BYTES])
{
    char whole[2 * BW_NAME_BYTES];
    (void)snprintf(whole, sizeof whole, "%s %s", first_name, name);
    bw_likeness_fold(whole, ret_fold, FOLD_BYTES);
}

/* ---- who they are ---- */

static bool
on_own(const struct bw_sql_value *v, int count, void *context)
{
    struct alike_looking *l = context;
    int at = l->names_count;
    (void)count;
    (void)snprintf(l->mail_fold, sizeof l->mail_fold, "%s", v[0].text);
    fold_name(v[1].text, v[2].text, l->names[at]);
    bw_likeness_fold(v[3].text, l->schools[at], FOLD_BYTES);
    l->marks[at] = bw_likeness_mark_of(l->names[at]);
    l->names_count++;
    return l->names_count < NAMES_MAX;
}

static bool
on_apart(const struct bw_sql_value *v, int count, void *context)
{
    struct alike_looking *l = context;
    (void)count;
    l->apart[l->apart_count++] = v[0].number;
    return l->apart_count < APART_MAX;
}

/* $1 the person; $2 and $3: doubts about whom somebody is, $4 a status. Said by itself,
 * or as the answer to a doubt, which the registration bore before that step. */
static const char apart_sql[] =
    "SELECT o.person_no FROM step_person p JOIN step s ON s.step_no = p.step_no"
    " AND s.what = 'apart' AND s.undone_by = 0 JOIN step_person o"
    " ON o.step_no = p.step_no AND o.person_no <> p.person_no WHERE p.person_no = $1"
    " UNION SELECT CASE WHEN a.person_no = $1 THEN b.person_no ELSE a.person_no END"
    " FROM step_registration k JOIN step s ON s.step_no = k.step_no"
    " AND s.what = 'settle' AND s.undone_by = 0 JOIN registration a ON a.code = k.code"
    " JOIN registration b ON b.code = k.doubt_of WHERE k.doubt IN ($2, $3)"
    " AND a.doubt = 0 AND a.status <> $4"
    " AND (a.person_no = $1 OR b.person_no = $1)";

/* ---- who looks like them ---- */

static bool
is_passed(const struct alike_looking *l, int64_t person_no)
{
    for (int i = 0; i < l->apart_count; i++) {
        if (l->apart[i] == person_no) {
            return true;
        }
    }
    return false;
}

static bool
is_near(const struct alike_looking *l, const char *name, const char *school)
{
    struct bw_likeness_mark mark = bw_likeness_mark_of(name);
    for (int i = 0; i < l->names_count; i++) {
        if (school[0] != '\0' && strcmp(l->schools[i], school) == 0 &&
            bw_likeness_may_be_near(l->marks[i], mark) &&
            bw_likeness_is_near(l->names[i], name)) {
            return true;
        }
    }
    return false;
}

/* Rows come by person, the newest last, which is the one that stays. */
static bool
on_other(const struct bw_sql_value *v, int count, void *context)
{
    struct alike_looking *l = context;
    char name[FOLD_BYTES], school[FOLD_BYTES];
    int64_t person_no = v[0].number;
    bool again = l->count > 0 && l->found[l->count - 1].person_no == person_no;
    (void)count;
    fold_name(v[2].text, v[3].text, name);
    bw_likeness_fold(v[4].text, school, sizeof school);
    bool mail = l->mail_fold[0] != '\0' && strcmp(v[5].text, l->mail_fold) == 0;
    if (is_passed(l, person_no) || (!again && !mail && !is_near(l, name, school))) {
        return true;
    }
    if (!again && l->count == BW_PLACE_ALIKE_MAX) {
        return false;
    }
    l->count += !again;
    struct bw_place_alike *alike = &l->found[l->count - 1];
    alike->by = mail ? BW_PLACE_ALIKE_BY_MAIL : BW_PLACE_ALIKE_BY_NAME;
    alike->person_no = person_no;
    alike->code = (bw_code)v[1].number;
    bw_text_copy(alike->first_name, sizeof alike->first_name, v[2].text);
    bw_text_copy(alike->name, sizeof alike->name, v[3].text);
    return true;
}

static enum bw_status
read_own(struct bw_central *central, struct alike_looking *l, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(l->person_no),
        bw_sql_int(BW_PLACE_DOUBT_MAIL), bw_sql_int(BW_PLACE_DOUBT_NAME),
        bw_sql_int(BW_CANCELLED)};
    enum bw_status status = bw_central_run(central,
        "SELECT p.mail_fold, r.first_name, r.name, r.school FROM registration r"
        " JOIN person p ON p.person_no = r.person_no WHERE r.person_no = $1"
        " AND p.identity IS NOT NULL AND r.first_name || r.name <> '' ORDER BY r.code",
        values, 1, on_own, l, err);
    if (status == BW_OK && l->names_count == 0) {
        return bw_error_set(
            err, BW_NOT_FOUND, 0, "looking for people who look alike: there is no such");
    }
    return status == BW_OK
               ? bw_central_run(central, apart_sql, values, 4, on_apart, l, err)
               : status;
}

enum bw_status
bw_place_alike_find(struct bw_central *central, int64_t person_no,
    struct bw_place_alike ret_alike[BW_PLACE_ALIKE_MAX], size_t *ret_count,
    struct bw_error *err)
{
    struct alike_looking l = {.person_no = person_no, .found = ret_alike};
    enum bw_status status = read_own(central, &l, err);
    if (status == BW_OK) {
        struct bw_sql_value values[] = {bw_sql_int(person_no), bw_sql_text(l.mail_fold)};
        status = bw_central_run(central,
            "SELECT r.person_no, r.code, r.first_name, r.name, r.school, p.mail_fold"
            " FROM registration r JOIN person p ON p.person_no = r.person_no"
            " JOIN session s ON s.session_no = r.session_no"
            " WHERE r.person_no <> $1 AND p.identity IS NOT NULL"
            " AND r.first_name || r.name <> '' ORDER BY CASE WHEN p.mail_fold = $2"
            " THEN 0 ELSE 1 END, r.person_no, s.starts_ms, r.code",
            values, 2, on_other, &l, err);
    }
    if (status == BW_OK) {
        *ret_count = l.count;
    }
    return status;
}

/* ---- two people ---- */

/* Who they are. */
static enum bw_status
read_two(struct bw_central *central, const bw_code codes[2], int64_t ret_people[2],
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < 2; i++) {
        status = bw_place_people_check(central, codes[i], bw_said("keeping apart"), err);
        if (status == BW_OK) {
            status = bw_place_people_of(central, codes[i], &ret_people[i], err);
        }
    }
    if (status == BW_OK && ret_people[0] == ret_people[1]) {
        char shown[2][BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(codes[0], shown[0]);
        bw_code_format_shown(codes[1], shown[1]);
        return bw_error_set(err, BW_REFUSED, 0,
            "keeping %s and %s apart: they are one person", shown[0], shown[1]);
    }
    return status;
}

/* That is asked elsewhere, and its answer gives a place, too. */
static enum bw_status
check_doubts(struct bw_central *central, const int64_t people[2],
    char shown[2][BW_CODE_SHOWN_BYTES], struct bw_error *err)
{
    int64_t *codes = NULL;
    size_t count = 0;
    enum bw_status status =
        bw_place_people_doubts(central, people[0], people[1], &codes, &count, err);
    free(codes);
    return status == BW_OK && count > 0
               ? bw_error_set(err, BW_REFUSED, 0,
                     "keeping %s and %s apart: a sign-up of theirs is in doubt about "
                     "that; answer it there",
                     shown[0], shown[1])
               : status;
}

/* Both are kept as they are: that is how the step knows whom it is about. */
static enum bw_status
keep_apart(const struct bw_office *office, const bw_code codes[2], const char *why,
    struct bw_error *err)
{
    char about[2 * BW_CODE_SHOWN_BYTES + 2], shown[2][BW_CODE_SHOWN_BYTES];
    int64_t people[2] = {0, 0};
    enum bw_status status = read_two(office->central, codes, people, err);
    bw_code_format_shown(codes[0], shown[0]);
    bw_code_format_shown(codes[1], shown[1]);
    (void)snprintf(about, sizeof about, "%s %s", shown[0], shown[1]);
    if (status == BW_OK) {
        status = check_doubts(office->central, people, shown, err);
    }
    if (status == BW_OK) {
        status = bw_step_begin(office, "apart", about, why, 0, err);
    }
    for (int i = 0; status == BW_OK && i < 2; i++) {
        status = bw_step_keep_person(office->central, people[i], err);
    }
    return status;
}

enum bw_status
bw_place_alike_apart(const struct bw_office *office, const char *typed, const char *other,
    const char *why, struct bw_error *err)
{
    const char *const both[] = {typed, other};
    bw_code codes[2];
    size_t found = 0;
    enum bw_status status =
        bw_office_hold_people(office->central, both, 2, codes, &found, err);
    if (status == BW_OK) {
        status = keep_apart(office, codes, why, err);
    }
    if (status == BW_OK) { /* C9 */
        status = bw_place_meanwhile(office->central, NULL, 0, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}
