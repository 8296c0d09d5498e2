/* Regions as people write them: "Noord", "regio noord", "NOORD" are one. One thread, that
 * of the import. */
#ifndef BW_SYNC_REGION_H
#define BW_SYNC_REGION_H

#include "office/import/read/session_names.h"
#include "office/import/read/sign_up.h"

enum { BW_REGIONS_UNKNOWN_MAX = 20 };

/* Regions that no session of the series has, each told once. Zeroed at first. */
struct bw_regions {
    const char *unknown[BW_REGIONS_UNKNOWN_MAX]; /* in the import's arena */
    int count;
};

/* Asks for the regions that none has, where the request's ret_questions can take it:
 * BW_REFUSED. BW_BAD_INPUT for an --alias by which one region of a series would be
 * another one of it. */
BW_NODISCARD enum bw_status bw_region_ask(const struct bw_regions *regions,
    const struct bw_import *import, const struct bw_session_names *names,
    struct bw_error *err);

/* Gives the sign-up the region as a session of its own session's series has it, and only
 * where none has it by what it is another word for; else it stays as it is, and is
 * noted. */
void bw_region_match(struct bw_regions *regions, struct bw_import *import,
    const struct bw_session_names *names, const struct bw_session *session,
    struct bw_sign_up *sign_up);

#endif
