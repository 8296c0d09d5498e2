/* An S3 bucket's address: see s3_address.h. */
#include "exchange/carrier/web/s3_address.h"

#include <stdio.h>
#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz0123456789"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

enum { BUCKET_BYTES_MIN = 3, BUCKET_BYTES_MAX = 63 };

/* The next piece up to one of `ends`; false where it doesn't fit, is empty, or has other
 * characters than `of`. */
static bool
piece_take(const char **inout_at, const char *ends, const char *of, char *ret_piece,
    size_t piece_bytes)
{
    size_t length = strcspn(*inout_at, ends);
    if (length == 0 || length >= piece_bytes || strspn(*inout_at, of) < length) {
        return false;
    }
    memcpy(ret_piece, *inout_at, length);
    ret_piece[length] = '\0';
    *inout_at += length;
    return true;
}

/* A slash ends it; no part of it is empty, "." or "..". */
static bool
prefix_take(const char **inout_at, struct bw_carrier_s3_address *address)
{
    char with[BW_CARRIER_URI_BYTES + 2];
    if (!piece_take(inout_at, "?", LOWER UPPER "-_./", address->prefix,
            sizeof address->prefix - 1)) {
        return false;
    }
    size_t length = strlen(address->prefix);
    if (address->prefix[length - 1] != '/') {
        (void)strcat(address->prefix, "/");
    }
    (void)snprintf(with, sizeof with, "/%s", address->prefix);
    return !strstr(with, "//") && !strstr(with, "/./") && !strstr(with, "/../");
}

/* NAME=VALUE. */
static bool
option_take(const char **inout_at, struct bw_carrier_s3_address *address, bool *ret_style)
{
    static const char endpoint[] = "endpoint=", region[] = "region=", style[] = "style=";
    char word[8];
    const char *at = *inout_at;
    bool fine = false;
    if (strncmp(at, endpoint, sizeof endpoint - 1) == 0) {
        at += sizeof endpoint - 1;
        fine = piece_take(
            &at, "&", LOWER UPPER "-.:", address->endpoint, sizeof address->endpoint);
    } else if (strncmp(at, region, sizeof region - 1) == 0) {
        at += sizeof region - 1;
        fine = piece_take(&at, "&", LOWER "-", address->region, sizeof address->region);
    } else if (strncmp(at, style, sizeof style - 1) == 0) {
        at += sizeof style - 1;
        fine = piece_take(&at, "&", LOWER, word, sizeof word);
        address->path_style = fine && strcmp(word, "path") == 0;
        fine = fine && (address->path_style || strcmp(word, "host") == 0);
        *ret_style = true;
    }
    *inout_at = at;
    return fine;
}

static bool
options_take(const char *at, struct bw_carrier_s3_address *address)
{
    bool styled = false;
    while (*at) {
        at++; /* the ? or & */
        if (!option_take(&at, address, &styled)) {
            return false;
        }
    }
    bool amazon = !address->endpoint[0];
    if (amazon && !address->region[0]) {
        return false;
    }
    if (!address->region[0]) {
        (void)snprintf(address->region, sizeof address->region, "us-east-1");
    }
    if (amazon) {
        (void)snprintf(address->endpoint, sizeof address->endpoint, "s3.%s.amazonaws.com",
            address->region);
    }
    if (!styled) {
        address->path_style = !amazon || strchr(address->bucket, '.') != NULL;
    }
    return true;
}

enum bw_status
bw_carrier_s3_address_parse(
    const char *rest, struct bw_carrier_s3_address *ret_address, struct bw_error *err)
{
    struct bw_carrier_s3_address address = {.bucket = ""};
    const char *at = rest;
    if (memchr(rest, '@', strcspn(rest, "/?"))) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "an S3 carrier: a key doesn't belong in its address; put it in a file "
            "(--netrc-file)");
    }
    bool fine = piece_take(&at, "/?", LOWER "-.", address.bucket, sizeof address.bucket);
    size_t length = strlen(address.bucket);
    fine = fine && length >= BUCKET_BYTES_MIN && length <= BUCKET_BYTES_MAX;
    if (fine && *at == '/') {
        at++;
        fine = *at == '\0' || *at == '?' || prefix_take(&at, &address);
    }
    if (!fine || !options_take(at, &address)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "carrier s3://%.200s: it is no address; s3://BUCKET/PREFIX?region=REGION is "
            "one at Amazon, s3://BUCKET/PREFIX?endpoint=HOST one elsewhere",
            rest);
    }
    *ret_address = address;
    return BW_OK;
}
