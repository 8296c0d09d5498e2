/* A prefix of an S3 bucket: see s3.h. */
#include "exchange/carrier/web/s3.h"

#include "exchange/carrier/web/http.h"
#include "exchange/carrier/folder/once.h"
#include "exchange/carrier/folder/own_file.h"
#include "exchange/carrier/web/s3_address.h"
#include "exchange/carrier/web/s3_answer.h"
#include "exchange/carrier/folder/walk.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PAGE_BYTES_MAX = 16 * 1024 * 1024,
    PAGES_MAX = 200,
    SMALL_BYTES_MAX = 64 * 1024, /* of an answer that is no letter */
    HASH_HEADER_BYTES = 128,
    NOT_IMPLEMENTED = 501,
};

struct s3 {
    struct bw_carrier carrier; /* first */
    struct bw_carrier_http *http;
    struct bw_carrier_s3_address address;
    char base[512]; /* https://…/, the bucket; ends with a slash */
    bool plain_put; /* the server knows no If-None-Match for a PUT */
};

static struct s3 *
s3_of(struct bw_carrier *carrier)
{
    return (struct s3 *)carrier;
}

/* The hash of what is sent is signed too; libcurl before 8 doesn't send it by itself. */
static void
hash_header_make(const void *body, size_t body_bytes, char ret_header[HASH_HEADER_BYTES])
{
    uint8_t hash[crypto_hash_sha256_BYTES];
    char hex[sizeof hash * 2 + 1];
    (void)crypto_hash_sha256(hash, body ? body : "", body_bytes);
    (void)sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    (void)snprintf(ret_header, HASH_HEADER_BYTES, "x-amz-content-sha256: %s", hex);
}

/* One request; its `headers` are those that go besides the signature's. */
static enum bw_status
ask(struct s3 *s3, const struct bw_carrier_request *request, const char *doing,
    struct bw_carrier_reply *ret_reply, struct bw_error *err)
{
    enum { HEADERS_MAX = 4 };
    char hash[HASH_HEADER_BYTES];
    const char *headers[HEADERS_MAX + 1] = {hash};
    struct bw_carrier_request whole = *request;
    whole.grace_ms = s3->carrier.grace_ms;
    hash_header_make(request->body, request->body_bytes, hash);
    for (size_t i = 0; request->headers && request->headers[i]; i++) {
        assert(i + 1 < HEADERS_MAX);
        headers[i + 1] = request->headers[i];
    }
    whole.headers = headers;
    enum bw_status status = bw_carrier_http_ask(s3->http, &whole, doing, ret_reply, err);
    if (status == BW_OK && ret_reply->date_ms > 0) {
        s3->carrier.server_ms = ret_reply->date_ms;
    }
    return status;
}

static void
url_make(const struct s3 *s3, const char *name, char ret_url[BW_HTTP_URL_BYTES])
{
    int length = snprintf(
        ret_url, BW_HTTP_URL_BYTES, "%s%s%s", s3->base, s3->address.prefix, name);
    assert(length > 0 && length < BW_HTTP_URL_BYTES);
    (void)length;
}

/* ---- reading ---- */

static enum bw_status
s3_get(struct bw_carrier *self, const char *name, size_t most_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    struct s3 *s3 = s3_of(self);
    char doing[BW_CARRIER_DOING_BYTES], url[BW_HTTP_URL_BYTES];
    struct bw_carrier_reply reply;
    size_t most = most_bytes > SMALL_BYTES_MAX ? most_bytes : SMALL_BYTES_MAX;
    const struct bw_carrier_request request = {
        .method = "GET", .url = url, .most_bytes = most};
    (void)bw_carrier_doing(doing, "reading %s in %.100s", name, s3->carrier.uri);
    url_make(s3, name, url);
    enum bw_status status = ask(s3, &request, doing, &reply, err);
    if (status != BW_OK) {
        return status;
    }
    bool whole = reply.code == 200 && !reply.too_long;
    if (whole && reply.length <= most_bytes) {
        *ret_bytes = reply.bytes;
        *ret_length = reply.length;
        return BW_OK;
    }
    if (reply.code == 200) {
        status = bw_error_set(err, BW_FULL, 0,
            "%s: it is over %zu bytes, so no such letter", doing, most_bytes);
    } else if (reply.code == 404 && !bw_carrier_s3_no_bucket(&reply)) {
        status = bw_error_set(err, BW_NOT_FOUND, 0, "%s: it isn't there", doing);
    } else {
        (void)bw_carrier_s3_fault(&reply, doing, err);
        status = bw_carrier_as_offline(err);
    }
    bw_carrier_reply_finish(&reply);
    return status;
}

