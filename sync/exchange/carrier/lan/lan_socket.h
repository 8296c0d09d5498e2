/* The socket that a kiosk's letters are served on, at all addresses of this machine. Any
 * thread. */
#ifndef BW_CARRIER_LAN_SOCKET_H
#define BW_CARRIER_LAN_SOCKET_H

#include <brugwachter/error.h>

/* Listens, without waiting, at `port` (0: any; BW_LAN_PORT that is taken: any, too). The
 * caller closes *ret_fd. BW_BUSY: the port is taken. BW_IO. */
BW_NODISCARD enum bw_status bw_lan_socket_listen(
    int port, int *ret_fd, int *ret_port, struct bw_error *err);

#endif
