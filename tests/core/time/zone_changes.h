/* What the tests of zones share: opening one, times by their ISO form, and every clock
 * change of Amsterdam in a row of years. */
#ifndef BW_TESTS_ZONE_CHANGES_H
#define BW_TESTS_ZONE_CHANGES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/zone.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct zone_change {
    int year, march, october; /* the last Sundays */
};

enum { ZONE_CHANGES = 14 };

extern const struct zone_change zone_changes[ZONE_CHANGES];

/* These fail the test where the thing can't be done. */
struct bw_zone *open_zone(const char *name);
int64_t parse(const struct bw_zone *zone, const char *text);
void assert_iso(const struct bw_zone *zone, int64_t wall_ms, const char *expected);
int64_t utc_ms(const struct bw_zone *zone, int year, int month, int day, int hour);

/* Around each change at 01:00 UTC: the second before, the second itself,
 * and local times. */
void assert_changes_right(const struct bw_zone *zone);

#endif
