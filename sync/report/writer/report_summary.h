/* The figures of a report in HTML, with nobody's name: the same parts for who may see all
 * and for publishing. One thread. What can't be written shows in the file, which stays
 * open. */
#ifndef BW_SYNC_REPORT_SUMMARY_H
#define BW_SYNC_REPORT_SUMMARY_H

#include "report/figures/report_sums.h"

/* All of it: figures, arrivals, circles, regions, how often, what words mean. */
void bw_report_summary_write(const struct bw_report_sums *sums, FILE *file);

/* What changed since the version before; nothing of the first, or for publishing. */
void bw_report_changes_write(const struct bw_report_sums *sums, FILE *file);
/* When people came: a chart, and beside it the table of the same. */
void bw_report_arrivals_write(const struct bw_report_sums *sums, FILE *file);
/* From which region to which; and how often people came. */
void bw_report_regions_write(const struct bw_report_sums *sums, FILE *file);
void bw_report_often_write(const struct bw_report_sums *sums, FILE *file);

#endif
