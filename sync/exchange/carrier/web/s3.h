/* A prefix of a bucket on a server that speaks Amazon's S3 (2006-03-01), as a carrier:
 * Amazon's own, MinIO, Ceph, Garage, many hosters'. By HTTPS alone; each request signed
 * (SigV4, libcurl's) with a key pair: access key and secret as login and password of the
 * endpoint's host in a netrc file, never in the address (s3_address.h).
 *
 * The bucket is made by who keeps the server. The key needs ListBucket, GetObject and
 * PutObject there, the office's DeleteObject too. Whose the prefix is, its signed file
 * says, as in any folder (own_file.h).
 *
 * A store of objects puts whole or not at all, but the last put wins: so it goes with
 * If-None-Match: *, which new servers obey, old ones pass over, and some refuse (501;
 * then it goes without), and what is there afterwards decides (once.h). A listing is
 * read in pages, up to 200. One thread at a time. */
#ifndef BW_CARRIER_S3_H
#define BW_CARRIER_S3_H

#include "exchange/carrier/carrier.h"

/* Whether `rest`, what stands behind `s3://`, may be an address. BW_BAD_INPUT: it isn't
 * one (s3_address.h), or has a login in it. */
BW_NODISCARD enum bw_status bw_carrier_s3_check(const char *rest, struct bw_error *err);

/* See bw_carrier_open; `rest` holds by the check. BW_OFFLINE: it is not reached, does not
 * let us in, or isn't there yet. BW_REFUSED, BW_BAD_INPUT: another's prefix.
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_s3_open(const char *rest,
    enum bw_carrier_role role, const struct bw_carrier_owner *owner,
    struct bw_carrier **ret_carrier, struct bw_error *err);

#endif
