/* ISO 8601 times, written and read: see brugwachter/zone.h. Any thread. */
#include <brugwachter/zone.h>

#include "civil.h"

#include <stdio.h>
#include <stdlib.h>

enum { SECOND_MS = 1000, SHOWN_CHARS = 40 };

void
bw_zone_format_iso(
    const struct bw_zone *zone, int64_t wall_ms, char ret_text[BW_ISO_BYTES])
{
    struct bw_civil at;
    bw_zone_to_civil(zone, wall_ms, &at);
    int minutes = abs(at.offset_minutes);
    /* A truncated one would be a programmer's: no year of an int64 is that long. */
    (void)snprintf(ret_text, BW_ISO_BYTES, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d",
        at.year, at.month, at.day, at.hour, at.minute, at.second,
        at.offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/* Every reader moves *at past what it read, and answers false where that isn't there. */

static bool
read_digits(const char **at, int count, int *ret_number)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        char c = (*at)[i];
        if (c < '0' || c > '9') {
            return false;
        }
        number = number * 10 + (c - '0');
    }
    *at += count;
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

/* `2025-03-18T13:30`, perhaps with `:07`. */
static bool
read_civil(const char **at, struct bw_civil *ret_civil)
{
    *ret_civil = (struct bw_civil){0};
    if (!read_digits(at, 4, &ret_civil->year) || !read_char(at, '-') ||
        !read_digits(at, 2, &ret_civil->month) || !read_char(at, '-') ||
        !read_digits(at, 2, &ret_civil->day) ||
        !(read_char(at, 'T') || read_char(at, 't') || read_char(at, ' ')) ||
        !read_digits(at, 2, &ret_civil->hour) || !read_char(at, ':') ||
        !read_digits(at, 2, &ret_civil->minute) ||
        (read_char(at, ':') && !read_digits(at, 2, &ret_civil->second))) {
        return false;
    }
    return bw_civil_is_valid(ret_civil);
}

/* `.123`, or nothing. What is finer than a millisecond is cut off. */
static bool
read_fraction(const char **at, int *ret_ms)
{
    *ret_ms = 0;
    if (!read_char(at, '.') && !read_char(at, ',')) {
        return true;
    }
    int weight = 100;
    int digits = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++, digits++) {
        *ret_ms += (**at - '0') * weight;
        weight /= 10;
    }
    return digits > 0;
}

/* `Z`, `+01:00`, `+0100`, `+01`. */
static bool
read_offset(const char **at, int *ret_seconds)
{
    *ret_seconds = 0;
    if (read_char(at, 'Z') || read_char(at, 'z')) {
        return true;
    }
    int sign = **at == '-' ? -1 : 1;
    if (!read_char(at, '+') && !read_char(at, '-')) {
        return false;
    }
    int hours = 0;
    int minutes = 0;
    if (!read_digits(at, 2, &hours)) {
        return false;
    }
    if ((read_char(at, ':') || **at != '\0') && !read_digits(at, 2, &minutes)) {
        return false;
    }
    *ret_seconds = sign * (hours * 3600 + minutes * 60);
    return hours <= 23 && minutes <= 59;
}

/* What a person typed, fit for a sentence: ASCII, and short. */
static const char *
shown(const char *text, char ret_text[SHOWN_CHARS + 1])
{
    int i = 0;
    for (; i < SHOWN_CHARS && text[i] != '\0'; i++) {
        ret_text[i] = text[i] >= 0x20 && text[i] < 0x7f ? text[i] : '?';
    }
    ret_text[i] = '\0';
    return ret_text;
}

enum bw_status
bw_zone_parse_iso(const struct bw_zone *zone, const char *text, int64_t *ret_wall_ms,
    struct bw_error *err)
{
    const char *at = text;
    char quoted[SHOWN_CHARS + 1];
    struct bw_civil civil;
    int ms = 0;
    int offset = 0;
    bool local = false;
    bool read = read_civil(&at, &civil) && read_fraction(&at, &ms);
    if (read) {
        local = *at == '\0';
        read = local || (read_offset(&at, &offset) && *at == '\0');
    }
    if (!read) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading the time \"%s\" failed: it is no date and time. Write it as in "
            "2025-03-18T13:30.",
            shown(text, quoted));
    }
    int64_t wall_ms;
    if (!local) {
        int64_t days = bw_civil_days(civil.year, civil.month, civil.day);
        wall_ms = (days * DAY_SECONDS + civil.hour * 3600 + civil.minute * 60 +
                      civil.second - offset) *
                  SECOND_MS;
    } else if (bw_zone_from_civil(zone, &civil, &wall_ms) == BW_CIVIL_NONE) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading the time \"%s\" failed: the clocks skip it, going forward for "
            "summer time. Give a time that exists.",
            shown(text, quoted));
    }
    *ret_wall_ms = wall_ms + ms;
    return BW_OK;
}
