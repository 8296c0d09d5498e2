/* One request on the local network: see lan_ask.h. */
#include "exchange/carrier/lan/lan_ask.h"

#include "exchange/carrier/lan/lan_server.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CONNECT_MS = 2000,
    STALL_S = 3,
    WHOLE_MS = 60 * 1000,
    HOLD_MS = BW_LAN_HOLD_MS + 5000, /* that a list may take */
    ROOM_BYTES = 4096,
};

/* LA1: too much is a fault of the answer. */
static size_t
on_bytes(char *bytes, size_t size, size_t count, void *context)
{
    struct bw_lan_asking *asking = context;
    size_t length = size * count;
    if (length > asking->most - asking->length) {
        return 0;
    }
    if (asking->length + length > asking->capacity) {
        size_t wanted = 2 * (asking->length + length) + ROOM_BYTES;
        unsigned char *room = realloc(asking->bytes, wanted);
        if (!room) {
            return 0;
        }
        asking->bytes = room;
        asking->capacity = wanted;
    }
    memcpy(asking->bytes + asking->length, bytes, length);
    asking->length += length;
    return length;
}

static CURLcode
limits_set(CURL *curl, bool holds)
{
    CURLcode fine = curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http");
    fine |= curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    fine |= curl_easy_setopt(curl, CURLOPT_PROXY, "");
    fine |= curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);
    fine |= curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    fine |= curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    fine |= curl_easy_setopt(
        curl, CURLOPT_TIMEOUT_MS, holds ? (long)HOLD_MS : (long)WHOLE_MS);
    if (!holds) {
        fine |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
        fine |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)STALL_S);
    }
    return fine;
}

bool
bw_lan_asking_begin(struct bw_lan_asking *asking, CURL *curl, const char *url)
{
    char path[BW_LAN_PATH_BYTES], whole[BW_LAN_URL_BYTES + BW_LAN_PATH_BYTES];
    bool list = asking->request.verb == BW_LAN_LIST;
    asking->length = 0;
    asking->most = list ? BW_LAN_LIST_BYTES_MAX : BW_LAN_LETTER_BYTES_MAX;
    asking->most += BW_LAN_MORE_BYTES;
    bw_lan_request_write(&asking->request, asking->key, path);
    (void)snprintf(whole, sizeof whole, "%s%s", url, path);
    curl_easy_reset(curl);
    CURLcode fine = limits_set(curl, list);
    fine |= curl_easy_setopt(curl, CURLOPT_URL, whole);
    fine |= curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    fine |= curl_easy_setopt(curl, CURLOPT_WRITEDATA, asking);
    return fine == CURLE_OK;
}

enum bw_lan_end
bw_lan_asking_end(struct bw_lan_asking *asking, CURL *curl, CURLcode code,
    struct bw_lan_answer *ret_answer)
{
    long answered = 0;
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answered);
    if (code != CURLE_OK) {
        return BW_LAN_SILENT;
    }
    bool fine = answered == 200 && asking->bytes != NULL &&
                bw_lan_answer_read(asking->bytes, asking->length, &asking->request,
                    asking->key, ret_answer);
    return fine ? BW_LAN_ANSWERED : BW_LAN_STRANGER;
}

void
bw_lan_asking_finish(struct bw_lan_asking *asking)
{
    free(asking->bytes);
    sodium_memzero(asking, sizeof *asking);
}
