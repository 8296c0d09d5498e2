/* Requests over HTTPS: see http.h. */
#include "exchange/carrier/web/http.h"

#include <brugwachter/said.h>
#include <curl/curl.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    CONNECT_MS = 5000,
    CONNECT_PATIENT_MS = 20 * 1000, /* TLS goes there and back twice, or three times */
    STALL_S = 10,
    WHOLE_MS = 300 * 1000,
    GRACE_MS = 60 * 1000,
    PACE_BYTES_S = 100,
    REDIRECTS = 5,
    FIRST_BYTES = 16 * 1024,
    ASK_LEAVE_BYTES = 256 * 1024,
};

struct bw_carrier_http {
    CURL *curl;
    char *login;
    char *sigv4; /* "aws:amz:REGION:s3"; NULL: the login goes as it is */
    long connect_ms;
};

/* One request on its way. */
struct http_asking {
    const struct bw_carrier_request *request;
    struct bw_carrier_reply *reply;
    CURL *curl;
    size_t sent, capacity;
    bool no_memory;
};

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, 0, "asking a carrier: out of memory; close other programs");
}

enum bw_status
bw_carrier_http_create(
    const char *login, struct bw_carrier_http **ret_http, struct bw_error *err)
{
    static bool ready;
    if (!ready && curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
        return no_memory(err);
    }
    ready = true;
    struct bw_carrier_http *http = calloc(1, sizeof *http);
    if (http) {
        http->curl = curl_easy_init();
        http->connect_ms = CONNECT_MS;
        http->login = login && login[0] ? strdup(login) : NULL;
    }
    if (!http || !http->curl || (login && login[0] && !http->login)) {
        bw_carrier_http_destroy(http);
        return no_memory(err);
    }
    *ret_http = http;
    return BW_OK;
}

void
bw_carrier_http_patient(struct bw_carrier_http *http)
{
    http->connect_ms = CONNECT_PATIENT_MS;
}

enum bw_status
bw_carrier_http_sign_aws(
    struct bw_carrier_http *http, const char *region, struct bw_error *err)
{
    free(http->sigv4);
    http->sigv4 = NULL;
    return asprintf(&http->sigv4, "aws:amz:%s:s3", region) > 0 ? BW_OK : no_memory(err);
}

void
bw_carrier_http_destroy(struct bw_carrier_http *http)
{
    if (http) {
        if (http->curl) {
            curl_easy_cleanup(http->curl);
        }
        if (http->login) {
            sodium_memzero(http->login, strlen(http->login));
        }
        free(http->login);
        free(http->sigv4);
        free(http);
    }
}

void
bw_carrier_reply_finish(struct bw_carrier_reply *reply)
{
    free(reply->bytes);
    reply->bytes = NULL;
    reply->length = 0;
}

/* ---- the way there and back ---- */

static size_t
on_body_wanted(char *to, size_t size, size_t count, void *context)
{
    struct http_asking *asking = context;
    size_t left = asking->request->body_bytes - asking->sent, most = size * count;
    size_t length = left < most ? left : most;
    if (length > 0) {
        memcpy(to, (const char *)asking->request->body + asking->sent, length);
    }
    asking->sent += length;
    return length;
}

/* Sent again from its start, after a redirect or on a new connection. */
static int
on_body_rewound(void *context, curl_off_t offset, int origin)
{
    struct http_asking *asking = context;
    if (origin != SEEK_SET || offset < 0 ||
        (uint64_t)offset > asking->request->body_bytes) {
        return CURL_SEEKFUNC_CANTSEEK;
    }
    asking->sent = (size_t)offset;
    return CURL_SEEKFUNC_OK;
}

static bool
reply_room(struct http_asking *asking, size_t length)
{
    size_t need = asking->reply->length + length + 1, capacity = asking->capacity;
    while (capacity < need) {
        capacity = capacity ? capacity * 2 : FIRST_BYTES;
    }
    if (capacity > asking->capacity) {
        unsigned char *bytes = realloc(asking->reply->bytes, capacity);
        if (!bytes) {
            asking->no_memory = true;
            return false;
        }
        asking->reply->bytes = bytes;
        asking->capacity = capacity;
    }
    return true;
}

