/* What the organiser corrects by hand: see correct.h. */
#include "office/place/correct.h"

#include "central/base/array.h"
#include "central/records.h"
#include "central/sealed.h"
#include "office/hold.h"
#include "office/import/read/sign_up.h"
#include "office/mail/told.h"
#include "office/place/meanwhile.h"
#include "office/place/people.h"
#include "office/place/rename.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A registration of theirs, as it is to be. */
struct correct_row {
    bw_code code;
    uint32_t session_no;
    bool differs, fixed;
    char first_name[BW_NAME_BYTES], name[BW_NAME_BYTES], school[BW_TITLE_BYTES];
};

struct correcting {
    const struct bw_office *office;
    bw_code code; /* the one that was named */
    int64_t person_no;
    /* as it is to be, cleaned; of those that aren't said what stands in a row stays */
    bool first_said, name_said, school_said, mail_said;
    char first_name[BW_NAME_BYTES], name[BW_NAME_BYTES], school[BW_TITLE_BYTES];
    char mail[BW_TITLE_BYTES];
    char *mail_fold;                          /* owned */
    char identity[BW_SIGN_UP_IDENTITY_BYTES]; /* of the person, until now */
    struct correct_row *rows;                 /* owned */
    size_t count, capacity;
    bool no_memory, school_differs, name_differs;
    struct bw_place_corrected *result;
};

static enum bw_status
refuse(const struct correcting *c, const char *why, struct bw_error *err)
{
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(c->code, shown);
    return bw_error_set(err, BW_REFUSED, 0, "correcting %s: %s", shown, why);
}

/* ---- what is said ---- */

static enum bw_status
take(const struct correcting *c, const char *typed, size_t most, char *ret_text,
    bool *ret_said, struct bw_error *err)
{
    *ret_said = typed != NULL;
    enum bw_text_fault fault =
        typed != NULL ? bw_text_clean(typed, most, ret_text) : BW_TEXT_FINE;
    return fault == BW_TEXT_FINE ? BW_OK
                                 : refuse(c, bw_said(bw_text_fault_name(fault)), err);
}

static enum bw_status
take_all(
    struct correcting *c, const struct bw_place_correction *said, struct bw_error *err)
{
    enum bw_status status = bw_error_about(err,
        take(c, said->first_name, BW_NAME_CHARS, c->first_name, &c->first_said, err),
        "first-name");
    if (status == BW_OK) {
        status = bw_error_about(
            err, take(c, said->name, BW_NAME_CHARS, c->name, &c->name_said, err), "name");
    }
    if (status == BW_OK) {
        status = bw_error_about(err,
            take(c, said->school, BW_TITLE_CHARS, c->school, &c->school_said, err),
            "school");
    }
    if (status == BW_OK) {
        status = bw_error_about(err,
            take(c, said->mail, BW_TITLE_CHARS, c->mail, &c->mail_said, err), "mail");
    }
    if (status == BW_OK && c->mail_said && c->mail[0] != '\0' &&
        !bw_told_address_is_fine(c->mail)) {
        status = bw_error_about(err,
            refuse(c, bw_said("what stands for the mail is no address"), err), "mail");
    }
    return status;
}

/* ---- what is there ---- */

static bool
on_person(const struct bw_sql_value *v, int count, void *context)
{
    struct correcting *c = context;
    (void)count;
    c->result->mail = c->mail_said && strcmp(v[0].text, c->mail) != 0;
    if (!c->result->mail) {
        bw_text_copy(c->mail, sizeof c->mail, v[0].text);
    }
    (void)snprintf(c->identity, sizeof c->identity, "%s", v[1].text); /* of lines */
    return false;
}

static bool
on_row(const struct bw_sql_value *v, int count, void *context)
{
    struct correcting *c = context;
    (void)count;
    struct correct_row *row =
        bw_array_more(&c->rows, &c->count, &c->capacity, sizeof *row);
    c->no_memory = row == NULL;
    if (row == NULL) {
        return false;
    }
    *row = (struct correct_row){.code = (bw_code)v[0].number,
        .session_no = (uint32_t)v[1].number,
        .fixed = v[2].number != 0};
    bw_text_copy(row->first_name, sizeof row->first_name,
        c->first_said ? c->first_name : v[3].text);
    bw_text_copy(row->name, sizeof row->name, c->name_said ? c->name : v[4].text);
    bw_text_copy(row->school, sizeof row->school, c->school_said ? c->school : v[5].text);
    bool name =
        strcmp(row->first_name, v[3].text) != 0 || strcmp(row->name, v[4].text) != 0;
    bool school = strcmp(row->school, v[5].text) != 0;
    row->differs = name || school;
    c->name_differs = c->name_differs || (name && !row->fixed);
    c->school_differs = c->school_differs || (school && !row->fixed);
    return true;
}

