/* The report's files: report.html, report.csv, report.xlsx, report.pdf, report.json;
 * those without names are report-public.html and so on. One thread. */
#ifndef BW_SYNC_REPORT_FILES_H
#define BW_SYNC_REPORT_FILES_H

#include "report/figures/report.h"

/* Borrowed until bw_report_files returns. */
struct bw_report_request {
    const char *session; /* code; NULL: the series */
    const char *series;  /* code; NULL: the session */
    bool is_public; /* nobody's name, and what tells of few is hidden (report_tally.h) */
    enum bw_wording_language language;
    enum bw_wording_language excel; /* whose opens the CSV */
    int schools_of;                 /* how many there are to be reached, without a list */
    bool anew;          /* earlier public reports never went out (report_published.h) */
    const char *folder; /* made where it isn't there */
    char *ret_folder; /* room of PATH_MAX: where they are; `folder` by its own name where
                          * another report lies in that */
};

/* An earlier version's files (report_version.h) go to a folder version-N there first.
 * Writes them, each whole or not at all (mode 0600), and gives the figures, which the
 * caller finishes. `now_ms` is the time that stands in it. BW_NOT_FOUND, BW_NO_MEMORY,
 * of a public one the errors of bw_report_publish, and what the database or the disk
 * answers. */
BW_NODISCARD enum bw_status bw_report_files(struct bw_central *central,
    const struct bw_report_request *request, int64_t now_ms, struct bw_report *ret_report,
    struct bw_error *err);

#endif
