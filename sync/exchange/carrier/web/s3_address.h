/* The address of a carrier in an S3 bucket, taken apart:
 *
 *   s3://BUCKET[/PREFIX][?endpoint=HOST[:PORT]&region=REGION&style=path|host]
 *
 * Without `endpoint` it is Amazon's of the region, which must be given then; `region` is
 * us-east-1 else, as servers of other makers have it. `style`: whether the bucket stands
 * in the path or in the host's name; by itself in the host's name at Amazon (where the
 * bucket has no dot, so that the certificate fits), else in the path. Names hold what
 * needs no escape: a signature over an address that two sides write in two ways is none.
 *
 * Any thread. */
#ifndef BW_CARRIER_S3_ADDRESS_H
#define BW_CARRIER_S3_ADDRESS_H

#include "exchange/letter/enrolment.h"

#include <brugwachter/error.h>
#include <stdbool.h>

struct bw_carrier_s3_address {
    char bucket[64];
    char prefix[BW_CARRIER_URI_BYTES]; /* ends with a slash; "": none */
    char endpoint[256];                /* HOST[:PORT] */
    char region[64];
    bool path_style;
};

/* Takes apart what stands behind `s3://`. BW_BAD_INPUT: it is none of the form above, or
 * has a login in it. */
BW_NODISCARD enum bw_status bw_carrier_s3_address_parse(
    const char *rest, struct bw_carrier_s3_address *ret_address, struct bw_error *err);

#endif
