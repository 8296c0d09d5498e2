/* A folder on a WebDAV server: see webdav.h. */
#include "exchange/carrier/web/webdav.h"

#include "exchange/carrier/web/http.h"
#include "exchange/carrier/web/listing.h"
#include "exchange/carrier/folder/once.h"
#include "exchange/carrier/folder/own_file.h"
#include "exchange/carrier/folder/walk.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PAGE_BYTES_MAX = 16 * 1024 * 1024,
    PAGES_MAX = 200,
    SMALL_BYTES_MAX = 64 * 1024, /* of an answer whose text nobody reads */
};

struct webdav {
    struct bw_carrier carrier; /* first */
    struct bw_carrier_http *http;
    char base[BW_CARRIER_URI_BYTES + 16]; /* https://…/, ends with a slash */
    int put_code;                         /* what the last PUT was answered; 0: nothing */
};

static struct webdav *
webdav_of(struct bw_carrier *carrier)
{
    return (struct webdav *)carrier;
}

/* One request for `name` ("": the folder). */
static enum bw_status
ask(struct webdav *webdav, const struct bw_carrier_request *request, const char *name,
    const char *doing, struct bw_carrier_reply *ret_reply, struct bw_error *err)
{
    char url[BW_HTTP_URL_BYTES];
    struct bw_carrier_request whole = *request;
    whole.grace_ms = webdav->carrier.grace_ms;
    int length = snprintf(url, sizeof url, "%s%s", webdav->base, name);
    assert(length > 0 && length < (int)sizeof url);
    (void)length;
    whole.url = url;
    enum bw_status status =
        bw_carrier_http_ask(webdav->http, &whole, doing, ret_reply, err);
    if (status == BW_OK && ret_reply->date_ms > 0) {
        webdav->carrier.server_ms = ret_reply->date_ms;
    }
    return status;
}

/* ---- reading ---- */

static enum bw_status
webdav_get(struct bw_carrier *self, const char *name, size_t most_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    struct webdav *webdav = webdav_of(self);
    char doing[BW_CARRIER_DOING_BYTES];
    struct bw_carrier_reply reply;
    const struct bw_carrier_request request = {.method = "GET", .most_bytes = most_bytes};
    (void)bw_carrier_doing(doing, "reading %s in %.100s", name, webdav->carrier.uri);
    enum bw_status status = ask(webdav, &request, name, doing, &reply, err);
    if (status != BW_OK) {
        return status;
    }
    if (reply.code == 200 && !reply.too_long && !reply.is_folder) {
        *ret_bytes = reply.bytes;
        *ret_length = reply.length;
        return BW_OK;
    }
    if (reply.is_folder || reply.code == 405) { /* CA3 */
        status =
            bw_error_set(err, BW_REFUSED, 0, "%s: it is a folder, so no letter", doing);
    } else if (reply.code == 404 || reply.code == 410) {
        status = bw_error_set(err, BW_NOT_FOUND, 0, "%s: it isn't there", doing);
    } else if (reply.code == 200) {
        status = bw_error_set(err, BW_FULL, 0,
            "%s: it is over %zu bytes, so no such letter", doing, most_bytes);
    } else {
        (void)bw_carrier_reply_fault(&reply, doing, err);
        status = bw_carrier_as_offline(err);
    }
    bw_carrier_reply_finish(&reply);
    return status;
}

/* ---- listing ---- */

