/* Dates and times in Dutch words, as people read them on paper and in reports.
 * Any thread. */
#ifndef BW_SYNC_WHEN_H
#define BW_SYNC_WHEN_H

#include <brugwachter/error.h>
#include <brugwachter/session.h>

enum { BW_WHEN_BYTES = 160 };

/* When a session is, at its venue. */
struct bw_when {
    char day[BW_WHEN_BYTES];       /* dinsdag 18 maart 2025 */
    char hours[BW_WHEN_BYTES];     /* 13.30 – 16.30 uur */
    char doors[BW_WHEN_BYTES];     /* deuren open om 12.30 uur; "" where they open at
                                         the start */
    int start_minute;              /* of its day */
    char start_iso[BW_WHEN_BYTES]; /* 2025-03-18T13:30:00+01:00 */
};

/* When its doors open: UTC in ms. Can't fail. */
int64_t bw_when_doors_ms(const struct bw_session *session);

/* Fills in all of it. BW_NOT_FOUND for a zone that this machine doesn't have, and the
 * other errors of bw_zone_open. */
BW_NODISCARD enum bw_status bw_when_of_session(
    const struct bw_session *session, struct bw_when *ret_when, struct bw_error *err);

/* `18 maart 2025, 16.42 uur`, in the named zone. The errors of bw_zone_open. */
BW_NODISCARD enum bw_status bw_when_of_moment(const char *zone_name, int64_t wall_ms,
    char ret_text[BW_WHEN_BYTES], struct bw_error *err);

/* `14 maart`, in the named zone. The errors of bw_zone_open. */
BW_NODISCARD enum bw_status bw_when_of_day(const char *zone_name, int64_t wall_ms,
    char ret_text[BW_WHEN_BYTES], struct bw_error *err);

#endif
