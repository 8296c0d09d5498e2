/* Kiosks announce themselves and find each other by Avahi (multicast DNS): the service
 * `_brugwachter._tcp`, under a name of chance, new at each start, with nothing in its TXT
 * but `v=1`. So a stranger learns that a kiosk is there, and where; not which, nor of
 * what. In a thread of Avahi's client; a daemon that is away is waited for. */
#ifndef BW_CARRIER_LAN_FIND_H
#define BW_CARRIER_LAN_FIND_H

#include "exchange/carrier/lan/lan_peers.h"

#define BW_LAN_SERVICE "_brugwachter._tcp"

struct bw_lan_find;

/* Announces `port`, and puts others into `peers` (borrowed). BW_OFFLINE: there's no Avahi
 * here. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_lan_find_start(struct bw_lan_peers *peers, int port,
    struct bw_lan_find **ret_find, struct bw_error *err);
void bw_lan_find_stop(struct bw_lan_find *find); /* NULL is fine */

#endif
