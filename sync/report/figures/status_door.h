/* How a circle stands at its door, as the letters that came say: who is in, who is still
 * expected, what is free, who is first there, and how it filled. The book's moment is
 * that of its slowest kiosk. Figures alone. One thread. */
#ifndef BW_SYNC_STATUS_DOOR_H
#define BW_SYNC_STATUS_DOOR_H

#include "report/book/book.h"

struct bw_status_door {
    int64_t inside;
    int64_t expected;   /* has a place, and is neither in nor gone home */
    int64_t free;       /* places that nobody has, and none is kept: the door's ledger */
    int64_t at_door;    /* came, and wait there */
    int64_t release_ms; /* when places of who isn't there come free, by the clock */
    bool released;      /* the door did so */
    uint32_t guests_of; /* the one session that all guests inside are of; 0 */
    bool named;         /* of who is offered the first place: */
    char first_name[BW_NAME_BYTES], name[BW_NAME_BYTES];
};

/* Who is first: of who waits at the door those of the waiting list by sign-up, own region
 * first where the series says so, then guests and walk-ins as they came. */
void bw_status_door_read(const struct bw_book *book, struct bw_status_door *ret_door);

enum { BW_STATUS_CURVE_MINUTES = 5, BW_STATUS_CURVE_MAX = 72 };

/* How many were in at the end of each five minutes. */
struct bw_status_curve {
    int64_t from_ms; /* of the first column, a whole ten minutes of the hour */
    int64_t count;   /* columns: to a while after the start, or to now */
    int64_t known;   /* of them up to now; the last of these is as it is now */
    int64_t inside[BW_STATUS_CURVE_MAX];
    int64_t came, most, most_at; /* `most` in one column, the first such */
};

/* From the first ten minutes that somebody came in, the doors' opening at the earliest.
 * Who left by a suspect clock is gone by now. */
void bw_status_curve_read(
    const struct bw_book *book, int64_t now_ms, struct bw_status_curve *ret_curve);

#endif
