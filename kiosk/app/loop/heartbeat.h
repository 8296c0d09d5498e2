/* Tells the service manager that the first picture stands, and from then on that the
 * window's thread lives, so that a kiosk that hangs is started anew. The protocol is that
 * of sd_notify(3): a datagram to the socket in NOTIFY_SOCKET. Written here, since for a
 * single datagram libsystemd would be loaded before the first picture. UI thread. */
#ifndef BW_APP_HEARTBEAT_H
#define BW_APP_HEARTBEAT_H

#include <stdbool.h>
#include <stdint.h>

/* A socket to what NOTIFY_SOCKET names, which the caller closes; a name that begins with
 * @ is of the abstract space. -1 where it can't be reached. */
int bw_heartbeat_connect(const char *name);

struct bw_heartbeat {
    int fd;           /* owned; -1: nobody listens */
    bool is_ready;    /* that it is was said */
    int64_t every_ms; /* 0: nobody waits for the next ones */
    int64_t due_ms;   /* monotonic; INT64_MAX: never */
};

/* Reads NOTIFY_SOCKET and WATCHDOG_USEC, and takes them out of the environment: what the
 * kiosk starts has nothing to say. WATCHDOG_PID isn't asked, since the service's own
 * process is the compositor. Where nobody listens, or the socket can't be reached, it is
 * silent. */
void bw_heartbeat_init(struct bw_heartbeat *heartbeat);
/* After a picture, and in every turn: READY=1 once, WATCHDOG=1 when it is due. */
void bw_heartbeat_beat(struct bw_heartbeat *heartbeat, int64_t mono_ms);
void bw_heartbeat_finish(struct bw_heartbeat *heartbeat);

#endif
