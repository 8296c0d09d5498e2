/* Templates, filled in: see template.h. Each value goes through `put`, and by nothing
 * else into the page (WT1). */
#include "web/template/template_code.h"

#include "web/template/template.h"

#include "central/base/output.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WORD_BYTES = 64, NUMBER_BYTES = 24 };

struct writing {
    const struct bw_web_templates *templates;
    const struct bw_web_tongue *tongue;
    FILE *to;
    const json_t *around[BW_WEB_TEMPLATE_DEPTH * 2]; /* what is around, outermost first */
    int depth, parts;
    const char *name; /* of the template, for sentences */
    struct bw_error *err;
};

static const json_t *
look_up(const struct writing *w, const char *name)
{
    for (int i = w->depth; i > 0; i--) {
        const json_t *value = json_object_get(w->around[i - 1], name);
        if (value != NULL) {
            return value;
        }
    }
    return NULL;
}

static bool
is_something(const json_t *value)
{
    return value != NULL && !json_is_null(value) && !json_is_false(value) &&
           !(json_is_string(value) && json_string_value(value)[0] == '\0') &&
           !(json_is_integer(value) && json_integer_value(value) == 0) &&
           !(json_is_array(value) && json_array_size(value) == 0);
}

/* ---- escaping ---- */

/* `also` stays as it is. */
static void
put_address(FILE *to, const char *text, const char *also)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~";
    for (const char *c = text; *c != '\0'; c++) {
        if (strchr(plain, *c) != NULL || strchr(also, *c) != NULL) {
            (void)fputc(*c, to);
        } else {
            (void)fprintf(to, "%%%02X", (unsigned)(unsigned char)*c);
        }
    }
}

static void
put(FILE *to, enum bw_web_place place, const char *text)
{
    switch (place) {
    case BW_WEB_PLACE_TEXT:
    case BW_WEB_PLACE_VALUE:
        bw_html_text(to, text);
        return;
    case BW_WEB_PLACE_ADDRESS:
        put_address(to, text, "");
        return;
    case BW_WEB_PLACE_CONTACT:
        put_address(to, text, "+@");
        return;
    }
}

