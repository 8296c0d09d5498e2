/* The report's tables and charts, as Verslag shows them: with all figures, or as they may
 * be published (report/figures/report_sums.h). One thread. */
#ifndef BW_WEB_REPORT_TABLES_H
#define BW_WEB_REPORT_TABLES_H

#include "report/figures/report_sums.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How full a circle was, as the width of a bar of 100. NULL without memory. */
json_t *bw_web_report_bar(int present, int capacity);

/* Adds to the model: "arrivals" (when people came, false where nobody did), "often",
 * "matrix" (from which region to which; false without one), "meanings", "changes" (since
 * the version before; false for publishing), and for publishing "public_circles". The
 * model is NULL once there was no memory. */
void bw_web_report_tables(
    const struct bw_web_visit *visit, const struct bw_report_sums *sums, json_t **model);

#ifdef __cplusplus
}
#endif

#endif
