/* How a kiosk stands on the local network with the other kiosks of its sessions, as
 * `brugwachter-sync run` saw it last. */
#ifndef BRUGWACHTER_LAN_STATE_H
#define BRUGWACHTER_LAN_STATE_H

enum bw_lan_state {
    BW_LAN_UNKNOWN, /* it isn't asked for, or there's no other kiosk */
    BW_LAN_ALONE,   /* none of them has answered yet */
    BW_LAN_LOST,    /* none of them answers any more: the cable, the network */
    BW_LAN_SOME,    /* one at least, and one at least doesn't */
    BW_LAN_ALL,
    BW_LAN_BLOCKED, /* this kiosk can't serve: the port is taken */
};

#endif