/* Words that were purged aren't there to be corrected. */
static enum bw_status
read_rows(struct correcting *c, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(c->person_no);
    enum bw_status status = bw_central_run(c->office->central,
        "SELECT mail, coalesce(identity, '') FROM person WHERE person_no = $1", &value, 1,
        on_person, c, err);
    if (status == BW_OK) {
        status = bw_central_run(c->office->central,
            "SELECT r.code, r.session_no, s.closed_ms, r.first_name, r.name, r.school"
            " FROM registration r JOIN session s ON s.session_no = r.session_no"
            " WHERE r.person_no = $1 AND r.first_name || r.name <> ''"
            " ORDER BY s.session_no",
            &value, 1, on_row, c, err);
    }
    return status == BW_OK && c->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0, "correcting somebody: no memory")
               : status;
}

static const struct correct_row *
named_row(const struct correcting *c)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->rows[i].code == c->code) {
            return &c->rows[i];
        }
    }
    return NULL;
}

static enum bw_status
check(const struct correcting *c, struct bw_error *err)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct correct_row *row = &c->rows[i];
        if (row->first_name[0] == '\0' && row->name[0] == '\0') {
            return bw_error_about(
                err, refuse(c, bw_said("somebody has a name; give one"), err), "name");
        }
    }
    return named_row(c) != NULL ? BW_OK
                                : refuse(c, bw_said("their words were purged"), err);
}

/* CO2 */
static enum bw_status
check_open(const struct correcting *c, struct bw_error *err)
{
    size_t open = 0, fixed = 0;
    for (size_t i = 0; i < c->count; i++) {
        open += c->rows[i].differs && !c->rows[i].fixed;
        fixed += c->rows[i].differs && c->rows[i].fixed;
    }
    return open == 0 && fixed > 0 && !c->result->mail
               ? refuse(c,
                     bw_said("the figures of all their circles are fixed; open one again "
                             "first"),
                     err)
               : BW_OK;
}

/* ---- what is done ---- */

static enum bw_status
put_row(const struct correcting *c, const struct correct_row *row, struct bw_error *err)
{
    struct bw_central *central = c->office->central;
    int64_t revision = 0;
    enum bw_status status = bw_step_keep_registration(central, row->code, err);
    if (status == BW_OK) {
        status = bw_central_next_revision(central, row->session_no, &revision, err);
    }
    struct bw_sql_value values[] = {bw_sql_int((int64_t)row->code),
        bw_sql_text(row->first_name), bw_sql_text(row->name), bw_sql_text(row->school),
        bw_sql_int(revision)};
    if (status == BW_OK) {
        status = bw_central_run(central,
            "UPDATE registration SET first_name = $2, name = $3, school = $4,"
            " revision = $5 WHERE code = $1",
            values, 5, NULL, NULL, err);
    }
    return status == BW_OK ? bw_central_sealed_refresh(central, row->code, err) : status;
}

/* CO1: those whose words are the same get a mark of the correction too, for the address
 * that stood there. */
static enum bw_status
put_mail(const struct correcting *c, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(c->person_no), bw_sql_text(c->mail), bw_sql_text(c->mail_fold)};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < c->count; i++) {
        if (!c->rows[i].fixed) {
            status = bw_step_keep_registration(c->office->central, c->rows[i].code, err);
        }
    }
    return status == BW_OK
               ? bw_central_run(c->office->central,
                     "UPDATE person SET mail = $2, mail_fold = $3 WHERE person_no = $1",
                     values, 3, NULL, NULL, err)
               : status;
}

