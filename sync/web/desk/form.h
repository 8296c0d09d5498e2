/* Forms that come back: what somebody typed wrong is said at its field, and all that was
 * typed still stands there.
 *
 *   form --POST--> verb --fine--> done
 *     ^             |  a mistake (bw_error.given): noted here
 *     '-------------'  the page of the form again, with what was typed
 *
 * A handler names the form that it takes first; what fails after that comes back to it
 * (answer.c). In a template "wrong_" and the field's name is the sentence, "wrong" is the
 * one that is about no field, and "wrong_any" true with either. The desk's thread. */
#ifndef BW_WEB_FORM_H
#define BW_WEB_FORM_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A field of a form: what the office calls it, and how it says that it is wrong. */
struct bw_web_form_field {
    const char *given; /* of bw_error: "mail-from" */
    const char *field; /* its name in the form: "mail" */
    const char *key;   /* of a sentence of the desk; NULL: the error's own */
};

enum { BW_WEB_FORM_FIELDS_MAX = 12 };

/* Static. */
struct bw_web_form {
    bw_web_page *page; /* shows it */
    struct bw_web_form_field
        fields[BW_WEB_FORM_FIELDS_MAX]; /* until one without a name */
};

/* Whether `status` is of something that who filled in visit->form can mend; then it is
 * noted, and pages of this visit say it. */
bool bw_web_form_note(
    struct bw_web_visit *visit, enum bw_status status, const struct bw_error *err);

/* Notes what a handler saw itself: the sentence `key`, at `field`. */
void bw_web_form_wrong(struct bw_web_visit *visit, const char *field, const char *key);

/* Whether something was noted. */
bool bw_web_form_is_wrong(const struct bw_web_visit *visit);

/* What stands in a field: what was typed, where the form that came has it, else
 * `otherwise`. NULL without memory. */
json_t *bw_web_form_typed(
    const struct bw_web_visit *visit, const char *field, const char *otherwise);

/* The name of the fields that say which rows are meant: `name`, that of the ticks, or
 * where "alles" was ticked "getoond", of all rows that the page showed. Static, or
 * `name`. */
const char *bw_web_form_ticked(const struct bw_web_request *request, const char *name);

#ifdef __cplusplus
}
#endif

#endif
