/* Dates and times in words, as people read them on paper and in reports. Any thread. */
#ifndef BW_SYNC_WHEN_H
#define BW_SYNC_WHEN_H

#include "central/base/wording.h"

#include <brugwachter/error.h>
#include <brugwachter/session.h>

enum { BW_WHEN_BYTES = 160, BW_WHEN_CLOCK_BYTES = 16 };

/* When a session is, at its venue. */
struct bw_when {
    enum bw_wording_language
        language;              /* of the words, and of what is printed with them */
    char day[BW_WHEN_BYTES];   /* dinsdag 18 maart 2025 */
    char hours[BW_WHEN_BYTES]; /* 13.30 – 16.30 uur */
    char from[BW_WHEN_CLOCK_BYTES], to[BW_WHEN_CLOCK_BYTES]; /* 13.30, 16.30 */
    char doors[BW_WHEN_CLOCK_BYTES]; /* 12.30, when they open; "" where at the start */
    int start_minute;                /* of its day */
    char start_iso[BW_WHEN_BYTES];   /* 2025-03-18T13:30:00+01:00 */
};

/* When its doors open: UTC in ms. Can't fail. */
int64_t bw_when_doors_ms(const struct bw_session *session);

/* "zondag" for 0, "januari" for 1. Static. */
const char *bw_when_day_name(enum bw_wording_language language, int weekday);
const char *bw_when_month_name(enum bw_wording_language language, int month);

/* Fills in all of it. BW_NOT_FOUND for a zone that this machine doesn't have, and the
 * other errors of bw_zone_open. */
BW_NODISCARD enum bw_status bw_when_of_session(enum bw_wording_language language,
    const struct bw_session *session, struct bw_when *ret_when, struct bw_error *err);

/* `18 maart 2025, 16.42 uur`, in the named zone. The errors of bw_zone_open. */
BW_NODISCARD enum bw_status bw_when_of_moment(enum bw_wording_language language,
    const char *zone_name, int64_t wall_ms, char ret_text[BW_WHEN_BYTES],
    struct bw_error *err);

/* `14 maart`, in the named zone. The errors of bw_zone_open. */
BW_NODISCARD enum bw_status bw_when_of_day(enum bw_wording_language language,
    const char *zone_name, int64_t wall_ms, char ret_text[BW_WHEN_BYTES],
    struct bw_error *err);

#endif
