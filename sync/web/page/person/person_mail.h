/* Whether mail reaches somebody, as she says it on their page: it came back, they want
 * none, or it reaches them again. One thread. */
#ifndef BW_WEB_PERSON_MAIL_H
#define BW_WEB_PERSON_MAIL_H

#include "office/mail/told_reach.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds "reach": {"came_back","wants_none","when","why"}, false where mail reaches who has
 * this code, or nobody has it. What the database answers. */
BW_NODISCARD enum bw_status bw_web_person_mail_add(const struct bw_web_visit *visit,
    const char *code, json_t **model, struct bw_error *err);

/* Whether a button says so: "mail-terug", "geen-mail", "weer-mail". */
bool bw_web_person_mail_is(const char *deed, enum bw_told_reach_word *ret_word);

/* POST: notes it, says so with its way back, and goes to where the form came from: the
 * person's page, or that of the mailing "zending", whose mail it was that came back. The
 * errors of bw_told_reach_say. */
BW_NODISCARD enum bw_status bw_web_person_mail(
    struct bw_web_visit *visit, enum bw_told_reach_word word, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
