/* What one step of Uitzoeken decided, as people know it: of whom, at which kiosk and
 * when, instead of the numbers of events. One thread: the central database's. */
#ifndef BW_SYNC_DECIDED_H
#define BW_SYNC_DECIDED_H

#include "central/central.h"

#include <brugwachter/limits.h>

enum bw_decided_kind {
    BW_DECIDED_NOTHING, /* that is kept of an event: it was of something else */
    BW_DECIDED_IS,      /* a walk-in was somebody who is registered */
    BW_DECIDED_OUT,     /* an arrival doesn't stand */
    BW_DECIDED_OTHER,   /* somebody else came with that ticket */
    BW_DECIDED_UNKNOWN, /* of a conflict: nobody knows */
    BW_DECIDED_STANDS,  /* of a conflict: it is right */
    BW_DECIDED_IN,      /* what waited counts */
    BW_DECIDED_THROWN,  /* what waited counts nowhere */
};

struct bw_decided {
    enum bw_decided_kind kind;
    const char *conflict;      /* its kind (conflicts.h); "" */
    uint32_t device;           /* that saw it first; 0 where nothing is kept */
    char kiosk[BW_NAME_BYTES]; /* its name; "" where it isn't known */
    int64_t wall_ms;           /* by its clock, at that zone; 0 of what waited */
    char timezone[BW_LABEL_BYTES];
    char first_name[BW_NAME_BYTES], name[BW_NAME_BYTES]; /* of whom; "": nobody knows */
    int64_t events;                                      /* of what waited */
};

/* Of step `step_no`; of one that was taken back nothing that waited. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_decisions_decided(struct bw_central *central,
    int64_t step_no, struct bw_decided *ret_decided, struct bw_error *err);

#endif
