/* Is the store still the file that has its name? Core alone; the store's thread. */
#ifndef BW_CORE_STORE_THERE_H
#define BW_CORE_STORE_THERE_H

#include "sql.h"

/* S11 what is written goes to the file that the next start will open: one that was
 * removed, moved or replaced under this program would take every event with it, and so
 * would its write-ahead log. BW_NOT_FOUND then; BW_OK too where nobody can tell. */
BW_NODISCARD enum bw_status bw_store_check_there(
    struct bw_store *store, struct bw_error *err);

#endif
