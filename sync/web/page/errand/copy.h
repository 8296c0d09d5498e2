/* A backup that is given to be looked at, and then put back: what its two works
 * (page/errand.c) are begun with, and what their pages say. A phrase that was typed
 * stands in a file of the work's folder until that goes, and in no page. The desk's
 * thread. */
#ifndef BW_WEB_COPY_H
#define BW_WEB_COPY_H

#include "web/desk/form.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The form of Instellingen. */
extern const struct bw_web_form bw_web_copy_form;

/* To look at one: a file that came ("bestand"), one that was kept ("bewaard", its name),
 * or that of a work before ("vorig", its id). BW_BAD_INPUT where there's none of them,
 * BW_NOT_FOUND for a work or a name that isn't there. */
BW_NODISCARD enum bw_status bw_web_copy_check(
    const struct bw_web_visit *visit, struct bw_error *err);

/* To put one back: only what "vorig" looked at and found. BW_NOT_FOUND, BW_REFUSED. */
BW_NODISCARD enum bw_status bw_web_copy_check_looked(
    const struct bw_web_visit *visit, struct bw_error *err);

/* Puts the backup and its phrase ("zin", else that of "vorig") into the new work's
 * folder. BW_IO, BW_FULL, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_copy_keep(
    const struct bw_web_visit *visit, struct bw_web_errand *errand, struct bw_error *err);

/* Adds to the page of a work that is over: "copy" (what was found), "put" (what was put
 * back), "again" (what to type anew); each false of another work. */
void bw_web_copy_add(
    const struct bw_web_visit *visit, const struct bw_web_errand *errand, json_t **model);

#ifdef __cplusplus
}
#endif

#endif
