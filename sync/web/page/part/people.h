/* What pages say of people: names, states, mails. One thread. */
#ifndef BW_WEB_PEOPLE_H
#define BW_WEB_PEOPLE_H

#include "office/place/registration.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "Anna de Vries". NULL without memory. */
json_t *bw_web_name(const char *first_name, const char *name);

/* A telephone number as the address of a link, "tel:" aside: the digits of the first that
 * stands there, as they are dialled, and a plus before them; "" where it has fewer than a
 * number has. NULL without memory. */
json_t *bw_web_phone(const char *phone);

/* What differs between two texts, in whole words: {"same_a","differs","same_b"} of
 * `text`; "differs" is "" where they are alike. NULL without memory. */
json_t *bw_web_differing(const char *text, const char *other);

/* The same of the name, school and mail of two records, into "name_parts" and its like of
 * each; `other` that is no object differs in nothing. */
void bw_web_mark_sides(json_t *who, json_t *other);

/* A circle's title by its code; the code where it has none. The database is asked once a
 * visit for each. NULL without memory. */
json_t *bw_web_circle_name(const struct bw_web_visit *visit, const char *code);

/* A registration's state as a chip: {"kind","icon","word"}. NULL without memory. */
json_t *bw_web_status_chip(
    const struct bw_web_visit *visit, enum bw_registration_status status);

/* The same as a sentence's key: "status.confirmed". Static. */
const char *bw_web_status_key(enum bw_registration_status status);

/* What can be done to somebody of this status: [{"deed","icon","word"}]. NULL without
 * memory. */
json_t *bw_web_deeds_of(
    const struct bw_web_visit *visit, enum bw_registration_status status);

/* The dots of a ring: two rows of them, `taken` full, `expected` open, the others small:
 * [{"x","y","r","what"}], texts in SVG's units. NULL without memory. */
json_t *bw_web_ring(int64_t taken, int64_t expected, int64_t capacity);

#ifdef __cplusplus
}
#endif

#endif
