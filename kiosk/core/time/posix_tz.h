/* The rule for all times to come, as it stands in a zone file's last line:
 * `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX TZ, with the hours of RFC 8536, section 3.3.1).
 * Any thread; the text is borrowed, and the rule the caller's. */
#ifndef BW_CORE_POSIX_TZ_H
#define BW_CORE_POSIX_TZ_H

#include <stdbool.h>
#include <stdint.h>

enum posix_day_kind {
    POSIX_DAY_JULIAN,   /* Jn: 1 to 365, 29 February never counted */
    POSIX_DAY_OF_YEAR,  /* n: 0 to 365 */
    POSIX_DAY_OF_MONTH, /* Mm.w.d: week 5 is the last */
};

struct posix_day {
    enum posix_day_kind kind;
    int month, week, day;
    int seconds; /* local time of the change, -167 to 167 hours */
};

struct posix_tz {
    int standard_seconds; /* east of UTC */
    int summer_seconds;
    bool has_summer;
    struct posix_day summer_from, summer_to;
};

/* False where the text is no such rule. A summer time without dates is none. */
bool bw_posix_tz_parse(const char *text, struct posix_tz *ret_rule);

/* Seconds east of UTC at a UTC time in seconds. */
int bw_posix_tz_offset(const struct posix_tz *rule, int64_t utc_seconds);

#endif
