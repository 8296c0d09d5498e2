/* Uitzoeken: what kiosks saw that doesn't fit together, its records side by side, and
 * what the organiser says of one: settle.h. What can be said of it is asked of the verb
 * (office/ruling.h); the form sends
 *
 *   besluit = "uit 3-17"            that arrival doesn't stand
 *             "is 3-17 K7QM-2XRD"   it is theirs
 *             "is 3-17"             it is theirs who is named in the field wie-3-17 */
#include "web/page/settle/settle.h"

#include "office/ruling.h"
#include "report/book/book.h"
#include "report/conflict/conflict_side.h"
#include "report/conflict/conflicts.h"
#include "web/desk/form.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"

#include <stdio.h>
#include <string.h>

enum { SIDES_SHOWN = 8, DECISION_BYTES = 128 };

struct comparing {
    struct bw_web_settling *settling;
    struct bw_web_visit *visit;
    const struct bw_book *book;
    const struct bw_conflict *conflict;
    json_t *sides, *seen; /* the second: what there is to decide about */
    bool decides;
};

/* ---- what there is ---- */

/* "Ticket gelezen", "Kwam in plaats van Anna Visser" */
static json_t *
how_of(const struct comparing *c, const struct bw_conflict_side *side)
{
    static const char *const by[] = {
        [BW_BASIS_NONE] = "u.by.none",
        [BW_BASIS_TICKET] = "u.by.ticket",
        [BW_BASIS_CODE] = "u.by.code",
        [BW_BASIS_NAME] = "u.by.name",
        [BW_BASIS_WAITLIST] = "u.by.waitlist",
        [BW_BASIS_GUEST] = "u.by.guest",
        [BW_BASIS_WALK_IN] = "u.by.walk_in",
        [BW_BASIS_SUBSTITUTE] = "u.by.substitute",
        [BW_BASIS_PAPER] = "u.by.paper",
    };
    bool arrived = side->kind == BW_EVENT_ARRIVED;
    const char *key = side->title != NULL             ? "u.by.elsewhere"
                      : arrived                       ? by[side->basis]
                      : side->kind == BW_EVENT_UNDONE ? "u.by.undone"
                      : side->kind == BW_EVENT_LEFT   ? "u.by.left"
                                                      : "u.by.none";
    const struct bw_book_person *owner =
        side->instead ? bw_book_person_of(c->book, side->code) : NULL;
    const struct bw_person *person = owner != NULL ? &owner->registration.person : NULL;
    return bw_web_filled(c->visit, key,
        json_pack("{s:o, s:s}", "name",
            person != NULL ? bw_web_name(person->first_name, person->name)
                           : json_string("–"),
            "circle", side->title != NULL ? side->title : ""));
}

/* Whom a walk-in may be: who else is in this conflict by a sign-up of this session. */
static json_t *
candidates_of(const struct comparing *c, struct bw_event_id walk_in)
{
    json_t *list = json_array();
    char event[BW_EVENT_ID_BYTES], code[BW_CODE_SHOWN_BYTES], value[DECISION_BYTES];
    bw_event_id_format(walk_in, event);
    for (int i = 0; i < c->conflict->events_count && i < SIDES_SHOWN; i++) {
        struct bw_conflict_side other;
        bw_conflicts_side_read(c->book, c->conflict->events[i], &other);
        if (other.code == BW_CODE_NONE || other.title != NULL || other.person == NULL ||
            other.instead) {
            continue;
        }
        bw_code_format_shown(other.code, code);
        (void)snprintf(value, sizeof value, "is %s %s", event, code);
        json_t *row = json_object();
        bw_web_set(&row, "value", json_string(value));
        bw_web_set(&row, "label",
            bw_web_filled(c->visit, "u.is.b",
                json_pack("{s:o}", "name",
                    bw_web_name(other.person->first_name, other.person->name))));
        bw_web_set(
            &row, "leads", bw_web_settle_effect(c->settling, c->book, walk_in, code));
        bw_web_add(&list, row);
    }
    return list;
}

static json_t *
decisions_of(const struct comparing *c, json_t *row, const struct bw_conflict_side *side,
    bool again, const struct bw_office_ruling_choices *choices)
{
    bw_web_set(&row, "drops", json_boolean(choices->out));
    bw_web_set(&row, "leads",
        choices->out ? bw_web_settle_effect(c->settling, c->book, side->event, NULL)
                     : json_string(""));
    bw_web_set(&row, "again", json_boolean(again));
    bw_web_set(&row, "drop", bw_web_sentence(c->visit, again ? "u.again.b" : "u.drop.b"));
    bw_web_set(&row, "names", json_boolean(choices->is));
    bw_web_set(
        &row, "candidates", choices->is ? candidates_of(c, side->event) : json_array());
    return row;
}

