/* One request to a kiosk on the local network, by libcurl over plain HTTP: what is sent
 * and what comes is sealed (lan_message.h).
 *
 * LA1 no proxy, no redirect, no other protocol; an answer has a limit in bytes, a request
 *     one in time: 2 s to connect, 3 s without a byte where nothing is to be waited for,
 *     60 s in all.
 *
 * One thread at a time. */
#ifndef BW_CARRIER_LAN_ASK_H
#define BW_CARRIER_LAN_ASK_H

#include "exchange/carrier/lan/lan_message.h"

#include <curl/curl.h>

enum { BW_LAN_URL_BYTES = 128 }; /* "http://[fe80::1%253]:47117" */

/* A request that is on its way. Zeroed, it is none. */
struct bw_lan_asking {
    struct bw_lan_request request;
    uint8_t key[BW_LAN_KEY_BYTES];
    unsigned char *bytes; /* of the answer */
    size_t length, capacity, most;
};

enum bw_lan_end {
    BW_LAN_ANSWERED,
    BW_LAN_STRANGER, /* something else answers there, or one that hasn't this key */
    BW_LAN_SILENT,   /* nothing whole came */
};

/* Makes `curl` (the caller's; what was set before is forgotten) ready to ask at `url`.
 * `asking` has request and key set; it stays where it is until the end. False: no
 * memory. */
bool bw_lan_asking_begin(struct bw_lan_asking *asking, CURL *curl, const char *url);
/* What came of it. *ret_answer borrows from `asking`, for BW_LAN_ANSWERED alone. */
enum bw_lan_end bw_lan_asking_end(struct bw_lan_asking *asking, CURL *curl, CURLcode code,
    struct bw_lan_answer *ret_answer);
void bw_lan_asking_finish(struct bw_lan_asking *asking); /* zeroed is fine */

#endif
