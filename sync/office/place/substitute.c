/* A colleague in the place of somebody: see substitute.h. */
#include "office/place/substitute.h"

#include "central/records.h"
#include "office/hold.h"
#include "office/import/read/sign_up.h"
#include "office/mail/told.h"
#include "office/place/follow.h"
#include "office/place/meanwhile.h"
#include "office/place/people.h"
#include "office/session.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>

/* Texts of the colleague, cleaned. */
struct substituting {
    const struct bw_office *office;
    struct bw_place_substitution result;
    int64_t person_no; /* of who goes */
    int64_t signed_up_ms;
    bool in_doubt;
    char shown[BW_TITLE_BYTES]; /* the whole name, as typed */
    char first_name[BW_NAME_BYTES], name[BW_NAME_BYTES];
    char mail[BW_TITLE_BYTES], school[BW_TITLE_BYTES];
    char *mail_fold; /* owned */
    char identity[BW_SIGN_UP_IDENTITY_BYTES];
};

static enum bw_status
refuse(const struct substituting *s, const char *why, struct bw_error *err)
{
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(s->result.from.roster.code, code);
    return bw_error_set(err, BW_REFUSED, 0,
        "giving the place of %s in %s to a colleague: %s", code,
        s->result.from.session_code, why);
}

/* ---- who comes ---- */

static enum bw_status
clean(const struct substituting *s, const char *typed, size_t most, char *ret_text,
    struct bw_error *err)
{
    enum bw_text_fault fault = bw_text_clean(typed, most, ret_text);
    return fault == BW_TEXT_FINE ? BW_OK
                                 : refuse(s, bw_said(bw_text_fault_name(fault)), err);
}

static enum bw_status
take_colleague(struct substituting *s, const struct bw_place_colleague *colleague,
    struct bw_error *err)
{
    enum bw_status status = bw_error_about(
        err, clean(s, colleague->name, BW_NAME_CHARS, s->shown, err), "name");
    if (status == BW_OK) {
        status = bw_error_about(
            err, clean(s, colleague->mail, BW_TITLE_CHARS, s->mail, err), "mail");
    }
    if (status == BW_OK) {
        status = bw_error_about(
            err, clean(s, colleague->school, BW_TITLE_CHARS, s->school, err), "school");
    }
    if (status == BW_OK && s->shown[0] == '\0') {
        status = bw_error_about(err,
            refuse(s, bw_said("there is no name; give the colleague's"), err), "name");
    }
    if (status == BW_OK && s->mail[0] != '\0' && !bw_told_address_is_fine(s->mail)) {
        status = bw_error_about(err,
            refuse(s, bw_said("what stands for the mail is no address"), err), "mail");
    }
    if (status != BW_OK) {
        return status;
    }
    bw_name_split(s->shown, s->first_name, s->name);
    if (s->school[0] == '\0') {
        bw_text_copy(s->school, sizeof s->school, s->result.from.roster.person.school);
    }
    s->mail_fold = bw_sign_up_mail_fold(s->mail);
    return s->mail_fold != NULL
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, 0, "reading a mail address: no memory");
}

static enum bw_status
make_person(const struct substituting *s, int64_t *ret_person_no, struct bw_error *err)
{
    struct bw_central *central = s->office->central;
    enum bw_status status =
        bw_central_next_number(central, BW_CENTRAL_OF_PEOPLE, ret_person_no, err);
    struct bw_sql_value values[] = {bw_sql_int(*ret_person_no), bw_sql_text(s->identity),
        bw_sql_text(s->mail), bw_sql_text(s->mail_fold)};
    if (status == BW_OK) {
        status = bw_central_run(central,
            "INSERT INTO person (person_no, identity, mail, mail_fold)"
            " VALUES ($1, $2, $3, $4)",
            values, 4, NULL, NULL, err);
        status = bw_place_refused(central, status, err);
    }
    return status == BW_OK ? bw_step_keep_made_person(central, *ret_person_no, err)
                           : status;
}

