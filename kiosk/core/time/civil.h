/* Days and dates of the proleptic Gregorian calendar, for the zone's files.
 * Any thread; what a ret_ names is the caller's. Nothing fails. */
#ifndef BW_CORE_CIVIL_H
#define BW_CORE_CIVIL_H

#include <brugwachter/zone.h>

enum { DAY_SECONDS = 86400 };

/* Days since 1 January 1970. Month and day from 1. */
int64_t bw_civil_days(int64_t year, int month, int day);

/* The date of a day since 1 January 1970; fills year, month, day and weekday. */
void bw_civil_from_days(int64_t days, struct bw_civil *ret_civil);

/* Whether a year has a 29 February, and how many days a month of it (from 1) has. */
bool bw_civil_is_leap_year(int64_t year);
int bw_civil_month_days(int64_t year, int month);

/* Division that rounds down, also before 1970; of any unit. `by` is above 0. */
int64_t bw_floor_div(int64_t value, int64_t by);

#endif
