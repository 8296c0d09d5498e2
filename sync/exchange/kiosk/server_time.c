/* What time it is, as a carrier's server says over TLS: see kiosk.h. */
#include "exchange/kiosk/kiosk.h"

#include <stdlib.h>

enum {
    NEAR_MS = 2000,            /* a Date is in whole seconds, and was on its way */
    AGAIN_MS = 10 * 60 * 1000, /* the store isn't written to each time */
};

static int64_t
newest_of(const struct bw_kiosk_exchange *exchange)
{
    int64_t newest_ms = 0;
    for (int i = 0; i < exchange->roads_count; i++) {
        const struct bw_carrier *carrier = exchange->roads[i].carrier;
        if (carrier && carrier->server_ms > newest_ms) {
            newest_ms = carrier->server_ms;
        }
    }
    return newest_ms;
}

enum bw_status
bw_kiosk_server_time_keep(struct bw_kiosk_exchange *exchange, struct bw_error *err)
{
    const struct bw_clock *clock = &exchange->clock;
    int64_t now_ms = newest_of(exchange), server_ms = 0, mono_ms = 0;
    bool same_boot = false;
    if (now_ms == 0 || clock->injected) {
        return BW_OK;
    }
    enum bw_status status = bw_store_server_time(
        exchange->store, clock, &server_ms, &mono_ms, &same_boot, err);
    if (status != BW_OK) {
        return status;
    }
    int64_t since_ms = clock->mono_ms(clock) - mono_ms;
    bool known = same_boot && since_ms < AGAIN_MS &&
                 llabs(server_ms + since_ms - now_ms) <= NEAR_MS;
    return known ? BW_OK : bw_store_set_server_time(exchange->store, now_ms, clock, err);
}
