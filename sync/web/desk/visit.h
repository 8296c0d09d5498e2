/* One visit of one page: what the handlers of page/ are given, and how they answer. One
 * thread; a visit lives as long as its request. */
#ifndef BW_WEB_VISIT_H
#define BW_WEB_VISIT_H

#include "central/session_state.h"
#include "web/desk/desk.h"
#include "web/request/multipart.h"
#include "web/request/request.h"

#ifdef __cplusplus
extern "C" {
#endif

struct bw_web_form;

/* What somebody typed wrong (form.h). */
struct bw_web_wrong {
    const char *field;              /* of the form; NULL: the form as a whole */
    char text[BW_ERROR_TEXT_BYTES]; /* "": nothing */
};

struct bw_web_visit {
    struct bw_web_desk *desk;
    const struct bw_web_request *request;
    struct bw_web_uploads *uploads; /* files of the form; in the request's memory */
    struct bw_web_session *session; /* NULL on pages for everybody */
    enum bw_wording_language language;
    const char *place; /* of the menu that the page belongs to: "kringen"; "" */
    const struct bw_web_form *form; /* that came, and comes back; NULL: none */
    struct bw_web_wrong wrong;
    bool stays;          /* its address can be asked for, as no answer to a form can */
    int64_t newest_step; /* as it began (bw_web_visit_begin); 0: none */
    json_t *circles;     /* titles by code, of those asked for; owned; NULL: none kept */
    struct bw_web_reply *reply;
};

/* Reads or does what its page is for, and answers. With another status than BW_OK the
 * answer is made of that and its sentence. */
typedef enum bw_status bw_web_page(struct bw_web_visit *visit, struct bw_error *err);

/* Answers with a page made of `model`, which is taken (NULL: there was no memory). What
 * every page has is added: the menu, who is in, what was done last. BW_NO_MEMORY, and
 * what bw_web_template_write refuses. */
BW_NODISCARD enum bw_status bw_web_show(
    struct bw_web_visit *visit, const char *page, json_t *model, struct bw_error *err);

/* Answers a form: go and look there. `format` makes the address; what is put into it has
 * to be encoded (bw_web_encode). Can't fail: what doesn't fit goes to the first page. */
void bw_web_go(struct bw_web_visit *visit, const char *format, ...) BW_PRINTF(2, 3);

/* Answers a form: back to the page that it stood on (its field "naar"), and where that is
 * no address of ours, or there is none, to `otherwise`. */
void bw_web_go_back(struct bw_web_visit *visit, const char *otherwise);

/* The path of a request, made anew of its segments: for an address of our own. */
void bw_web_path(const struct bw_web_request *request, char *ret_path, size_t capacity);

/* Percent-encodes one component into the caller's room. Cut where it doesn't fit. */
void bw_web_encode(const char *text, char *ret_text, size_t capacity);

/* The sentence `key` with the values of `values` in its {braces}, its form by "n" among
 * them; takes `values`. NULL without memory. */
json_t *bw_web_filled(const struct bw_web_visit *visit, const char *key, json_t *values);

/* Notes what was done, said at the top of the next pages: as bw_web_filled; `step` is
 * what undo takes back, 0 for nothing. */
void bw_web_said(
    struct bw_web_visit *visit, const char *key, json_t *values, int64_t step);

/* Whether nothing was done here yet: no circle, and nobody said how the office is called.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_web_is_fresh(
    const struct bw_web_visit *visit, bool *ret_fresh, struct bw_error *err);

/* ---- models ---- */

/* Sets a member, and takes it; the whole object is NULL once one couldn't be made. */
void bw_web_set(json_t **inout_object, const char *name, json_t *value);
/* Adds an entry, likewise. */
void bw_web_add(json_t **inout_list, json_t *entry);

/* A text as JSON; what is no UTF-8 becomes question marks. NULL without memory. */
json_t *bw_web_text(const char *text);
/* A sentence of the visit's language. NULL without memory. */
json_t *bw_web_sentence(const struct bw_web_visit *visit, const char *key);
/* Whether a moment is of the day that it is now, by the clocks of `zone`. */
bool bw_web_is_today(
    const struct bw_web_visit *visit, const struct bw_zone *zone, int64_t wall_ms);
/* A moment in the visit's language, by the clocks of `zone`; "" for 0. A day is named
 * unless it is today: BW_WEB_MOMENT_SHORT is the time alone then. What stays as it is
 * once it is printed or kept takes BW_WEB_MOMENT_STAMP. */
json_t *bw_web_when(const struct bw_web_visit *visit, const struct bw_zone *zone,
    enum bw_web_moment how, int64_t wall_ms);
/* A code as people see it; "" for none. */
json_t *bw_web_code(bw_code code);

/* The zone of a session, or the desk's where this machine doesn't have it. The caller
 * closes it with bw_web_zone_close. */
struct bw_zone *bw_web_zone_of(
    const struct bw_web_visit *visit, const struct bw_session *session);
void bw_web_zone_close(const struct bw_web_visit *visit, struct bw_zone *zone);

/* The bar of a circle's places, as widths of SVG: taken, free and waiting, two units a
 * place up to 80 places. NULL without memory. */
json_t *bw_web_bar(int64_t taken, int64_t free_places, int64_t waiting, int64_t capacity);

/* A state of a session as a chip: {"kind","icon","word"}. NULL without memory. */
json_t *bw_web_state_chip(const struct bw_web_visit *visit, enum bw_session_state state);

#ifdef __cplusplus
}
#endif

#endif
