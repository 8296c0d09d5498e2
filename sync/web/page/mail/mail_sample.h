/* A mail as somebody will read it, before it goes. One thread. */
#ifndef BW_WEB_MAIL_SAMPLE_H
#define BW_WEB_MAIL_SAMPLE_H

#include "office/mail/letter_words.h"
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

/* One mail as somebody would read it, with these words of hers: {"to","to_mail","from",
 * "subject","lines","ticket","entry","mail_lang","words"}, "words" being what the words
 * of that mail are called. The same errors. */
BW_NODISCARD enum bw_status bw_web_mail_sample_of(const struct bw_web_visit *visit,
    const struct bw_told_due *due, const struct bw_letter_words *words,
    json_t **ret_sample, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
