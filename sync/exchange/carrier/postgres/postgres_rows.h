/* What PostgreSQL answered. The rows of a listing, each letter once: one of a kiosk with
 * two sessions lies there twice. Told apart here: the server takes three times as long
 * where it groups 200,000 of them. And a letter's bytes. Inside the carrier alone. One
 * thread. */
#ifndef BW_CARRIER_POSTGRES_ROWS_H
#define BW_CARRIER_POSTGRES_ROWS_H

#include "exchange/carrier/carrier.h"

#include <libpq-fe.h>

/* Calls `each` with every letter that a row (name, bytes' count; in text) names, the
 * first row of each name, until it returns false. `doing` is for the sentence.
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_rows_each(const PGresult *result,
    bw_carrier_each *each, void *context, const char *doing, struct bw_error *err);

/* The bytes in the first row and column of a binary answer, which the caller frees; a NUL
 * follows them. BW_NOT_FOUND: it has no row. BW_FULL: they are more than `most_bytes`, or
 * NULL, as they were more. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_rows_bytes(const PGresult *result,
    size_t most_bytes, const char *doing, unsigned char **ret_bytes, size_t *ret_length,
    struct bw_error *err);

#endif
