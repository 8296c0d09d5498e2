/* POSIX TZ rules: see posix_tz.h. Any thread. */
#include "posix_tz.h"

#include "civil.h"

#include <string.h>

enum { HOUR_SECONDS = 3600, RULE_HOURS_MOST = 167, OFFSET_HOURS_MOST = 24 };

/* Every reader moves *at past what it read, and answers false where that isn't there. */

static bool
read_number(const char **at, int least, int most, int *ret_number)
{
    int number = 0;
    int digits = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++, digits++) {
        if (digits == 3) {
            return false;
        }
        number = number * 10 + (**at - '0');
    }
    if (digits == 0 || number < least || number > most) {
        return false;
    }
    *ret_number = number;
    return true;
}

static bool
read_char(const char **at, char c)
{
    if (**at != c) {
        return false;
    }
    (*at)++;
    return true;
}

/* `CET`, or `<+0330>`. Nothing needs the name itself. */
static bool
skip_name(const char **at)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char quoted[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
    bool is_quoted = read_char(at, '<');
    size_t length = strspn(*at, is_quoted ? quoted : letters);
    *at += length;
    return length >= 3 && (!is_quoted || read_char(at, '>'));
}

/* `:mm` or `:ss`, which may be absent. */
static bool
read_sixtieths(const char **at, int *ret_number)
{
    return !read_char(at, ':') || read_number(at, 0, 59, ret_number);
}

/* `[+-]hh[:mm[:ss]]` */
static bool
read_seconds(const char **at, int hours_most, int *ret_seconds)
{
    int sign = 1;
    if (read_char(at, '-')) {
        sign = -1;
    } else {
        (void)read_char(at, '+');
    }
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    if (!read_number(at, 0, hours_most, &hours) || !read_sixtieths(at, &minutes) ||
        !read_sixtieths(at, &seconds)) {
        return false;
    }
    *ret_seconds = sign * (hours * HOUR_SECONDS + minutes * 60 + seconds);
    return true;
}

static bool
read_day(const char **at, struct posix_day *ret_day)
{
    *ret_day = (struct posix_day){.kind = POSIX_DAY_OF_YEAR, .seconds = 2 * HOUR_SECONDS};
    bool read;
    if (read_char(at, 'M')) {
        ret_day->kind = POSIX_DAY_OF_MONTH;
        read = read_number(at, 1, 12, &ret_day->month) && read_char(at, '.') &&
               read_number(at, 1, 5, &ret_day->week) && read_char(at, '.') &&
               read_number(at, 0, 6, &ret_day->day);
    } else if (read_char(at, 'J')) {
        ret_day->kind = POSIX_DAY_JULIAN;
        read = read_number(at, 1, 365, &ret_day->day);
    } else {
        read = read_number(at, 0, 365, &ret_day->day);
    }
    return read &&
           (!read_char(at, '/') || read_seconds(at, RULE_HOURS_MOST, &ret_day->seconds));
}

bool
bw_posix_tz_parse(const char *text, struct posix_tz *ret_rule)
{
    struct posix_tz rule = {0};
    const char *at = text;
    int west = 0;
    if (!skip_name(&at) || !read_seconds(&at, OFFSET_HOURS_MOST, &west)) {
        return false;
    }
    rule.standard_seconds = -west;
    if (*at != '\0') {
        rule.has_summer = true;
        rule.summer_seconds = rule.standard_seconds + HOUR_SECONDS;
        if (!skip_name(&at)) {
            return false;
        }
        if (*at != ',') {
            if (!read_seconds(&at, OFFSET_HOURS_MOST, &west)) {
                return false;
            }
            rule.summer_seconds = -west;
        }
        if (!read_char(&at, ',') || !read_day(&at, &rule.summer_from) ||
            !read_char(&at, ',') || !read_day(&at, &rule.summer_to) || *at != '\0') {
            return false;
        }
    }
    *ret_rule = rule;
    return true;
}

/* Local time of a change in a year, in seconds as if it were UTC. */
static int64_t
change_seconds(const struct posix_day *change, int64_t year)
{
    int64_t days = 0;
    switch (change->kind) {
    case POSIX_DAY_JULIAN: {
        bool after_leap_day = bw_civil_is_leap_year(year) && change->day >= 60;
        days = bw_civil_days(year, 1, 1) + change->day - 1 + (after_leap_day ? 1 : 0);
        break;
    }
    case POSIX_DAY_OF_YEAR:
        days = bw_civil_days(year, 1, 1) + change->day;
        break;
    case POSIX_DAY_OF_MONTH: {
        struct bw_civil first;
        int64_t first_days = bw_civil_days(year, change->month, 1);
        bw_civil_from_days(first_days, &first);
        int day = (change->day - first.weekday + 7) % 7 + (change->week - 1) * 7;
        while (day >= bw_civil_month_days(year, change->month)) {
            day -= 7;
        }
        days = first_days + day;
        break;
    }
    }
    return days * DAY_SECONDS + change->seconds;
}

int
bw_posix_tz_offset(const struct posix_tz *rule, int64_t utc_seconds)
{
    if (!rule->has_summer) {
        return rule->standard_seconds;
    }
    struct bw_civil date;
    bw_civil_from_days(bw_floor_div(utc_seconds, DAY_SECONDS), &date);
    /* The newest change counts. A change may lie in the year beside its own (167 hours),
     * so three years are looked at; on a tie the later summer begins where
     * the former ends. */
    int64_t newest = INT64_MIN;
    int offset = rule->standard_seconds;
    for (int64_t year = date.year - 1; year <= date.year + 1; year++) {
        int64_t from = change_seconds(&rule->summer_from, year) - rule->standard_seconds;
        int64_t to = change_seconds(&rule->summer_to, year) - rule->summer_seconds;
        if (from <= utc_seconds && from >= newest) {
            newest = from;
            offset = rule->summer_seconds;
        }
        if (to <= utc_seconds && to > newest) {
            newest = to;
            offset = rule->standard_seconds;
        }
    }
    return offset;
}
