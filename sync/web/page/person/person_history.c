/* What happened to one person: see person_history.h. */
#include "web/page/person/person_history.h"

#include "web/page/pages.h"
#include "web/page/part/people.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

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

const char *
bw_web_fact_text(const struct bw_office_fact *facts, int count, const char *name)
{
    const struct bw_office_fact *fact = fact_of(facts, count, name);
    return fact != NULL ? fact->text : "";
}

int64_t
bw_web_fact_number(const struct bw_office_fact *facts, int count, const char *name)
{
    const struct bw_office_fact *fact = fact_of(facts, count, name);
    return fact != NULL ? fact->number : 0;
}

bool
bw_web_history_init(struct bw_web_history *history, const struct bw_web_visit *visit)
{
    *history = (struct bw_web_history){
        .visit = visit, .lines = json_array(), .circles = json_object()};
    return history->lines != NULL && history->circles != NULL;
}

void
bw_web_history_finish(struct bw_web_history *history)
{
    json_decref(history->lines);
    json_decref(history->circles);
    *history = (struct bw_web_history){.visit = NULL};
}

/* ---- rows ---- */

/* `session` is the circle's code; its name is read once the walk is over. */
static void
add_line(struct bw_web_history *history, json_t *what, int64_t at_ms, const char *session)
{
    json_t *line = json_object();
    bw_web_set(&line, "what", what);
    bw_web_set(&line, "at", json_integer((json_int_t)at_ms));
    bw_web_set(&line, "when",
        bw_web_when(
            history->visit, history->visit->desk->zone, BW_WEB_MOMENT_SHORT, at_ms));
    bw_web_set(&line, "session", bw_web_text(session));
    bw_web_add(&history->lines, line);
}

static void
key_of_code(int64_t code, char ret_key[BW_LABEL_BYTES])
{
    (void)snprintf(ret_key, BW_LABEL_BYTES, "%" PRId64, code);
}

static void
take_registration(
    struct bw_web_history *history, const struct bw_office_fact *facts, int count)
{
    char key[BW_LABEL_BYTES];
    const char *session = bw_web_fact_text(facts, count, "session");
    key_of_code(bw_web_fact_number(facts, count, "code"), key);
    bw_web_set(&history->circles, key, bw_web_text(session));
    add_line(history, bw_web_sentence(history->visit, "p.signed"),
        bw_web_fact_number(facts, count, "signed_up_at"), session);
}

static void
take_event(struct bw_web_history *history, const struct bw_office_fact *facts, int count)
{
    char key[BW_LABEL_BYTES * 2];
    const char *kind = bw_web_fact_text(facts, count, "kind");
    (void)snprintf(key, sizeof key, "event.%.60s", kind);
    json_t *said = bw_web_sentence(history->visit, key);
    bool known = said != NULL && strcmp(json_string_value(said), key) != 0;
    add_line(history, known ? json_incref(said) : bw_web_text(kind),
        bw_web_fact_number(facts, count, "at"),
        bw_web_fact_text(facts, count, "session"));
    json_decref(said);
}

/* In the circle of the registration that it changed. */
static void
take_step(struct bw_web_history *history, const struct bw_office_fact *facts, int count)
{
    char key[BW_LABEL_BYTES];
    int64_t number = bw_web_fact_number(facts, count, "step");
    if (number == history->step) {
        return;
    }
    history->step = number;
    key_of_code(bw_web_fact_number(facts, count, "code"), key);
    const char *session = json_string_value(json_object_get(history->circles, key));
    add_line(history,
        bw_web_step_what(history->visit, bw_web_fact_text(facts, count, "what")),
        bw_web_fact_number(facts, count, "at"), session != NULL ? session : "");
}

void
bw_web_history_take(struct bw_web_history *history, const char *section,
    const struct bw_office_fact *facts, int count)
{
    if (strcmp(section, "registrations") == 0) {
        take_registration(history, facts, count);
    } else if (strcmp(section, "events") == 0) {
        take_event(history, facts, count);
    } else if (strcmp(section, "steps") == 0) {
        take_step(history, facts, count);
    }
}

/* ---- in order, by name ---- */

/* Newest first; of one moment what was walked later is the later. */
static int
by_moment(const void *left, const void *right)
{
    json_t *const *a = left, *const *b = right;
    json_int_t at = json_integer_value(json_object_get(*a, "at"));
    json_int_t other = json_integer_value(json_object_get(*b, "at"));
    if (at != other) {
        return at < other ? 1 : -1;
    }
    return json_integer_value(json_object_get(*a, "turn")) <
                   json_integer_value(json_object_get(*b, "turn"))
               ? 1
               : -1;
}

json_t *
bw_web_history_lines(struct bw_web_history *history)
{
    size_t count = json_array_size(history->lines);
    json_t **order = calloc(count + 1, sizeof(json_t *));
    json_t *list = order != NULL && history->lines != NULL ? json_array() : NULL;
    for (size_t i = 0; order != NULL && i < count; i++) {
        order[i] = json_incref(json_array_get(history->lines, i));
        bw_web_set(&order[i], "turn", json_integer((json_int_t)i));
    }
    if (list != NULL) {
        qsort(order, count, sizeof(json_t *), by_moment);
    }
    for (size_t i = 0; order != NULL && i < count; i++) {
        const char *code = json_string_value(json_object_get(order[i], "session"));
        bw_web_set(&order[i], "where",
            bw_web_circle_name(history->visit, code != NULL ? code : ""));
        bw_web_add(&list, order[i]);
    }
    free(order);
    return list;
}
