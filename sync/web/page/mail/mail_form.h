/* The form of Tickets en mail, which a work is begun from. The desk's thread. */
#ifndef BW_WEB_MAIL_FORM_H
#define BW_WEB_MAIL_FORM_H

#include "web/desk/form.h"
#include "web/work/errand.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const struct bw_web_form bw_web_mail_form;

/* BW_BAD_INPUT where no group is ticked; BW_REFUSED where what one of them is to hear is
 * another than the page showed. What the database answers. */
BW_NODISCARD enum bw_status bw_web_mail_check(
    const struct bw_web_visit *visit, struct bw_error *err);

/* Adds the ticked groups as a word of the command. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_mail_words(
    const struct bw_web_visit *visit, struct bw_web_errand *errand, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
