/* What the page of a work that is over says of it: its files by whose they are, and what
 * its command answered. The desk's thread. */
#ifndef BW_WEB_ERRAND_MODEL_H
#define BW_WEB_ERRAND_MODEL_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds "files", "phrase", what was told to whom, and what copy.h and
 * key_back.h say. */
void bw_web_errand_add(
    const struct bw_web_visit *visit, const struct bw_web_errand *errand, json_t **model);

#ifdef __cplusplus
}
#endif

#endif
