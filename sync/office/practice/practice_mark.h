/* What says of a central database that it is a practice series (practice.h: PZ2, PZ3).
 * One thread, that of the database. */
#ifndef BW_OFFICE_PRACTICE_MARK_H
#define BW_OFFICE_PRACTICE_MARK_H

#include "central/central.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_practice_state {
    BW_PRACTICE_NOT,  /* it is the office's own */
    BW_PRACTICE_HALF, /* it is being made, or was left so */
    BW_PRACTICE_WHOLE,
};

/* What the database answers, as all here do. */
BW_NODISCARD enum bw_status bw_practice_state_of(
    struct bw_central *central, enum bw_practice_state *ret_state, struct bw_error *err);

/* Writes it down, in a transaction of its own: it is no step, and no step takes it back.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_practice_mark(
    struct bw_central *central, enum bw_practice_state state, struct bw_error *err);

/* PZ3: BW_REFUSED where it is one. */
BW_NODISCARD enum bw_status bw_practice_no_mail(
    struct bw_central *central, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