/* A value as text, in `room` where it is a number. NULL where there's none to show. */
static const char *
text_of(const json_t *value, char room[NUMBER_BYTES])
{
    if (json_is_string(value)) {
        return json_string_value(value);
    }
    if (json_is_integer(value)) {
        (void)snprintf(
            room, NUMBER_BYTES, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return room;
    }
    return NULL;
}

static enum bw_status
put_value(const struct writing *w, enum bw_web_place place, const char *name)
{
    char room[NUMBER_BYTES];
    const char *text = text_of(look_up(w, name), room);
    if (text == NULL) {
        return bw_error_set(w->err, BW_NOT_FOUND, 0,
            "writing the page %s: there is no value \"%s\"", w->name, name);
    }
    put(w->to, place, text);
    return BW_OK;
}

void
bw_web_template_number(const struct bw_web_tongue *tongue, const char *name,
    int64_t number, char ret_text[BW_WEB_NUMBER_BYTES])
{
    static const char *const bears[] = {"number", "step", "version"};
    char plain[BW_WEB_NUMBER_BYTES];
    bool counts = number >= 1000;
    for (size_t i = 0; i < sizeof bears / sizeof bears[0]; i++) {
        counts = counts && strcmp(bears[i], name) != 0;
    }
    int length = snprintf(plain, sizeof plain, "%" PRId64, number);
    const char *mark = counts ? tongue->say(tongue->context, "number.mark", 2) : "";
    size_t used = 0;
    for (int i = 0; i < length; i++) {
        if (counts && i > 0 && (length - i) % 3 == 0) {
            ret_text[used++] = mark[0];
        }
        ret_text[used++] = plain[i];
    }
    ret_text[used] = '\0';
}

static enum bw_status
put_counted(const struct writing *w, enum bw_web_place place, const char *name)
{
    char room[BW_WEB_NUMBER_BYTES];
    const json_t *value = look_up(w, name);
    if (!json_is_integer(value)) {
        return put_value(w, place, name);
    }
    bw_web_template_number(w->tongue, name, json_integer_value(value), room);
    put(w->to, place, room);
    return BW_OK;
}

/* A sentence, with the values of the names in {braces}. */
static enum bw_status
put_sentence(const struct writing *w, const struct bw_web_step *step)
{
    const json_t *number = step->number != NULL ? look_up(w, step->number) : NULL;
    unsigned long n = json_is_integer(number) && json_integer_value(number) >= 0
                          ? (unsigned long)json_integer_value(number)
                          : 2;
    const char *at = w->tongue->say(w->tongue->context, step->text, n);
    enum bw_status status = BW_OK;
    while (status == BW_OK && *at != '\0') {
        char word[WORD_BYTES];
        size_t plain = strcspn(at, "{");
        size_t length = at[plain] == '{' ? strcspn(at + plain + 1, "}") : 0;
        for (size_t i = 0; i < plain; i++) {
            put(w->to, step->place, (char[]){at[i], '\0'});
        }
        at += plain;
        if (length > 0 && length < sizeof word && at[length + 1] == '}') {
            memcpy(word, at + 1, length);
            word[length] = '\0';
            status = put_counted(w, step->place, word);
            at += length + 2;
        } else if (*at != '\0') {
            put(w->to, step->place, "{");
            at++;
        }
    }
    return status;
}

/* ---- sections ---- */

static enum bw_status write_steps(
    struct writing *w, const struct bw_web_template *template, size_t from, size_t end);

static enum bw_status
write_within(struct writing *w, const struct bw_web_template *template, size_t at,
    const json_t *within)
{
    if (w->depth == BW_WEB_TEMPLATE_DEPTH * 2) {
        return bw_error_set(
            w->err, BW_FULL, 0, "writing the page %s: its values nest too deep", w->name);
    }
    w->around[w->depth++] = within;
    enum bw_status status = write_steps(w, template, at + 1, template->steps[at].end);
    w->depth--;
    return status;
}

static enum bw_status
write_section(struct writing *w, const struct bw_web_template *template, size_t at)
{
    const json_t *value = look_up(w, template->steps[at].text);
    bool wanted = template->steps[at].kind == BW_WEB_STEP_EACH;
    enum bw_status status = BW_OK;
    if (is_something(value) != wanted) {
        return BW_OK;
    }
    if (!wanted || !json_is_array(value)) {
        return write_within(w, template, at, wanted ? value : NULL);
    }
    for (size_t i = 0; status == BW_OK && i < json_array_size(value); i++) {
        status = write_within(w, template, at, json_array_get(value, i));
    }
    return status;
}

static enum bw_status
write_part(struct writing *w, const char *name)
{
    for (size_t i = 0; i < w->templates->count; i++) {
        const struct bw_web_template *part = w->templates->items[i].compiled;
        if (strcmp(w->templates->items[i].name, name) != 0) {
            continue;
        }
        if (w->parts == BW_WEB_TEMPLATE_DEPTH) {
            return bw_error_set(w->err, BW_FULL, 0,
                "writing the page %s: templates nest too deep", w->name);
        }
        const char *around = w->name;
        w->name = w->templates->items[i].name;
        w->parts++;
        enum bw_status status = write_steps(w, part, 0, part->count);
        w->parts--;
        w->name = around;
        return status;
    }
    return bw_error_set(
        w->err, BW_NOT_FOUND, 0, "writing a page: there is no template \"%s\"", name);
}

static enum bw_status
write_steps(
    struct writing *w, const struct bw_web_template *template, size_t from, size_t end)
{
    enum bw_status status = BW_OK;
    for (size_t i = from; status == BW_OK && i < end; i++) {
        const struct bw_web_step *step = &template->steps[i];
        switch (step->kind) {
        case BW_WEB_STEP_LITERAL:
            (void)fwrite(step->text, 1, step->bytes, w->to);
            break;
        case BW_WEB_STEP_VALUE:
            status = put_value(w, step->place, step->text);
            break;
        case BW_WEB_STEP_SENTENCE:
            status = put_sentence(w, step);
            break;
        case BW_WEB_STEP_EACH:
        case BW_WEB_STEP_UNLESS:
            status = write_section(w, template, i);
            i = step->end;
            break;
        case BW_WEB_STEP_PART:
            status = write_part(w, step->text);
            break;
        case BW_WEB_STEP_END:
            break;
        }
    }
    return status;
}

enum bw_status
bw_web_template_write(const struct bw_web_templates *templates, const char *name,
    const json_t *model, const struct bw_web_tongue *tongue, FILE *to,
    struct bw_error *err)
{
    struct writing w = {.templates = templates,
        .tongue = tongue,
        .to = to,
        .around = {model},
        .depth = 1,
        .err = err};
    return write_part(&w, name);
}