static size_t
on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct http_asking *asking = context;
    struct bw_carrier_reply *reply = asking->reply;
    size_t length = size * count;
    if (length > asking->request->most_bytes - reply->length) { /* HT3 */
        reply->too_long = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (!reply_room(asking, length)) {
        return CURL_WRITEFUNC_ERROR;
    }
    memcpy(reply->bytes + reply->length, bytes, length);
    reply->length += length;
    return length;
}

/* Link: <https://host/path?page=2>; rel="next" (RFC 8288), in the form that is in use. */
static void
link_take(struct bw_carrier_reply *reply, const char *value, size_t length)
{
    char text[BW_HTTP_URL_BYTES + 64];
    if (length >= sizeof text) {
        return;
    }
    memcpy(text, value, length);
    text[length] = '\0';
    char *from = strchr(text, '<'), *to = from ? strchr(from, '>') : NULL;
    const char *rel = to ? strcasestr(to, "rel=") : NULL;
    if (!rel || (strncasecmp(rel, "rel=\"next\"", 10) != 0 &&
                    strncasecmp(rel, "rel=next", 8) != 0)) {
        return;
    }
    *to = '\0';
    if (strlen(from + 1) < sizeof reply->next) {
        (void)snprintf(reply->next, sizeof reply->next, "%s", from + 1);
    }
}

static size_t
on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct http_asking *asking = context;
    struct bw_carrier_reply *reply = asking->reply;
    static const char link[] = "Link:", date[] = "Date:", status[] = "HTTP/";
    char text[64];
    size_t length = size * count;
    if (length > sizeof status && strncmp(bytes, status, sizeof status - 1) == 0) {
        reply->next[0] = '\0'; /* another answer begins: what went before sent on */
        reply->length = 0;
        reply->date_ms = 0;
    } else if (length > sizeof link && strncasecmp(bytes, link, sizeof link - 1) == 0) {
        link_take(reply, bytes + sizeof link - 1, length - (sizeof link - 1));
    } else if (length > sizeof date && length < sizeof text &&
               strncasecmp(bytes, date, sizeof date - 1) == 0) {
        memcpy(text, bytes + sizeof date - 1, length - (sizeof date - 1));
        text[length - (sizeof date - 1)] = '\0';
        time_t at_s = curl_getdate(text, NULL);
        reply->date_ms = at_s > 0 ? (int64_t)at_s * 1000 : 0;
    }
    return length;
}

/* Ends what is slower than HT3 lets it be. */
static int
on_progress(void *context, curl_off_t down_most, curl_off_t down, curl_off_t up_most,
    curl_off_t up)
{
    (void)down_most, (void)up_most;
    const struct http_asking *asking = context;
    curl_off_t passed_us = 0;
    (void)curl_easy_getinfo(asking->curl, CURLINFO_TOTAL_TIME_T, &passed_us);
    int64_t grace_ms =
        asking->request->grace_ms > 0 ? asking->request->grace_ms : GRACE_MS;
    return passed_us / 1000 - grace_ms > (down + up) * 1000 / PACE_BYTES_S;
}

/* ---- asking ---- */

static bool
connection_set(const struct bw_carrier_http *http, CURL *curl)
{
    const char *trusted = secure_getenv("SSL_CERT_FILE"); /* HT1 */
    CURLcode fine = curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    fine |= curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    fine |= curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (trusted && trusted[0]) {
        fine |= curl_easy_setopt(curl, CURLOPT_CAINFO, trusted);
    }
    fine |= curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    fine |= curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTS);
    fine |= curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    fine |= curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, http->connect_ms);
    fine |= curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS);
    fine |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    fine |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)STALL_S);
    fine |= curl_easy_setopt(curl, CURLOPT_USERAGENT, "brugwachter");
    if (http->login) {
        fine |= http->sigv4
                    ? curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, http->sigv4)
                    : curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        fine |= curl_easy_setopt(curl, CURLOPT_USERPWD, http->login);
    }
    return fine == CURLE_OK;
}

