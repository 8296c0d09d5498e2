/* The calendar: see civil.h. Any thread.
 *
 * Years are counted from 1 March, so that the leap day is the last of its year, in eras
 * of 400 years, which all have the same number of days (after Howard Hinnant, "chrono-
 * compatible low-level date algorithms"). */
#include "civil.h"

enum {
    ERA_YEARS = 400,
    ERA_DAYS = 146097,
    EPOCH_DAYS = 719468, /* from 1 March of year 0 to 1 January 1970 */
    YEAR_MOST = 9999,
};

int64_t
bw_floor_div(int64_t value, int64_t by)
{
    int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

bool
bw_civil_is_leap_year(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
bw_civil_month_days(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && bw_civil_is_leap_year(year) ? 29 : days[month - 1];
}

int64_t
bw_civil_days(int64_t year, int month, int day)
{
    int64_t shifted = month <= 2 ? year - 1 : year;
    int64_t era = bw_floor_div(shifted, ERA_YEARS);
    int64_t of_era = shifted - era * ERA_YEARS;
    int64_t of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    int64_t day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

void
bw_civil_from_days(int64_t days, struct bw_civil *ret_civil)
{
    int64_t shifted = days + EPOCH_DAYS;
    int64_t era = bw_floor_div(shifted, ERA_DAYS);
    int64_t of_era = shifted - era * ERA_DAYS;
    int64_t year_of_era =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA_DAYS - 1)) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (int)((5 * of_year + 2) / 153);
    ret_civil->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    ret_civil->month = month < 10 ? month + 3 : month - 9;
    ret_civil->year =
        (int)(year_of_era + era * ERA_YEARS + (ret_civil->month <= 2 ? 1 : 0));
    ret_civil->weekday = (int)(days + 4 - bw_floor_div(days + 4, 7) * 7);
}

bool
bw_civil_is_valid(const struct bw_civil *civil)
{
    return civil->year >= 1 && civil->year <= YEAR_MOST && civil->month >= 1 &&
           civil->month <= 12 && civil->day >= 1 &&
           civil->day <= bw_civil_month_days(civil->year, civil->month) &&
           civil->hour >= 0 && civil->hour <= 23 && civil->minute >= 0 &&
           civil->minute <= 59 && civil->second >= 0 && civil->second <= 59;
}
