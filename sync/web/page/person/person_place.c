/* People go to another circle: one from /mens/CODE/verplaats, several who were ticked in
 * Kring from /kring/CODE. Which circles there are and what each would be is asked of the
 * verb itself, on the connection that keeps nothing (WD2); so is what the chosen one
 * changes. Several are one step of the verb, and are taken back as one.
 *
 *   Persoon or Kring --> circles, the first chosen, its picture
 *                          |  another chosen: its picture
 *                          '--"beeld" fits--> done, said, undo offered
 */
#include "central/records.h"
#include "office/place/move.h"
#include "web/desk/form.h"
#include "web/page/part/circles.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"
#include "web/page/part/stale.h"

#include <stdlib.h>
#include <string.h>

static const struct bw_web_form one_form = {bw_web_page_person, {{NULL, NULL, NULL}}};
static const struct bw_web_form several_form = {bw_web_page_circle, {{NULL, NULL, NULL}}};

struct moving {
    struct bw_web_visit *visit;
    const char *codes[BW_PLACE_MOVES_MAX]; /* of the address, or of the form */
    size_t count;
    bool several;                      /* the form of Kring */
    const char *wanted;                /* the session's code; "" where nobody chose yet */
    struct bw_office_registration who; /* the first of them */
    struct bw_session from;
    struct bw_place_move *moves; /* room for each, of the last circle; owned */
    char chosen[BW_LABEL_BYTES]; /* the session's code; "": there is none */
};

/* ---- the circles ---- */

/* What moving all of them to a circle would come to. */
struct destination {
    size_t circle; /* of bw_web_circles */
    size_t placed;
    int64_t number; /* of the first who would wait there */
};

static size_t
placed_of(const struct moving *m)
{
    size_t placed = 0;
    for (size_t i = 0; i < m->count; i++) {
        placed += m->moves[i].number == 0;
    }
    return placed;
}

static int64_t
number_of(const struct moving *m)
{
    for (size_t i = 0; i < m->count; i++) {
        if (m->moves[i].number > 0) {
            return m->moves[i].number;
        }
    }
    return 0;
}

static enum bw_status
ask(struct moving *m, const struct bw_office *office, const char *session,
    struct bw_error *err)
{
    return bw_place_move_all(office, m->codes, m->count, session, "", m->moves, err);
}

/* Of each circle that would take them. */
static enum bw_status
find_destinations(struct moving *m, const struct bw_web_circles *circles,
    struct destination *list, size_t *ret_count, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    size_t count = 0;
    for (size_t i = 0; status == BW_OK && i < circles->figures.sessions_count; i++) {
        const struct bw_session *session = &circles->sessions[i];
        if (strcmp(session->series, m->from.series) != 0 ||
            session->session_no == m->from.session_no ||
            bw_session_state_is_over(circles->figures.sessions[i].state)) {
            continue;
        }
        status = ask(m, &m->visit->desk->preview, session->code, err);
        if (status == BW_REFUSED) { /* that one doesn't: others may */
            status = BW_OK;
        } else if (status == BW_OK) {
            list[count++] = (struct destination){i, placed_of(m), number_of(m)};
        }
    }
    *ret_count = count;
    return status;
}

/* Most places first, else by day. */
static int
by_places(const void *left, const void *right)
{
    const struct destination *a = left, *b = right;
    return a->placed != b->placed ? (a->placed > b->placed ? -1 : 1)
                                  : (a->circle > b->circle) - (a->circle < b->circle);
}

static json_t *
choice_of(const struct moving *m, const struct bw_web_circles *circles,
    const struct destination *to)
{
    json_t *row = bw_web_circle_row(m->visit, circles, to->circle);
    size_t wait = m->count - to->placed;
    const char *key = m->count > 1     ? (wait == 0           ? "mv.gets.n"
                                             : to->placed > 0 ? "mv.part.n"
                                                              : "mv.waits.n")
                      : to->placed > 0 ? "mv.gets"
                                       : "mv.waits";
    json_t *values = json_pack("{s:I, s:I, s:I}", "n",
        m->count > 1 ? (json_int_t)wait : (json_int_t)to->number, "placed",
        (json_int_t)to->placed, "free",
        (json_int_t)json_integer_value(json_object_get(row, "free")));
    const char *code = circles->sessions[to->circle].code;
    bw_web_set(&row, "does", bw_web_filled(m->visit, key, values));
    bw_web_set(&row, "chosen", json_boolean(strcmp(code, m->chosen) == 0));
    return row;
}

