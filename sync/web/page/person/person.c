/* Zoeken and Persoon: who is found, and all that is known of one of them. */
#include "central/records.h"
#include "office/export_person.h"
#include "office/find.h"
#include "office/place/people.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/offer.h"
#include "web/page/part/people.h"
#include "web/page/person/person_history.h"
#include "web/page/person/person_join.h"
#include "web/page/person/person_mail.h"

#include <string.h>

enum { FOUND_SHOWN = 50 };

/* ---- search ---- */

struct search_rows {
    struct bw_web_visit *visit;
    json_t *list; /* people, each with their circles */
    bw_code only; /* of the one who was found first */
    bool more;    /* than are shown */
};

/* Who was found before, by another registration; NULL: nobody. Borrowed. */
static json_t *
row_of_person(const struct search_rows *f, int64_t person_no)
{
    for (size_t i = 0; i < json_array_size(f->list); i++) {
        json_t *row = json_array_get(f->list, i);
        if (json_integer_value(json_object_get(row, "person_no")) == person_no) {
            return row;
        }
    }
    return NULL;
}

static json_t *
row_of_found(const struct bw_office_found *found)
{
    json_t *row = json_object();
    bw_web_set(&row, "person_no", json_integer((json_int_t)found->person_no));
    bw_web_set(&row, "code", bw_web_code(found->code));
    bw_web_set(&row, "name", bw_web_name(found->first_name, found->name));
    bw_web_set(&row, "school", bw_web_text(found->school));
    bw_web_set(&row, "mail", bw_web_text(found->mail));
    bw_web_set(&row, "circles", json_array());
    return row;
}

/* One person is one row, whatever they signed up for. */
static bool
on_found(const struct bw_office_found *found, void *context)
{
    struct search_rows *f = context;
    json_t *row = row_of_person(f, found->person_no), *circle = json_object();
    if (row == NULL && json_array_size(f->list) < FOUND_SHOWN) {
        f->only = f->only != BW_CODE_NONE ? f->only : found->code;
        row = row_of_found(found);
        bw_web_add(&f->list, row);
    } else if (row == NULL) {
        f->more = true;
    }
    bw_web_set(&circle, "circle", bw_web_text(found->session_title));
    bw_web_set(&circle, "circle_code", bw_web_text(found->session_code));
    bw_web_set(&circle, "not_placed",
        found->status == BW_CONFIRMED
            ? json_false()
            : bw_web_sentence(f->visit, bw_web_status_key(found->status)));
    if (f->list == NULL || row == NULL) {
        json_decref(circle);
    } else if (json_array_append_new(json_object_get(row, "circles"), circle) != 0) {
        json_decref(f->list);
        f->list = NULL;
    }
    return f->list != NULL;
}

enum bw_status
bw_web_page_search(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *sought = bw_web_request_asked(visit->request, "q");
    struct search_rows f = {.visit = visit, .list = json_array(), .only = BW_CODE_NONE};
    enum bw_status status =
        sought[0] == '\0'
            ? BW_OK
            : bw_office_find(visit->desk->office.central, sought, on_found, &f, err);
    size_t count = json_array_size(f.list);
    if (status != BW_OK || (count == 1 && !f.more)) { /* the one: straight to them */
        json_decref(f.list);
        char shown[BW_CODE_SHOWN_BYTES] = "";
        if (status == BW_OK) {
            bw_code_format_shown(f.only, shown);
            bw_web_go(visit, "/mens/%s", shown);
        }
        return status;
    }
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "sr.t"));
    bw_web_set(&model, "sought", bw_web_text(sought));
    bw_web_set(&model, "count", json_integer((json_int_t)count));
    bw_web_set(&model, "more", json_boolean(f.more));
    bw_web_set(&model, "found", f.list);
    return bw_web_show(visit, "search", model, err);
}

/* ---- one person ---- */

struct person_page {
    struct bw_web_visit *visit;
    json_t *places, *mails;
    struct bw_web_history history;
    json_t *head; /* name, school, region, mail: of the newest registration */
};

static json_t *
moment_of(const struct person_page *t, const struct bw_office_fact *facts, int count,
    const char *name)
{
    return bw_web_when(t->visit, t->visit->desk->zone, BW_WEB_MOMENT_SHORT,
        bw_web_fact_number(facts, count, name));
}

