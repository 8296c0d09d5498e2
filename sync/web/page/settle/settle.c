/* Uitzoeken: sign-ups in doubt, events that count nowhere yet, and what kiosks saw that
 * doesn't fit together. What is decided is done at once and can be taken back; each
 * button says what it leads to. */
#include "web/page/settle/settle.h"

#include "exchange/office/merge/quarantine.h"
#include "office/place/doubt.h"
#include "office/step.h"
#include "office/step_quarantine.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"

#include <brugwachter/said.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_LOOKED = 200, DONE_SHOWN = 5, EVENTS_MAX = 512 };

/* ---- what there is ---- */

static json_t *
side_of(const struct bw_place_doubt_side *side)
{
    json_t *object = json_object();
    bw_web_set(&object, "code", bw_web_code(side->code));
    bw_web_set(&object, "name", bw_web_name(side->first_name, side->name));
    bw_web_set(&object, "school", bw_web_text(side->school));
    bw_web_set(&object, "mail", bw_web_text(side->mail));
    bw_web_set(&object, "role", bw_web_text(side->role));
    bw_web_set(&object, "circle", bw_web_text(side->session_code));
    return object;
}

static bool
on_doubt(enum bw_place_doubt doubt, const struct bw_place_doubt_side *who,
    const struct bw_place_doubt_side *other, void *context)
{
    struct bw_web_settling *s = context;
    bool of_role = doubt == BW_PLACE_DOUBT_ROLE;
    json_t *row = json_object();
    bw_web_set(&row, "who", side_of(who));
    bw_web_set(&row, "other",
        other->code != BW_CODE_NONE && !of_role ? side_of(other) : json_false());
    bw_web_set(&row, "person", bw_web_code(who->code));
    bw_web_set(&row, "question",
        bw_web_filled(s->visit,
            of_role                        ? "u.role"
            : doubt == BW_PLACE_DOUBT_MAIL ? "u.mail"
                                           : "u.name",
            json_pack("{s:o, s:s}", "name", bw_web_name(who->first_name, who->name),
                "role", who->role)));
    bw_web_set(&row, "of_role", json_boolean(of_role));
    bw_web_picture_add(&s->doubts, row,
        json_pack("{s:i, s:I, s:I}", "doubt", (int)doubt, "who", (json_int_t)who->code,
            "other", (json_int_t)other->code));
    return s->doubts != NULL;
}

static bool
on_quarantined(const struct bw_quarantined *quarantined, void *context)
{
    struct bw_web_settling *s = context;
    json_t *row = json_object();
    bw_web_set(&row, "number", json_integer(quarantined->number));
    bw_web_set(&row, "device", json_integer(quarantined->event.id.device));
    bw_web_set(&row, "circle", bw_web_text(quarantined->session_code));
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
    bw_web_set(&row, "about", bw_web_text(step->about));
    bw_web_set(&row, "why", bw_web_text(step->why));
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
    enum bw_status status = bw_place_doubts_walk(office->central, on_doubt, s, err);
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
    json_t *lists[] = {
        s->doubts, s->events, s->conflicts, s->introductions, s->letters, s->done};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        json_decref(lists[i]);
    }
}

