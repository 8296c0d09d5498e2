/* A folder on a WebDAV server as a carrier: Nextcloud, ownCloud, Apache, a school's own.
 *
 *   webdavs://HOST[:PORT]/PATH     by https://HOST[:PORT]/PATH/
 *
 * The login never stands in the address (bw_carrier_owner.login). Whose folder it is,
 * its signed file says, as in any folder (own_file.h). The office makes the folder, not
 * those above it; where it isn't there yet, or any more, the carrier is offline.
 *
 * A PUT goes with If-None-Match: *, and what is there afterwards decides (once.h). One
 * that was cut may leave half a letter where the server isn't careful: readers tell it by
 * the name's hash, and its writer's next put mends it. A listing goes on where the server
 * gives a next page (Link: rel="next"), up to 200 pages. One thread at a time. */
#ifndef BW_CARRIER_WEBDAV_H
#define BW_CARRIER_WEBDAV_H

#include "exchange/carrier/carrier.h"

/* `rest` is what stands behind `webdavs://`. BW_BAD_INPUT: it is no host and folder, or
 * has a login in it. */
BW_NODISCARD enum bw_status bw_carrier_webdav_check(
    const char *rest, struct bw_error *err);

/* See bw_carrier_open; `rest` holds by the check. BW_OFFLINE: it is not reached, does not
 * let us in, or isn't there yet. BW_REFUSED, BW_BAD_INPUT: another's folder.
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_webdav_open(const char *rest,
    enum bw_carrier_role role, const struct bw_carrier_owner *owner,
    struct bw_carrier **ret_carrier, struct bw_error *err);

#endif
