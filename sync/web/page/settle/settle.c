/* Uitzoeken: sign-ups in doubt, events that count nowhere yet, and what kiosks saw that
 * doesn't fit together. What is decided is done at once and can be taken back; each
 * button says what it leads to. */
#include "web/page/settle/settle.h"

#include "exchange/office/merge/quarantine.h"
#include "office/step.h"
#include "office/step_quarantine.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/paging.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"
#include "web/page/part/stale.h"
#include "web/page/part/step_about.h"

#include <brugwachter/said.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_LOOKED = 200, DONE_SHOWN = 5 };
static const size_t NO_PAGE = SIZE_MAX; /* nothing is shown of what is gathered */
static const char answers_word[] = "twijfels";

/* Of one page. */
enum { DOUBTS_EACH = 20, EVENTS_EACH = 100, CONFLICTS_EACH = BW_WEB_SETTLE_CONFLICTS };

/* ---- what there is ---- */

static bool
on_quarantined(const struct bw_quarantined *quarantined, void *context)
{
    struct bw_web_settling *s = context;
    json_t *row = json_object();
    bw_web_set(&row, "number", json_integer(quarantined->number));
    bw_web_set(&row, "device", json_integer(quarantined->event.id.device));
    bw_web_set(&row, "kind", json_integer(quarantined->event.kind));
    bw_web_set(&row, "code", json_integer((json_int_t)quarantined->event.code));
    bw_web_set(&row, "circle", bw_web_text(quarantined->session_title));
    bw_web_set(&row, "why",
        bw_web_text(bw_said(bw_quarantine_reason_text(quarantined->reason))));
    bw_web_set(&row, "when",
        bw_web_when(s->visit, s->visit->desk->zone, BW_WEB_MOMENT_SHORT,
            quarantined->event.wall_ms));
    bw_web_add(&s->events, row);
    return s->events != NULL;
}

/* What was decided here and still stands. */
static bool
on_step(const struct bw_step *step, void *context)
{
    struct bw_web_settling *s = context;
    if (strcmp(step->what, "settle") != 0 || step->undone_by != 0) {
        return true;
    }
    json_t *row = json_object();
    bw_web_set(&row, "number", json_integer(step->number));
    bw_web_set(&row, "verb", bw_web_text(step->what));
    bw_web_set(&row, "about", bw_web_text(step->about));
    bw_web_set(&row, "why", bw_web_text(step->why));
    bw_web_set(&row, "who", bw_web_text(step->who));
    bw_web_set(&row, "when",
        bw_web_when(s->visit, s->visit->desk->zone, BW_WEB_MOMENT_SHORT, step->at_ms));
    bw_web_add(&s->done, row);
    return s->done != NULL && json_array_size(s->done) < DONE_SHOWN;
}

static enum bw_status
read_all(struct bw_web_settling *s, struct bw_error *err)
{
    const struct bw_office *office = &s->visit->desk->office;
    struct bw_status_figures figures = {.sessions = NULL};
    enum bw_status status = bw_web_settle_doubts(s, err);
    if (status == BW_OK) {
        status = bw_quarantine_list(office->central, false, on_quarantined, s, err);
    }
    if (status == BW_OK) {
        status = bw_status_read(
            office->central, BW_WORDING_DUTCH, bw_office_now_ms(office), &figures, err);
    }
    for (size_t i = 0; status == BW_OK && i < figures.sessions_count; i++) {
        if (figures.sessions[i].conflicts > 0 &&
            figures.sessions[i].state != BW_SESSION_CLOSED) {
            status = bw_web_settle_conflicts(s, &figures.sessions[i], err);
        }
    }
    bw_status_finish(&figures);
    if (status == BW_OK) {
        status = bw_web_settle_letters(s, err);
    }
    if (status == BW_OK) {
        status = bw_step_walk(office->central, STEPS_LOOKED, on_step, s, err);
        bw_web_step_about_rows(s->visit, s->done);
    }
    return status;
}

/* A list as a section of a template; false where it is empty. */
static json_t *
section_of(json_t *list)
{
    if (list != NULL && json_array_size(list) == 0) {
        json_decref(list);
        return json_false();
    }
    return list != NULL ? json_pack("{s:o}", "list", list) : NULL;
}

