/* How fast who may ask: see lan_pace.h. */
#include "exchange/carrier/lan/lan_pace.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* Of IPv6 the network alone: a machine has as many addresses in it as it likes. */
static void
address_of(const struct sockaddr *from, uint8_t ret_address[16])
{
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    memset(ret_address, 0, 16);
    if (from->sa_family == AF_INET) {
        memcpy(ret_address, mapped, sizeof mapped);
        memcpy(ret_address + 12,
            &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
    } else if (from->sa_family == AF_INET6) {
        const uint8_t *bytes =
            ((const struct sockaddr_in6 *)(const void *)from)->sin6_addr.s6_addr;
        bool is_mapped = memcmp(bytes, mapped, sizeof mapped) == 0;
        memcpy(ret_address, bytes, 16);
        bool is_near = bytes[0] == 0xfe && bytes[1] == 0x80; /* on this very link */
        if (!is_mapped && !is_near) {
            memset(ret_address + 8, 0, 8);
        }
    }
}

bool
bw_lan_pace_take(
    struct bw_lan_pace *pace, const struct sockaddr *address, int points, int64_t now_ms)
{
    uint8_t wanted[16];
    int at = 0;
    address_of(address, wanted);
    for (int i = 0; i < BW_LAN_PACE_ADDRESSES; i++) {
        if (pace->rows[i].used &&
            memcmp(pace->rows[i].address, wanted, sizeof wanted) == 0) {
            at = i;
            break;
        }
        bool older = pace->rows[i].seen_ms < pace->rows[at].seen_ms;
        if (pace->rows[at].used && (!pace->rows[i].used || older)) {
            at = i;
        }
    }
    bool known =
        pace->rows[at].used && memcmp(pace->rows[at].address, wanted, sizeof wanted) == 0;
    int64_t most = INT64_C(1000) * BW_LAN_PACE_POINTS;
    int64_t have = known ? pace->rows[at].points_milli +
                               (now_ms - pace->rows[at].seen_ms) * BW_LAN_PACE_SECOND
                         : most;
    have = have > most ? most : have;
    bool enough = have >= INT64_C(1000) * points;
    memcpy(pace->rows[at].address, wanted, sizeof wanted);
    pace->rows[at].used = true;
    pace->rows[at].seen_ms = now_ms;
    pace->rows[at].points_milli = have - (enough ? INT64_C(1000) * points : 0);
    return enough;
}
