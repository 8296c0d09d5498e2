/* Figures of reports in the central database (table report_version): what making a
 * version and keeping figures before a purge have in common. One thread. */
#ifndef BW_SYNC_REPORT_KEPT_H
#define BW_SYNC_REPORT_KEPT_H

#include "report/figures/report.h"

enum {
    BW_REPORT_SCOPE_BYTES = BW_LABEL_BYTES + 16,
    BW_REPORT_KEPT = 0 /* the version that is none: kept before a purge */
};

/* Whose versions they are: a code says nothing of its kind. */
void bw_report_scope_write(
    const struct bw_report *report, char ret_scope[BW_REPORT_SCOPE_BYTES]);
/* Whether the names of one of its sessions are gone. */
bool bw_report_has_purged(const struct bw_report *report);
/* Puts figures there, in place of those of the same number. BW_NO_MEMORY, and what the
 * database answers. */
BW_NODISCARD enum bw_status bw_report_kept_write(struct bw_central *central,
    const char *scope, int number, int64_t made_ms, const json_t *figures,
    struct bw_error *err);
/* Takes those kept before a purge into the report, where they are of as many people
 * (RV3). BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_report_kept_apply(struct bw_central *central,
    const char *scope, struct bw_report *report, struct bw_error *err);

#endif