static void
finish(struct bw_web_settling *s)
{
    json_t *lists[] = {s->doubts, s->events, s->conflicts, s->introductions, s->letters,
        s->kiosks, s->done};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        json_decref(lists[i]);
    }
}

/* In one snapshot, with the figures that decisions of `page` lead to; the caller finishes
 * it, also where it fails. */
static enum bw_status
gather(struct bw_web_settling *s, size_t page, struct bw_error *err)
{
    s->page = page;
    struct bw_central *central = s->visit->desk->office.central;
    s->doubts = json_array();
    s->events = json_array();
    s->conflicts = json_array();
    s->introductions = json_array();
    s->letters = json_array();
    s->kiosks = json_object();
    s->done = json_array();
    enum bw_status status = bw_central_read_begin(central, err);
    if (status == BW_OK) {
        status = read_all(s, err);
        bw_central_read_end(central);
    }
    return status;
}

/* What was typed at a row, and what is wrong with it, stands there again. */
static void
mark_typed(const struct bw_web_visit *visit, json_t *list)
{
    const char *seen = bw_web_request_sent(visit->request, "beeld");
    const char *field = visit->wrong.field != NULL ? visit->wrong.field : "";
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *row = json_array_get(list, i);
        const char *picture = json_string_value(json_object_get(row, "picture"));
        bool here =
            bw_web_form_is_wrong(visit) && picture != NULL && strcmp(picture, seen) == 0;
        (void)json_object_set_new(row, "typed_why",
            here ? bw_web_form_typed(visit, "waarom", "") : json_string(""));
        (void)json_object_set_new(
            row, "wrong_whose", json_boolean(here && strcmp(field, "wie") == 0));
        (void)json_object_set_new(row, "wrong_why",
            json_string(here && strcmp(field, "waarom") == 0 ? visit->wrong.text : ""));
        bw_web_settle_mark(visit, here, json_object_get(row, "sides"));
    }
}

/* The same of the one form of all events; one alone is ticked already. */
static void
add_typed(const struct bw_web_visit *visit, json_t *events, bool only_one)
{
    bool here = bw_web_request_sent(visit->request, "nummer")[0] != '\0';
    bw_web_set(&events, "typed_why",
        here ? bw_web_form_typed(visit, "waarom", "") : json_string(""));
    bw_web_set(&events, "wrong_why", json_string(here ? visit->wrong.text : ""));
    bw_web_set(&events, "only_one", json_boolean(only_one));
}

static size_t
pages_of(const struct bw_web_settling *s)
{
    size_t pages[] = {bw_web_paging_count(json_array_size(s->doubts), DOUBTS_EACH),
        bw_web_paging_count(json_array_size(s->events), EVENTS_EACH),
        bw_web_paging_count(json_array_size(s->conflicts), CONFLICTS_EACH)};
    size_t most = pages[0] > pages[1] ? pages[0] : pages[1];
    return most > pages[2] ? most : pages[2];
}

/* The doubts of the page, in one form. */
static json_t *
doubts_of(const struct bw_web_settling *s)
{
    json_t *rows = bw_web_paging_rows(json_incref(s->doubts), s->page, DOUBTS_EACH);
    bool here = bw_web_form_is_wrong(s->visit) &&
                strcmp(bw_web_request_sent(s->visit->request, "doe"), answers_word) == 0;
    bw_web_settle_offer(s->visit, rows);
    json_t *section = section_of(rows);
    if (json_is_object(section)) {
        bw_web_set(&section, "typed_why",
            here ? bw_web_form_typed(s->visit, "waarom", "") : json_string(""));
        bw_web_set(&section, "wrong_why", json_string(here ? s->visit->wrong.text : ""));
    }
    return section;
}

