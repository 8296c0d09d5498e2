/* How fast who may ask on the local network: points by address, which come back with
 * time. Of more addresses than there is room for, those are forgotten that were seen
 * longest ago. Times are milliseconds of any monotonic clock. One thread; a zeroed one
 * knows nobody. */
#ifndef BW_CARRIER_LAN_PACE_H
#define BW_CARRIER_LAN_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

enum {
    BW_LAN_PACE_POINTS = 600, /* of who wasn't there for long */
    BW_LAN_PACE_SECOND = 100, /* that come back in a second */
    BW_LAN_PACE_KIOSK = 1,    /* what is asked costs */
    BW_LAN_PACE_CONNECTION = 2,
    BW_LAN_PACE_STRANGER = 10,
    BW_LAN_PACE_ADDRESSES = 64,
};

struct bw_lan_pace {
    struct {
        uint8_t address[16]; /* IPv4 as IPv6 has it */
        int64_t points_milli, seen_ms;
        bool used;
    } rows[BW_LAN_PACE_ADDRESSES];
};

/* Takes `points` from the address's; false: it hasn't as many, and keeps them. */
bool bw_lan_pace_take(
    struct bw_lan_pace *pace, const struct sockaddr *address, int points, int64_t now_ms);

#endif
