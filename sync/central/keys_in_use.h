/* The secret keys that a central database has in use. One thread. */
#ifndef BW_SYNC_KEYS_IN_USE_H
#define BW_SYNC_KEYS_IN_USE_H

#include "central/central.h"
#include "central/keys.h"

/* Loads from `path` the organiser's pairs and every signing key that lies there.
 * BW_NOT_FOUND where `path` is "" or there's no file; BW_REFUSED where others may read
 * it, or its pairs aren't this database's; BW_CORRUPT, BW_IO. The caller calls
 * bw_keys_finish. */
BW_NODISCARD enum bw_status bw_keys_of_organiser(struct bw_central *central,
    const char *path, struct bw_keys *ret_keys, struct bw_error *err);

/* Loads from `path` the organiser's pairs and the signing keys that this database has in
 * use, and no other: a stop between file and database leaves keys in the file that it
 * doesn't know, or no longer uses. The errors of bw_keys_of_organiser; BW_REFUSED too
 * where none of its keys is this database's. The caller calls bw_keys_finish. */
BW_NODISCARD enum bw_status bw_keys_in_use(struct bw_central *central, const char *path,
    struct bw_keys *ret_keys, struct bw_error *err);

#endif
