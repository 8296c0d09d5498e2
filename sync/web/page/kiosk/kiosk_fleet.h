/* The fleet as the pages of Zuilen see it: each kiosk with its log, and what can be said
 * of both. One thread, that of the desk. */
#ifndef BW_WEB_KIOSK_FLEET_H
#define BW_WEB_KIOSK_FLEET_H

#include "exchange/office/fleet.h"
#include "report/figures/status_kiosk.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One of them; borrowed for the call. */
struct bw_web_kiosk {
    const struct bw_fleet_kiosk *kiosk;
    const struct bw_device_chain *chain;
    const struct bw_status_figures *figures; /* of all */
    struct bw_status_view view;
    bool unused; /* never heard, and nothing of it came on a stick either */
};

/* False ends the walk. */
typedef bool bw_web_kiosk_each(const struct bw_web_kiosk *one, void *context);

/* All that ever had something on them or are at work, by number, of one snapshot. What
 * the database answers, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_fleet_walk(const struct bw_web_visit *visit,
    bw_web_kiosk_each *each, void *context, struct bw_error *err);

/* A kiosk's number, as a form says it. BW_BAD_INPUT, about "device". */
BW_NODISCARD enum bw_status bw_web_kiosk_number(
    const char *text, uint32_t *ret_number, struct bw_error *err);

/* Whether it is out of service. */
bool bw_web_kiosk_is_revoked(const struct bw_web_kiosk *one);

/* The titles of its circles, with commas between; NULL without memory. */
json_t *bw_web_kiosk_circles(const struct bw_web_kiosk *one);

/* The circle that it is needed for first: today's where it has one, else the first that
 * isn't over; NULL where all are. Of the figures. */
const struct bw_status_session *bw_web_kiosk_circle(const struct bw_web_kiosk *one);

/* A moment as the page says it, "–" for 0. NULL without memory. */
json_t *bw_web_kiosk_when(const struct bw_web_visit *visit, int64_t wall_ms);

/* What of it isn't here, as a sentence; NULL without memory. */
json_t *bw_web_kiosk_lost(
    const struct bw_web_visit *visit, const struct bw_web_kiosk *one);

/* A digest of that, for who confirms that they saw it (picture.h). BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_kiosk_lost_digest(const struct bw_web_kiosk *one,
    char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err);

/* The page Zuilen for who saw another state of a kiosk: what is there now, and who was
 * first. `asked` is what was to be done with it, as the page's address has it ("weg",
 * "kopie"; "": it was done at once). What the database answers, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_kiosks_again(
    struct bw_web_visit *visit, const char *asked, uint32_t device, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
