/* Times as forms write them: see form_time.h.
 *
 * Read by hand: a scanner over the text that each piece moves on. 10/2/2025 is refused:
 * it is October in one country and February in another. */
#include "office/import/form_time.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NO_OFFSET = 100000, MINUTE_MS = 60 * 1000, OFFSET_MINUTES_MAX = 14 * 60 };

struct zone_name {
    const char *name;
    int minutes;
};

/* What Google Forms puts behind a European time. */
static const struct zone_name zone_names[] = {{"GMT", 0}, {"UTC", 0}, {"Z", 0},
    {"WET", 0}, {"CET", 60}, {"MEZ", 60}, {"WEST", 60}, {"BST", 60}, {"CEST", 120},
    {"MESZ", 120}, {"EET", 120}, {"EEST", 180}};

static void
skip_blanks(const char **at)
{
    while (**at == ' ') {
        (*at)++;
    }
}

static bool
read_number(const char **at, int digits_min, int digits_max, int *ret_number)
{
    int digits = 0;
    int number = 0;
    while (digits < digits_max && isdigit((unsigned char)**at) != 0) {
        number = number * 10 + (**at - '0');
        (*at)++;
        digits++;
    }
    *ret_number = number;
    return digits >= digits_min && isdigit((unsigned char)**at) == 0;
}

static bool
skip_char(const char **at, char c)
{
    if (**at != c) {
        return false;
    }
    (*at)++;
    return true;
}

/* 2025/02/10, 2025-02-10, 10-02-2025 or 10-2-2025. */
static bool
take_date(const char **at, struct bw_civil *civil)
{
    const char *start = *at;
    if (read_number(at, 4, 4, &civil->year) && (**at == '/' || **at == '-')) {
        char mark = **at;
        (*at)++;
        return read_number(at, 1, 2, &civil->month) && skip_char(at, mark) &&
               read_number(at, 1, 2, &civil->day);
    }
    *at = start;
    return read_number(at, 1, 2, &civil->day) && skip_char(at, '-') &&
           read_number(at, 1, 2, &civil->month) && skip_char(at, '-') &&
           read_number(at, 4, 4, &civil->year);
}

/* AM, a.m., PM, p.m.; nothing is fine too. False where the hour doesn't fit it. */
static bool
take_half(const char **at, struct bw_civil *civil)
{
    char half = (char)tolower((unsigned char)**at);
    const char *next = *at + 1;
    if (half != 'a' && half != 'p') {
        return true;
    }
    (void)skip_char(&next, '.');
    skip_blanks(&next);
    if (tolower((unsigned char)*next) != 'm') {
        return true;
    }
    next++;
    (void)skip_char(&next, '.');
    *at = next;
    if (civil->hour < 1 || civil->hour > 12) {
        return false;
    }
    civil->hour = civil->hour % 12 + (half == 'p' ? 12 : 0);
    return true;
}

static bool
take_clock(const char **at, struct bw_civil *civil)
{
    if (!read_number(at, 1, 2, &civil->hour) || !skip_char(at, ':') ||
        !read_number(at, 2, 2, &civil->minute)) {
        return false;
    }
    if (skip_char(at, ':') && !read_number(at, 2, 2, &civil->second)) {
        return false;
    }
    if (skip_char(at, '.')) { /* fractions order nobody */
        int ignored;
        if (!read_number(at, 1, 9, &ignored)) {
            return false;
        }
    }
    skip_blanks(at);
    return take_half(at, civil);
}

/* +1, +01:00, -0530 */
static bool
take_offset(const char **at, int *ret_minutes)
{
    int sign = **at == '-' ? -1 : 1;
    int hours = 0;
    int minutes = 0;
    if (**at != '+' && **at != '-') {
        return false;
    }
    (*at)++;
    const char *start = *at;
    if (read_number(at, 4, 4, &hours)) {
        minutes = hours % 100;
        hours /= 100;
    } else {
        *at = start;
        if (!read_number(at, 1, 2, &hours) ||
            (skip_char(at, ':') && !read_number(at, 2, 2, &minutes))) {
            return false;
        }
    }
    *ret_minutes = sign * (hours * 60 + minutes);
    return minutes < 60 && hours * 60 + minutes <= OFFSET_MINUTES_MAX;
}

