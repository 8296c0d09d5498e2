/* When people came to a session, as bars in SVG; nothing where nobody did. One thread. */
#ifndef BW_SYNC_REPORT_CHART_H
#define BW_SYNC_REPORT_CHART_H

#include "report/report.h"

void bw_report_chart(const struct bw_report_session *session, FILE *file);

#endif
