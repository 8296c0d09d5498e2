/* Uitzoeken: what kiosks saw that doesn't fit together, its records side by side, and
 * what the organiser says of one: settle.h. What can be said of it is asked of the verb
 * (office/ruling.h), what is likeliest of the report (conflict_advice.h). What comes
 * back stands in settle_decide.c. */
#include "web/page/settle/settle.h"

#include "office/ruling.h"
#include "report/book/book.h"
#include "report/conflict/conflict_side.h"
#include "report/conflict/conflicts.h"
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
    json_t *choices; /* what can be answered to it as a whole */
    struct bw_conflict_advice advice;
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

static json_t *
decisions_of(const struct comparing *c, json_t *row, const struct bw_conflict_side *side,
    const struct bw_office_ruling_choices *choices)
{
    bw_web_set(&row, "drops", json_boolean(choices->out));
    bw_web_set(&row, "leads",
        choices->out ? bw_web_settle_effect(
                           c->settling, c->book, BW_CONFLICT_OUT, side->event, NULL)
                     : json_string(""));
    bw_web_set(&row, "names", json_boolean(choices->is));
    return row;
}

/* "Niet gehoord van 13.12 tot 13.20 uur": why others didn't know of it. */
static json_t *
silence_of(const struct comparing *c, const struct bw_conflict_side *side)
{
    return side->came_ms == 0 ? json_string("")
                              : bw_web_filled(c->visit, "u.silent",
                                    json_pack("{s:o, s:o}", "from",
                                        bw_web_when(c->visit, c->book->zone,
                                            BW_WEB_MOMENT_SHORT, side->wall_ms),
                                        "to",
                                        bw_web_when(c->visit, c->book->zone,
                                            BW_WEB_MOMENT_SHORT, side->came_ms)));
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
    bw_web_set(&row, "silent", silence_of(c, side));
    bw_web_set(&row, "unaware",
        json_boolean(bw_conflicts_side_is_unaware(c->book, c->conflict, side)));
    bw_web_set(&row, "how", how_of(c, side));
    bw_web_set(&row, "name",
        person != NULL ? bw_web_name(person->first_name, person->name) : json_string(""));
    bw_web_set(&row, "school", bw_web_text(person != NULL ? person->school : ""));
    bw_web_set(&row, "mail", bw_web_text(side->mail));
    bw_web_set(&row, "person", side->instead ? json_string("") : bw_web_code(side->code));
    return row;
}

static enum bw_status
add_side(struct comparing *c, struct bw_event_id event, struct bw_error *err)
{
    struct bw_conflict_side side;
    struct bw_office_ruling_choices choices = {.out = false};
    char id[BW_EVENT_ID_BYTES];
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
    bw_web_add(&c->sides, decisions_of(c, row, &side, &choices));
    bw_web_add(&c->seen,
        json_pack("{s:s, s:b, s:b}", "event", id, "out", choices.out, "is", choices.is));
    c->decides = c->decides || choices.out || choices.is;
    return BW_OK;
}

static json_t *
whose_name(const struct comparing *c, bw_code code)
{
    const struct bw_book_person *owner = bw_book_person_of(c->book, code);
    return owner != NULL ? bw_web_name(owner->registration.person.first_name,
                               owner->registration.person.name)
                         : bw_web_code(code);
}

/* Of which kind of answer to which conflict: "u.out.twice", else "u.out.c". */
static json_t *
label_of(const struct comparing *c, const struct bw_conflict_choice *choice)
{
    static const char *const names[] = {[BW_CONFLICT_STANDS] = "stands",
        [BW_CONFLICT_OUT] = "out",
        [BW_CONFLICT_IS] = "is",
        [BW_CONFLICT_OTHER] = "other",
        [BW_CONFLICT_UNKNOWN] = "unknown"};
    char key[BW_LABEL_BYTES];
    struct bw_conflict_side side;
    bw_conflicts_side_read(c->book, choice->event, &side);
    bool seen = choice->answer == BW_CONFLICT_STANDS;
    const char *kind = !seen                                            ? "c"
                       : strcmp(c->conflict->kind, "double_entry") == 0 ? "again"
                       : strcmp(c->conflict->kind, "twice") == 0        ? "two"
                       : c->advice.reason == BW_CONFLICT_SEEN           ? "seen"
                                                                        : "came";
    (void)snprintf(key, sizeof key, "u.c.%s.%s", names[choice->answer], kind);
    return bw_web_filled(c->visit, key,
        json_pack("{s:o, s:s, s:s}", "name",
            choice->answer == BW_CONFLICT_IS ? whose_name(c, choice->code)
            : side.person != NULL
                ? bw_web_name(side.person->first_name, side.person->name)
                : bw_web_code(side.code),
            "kiosk", side.kiosk, "circle",
            side.title != NULL ? side.title : c->book->session.title));
}

