/* A report of closed sessions is a version with a date; what comes in later makes the
 * next one, which says what changed. Kept are figures alone, nobody's name.
 *
 * RV1 while no figure changes the version stays the same, whenever it is written.
 * RV2 a version that was made is never changed.
 * RV3 after a purge the figures that rest on names are those kept before it (version 0),
 *     as long as just as many were present. One thread. */
#ifndef BW_SYNC_REPORT_VERSION_H
#define BW_SYNC_REPORT_VERSION_H

#include "central/central.h"
#include "central/when.h"
#include "report/words/report_words.h"

#include <jansson.h>

struct bw_report;

/* One figure that was another in the version before. */
struct bw_report_change {
    char where[BW_TITLE_BYTES]; /* a session's title, or two regions; "": of all */
    enum bw_report_word what;
    int before, now;
};

/* Zeroed: interim figures, since not all sessions are closed. */
struct bw_report_version {
    int number; /* from 1 */
    int64_t made_ms;
    char made[BW_WHEN_BYTES]; /* in words */
    size_t changes_count, changes_capacity;
    struct bw_report_change *changes; /* owned; since the version before */
};

/* Which version a report is, and makes one where its figures are new (RV1); and puts
 * those kept before a purge in their place (RV3). BW_NO_MEMORY, and what the database
 * answers. */
BW_NODISCARD enum bw_status bw_report_version_fix(
    struct bw_central *central, struct bw_report *report, struct bw_error *err);
void bw_report_version_finish(struct bw_report_version *version);

/* Keeps the figures of all sessions that ended before a time, and of their series, which
 * are to be purged (RV3). BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_report_version_keep(
    struct bw_central *central, int64_t before_ms, int64_t now_ms, struct bw_error *err);

/* The figures as they are kept, the caller's reference; NULL without memory. */
json_t *bw_report_figures_json(const struct bw_report *report);
/* What differs between two of them, into `version`. False without memory. */
bool bw_report_figures_compare(const struct bw_report *report, const json_t *before,
    const json_t *now, struct bw_report_version *version);
/* Puts the figures that rest on names in place of the report's, where as many were
 * present in each session; else nothing. False without memory. */
bool bw_report_figures_apply(const json_t *kept, struct bw_report *report);

#endif
