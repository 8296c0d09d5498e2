/* What an S3 server answers: see s3_answer.h.
 *
 *   ListBucketResult > IsTruncated, NextContinuationToken
 *                    > Contents > Key, Size
 *   Error > Code
 *
 * Told by names and depth, in any namespace: makers differ. */
#include "exchange/carrier/web/s3_answer.h"

#include "exchange/carrier/web/xml.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

struct page_reading {
    const char *prefix;
    bw_carrier_each *each;
    void *context;
    char *next;
    bool truncated;
    char name[BW_LETTER_NAME_BYTES]; /* of the object that is being read; "": no letter */
    uint64_t bytes;
};

static enum bw_carrier_xml_turn
on_page_start(void *context, int depth, const char *name, const char *space)
{
    (void)space;
    struct page_reading *reading = context;
    if (depth == 1) {
        return strcmp(name, "ListBucketResult") == 0 ? BW_XML_ON : BW_XML_BROKEN;
    }
    if (depth == 2) {
        reading->name[0] = '\0';
        reading->bytes = 0;
    }
    return BW_XML_ON;
}

/* SA2: one part behind the prefix. */
static void
key_take(struct page_reading *reading, const char *key)
{
    size_t length = strlen(reading->prefix);
    if (strncmp(key, reading->prefix, length) == 0 &&
        strlen(key + length) < sizeof reading->name) {
        (void)snprintf(reading->name, sizeof reading->name, "%s", key + length);
    }
}

static enum bw_carrier_xml_turn
on_page_end(
    void *context, int depth, const char *name, const char *space, const char *text)
{
    (void)space;
    struct page_reading *reading = context;
    struct bw_letter_name parsed;
    if (depth == 3 && strcmp(name, "Key") == 0) {
        key_take(reading, text);
    } else if (depth == 3 && strcmp(name, "Size") == 0) {
        reading->bytes = bw_carrier_xml_number(text);
    } else if (depth == 2 && strcmp(name, "IsTruncated") == 0) {
        reading->truncated = strcmp(text, "true") == 0;
    } else if (depth == 2 && strcmp(name, "NextContinuationToken") == 0) {
        if (strlen(text) >= BW_S3_TOKEN_BYTES) {
            return BW_XML_BROKEN;
        }
        (void)snprintf(reading->next, BW_S3_TOKEN_BYTES, "%s", text);
    } else if (depth == 2 && strcmp(name, "Contents") == 0 &&
               bw_letter_name_parse(reading->name, &parsed) &&
               !reading->each(reading->context, reading->name, &parsed, reading->bytes)) {
        return BW_XML_ENOUGH;
    }
    return BW_XML_ON;
}

enum bw_status
bw_carrier_s3_page_read(const void *bytes, size_t length, const char *prefix,
    bw_carrier_each *each, void *context, char ret_next[BW_S3_TOKEN_BYTES],
    struct bw_error *err)
{
    struct page_reading reading = {
        .prefix = prefix, .each = each, .context = context, .next = ret_next};
    const struct bw_carrier_xml_handler handler = {
        .start = on_page_start, .end = on_page_end, .context = &reading};
    ret_next[0] = '\0';
    enum bw_status status = bw_carrier_xml_read(bytes, length, &handler, err);
    if (status == BW_BAD_INPUT || (status == BW_OK && reading.truncated && !*ret_next)) {
        ret_next[0] = '\0';
        return bw_error_set(err, BW_OFFLINE, 0,
            "what came is no listing of a bucket; mend "
            "the address, or sign in to the guest network");
    }
    if (!reading.truncated) {
        ret_next[0] = '\0';
    }
    return status;
}

/* ---- what goes wrong ---- */

enum { CODE_BYTES = 64 };

static enum bw_carrier_xml_turn
on_error_start(void *context, int depth, const char *name, const char *space)
{
    (void)context, (void)space;
    return depth == 1 && strcmp(name, "Error") != 0 ? BW_XML_BROKEN : BW_XML_ON;
}

static enum bw_carrier_xml_turn
on_error_end(
    void *context, int depth, const char *name, const char *space, const char *text)
{
    (void)space;
    if (depth != 2 || strcmp(name, "Code") != 0) {
        return BW_XML_ON;
    }
    (void)snprintf(context, CODE_BYTES, "%s", text);
    return BW_XML_ENOUGH;
}

/* "NoSuchKey" …; "" where the answer has none. */
static void
code_read(const struct bw_carrier_reply *reply, char ret_code[CODE_BYTES])
{
    const struct bw_carrier_xml_handler handler = {
        .start = on_error_start, .end = on_error_end, .context = ret_code};
    ret_code[0] = '\0';
    if (bw_carrier_xml_read(reply->bytes, reply->length, &handler, NULL) != BW_OK) {
        ret_code[0] = '\0';
    }
}

static const struct {
    const char *code;
    enum bw_status status;
    int os_errno; /* its kind, as bw_carrier_reply_fault has it */
    const char *why;
} meanings[] = {
    {"AuthorizationHeaderMalformed", BW_OFFLINE, ENOENT,
        BW_SAYS("the bucket is of another region; mend region= in the address")},
    {"AccountProblem", BW_OFFLINE, EACCES,
        BW_SAYS("the account is closed or unpaid; have it looked at")},
    {"EntityTooLarge", BW_FULL, EFBIG,
        BW_SAYS("the server takes no letter of that size; have its limit raised")},
    {"InvalidAccessKeyId", BW_OFFLINE, EACCES,
        BW_SAYS(
            "it doesn't know the access key; have the organiser enrol with the right one "
            "(--netrc-file)")},
    {"NoSuchBucket", BW_OFFLINE, ENOENT,
        BW_SAYS("there is no such bucket; have it made, or mend the address")},
    {"PermanentRedirect", BW_OFFLINE, ENOENT,
        BW_SAYS("the bucket is elsewhere; mend endpoint= or region= in the address")},
    {"QuotaExceeded", BW_FULL, ENOSPC, /* Ceph's, with 403 */
        BW_SAYS("the server has no room left; have room made there")},
    {"RequestTimeTooSkewed", BW_OFFLINE, EKEYREJECTED,
        BW_SAYS("this machine's clock differs from the server's by over a quarter of an "
                "hour; set the clock")},
    {"SignatureDoesNotMatch", BW_OFFLINE, EACCES,
        BW_SAYS(
            "it doesn't take the secret key; have the organiser enrol with the right one "
            "(--netrc-file)")},
    {"SlowDown", BW_OFFLINE, EAGAIN,
        BW_SAYS("the server is too busy; it is tried again")},
    {"XMinioAdminBucketQuotaExceeded", BW_FULL, ENOSPC, /* MinIO's, with 400 */
        BW_SAYS("the server has no room left; have room made there")},
};

enum bw_status
bw_carrier_s3_fault(
    const struct bw_carrier_reply *reply, const char *doing, struct bw_error *err)
{
    char code[CODE_BYTES];
    code_read(reply, code);
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        if (strcmp(code, meanings[i].code) == 0) {
            return bw_error_set(err, meanings[i].status, meanings[i].os_errno, "%s: %s",
                doing, bw_said(meanings[i].why));
        }
    }
    return bw_carrier_reply_fault(reply, doing, err);
}

bool
bw_carrier_s3_no_bucket(const struct bw_carrier_reply *reply)
{
    char code[CODE_BYTES];
    code_read(reply, code);
    return strcmp(code, "NoSuchBucket") == 0;
}