/* Which kiosk sent it, what that was, and of whom: no number says that to people. */
static void
name_event(const struct bw_web_settling *s, json_t *row)
{
    static const char *const keys[] = {[BW_EVENT_ARRIVED] = "event.arrived",
        [BW_EVENT_REFUSED] = "event.refused",
        [BW_EVENT_WAITING] = "event.waiting",
        [BW_EVENT_UNDONE] = "event.undone",
        [BW_EVENT_LEFT] = "event.left"};
    size_t kind = (size_t)json_integer_value(json_object_get(row, "kind"));
    bw_code code = (bw_code)json_integer_value(json_object_get(row, "code"));
    struct bw_office_registration whose;
    bool known =
        code != BW_CODE_NONE && bw_office_registration_of(s->visit->desk->office.central,
                                    code, &whose, NULL) == BW_OK;
    const char *key = kind < sizeof keys / sizeof keys[0] ? keys[kind] : NULL;
    (void)json_object_set_new(row, "kiosk",
        bw_web_settle_kiosk(s, json_integer_value(json_object_get(row, "device"))));
    (void)json_object_set_new(
        row, "what", key != NULL ? bw_web_sentence(s->visit, key) : json_string(""));
    (void)json_object_set_new(row, "who",
        known ? bw_web_name(whose.roster.person.first_name, whose.roster.person.name)
              : json_string(""));
}

static json_t *
events_of(const struct bw_web_settling *s)
{
    json_t *rows = bw_web_paging_rows(json_incref(s->events), s->page, EVENTS_EACH);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        name_event(s, json_array_get(rows, i));
    }
    json_t *section = section_of(rows);
    if (json_is_object(section)) {
        add_typed(s->visit, section, json_array_size(s->events) == 1);
    }
    return section;
}

/* All conflicts, as links: they are asked one at a time, and in any order. */
static json_t *
open_of(const struct bw_web_settling *s)
{
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(s->conflicts); i++) {
        const json_t *row = json_array_get(s->conflicts, i);
        bw_web_add(
            &list, json_pack("{s:O, s:O, s:I, s:b}", "what", json_object_get(row, "what"),
                       "circle", json_object_get(row, "circle"), "at", (json_int_t)i + 1,
                       "current", i == s->page));
    }
    return list;
}

/* The pages, where the conflicts' own links don't lead to each of them: the head of those
 * has one for the earlier and one for the later. */
static json_t *
paging_of(const struct bw_web_settling *s)
{
    size_t pages = pages_of(s);
    return pages > json_array_size(s->conflicts) ? bw_web_paging_model(s->page, pages)
                                                 : json_false();
}

static enum bw_status
show(const struct bw_web_settling *s, bool stale, struct bw_error *err)
{
    size_t count = json_array_size(s->doubts) + json_array_size(s->events) +
                   json_array_size(s->conflicts) + json_array_size(s->introductions);
    json_t *model = json_object();
    mark_typed(s->visit, s->conflicts);
    bw_web_set(&model, "heading", bw_web_sentence(s->visit, "nav.settle"));
    bw_web_set(&model, "stale", bw_web_stale(s->visit, stale, "u.stale.p"));
    bw_web_set(&model, "count", json_integer((json_int_t)count));
    bw_web_set(&model, "here_page", json_integer((json_int_t)s->page + 1));
    bw_web_set(&model, "paging", paging_of(s));
    bw_web_set(&model, "doubts", doubts_of(s));
    bw_web_set(&model, "events", events_of(s));
    bw_web_set(&model, "conflicts",
        section_of(
            bw_web_paging_rows(json_incref(s->conflicts), s->page, CONFLICTS_EACH)));
    bw_web_set(&model, "still_open", section_of(open_of(s)));
    bw_web_set(&model, "conflicts_count",
        json_integer((json_int_t)json_array_size(s->conflicts)));
    bw_web_set(&model, "earlier", json_integer((json_int_t)s->page)); /* 0: none */
    bw_web_set(&model, "later",
        json_integer(
            s->page + 1 < json_array_size(s->conflicts) ? (json_int_t)s->page + 2 : 0));
    bw_web_set(&model, "introductions", json_incref(s->introductions));
    bw_web_set(&model, "aside", section_of(json_incref(s->letters)));
    bw_web_set(&model, "settled", section_of(json_incref(s->done)));
    return bw_web_show(s->visit, "settle", model, err);
}

/* A page past the last: what stood there is settled. */
static enum bw_status
show_asked(struct bw_web_visit *visit, bool stale, struct bw_error *err)
{
    struct bw_web_settling s = {.visit = visit};
    enum bw_status status = gather(&s, bw_web_paging_asked(visit), err);
    if (status == BW_OK && s.page >= pages_of(&s)) {
        bw_web_go(visit, "/uitzoeken?blad=%zu", pages_of(&s));
    } else if (status == BW_OK) {
        status = show(&s, stale, err);
    }
    finish(&s);
    return status;
}

