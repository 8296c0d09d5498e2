/* Those who watch Live: each a connection that stays open and is told of news, by
 * server-sent events. What the news is, the page says; here goes only that there is some.
 *
 * One thread: the server's. */
#ifndef BW_WEB_STREAM_H
#define BW_WEB_STREAM_H

#include "web/request/guard.h"
#include "web/server.h"

#include <microhttpd.h>

struct bw_web_stream;

/* Zeroed, with its guard, is empty. */
struct bw_web_streams {
    struct bw_web_guard *guard; /* who may watch */
    struct bw_web_stream *all;
    int count;
};

/* A response that goes on; `cookie` is the session's, looked at again each time. NULL
 * where there are BW_WEB_STREAMS_MAX, and without memory. The caller destroys it. */
struct MHD_Response *bw_web_stream_open(struct bw_web_streams *streams,
    struct MHD_Connection *connection, const char *cookie);

/* Tells all of them. */
void bw_web_streams_news(struct bw_web_streams *streams);
/* Every second: a sign of life now and then, and whose session is over ends. */
void bw_web_streams_tick(struct bw_web_streams *streams, int64_t mono_ms);
/* Ends all of them, before the server stops. */
void bw_web_streams_end(struct bw_web_streams *streams);

#endif
