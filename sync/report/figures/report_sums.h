/* A report's figures over all its sessions, as tables with totals: what every writer
 * prints, with nobody's name; and the same fit to be published (report_tally.h).
 *
 * What is made for publishing also keeps to this: a circle that is merged with one of
 * another region makes their regions one in the matrix too, since the totals of both
 * tables are the same people; how often people came is told only where that tells of no
 * few. One thread. */
#ifndef BW_SYNC_REPORT_SUMS_H
#define BW_SYNC_REPORT_SUMS_H

#include "report/figures/report.h"
#include "report/words/report_words.h"
#include "report/figures/report_tally.h"

struct bw_report_sums {
    const struct bw_report *report; /* borrowed */
    enum bw_wording_language language;
    bool is_public;
    struct bw_report_tally circles; /* a row a circle; BW_REPORT_CAME and on */
    struct bw_report_tally regions; /* from by to; turned: to by from */
    struct bw_report_tally
        arrivals; /* one row, a column a bin that isn't at an empty end */
    size_t start; /* the column that begins with the sessions; columns_count: none */
    int visits, places, from_waitlist, kiosks, kiosks_complete;
    int registered, confirmed, confirmed_came, no_show, overrides, early, held;
    int on_time;    /* visits that began before their session did */
    int own_region; /* visits to one's own region's circle */
    bool agree;     /* the three tables have the same total */
    bool turned;    /* fit to be published, with one column: that is the row */
    bool people_shown, often_shown, waitlist_shown, schools_shown;
    bool beside_shown; /* names of schools that aren't on the list */
};

/* BW_NO_MEMORY; BW_REFUSED where the tables' totals don't agree, so that nothing wrong is
 * printed. The caller finishes it. */
BW_NODISCARD enum bw_status bw_report_sums_make(const struct bw_report *report,
    enum bw_wording_language language, bool is_public, struct bw_report_sums *ret_sums,
    struct bw_error *err);
void bw_report_sums_finish(struct bw_report_sums *sums);

/* "van 1100 scholen bereikt", or without how many where that isn't known. */
void bw_report_schools_say(
    const struct bw_report_sums *sums, char ret_text[BW_WORDING_SAID_BYTES]);

/* "53 schoolnamen staan niet op de lijst"; "" where that isn't told, or none are. */
void bw_report_beside_say(
    const struct bw_report_sums *sums, char ret_text[BW_WORDING_SAID_BYTES]);

/* What a word of the report means; NULL for one that this report doesn't have. Static. */
const char *bw_report_meaning(
    const struct bw_report_sums *sums, enum bw_report_word word);

/* n of m in whole percent; 0 of nothing. */
int bw_report_percent(int n, int m);

/* The visits are too few to be published (report_tally.h): no part of the places is told
 * either, of which they could be reckoned. */
bool bw_report_visits_are_few(const struct bw_report_sums *sums);
/* Which part of the places was taken: "82%"; "–" where there were none, "•" where that
 * may not be published. */
void bw_report_occupied_say(
    const struct bw_report_sums *sums, char ret_text[BW_REPORT_TALLY_TEXT_BYTES]);

/* What the matrix of regions has as rows, as columns, and what stands above it, as it
 * lies: never ask BW_REPORT_FROM and the like for it. */
const char *bw_report_regions_rows(const struct bw_report_sums *sums);
const char *bw_report_regions_columns(const struct bw_report_sums *sums);
const char *bw_report_regions_text(const struct bw_report_sums *sums);

/* A session that is a row of the tables. */
bool bw_report_counts(const struct bw_report_session *session);

#endif
