/* The table of circles, for Vandaag and for Kringen; and what is said of kiosks. One
 * thread. */
#ifndef BW_WEB_CIRCLES_H
#define BW_WEB_CIRCLES_H

#include "report/figures/status_figures.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Everything that the table is made of, read in one snapshot. Zeroed is empty. */
struct bw_web_circles {
    struct bw_status_figures figures;
    struct bw_session *sessions; /* beside figures.sessions; owned */
    uint32_t *kiosks;            /* of each, the number of one of its kiosks; 0: none */
};

/* What the database answers, BW_NO_MEMORY. The caller finishes what BW_OK gives. */
BW_NODISCARD enum bw_status bw_web_circles_read(
    struct bw_web_visit *visit, struct bw_web_circles *ret_circles, struct bw_error *err);
void bw_web_circles_finish(struct bw_web_circles *circles);

/* The row of circle `i`: {"code","title","region","day","venue","taken","free","waiting",
 * "bar","kiosk","state","off"}. NULL without memory. */
json_t *bw_web_circle_row(
    struct bw_web_visit *visit, const struct bw_web_circles *circles, size_t i);

/* Whether a circle's kiosk is to be heard: it is today or tomorrow. */
bool bw_web_kiosk_needed(const struct bw_web_visit *visit,
    const struct bw_session *session, enum bw_session_state state);

/* What a kiosk is like, worst first: {"kind","icon","word"}; that it is silent
 * (status_kiosk.h) where it is `needed`. NULL without memory. */
json_t *bw_web_kiosk_chip(
    struct bw_web_visit *visit, const struct bw_status_kiosk *kiosk, bool needed);

/* The next circle to come as {"next_title","next_day","next_time","next_today"}; null
 * where there's none, NULL without memory. */
json_t *bw_web_next_circle(
    struct bw_web_visit *visit, const struct bw_web_circles *circles);

#ifdef __cplusplus
}
#endif

#endif
