/* When people came to a session, as bars in SVG; nothing where nobody did. One thread.
 * What can't be written shows in the file, which stays open. */
#ifndef BW_SYNC_REPORT_CHART_H
#define BW_SYNC_REPORT_CHART_H

#include "report/report.h"

/* Writes the chart of one session, whose people are there (R1). */
void bw_report_chart(const struct bw_report_session *session, FILE *file);

#endif