/* By mail and name, as an import knows people; else somebody new. */
static enum bw_status
find_person(struct substituting *s, int64_t *ret_person_no, struct bw_error *err)
{
    char shown[2 * BW_NAME_BYTES];
    (void)snprintf(shown, sizeof shown, "%s%s%s", s->first_name,
        s->first_name[0] != '\0' && s->name[0] != '\0' ? " " : "", s->name);
    bw_sign_up_identity(s->mail_fold, shown, s->school, s->identity);
    struct bw_sql_value value = bw_sql_text(s->identity);
    enum bw_status status = bw_central_number(s->office->central,
        "SELECT person_no FROM person WHERE identity = $1 UNION ALL"
        " SELECT person_no FROM person_alias WHERE identity = $1 LIMIT 1",
        &value, 1, 0, ret_person_no, err);
    s->result.known = status == BW_OK;
    if (status == BW_NOT_FOUND) {
        status = make_person(s, ret_person_no, err);
    }
    return status == BW_OK && *ret_person_no == s->person_no
               ? bw_error_about(
                     err, refuse(s, bw_said("that is who has it"), err), "name")
               : status;
}

/* ---- whose place it is ---- */

static bool
on_holder(const struct bw_sql_value *c, int count, void *context)
{
    struct substituting *s = context;
    (void)count;
    s->person_no = c[0].number;
    s->in_doubt = c[1].number != 0;
    s->signed_up_ms = c[2].number;
    return false;
}

static enum bw_status
read_holder(struct substituting *s, const char *typed, struct bw_error *err)
{
    struct bw_central *central = s->office->central;
    struct bw_office_registration *from = &s->result.from;
    enum bw_status status = bw_office_hold_registration(central, typed, from, err);
    struct bw_sql_value value = bw_sql_int((int64_t)from->roster.code);
    if (status == BW_OK) {
        status = bw_record_session_by_number(
            central, from->roster.session_no, &s->result.session, err);
    }
    return status != BW_OK ? status
                           : bw_central_run(central,
                                 "SELECT person_no, doubt, signed_up_ms FROM registration"
                                 " WHERE code = $1",
                                 &value, 1, on_holder, s, err);
}

static enum bw_status
check_holder(const struct substituting *s, struct bw_error *err)
{
    switch (s->result.from.roster.status) {
    case BW_CONFIRMED:
        break;
    case BW_WAITLISTED:
        return refuse(
            s, bw_said("they wait themselves; the colleague signs up as others do"), err);
    case BW_CANCELLED:
        return refuse(s, bw_said("it is cancelled"), err);
    case BW_BLOCKED:
        return refuse(s, bw_said("it is blocked; unblock it first"), err);
    }
    if (s->in_doubt) {
        return refuse(
            s, bw_said("the sign-up is in doubt; settle that first (doubts)"), err);
    }
    enum bw_status status = bw_place_people_check(
        s->office->central, s->result.from.roster.code, bw_said("replacing"), err);
    return status == BW_OK
               ? bw_office_session_check(s->office, s->result.session.session_no,
                     BW_OFFICE_SESSION_GIVES, bw_said("putting a colleague in"), err)
               : status;
}

/* ---- the substitution ---- */

static enum bw_status
substitute(struct substituting *s, const char *why, struct bw_error *err)
{
    struct bw_place_follower follower = {.session_no = s->result.session.session_no,
        .status = BW_CONFIRMED,
        .signed_up_ms = s->signed_up_ms,
        .first_name = s->first_name,
        .name = s->name,
        .school = s->school,
        .other_person = true};
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(s->result.from.roster.code, shown);
    enum bw_status status = bw_step_begin(s->office, "substitute", shown, why, 0, err);
    if (status == BW_OK) {
        status = find_person(s, &follower.person_no, err);
    }
    return status == BW_OK ? bw_place_follow(s->office, &s->result.from, &follower,
                                 &s->result.to, err)
                           : status;
}

enum bw_status
bw_place_substitute(const struct bw_office *office, const char *typed,
    const struct bw_place_colleague *colleague, const char *why,
    struct bw_place_substitution *ret_substitution, struct bw_error *err)
{
    struct substituting s = {.office = office};
    enum bw_status status = read_holder(&s, typed, err);
    if (status == BW_OK) {
        status = check_holder(&s, err);
    }
    if (status == BW_OK) {
        status = take_colleague(&s, colleague, err);
    }
    if (status == BW_OK) {
        status = substitute(&s, why, err);
    }
    if (status == BW_OK) { /* C9 */
        const struct bw_place_named named = {s.identity, s.result.to.roster.code,
            s.result.session.session_no, !s.result.known};
        status = bw_place_meanwhile(office->central, &named, 1, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    free(s.mail_fold);
    if (status == BW_OK) {
        *ret_substitution = s.result;
    }
    return status;
}
