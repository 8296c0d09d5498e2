/* Pages as texts with places for values, escaped by construction.
 *
 *   {{name}}              a value, escaped for where it stands
 *   {{=key}}              a sentence of the language; what stands in {braces} in it is a
 *                         value, and {{=key n}} chooses its form by the number n
 *   {{#name}}…{{/name}}   once for each of a list; once for an object, true, a number
 *                         that isn't 0, a text that isn't empty
 *   {{^name}}…{{/name}}   once where that is nothing
 *   {{>part}}             another template
 *
 * WT1 no place puts a value into a page as it is: there is no way to write one.
 * WT2 a place stands in a text, or in an attribute between double quotes; in a tag, a
 *     comment, a script or a style sheet, or an attribute that runs one, it is refused.
 * WT3 in an attribute that is an address a value is one component of it, percent-encoded,
 *     behind "/", "?" or "#", or "tel:" or "mailto:" (whose "+" and "@" stay such: RFC
 *     3966, RFC 6068): it chooses neither scheme nor host.
 * WT4 a section ends where it began: in the text, in a tag, or in the same attribute.
 *
 * Compiled once, then read alone: any thread. */
#ifndef BW_WEB_TEMPLATE_H
#define BW_WEB_TEMPLATE_H

#include <brugwachter/error.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_WEB_TEMPLATES_MAX = 64, BW_WEB_TEMPLATE_DEPTH = 12 };

struct bw_web_template; /* compiled */

/* Zeroed is empty. */
struct bw_web_templates {
    struct {
        char name[32];
        struct bw_web_template *compiled; /* owned */
    } items[BW_WEB_TEMPLATES_MAX];
    size_t count;
};

/* Compiles `text` (borrowed for the call) and adds it by its name. BW_BAD_INPUT with the
 * line for what the rules above refuse, BW_FULL, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_template_add(struct bw_web_templates *templates,
    const char *name, const char *text, size_t bytes, struct bw_error *err);
void bw_web_templates_finish(struct bw_web_templates *templates);

/* The sentences of one language. `say` gives the text of a key, borrowed; the key itself
 * where there's none. */
struct bw_web_tongue {
    const char *(*say)(const void *context, const char *key, unsigned long n);
    const void *context;
};

enum { BW_WEB_NUMBER_BYTES = 32 };

/* A number as a sentence has it: "1.240" of people, but not of what only bears one
 * (`name`: number, step, version). Can't fail. */
void bw_web_template_number(const struct bw_web_tongue *tongue, const char *name,
    int64_t number, char ret_text[BW_WEB_NUMBER_BYTES]);

/* Writes the template `name`, filled in from `model`, an object; a name that a list's
 * entry doesn't have is looked for in what is around it. BW_NOT_FOUND for an unknown
 * template or a value that is nowhere (not for a section's), BW_FULL where templates nest
 * too deep. What `to` refuses shows when it is closed. */
BW_NODISCARD enum bw_status bw_web_template_write(
    const struct bw_web_templates *templates, const char *name, const json_t *model,
    const struct bw_web_tongue *tongue, FILE *to, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
