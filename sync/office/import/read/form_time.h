/* Times as Google Forms, Dutch Excel and ISO 8601 write them. Any thread. */
#ifndef BW_SYNC_FORM_TIME_H
#define BW_SYNC_FORM_TIME_H

#include <brugwachter/zone.h>
#include <stdbool.h>
#include <stdint.h>

enum bw_time_fault {
    BW_TIME_FINE,
    BW_TIME_UNKNOWN,    /* not a time in one of these forms */
    BW_TIME_AMBIGUOUS,  /* day and month, or month and day */
    BW_TIME_NONE,       /* skipped by a clock change */
    BW_TIME_DOUBLE,     /* happens twice */
    BW_TIME_SHORT_YEAR, /* two digits */
};

enum bw_date_order { BW_DATE_UNSAID, BW_DATE_DMY, BW_DATE_MDY };

/* "dmy", "mdy"; "" for none. Static. Any other word is none. */
const char *bw_form_time_order_word(enum bw_date_order order);
enum bw_date_order bw_form_time_order_parse(const char *word);

/* What a date in figures alone says of its file. */
enum bw_date_says {
    BW_DATE_SAYS_NOTHING, /* the year first, a month by its name, 10-10-2025 */
    BW_DATE_SAYS_DMY,     /* 25-2-2025 */
    BW_DATE_SAYS_MDY,     /* 2/25/2025 */
    BW_DATE_SAYS_EITHER,  /* 2-3-2025 */
};

/*   2025/02/10 12:37:19 AM GMT+1   Google Forms (AM, a.m., zone or none)
 *   10-02-2025 00:37:19            Dutch Excel (seconds or none)
 *   2025-02-10T12:37, 2025-02-10 12:37:19+01:00
 *
 * Without a zone of its own it is local to `zone`. Day and month with a slash between
 * them are not guessed at. */
enum bw_time_fault bw_form_time_parse(
    const char *text, const struct bw_zone *zone, int64_t *ret_wall_ms);

/* The same, and what people and other programs write:
 *
 *   10/2/2025 9:12         as `order` says; with a hyphen or a point, the day first
 *                          where it says nothing
 *   10-feb-2025 9.12, 10 februari 2025 om 9:12, Feb 10, 2025 at 9:12 AM
 *   10-2-2025              the beginning of that day; *ret_alone
 *   45698,3833             a spreadsheet's number of days since 1900 (or 1904)
 *
 * Of a time that happens twice (BW_TIME_DOUBLE) *ret_wall_ms is the first. */
enum bw_time_fault bw_form_time_read(const char *text, enum bw_date_order order,
    bool from_1904, const struct bw_zone *zone, int64_t *ret_wall_ms, bool *ret_alone);

/* Whether the text says what comes first, day or month. `*ret_slash`: the parts have a
 * slash between them. */
enum bw_date_says bw_form_time_says(const char *text, bool *ret_slash);

/* "is no date and time (…)": ends a sentence. Static: nobody frees it; never NULL. */
const char *bw_time_fault_name(enum bw_time_fault fault);

#endif
