/* Local time of a venue and UTC, by the system's time zone files (RFC 8536).
 *
 * libc's zone is one a process and not safe among threads; this reads the TZif file of
 * the named zone once and keeps it. A zone is immutable: any thread, until it is closed.
 * Instants (wall_ms) are UTC, ms since 1970; times of day have whole seconds. */
#ifndef BRUGWACHTER_ZONE_H
#define BRUGWACHTER_ZONE_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdint.h>

#define BW_ZONE_DEFAULT "Europe/Amsterdam"

enum { BW_ISO_BYTES = 40 };

/* A date and time as on the wall of a place (proleptic Gregorian). */
struct bw_civil {
    int year, month, day;     /* month and day from 1 */
    int hour, minute, second; /* 0..23, 0..59, 0..59 */
    int weekday;              /* 0 Sunday .. 6; ignored on input */
    int offset_minutes;       /* east of UTC; ignored on input */
};

struct bw_zone;

/* Opens a zone by its IANA name (letters, digits, / _ + - only; no way out of the zone
 * folder, TZDIR or /usr/share/zoneinfo). The caller closes it. BW_BAD_INPUT for a name
 * that can't be, BW_NOT_FOUND, BW_CORRUPT (no TZif), BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_zone_open(
    const char *name, struct bw_zone **ret_zone, struct bw_error *err);
/* Frees it; no thread may still use it. NULL is fine. */
void bw_zone_close(struct bw_zone *zone);

/* What the clocks of the place show at `wall_ms`; what is less than a second is cut off.
 * Can't fail. */
void bw_zone_to_civil(
    const struct bw_zone *zone, int64_t wall_ms, struct bw_civil *ret_civil);

enum bw_civil_reading {
    BW_CIVIL_ONE,    /* exactly one instant */
    BW_CIVIL_NONE,   /* skipped by a clock change: doesn't exist */
    BW_CIVIL_DOUBLE, /* happens twice */
};
/* The instant of a time on the wall, in *ret_wall_ms; of two the first. BW_CIVIL_NONE,
 * and nothing written, also where it is no date (bw_civil_is_valid). */
enum bw_civil_reading bw_zone_from_civil(
    const struct bw_zone *zone, const struct bw_civil *civil, int64_t *ret_wall_ms);

/* Start, as an instant, of the local day that holds `wall_ms`: midnight, or the change of
 * clocks that skips it. Can't fail. */
int64_t bw_zone_day_start(const struct bw_zone *zone, int64_t wall_ms);

/* `2025-03-18T13:12:07+01:00`, with NUL in the caller's 40 bytes; less than a second is
 * cut off. Can't fail. */
void bw_zone_format_iso(
    const struct bw_zone *zone, int64_t wall_ms, char ret_text[BW_ISO_BYTES]);

/* ISO 8601: `2025-03-18T13:30`, with seconds, fraction, `Z` or an offset; without one it
 * is local to the zone (DOUBLE times are read as the first, NONE is BW_BAD_INPUT). A
 * blank may stand for the T; finer than a ms is cut off. BW_BAD_INPUT where it is no such
 * time; *ret_wall_ms is untouched then. */
BW_NODISCARD enum bw_status bw_zone_parse_iso(const struct bw_zone *zone,
    const char *text, int64_t *ret_wall_ms, struct bw_error *err);

/* Looks at year (1 to 9999), month, day, hour, minute and second, without any zone. False
 * where it's no date and time. */
bool bw_civil_is_valid(const struct bw_civil *civil);

#endif
