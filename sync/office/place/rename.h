/* By what name files lead to somebody. In a step of the caller's; one thread. */
#ifndef BW_SYNC_RENAME_H
#define BW_SYNC_RENAME_H

#include "office/office.h"

/* `identity` (schema.sql.c) is the person's from now on, and what it was before leads to
 * them too. What the database answers; BW_REFUSED where somebody else bears it. */
BW_NODISCARD enum bw_status bw_place_rename(struct bw_central *central, int64_t person_no,
    const char *identity, struct bw_error *err);

#endif