/* Whose is wanted, else the first. */
static void
choose(struct moving *m, const struct bw_web_circles *circles,
    const struct destination *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *code = circles->sessions[list[i].circle].code;
        if ((m->wanted[0] == '\0' && i == 0) || strcmp(m->wanted, code) == 0) {
            bw_text_copy(m->chosen, sizeof m->chosen, code);
        }
    }
}

/* The choices, and the moves of the chosen one. */
static enum bw_status
read_choices(struct moving *m, json_t **ret_list, struct bw_error *err)
{
    struct bw_web_circles circles = {.sessions = NULL};
    struct destination *list = NULL;
    size_t count = 0;
    enum bw_status status = bw_web_circles_read(m->visit, &circles, err);
    if (status == BW_OK) {
        list = calloc(circles.figures.sessions_count + 1, sizeof *list);
        status = list != NULL
                     ? find_destinations(m, &circles, list, &count, err)
                     : bw_error_set(err, BW_NO_MEMORY, 0, "listing circles: no memory");
    }
    if (status == BW_OK) {
        qsort(list, count, sizeof *list, by_places);
        choose(m, &circles, list, count);
        *ret_list = json_array();
        for (size_t i = 0; i < count; i++) {
            bw_web_add(ret_list, choice_of(m, &circles, &list[i]));
        }
    }
    free(list);
    bw_web_circles_finish(&circles);
    return status == BW_OK && m->chosen[0] != '\0'
               ? ask(m, &m->visit->desk->preview, m->chosen, err)
               : status;
}

/* ---- what it would do ---- */

static void
add_effect(
    const struct moving *m, json_t **list, const char *key, const char *next, size_t n)
{
    bw_web_add(list,
        json_pack("{s:o}", "text",
            bw_web_filled(m->visit, key,
                json_pack("{s:s, s:s, s:s, s:I}", "k", m->from.title, "to",
                    m->moves[0].to_session.title, "next", next, "n", (json_int_t)n))));
}

static json_t *
effects_of(const struct moving *m)
{
    const struct bw_place_move *last = &m->moves[m->count - 1];
    const struct bw_person *person = &last->next.roster.person;
    json_t *list = json_array();
    json_t *next = bw_web_name(person->first_name, person->name);
    bool waits = last->next.roster.code != BW_CODE_NONE;
    size_t turns = 0, freed = 0, placed = placed_of(m);
    for (size_t i = 0; i < m->count; i++) {
        turns += m->moves[i].before == BW_WAITLISTED;
        freed += m->moves[i].frees;
    }
    if (turns > 0) {
        add_effect(m, &list, "mv.turn", "", turns);
    }
    if (freed > 0) {
        add_effect(m, &list, waits ? "mv.frees.next" : "mv.frees",
            waits && next != NULL ? json_string_value(next) : "", freed);
    }
    add_effect(m, &list, "mv.ticket", "", m->count);
    if (placed > 0) {
        add_effect(m, &list, "mv.mail", "", placed);
    }
    if (placed < m->count) {
        add_effect(m, &list, "mv.mail.waits", "", m->count - placed);
    }
    add_effect(m, &list, "mv.undo", "", m->count);
    json_decref(next);
    return list;
}

/* Who they are, and what each comes to. */
static json_t *
people_of(const struct moving *m)
{
    json_t *list = json_array();
    for (size_t i = 0; i < m->count; i++) {
        const struct bw_registration *from = &m->moves[i].from.roster;
        json_t *row = json_object();
        bw_web_set(&row, "person", bw_web_code(from->code));
        bw_web_set(&row, "name", bw_web_name(from->person.first_name, from->person.name));
        bw_web_set(&row, "school", bw_web_text(from->person.school));
        bw_web_set(&row, "after",
            bw_web_filled(m->visit,
                m->moves[i].number > 0 ? "mv.row.waits" : "status.confirmed",
                json_pack("{s:I}", "number", (json_int_t)m->moves[i].number)));
        bw_web_add(&list, row);
    }
    return list;
}

