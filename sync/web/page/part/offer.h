/* A deed that is done by one click, where the page it stands on has said what it does:
 * the button's form carries the digest of the picture that the deed would be shown with
 * (deed.c), so what is done is what was said, or nothing, and the picture is shown (WD2).
 * One thread. */
#ifndef BW_WEB_OFFER_H
#define BW_WEB_OFFER_H

#include "office/place/registration.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Somebody in the picture of a deed, before and after it, `after_key` a sentence's:
 * {"person","name","school","before","after"}. NULL without memory. */
json_t *bw_web_offer_row(const struct bw_web_visit *visit,
    const struct bw_registration *who, enum bw_registration_status before,
    const char *after_key);

/* The digest of the deed that makes this one `after_key`, alone; "" without memory. */
json_t *bw_web_offer_picture(const struct bw_web_visit *visit,
    const struct bw_registration *who, enum bw_registration_status before,
    const char *after_key);

/* Who gets the next of up to `places` free places of a circle, as the verb itself says:
 * {"name","first_name","school","region","since","several","picture"}, the picture of
 * giving one place. False where nobody does, or it can't be said now. NULL without
 * memory. */
json_t *bw_web_offer_place(
    struct bw_web_visit *visit, const struct bw_session *session, int64_t places);

#ifdef __cplusplus
}
#endif

#endif
