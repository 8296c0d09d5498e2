/* Zoeken and Persoon: who is found, and all that is known of one of them. */
#include "office/export_person.h"
#include "office/find.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"

#include <string.h>

enum { FOUND_SHOWN = 50 };

/* ---- search ---- */

struct search_rows {
    struct bw_web_visit *visit;
    json_t *list;
    bw_code only; /* the one that was found first */
    int count;
};

static bool
on_found(const struct bw_office_found *found, void *context)
{
    struct search_rows *f = context;
    if (++f->count > FOUND_SHOWN) {
        return false;
    }
    json_t *row = json_object();
    f->only = found->code;
    bw_web_set(&row, "code", bw_web_code(found->code));
    bw_web_set(&row, "name", bw_web_name(found->first_name, found->name));
    bw_web_set(&row, "school", bw_web_text(found->school));
    bw_web_set(&row, "mail", bw_web_text(found->mail));
    bw_web_set(&row, "circle", bw_web_text(found->session_title));
    bw_web_set(&row, "circle_code", bw_web_text(found->session_code));
    bw_web_set(&row, "chip", bw_web_status_chip(f->visit, found->status));
    bw_web_add(&f->list, row);
    return f->list != NULL;
}

enum bw_status
bw_web_page_search(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *sought = bw_web_request_asked(visit->request, "q");
    struct search_rows f = {.visit = visit, .list = json_array()};
    enum bw_status status =
        sought[0] == '\0'
            ? BW_OK
            : bw_office_find(visit->desk->office.central, sought, on_found, &f, err);
    if (status != BW_OK || f.count == 1) { /* the one: straight to them */
        json_decref(f.list);
        char shown[BW_CODE_SHOWN_BYTES] = "";
        if (status == BW_OK) {
            bw_code_format_shown(f.only, shown);
            bw_web_go(visit, "/mens/%s", shown);
        }
        return status;
    }
    json_t *model = json_object();
    bool more = f.count > FOUND_SHOWN;
    bw_web_set(&model, "heading", bw_web_sentence(visit, "sr.t"));
    bw_web_set(&model, "sought", bw_web_text(sought));
    bw_web_set(&model, "count", json_integer(more ? FOUND_SHOWN : f.count));
    bw_web_set(&model, "more", json_boolean(more));
    bw_web_set(&model, "found", f.list);
    return bw_web_show(visit, "search", model, err);
}

/* ---- one person ---- */

struct person_page {
    struct bw_web_visit *visit;
    json_t *places, *happened, *mails;
    int64_t step; /* that was told last: one may have changed two of their places */
    json_t *head; /* name, school, region, mail: of the newest registration */
};

static const struct bw_office_fact *
fact_of(const struct bw_office_fact *facts, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(facts[i].name, name) == 0) {
            return &facts[i];
        }
    }
    return NULL;
}

static const char *
text_of(const struct bw_office_fact *facts, int count, const char *name)
{
    const struct bw_office_fact *fact = fact_of(facts, count, name);
    return fact != NULL ? fact->text : "";
}

static int64_t
number_of(const struct bw_office_fact *facts, int count, const char *name)
{
    const struct bw_office_fact *fact = fact_of(facts, count, name);
    return fact != NULL ? fact->number : 0;
}

static json_t *
moment_of(const struct person_page *t, const struct bw_office_fact *facts, int count,
    const char *name)
{
    return bw_web_when(t->visit, t->visit->desk->zone, BW_WEB_MOMENT_SHORT,
        number_of(facts, count, name));
}

static void
take_registration(struct person_page *t, const struct bw_office_fact *facts, int count)
{
    enum bw_registration_status status = BW_CANCELLED;
    bool over =
        number_of(facts, count, "starts_at") < bw_office_now_ms(&t->visit->desk->office);
    (void)bw_registration_status_parse(text_of(facts, count, "status"), &status);
    json_t *row = json_object();
    bw_web_set(&row, "code", bw_web_code((bw_code)number_of(facts, count, "code")));
    bw_web_set(&row, "circle", bw_web_text(text_of(facts, count, "title")));
    bw_web_set(&row, "circle_code", bw_web_text(text_of(facts, count, "session")));
    const char *went_to = text_of(facts, count, "went_to");
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
    bw_web_set(&row, "deeds", over ? json_array() : bw_web_deeds_of(t->visit, status));
    bw_web_add(&t->places, row);
    bw_web_set(&t->head, "name",
        bw_web_name(text_of(facts, count, "first_name"), text_of(facts, count, "name")));
    bw_web_set(&t->head, "school", bw_web_text(text_of(facts, count, "school")));
    bw_web_set(&t->head, "region", bw_web_text(text_of(facts, count, "region")));
}

/* A line of a history: `what` in words where there are some for it. */
static void
take_line(struct person_page *t, json_t **list, const char *prefix, const char *what,
    const char *where, const struct bw_office_fact *facts, int count)
{
    char key[BW_LABEL_BYTES * 2];
    (void)snprintf(key, sizeof key, "%s.%.60s", prefix, what);
    json_t *said = bw_web_sentence(t->visit, key);
    bool known = said != NULL && strcmp(json_string_value(said), key) != 0;
    json_t *row = json_object();
    bw_web_set(&row, "what", known ? json_incref(said) : bw_web_text(what));
    bw_web_set(&row, "when", moment_of(t, facts, count, "at"));
    bw_web_set(&row, "where", bw_web_text(where));
    bw_web_add(list, row);
    json_decref(said);
}

static bool
on_row(const char *section, const struct bw_office_fact *facts, int count, void *context)
{
    struct person_page *t = context;
    if (strcmp(section, "person") == 0) {
        bw_web_set(&t->head, "mail", bw_web_text(text_of(facts, count, "email")));
    } else if (strcmp(section, "registrations") == 0) {
        take_registration(t, facts, count);
    } else if (strcmp(section, "mails") == 0) {
        take_line(t, &t->mails, "told", text_of(facts, count, "kind"),
            text_of(facts, count, "title"), facts, count);
    } else if (strcmp(section, "events") == 0) {
        take_line(t, &t->happened, "event", text_of(facts, count, "kind"),
            text_of(facts, count, "session"), facts, count);
    } else if (strcmp(section, "steps") == 0 &&
               number_of(facts, count, "step") != t->step) {
        t->step = number_of(facts, count, "step");
        take_line(t, &t->happened, "step", text_of(facts, count, "what"),
            text_of(facts, count, "about"), facts, count);
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

enum bw_status
bw_web_page_person(struct bw_web_visit *visit, struct bw_error *err)
{
    struct person_page t = {.visit = visit,
        .places = json_array(),
        .happened = json_array(),
        .mails = json_array(),
        .head = json_pack(
            "{s:s, s:s, s:s, s:s}", "name", "", "school", "", "region", "", "mail", "")};
    enum bw_status status = bw_office_export_person(
        visit->desk->office.central, visit->request->segments[1], on_row, &t, err);
    if (status != BW_OK) {
        json_decref(t.places);
        json_decref(t.happened);
        json_decref(t.mails);
        json_decref(t.head);
        return status;
    }
    bw_web_set(&t.head, "here_code", bw_web_text(visit->request->segments[1]));
    bw_web_set(&t.head, "other", bw_web_form_typed(visit, "ander", ""));
    bw_web_set(&t.head, "heading", json_incref(json_object_get(t.head, "name")));
    bw_web_set(&t.head, "places", t.places);
    bw_web_set(&t.head, "happened", section(t.happened));
    bw_web_set(&t.head, "mails", section(t.mails));
    return bw_web_show(visit, "person", t.head, err);
}
