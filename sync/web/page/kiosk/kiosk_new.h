/* The form of a new kiosk, which Stukken (errand.c) takes. The desk's thread. */
#ifndef BW_WEB_KIOSK_NEW_H
#define BW_WEB_KIOSK_NEW_H

#include "web/desk/form.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const struct bw_web_form bw_web_kiosk_form;

/* Whether a kiosk could be enrolled so, by the verb itself; its PIN aside. BW_BAD_INPUT
 * and BW_NOT_FOUND, with the field; what the database answers. */
BW_NODISCARD enum bw_status bw_web_kiosk_check(
    const struct bw_web_visit *visit, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
