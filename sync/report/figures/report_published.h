/* What may be published of a series beside all that was published of it before, and of
 * one of its circles. A public report's tables are kept, so that the next is judged by
 * them; kept are counts alone.
 *
 * PB1 a public report isn't made where, beside an earlier one of its series, it would
 *     tell of few people (report_beside.h).
 * PB2 of one circle is published what its series' tables say of it, and nothing besides:
 *     who subtracts circles from their series learns what the series says. One thread. */
#ifndef BW_SYNC_REPORT_PUBLISHED_H
#define BW_SYNC_REPORT_PUBLISHED_H

#include "report/figures/report_sums.h"

/* Judges sums that were made for publishing, notes them, and leaves of a circle's what
 * may be published (PB2). `anew`: what was made before never went out, and is forgotten.
 * BW_REFUSED by PB1; BW_NO_MEMORY, the errors of bw_report_of_series and
 * bw_report_sums_make, and what the database answers. Nothing is noted then, and the sums
 * aren't to be published. */
BW_NODISCARD enum bw_status bw_report_publish(struct bw_central *central,
    struct bw_report_sums *inout_sums, bool anew, struct bw_error *err);

#endif
