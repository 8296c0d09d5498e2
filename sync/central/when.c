/* Dates and times in Dutch words: see when.h. */
#include "central/when.h"

#include <brugwachter/zone.h>
#include <stdio.h>

static const char *const days[] = {
    "zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"};
static const char *const months[] = {"januari", "februari", "maart", "april", "mei",
    "juni", "juli", "augustus", "september", "oktober", "november", "december"};

int64_t
bw_when_doors_ms(const struct bw_session *session)
{
    return session->opens_ms != 0
               ? session->opens_ms
               : session->starts_ms - (int64_t)session->doors_minutes * 60000;
}

enum bw_status
bw_when_of_session(
    const struct bw_session *session, struct bw_when *ret_when, struct bw_error *err)
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
    (void)snprintf(ret_when->day, sizeof ret_when->day, "%s %d %s %d", days[from.weekday],
        from.day, months[from.month - 1], from.year);
    (void)snprintf(ret_when->hours, sizeof ret_when->hours, "%02d.%02d – %02d.%02d uur",
        from.hour, from.minute, to.hour, to.minute);
    ret_when->start_minute = from.hour * 60 + from.minute;
    ret_when->doors[0] = '\0';
    if (bw_when_doors_ms(session) < session->starts_ms) {
        (void)snprintf(ret_when->doors, sizeof ret_when->doors,
            "deuren open om %02d.%02d uur", doors.hour, doors.minute);
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
bw_when_of_moment(const char *zone_name, int64_t wall_ms, char ret_text[BW_WHEN_BYTES],
    struct bw_error *err)
{
    struct bw_civil at;
    enum bw_status status = civil_at(zone_name, wall_ms, &at, err);
    if (status == BW_OK) {
        (void)snprintf(ret_text, BW_WHEN_BYTES, "%d %s %d, %02d.%02d uur", at.day,
            months[at.month - 1], at.year, at.hour, at.minute);
    }
    return status;
}

enum bw_status
bw_when_of_day(const char *zone_name, int64_t wall_ms, char ret_text[BW_WHEN_BYTES],
    struct bw_error *err)
{
    struct bw_civil at;
    enum bw_status status = civil_at(zone_name, wall_ms, &at, err);
    if (status == BW_OK) {
        (void)snprintf(ret_text, BW_WHEN_BYTES, "%d %s", at.day, months[at.month - 1]);
    }
    return status;
}
