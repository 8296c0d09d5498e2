/* Requests over HTTPS for carriers on the web, by libcurl: one host, one login.
 *
 * HT1 nothing goes but by TLS, with the certificate and the host's name verified, after
 *     redirects too. SSL_CERT_FILE (environment) names other trusted certificates than
 *     the system's, as curl and OpenSSL take it.
 * HT2 the login goes in a header of its own host alone: never in an address, a log, or
 *     an error's sentence.
 * HT3 every answer has a limit in bytes, every wait one in time: 5 s to connect, 10 s
 *     without a byte, 5 minutes in all, and after a minute 100 bytes a second.
 *
 * One thread at a time. */
#ifndef BW_CARRIER_HTTP_H
#define BW_CARRIER_HTTP_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BW_HTTP_URL_BYTES = 2048 };

struct bw_carrier_http;

/* `login` is "user:password", NULL or "": none; copied. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_http_create(
    const char *login, struct bw_carrier_http **ret_http, struct bw_error *err);
/* From now on the login is a pair of access key and secret, and signs each request as
 * Amazon's S3 of `region` wants it (SigV4; libcurl's). The URL's query must be escaped
 * and in order already; the headers must name the hash (x-amz-content-sha256).
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_http_sign_aws(
    struct bw_carrier_http *http, const char *region, struct bw_error *err);
/* From now on a connection may take 20 s instead of 5: a kiosk's road keeps nobody
 * waiting, and a line may take seconds each way. */
void bw_carrier_http_patient(struct bw_carrier_http *http);
void bw_carrier_http_destroy(struct bw_carrier_http *http); /* NULL is fine */

struct bw_carrier_request {
    const char *method;         /* "GET" … */
    const char *url;            /* https://… */
    const char *const *headers; /* "Depth: 1", ended by NULL; NULL: none */
    const void *body;           /* NULL: none is sent */
    size_t body_bytes;
    size_t most_bytes; /* of the answer; longer is cut: `too_long` */
    int64_t most_ms;   /* that all of it may take; 0: as HT3 says */
    int64_t grace_ms;  /* until the pace counts; 0: as HT3 says */
};

/* What came back, whatever it says. */
struct bw_carrier_reply {
    int code;             /* 200 … */
    unsigned char *bytes; /* never NULL; a NUL follows them; bw_carrier_reply_finish */
    size_t length;
    bool too_long;
    bool is_folder;               /* was sent on to an address that ends with a slash */
    char next[BW_HTTP_URL_BYTES]; /* the next page (Link: rel="next"); "": none */
    int64_t date_ms;              /* the server's Date, UTC; 0: none */
};

/* BW_OFFLINE: no whole answer came; whether the request was done isn't known; os_errno is
 * ETIMEDOUT where it had been sent, and the server took its time. Its sentence begins
 * with `doing`. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_carrier_http_ask(struct bw_carrier_http *http,
    const struct bw_carrier_request *request, const char *doing,
    struct bw_carrier_reply *ret_reply, struct bw_error *err);
void bw_carrier_reply_finish(struct bw_carrier_reply *reply); /* a zeroed one is fine */

/* What an answer's code that isn't the hoped one means for a carrier: a status, one
 * sentence, with what to do, and an os_errno of its kind: EACCES, EPERM, ENOENT, ENOSPC,
 * EKEYREJECTED (not to be trusted, as a guest network's page) … */
enum bw_status bw_carrier_reply_fault(
    const struct bw_carrier_reply *reply, const char *doing, struct bw_error *err);

#endif
