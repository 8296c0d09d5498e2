/* What is done to a person as a whole: two records joined, or everything forgotten. Both
 * are shown first, by the verb itself (WD2); joining is taken back by a click, forgetting
 * by nothing: who does it types the last name.
 *
 *   person --form--> picture --"beeld" fits--> done, said
 */
#include "central/records.h"
#include "office/forget.h"
#include "office/place/alike.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"
#include "web/page/person/person_history.h"
#include "web/page/person/person_join.h"
#include "web/page/person/person_mail.h"
#include "web/page/part/stale.h"

#include <brugwachter/text.h>

#include <string.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES };

static const struct bw_web_form person_form = {
    bw_web_page_person, {{"other", "ander", NULL}, {"name", "naam", "pd.forget.wrong"}}};

struct person_doing {
    struct bw_web_visit *visit;
    const char *code;  /* of the address */
    const char *other; /* of the form: who is the same */
    struct bw_office_registration who;
    bool forgets;
    enum bw_place_people_words words; /* of two records: whose stay */
    char why[BW_TITLE_BYTES];
};

static json_t *
picture_add(json_t *picture, const char *name, int64_t count)
{
    bw_web_set(&picture, name, json_integer((json_int_t)count));
    return picture;
}

static struct bw_web_join
join_of(const struct person_doing *d)
{
    return (struct bw_web_join){d->code, d->other, d->words, d->why};
}

struct held {
    struct bw_web_visit *visit;
    json_t *places;
    int64_t events;
};

static bool
on_held(const char *section, const struct bw_office_fact *facts, int count, void *context)
{
    struct held *held = context;
    enum bw_registration_status status = BW_CANCELLED;
    held->events += strcmp(section, "events") == 0;
    if (strcmp(section, "registrations") == 0) {
        json_t *row = json_object();
        (void)bw_registration_status_parse(
            bw_web_fact_text(facts, count, "status"), &status);
        bw_web_set(&row, "circle", bw_web_text(bw_web_fact_text(facts, count, "title")));
        bw_web_set(
            &row, "state", bw_web_sentence(held->visit, bw_web_status_key(status)));
        bw_web_add(&held->places, row);
    }
    return held->places != NULL;
}

/* Where their name stands that goes, and how many events stay without it. */
static enum bw_status
add_held(const struct person_doing *d, json_t **picture, struct bw_error *err)
{
    struct held held = {.visit = d->visit, .places = json_array()};
    enum bw_status status = bw_office_export_person(
        d->visit->desk->office.central, d->code, on_held, &held, err);
    bw_web_set(picture, "places", held.places);
    *picture = picture_add(*picture, "events", held.events);
    return status;
}

static enum bw_status
run_forget(const struct person_doing *d, const struct bw_office *office,
    json_t **ret_picture, struct bw_error *err)
{
    struct bw_office_forget forget;
    enum bw_status status = bw_office_forget(office, d->code, true, &forget, err);
    if (status == BW_OK) {
        json_t *picture = picture_add(json_object(), "records", forget.records);
        picture = picture_add(picture, "registrations", forget.gone.registrations);
        picture = picture_add(picture, "tickets", forget.gone.tickets);
        picture = picture_add(picture, "mail_count", forget.gone.mails);
        picture = picture_add(picture, "details", forget.gone.details);
        picture = picture_add(picture, "cancelled", forget.cancelled);
        if (office == &d->visit->desk->preview) { /* in earnest they are nobody now */
            status = add_held(d, &picture, err);
        }
        *ret_picture = picture;
    }
    return status;
}

/* In earnest. */
static enum bw_status
run(const struct person_doing *d, json_t **ret_done, struct bw_error *err)
{
    const struct bw_office *office = &d->visit->desk->office;
    struct bw_web_join join = join_of(d);
    *ret_done = NULL;
    enum bw_status status = d->forgets ? run_forget(d, office, ret_done, err)
                                       : bw_web_join_run(office, &join, ret_done, err);
    return status == BW_OK && *ret_done == NULL
               ? bw_error_set(err, BW_NO_MEMORY, 0, "making a picture: no memory")
               : status;
}

/* What it would do, and the digest of that. */
static enum bw_status
look(const struct person_doing *d, json_t **ret_picture,
    char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err)
{
    struct bw_web_join join = join_of(d);
    *ret_picture = NULL;
    if (!d->forgets) {
        return bw_web_join_look(d->visit, &join, ret_picture, ret_digest, err);
    }
    enum bw_status status = run_forget(d, &d->visit->desk->preview, ret_picture, err);
    return status == BW_OK ? bw_web_picture_digest(*ret_picture, ret_digest, err)
                           : status;
}

static enum bw_status
show(const struct person_doing *d, json_t *model, const char *digest, bool stale,
    struct bw_error *err)
{
    const struct bw_person *person = &d->who.roster.person;
    bw_web_set(&model, "heading",
        bw_web_filled(d->visit, d->forgets ? "pd.forget.h" : "pd.join.h",
            json_pack("{s:o}", "name", bw_web_name(person->first_name, person->name))));
    bw_web_set(&model, "name", bw_web_name(person->first_name, person->name));
    bw_web_set(&model, "last", bw_web_text(person->name));
    bw_web_set(&model, "code", bw_web_text(d->code));
    bw_web_set(&model, "other", bw_web_text(d->other));
    bw_web_set(&model, "of_other", json_boolean(d->words == BW_PLACE_PEOPLE_OTHER));
    bw_web_set(&model, "forgets", json_boolean(d->forgets));
    bw_web_set(&model, "typed", bw_web_form_typed(d->visit, "naam", ""));
    bw_web_set(&model, "picture", json_string(digest));
    bw_web_set(&model, "stale", bw_web_stale(d->visit, stale, "er.stale.p"));
    return bw_web_show(d->visit, "person_deed", model, err);
}

