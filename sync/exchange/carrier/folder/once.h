/* Names that are written once, on a server that may be careless: what is there decides.
 *
 *   GET NAME --not there--> send --done--> fresh
 *      |                     '--any other answer, or none--> GET NAME again (a lost
 *      |                        reply, an upload that came twice, one that was cut)
 *      '--there: the same--> done; no letter, and ours fits the name--> remove, send
 *                            else refused: it stays
 *
 * So no lock, no MOVE and no order is asked of the server. One thread at a time. */
#ifndef BW_CARRIER_ONCE_H
#define BW_CARRIER_ONCE_H

#include "exchange/carrier/carrier.h"

/* Sends the bytes where nothing has that name. False: it isn't known to be done; `err`
 * says why that may be. */
typedef bool bw_carrier_send(struct bw_carrier *carrier, const char *name,
    const void *bytes, size_t length, struct bw_error *err);

/* Puts by the carrier's own get and remove, and `send` (CA2); `name` may be another than
 * a letter's. BW_REFUSED: the name has other bytes. Else what get, remove or the last
 * `send` said. */
BW_NODISCARD enum bw_status bw_carrier_put_once(struct bw_carrier *carrier,
    bw_carrier_send *send, const char *name, const void *bytes, size_t length,
    bool *ret_fresh, struct bw_error *err);

/* BW_REFUSED, with the sentence for a name that is taken. */
enum bw_status bw_carrier_refuse(
    const struct bw_carrier *carrier, const char *name, struct bw_error *err);

#endif