static json_t *
side_row(const struct comparing *c, const struct bw_conflict_side *side, const char *id)
{
    const struct bw_person *person = side->person;
    json_t *row = json_object();
    bw_web_set(&row, "event", json_string(id));
    bw_web_set(&row, "kiosk",
        side->kiosk[0] != '\0'
            ? bw_web_text(side->kiosk)
            : bw_web_filled(c->visit, "u.kiosk",
                  json_pack("{s:I}", "device", (json_int_t)side->event.device)));
    bw_web_set(&row, "when",
        bw_web_when(c->visit, c->book->zone, BW_WEB_MOMENT_SHORT, side->wall_ms));
    bw_web_set(&row, "unsure", json_boolean(side->unsure));
    bw_web_set(&row, "how", how_of(c, side));
    bw_web_set(&row, "name",
        person != NULL ? bw_web_name(person->first_name, person->name) : json_string(""));
    bw_web_set(&row, "school", bw_web_text(person != NULL ? person->school : ""));
    bw_web_set(&row, "mail", bw_web_text(side->mail));
    bw_web_set(&row, "person", side->instead ? json_string("") : bw_web_code(side->code));
    return row;
}

static enum bw_status
add_side(struct comparing *c, struct bw_event_id event, bool first, struct bw_error *err)
{
    struct bw_conflict_side side;
    struct bw_office_ruling_choices choices = {.out = false};
    char id[BW_EVENT_ID_BYTES];
    bool again = !first && strcmp(c->conflict->kind, "double_entry") == 0;
    bw_conflicts_side_read(c->book, event, &side);
    enum bw_status status = bw_conflicts_is_of_kiosk(c->conflict)
                                ? BW_OK
                                : bw_office_rule_choices(c->visit->desk->office.central,
                                      event, &choices, err);
    if (status != BW_OK) {
        return status;
    }
    bw_event_id_format(event, id);
    json_t *row = side_row(c, &side, id);
    bw_web_add(&c->sides, decisions_of(c, row, &side, again, &choices));
    bw_web_add(&c->seen,
        json_pack("{s:s, s:b, s:b}", "event", id, "out", choices.out, "is", choices.is));
    c->decides = c->decides || choices.out || choices.is;
    return BW_OK;
}

/* Takes the sides. */
static json_t *
conflict_row(const struct comparing *c, int shown, size_t number)
{
    const struct bw_conflict *conflict = c->conflict;
    bool of_kiosk = bw_conflicts_is_of_kiosk(conflict);
    char heading[BW_LABEL_BYTES];
    json_t *row = json_object();
    (void)snprintf(heading, sizeof heading, "u.kind.%.24s", conflict->kind);
    bw_web_set(&row, "code", bw_web_text(c->book->session.code));
    bw_web_set(&row, "circle", bw_web_text(c->book->session.title));
    bw_web_set(&row, "what", bw_web_sentence(c->visit, heading));
    bw_web_set(&row, "text", bw_web_text(conflict->text));
    bw_web_set(&row, "id", json_integer((json_int_t)number));
    bw_web_set(&row, "of_kiosk", json_boolean(of_kiosk));
    bw_web_set(&row, "fixed", json_boolean(!of_kiosk && !c->decides));
    bw_web_set(&row, "decides", json_boolean(c->decides));
    bw_web_set(&row, "more", json_integer(conflict->events_count - shown));
    bw_web_set(&row, "sides", c->sides);
    return row;
}

static enum bw_status
add_conflict(struct bw_web_settling *settling, const struct bw_book *book,
    const struct bw_conflict *conflict, struct bw_error *err)
{
    int count = conflict->events_count;
    int shown = count < SIDES_SHOWN ? count : SIDES_SHOWN;
    struct comparing c = {.settling = settling,
        .visit = settling->visit,
        .book = book,
        .conflict = conflict,
        .sides = json_array(),
        .seen = json_array()};
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < shown; i++) {
        status = add_side(&c, conflict->events[i], i == 0, err);
    }
    if (status != BW_OK) {
        json_decref(c.sides);
        json_decref(c.seen);
        return status;
    }
    bw_web_picture_add(&settling->conflicts,
        conflict_row(&c, shown, json_array_size(settling->conflicts)),
        json_pack("{s:s, s:s, s:i, s:o}", "session", book->session.code, "kind",
            conflict->kind, "events", count, "sides", c.seen));
    return BW_OK;
}

