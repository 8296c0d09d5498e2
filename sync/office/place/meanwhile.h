/* What others did to the same people while a step went on (engine.h, C9). One thread. */
#ifndef BW_SYNC_MEANWHILE_H
#define BW_SYNC_MEANWHILE_H

#include "office/office.h"

/* Somebody whom this step found, or made, by a name. */
struct bw_place_named {
    const char *identity; /* as of a person (schema.sql.c); borrowed for the call */
    bw_code code;         /* of their registration by now */
    uint32_t session_no;  /* of that registration */
    bool made;            /* nobody bore the name */
};

/* Takes the lock of people, and looks whether this step may stand: each name leads to
 * whom it was given, nobody who was joined with somebody else has a registration that
 * this step doesn't know, and no step of a higher number has changed its people before
 * it. The last before the commit. BW_BUSY where one isn't so: all of the step has to be
 * done anew, as by somebody who comes after the others. What the database answers. */
BW_NODISCARD enum bw_status bw_place_meanwhile(struct bw_central *central,
    const struct bw_place_named *named, size_t count, struct bw_error *err);

/* Takes the lock of people where that step, which is taken back, was about any:
 * *ret_again, then who has built on it is to be looked for again. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_place_meanwhile_of(
    struct bw_central *central, int64_t step_no, bool *ret_again, struct bw_error *err);

/* BW_BUSY, with the sentence of it; nothing was changed. */
enum bw_status bw_place_overtaken(struct bw_central *central, struct bw_error *err);

/* A name or a person that another has just written or deleted, for which the database
 * refuses this step (C9), is BW_BUSY; all else is as it was, and so is what it refuses
 * for another reason. `err` says which; NULL: not known. */
enum bw_status bw_place_refused(
    struct bw_central *central, enum bw_status status, struct bw_error *err);

#endif
