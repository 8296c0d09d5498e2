/* How a kiosk's roads stand, as `brugwachter-sync run` saw it last: the local network,
 * with the other kiosks of its sessions; and those to the office. */
#ifndef BRUGWACHTER_ROAD_STATE_H
#define BRUGWACHTER_ROAD_STATE_H

enum bw_lan_state {
    BW_LAN_UNKNOWN, /* it isn't asked for, or there's no other kiosk */
    BW_LAN_ALONE,   /* none of them has answered yet */
    BW_LAN_LOST,    /* none of them answers any more: the cable, the network */
    BW_LAN_SOME,    /* one at least, and one at least doesn't */
    BW_LAN_ALL,
    BW_LAN_BLOCKED, /* this kiosk can't serve: the port is taken */
};

enum bw_road_state {
    BW_ROAD_UNKNOWN, /* none was tried, or there's none */
    BW_ROAD_FINE,    /* one at least goes both ways */
    BW_ROAD_NETWORK, /* of those that don't, the first: no connection … */
    BW_ROAD_ACCESS,  /* … it doesn't let this kiosk in … */
    BW_ROAD_TRUST,   /* … it isn't to be trusted … */
    BW_ROAD_FULL,    /* … it has no room … */
    BW_ROAD_PLACE,   /* … what bears the letters isn't there, or is another's */
};

#endif
