/* The one row of FAMILY_letters.place: the signed file that says whose letters lie there,
 * and the version of the tables beside it (postgres_table.h). Inside the carrier alone.
 * One thread. */
#ifndef BW_CARRIER_POSTGRES_PLACE_H
#define BW_CARRIER_POSTGRES_PLACE_H

#include "exchange/carrier/postgres/postgres_link.h"

/* Reads it; the caller frees. `doing` begins a sentence. BW_NOT_FOUND: there is no such
 * table, or it is empty. BW_NEWER: the tables are of a version that this program doesn't
 * know. BW_FULL: it is longer than `most_bytes`. And as bw_carrier_link_fail says. */
BW_NODISCARD enum bw_status bw_carrier_place_get(PGconn *db, const char *family,
    const char *doing, size_t most_bytes, unsigned char **ret_bytes, size_t *ret_length,
    struct bw_error *err);

/* Puts it where there is none. Fails as bw_carrier_link_fail says: BW_OFFLINE,
 * BW_READ_ONLY, BW_FULL, BW_BUSY, BW_IO … */
BW_NODISCARD enum bw_status bw_carrier_place_put(PGconn *db, const char *family,
    const char *doing, const void *bytes, size_t length, struct bw_error *err);

#endif