enum bw_status
bw_web_page_settle(struct bw_web_visit *visit, struct bw_error *err)
{
    return show_asked(visit, false, err);
}

/* ---- what is decided ---- */

static bool
is_listed(const json_t *events, int64_t number)
{
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *row = json_array_get(events, i);
        if (json_integer_value(json_object_get(row, "number")) == number) {
            return true;
        }
    }
    return false;
}

/* Those that were ticked, as one step. Where one isn't listed any more somebody was
 * first, and the form is an old one. */
static enum bw_status
settle_events(const struct bw_web_settling *s, bool in, const char *why, bool *ret_stale,
    struct bw_error *err)
{
    const struct bw_web_request *request = s->visit->request;
    const struct bw_office *office = &s->visit->desk->office;
    const char *ticked = bw_web_form_ticked(request, "nummer");
    int64_t numbers[BW_WEB_FIELDS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        if (field->of_form && strcmp(field->name, ticked) == 0) {
            int64_t number = strtoll(field->value, NULL, 10);
            *ret_stale = *ret_stale || !is_listed(s->events, number);
            numbers[count++] = number;
        }
    }
    if (*ret_stale) {
        return BW_OK;
    }
    if (count == 0) {
        bw_web_said(s->visit, "u.pick", json_object(), 0);
        return BW_OK;
    }
    enum bw_status status =
        bw_step_quarantine_settle(office, numbers, count, in, why, err);
    if (status == BW_OK) {
        bw_web_said(s->visit, in ? "u.in.said" : "u.thrown.said",
            json_pack("{s:I}", "n", (json_int_t)count),
            bw_web_picture_newest(office, "settle"));
    }
    return status;
}

/* The row that the form was of, by its picture; NULL where somebody was first. */
static const json_t *
row_of(const json_t *list, const char *seen)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        const char *picture = json_string_value(json_object_get(row, "picture"));
        if (picture != NULL && strcmp(picture, seen) == 0) {
            return row;
        }
    }
    return NULL;
}

/* Of the lists that are shown now, the one that the form is about. */
static enum bw_status
decide(const struct bw_web_settling *s, bool *ret_stale, struct bw_error *err)
{
    struct bw_web_visit *visit = s->visit;
    const char *seen = bw_web_request_sent(visit->request, "beeld");
    const char *word = bw_web_request_sent(visit->request, "doe");
    bool in = strcmp(word, "telt") == 0, events = in || strcmp(word, "telt-niet") == 0;
    bool answers = strcmp(word, answers_word) == 0;
    const json_t *conflict = row_of(s->conflicts, seen);
    char why[BW_TITLE_BYTES];
    bw_web_picture_why(visit, why);
    *ret_stale = !events && !answers && conflict == NULL;
    if (*ret_stale) {
        return BW_OK;
    }
    if (bw_web_form_is_wrong(visit)) {
        return bw_error_set(err, BW_REFUSED, 0, "%s", visit->wrong.text);
    }
    return answers  ? bw_web_settle_answers(s, why, ret_stale, err)
           : events ? settle_events(s, in, why, ret_stale, err)
                    : bw_web_settle_conflict(visit, conflict, why, err);
}

enum bw_status
bw_web_page_settled(struct bw_web_visit *visit, struct bw_error *err)
{
    static const struct bw_web_form form = {
        bw_web_page_settle, {{"whose", "wie", "wr.who"}, {"why", "waarom", "wr.why"}}};
    struct bw_web_settling s = {.visit = visit};
    bool stale = false;
    visit->form = &form;
    enum bw_status status = gather(&s, NO_PAGE, err);
    if (status == BW_OK) {
        status = decide(&s, &stale, err);
    }
    finish(&s);
    if (status == BW_OK && stale) {
        return show_asked(visit, true, err);
    }
    if (status == BW_OK) {
        visit->desk->changed = true;
        bw_web_go(visit, "/uitzoeken?blad=%zu", bw_web_paging_asked(visit) + 1);
    }
    return status;
}
