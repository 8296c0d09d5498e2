/* Times as Google Forms, Dutch Excel and ISO 8601 write them. Any thread. */
#ifndef BW_SYNC_FORM_TIME_H
#define BW_SYNC_FORM_TIME_H

#include <brugwachter/zone.h>
#include <stdint.h>

enum bw_time_fault {
    BW_TIME_FINE,
    BW_TIME_UNKNOWN,   /* not a time in one of these forms */
    BW_TIME_AMBIGUOUS, /* day and month, or month and day */
    BW_TIME_NONE,      /* skipped by a clock change */
    BW_TIME_DOUBLE,    /* happens twice */
};

/*   2025/02/10 12:37:19 AM GMT+1   Google Forms (AM, a.m., zone or none)
 *   10-02-2025 00:37:19            Dutch Excel (seconds or none)
 *   2025-02-10T12:37, 2025-02-10 12:37:19+01:00
 *
 * Without a zone of its own it is local to `zone`. Day and month with a slash between
 * them are not guessed at. */
enum bw_time_fault bw_form_time_parse(
    const char *text, const struct bw_zone *zone, int64_t *ret_wall_ms);

/* "is no date and time (…)": ends a sentence. Static: nobody frees it; never NULL. */
const char *bw_time_fault_name(enum bw_time_fault fault);

#endif
