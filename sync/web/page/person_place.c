/* A person's place goes elsewhere: /mens/CODE/verplaats. Which circles there are and what
 * each would be is asked of the verb itself, on the connection that keeps nothing (WD2);
 * so is what the chosen one changes.
 *
 *   Persoon --> circles, the first chosen, its picture
 *                 |  another chosen: its picture
 *                 '--"beeld" fits--> done, said, undo offered
 */
#include "central/records.h"
#include "office/place/move.h"
#include "web/form.h"
#include "web/page/circles.h"
#include "web/page/pages.h"
#include "web/page/people.h"
#include "web/page/picture.h"

#include <string.h>

static const struct bw_web_form moving_form = {bw_web_page_person, {{NULL}}};

struct moving {
    struct bw_web_visit *visit;
    const char *code;   /* of the address */
    const char *wanted; /* the session's code; "" where nobody chose yet */
    struct bw_office_registration who;
    struct bw_session from;
    struct bw_place_move picture; /* of the chosen one */
    bool chosen;
};

/* ---- the circles ---- */

static json_t *
choice_of(const struct moving *m, const struct bw_web_circles *circles, size_t i,
    const struct bw_place_move *move)
{
    json_t *row = bw_web_circle_row(m->visit, circles, i);
    json_t *values = json_pack("{s:I, s:I}", "n", (json_int_t)move->number, "free",
        (json_int_t)json_integer_value(json_object_get(row, "free")));
    bw_web_set(&row, "places", json_boolean(move->number == 0));
    bw_web_set(&row, "does",
        bw_web_filled(m->visit, move->number == 0 ? "mv.gets" : "mv.waits", values));
    return row;
}

/* Those that would take them: with a place first, else by day. */
static enum bw_status
add_choices(struct moving *m, const struct bw_web_circles *circles, bool with_place,
    json_t **inout_list, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < circles->figures.sessions_count; i++) {
        const struct bw_session *session = &circles->sessions[i];
        struct bw_place_move move;
        if (strcmp(session->series, m->from.series) != 0 ||
            session->session_no == m->from.session_no ||
            bw_session_state_is_over(circles->figures.sessions[i].state)) {
            continue;
        }
        status = bw_place_move(
            &m->visit->desk->preview, m->code, session->code, "", &move, err);
        if (status == BW_REFUSED) { /* that one doesn't: others may */
            status = BW_OK;
            continue;
        }
        if (status == BW_OK && (move.number == 0) == with_place) {
            bool first = m->wanted[0] == '\0' && !m->chosen;
            if (first || strcmp(m->wanted, session->code) == 0) {
                m->picture = move;
                m->chosen = true;
                first = true;
            }
            json_t *row = choice_of(m, circles, i, &move);
            bw_web_set(&row, "chosen", json_boolean(first));
            bw_web_add(inout_list, row);
        }
    }
    return status;
}

static enum bw_status
read_choices(struct moving *m, json_t **ret_list, struct bw_error *err)
{
    struct bw_web_circles circles = {.sessions = NULL};
    json_t *list = json_array();
    enum bw_status status = bw_web_circles_read(m->visit, &circles, err);
    for (int with_place = 1; status == BW_OK && with_place >= 0; with_place--) {
        status = add_choices(m, &circles, with_place == 1, &list, err);
    }
    bw_web_circles_finish(&circles);
    *ret_list = list;
    return status;
}

/* ---- what it would do ---- */

static void
add_effect(const struct moving *m, json_t **list, const char *key, const char *next)
{
    bw_web_add(list, json_pack("{s:o}", "text",
                         bw_web_filled(m->visit, key,
                             json_pack("{s:s, s:s, s:s}", "k", m->from.title, "to",
                                 m->picture.to_session.title, "next", next))));
}

static json_t *
effects_of(const struct moving *m)
{
    const struct bw_place_move *move = &m->picture;
    const struct bw_person *person = &move->next.roster.person;
    json_t *list = json_array();
    json_t *next = bw_web_name(person->first_name, person->name);
    bool waits = move->next.roster.code != BW_CODE_NONE;
    if (move->before == BW_WAITLISTED) {
        add_effect(m, &list, "mv.turn", "");
    } else if (move->frees) {
        add_effect(m, &list, waits ? "mv.frees.next" : "mv.frees",
            waits && next != NULL ? json_string_value(next) : "");
    }
    add_effect(m, &list, "mv.ticket", "");
    add_effect(m, &list, move->number == 0 ? "mv.mail" : "mv.mail.waits", "");
    add_effect(m, &list, "mv.undo", "");
    json_decref(next);
    return list;
}

