/* Does the central database hold: every hash, every signature, every commitment, and the
 * file itself. Nothing of it is taken from what was found before. One thread. */
#ifndef BW_SYNC_VERIFY_H
#define BW_SYNC_VERIFY_H

#include "central/central.h"

#include <brugwachter/event.h>

struct bw_central_verification {
    bool integrity;       /* the engine's own check of the file */
    uint64_t events;      /* looked at, both sides of a fork */
    uint64_t kiosks;      /* the office's own logs (office_log.h) aren't among them */
    uint64_t office_logs; /* of paper lists, typed in afterwards */
    uint64_t kiosks_broken, kiosks_forked; /* chains, those logs' too */
    struct bw_event_id first_broken;       /* of the lowest kiosk; device 0: none */
    uint64_t details, details_wrong;       /* that aren't what their event commits to */
    uint64_t tickets, tickets_wrong;       /* whose signature or numbers don't hold */
};

/* All of it in one snapshot. BW_NO_MEMORY, and what the database answers; that something
 * doesn't hold is a result, and no error. */
BW_NODISCARD enum bw_status bw_central_verify(struct bw_central *central,
    struct bw_central_verification *ret_result, struct bw_error *err);

/* Whether nothing was found that doesn't hold. */
bool bw_central_verification_holds(const struct bw_central_verification *result);

#endif
