/* The secret keys, read back from their sheet of paper (office/backup/key_paper.h): the
 * form of Instellingen, and what the page of its work says. The lines are sealed, and
 * come back where one is wrong; the phrase comes back in no page. The desk's thread. */
#ifndef BW_WEB_KEY_BACK_H
#define BW_WEB_KEY_BACK_H

#include "web/desk/form.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const struct bw_web_form bw_web_key_form;

/* The lines of "blad", or of a work before, hold. BW_BAD_INPUT with the line, at its
 * field; BW_NOT_FOUND. */
BW_NODISCARD enum bw_status bw_web_key_check(
    const struct bw_web_visit *visit, struct bw_error *err);

/* Puts lines and phrase into the new work's folder. BW_IO, BW_FULL, BW_NOT_FOUND. */
BW_NODISCARD enum bw_status bw_web_key_keep(
    const struct bw_web_visit *visit, struct bw_web_errand *errand, struct bw_error *err);

/* Adds "of_key" (a sheet was made), "key_back" (the keys are back) and, where the phrase
 * was wrong, "again_key". */
void bw_web_key_add(const struct bw_web_errand *errand, json_t **model);

#ifdef __cplusplus
}
#endif

#endif
