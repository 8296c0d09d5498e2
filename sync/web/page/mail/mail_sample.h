/* A mail as somebody will read it, before it goes. One thread. */
#ifndef BW_WEB_MAIL_SAMPLE_H
#define BW_WEB_MAIL_SAMPLE_H

#include "office/mail/told.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The mail that the address asks for: of those of its group (of all, where it names none)
 * who can be told, the one of its number from 1; as {"of_group","to","from","subject",
 * "lines","at","count","before","after","ticket","entry"}: "before" and "after" are
 * numbers of others, 0 for none. JSON false where nobody is to be told. What the
 * database answers, the errors of the letter's text, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_mail_sample(const struct bw_web_visit *visit,
    const struct bw_told_list *list, json_t **ret_sample, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
