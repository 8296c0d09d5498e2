/* What to look at of a kiosk, as cards of Zuilen: at most one thing each, that which can
 * least wait. One thread, that of the desk. */
#ifndef BW_WEB_KIOSK_CARD_H
#define BW_WEB_KIOSK_CARD_H

#include "web/page/kiosk/kiosk_fleet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Lists of cards; each NULL once one couldn't be made. The caller takes them. */
struct bw_web_kiosk_cards {
    json_t *urgent, *later;
};

/* Adds what there is to look at, if anything. In the snapshot of its walk. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_web_kiosk_card_add(const struct bw_web_visit *visit,
    const struct bw_web_kiosk *one, struct bw_web_kiosk_cards *cards,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
