/* What people decided past a rule, and why: staff at the door (override, out of order),
 * and the organiser (events in quarantine that were settled). No conflicts: nobody has to
 * judge them any more. One thread: the central database's. */
#ifndef BW_SYNC_DECISIONS_H
#define BW_SYNC_DECISIONS_H

#include "report/conflict/conflicts.h"

/* Those of the session that `book` holds, kinds "override", "out_of_order", "settled_in",
 * "settled_out", "settled_is", "settled_entry", "settled_other", and of whole conflicts
 * "stands" and "left_open" (nobody knows): events in folding order, then what was
 * settled. Each has a sentence in that language (the words are opened,
 * central/base/wording.h), which ends with the reason, where that wasn't forgotten, and
 * its event. bw_conflicts_finish frees them. BW_NO_MEMORY, BW_NOT_FOUND for a zone that
 * this machine doesn't have, and what the database answers. */
BW_NODISCARD enum bw_status bw_decisions_find(struct bw_central *central,
    const struct bw_book *book, enum bw_wording_language language,
    struct bw_conflicts *ret_decisions, struct bw_error *err);

#endif
