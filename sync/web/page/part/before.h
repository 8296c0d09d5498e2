/* A work that another one goes on from: the form names it by "vorig", and files that were
 * given to it needn't be given again. The desk's thread. */
#ifndef BW_WEB_BEFORE_H
#define BW_WEB_BEFORE_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether the form names one. */
bool bw_web_before_is(const struct bw_web_visit *visit);

/* It, which stays for as long as the new one needs it. Borrowed. BW_NOT_FOUND where it
 * isn't there any more, or isn't over. */
BW_NODISCARD enum bw_status bw_web_before_find(const struct bw_web_visit *visit,
    struct bw_web_errand **ret_errand, struct bw_error *err);

/* Puts its file `name` into the folder of the new one, under the same name: nothing is
 * copied. BW_NOT_FOUND, BW_IO. */
BW_NODISCARD enum bw_status bw_web_before_share(const struct bw_web_visit *visit,
    struct bw_web_errand *errand, const char *name, struct bw_error *err);

/* What was typed into `field`, else what that one was given as its file `name`, goes into
 * that file of the new one. BW_NOT_FOUND, BW_IO, BW_FULL. */
BW_NODISCARD enum bw_status bw_web_before_keep(const struct bw_web_visit *visit,
    struct bw_web_errand *errand, const char *field, const char *name,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