static bool
request_set(struct http_asking *asking, CURL *curl, struct curl_slist *headers)
{
    const struct bw_carrier_request *request = asking->request;
    CURLcode fine = curl_easy_setopt(curl, CURLOPT_URL, request->url);
    if (request->body) {
        fine |= curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        fine |= curl_easy_setopt(
            curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->body_bytes);
        fine |= curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_body_wanted);
        fine |= curl_easy_setopt(curl, CURLOPT_READDATA, asking);
        fine |= curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, on_body_rewound);
        fine |= curl_easy_setopt(curl, CURLOPT_SEEKDATA, asking);
    }
    if (request->body_bytes <= ASK_LEAVE_BYTES) {
        fine |= curl_easy_setopt(curl, CURLOPT_EXPECT_100_TIMEOUT_MS, 1L);
    }
    if (request->most_ms > 0 && request->most_ms < WHOLE_MS) {
        fine |= curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)request->most_ms);
    }
    fine |= curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
    fine |= curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    fine |= curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    fine |= curl_easy_setopt(curl, CURLOPT_WRITEDATA, asking);
    fine |= curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    fine |= curl_easy_setopt(curl, CURLOPT_HEADERDATA, asking);
    fine |= curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    fine |= curl_easy_setopt(curl, CURLOPT_XFERINFODATA, asking);
    fine |= curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    return fine == CURLE_OK;
}

/* Why nothing came, in words for who stands before it. */
static enum bw_status
silence_fault(CURL *curl, CURLcode code, const char *doing, struct bw_error *err)
{
    const char *why;
    int kind = EAGAIN;
    curl_off_t asked_us = 0; /* when the request began to go; 0: it never did */
    (void)curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &asked_us);
    switch ((int)code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        why = bw_said("its name isn't found; look at the network, or at the address");
        break;
    case CURLE_COULDNT_CONNECT:
        why = bw_said("nothing answers there; look at the network, it is tried again");
        break;
    case CURLE_OPERATION_TIMEDOUT:
        kind = asked_us > 0 ? ETIMEDOUT : EAGAIN;
        why = bw_said("no answer in time; it is tried again");
        break;
    case CURLE_ABORTED_BY_CALLBACK:
        kind = ETIMEDOUT;
        why = bw_said("it comes too slowly; it is tried again, and who keeps the server "
                      "may look");
        break;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        kind = EKEYREJECTED;
        why = bw_said(
            "its certificate isn't trusted or has expired; look at this machine's clock, "
            "sign in to the guest network, or have the server's certificate renewed");
        break;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_TOO_MANY_REDIRECTS:
        kind = EKEYREJECTED;
        why = bw_said("it sends on to somewhere else; sign in "
                      "to the guest network, or mend the address");
        break;
    default:
        why = NULL;
        break;
    }
    return why ? bw_error_set(err, BW_OFFLINE, kind, "%s: %s", doing, why)
               : bw_error_set(err, BW_OFFLINE, 0,
                     "%s: the connection broke (%s); it is tried again", doing,
                     curl_easy_strerror(code));
}

static bool
header_add(const char *text, struct curl_slist **inout_headers)
{
    struct curl_slist *more = curl_slist_append(*inout_headers, text);
    if (more) {
        *inout_headers = more;
    }
    return more != NULL;
}

static bool
headers_make(const struct bw_carrier_http *http, const struct bw_carrier_request *request,
    struct curl_slist **inout_headers)
{
    /* A small body goes at once: some servers let one wait a second for their leave.
     * Where it's signed, by no patience: libcurl 7.88 signs a header taken out, too. */
    bool fine = http->sigv4 || request->body_bytes > ASK_LEAVE_BYTES ||
                header_add("Expect:", inout_headers);
    for (const char *const *text = request->headers; fine && text && *text; text++) {
        fine = header_add(*text, inout_headers);
    }
    return fine;
}