static const char propfind[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<propfind xmlns=\"DAV:\"><prop><resourcetype/><getcontentlength/></prop>"
    "</propfind>";

/* A next page's address, from its host's root or whole; of the same host alone. */
static bool
next_page(const struct webdav *webdav, const char *next, char ret_url[BW_HTTP_URL_BYTES])
{
    const char *path = strchr(webdav->base + strlen("https://"), '/');
    int host = (int)(path - webdav->base);
    if (next[0] == '/' && next[1] != '/') {
        return snprintf(ret_url, BW_HTTP_URL_BYTES, "%.*s%s", host, webdav->base, next) <
               BW_HTTP_URL_BYTES;
    }
    bool own = strncmp(next, webdav->base, (size_t)host + 1) == 0;
    return own && snprintf(ret_url, BW_HTTP_URL_BYTES, "%s", next) < BW_HTTP_URL_BYTES;
}

static enum bw_status
page_read(struct webdav *webdav, char url[BW_HTTP_URL_BYTES],
    struct bw_carrier_walk *walk, const char *doing, struct bw_error *err)
{
    static const char *const headers[] = {
        "Depth: 1", "Content-Type: application/xml; charset=utf-8", NULL};
    struct bw_carrier_reply reply;
    const struct bw_carrier_request request = {.method = "PROPFIND",
        .url = url,
        .headers = headers,
        .body = propfind,
        .body_bytes = sizeof propfind - 1,
        .most_bytes = PAGE_BYTES_MAX,
        .most_ms = bw_carrier_walk_left_ms(walk)};
    bool more = false;
    if (request.most_ms == 0) {
        return bw_carrier_too_slow(doing, err);
    }
    enum bw_status status =
        bw_carrier_http_ask(webdav->http, &request, doing, &reply, err);
    if (status != BW_OK) {
        return bw_carrier_walk_fault(walk, doing, status, err);
    }
    if (reply.too_long) {
        status = bw_carrier_page_too_long(doing, PAGE_BYTES_MAX, err);
    } else if (reply.code != 207) {
        (void)bw_carrier_reply_fault(&reply, doing, err);
        status = bw_carrier_as_offline(err);
    } else {
        status = bw_carrier_listing_read(
            reply.bytes, reply.length, bw_carrier_walk_on, walk, &more, err);
        status = status == BW_OK ? BW_OK : bw_error_prefix(err, status, "%s", doing);
    }
    if (!next_page(webdav, reply.next, url)) {
        url[0] = '\0';
    }
    bw_carrier_reply_finish(&reply);
    return status;
}

static enum bw_status
webdav_list(
    struct bw_carrier *self, bw_carrier_each *each, void *context, struct bw_error *err)
{
    struct webdav *webdav = webdav_of(self);
    struct bw_carrier_walk walk = bw_carrier_walk_begin(self, each, context);
    char url[BW_HTTP_URL_BYTES], doing[BW_CARRIER_DOING_BYTES];
    enum bw_status status = BW_OK;
    (void)bw_carrier_doing(doing, "listing letters in %.100s", webdav->carrier.uri);
    (void)snprintf(url, sizeof url, "%s", webdav->base);
    for (int i = 0; status == BW_OK && url[0] && !walk.ended; i++) {
        status = i < PAGES_MAX ? page_read(webdav, url, &walk, doing, err)
                               : bw_carrier_no_end(doing, err);
    }
    return status;
}

/* ---- writing ---- */

static enum bw_status
webdav_remove(struct bw_carrier *self, const char *name, struct bw_error *err)
{
    struct webdav *webdav = webdav_of(self);
    char doing[BW_CARRIER_DOING_BYTES];
    struct bw_carrier_reply reply;
    const struct bw_carrier_request request = {
        .method = "DELETE", .most_bytes = SMALL_BYTES_MAX};
    (void)bw_carrier_doing(doing, "removing %s in %.100s", name, webdav->carrier.uri);
    enum bw_status status = ask(webdav, &request, name, doing, &reply, err);
    if (status == BW_OK) {
        bool gone = reply.code / 100 == 2 || reply.code == 404 || reply.code == 410;
        status = gone ? BW_OK : bw_carrier_reply_fault(&reply, doing, err);
        bw_carrier_reply_finish(&reply);
    }
    return status;
}

enum { MADE = 201, REPLACED = 204, CONFLICT = 409 };

/* PUTs where nothing has that name. */
static bool
bytes_send(struct bw_carrier *self, const char *name, const void *bytes, size_t length,
    struct bw_error *err)
{
    static const char *const headers[] = {
        "If-None-Match: *", "Content-Type: application/octet-stream", NULL};
    struct webdav *webdav = webdav_of(self);
    char doing[BW_CARRIER_DOING_BYTES];
    struct bw_carrier_reply reply;
    const struct bw_carrier_request request = {.method = "PUT",
        .headers = headers,
        .body = bytes,
        .body_bytes = length,
        .most_bytes = SMALL_BYTES_MAX};
    (void)bw_carrier_doing(doing, "putting %s in %.100s", name, webdav->carrier.uri);
    webdav->put_code = 0;
    if (ask(webdav, &request, name, doing, &reply, err) != BW_OK) {
        return false;
    }
    webdav->put_code = reply.code;
    (void)bw_carrier_reply_fault(&reply, doing, err);
    bw_carrier_reply_finish(&reply);
    return webdav->put_code == MADE || webdav->put_code == REPLACED;
}

static bool
folder_is_there(struct webdav *webdav)
{
    unsigned char *bytes = NULL;
    size_t length;
    bool there = webdav_get(&webdav->carrier, BW_CARRIER_OWN_FILE, SMALL_BYTES_MAX,
                     &bytes, &length, NULL) == BW_OK;
    free(bytes);
    return there;
}

static enum bw_status
webdav_put(struct bw_carrier *self, const char *name, const void *bytes, size_t length,
    bool *ret_fresh, struct bw_error *err)
{
    struct webdav *webdav = webdav_of(self);
    webdav->put_code = 0;
    enum bw_status status =
        bw_carrier_put_once(self, bytes_send, name, bytes, length, ret_fresh, err);
    if (status != BW_OK && webdav->put_code == CONFLICT && folder_is_there(webdav)) {
        return bw_carrier_refuse(self, name, err); /* for it is a folder itself */
    }
    return status;
}

static void
webdav_close(struct bw_carrier *self)
{
    struct webdav *webdav = webdav_of(self);
    bw_carrier_http_destroy(webdav->http);
    free(webdav);
}

static const struct bw_carrier_ops webdav_ops = {
    .list = webdav_list,
    .get = webdav_get,
    .put = webdav_put,
    .remove = webdav_remove,
    .close = webdav_close,
};

/* ---- opening ---- */

enum bw_status
bw_carrier_webdav_check(const char *rest, struct bw_error *err)
{
    size_t host = strcspn(rest, "/");
    if (memchr(rest, '@', host)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "a WebDAV carrier: a login doesn't belong in its address; put it in a file "
            "(--netrc-file)");
    }
    if (host == 0 || strpbrk(rest, " ?#\\\"<>") != NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "carrier webdavs://%.200s: it is no address; webdavs://HOST/FOLDER is one, "
            "with %%20 for a blank",
            rest);
    }
    return BW_OK;
}

