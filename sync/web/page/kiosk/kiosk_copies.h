/* Zuilen, of a kiosk of which there are two: each copy with its last event, and which one
 * goes on. One thread, that of the desk. */
#ifndef BW_WEB_KIOSK_COPIES_H
#define BW_WEB_KIOSK_COPIES_H

#include "web/page/kiosk/kiosk_fleet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is shown before one is chosen, a row for the template: {"name","number","picture",
 * "copies":[{"copy","title","what","who","follows"}]}. Nothing is added to `inout_list`
 * where there are no two to choose from. What the database answers, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_kiosk_copies_add(const struct bw_web_visit *visit,
    const struct bw_web_kiosk *one, json_t **inout_list, struct bw_error *err);

/* A digest of which copies there are and which one is followed, for who confirms that
 * they saw it (picture.h): it stays as they grow. "" where there are no two to choose
 * from. What the database answers, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_kiosk_copies_digest(const struct bw_web_visit *visit,
    uint32_t device, char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
