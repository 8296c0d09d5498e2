/* Uitzoeken: what the organiser says of a conflict is done: settle.h. The form sends
 *
 *   besluit = "klopt"               it is right as it stands
 *             "weet-niet"           nobody knows
 *             "ander 3-17"          somebody else came with that ticket
 *             "uit 3-17"            that arrival doesn't stand
 *             "is 3-17 K7QM-2XRD"   it is theirs
 *             "is 3-17"             it is theirs who is named in the field wie-3-17 */
#include "web/page/settle/settle.h"

#include "office/ruling.h"
#include "web/desk/form.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Of one arrival: it doesn't stand, or whose it is. */
static enum bw_status
settle_entry(
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

/* One of the choices that the page has for it. */
static bool
is_offered(const json_t *row, const char *value)
{
    const json_t *choices = json_object_get(row, "choices");
    for (size_t i = 0; i < json_array_size(choices); i++) {
        const json_t *choice = json_array_get(choices, i);
        const char *offered = json_string_value(json_object_get(choice, "value"));
        if (offered != NULL && strcmp(offered, value) == 0) {
            return true;
        }
    }
    return false;
}

/* It is right as it stands, or nobody knows. */
static enum bw_status
answer_whole(struct bw_web_visit *visit, const json_t *row, bool stands, const char *why,
    struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    const json_t *listed = json_object_get(row, "events");
    size_t count = json_array_size(listed);
    struct bw_event_id *events = calloc(count + 1, sizeof *events);
    if (events == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "settling a conflict: no memory");
    }
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(listed, i));
        (void)bw_event_id_parse(text != NULL ? text : "", &events[i]);
    }
    const struct bw_office_conflict conflict = {
        (uint32_t)json_integer_value(json_object_get(row, "session_no")),
        (int)json_integer_value(json_object_get(row, "number")), events, count};
    enum bw_status status = bw_office_rule_conflict(office, &conflict,
        stands ? BW_OFFICE_RULING_STANDS : BW_OFFICE_RULING_UNKNOWN, why, err);
    free(events);
    if (status == BW_OK) {
        bw_web_said(visit, stands ? "u.stands.said" : "u.unknown.said",
            json_pack("{s:O}", "what", json_object_get(row, "what")),
            bw_web_picture_newest(office, "settle"));
    }
    return status;
}

/* Somebody else came with that ticket. */
static enum bw_status
answer_other(
    struct bw_web_visit *visit, const char *event, const char *why, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    struct bw_event_id id;
    if (!bw_event_id_parse(event, &id)) {
        return no_such(err);
    }
    enum bw_status status = bw_office_rule_other(office, id, why, err);
    if (status == BW_OK) {
        bw_web_said(
            visit, "u.else.said", json_object(), bw_web_picture_newest(office, "settle"));
    }
    return status;
}

enum bw_status
bw_web_settle_conflict(
    struct bw_web_visit *visit, const json_t *row, const char *why, struct bw_error *err)
{
    const char *value = bw_web_request_sent(visit->request, "besluit");
    bool stands = strcmp(value, "klopt") == 0, other = strncmp(value, "ander ", 6) == 0;
    if (stands || other || strcmp(value, "weet-niet") == 0) {
        return !is_offered(row, value) ? no_such(err)
               : other                 ? answer_other(visit, value + 6, why, err)
                                       : answer_whole(visit, row, stands, why, err);
    }
    return settle_entry(visit, row, why, err);
}