/* Nothing, a name, an offset, or both as in GMT+1. */
static bool
take_zone(const char **at, int *ret_minutes)
{
    *ret_minutes = NO_OFFSET;
    skip_blanks(at);
    size_t length = strcspn(*at, "+- ");
    bool named = length > 0;
    for (size_t i = 0; named && i < sizeof zone_names / sizeof zone_names[0]; i++) {
        if (strlen(zone_names[i].name) == length &&
            strncasecmp(zone_names[i].name, *at, length) == 0) {
            *ret_minutes = zone_names[i].minutes;
        }
    }
    if (named && *ret_minutes == NO_OFFSET) {
        return false;
    }
    *at += length;
    if (**at == '+' || **at == '-') {
        int minutes = 0;
        if ((named && *ret_minutes != 0) || !take_offset(at, &minutes)) {
            return false;
        }
        *ret_minutes = minutes;
    }
    skip_blanks(at);
    return **at == '\0';
}

/* Days since 1970 of the proleptic Gregorian calendar
 * (Howard Hinnant, days_from_civil). */
static int64_t
days_of(const struct bw_civil *civil)
{
    int64_t year = civil->year - (civil->month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t month = (civil->month + 9) % 12;
    int64_t of_year = (153 * month + 2) / 5 + civil->day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static enum bw_time_fault
resolve(const struct bw_civil *civil, int offset, const struct bw_zone *zone,
    int64_t *ret_wall_ms)
{
    if (offset != NO_OFFSET) {
        int64_t minutes =
            (days_of(civil) * 24 + civil->hour) * 60 + civil->minute - offset;
        *ret_wall_ms = minutes * MINUTE_MS + civil->second * 1000;
        return BW_TIME_FINE;
    }
    switch (bw_zone_from_civil(zone, civil, ret_wall_ms)) {
    case BW_CIVIL_ONE:
        return BW_TIME_FINE;
    case BW_CIVIL_NONE:
        return BW_TIME_NONE;
    case BW_CIVIL_DOUBLE:
        return BW_TIME_DOUBLE;
    }
    return BW_TIME_UNKNOWN;
}

/* 10/2/2025 and 2/10/2025: which it is depends on whose computer wrote it. */
static bool
is_slashed(const char *text)
{
    int day, month, year, read = 0;
    return sscanf(text, " %2d/%2d/%4d%n", &day, &month, &year, &read) == 3 && read > 0;
}

enum bw_time_fault
bw_form_time_parse(const char *text, const struct bw_zone *zone, int64_t *ret_wall_ms)
{
    struct bw_civil civil = {.year = 0};
    int offset = NO_OFFSET;
    const char *at = text;
    skip_blanks(&at);
    if (!take_date(&at, &civil) || !(*at == 'T' || *at == ' ' || *at == ',')) {
        return is_slashed(text) ? BW_TIME_AMBIGUOUS : BW_TIME_UNKNOWN;
    }
    at++;
    skip_blanks(&at);
    if (!take_clock(&at, &civil) || !take_zone(&at, &offset) ||
        !bw_civil_is_valid(&civil) || civil.year < 1990 || civil.year > 2200) {
        return BW_TIME_UNKNOWN;
    }
    int64_t wall_ms = 0;
    enum bw_time_fault fault = resolve(&civil, offset, zone, &wall_ms);
    if (fault == BW_TIME_FINE) {
        *ret_wall_ms = wall_ms;
    }
    return fault;
}

const char *
bw_time_fault_name(enum bw_time_fault fault)
{
    switch (fault) {
    case BW_TIME_FINE:
        return "is a time";
    case BW_TIME_UNKNOWN:
        return "is no date and time (2025-02-10 12:37, 10-02-2025 12:37)";
    case BW_TIME_AMBIGUOUS:
        return "doesn't say which is the day and which the month; write it as "
               "2025-02-10 12:37";
    case BW_TIME_NONE:
        return "doesn't exist: the clock went forward over it";
    case BW_TIME_DOUBLE:
        return "happens twice: the clock went back over it; write it with its offset, as "
               "in 2025-10-26T02:30+01:00";
    }
    return "is no time";
}