/* What who confirms it has seen: not the new codes, which are drawn anew each time. */
static json_t *
seen_of(const struct moving *m)
{
    json_t *list = json_array();
    for (size_t i = 0; i < m->count; i++) {
        const struct bw_place_move *move = &m->moves[i];
        bw_web_add(
            &list, json_pack("{s:I, s:s, s:s, s:I, s:I, s:b, s:I}", "who",
                       (json_int_t)move->from.roster.code, "from",
                       move->from.session_code, "to", move->to_session.code, "before",
                       (json_int_t)move->before, "number", (json_int_t)move->number,
                       "frees", move->frees, "next", (json_int_t)move->next.roster.code));
    }
    return list;
}

/* "Nu: plek in Leerkring Zwolle, di 25 maart" */
static json_t *
now_of(const struct moving *m)
{
    struct bw_zone *zone = bw_web_zone_of(m->visit, &m->from);
    json_t *day = bw_web_when(m->visit, zone, BW_WEB_MOMENT_DAY, m->from.starts_ms);
    json_t *now = bw_web_filled(m->visit,
        m->who.roster.status == BW_CONFIRMED ? "mv.now.place" : "mv.now.turn",
        json_pack("{s:s, s:o}", "k", m->from.title, "day", day));
    bw_web_zone_close(m->visit, zone);
    return now;
}

static void
add_picture(const struct moving *m, const char *digest, json_t **model)
{
    bw_web_set(model, "seen", bw_web_text(m->chosen));
    bw_web_set(model, "picture", json_string(digest));
    bw_web_set(model, "button",
        bw_web_filled(
            m->visit, "mv.b", json_pack("{s:s}", "to", m->moves[0].to_session.title)));
    bw_web_set(model, "effects", effects_of(m));
    bw_web_set(model, "people", m->several ? people_of(m) : json_array());
}

static enum bw_status
show(const struct moving *m, json_t *choices, const char *digest, struct bw_error *err)
{
    const struct bw_web_request *request = m->visit->request;
    const struct bw_person *person = &m->who.roster.person;
    json_t *model = json_object();
    bw_web_set(&model, "name", bw_web_name(person->first_name, person->name));
    bw_web_set(&model, "heading",
        bw_web_filled(m->visit, m->several ? "mv.h.n" : "mv.h",
            json_pack("{s:o, s:I}", "name", bw_web_name(person->first_name, person->name),
                "n", (json_int_t)m->count)));
    bw_web_set(&model, "one", json_boolean(!m->several));
    bw_web_set(&model, "here_code", bw_web_text(m->codes[0]));
    bw_web_set(&model, "circle", bw_web_text(m->from.title));
    bw_web_set(&model, "circle_code", bw_web_text(m->from.code));
    bw_web_set(&model, "here_list", bw_web_text(bw_web_request_sent(request, "lijst")));
    bw_web_set(&model, "at_present", now_of(m));
    /* another choice is no news from somebody else */
    bw_web_set(&model, "stale",
        bw_web_stale(m->visit,
            m->chosen[0] != '\0' && bw_web_request_sent(request, "beeld")[0] != '\0' &&
                strcmp(bw_web_request_sent(request, "gezien"), m->chosen) == 0 &&
                bw_web_request_sent(request, "kijk")[0] == '\0',
            "er.stale.p"));
    bw_web_set(&model, "choices", choices);
    bw_web_set(&model, "chosen_circle", json_boolean(m->chosen[0] != '\0'));
    if (m->chosen[0] != '\0') {
        add_picture(m, digest, &model);
    }
    return bw_web_show(m->visit, "person_move", model, err);
}

/* ---- the page ---- */

static void
say_done(const struct moving *m)
{
    const struct bw_place_move *move = &m->moves[0];
    const struct bw_person *person = &move->to.roster.person;
    size_t waits = m->count - placed_of(m);
    const char *key = !m->several ? (waits > 0 ? "mv.said.waits" : "mv.said")
                      : waits > 0 ? "mv.said.n.waits"
                                  : "mv.said.n";
    bw_web_said(m->visit, key,
        json_pack("{s:o, s:s, s:I, s:I, s:I}", "name",
            bw_web_name(person->first_name, person->name), "k", move->to_session.title,
            "number", (json_int_t)move->number, "n", (json_int_t)m->count, "waits",
            (json_int_t)waits),
        bw_web_picture_newest(&m->visit->desk->office, "move"));
}

