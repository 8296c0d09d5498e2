/* Schools that are written in several ways: which may be one, by name and town. Only
 * proposed, never merged. One thread, that of the import. */
#ifndef BW_SYNC_SCHOOLS_H
#define BW_SYNC_SCHOOLS_H

#include "office/import/read/sign_up.h"

/* Notes the schools of these rows that may be one with each other or with what is known
 * already. BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_import_note_schools(struct bw_import *import,
    const struct bw_sign_up *sign_ups, size_t count, struct bw_error *err);

#endif
