/* Dates and times in words: see when.h. */
#include "central/when.h"

#include <brugwachter/zone.h>
#include <stdio.h>

static const char *const days[BW_WORDING_LANGUAGES][7] = {
    {"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
    {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}};
static const char *const months[BW_WORDING_LANGUAGES][12] = {
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
        "september", "oktober", "november", "december"},
    {"January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December"}};
/* Behind a time of day. */
static const char *const hour_words[BW_WORDING_LANGUAGES] = {" uur", ""};

const char *
bw_when_day_name(enum bw_wording_language language, int weekday)
{
    return days[language][weekday];
}

const char *
bw_when_month_name(enum bw_wording_language language, int month)
{
    return months[language][month - 1];
}

static void
clock_write(const struct bw_civil *at, char ret_text[BW_WHEN_CLOCK_BYTES])
{
    (void)snprintf(
        ret_text, BW_WHEN_CLOCK_BYTES, "%02d.%02d", at->hour % 100, at->minute % 100);
}

int64_t
bw_when_doors_ms(const struct bw_session *session)
{
    return session->opens_ms != 0
               ? session->opens_ms
               : session->starts_ms - (int64_t)session->doors_minutes * 60000;
}

enum bw_status
bw_when_of_session(enum bw_wording_language language, const struct bw_session *session,
    struct bw_when *ret_when, struct bw_error *err)
{
    struct bw_zone *zone;
    enum bw_status status = bw_zone_open(session->timezone, &zone, err);
    if (status != BW_OK) {
        return bw_error_prefix(
            err, status, "reading the times of session %s", session->code);
    }
    struct bw_civil from, to, doors;
    bw_zone_to_civil(zone, session->starts_ms, &from);
    bw_zone_to_civil(zone, session->ends_ms, &to);
    bw_zone_to_civil(zone, bw_when_doors_ms(session), &doors);
    ret_when->language = language;
    (void)snprintf(ret_when->day, sizeof ret_when->day, "%s %d %s %d",
        bw_when_day_name(language, from.weekday), from.day,
        bw_when_month_name(language, from.month), from.year);
    clock_write(&from, ret_when->from);
    clock_write(&to, ret_when->to);
    (void)snprintf(ret_when->hours, sizeof ret_when->hours, "%s – %s%s", ret_when->from,
        ret_when->to, hour_words[language]);
    ret_when->start_minute = from.hour * 60 + from.minute;
    ret_when->doors[0] = '\0';
    if (bw_when_doors_ms(session) < session->starts_ms) {
        clock_write(&doors, ret_when->doors);
    }
    char iso[BW_ISO_BYTES];
    bw_zone_format_iso(zone, session->starts_ms, iso);
    (void)snprintf(ret_when->start_iso, sizeof ret_when->start_iso, "%s", iso);
    bw_zone_close(zone);
    return BW_OK;
}

/* What clocks and calendars in the zone show then. */
static enum bw_status
civil_at(
    const char *zone_name, int64_t wall_ms, struct bw_civil *ret_at, struct bw_error *err)
{
    struct bw_zone *zone;
    enum bw_status status = bw_zone_open(zone_name, &zone, err);
    if (status == BW_OK) {
        bw_zone_to_civil(zone, wall_ms, ret_at);
        bw_zone_close(zone);
    }
    return status;
}

enum bw_status
bw_when_of_moment(enum bw_wording_language language, const char *zone_name,
    int64_t wall_ms, char ret_text[BW_WHEN_BYTES], struct bw_error *err)
{
    struct bw_civil at;
    enum bw_status status = civil_at(zone_name, wall_ms, &at, err);
    if (status == BW_OK) {
        char clock[BW_WHEN_CLOCK_BYTES];
        clock_write(&at, clock);
        (void)snprintf(ret_text, BW_WHEN_BYTES, "%d %s %d, %s%s", at.day,
            bw_when_month_name(language, at.month), at.year, clock, hour_words[language]);
    }
    return status;
}

enum bw_status
bw_when_of_day(enum bw_wording_language language, const char *zone_name, int64_t wall_ms,
    char ret_text[BW_WHEN_BYTES], struct bw_error *err)
{
    struct bw_civil at;
    enum bw_status status = civil_at(zone_name, wall_ms, &at, err);
    if (status == BW_OK) {
        (void)snprintf(ret_text, BW_WHEN_BYTES, "%d %s", at.day,
            bw_when_month_name(language, at.month));
    }
    return status;
}
