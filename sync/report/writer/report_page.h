/* The page round a report: its head, its style, its foot. One thread. What
 * can't be written shows in the file, which stays open. */
#ifndef BW_SYNC_REPORT_PAGE_H
#define BW_SYNC_REPORT_PAGE_H

#include "report/figures/report_sums.h"

/* All that stands before the first figure, and all that follows the last. */
void bw_report_page_begin(const struct bw_report_sums *sums, FILE *file);
void bw_report_page_end(const struct bw_report_sums *sums, FILE *file);

#endif
