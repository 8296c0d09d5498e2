/* Templates, compiled: see template.h. The text is read once, place by place; what lies
 * between goes through a small machine that knows where in HTML it stands.
 *
 *   TEXT --<--> TAG --name="--> QUOTED (--"--> TAG)      TAG -->--> TEXT
 *   TEXT --<!--> DECLARATION -->--> TEXT
 *
 * Attributes without double quotes, comments and style sheets are refused, and a script
 * is one that is loaded: no place can stand in what the browser would run (WT2). */
#include "web/template/template.h"

#include "central/base/array.h"
#include "web/template/template_code.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 64, WORD_BYTES = 24 };

enum html_state { HTML_TEXT, HTML_TAG, HTML_DECLARATION, HTML_QUOTED };

/* Where in HTML the reading stands. Plain values: compared as a whole (WT4). */
struct html {
    enum html_state state;
    char tag[WORD_BYTES], attribute[WORD_BYTES];
    char before;    /* the character before, in a tag */
    bool named;     /* in a tag, behind its name */
    char value[12]; /* how the attribute's value begins */
    bool script;    /* loaded by the tag: nothing may stand before its end */
};

struct compiling {
    struct bw_web_template *template;
    const char *name, *text, *end, *at;
    struct html html;
    size_t open[BW_WEB_TEMPLATE_DEPTH]; /* the steps that began sections */
    struct html opened[BW_WEB_TEMPLATE_DEPTH];
    int depth;
};

BW_PRINTF(3, 4)
static enum bw_status
refuse(const struct compiling *c, struct bw_error *err, const char *format, ...)
{
    char why[BW_ERROR_TEXT_BYTES / 2];
    int line = 1;
    va_list args;
    for (const char *p = c->text; p < c->at; p++) {
        line += *p == '\n';
    }
    va_start(args, format);
    (void)vsnprintf(why, sizeof why, format, args);
    va_end(args);
    return bw_error_set(
        err, BW_BAD_INPUT, 0, "reading the template %s, line %d: %s", c->name, line, why);
}

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0, "reading a template: no memory");
}

/* ---- HTML, as far as places need it ---- */

static void
word_add(char word[WORD_BYTES], char c)
{
    size_t length = strlen(word);
    if (length + 1 < WORD_BYTES) {
        word[length] = (char)tolower((unsigned char)c);
        word[length + 1] = '\0';
    }
}

static bool
is_one_of(const char *word, const char *const list[])
{
    for (; *list != NULL; list++) {
        if (strcmp(word, *list) == 0) {
            return true;
        }
    }
    return false;
}

static bool
is_address(const char *attribute)
{
    static const char *const addresses[] = {"href", "src", "action", "formaction",
        "poster", "cite", "data", "xlink:href", "srcset", NULL};
    return is_one_of(attribute, addresses);
}

/* What a browser would run, or read as another page. */
static bool
is_run(const char *attribute)
{
    return strncmp(attribute, "on", 2) == 0 || strcmp(attribute, "style") == 0 ||
           strcmp(attribute, "srcdoc") == 0 || strcmp(attribute, "content") == 0;
}

static const char *
in_tag(struct html *html, char c)
{
    char before = html->before;
    html->before = c;
    if (c == '"' && before == '=') {
        html->state = HTML_QUOTED;
        html->value[0] = '\0';
        return NULL;
    }
    if (before == '=' || c == '"' || c == '\'') {
        return "an attribute's value stands between double quotes";
    }
    if (c == '>') {
        html->state = HTML_TEXT;
        html->script = strcmp(html->tag, "script") == 0;
        return strcmp(html->tag, "style") == 0 ? "a style sheet stands in a file" : NULL;
    }
    if (isspace((unsigned char)c)) {
        html->named = true;
        html->attribute[0] = '\0';
    } else if (!html->named) {
        word_add(html->tag, c);
    } else if (c != '=') {
        word_add(html->attribute, c);
    }
    return NULL;
}

static const char *
in_text(struct html *html, char c, const char *rest, const char *end)
{
    if (html->script && c != '<') {
        return "a script stands in a file";
    }
    if (c != '<') {
        return NULL;
    }
    if (end - rest > 2 && rest[1] == '!') {
        html->state = HTML_DECLARATION;
        return rest[2] == '-' ? "a template has no comments" : NULL;
    }
    html->state = HTML_TAG;
    html->tag[0] = html->attribute[0] = '\0';
    html->before = '<';
    html->named = html->script = false;
    return NULL;
}