enum bw_status
bw_web_settle_conflicts(struct bw_web_settling *settling,
    const struct bw_status_session *session, struct bw_error *err)
{
    struct bw_web_visit *visit = settling->visit;
    struct bw_book *book = NULL;
    struct bw_conflicts conflicts = {.count = 0};
    enum bw_status status =
        bw_book_open(visit->desk->office.central, session->session_no, NULL, &book, err);
    if (status == BW_OK) {
        status = bw_conflicts_find(book, visit->language, &conflicts, err);
    }
    for (int i = 0; status == BW_OK && i < conflicts.count; i++) {
        status = add_conflict(settling, book, &conflicts.items[i], err);
    }
    bw_conflicts_finish(&conflicts);
    bw_book_close(book);
    return status;
}

/* ---- what is decided ---- */

struct decision {
    bool out;
    char event[BW_EVENT_ID_BYTES];
    struct bw_event_id id;
    const char *whose; /* as somebody typed it; of the form */
};

static enum bw_status
no_such(struct bw_error *err)
{
    return bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
}

static enum bw_status
read_decision(
    const struct bw_web_visit *visit, struct decision *ret_decision, struct bw_error *err)
{
    const char *text = bw_web_request_sent(visit->request, "besluit");
    bool is = strncmp(text, "is ", 3) == 0;
    if (!is && strncmp(text, "uit ", 4) != 0) {
        return no_such(err);
    }
    text += is ? 3 : 4;
    size_t length = strcspn(text, " ");
    struct decision decision = {.out = !is, .whose = ""};
    char field[BW_EVENT_ID_BYTES + 8];
    if (length >= sizeof decision.event) {
        return no_such(err);
    }
    memcpy(decision.event, text, length);
    decision.event[length] = '\0';
    if (!bw_event_id_parse(decision.event, &decision.id)) {
        return no_such(err);
    }
    (void)snprintf(field, sizeof field, "wie-%s", decision.event);
    decision.whose = text[length] == ' ' ? text + length + 1
                                         : bw_web_request_sent(visit->request, field);
    *ret_decision = decision;
    return BW_OK;
}

void
bw_web_settle_mark(const struct bw_web_visit *visit, bool here, json_t *sides)
{
    struct decision decision = {.whose = ""};
    bool whose = here && visit->wrong.field != NULL &&
                 strcmp(visit->wrong.field, "wie") == 0 &&
                 read_decision(visit, &decision, NULL) == BW_OK;
    for (size_t i = 0; i < json_array_size(sides); i++) {
        json_t *side = json_array_get(sides, i);
        const char *event = json_string_value(json_object_get(side, "event"));
        char field[BW_EVENT_ID_BYTES + 8];
        (void)snprintf(field, sizeof field, "wie-%.*s", BW_EVENT_ID_BYTES,
            event != NULL ? event : "");
        (void)json_object_set_new(side, "typed_who",
            here ? bw_web_form_typed(visit, field, "") : json_string(""));
        (void)json_object_set_new(side, "wrong_who",
            json_string(whose && event != NULL && strcmp(event, decision.event) == 0
                            ? visit->wrong.text
                            : ""));
    }
}

/* Whether the row offers it. */
static const json_t *
side_of(const json_t *row, const struct decision *decision)
{
    const json_t *sides = json_object_get(row, "sides");
    for (size_t i = 0; i < json_array_size(sides); i++) {
        const json_t *side = json_array_get(sides, i);
        const char *event = json_string_value(json_object_get(side, "event"));
        if (event != NULL && strcmp(event, decision->event) == 0 &&
            json_is_true(json_object_get(side, decision->out ? "drops" : "names"))) {
            return side;
        }
    }
    return NULL;
}

enum bw_status
bw_web_settle_conflict(
    struct bw_web_visit *visit, const json_t *row, const char *why, struct bw_error *err)
{
    struct decision decision;
    const struct bw_office *office = &visit->desk->office;
    struct bw_office_registration whose;
    enum bw_status status = read_decision(visit, &decision, err);
    const json_t *side = status == BW_OK ? side_of(row, &decision) : NULL;
    if (status == BW_OK && side == NULL) {
        return no_such(err);
    }
    if (status == BW_OK && !decision.out && decision.whose[0] == '\0') {
        return bw_error_about(err,
            bw_error_set(
                err, BW_REFUSED, 0, "settling %s: say whose it is", decision.event),
            "whose");
    }
    if (status == BW_OK) {
        status = decision.out ? bw_office_rule_out(office, decision.id, why, err)
                              : bw_office_rule_is(office, decision.id, decision.whose,
                                    why, &whose, err);
    }
    if (status != BW_OK) {
        return status;
    }
    const struct bw_person *person = &whose.roster.person;
    bw_web_said(visit, decision.out ? "u.drop.said" : "u.is.said",
        json_pack("{s:O, s:O, s:o}", "kiosk", json_object_get(side, "kiosk"), "when",
            json_object_get(side, "when"), "name",
            decision.out ? json_string("")
                         : bw_web_name(person->first_name, person->name)),
        bw_web_picture_step(office, decision.event));
    return BW_OK;
}
