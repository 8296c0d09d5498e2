/* Ears of carriers that tell of new letters: a connection of its own, which hears that
 * something was put for this side. A hint and no more: who hears nothing looks as often
 * as ever, and what is heard may be anybody's invention.
 *
 * CE1 the sender hints at most once a second and place, so a letter may lie there that
 *     was hinted at a second ago: who hears looks at once, and once more
 *     BW_CARRIER_HINT_MS later. For a letter that nobody waits for (bw_carrier.quiet) it
 *     doesn't hint, so that the next one that somebody waits for needn't wait either.
 *
 * Only postgresql:// tells. One thread at a time. */
#ifndef BW_CARRIER_EAR_H
#define BW_CARRIER_EAR_H

#include "exchange/carrier/carrier.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_CARRIER_HINT_MS = 1000 };

struct bw_carrier_ear;

/* The ears of one side, in the order of its carriers; NULL: this one hears nothing. A
 * zeroed one is fine everywhere. */
struct bw_carrier_ears {
    struct bw_carrier_ear *items[BW_CARRIERS_MAX];
};

/* Opens an ear; the caller closes it. BW_NOT_FOUND: carriers of that kind don't tell.
 * BW_OFFLINE, BW_BAD_INPUT, BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_ear_open(const char *uri,
    enum bw_carrier_role role, const struct bw_carrier_owner *owner,
    struct bw_carrier_ear **ret_ear, struct bw_error *err);
void bw_carrier_ear_close(struct bw_carrier_ear *ear); /* NULL is fine */

/* What to poll for reading; returns how many there are. Nothing here fails. */
int bw_carrier_ears_fds(const struct bw_carrier_ears *ears, int ret_fds[BW_CARRIERS_MAX]);
/* Reads what came, without waiting: the carriers that somebody else put something on, a
 * bit each. An ear whose connection is lost is closed: opened anew, it hears again. */
unsigned bw_carrier_ears_heard(struct bw_carrier_ears *ears);
/* Those that hear, a bit each. */
unsigned bw_carrier_ears_open(const struct bw_carrier_ears *ears);
void bw_carrier_ears_close(struct bw_carrier_ears *ears);

#ifdef __cplusplus
}
#endif

#endif