static json_t *
value_of(const struct bw_conflict_choice *choice)
{
    char event[BW_EVENT_ID_BYTES], code[BW_CODE_SHOWN_BYTES], value[DECISION_BYTES];
    bw_event_id_format(choice->event, event);
    switch (choice->answer) {
    case BW_CONFLICT_STANDS:
        return json_string("klopt");
    case BW_CONFLICT_UNKNOWN:
        return json_string("weet-niet");
    case BW_CONFLICT_OUT:
        (void)snprintf(value, sizeof value, "uit %s", event);
        break;
    case BW_CONFLICT_OTHER:
        (void)snprintf(value, sizeof value, "ander %s", event);
        break;
    case BW_CONFLICT_IS:
        bw_code_format_shown(choice->code, code);
        (void)snprintf(value, sizeof value, "is %s %s", event, code);
        break;
    }
    return json_string(value);
}

/* What the verbs would take of it. */
static enum bw_status
may_choose(const struct comparing *c, const struct bw_conflict_choice *choice,
    bool *ret_may, struct bw_error *err)
{
    struct bw_office_ruling_choices may = {.out = false};
    *ret_may =
        choice->answer == BW_CONFLICT_STANDS || choice->answer == BW_CONFLICT_UNKNOWN;
    if (*ret_may) {
        return BW_OK;
    }
    enum bw_status status =
        bw_office_rule_choices(c->visit->desk->office.central, choice->event, &may, err);
    *ret_may = choice->answer == BW_CONFLICT_OUT  ? may.out
               : choice->answer == BW_CONFLICT_IS ? may.is
                                                  : may.other;
    return status;
}

/* Three at most, each with the figure that it leads to; one is chosen beforehand. */
static enum bw_status
add_choices(struct comparing *c, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    bw_conflicts_advise(c->book, c->conflict, &c->advice);
    for (int i = 0; status == BW_OK && i < c->advice.count; i++) {
        const struct bw_conflict_choice *choice = &c->advice.choices[i];
        char code[BW_CODE_SHOWN_BYTES] = "";
        bool may = false;
        status = may_choose(c, choice, &may, err);
        if (status != BW_OK || !may) {
            continue;
        }
        if (choice->answer == BW_CONFLICT_IS) {
            bw_code_format_shown(choice->code, code);
        }
        json_t *row = json_object();
        bw_web_set(&row, "value", value_of(choice));
        bw_web_set(&row, "label", label_of(c, choice));
        bw_web_set(&row, "leads",
            choice->answer == BW_CONFLICT_UNKNOWN
                ? bw_web_sentence(c->visit, "u.unknown.leads")
                : bw_web_settle_effect(
                      c->settling, c->book, choice->answer, choice->event, code));
        bw_web_set(&row, "chosen", json_boolean(i == c->advice.suggested));
        bw_web_add(&c->choices, row);
    }
    return status;
}

/* "Ons voorstel: dezelfde mens", and why. */
static void
set_advice(const struct comparing *c, json_t **row)
{
    static const char *const reasons[] = {[BW_CONFLICT_WENT_OUT] = "u.why.went_out",
        [BW_CONFLICT_TWO_SCANS] = "u.why.two_scans",
        [BW_CONFLICT_TWO_DOORS] = "u.why.two_doors",
        [BW_CONFLICT_CLOCK] = "u.why.clock",
        [BW_CONFLICT_SAME_NAME] = "u.why.same_name",
        [BW_CONFLICT_TWO_PLACES] = "u.why.two_places",
        [BW_CONFLICT_CAME] = "u.why.came",
        [BW_CONFLICT_SEEN] = "u.why.seen",
        [BW_CONFLICT_ASK] = "u.why.ask"};
    bw_web_set(row, "advice", label_of(c, &c->advice.choices[c->advice.suggested]));
    bw_web_set(row, "reason",
        bw_web_filled(c->visit, reasons[c->advice.reason],
            json_pack("{s:I}", "minutes", (json_int_t)c->advice.minutes)));
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
    bw_web_set(&row, "decides", json_boolean(c->decides));
    bw_web_set(&row, "more", json_integer(conflict->events_count - shown));
    bw_web_set(&row, "sides", c->sides);
    bw_web_set(&row, "choices", c->choices);
    bw_web_set(&row, "session_no", json_integer(c->book->session.session_no));
    bw_web_set(&row, "number", json_integer(bw_conflicts_kind_number(conflict->kind)));
    set_advice(c, &row);
    return row;
}

/* All of them, for who answers it as a whole. */
static json_t *
events_of(const struct bw_conflict *conflict)
{
    json_t *list = json_array();
    for (int i = 0; i < conflict->events_count; i++) {
        char event[BW_EVENT_ID_BYTES];
        bw_event_id_format(conflict->events[i], event);
        bw_web_add(&list, json_string(event));
    }
    return list;
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
        .seen = json_array(),
        .choices = json_array()};
    enum bw_status status = add_choices(&c, err);
    for (int i = 0; status == BW_OK && i < shown; i++) {
        status = add_side(&c, conflict->events[i], err);
    }
    if (status != BW_OK) {
        json_decref(c.sides);
        json_decref(c.seen);
        json_decref(c.choices);
        return status;
    }
    json_t *row = conflict_row(&c, shown, json_array_size(settling->conflicts));
    bw_web_set(&row, "events", events_of(conflict));
    bw_web_picture_add(&settling->conflicts, row,
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
