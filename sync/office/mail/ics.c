/* A calendar entry: see ics.h. */
#include "office/mail/ics.h"

#include <brugwachter/zone.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINE_BYTES = 75 };

/* Folded where it is longer: a line's rest begins with a blank, and no character is cut
 * (RFC 5545, 3.1). */
static void
line_write(FILE *out, const char *line)
{
    size_t room = LINE_BYTES;
    for (size_t left = strlen(line); left > room; left = strlen(line)) {
        size_t bytes = room;
        while (bytes > 1 && ((unsigned char)line[bytes] & 0xc0) == 0x80) {
            bytes--;
        }
        (void)fwrite(line, 1, bytes, out);
        (void)fputs("\r\n ", out);
        line += bytes;
        room = LINE_BYTES - 1;
    }
    (void)fprintf(out, "%s\r\n", line);
}

static void put(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
put(FILE *out, const char *format, ...)
{
    char *line = NULL;
    va_list args;
    va_start(args, format);
    if (vasprintf(&line, format, args) >= 0) {
        line_write(out, line);
        free(line);
    }
    va_end(args);
}

/* A value of type TEXT (3.3.11): backslash, comma and semicolon are escaped, a line break
 * is \n, other controls are blanks. The caller frees; NULL without memory. */
static char *
text_value(const char *text)
{
    char *value = malloc(2 * strlen(text) + 1), *to = value;
    for (const char *c = text; value != NULL && *c != '\0'; c++) {
        if (strchr("\\,;", *c) != NULL) {
            *to++ = '\\';
            *to++ = *c;
        } else if (*c == '\n') {
            *to++ = '\\';
            *to++ = 'n';
        } else {
            *to++ = (unsigned char)*c < ' ' || *c == 0x7f ? ' ' : *c;
        }
    }
    if (value != NULL) {
        *to = '\0';
    }
    return value;
}

static void
put_text(FILE *out, const char *name, const char *text)
{
    char *value = text_value(text);
    if (value != NULL) {
        put(out, "%s:%s", name, value);
    }
    free(value);
}

/* Within quotes neither quotes nor controls may stand (3.2). The caller frees. */
static char *
quoted_value(const char *text)
{
    char *value = strdup(text);
    for (char *c = value; value != NULL && *c != '\0'; c++) {
        if (*c == '"') {
            *c = '\'';
        } else if ((unsigned char)*c < ' ' || *c == 0x7f) {
            *c = ' ';
        }
    }
    return value;
}

static void
put_person(
    FILE *out, const char *name, const char *who, const char *more, const char *mail)
{
    char *value = quoted_value(who);
    if (value != NULL && value[0] != '\0') {
        put(out, "%s;CN=\"%s\"%s:mailto:%s", name, value, more, mail);
    } else {
        put(out, "%s%s:mailto:%s", name, more, mail);
    }
    free(value);
}

/* ---- times ---- */

/* Since 1996; who has to know what was before asks for other years. */
static const char amsterdam[] = "BEGIN:VTIMEZONE\r\n"
                                "TZID:" BW_ZONE_DEFAULT "\r\n"
                                "BEGIN:DAYLIGHT\r\n"
                                "TZOFFSETFROM:+0100\r\n"
                                "TZOFFSETTO:+0200\r\n"
                                "TZNAME:CEST\r\n"
                                "DTSTART:19810329T020000\r\n"
                                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                                "END:DAYLIGHT\r\n"
                                "BEGIN:STANDARD\r\n"
                                "TZOFFSETFROM:+0200\r\n"
                                "TZOFFSETTO:+0100\r\n"
                                "TZNAME:CET\r\n"
                                "DTSTART:19961027T030000\r\n"
                                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                                "END:STANDARD\r\n"
                                "END:VTIMEZONE\r\n";

static void
put_utc(FILE *out, const char *name, int64_t at_ms)
{
    struct tm at = {.tm_year = 0};
    time_t at_s = (time_t)(at_ms / 1000);
    (void)gmtime_r(&at_s, &at);
    put(out, "%s:%04d%02d%02dT%02d%02d%02dZ", name, at.tm_year + 1900, at.tm_mon + 1,
        at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec);
}

/* In a zone whose rules stand above, else in UTC: the same instant. */
static void
put_time(FILE *out, const char *name, const struct bw_zone *zone, int64_t at_ms)
{
    if (zone == NULL) {
        put_utc(out, name, at_ms);
        return;
    }
    struct bw_civil at;
    bw_zone_to_civil(zone, at_ms, &at);
    put(out, "%s;TZID=" BW_ZONE_DEFAULT ":%04d%02d%02dT%02d%02d%02d", name, at.year,
        at.month, at.day, at.hour, at.minute, at.second);
}

/* ---- the entry ---- */

const char *
bw_ics_method(const struct bw_ics_entry *entry)
{
    return entry->out                         ? "CANCEL"
           : entry->organiser_mail[0] != '\0' ? "REQUEST"
                                              : "PUBLISH";
}

static void
entry_write(const struct bw_ics_entry *entry, const struct bw_zone *zone, FILE *out)
{
    put(out, "BEGIN:VEVENT");
    put_text(out, "UID", entry->uid);
    put(out, "SEQUENCE:%" PRId64, entry->sequence);
    put_utc(out, "DTSTAMP", entry->stamp_ms);
    put_time(out, "DTSTART", zone, entry->starts_ms);
    put_time(out, "DTEND", zone, entry->ends_ms);
    put_text(out, "SUMMARY", entry->summary);
    put_text(out, "LOCATION", entry->location);
    put_text(out, "DESCRIPTION", entry->description);
    if (entry->organiser_mail[0] != '\0') {
        put_person(out, "ORGANIZER", entry->organiser, "", entry->organiser_mail);
        put_person(out, "ATTENDEE", entry->attendee,
            ";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE", entry->attendee_mail);
    }
    put(out, "STATUS:%s", entry->out ? "CANCELLED" : "CONFIRMED");
    put(out, "TRANSP:OPAQUE");
    put(out, "CLASS:PRIVATE");
    put(out, "END:VEVENT");
}

void
bw_ics_write(const struct bw_ics_entry *entry, FILE *out)
{
    struct bw_zone *zone = NULL;
    if (strcmp(entry->timezone, BW_ZONE_DEFAULT) == 0 &&
        bw_zone_open(BW_ZONE_DEFAULT, &zone, NULL) != BW_OK) {
        zone = NULL;
    }
    put(out, "BEGIN:VCALENDAR");
    put(out, "VERSION:2.0");
    put(out, "PRODID:-//Brugwachter//brugwachter-sync//NL");
    put(out, "CALSCALE:GREGORIAN");
    put(out, "METHOD:%s", bw_ics_method(entry));
    if (zone != NULL) {
        (void)fputs(amsterdam, out);
    }
    entry_write(entry, zone, out);
    put(out, "END:VCALENDAR");
    bw_zone_close(zone);
}
