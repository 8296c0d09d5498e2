/* A WebDAV server's listing: the 207 Multi-Status of a PROPFIND (RFC 4918, section 13),
 * which strangers may have written.
 *
 * LI1 only as XML of xml.h (SX1). LI2 only the last part of an address counts, and only
 *     where it is a letter's name; folders are passed over.
 *
 * Any thread. */
#ifndef BW_CARRIER_LISTING_H
#define BW_CARRIER_LISTING_H

#include "exchange/carrier/carrier.h"

/* Calls `each` with every letter that a page names, until it returns false. *ret_more
 * (untouched on failure): the server says that it left some out (507 for the folder
 * itself). BW_OFFLINE: it is no listing, or one that breaks LI1. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_listing_read(const void *bytes, size_t length,
    bw_carrier_each *each, void *context, bool *ret_more, struct bw_error *err);

#endif