/* What can be done there; to cancel is one click, whose picture its own words are. */
static void
add_deeds(const struct person_page *t, const struct bw_office_fact *facts, int count,
    bool over, enum bw_registration_status status, json_t **row)
{
    bool stands = !over && (status == BW_CONFIRMED || status == BW_WAITLISTED);
    json_t *deeds = over ? json_array() : bw_web_deeds_of(t->visit, status);
    struct bw_registration who = {
        .code = (bw_code)bw_web_fact_number(facts, count, "code")};
    bw_text_copy(who.person.first_name, sizeof who.person.first_name,
        bw_web_fact_text(facts, count, "first_name"));
    bw_text_copy(
        who.person.name, sizeof who.person.name, bw_web_fact_text(facts, count, "name"));
    bw_text_copy(who.person.school, sizeof who.person.school,
        bw_web_fact_text(facts, count, "school"));
    for (size_t i = json_array_size(deeds); stands && i > 0; i--) {
        const char *deed =
            json_string_value(json_object_get(json_array_get(deeds, i - 1), "deed"));
        if (deed != NULL && strcmp(deed, "afmelden") == 0) {
            (void)json_array_remove(deeds, i - 1);
        }
    }
    bw_web_set(row, "cancels",
        stands ? bw_web_offer_picture(t->visit, &who, status, "status.cancelled")
               : json_false());
    bw_web_set(row, "menu", json_boolean(json_array_size(deeds) > 0));
    bw_web_set(row, "deeds", deeds);
}

static void
take_registration(struct person_page *t, const struct bw_office_fact *facts, int count)
{
    enum bw_registration_status status = BW_CANCELLED;
    bool over = bw_web_fact_number(facts, count, "starts_at") <
                bw_office_now_ms(&t->visit->desk->office);
    (void)bw_registration_status_parse(bw_web_fact_text(facts, count, "status"), &status);
    json_t *row = json_object();
    bw_web_set(
        &row, "code", bw_web_code((bw_code)bw_web_fact_number(facts, count, "code")));
    bw_web_set(&row, "circle", bw_web_text(bw_web_fact_text(facts, count, "title")));
    bw_web_set(
        &row, "circle_code", bw_web_text(bw_web_fact_text(facts, count, "session")));
    const char *went_to = bw_web_fact_text(facts, count, "went_to");
    bool moved = status == BW_CANCELLED && went_to[0] != '\0';
    bw_web_set(&row, "chip",
        moved
            ? json_pack("{s:s, s:s, s:o}", "kind", "rust", "icon", "arrow-right", "word",
                  bw_web_filled(
                      t->visit, "status.moved", json_pack("{s:s}", "k", went_to)))
            : bw_web_status_chip(t->visit, status));
    bw_web_set(&row, "may_replace", json_boolean(!over && status == BW_CONFIRMED));
    bw_web_set(&row, "may_move",
        json_boolean(!over && (status == BW_CONFIRMED || status == BW_WAITLISTED)));
    bw_web_set(&row, "signed", moment_of(t, facts, count, "signed_up_at"));
    bw_web_set(&row, "day",
        bw_web_when(t->visit, t->visit->desk->zone, BW_WEB_MOMENT_DAY,
            bw_web_fact_number(facts, count, "starts_at")));
    add_deeds(t, facts, count, over, status, &row);
    bw_web_add(&t->places, row);
    bw_web_set(&t->head, "name",
        bw_web_name(bw_web_fact_text(facts, count, "first_name"),
            bw_web_fact_text(facts, count, "name")));
    bw_web_set(&t->head, "first_name",
        bw_web_text(bw_web_fact_text(facts, count, "first_name")));
    bw_web_set(&t->head, "school", bw_web_text(bw_web_fact_text(facts, count, "school")));
    bw_web_set(&t->head, "region", bw_web_text(bw_web_fact_text(facts, count, "region")));
}

/* When what they were told last went, beside the ticket that it was about. */
static void
note_told(struct person_page *t, const struct bw_office_fact *facts, int count)
{
    json_t *code = bw_web_code((bw_code)bw_web_fact_number(facts, count, "code"));
    for (size_t i = 0; code != NULL && i < json_array_size(t->places); i++) {
        json_t *place = json_array_get(t->places, i);
        if (json_equal(json_object_get(place, "code"), code)) {
            (void)json_object_set_new(place, "told", moment_of(t, facts, count, "at"));
        }
    }
    json_decref(code);
}

