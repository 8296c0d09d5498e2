/* Asks every known kiosk on the local network, again and again, what it has; each holds
 * the answer until that changes. A thread of its own.
 *
 *   resting --due--> asking --another list than before--> told, asking again
 *      |               '--the list as it was (10 s)--> asking again
 *      '--1, 2, 4, 8, at most 10 s-- silent, or a stranger (each session's key is tried)
 *
 * LH1 a kiosk is asked ten times a second at most, whatever it answers. */
#ifndef BW_CARRIER_LAN_EAR_H
#define BW_CARRIER_LAN_EAR_H

#include "exchange/carrier/lan/lan_peers.h"
#include "exchange/carrier/lan/lan_server.h"

struct bw_lan_ear;

/* Borrows peers and server (which it ticks). A byte is written to `bell` (an eventfd)
 * where somebody has something else than before, or came, or went. BW_NO_MEMORY,
 * BW_IO. */
BW_NODISCARD enum bw_status bw_lan_ear_start(struct bw_lan_peers *peers,
    struct bw_lan_server *server, int bell, struct bw_lan_ear **ret_ear,
    struct bw_error *err);
void bw_lan_ear_stop(struct bw_lan_ear *ear); /* NULL is fine */
/* Who rests is asked now: the network came back. Any thread. */
void bw_lan_ear_hurry(struct bw_lan_ear *ear);

#endif