static void
reply_end(CURL *curl, struct bw_carrier_reply *reply)
{
    const char *url = NULL;
    long code = 0, redirects = 0;
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    (void)curl_easy_getinfo(curl, CURLINFO_REDIRECT_COUNT, &redirects);
    (void)curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &url);
    reply->code = (int)code;
    reply->is_folder = redirects > 0 && url && url[0] && url[strlen(url) - 1] == '/';
    reply->bytes[reply->length] = '\0';
}

enum bw_status
bw_carrier_http_ask(struct bw_carrier_http *http,
    const struct bw_carrier_request *request, const char *doing,
    struct bw_carrier_reply *ret_reply, struct bw_error *err)
{
    struct bw_carrier_reply reply = {.code = 0};
    struct http_asking asking = {.request = request, .reply = &reply, .curl = http->curl};
    struct curl_slist *headers = NULL;
    CURLcode code = CURLE_OUT_OF_MEMORY;
    curl_easy_reset(http->curl); /* the connection stays */
    if (reply_room(&asking, 0) && headers_make(http, request, &headers) &&
        connection_set(http, http->curl) && request_set(&asking, http->curl, headers)) {
        code = curl_easy_perform(http->curl);
    }
    enum bw_status status = BW_OK;
    if (asking.no_memory || code == CURLE_OUT_OF_MEMORY) {
        status = no_memory(err);
    } else if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && reply.too_long)) {
        reply_end(http->curl, &reply);
    } else {
        status = silence_fault(http->curl, code, doing, err);
    }
    curl_slist_free_all(headers);
    if (status != BW_OK) {
        bw_carrier_reply_finish(&reply);
        return status;
    }
    *ret_reply = reply;
    return BW_OK;
}

/* ---- what an answer means ---- */

static const struct {
    int code;
    enum bw_status status;
    int os_errno; /* its kind, for who tells it in other words */
    const char *why;
} meanings[] = {
    {401, BW_OFFLINE, EACCES,
        BW_SAYS("it doesn't take the login; have the organiser enrol with the right one "
                "(--netrc-file)")},
    {403, BW_READ_ONLY, EPERM,
        BW_SAYS("this login may not do that; have its rights mended")},
    {404, BW_OFFLINE, ENOENT,
        BW_SAYS("it isn't there; wait for the office to make it, or mend the address")},
    {407, BW_OFFLINE, EACCES,
        BW_SAYS("the network's proxy wants a login; ask who keeps the network")},
    {409, BW_OFFLINE, ENOENT,
        BW_SAYS("the folder above isn't there; have it made on the server")},
    {412, BW_REFUSED, EEXIST, BW_SAYS("something else has that name; it stays as it is")},
    {413, BW_FULL, EFBIG,
        BW_SAYS("the server takes no letter of that size; have its limit raised")},
    {423, BW_BUSY, EBUSY, BW_SAYS("another upload of it is at work; it is tried again")},
    {429, BW_OFFLINE, EAGAIN, BW_SAYS("the server is too busy; it is tried again")},
    {503, BW_OFFLINE, EAGAIN,
        BW_SAYS("the server is busy or at maintenance; it is tried again")},
    {507, BW_FULL, ENOSPC, BW_SAYS("the server has no room left; have room made there")},
    {511, BW_OFFLINE, EKEYREJECTED,
        BW_SAYS("the guest network wants you to sign in; do that first")},
};

enum bw_status
bw_carrier_reply_fault(
    const struct bw_carrier_reply *reply, const char *doing, struct bw_error *err)
{
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        if (meanings[i].code == reply->code) {
            return bw_error_set(err, meanings[i].status, meanings[i].os_errno, "%s: %s",
                doing, bw_said(meanings[i].why));
        }
    }
    return bw_error_set(err, BW_OFFLINE, 0,
        "%s: the server answers %d, which is no letter's; it is tried again, and who "
        "keeps the server may look",
        doing, reply->code);
}
