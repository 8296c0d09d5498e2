/* Where those whom a file brings stand once it is in: which number on the waiting list,
 * and in which circles of the series they have a place too. One thread. */
#ifndef BW_SYNC_STANDING_H
#define BW_SYNC_STANDING_H

#include "office/import/import_state.h"
#include "office/import/read/session_names.h"

/* Fills it into the changes that were noted, where somebody looks (ret_reading); after
 * the last of them stands, in the import's transaction. BW_NO_MEMORY, what the database
 * answers. */
BW_NODISCARD enum bw_status bw_import_tell_standing(
    struct bw_import *import, const struct bw_session_names *names, struct bw_error *err);

#endif
