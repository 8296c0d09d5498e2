/* HTTP around the desk, by libmicrohttpd: sockets in, bw_web_answer, sockets out.
 *
 * One thread, the caller's, does all of it: it waits for what comes and answers, one
 * request after another, so the desk is never in two hands.
 *
 * WS1 it listens on a loopback address alone, but where the desk has a password and
 *     stands behind a proxy that has a name (WG5).
 * WS2 a connection that in 30 seconds has not brought a whole request is shut, however
 *     busily it sends; there are 128 at most, and 32 streams.
 * WS3 a body is a form's, 64 KiB at most; who is in may bring files of 50 MB together. Of
 *     a longer one nothing is read; files of up to 1 GB are let by, so that the browser
 *     shows what is said of them.
 * WS4 every answer says what a browser may do with it: no script but the desk's, no
 *     frame, no other site, and of what is personal no copy. */
#ifndef BW_WEB_SERVER_H
#define BW_WEB_SERVER_H

#include "web/desk/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_WEB_REQUEST_MS = 30 * 1000,
    BW_WEB_CONNECTIONS_MAX = 128,
    BW_WEB_STREAMS_MAX = 32
};

struct bw_web_server;

/* Listens on `address` (127.0.0.1, ::1, or WS1) at `port`, 0 for one that is free. The
 * desk is borrowed until bw_web_server_stop. BW_BAD_INPUT for any other address, BW_BUSY
 * where the port is taken, BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_server_start(struct bw_web_desk *desk,
    const char *address, int port, struct bw_web_server **ret_server,
    struct bw_error *err);
void bw_web_server_stop(struct bw_web_server *server); /* NULL is fine */

/* The port that it has. */
int bw_web_server_port(const struct bw_web_server *server);
/* To wait for: readable when bw_web_server_turn has something to do. */
int bw_web_server_descriptor(const struct bw_web_server *server);
/* How long to wait for it at most, in ms. */
int bw_web_server_wait_ms(const struct bw_web_server *server);

/* Does what is to be done now, without waiting. `mono_ms` as the desk's clock. */
void bw_web_server_turn(struct bw_web_server *server, int64_t mono_ms);

/* How many watch Live; and tells them that there is news. */
int bw_web_server_streams(const struct bw_web_server *server);
void bw_web_server_news(struct bw_web_server *server);

#ifdef __cplusplus
}
#endif

#endif