/* CO3 */
static enum bw_status
check_name(const struct correcting *c, const char *identity, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_text(identity);
    int64_t person_no = 0, code = 0;
    enum bw_status status = bw_central_number(c->office->central,
        "SELECT coalesce((SELECT person_no FROM person WHERE identity = $1),"
        " (SELECT person_no FROM person_alias WHERE identity = $1), 0)",
        &value, 1, 0, &person_no, err);
    if (status != BW_OK || person_no == 0 || person_no == c->person_no) {
        return status;
    }
    struct bw_sql_value other = bw_sql_int(person_no);
    status = bw_central_number(c->office->central,
        "SELECT coalesce(min(code), 0) FROM registration WHERE person_no = $1", &other, 1,
        0, &code, err);
    if (status == BW_OK) {
        char why[2 * BW_TITLE_BYTES], shown[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown((bw_code)code, shown);
        (void)snprintf(why, sizeof why,
            bw_said("%s is known by that name and address already; where the two are "
                    "one person, join them"),
            shown);
        status = bw_error_about(err, refuse(c, why, err), "name");
    }
    return status;
}

/* The name that files lead by, where what was corrected is part of it. */
static enum bw_status
put_identity(const struct correcting *c, char *ret_identity, size_t room_bytes,
    struct bw_error *err)
{
    const struct correct_row *row = named_row(c);
    char shown[2 * BW_NAME_BYTES], identity[BW_SIGN_UP_IDENTITY_BYTES];
    bool part = c->name_differs || c->result->mail ||
                (c->school_differs && c->mail_fold[0] == '\0');
    (void)snprintf(shown, sizeof shown, "%s%s%s", row->first_name,
        row->first_name[0] != '\0' && row->name[0] != '\0' ? " " : "", row->name);
    bw_sign_up_identity(c->mail_fold, shown, row->school, identity);
    ret_identity[0] = '\0';
    if (!part || strcmp(identity, c->identity) == 0) {
        return BW_OK;
    }
    enum bw_status status = check_name(c, identity, err);
    if (status == BW_OK) {
        status = bw_place_refused(c->office->central,
            bw_place_rename(c->office->central, c->person_no, identity, err), err);
    }
    if (status == BW_OK) {
        (void)snprintf(ret_identity, room_bytes, "%s", identity);
    }
    return status;
}

static enum bw_status
put_all(struct correcting *c, char *ret_identity, size_t room_bytes, struct bw_error *err)
{
    enum bw_status status = bw_step_keep_person(c->office->central, c->person_no, err);
    for (size_t i = 0; status == BW_OK && i < c->count; i++) {
        const struct correct_row *row = &c->rows[i];
        c->result->fixed += row->differs && row->fixed;
        if (row->differs && !row->fixed) {
            c->result->changed++;
            status = put_row(c, row, err);
        }
    }
    if (status == BW_OK) {
        status = put_identity(c, ret_identity, room_bytes, err);
    }
    return status == BW_OK && c->result->mail ? put_mail(c, err) : status;
}

/* Who it is, and what is said of them; nothing is changed yet. */
static enum bw_status
look(struct correcting *c, const struct bw_place_correction *said, struct bw_error *err)
{
    enum bw_status status =
        bw_place_people_check(c->office->central, c->code, bw_said("correcting"), err);
    if (status == BW_OK) {
        status = bw_place_people_of(c->office->central, c->code, &c->person_no, err);
    }
    if (status == BW_OK) {
        status = take_all(c, said, err);
    }
    if (status == BW_OK) {
        status = read_rows(c, err);
    }
    if (status == BW_OK) {
        status = check(c, err);
    }
    if (status == BW_OK) {
        c->mail_fold = bw_sign_up_mail_fold(c->mail);
        status = c->mail_fold != NULL ? BW_OK
                                      : bw_error_set(err, BW_NO_MEMORY, 0,
                                            "correcting somebody: no memory");
    }
    return status;
}

static bool
is_nothing(const struct correcting *c)
{
    return !c->name_differs && !c->school_differs && !c->result->mail;
}

static void
finish(struct correcting *c)
{
    free(c->rows);
    free(c->mail_fold);
}

enum bw_status
bw_place_correct_within(const struct bw_office *office, bw_code code,
    const struct bw_place_correction *correction,
    struct bw_place_corrected *ret_corrected, char *ret_identity, size_t room_bytes,
    struct bw_error *err)
{
    struct bw_place_corrected result = {.changed = 0};
    struct correcting c = {.office = office, .code = code, .result = &result};
    enum bw_status status = look(&c, correction, err);
    ret_identity[0] = '\0';
    if (status == BW_OK && !is_nothing(&c)) {
        status = put_all(&c, ret_identity, room_bytes, err);
    }
    finish(&c);
    if (status == BW_OK) {
        *ret_corrected = result;
    }
    return status;
}

/* The step, and what it changes. */
static enum bw_status
correct(struct correcting *c, const struct bw_place_correction *said, const char *why,
    struct bw_error *err)
{
    char shown[BW_CODE_SHOWN_BYTES], identity[BW_SIGN_UP_IDENTITY_BYTES];
    enum bw_status status = look(c, said, err);
    if (status == BW_OK) {
        status = check_open(c, err);
    }
    if (status != BW_OK || is_nothing(c)) {
        return status;
    }
    bw_code_format_shown(c->code, shown);
    status = bw_step_begin(c->office, "correct", shown, why, 0, err);
    if (status == BW_OK) {
        status = put_all(c, identity, sizeof identity, err);
    }
    if (status == BW_OK) { /* C9 */
        const struct bw_place_named named = {
            identity, c->code, c->result->registration.roster.session_no, false};
        status = bw_place_meanwhile(c->office->central, &named, identity[0] != '\0', err);
    }
    return status;
}

enum bw_status
bw_place_correct(const struct bw_office *office, const char *typed,
    const struct bw_place_correction *correction, const char *why,
    struct bw_place_corrected *ret_corrected, struct bw_error *err)
{
    struct bw_place_corrected result = {.changed = 0};
    struct correcting c = {.office = office, .result = &result};
    struct bw_office_registration *named = &result.registration;
    size_t found = 0;
    enum bw_status status =
        bw_office_hold_people(office->central, &typed, 1, &c.code, &found, err);
    if (status == BW_OK) {
        status = bw_office_registration_of(office->central, c.code, named, err);
    }
    if (status == BW_OK) {
        status = correct(&c, correction, why, err);
    }
    if (status == BW_OK) {
        status = bw_office_registration_of(office->central, c.code, named, err);
    }
    if (status == BW_OK && !is_nothing(&c)) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    finish(&c);
    if (status == BW_OK) {
        *ret_corrected = result;
    }
    return status;
}