/* What who confirms it has seen: not the code, which is drawn anew each time. */
static json_t *
seen_of(const struct moving *m)
{
    const struct bw_place_move *move = &m->picture;
    return json_pack("{s:s, s:s, s:I, s:I, s:b, s:I}", "from", move->from.session_code,
        "to", move->to_session.code, "before", (json_int_t)move->before, "number",
        (json_int_t)move->number, "frees", move->frees, "next",
        (json_int_t)move->next.roster.code);
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

static enum bw_status
show(const struct moving *m, json_t *choices, const char *digest, struct bw_error *err)
{
    const struct bw_web_request *request = m->visit->request;
    const struct bw_person *person = &m->who.roster.person;
    json_t *model = json_object();
    bw_web_set(&model, "name", bw_web_name(person->first_name, person->name));
    bw_web_set(&model, "heading",
        bw_web_filled(m->visit, "mv.h",
            json_pack("{s:o}", "name", bw_web_name(person->first_name, person->name))));
    bw_web_set(&model, "here_code", bw_web_text(m->code));
    bw_web_set(&model, "at_present", now_of(m));
    /* another choice is no news from somebody else */
    bw_web_set(&model, "stale",
        json_boolean(m->chosen && bw_web_request_sent(request, "beeld")[0] != '\0' &&
                     strcmp(bw_web_request_sent(request, "gezien"),
                         m->picture.to_session.code) == 0 &&
                     bw_web_request_sent(request, "kijk")[0] == '\0'));
    bw_web_set(&model, "choices", choices);
    bw_web_set(&model, "chosen_circle", json_boolean(m->chosen));
    if (m->chosen) {
        bw_web_set(&model, "seen", bw_web_text(m->picture.to_session.code));
        bw_web_set(&model, "picture", json_string(digest));
        bw_web_set(&model, "button",
            bw_web_filled(
                m->visit, "mv.b", json_pack("{s:s}", "to", m->picture.to_session.title)));
        bw_web_set(&model, "effects", effects_of(m));
    }
    return bw_web_show(m->visit, "person_move", model, err);
}

/* ---- the page ---- */

static enum bw_status
carry_out(const struct moving *m, struct bw_error *err)
{
    struct bw_web_desk *desk = m->visit->desk;
    struct bw_place_move move;
    enum bw_status status =
        bw_place_move(&desk->office, m->code, m->wanted, "", &move, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_person *person = &move.to.roster.person;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(move.from.roster.code, shown); /* it stays when this is undone */
    desk->changed = true;
    bw_web_said(m->visit, move.number == 0 ? "mv.said" : "mv.said.waits",
        json_pack("{s:o, s:s, s:I}", "name",
            bw_web_name(person->first_name, person->name), "k", move.to_session.title,
            "number", (json_int_t)move.number),
        bw_web_picture_newest(&desk->office, "move"));
    bw_web_go(m->visit, "/mens/%s", shown);
    return BW_OK;
}

static enum bw_status
look_then_do(struct moving *m, struct bw_error *err)
{
    const struct bw_web_request *request = m->visit->request;
    const char *seen = bw_web_request_sent(request, "beeld");
    char digest[BW_WEB_KEY_BYTES] = "";
    json_t *choices = NULL;
    enum bw_status status = read_choices(m, &choices, err);
    if (status == BW_OK && m->chosen) {
        json_t *picture = seen_of(m);
        status = bw_web_picture_digest(picture, digest, err);
        json_decref(picture);
    }
    bool fits = status == BW_OK && m->chosen && m->wanted[0] != '\0' &&
                strcmp(seen, digest) == 0 &&
                bw_web_request_sent(request, "kijk")[0] == '\0';
    if (status == BW_OK && !fits) {
        return show(m, choices, digest, err);
    }
    json_decref(choices);
    return status == BW_OK ? carry_out(m, err) : status;
}

enum bw_status
bw_web_page_person_place(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_central *central = visit->desk->office.central;
    struct moving m = {.visit = visit,
        .code = visit->request->segments[1],
        .wanted = bw_web_request_sent(visit->request, "naar")};
    if (strcmp(visit->request->segments[2], "collega") == 0) {
        return bw_web_page_person_colleague(visit, err);
    }
    if (strcmp(visit->request->segments[2], "verplaats") != 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "looking for a page: there is none");
    }
    visit->form =
        bw_web_request_sent(visit->request, "beeld")[0] != '\0' ? &moving_form : NULL;
    enum bw_status status = bw_office_registration_by_code(central, m.code, &m.who, err);
    if (status == BW_OK) {
        status =
            bw_record_session_by_number(central, m.who.roster.session_no, &m.from, err);
    }
    return status == BW_OK ? look_then_do(&m, err) : status;
}