/* As it is written, but for case and marks. */
static bool
is_last_name(const struct person_doing *d)
{
    char typed[FOLD_BYTES], known[FOLD_BYTES];
    bw_text_fold(
        bw_web_request_sent(d->visit->request, "naam"), false, typed, sizeof typed);
    bw_text_fold(d->who.roster.person.name, false, known, sizeof known);
    return strcmp(typed, known) == 0;
}

static enum bw_status
carry_out(const struct person_doing *d, struct bw_error *err)
{
    struct bw_web_desk *desk = d->visit->desk;
    json_t *done = NULL;
    enum bw_status status = run(d, &done, err);
    if (status != BW_OK) {
        return status;
    }
    desk->changed = true;
    const char *kept = json_string_value(json_object_get(done, "kept_code"));
    bw_web_said(d->visit, d->forgets ? "pd.forget.said" : "pd.join.said",
        json_pack("{s:o}", "name",
            d->forgets ? json_string("") : json_incref(json_object_get(done, "kept"))),
        d->forgets ? 0 : bw_web_picture_newest(&desk->office, "merge-people"));
    if (d->forgets) {
        bw_web_go(d->visit, "/");
    } else {
        bw_web_go(d->visit, "/mens/%s", kept != NULL ? kept : "");
    }
    json_decref(done);
    return BW_OK;
}

/* They are two people: done at once, as nothing else changes. */
static enum bw_status
keep_apart(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    const char *code = visit->request->segments[1];
    struct bw_office_registration who;
    char shown[BW_CODE_SHOWN_BYTES], why[BW_TITLE_BYTES];
    bw_web_picture_why(visit, why);
    enum bw_status status = bw_place_alike_apart(
        office, code, bw_web_request_sent(visit->request, "ander"), why, err);
    if (status == BW_OK) {
        status = bw_office_registration_by_code(office->central, code, &who, err);
    }
    if (status == BW_OK) {
        const struct bw_person *person = &who.roster.person;
        bw_code_format_shown(who.roster.code, shown);
        bw_web_said(visit, "al.two.said",
            json_pack("{s:o}", "name", bw_web_name(person->first_name, person->name)),
            bw_web_picture_newest(office, "apart"));
        bw_web_go(visit, "/mens/%s", shown);
    }
    return status;
}

/* Whose words stay. */
static enum bw_place_people_words
words_of(const char *text)
{
    return strcmp(text, "deze") == 0     ? BW_PLACE_PEOPLE_FIRST
           : strcmp(text, "andere") == 0 ? BW_PLACE_PEOPLE_OTHER
                                         : BW_PLACE_PEOPLE_NEWEST;
}

enum bw_status
bw_web_page_person_join(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    struct person_doing d = {.visit = visit,
        .code = request->segments[1],
        .other = bw_web_request_asked(request, "ander")};
    char digest[BW_WEB_KEY_BYTES];
    json_t *picture = NULL;
    enum bw_status status =
        bw_office_registration_by_code(visit->desk->office.central, d.code, &d.who, err);
    if (status == BW_OK) {
        status = look(&d, &picture, digest, err);
    }
    return status == BW_OK ? show(&d, picture, digest, false, err) : status;
}

enum bw_status
bw_web_page_person_deed(struct bw_web_visit *visit, struct bw_error *err)
{
    const struct bw_web_request *request = visit->request;
    const char *word = bw_web_request_sent(request, "doe");
    const char *seen = bw_web_request_sent(request, "beeld");
    struct person_doing d = {.visit = visit,
        .code = request->segments[1],
        .other = bw_web_request_sent(request, "ander"),
        .forgets = strcmp(word, "vergeet") == 0,
        .words = words_of(bw_web_request_sent(request, "woorden"))};
    char digest[BW_WEB_KEY_BYTES];
    json_t *picture = NULL;
    enum bw_told_reach_word reach;
    visit->form = &person_form;
    if (bw_web_person_mail_is(word, &reach)) {
        return bw_web_person_mail(visit, reach, err);
    }
    if (strcmp(word, "twee") == 0) {
        return keep_apart(visit, err);
    }
    if (!d.forgets && (strcmp(word, "zelfde") != 0 || d.other[0] == '\0')) {
        return bw_error_about(err,
            bw_error_set(
                err, BW_BAD_INPUT, 0, "reading a form: say who is the same person"),
            "other");
    }
    bw_web_picture_why(visit, d.why);
    enum bw_status status =
        bw_office_registration_by_code(visit->desk->office.central, d.code, &d.who, err);
    if (status == BW_OK) {
        status = look(&d, &picture, digest, err);
    }
    bool fits = status == BW_OK && strcmp(seen, digest) == 0;
    bool right = !d.forgets || is_last_name(&d);
    if (fits && !right) { /* else something else comes first */
        bw_web_form_wrong(visit, "naam", "pd.forget.wrong");
    }
    if (status == BW_OK && !(fits && right)) {
        return show(&d, picture, digest, seen[0] != '\0' && !fits, err);
    }
    json_decref(picture);
    return status == BW_OK ? carry_out(&d, err) : status;
}