/* In one snapshot; the caller finishes it, also where it fails. */
static enum bw_status
gather(struct bw_web_settling *s, struct bw_error *err)
{
    struct bw_central *central = s->visit->desk->office.central;
    s->doubts = json_array();
    s->events = json_array();
    s->conflicts = json_array();
    s->introductions = json_array();
    s->letters = json_array();
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

static enum bw_status
show(const struct bw_web_settling *s, bool stale, struct bw_error *err)
{
    mark_typed(s->visit, s->doubts);
    mark_typed(s->visit, s->conflicts);
    size_t count = json_array_size(s->doubts) + json_array_size(s->events) +
                   json_array_size(s->conflicts) + json_array_size(s->introductions);
    json_t *model = json_object(), *events = section_of(json_incref(s->events));
    if (json_is_object(events)) {
        add_typed(s->visit, events, json_array_size(s->events) == 1);
    }
    bw_web_set(&model, "heading", bw_web_sentence(s->visit, "nav.settle"));
    bw_web_set(&model, "stale", json_boolean(stale));
    bw_web_set(&model, "count", json_integer((json_int_t)count));
    bw_web_set(&model, "doubts", section_of(json_incref(s->doubts)));
    bw_web_set(&model, "events", events);
    bw_web_set(&model, "conflicts", section_of(json_incref(s->conflicts)));
    bw_web_set(&model, "introductions", json_incref(s->introductions));
    bw_web_set(&model, "aside", section_of(json_incref(s->letters)));
    bw_web_set(&model, "settled", section_of(json_incref(s->done)));
    return bw_web_show(s->visit, "settle", model, err);
}

enum bw_status
bw_web_page_settle(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_settling s = {.visit = visit};
    enum bw_status status = gather(&s, err);
    if (status == BW_OK) {
        status = show(&s, false, err);
    }
    finish(&s);
    return status;
}

/* ---- what is decided ---- */

static const struct {
    const char *word, *said;
    enum bw_place_doubt_way way;
} ways[] = {
    {"zelfde", "u.same.said", BW_PLACE_DOUBT_SAME},
    {"ander", "u.other.said", BW_PLACE_DOUBT_OTHER},
    {"niet", "u.out.said", BW_PLACE_DOUBT_OUT},
};

static enum bw_status
settle_doubt(
    struct bw_web_visit *visit, const char *word, const char *why, struct bw_error *err)
{
    const char *code = bw_web_request_sent(visit->request, "mens");
    struct bw_place_doubt_settled settled;
    size_t i = 0;
    while (i < sizeof ways / sizeof ways[0] && strcmp(ways[i].word, word) != 0) {
        i++;
    }
    if (i == sizeof ways / sizeof ways[0]) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
    }
    const struct bw_place_doubt_answer answer = {code, ways[i].way};
    enum bw_status status = bw_place_doubts_settle(
        &visit->desk->office, &answer, 1, why, &settled, err);
    if (status == BW_OK) {
        const struct bw_person *person = &settled.registration.roster.person;
        bw_web_said(visit, ways[i].said,
            json_pack("{s:o, s:o}", "name", bw_web_name(person->first_name, person->name),
                "state",
                bw_web_sentence(
                    visit, bw_web_status_key(settled.registration.roster.status))),
            bw_web_picture_step(&visit->desk->office, code));
    }
    return status;
}

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
    int64_t numbers[EVENTS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < request->fields_count && count < EVENTS_MAX; i++) {
        const struct bw_web_field *field = &request->fields[i];
        if (field->of_form && strcmp(field->name, "nummer") == 0) {
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
            json_pack(
                "{s:I, s:I}", "n", (json_int_t)count, "number", (json_int_t)numbers[0]),
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
    const json_t *conflict = row_of(s->conflicts, seen);
    char why[BW_TITLE_BYTES];
    bw_web_picture_why(visit, why);
    *ret_stale = !events && conflict == NULL && row_of(s->doubts, seen) == NULL;
    if (*ret_stale) {
        return BW_OK;
    }
    if (bw_web_form_is_wrong(visit)) {
        return bw_error_set(err, BW_REFUSED, 0, "%s", visit->wrong.text);
    }
    if (conflict != NULL) {
        return bw_web_settle_conflict(visit, conflict, why, err);
    }
    return events ? settle_events(s, in, why, ret_stale, err)
                  : settle_doubt(visit, word, why, err);
}

enum bw_status
bw_web_page_settled(struct bw_web_visit *visit, struct bw_error *err)
{
    static const struct bw_web_form form = {
        bw_web_page_settle, {{"whose", "wie", "wr.who"}, {"why", "waarom", "wr.why"}}};
    struct bw_web_settling s = {.visit = visit};
    bool stale = false;
    visit->form = &form;
    enum bw_status status = gather(&s, err);
    if (status == BW_OK) {
        status = decide(&s, &stale, err);
    }
    if (status == BW_OK && stale) {
        status = show(&s, true, err);
    } else if (status == BW_OK) {
        visit->desk->changed = true;
        bw_web_go(visit, "/uitzoeken");
    }
    finish(&s);
    return status;
}