static enum bw_status
carry_out(struct moving *m, struct bw_error *err)
{
    struct bw_web_desk *desk = m->visit->desk;
    enum bw_status status = ask(m, &desk->office, m->wanted, err);
    if (status != BW_OK) {
        return status;
    }
    char shown[BW_CODE_SHOWN_BYTES], circle[BW_LABEL_BYTES * 3];
    bw_code_format_shown(m->moves[0].from.roster.code, shown); /* stays when undone */
    bw_web_encode(m->from.code, circle, sizeof circle);
    desk->changed = true;
    say_done(m);
    if (m->several) {
        bw_web_go(m->visit, "/kring/%s", circle);
    } else {
        bw_web_go(m->visit, "/mens/%s", shown);
    }
    return BW_OK;
}

static enum bw_status
look_then_do(struct moving *m, struct bw_error *err)
{
    const struct bw_web_request *request = m->visit->request;
    const char *seen = bw_web_request_sent(request, "beeld");
    char digest[BW_WEB_KEY_BYTES] = "";
    json_t *choices = NULL;
    bool chosen = false;
    enum bw_status status = read_choices(m, &choices, err);
    if (status == BW_OK && m->chosen[0] != '\0') {
        json_t *picture = seen_of(m);
        chosen = true;
        status = bw_web_picture_digest(picture, digest, err);
        json_decref(picture);
    }
    bool fits = status == BW_OK && chosen && m->wanted[0] != '\0' &&
                strcmp(seen, digest) == 0 &&
                bw_web_request_sent(request, "kijk")[0] == '\0';
    if (status == BW_OK && !fits) {
        return show(m, choices, digest, err);
    }
    json_decref(choices);
    return status == BW_OK ? carry_out(m, err) : status;
}

/* Who, and from where; then all of it. */
static enum bw_status
move_them(struct moving *m, struct bw_error *err)
{
    struct bw_central *central = m->visit->desk->office.central;
    enum bw_status status =
        bw_office_registration_by_code(central, m->codes[0], &m->who, err);
    if (status == BW_OK) {
        status =
            bw_record_session_by_number(central, m->who.roster.session_no, &m->from, err);
    }
    if (status == BW_OK) {
        m->moves = calloc(m->count, sizeof *m->moves);
        status = m->moves != NULL
                     ? look_then_do(m, err)
                     : bw_error_set(err, BW_NO_MEMORY, 0, "moving people: no memory");
    }
    free(m->moves);
    return status;
}

enum bw_status
bw_web_page_people_place(struct bw_web_visit *visit, struct bw_error *err)
{
    struct moving m = {.visit = visit,
        .several = true,
        .wanted = bw_web_request_sent(visit->request, "naar")};
    const char *ticked = bw_web_form_ticked(visit->request, "mens");
    visit->form = &several_form;
    for (size_t i = 0; i < visit->request->fields_count; i++) {
        const struct bw_web_field *field = &visit->request->fields[i];
        if (!field->of_form || strcmp(field->name, ticked) != 0) {
            continue;
        }
        if (m.count == BW_PLACE_MOVES_MAX) {
            return bw_error_set(err, BW_REFUSED, 0,
                "moving people: at most %d at once; choose fewer", BW_PLACE_MOVES_MAX);
        }
        m.codes[m.count++] = field->value;
    }
    if (m.count == 0) {
        char circle[BW_LABEL_BYTES * 3];
        bw_web_encode(visit->request->segments[1], circle, sizeof circle);
        bw_web_said(visit, "deed.nobody", json_object(), 0);
        bw_web_go(visit, "/kring/%s", circle);
        return BW_OK;
    }
    return move_them(&m, err);
}

enum bw_status
bw_web_page_person_place(struct bw_web_visit *visit, struct bw_error *err)
{
    struct moving m = {.visit = visit,
        .codes = {visit->request->segments[1]},
        .count = 1,
        .wanted = bw_web_request_sent(visit->request, "naar")};
    if (strcmp(visit->request->segments[2], "collega") == 0) {
        return bw_web_page_person_colleague(visit, err);
    }
    if (strcmp(visit->request->segments[2], "samen") == 0) {
        return bw_web_page_person_join(visit, err);
    }
    if (strcmp(visit->request->segments[2], "gegevens") == 0) {
        return bw_web_page_person_correct(visit, err);
    }
    if (strcmp(visit->request->segments[2], "verplaats") != 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "looking for a page: there is none");
    }
    visit->form =
        bw_web_request_sent(visit->request, "beeld")[0] != '\0' ? &one_form : NULL;
    return move_them(&m, err);
}
