/* A moment in the words of a mail: see letter_when.h. */
#include "office/mail/letter_when.h"

#include "central/when.h"

#include <brugwachter/zone.h>
#include <stdio.h>

enum bw_status
bw_letter_text_when(enum bw_wording_language language, const char *timezone,
    int64_t at_ms, struct bw_letter_text_when *ret_when, struct bw_error *err)
{
    struct bw_zone *zone = NULL;
    struct bw_civil at;
    enum bw_status status = bw_zone_open(timezone, &zone, err);
    if (status != BW_OK) {
        return status;
    }
    bw_zone_to_civil(zone, at_ms, &at);
    bw_zone_close(zone);
    (void)snprintf(ret_when->date, sizeof ret_when->date, "%s %d %s",
        bw_when_day_name(language, at.weekday), at.day,
        bw_when_month_name(language, at.month));
    (void)snprintf(ret_when->time, sizeof ret_when->time, "%02d.%02d", at.hour % 100,
        at.minute % 100);
    ret_when->year = at.year;
    return BW_OK;
}