static void
take_mail(struct person_page *t, const struct bw_office_fact *facts, int count)
{
    char key[BW_LABEL_BYTES * 2];
    json_t *row = json_object();
    (void)snprintf(key, sizeof key, "told.%.60s", bw_web_fact_text(facts, count, "kind"));
    bw_web_set(&row, "what", bw_web_sentence(t->visit, key));
    bw_web_set(&row, "when", moment_of(t, facts, count, "at"));
    bw_web_set(&row, "where", bw_web_text(bw_web_fact_text(facts, count, "title")));
    bw_web_add(&t->mails, row);
    note_told(t, facts, count);
}

static bool
on_row(const char *section, const struct bw_office_fact *facts, int count, void *context)
{
    struct person_page *t = context;
    bw_web_history_take(&t->history, section, facts, count);
    if (strcmp(section, "person") == 0) {
        bw_web_set(
            &t->head, "mail", bw_web_text(bw_web_fact_text(facts, count, "email")));
    } else if (strcmp(section, "registrations") == 0) {
        take_registration(t, facts, count);
    } else if (strcmp(section, "mails") == 0) {
        take_mail(t, facts, count);
    }
    return t->head != NULL;
}

/* A list as a section of a template; false where it is empty. */
static json_t *
section(json_t *list)
{
    if (list == NULL || json_array_size(list) == 0) {
        json_decref(list);
        return list == NULL ? NULL : json_false();
    }
    return json_pack("{s:o}", "list", list);
}

struct crowd {
    json_int_t places, waiting;
};

static bool
on_place(const struct bw_person_place *place, void *context)
{
    struct crowd *crowd = context;
    crowd->places++;
    crowd->waiting += (json_int_t)place->waiting;
    return true;
}

/* "plek in 2 kringen, 32 anderen wachten"; a walk-in has no place that others want. */
static enum bw_status
add_crowd(struct person_page *t, struct bw_error *err)
{
    const struct bw_office *office = &t->visit->desk->office;
    struct crowd crowd = {0, 0};
    bw_code code = BW_CODE_NONE;
    int64_t person_no = 0;
    enum bw_status status = BW_OK;
    if (bw_code_parse(t->visit->request->segments[1], &code) &&
        bw_place_people_of(office->central, code, &person_no, NULL) == BW_OK) {
        bw_web_set(&t->head, "may_correct", json_true());
        bw_web_set(&t->head, "alike", bw_web_join_alike(t->visit, code));
        status = bw_place_people_crowded(
            office->central, person_no, bw_office_now_ms(office), on_place, &crowd, err);
    }
    bw_web_set(&t->head, "crowd",
        crowd.places > 0
            ? bw_web_filled(t->visit, crowd.waiting > 0 ? "p.crowd" : "p.crowd.calm",
                  json_pack("{s:I, s:I}", "places", crowd.places, "n", crowd.waiting))
            : json_false());
    return status;
}

static void
person_finish(struct person_page *t)
{
    json_decref(t->places);
    json_decref(t->mails);
    json_decref(t->head);
    bw_web_history_finish(&t->history);
}

enum bw_status
bw_web_page_person(struct bw_web_visit *visit, struct bw_error *err)
{
    struct person_page t = {.visit = visit,
        .places = json_array(),
        .mails = json_array(),
        .head = json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", "", "first_name", "",
            "school", "", "region", "", "mail", "")};
    enum bw_status status =
        bw_web_history_init(&t.history, visit)
            ? bw_office_export_person(visit->desk->office.central,
                  visit->request->segments[1], on_row, &t, err)
            : bw_error_set(err, BW_NO_MEMORY, 0, "reading a person: no memory");
    if (status == BW_OK) {
        status = add_crowd(&t, err);
    }
    if (status == BW_OK) {
        status = bw_web_person_mail_add(visit, visit->request->segments[1], &t.head, err);
    }
    if (status != BW_OK) {
        person_finish(&t);
        return status;
    }
    bw_web_set(&t.head, "here_code", bw_web_text(visit->request->segments[1]));
    bw_web_set(&t.head, "other", bw_web_form_typed(visit, "ander", ""));
    bw_web_set(&t.head, "heading", json_incref(json_object_get(t.head, "name")));
    bw_web_set(&t.head, "places", json_incref(t.places));
    bw_web_set(&t.head, "happened", section(bw_web_history_lines(&t.history)));
    bw_web_set(&t.head, "mails", section(json_incref(t.mails)));
    json_t *model = json_incref(t.head);
    person_finish(&t);
    return bw_web_show(visit, "person", model, err);
}