/* HOST[:PORT]/PATH becomes https://HOST[:PORT]/PATH/. */
static void
base_make(const char *rest, struct webdav *webdav)
{
    bool slash = rest[strlen(rest) - 1] == '/';
    (void)snprintf(
        webdav->base, sizeof webdav->base, "https://%s%s", rest, slash ? "" : "/");
}

/* The folder itself, never those above it. One that is there is fine. */
static enum bw_status
folder_make(struct webdav *webdav, struct bw_error *err)
{
    char doing[BW_CARRIER_DOING_BYTES];
    struct bw_carrier_reply reply;
    const struct bw_carrier_request request = {
        .method = "MKCOL", .most_bytes = SMALL_BYTES_MAX};
    (void)bw_carrier_doing(doing, "making the folder %.100s", webdav->carrier.uri);
    enum bw_status status = ask(webdav, &request, "", doing, &reply, err);
    if (status == BW_OK) {
        bool there = reply.code / 100 == 2 || reply.code == 405;
        status = there ? BW_OK : bw_carrier_reply_fault(&reply, doing, err);
        bw_carrier_reply_finish(&reply);
    }
    return status;
}

static enum bw_status
folder_check(struct webdav *webdav, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, struct bw_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (role == BW_CARRIER_OFFICE &&
        webdav_get(&webdav->carrier, BW_CARRIER_OWN_FILE, SMALL_BYTES_MAX, &bytes,
            &length, err) == BW_NOT_FOUND) {
        enum bw_status status = folder_make(webdav, err);
        if (status != BW_OK) {
            return status;
        }
    }
    free(bytes);
    return bw_carrier_own_file_check(&webdav->carrier, role, owner, err);
}

enum bw_status
bw_carrier_webdav_open(const char *rest, enum bw_carrier_role role,
    const struct bw_carrier_owner *owner, struct bw_carrier **ret_carrier,
    struct bw_error *err)
{
    assert(role == BW_CARRIER_STICK || owner != NULL);
    struct webdav *webdav = calloc(1, sizeof *webdav);
    if (!webdav) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "opening a WebDAV carrier: out of memory; close other programs");
    }
    webdav->carrier.ops = &webdav_ops;
    (void)snprintf(webdav->carrier.uri, sizeof webdav->carrier.uri, "webdavs://%s", rest);
    base_make(rest, webdav);
    enum bw_status status =
        bw_carrier_http_create(owner ? owner->login : NULL, &webdav->http, err);
    if (status == BW_OK && role == BW_CARRIER_KIOSK) {
        bw_carrier_http_patient(webdav->http);
    }
    if (status == BW_OK) {
        status = folder_check(webdav, role, owner, err);
    }
    if (status != BW_OK) {
        webdav_close(&webdav->carrier);
        return status;
    }
    *ret_carrier = &webdav->carrier;
    return BW_OK;
}
