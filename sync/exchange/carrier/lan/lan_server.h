/* A kiosk's own letters, served to the other kiosks of its sessions on the local network:
 * libmicrohttpd in one thread of its own, from a folder that `run` puts them into.
 *
 *   a request comes --opens under a session's key--> answered, or
 *      |             '--a list that is as it was seen--> held until it changes, 10 s most
 *      '--anything else--> 404, empty: a stranger learns that something is there
 *
 * LS1 nothing is written, and nothing is read but letters' files in that folder. LS2
 *     only GET; a request's head has 8 KiB at most, and 5 s; a body ends the
 *     connection. LS3 48 connections, 6 an address; who asks too fast is cut off
 *     (lan_pace.h). */
#ifndef BW_CARRIER_LAN_SERVER_H
#define BW_CARRIER_LAN_SERVER_H

#include "exchange/carrier/lan/lan_message.h"

enum {
    BW_LAN_PORT = 47117,
    BW_LAN_HOLD_MS = 10 * 1000, /* a list that stays the same is answered after that */
};

struct bw_lan_server;

/* Serves the folder's letters as `device`, at `port` (bw_lan_socket_listen).
 * BW_OFFLINE: the folder isn't there. BW_BUSY: the port is taken. BW_IO,
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_lan_server_start(const char *folder, uint32_t device,
    int port, struct bw_lan_server **ret_server, struct bw_error *err);
/* Answers those who wait, and ends. NULL is fine. */
void bw_lan_server_stop(struct bw_lan_server *server);

/* Where it is served; never 0. */
int bw_lan_server_port(const struct bw_lan_server *server);

/* The rest: any thread. The sessions' keys, BW_SESSIONS_OWN_MAX at most, copied. */
void bw_lan_server_keys(
    struct bw_lan_server *server, const uint8_t (*keys)[BW_LAN_KEY_BYTES], int count);
/* The folder has another letter, or one less: who waits is told. */
void bw_lan_server_news(struct bw_lan_server *server);
/* Once a second: answers those who waited long enough, and ends slow connections. */
void bw_lan_server_tick(struct bw_lan_server *server);

#endif
