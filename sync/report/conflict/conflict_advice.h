/* What can be answered to a conflict, what is likeliest of that, and why: for who asks
 * the organiser. Names and times say what is likely; nobody is bound by it. One
 * thread. */
#ifndef BW_SYNC_CONFLICT_ADVICE_H
#define BW_SYNC_CONFLICT_ADVICE_H

#include "report/book/book.h"
#include "report/conflict/conflicts.h"

enum bw_conflict_answer {
    BW_CONFLICT_STANDS,  /* it is as it should be, or can't be otherwise */
    BW_CONFLICT_OUT,     /* `event` doesn't stand */
    BW_CONFLICT_IS,      /* the walk-in `event` is who is registered as `code` */
    BW_CONFLICT_OTHER,   /* somebody else came with the ticket of `event` */
    BW_CONFLICT_UNKNOWN, /* nobody knows */
};

enum bw_conflict_reason {
    BW_CONFLICT_WENT_OUT,   /* once more at another door, some minutes later */
    BW_CONFLICT_TWO_SCANS,  /* once more at the same kiosk */
    BW_CONFLICT_TWO_DOORS,  /* at two doors within a minute: hardly one person */
    BW_CONFLICT_CLOCK,      /* a clock was suspect: times say nothing */
    BW_CONFLICT_SAME_NAME,  /* a walk-in is called as somebody who signed up */
    BW_CONFLICT_TWO_PLACES, /* one person has two sign-ups here */
    BW_CONFLICT_CAME, /* who was seen at the door was there, whatever the list says */
    BW_CONFLICT_SEEN, /* there is nothing to choose: it happened */
    BW_CONFLICT_ASK,  /* only who was there can say */
};

struct bw_conflict_choice {
    enum bw_conflict_answer answer;
    struct bw_event_id event; /* of OUT, IS and OTHER */
    bw_code code;             /* of IS */
};

enum { BW_CONFLICT_CHOICES_MAX = 3 };

struct bw_conflict_advice {
    struct bw_conflict_choice choices[BW_CONFLICT_CHOICES_MAX];
    int count;     /* of them; the last is UNKNOWN */
    int suggested; /* of them */
    enum bw_conflict_reason reason;
    int64_t minutes; /* between first and last, of WENT_OUT and TWO_SCANS */
};

/* Can't fail: where nothing is likely it says to ask. */
void bw_conflicts_advise(const struct bw_book *book, const struct bw_conflict *conflict,
    struct bw_conflict_advice *ret_advice);

#endif