/* Over one character; a sentence where it may not stand there. */
static const char *
html_step(struct html *html, const char *at, const char *end)
{
    switch (html->state) {
    case HTML_TEXT:
        return in_text(html, *at, at, end);
    case HTML_TAG:
        return in_tag(html, *at);
    case HTML_DECLARATION:
        html->state = *at == '>' ? HTML_TEXT : HTML_DECLARATION;
        return NULL;
    case HTML_QUOTED:
        if (*at == '"') {
            html->state = HTML_TAG;
            html->before = '"';
            html->attribute[0] = '\0';
        } else if (strlen(html->value) + 1 < sizeof html->value) {
            size_t length = strlen(html->value);
            html->value[length] = *at;
            html->value[length + 1] = '\0';
        }
        return NULL;
    }
    return NULL;
}

/* Whether a value may stand here, and as what (WT2, WT3). */
static const char *
place_of(const struct html *html, enum bw_web_place *ret_place)
{
    if (html->state == HTML_TEXT) {
        *ret_place = BW_WEB_PLACE_TEXT;
        return html->script ? "a value may not stand in a script" : NULL;
    }
    if (html->state != HTML_QUOTED) {
        return "a value stands in text, or in an attribute between double quotes";
    }
    if (is_run(html->attribute)) {
        return "a value may not stand in an attribute that the browser runs";
    }
    if (!is_address(html->attribute)) {
        *ret_place = BW_WEB_PLACE_VALUE;
        return NULL;
    }
    bool contact =
        strncmp(html->value, "tel:", 4) == 0 || strncmp(html->value, "mailto:", 7) == 0;
    *ret_place = contact ? BW_WEB_PLACE_CONTACT : BW_WEB_PLACE_ADDRESS;
    return contact || (strchr("/?#", html->value[0]) != NULL && html->value[0] != '\0')
               ? NULL
               : "an address begins with what the template says";
}

/* ---- places ---- */

static struct bw_web_step *
step_add(struct compiling *c, enum bw_web_step_kind kind)
{
    struct bw_web_template *t = c->template;
    struct bw_web_step *step =
        bw_array_more(&t->steps, &t->count, &t->capacity, sizeof *step);
    if (step != NULL) {
        step->kind = kind;
    }
    return step;
}

/* Text up to the next place, or the end. */
static enum bw_status
literal(struct compiling *c, struct bw_error *err)
{
    const char *from = c->at;
    for (; c->at < c->end; c->at++) {
        if (c->end - c->at > 1 && c->at[0] == '{' && c->at[1] == '{') {
            break;
        }
        const char *wrong = html_step(&c->html, c->at, c->end);
        if (wrong != NULL) {
            return refuse(c, err, "%s", wrong);
        }
    }
    if (c->at == from) {
        return BW_OK;
    }
    struct bw_web_step *step = step_add(c, BW_WEB_STEP_LITERAL);
    if (step == NULL) {
        return no_memory(err);
    }
    step->bytes = (size_t)(c->at - from);
    step->text = bw_arena_copy(&c->template->texts, from, step->bytes);
    return step->text != NULL ? BW_OK : no_memory(err);
}

static bool
same_context(const struct html *a, const struct html *b)
{
    return a->state == b->state && a->script == b->script &&
           (a->state != HTML_QUOTED || strcmp(a->attribute, b->attribute) == 0);
}

static enum bw_status
section_end(struct compiling *c, const char *name, struct bw_error *err)
{
    struct bw_web_template *t = c->template;
    if (c->depth == 0 || strcmp(t->steps[c->open[c->depth - 1]].text, name) != 0) {
        return refuse(c, err, "{{/%s}} ends no section", name);
    }
    c->depth--;
    if (!same_context(&c->html, &c->opened[c->depth])) {
        return refuse(c, err, "{{/%s}} ends elsewhere than it began", name);
    }
    if (c->html.state == HTML_QUOTED) { /* it may be left out: what was before counts */
        memcpy(c->html.value, c->opened[c->depth].value, sizeof c->html.value);
    }
    t->steps[c->open[c->depth]].end = t->count;
    return step_add(c, BW_WEB_STEP_END) != NULL ? BW_OK : no_memory(err);
}

static enum bw_status
section_begin(struct compiling *c, struct bw_error *err)
{
    if (c->depth == BW_WEB_TEMPLATE_DEPTH) {
        return refuse(c, err, "sections nest too deep");
    }
    if (c->html.state == HTML_DECLARATION) {
        return refuse(c, err, "a section may not stand there");
    }
    c->opened[c->depth] = c->html;
    c->open[c->depth++] = c->template->count - 1;
    return BW_OK;
}

