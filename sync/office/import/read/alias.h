/* Other words for a region or a circle, as --alias says them and earlier imports learned
 * them. One thread, that of the import. */
#ifndef BW_SYNC_ALIAS_H
#define BW_SYNC_ALIAS_H

#include "office/import/import_state.h"
#include "office/import/read/session_names.h"

/* Reads what the request says: SPELLING=NAME, where NAME is a session's code or title, a
 * region of one, or "-" for a region that is left as it is. BW_BAD_INPUT for another
 * name, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_import_alias_read(
    struct bw_import *import, const struct bw_session_names *names, struct bw_error *err);

/* What a spelling means, as a region's name or "-" (BW_LEARNED_REGION), or a session's
 * code (BW_LEARNED_CIRCLE); NULL: it is no other word. Borrowed from the import. */
const char *bw_import_alias_find(
    const struct bw_import *import, int kind, const char *spelling);

/* Keeps what the request says, with the step that was just begun. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_import_alias_remember(
    struct bw_import *import, struct bw_error *err);

#endif
