/* Whose letters a carrier holds: the signed file on it (folder_file.c), read and written
 * by the carrier's own get and put. One thread. */
#ifndef BW_CARRIER_OWN_FILE_H
#define BW_CARRIER_OWN_FILE_H

#include "exchange/carrier/carrier.h"

#define BW_CARRIER_OWN_FILE "brugwachter-letters.json"

/* The office writes it where it is missing; a kiosk is BW_OFFLINE then; a stick needs
 * none. `get` and `put` of `carrier` must take this name. BW_REFUSED: it is another
 * central database's. BW_BAD_INPUT: it isn't signed by this organiser. */
BW_NODISCARD enum bw_status bw_carrier_own_file_check(struct bw_carrier *carrier,
    enum bw_carrier_role role, const struct bw_carrier_owner *owner,
    struct bw_error *err);

/* The two halves of that, for a carrier that reads it together with more. Whether its
 * bytes say that the letters are this organiser's: BW_REFUSED, BW_BAD_INPUT. */
BW_NODISCARD enum bw_status bw_carrier_own_file_judge(const struct bw_carrier *carrier,
    const struct bw_carrier_owner *owner, const void *bytes, size_t length,
    struct bw_error *err);
/* BW_OFFLINE, with the sentence for a place that a kiosk finds without it. */
enum bw_status bw_carrier_own_file_missing(
    const struct bw_carrier *carrier, struct bw_error *err);

#endif
