/* What happened to one person: see person_history.h. */
#include "web/page/person/person_history.h"

#include "web/page/pages.h"
#include "web/page/part/people.h"
#include "web/page/part/step_about.h"

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
    *history = (struct bw_web_history){.visit = visit,
        .lines = json_array(),
        .before = json_array(),
        .now = json_object(),
        .circles = json_object()};
    return history->lines != NULL && history->before != NULL && history->now != NULL &&
           history->circles != NULL;
}

void
bw_web_history_finish(struct bw_web_history *history)
{
    json_decref(history->lines);
    json_decref(history->before);
    json_decref(history->now);
    json_decref(history->circles);
    *history = (struct bw_web_history){.visit = NULL};
}

/* ---- words that became others ---- */

enum { WORD_KEY_BYTES = 64 };

/* A word of one registration, or of the person: "name 123", "email 0". */
static void
note_word(struct bw_web_history *history, int64_t step, const char *of, int64_t code,
    json_t *word)
{
    char key[WORD_KEY_BYTES];
    (void)snprintf(key, sizeof key, "%s %" PRId64, of, code);
    if (step == 0) {
        bw_web_set(&history->now, key, word);
    } else {
        bw_web_add(&history->before, json_pack("{s:I, s:s, s:o}", "step",
                                         (json_int_t)step, "key", key, "word", word));
    }
}

/* As they stand (step 0), or stood before a step. */
static void
note_words(struct bw_web_history *history, int64_t step,
    const struct bw_office_fact *facts, int count)
{
    int64_t code = bw_web_fact_number(facts, count, "code");
    const char *first = bw_web_fact_text(facts, count, "first_name");
    const char *last = bw_web_fact_text(facts, count, "name");
    if (fact_of(facts, count, "code") == NULL) {
        note_word(history, step, "email", 0,
            bw_web_text(bw_web_fact_text(facts, count, "email")));
    } else if (first[0] != '\0' || last[0] != '\0') {
        note_word(history, step, "name", code, bw_web_name(first, last));
        note_word(history, step, "school", code,
            bw_web_text(bw_web_fact_text(facts, count, "school")));
    }
}

/* What a word of the list became: what it was before the next step, else what it is. */
static const char *
became(const struct bw_web_history *history, size_t at)
{
    const json_t *row = json_array_get(history->before, at);
    const char *key = json_string_value(json_object_get(row, "key"));
    const char *word = NULL;
    for (size_t i = at + 1; word == NULL && i < json_array_size(history->before); i++) {
        const json_t *next = json_array_get(history->before, i);
        const char *of = json_string_value(json_object_get(next, "key"));
        if (of != NULL && key != NULL && strcmp(of, key) == 0) {
            word = json_string_value(json_object_get(next, "word"));
        }
    }
    return word != NULL  ? word
           : key != NULL ? json_string_value(json_object_get(history->now, key))
                         : NULL;
}

/* "Gegevens verbeterd · Hugo Wolter werd Hugo Wolters", each change once. */
static void
tell_words(const struct bw_web_history *history, json_t *line)
{
    json_int_t step = json_integer_value(json_object_get(line, "step"));
    const char *verb = json_string_value(json_object_get(line, "verb"));
    for (size_t i = 0; i < json_array_size(history->before); i++) {
        const json_t *row = json_array_get(history->before, i);
        const char *was = json_string_value(json_object_get(row, "word"));
        const char *is = became(history, i);
        const char *so_far = json_string_value(json_object_get(line, "what"));
        if (verb == NULL || strcmp(verb, "correct") != 0 || was == NULL || is == NULL ||
            json_integer_value(json_object_get(row, "step")) != step ||
            strcmp(was, is) == 0) {
            continue;
        }
        json_t *change = bw_web_filled(history->visit, "p.became",
            json_pack("{s:s, s:s, s:s}", "what", so_far != NULL ? so_far : "", "was",
                was[0] != '\0' ? was : "–", "now", is[0] != '\0' ? is : "–"));
        json_t *alone = bw_web_filled(history->visit, "p.became",
            json_pack("{s:s, s:s, s:s}", "what", "", "was", was[0] != '\0' ? was : "–",
                "now", is[0] != '\0' ? is : "–"));
        const char *text = json_string_value(alone);
        if (so_far != NULL && text != NULL && strstr(so_far, text) == NULL) {
            (void)json_object_set(line, "what", change);
        }
        json_decref(alone);
        json_decref(change);
    }
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
    note_words(history, 0, facts, count);
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
    note_words(history, number, facts, count);
    if (number == history->step) {
        return;
    }
    history->step = number;
    key_of_code(bw_web_fact_number(facts, count, "code"), key);
    const char *session = json_string_value(json_object_get(history->circles, key));
    add_line(history,
        bw_web_step_what(history->visit, bw_web_fact_text(facts, count, "what")),
        bw_web_fact_number(facts, count, "at"), session != NULL ? session : "");
    json_t *line = json_array_get(history->lines, json_array_size(history->lines) - 1);
    if (line != NULL) {
        (void)json_object_set_new(line, "step", json_integer((json_int_t)number));
        (void)json_object_set_new(
            line, "verb", bw_web_text(bw_web_fact_text(facts, count, "what")));
    }
}

void
bw_web_history_take(struct bw_web_history *history, const char *section,
    const struct bw_office_fact *facts, int count)
{
    if (strcmp(section, "registrations") == 0) {
        take_registration(history, facts, count);
    } else if (strcmp(section, "events") == 0) {
        take_event(history, facts, count);
    } else if (strcmp(section, "person") == 0) {
        note_words(history, 0, facts, count);
    } else if (strcmp(section, "records") == 0) {
        note_words(history, bw_web_fact_number(facts, count, "step"), facts, count);
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
        tell_words(history, order[i]);
        bw_web_add(&list, order[i]);
    }
    free(order);
    return list;
}