static enum bw_status
place(struct compiling *c, char sigil, const char *name, const char *number,
    struct bw_error *err)
{
    static const char sigils[] = "=#^>";
    static const enum bw_web_step_kind kinds[] = {
        BW_WEB_STEP_SENTENCE, BW_WEB_STEP_EACH, BW_WEB_STEP_UNLESS, BW_WEB_STEP_PART};
    const char *found = sigil != '\0' ? strchr(sigils, sigil) : NULL;
    enum bw_web_place where = BW_WEB_PLACE_TEXT;
    if (sigil == '/') {
        return section_end(c, name, err);
    }
    enum bw_web_step_kind kind =
        found != NULL ? kinds[found - sigils] : BW_WEB_STEP_VALUE;
    if (kind == BW_WEB_STEP_PART && c->html.state != HTML_TEXT) {
        return refuse(c, err, "{{>%s}} stands in a tag", name);
    }
    if (kind == BW_WEB_STEP_VALUE || kind == BW_WEB_STEP_SENTENCE) {
        const char *wrong = place_of(&c->html, &where);
        if (wrong != NULL) {
            return refuse(c, err, "{{%s}}: %s", name, wrong);
        }
    }
    struct bw_web_step *step = step_add(c, kind);
    if (step == NULL) {
        return no_memory(err);
    }
    step->place = where;
    step->text = bw_arena_text(&c->template->texts, name);
    step->number = number != NULL ? bw_arena_text(&c->template->texts, number) : NULL;
    if (step->text == NULL || (number != NULL && step->number == NULL)) {
        return no_memory(err);
    }
    return kind == BW_WEB_STEP_EACH || kind == BW_WEB_STEP_UNLESS ? section_begin(c, err)
                                                                  : BW_OK;
}

/* Whole and of letters, digits, '.', '-' and '_'. */
static bool
is_name(const char *word)
{
    size_t length = strlen(word);
    return length > 0 &&
           strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789._-") == length;
}

/* {{…}} at c->at. */
static enum bw_status
place_read(struct compiling *c, struct bw_error *err)
{
    char inside[2 * NAME_BYTES] = "";
    const char *from = c->at + 2;
    const char *close = memmem(from, (size_t)(c->end - from), "}}", 2);
    if (close == NULL || (size_t)(close - from) >= sizeof inside) {
        return refuse(c, err, "a place isn't closed");
    }
    memcpy(inside, from, (size_t)(close - from));
    char sigil = inside[0] != '\0' && strchr("=#^>/", inside[0]) ? inside[0] : '\0';
    char *name = inside + (sigil != '\0');
    char *number = sigil == '=' ? strchr(name, ' ') : NULL;
    if (number != NULL) {
        *number++ = '\0';
    }
    if (!is_name(name) || (number != NULL && !is_name(number))) {
        return refuse(c, err, "{{%s}} is no place", inside);
    }
    enum bw_status status = place(c, sigil, name, number, err);
    c->at = close + 2;
    return status;
}

static enum bw_status
compile(struct compiling *c, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    while (status == BW_OK && c->at < c->end) {
        status = literal(c, err);
        if (status == BW_OK && c->at < c->end) {
            status = place_read(c, err);
        }
    }
    if (status == BW_OK && c->depth > 0) {
        return refuse(c, err, "{{#%s}} isn't ended",
            c->template->steps[c->open[c->depth - 1]].text);
    }
    if (status == BW_OK && c->html.state != HTML_TEXT) {
        return refuse(c, err, "it ends within a tag");
    }
    return status;
}

static void
template_destroy(struct bw_web_template *template)
{
    if (template != NULL) {
        free(template->steps);
        bw_arena_finish(&template->texts);
        free(template);
    }
}

enum bw_status
bw_web_template_add(struct bw_web_templates *templates, const char *name,
    const char *text, size_t bytes, struct bw_error *err)
{
    if (templates->count == BW_WEB_TEMPLATES_MAX ||
        strlen(name) >= sizeof templates->items[0].name) {
        return bw_error_set(err, BW_FULL, 0, "reading the template %s: no room", name);
    }
    struct compiling c = {.template = calloc(1, sizeof *c.template),
        .name = name,
        .text = text,
        .end = text + bytes,
        .at = text};
    if (c.template == NULL) {
        return no_memory(err);
    }
    enum bw_status status = compile(&c, err);
    if (status != BW_OK) {
        template_destroy(c.template);
        return status;
    }
    (void)snprintf(templates->items[templates->count].name,
        sizeof templates->items[0].name, "%s", name);
    templates->items[templates->count++].compiled = c.template;
    return BW_OK;
}

void
bw_web_templates_finish(struct bw_web_templates *templates)
{
    if (templates == NULL) {
        return;
    }
    for (size_t i = 0; i < templates->count; i++) {
        template_destroy(templates->items[i].compiled);
    }
    *templates = (struct bw_web_templates){.count = 0};
}