/* ---- listing ---- */

/* Appends `text`, all but RFC 3986's unreserved characters as %XX, as the signature has
 * them. False: no room. */
static bool
escaped_add(const char *text, char *inout_to, size_t to_bytes)
{
    static const char fine[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                               "0123456789-_.~";
    size_t used = strlen(inout_to);
    for (; *text; text++) {
        int length = strchr(fine, *text)
                         ? snprintf(inout_to + used, to_bytes - used, "%c", *text)
                         : snprintf(inout_to + used, to_bytes - used, "%%%02X",
                               (unsigned char)*text);
        used += (size_t)length;
        if (used >= to_bytes) {
            return false;
        }
    }
    return true;
}

/* The words of the query stand in the order that the signature wants. */
static bool
page_url_make(const struct s3 *s3, const char *token, char ret_url[BW_HTTP_URL_BYTES])
{
    size_t room = BW_HTTP_URL_BYTES;
    (void)snprintf(
        ret_url, room, "%s?%s", s3->base, token[0] ? "continuation-token=" : "");
    bool fine = escaped_add(token, ret_url, room);
    static const char rest[] = "list-type=2&max-keys=1000&prefix=";
    size_t used = strlen(ret_url);
    fine = fine && used + sizeof rest + 1 < room;
    if (fine) {
        (void)snprintf(ret_url + used, room - used, "%s%s", token[0] ? "&" : "", rest);
        fine = escaped_add(s3->address.prefix, ret_url, room);
    }
    return fine;
}

static enum bw_status
page_read(struct s3 *s3, char inout_token[BW_S3_TOKEN_BYTES],
    struct bw_carrier_walk *walk, const char *doing, struct bw_error *err)
{
    char url[BW_HTTP_URL_BYTES], next[BW_S3_TOKEN_BYTES] = "";
    struct bw_carrier_reply reply;
    const struct bw_carrier_request request = {.method = "GET",
        .url = url,
        .most_bytes = PAGE_BYTES_MAX,
        .most_ms = bw_carrier_walk_left_ms(walk)};
    if (request.most_ms == 0) {
        return bw_carrier_too_slow(doing, err);
    }
    if (!page_url_make(s3, inout_token, url)) {
        return bw_error_set(err, BW_OFFLINE, 0,
            "%s: the server's word for the next page is too long", doing);
    }
    enum bw_status status = ask(s3, &request, doing, &reply, err);
    if (status != BW_OK) {
        return bw_carrier_walk_fault(walk, doing, status, err);
    }
    if (reply.too_long) {
        status = bw_carrier_page_too_long(doing, PAGE_BYTES_MAX, err);
    } else if (reply.code != 200) {
        (void)bw_carrier_s3_fault(&reply, doing, err);
        status = bw_carrier_as_offline(err);
    } else {
        status = bw_carrier_s3_page_read(reply.bytes, reply.length, s3->address.prefix,
            bw_carrier_walk_on, walk, next, err);
        status = status == BW_OK ? BW_OK : bw_error_prefix(err, status, "%s", doing);
    }
    bw_carrier_reply_finish(&reply);
    if (status == BW_OK && next[0] && strcmp(next, inout_token) == 0) {
        status = bw_carrier_no_end(doing, err);
    }
    memcpy(inout_token, next, sizeof next);
    return status;
}

static enum bw_status
s3_list(
    struct bw_carrier *self, bw_carrier_each *each, void *context, struct bw_error *err)
{
    struct s3 *s3 = s3_of(self);
    struct bw_carrier_walk walk = bw_carrier_walk_begin(self, each, context);
    char doing[BW_CARRIER_DOING_BYTES], token[BW_S3_TOKEN_BYTES] = "";
    (void)bw_carrier_doing(doing, "listing letters in %.100s", s3->carrier.uri);
    enum bw_status status = page_read(s3, token, &walk, doing, err);
    for (int pages = 1; status == BW_OK && token[0] && !walk.ended; pages++) {
        status = pages < PAGES_MAX ? page_read(s3, token, &walk, doing, err)
                                   : bw_carrier_no_end(doing, err);
    }
    return status;
}

/* ---- writing ---- */

static enum bw_status
s3_remove(struct bw_carrier *self, const char *name, struct bw_error *err)
{
    struct s3 *s3 = s3_of(self);
    char doing[BW_CARRIER_DOING_BYTES], url[BW_HTTP_URL_BYTES];
    struct bw_carrier_reply reply;
    const struct bw_carrier_request request = {
        .method = "DELETE", .url = url, .most_bytes = SMALL_BYTES_MAX};
    (void)bw_carrier_doing(doing, "removing %s in %.100s", name, s3->carrier.uri);
    url_make(s3, name, url);
    enum bw_status status = ask(s3, &request, doing, &reply, err);
    if (status == BW_OK) {
        bool gone = reply.code / 100 == 2 ||
                    (reply.code == 404 && !bw_carrier_s3_no_bucket(&reply));
        status = gone ? BW_OK : bw_carrier_s3_fault(&reply, doing, err);
        bw_carrier_reply_finish(&reply);
    }
    return status;
}

/* One PUT; its answer's code, 0 where none came. */
static int
object_put(struct s3 *s3, const char *name, const void *bytes, size_t length,
    struct bw_error *err)
{
    static const char *const headers[] = {
        "Content-Type: application/octet-stream", "If-None-Match: *", NULL};
    static const char *const plain[] = {"Content-Type: application/octet-stream", NULL};
    char doing[BW_CARRIER_DOING_BYTES], url[BW_HTTP_URL_BYTES];
    struct bw_carrier_reply reply;
    const struct bw_carrier_request request = {.method = "PUT",
        .url = url,
        .headers = s3->plain_put ? plain : headers,
        .body = bytes,
        .body_bytes = length,
        .most_bytes = SMALL_BYTES_MAX};
    (void)bw_carrier_doing(doing, "putting %s in %.100s", name, s3->carrier.uri);
    url_make(s3, name, url);
    if (ask(s3, &request, doing, &reply, err) != BW_OK) {
        return 0;
    }
    int code = reply.code;
    (void)bw_carrier_s3_fault(&reply, doing, err);
    bw_carrier_reply_finish(&reply);
    return code;
}

static bool
object_send(struct bw_carrier *self, const char *name, const void *bytes, size_t length,
    struct bw_error *err)
{
    struct s3 *s3 = s3_of(self);
    int code = object_put(s3, name, bytes, length, err);
    if (code == NOT_IMPLEMENTED && !s3->plain_put) {
        s3->plain_put = true;
        code = object_put(s3, name, bytes, length, err);
    }
    return code / 100 == 2;
}

static enum bw_status
s3_put(struct bw_carrier *self, const char *name, const void *bytes, size_t length,
    bool *ret_fresh, struct bw_error *err)
{
    return bw_carrier_put_once(self, object_send, name, bytes, length, ret_fresh, err);
}

static void
s3_close(struct bw_carrier *self)
{
    struct s3 *s3 = s3_of(self);
    bw_carrier_http_destroy(s3->http);
    free(s3);
}

static const struct bw_carrier_ops s3_ops = {
    .list = s3_list,
    .get = s3_get,
    .put = s3_put,
    .remove = s3_remove,
    .close = s3_close,
};

/* ---- opening ---- */

enum bw_status
bw_carrier_s3_check(const char *rest, struct bw_error *err)
{
    struct bw_carrier_s3_address address;
    return bw_carrier_s3_address_parse(rest, &address, err);
}

static void
base_make(struct s3 *s3)
{
    const struct bw_carrier_s3_address *address = &s3->address;
    (void)snprintf(s3->base, sizeof s3->base,
        address->path_style ? "https://%1$s/%2$s/" : "https://%2$s.%1$s/",
        address->endpoint, address->bucket);
}

enum bw_status
bw_carrier_s3_open(const char *rest, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, struct bw_carrier **ret_carrier,
    struct bw_error *err)
{
    assert(role == BW_CARRIER_STICK || owner != NULL);
    struct s3 *s3 = calloc(1, sizeof *s3);
    if (!s3) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "opening an S3 carrier: out of memory; close other programs");
    }
    s3->carrier.ops = &s3_ops;
    (void)snprintf(s3->carrier.uri, sizeof s3->carrier.uri, "s3://%s", rest);
    enum bw_status status = bw_carrier_s3_address_parse(rest, &s3->address, err);
    if (status == BW_OK) {
        base_make(s3);
        status = bw_carrier_http_create(owner ? owner->login : NULL, &s3->http, err);
    }
    if (status == BW_OK && role == BW_CARRIER_KIOSK) {
        bw_carrier_http_patient(s3->http);
    }
    if (status == BW_OK) {
        status = bw_carrier_http_sign_aws(s3->http, s3->address.region, err);
    }
    if (status == BW_OK) {
        status = bw_carrier_own_file_check(&s3->carrier, role, owner, err);
    }
    if (status != BW_OK) {
        s3_close(&s3->carrier);
        return status;
    }
    *ret_carrier = &s3->carrier;
    return BW_OK;
}
