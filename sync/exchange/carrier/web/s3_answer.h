/* What an S3 server answers in XML (API of 2006-03-01), which strangers may have written.
 *
 * SA1 read by xml.h (SX1). SA2 of a listing only what stands right under its prefix and
 *     is a letter's name.
 *
 * Any thread. */
#ifndef BW_CARRIER_S3_ANSWER_H
#define BW_CARRIER_S3_ANSWER_H

#include "exchange/carrier/carrier.h"
#include "exchange/carrier/web/http.h"

enum { BW_S3_TOKEN_BYTES = 1024 };

/* Calls `each` with every letter that a page of ListObjectsV2 names, until it returns
 * false. `ret_next` is how the next page is asked for; "": this was the last. BW_OFFLINE:
 * it is no such listing. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_s3_page_read(const void *bytes, size_t length,
    const char *prefix, bw_carrier_each *each, void *context,
    char ret_next[BW_S3_TOKEN_BYTES], struct bw_error *err);

/* bw_carrier_reply_fault for a server that says more than its code does: BW_OFFLINE
 * where its own word for the fault is known, with what to do; else what that says. */
enum bw_status bw_carrier_s3_fault(
    const struct bw_carrier_reply *reply, const char *doing, struct bw_error *err);

/* Whether an answer says that the bucket, not the name, isn't there. */
bool bw_carrier_s3_no_bucket(const struct bw_carrier_reply *reply);

#endif
