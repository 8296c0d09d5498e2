/* Two published tables of the same people, one beside the other: a count of both is what
 * came in between, and may be of few, where neither table is.
 *
 * BE1 where a sum that both tables tell differs, it is by BW_REPORT_TALLY_SMALL_BELOW and
 *     more: over any rows and columns that stand together in one of them.
 * BE2 what hides in one of them of a row or column that didn't change is not shown by the
 *     other.
 * BE3 rows and columns that are in one of them alone are protected (TA2) among
 *     themselves, since who knows the other table knows all the rest.
 *
 * It is strict: what it passes tells of nobody, and some that it refuses wouldn't either.
 * Any thread. */
#ifndef BW_SYNC_REPORT_BESIDE_H
#define BW_SYNC_REPORT_BESIDE_H

#include "report/figures/report_tally.h"

enum bw_report_beside {
    BW_REPORT_BESIDE_SAFE,
    BW_REPORT_BESIDE_TELLS,
    BW_REPORT_BESIDE_NO_MEMORY,
};

/* Both are protected tables (bw_report_tally_protect) whose parts have the same kind of
 * keys. */
enum bw_report_beside bw_report_tally_beside(
    const struct bw_report_tally *before, const struct bw_report_tally *now);

/* Whether an amount that is published tells of few who came in between. */
bool bw_report_beside_number(int before, int now);

#endif
