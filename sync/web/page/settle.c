/* Uitzoeken: sign-ups in doubt, events that count nowhere yet, and what kiosks saw that
 * doesn't fit together. What is decided is done at once and can be taken back; each
 * button says what it leads to. */
#include "exchange/office/quarantine.h"
#include "office/place/doubt.h"
#include "office/step_quarantine.h"
#include "report/book/book.h"
#include "report/conflict/conflicts.h"
#include "web/page/circles.h"
#include "web/page/pages.h"
#include "web/page/people.h"
#include "web/page/picture.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct settling {
    struct bw_web_visit *visit;
    json_t *doubts, *events, *conflicts;
};

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
    struct settling *s = context;
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
    bw_web_add(&s->doubts, row);
    return s->doubts != NULL;
}

static bool
on_quarantined(const struct bw_quarantined *quarantined, void *context)
{
    struct settling *s = context;
    json_t *row = json_object();
    bw_web_set(&row, "number", json_integer(quarantined->number));
    bw_web_set(&row, "device", json_integer(quarantined->event.id.device));
    bw_web_set(&row, "circle", bw_web_text(quarantined->session_code));
    bw_web_set(&row, "why", bw_web_text(bw_quarantine_reason_text(quarantined->reason)));
    bw_web_set(&row, "when",
        bw_web_when(s->visit, s->visit->desk->zone, BW_WEB_MOMENT_SHORT,
            quarantined->event.wall_ms));
    bw_web_add(&s->events, row);
    return s->events != NULL;
}

static enum bw_status
add_conflicts(
    struct settling *s, const struct bw_status_session *figures, struct bw_error *err)
{
    struct bw_book *book = NULL;
    struct bw_conflicts conflicts = {.count = 0};
    enum bw_status status = bw_book_open(
        s->visit->desk->office.central, figures->session_no, NULL, &book, err);
    if (status == BW_OK) {
        status = bw_conflicts_find(book, s->visit->language, &conflicts, err);
    }
    for (int i = 0; status == BW_OK && i < conflicts.count; i++) {
        bw_web_add(&s->conflicts,
            json_pack("{s:o, s:o, s:o}", "code", bw_web_text(figures->code), "circle",
                bw_web_text(figures->title), "text",
                bw_web_text(conflicts.items[i].text)));
    }
    bw_conflicts_finish(&conflicts);
    bw_book_close(book);
    return status;
}

static enum bw_status
read_all(struct settling *s, struct bw_error *err)
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
            status = add_conflicts(s, &figures.sessions[i], err);
        }
    }
    bw_status_finish(&figures);
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

enum bw_status
bw_web_page_settle(struct bw_web_visit *visit, struct bw_error *err)
{
    struct settling s = {visit, json_array(), json_array(), json_array()};
    struct bw_central *central = visit->desk->office.central;
    enum bw_status status = bw_central_read_begin(central, err);
    if (status == BW_OK) {
        status = read_all(&s, err);
        bw_central_read_end(central);
    }
    if (status != BW_OK) {
        json_decref(s.doubts);
        json_decref(s.events);
        json_decref(s.conflicts);
        return status;
    }
    size_t count = json_array_size(s.doubts) + json_array_size(s.events) +
                   json_array_size(s.conflicts);
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.settle"));
    bw_web_set(&model, "count", json_integer((json_int_t)count));
    bw_web_set(&model, "doubts", section_of(s.doubts));
    bw_web_set(&model, "events", section_of(s.events));
    bw_web_set(&model, "conflicts", section_of(s.conflicts));
    return bw_web_show(visit, "settle", model, err);
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
    enum bw_status status = bw_place_doubt_settle(
        &visit->desk->office, code, ways[i].way, why, &settled, err);
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

static enum bw_status
settle_event(struct bw_web_visit *visit, const char *number, bool in, const char *why,
    struct bw_error *err)
{
    char *end = NULL;
    int64_t event = strtoll(number, &end, 10);
    if (event <= 0 || *end != '\0') {
        return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: a number is none");
    }
    enum bw_status status =
        bw_step_quarantine_settle(&visit->desk->office, &event, 1, in, why, err);
    if (status == BW_OK) {
        bw_web_said(visit, in ? "u.in.said" : "u.thrown.said",
            json_pack("{s:I}", "number", (json_int_t)event), 0);
    }
    return status;
}

enum bw_status
bw_web_page_settled(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *word = bw_web_request_sent(visit->request, "doe");
    const char *number = bw_web_request_sent(visit->request, "nummer");
    char why[BW_TITLE_BYTES];
    enum bw_status status = bw_web_picture_why(visit, why, err);
    if (status == BW_OK) {
        status = number[0] != '\0'
                     ? settle_event(visit, number, strcmp(word, "telt") == 0, why, err)
                     : settle_doubt(visit, word, why, err);
    }
    if (status == BW_OK) {
        visit->desk->changed = true;
        bw_web_go(visit, "/uitzoeken");
    }
    return status;
}
