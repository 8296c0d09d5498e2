/* Streams of events: see stream.h.
 *
 *   telling --all is sent--> asleep (suspended) --news, life, the end--> telling
 */
#include "web/stream.h"

#include <stdlib.h>
#include <string.h>

enum { LIFE_MS = 20 * 1000, BLOCK_BYTES = 1024 };

struct bw_web_stream {
    struct bw_web_stream *next;
    struct bw_web_streams *streams;
    struct MHD_Connection *connection;
    char cookie[sizeof BW_WEB_COOKIE + BW_WEB_KEY_BYTES + 8]; /* as a header */
    const char *pending;                                      /* static; "" is nothing */
    int64_t life_ms;                                          /* of the last sign */
    bool asleep, over;
};

static ssize_t
on_read(void *context, uint64_t at, char *room, size_t room_bytes)
{
    struct bw_web_stream *stream = context;
    size_t bytes = strlen(stream->pending);
    (void)at;
    if (stream->over) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    if (bytes == 0) {
        stream->asleep = true;
        MHD_suspend_connection(stream->connection);
        return 0;
    }
    bytes = bytes < room_bytes ? bytes : room_bytes;
    memcpy(room, stream->pending, bytes);
    stream->pending += bytes;
    return (ssize_t)bytes;
}

static void
on_free(void *context)
{
    struct bw_web_stream *stream = context;
    struct bw_web_stream **at = &stream->streams->all;
    while (*at != NULL && *at != stream) {
        at = &(*at)->next;
    }
    if (*at != NULL) {
        *at = stream->next;
        stream->streams->count--;
    }
    free(stream);
}

static void
tell(struct bw_web_stream *stream, const char *text)
{
    if (stream->pending[0] == '\0') {
        stream->pending = text;
    }
    if (stream->asleep) {
        stream->asleep = false;
        MHD_resume_connection(stream->connection);
    }
}

struct MHD_Response *
bw_web_stream_open(
    struct bw_web_streams *streams, struct MHD_Connection *connection, const char *cookie)
{
    char value[BW_WEB_KEY_BYTES];
    struct bw_web_stream *stream =
        streams->count < BW_WEB_STREAMS_MAX ? calloc(1, sizeof *stream) : NULL;
    if (stream == NULL ||
        !bw_web_request_cookie(cookie, BW_WEB_COOKIE, value, sizeof value)) {
        free(stream);
        return NULL;
    }
    (void)snprintf(stream->cookie, sizeof stream->cookie, BW_WEB_COOKIE "=%s", value);
    stream->streams = streams;
    stream->connection = connection;
    stream->pending = "retry: 5000\n\n";
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, BLOCK_BYTES, on_read, stream, on_free);
    if (response == NULL) {
        free(stream);
        return NULL;
    }
    stream->next = streams->all;
    streams->all = stream;
    streams->count++;
    return response;
}

void
bw_web_streams_news(struct bw_web_streams *streams)
{
    for (struct bw_web_stream *s = streams->all; s != NULL; s = s->next) {
        tell(s, "event: nieuws\ndata: 1\n\n");
    }
}

void
bw_web_streams_tick(struct bw_web_streams *streams, int64_t mono_ms)
{
    for (struct bw_web_stream *s = streams->all; s != NULL; s = s->next) {
        if (bw_web_guard_watch(streams->guard, s->cookie, mono_ms) == NULL) {
            s->over = true;
            tell(s, ":\n\n");
        } else if (mono_ms - s->life_ms >= LIFE_MS) {
            s->life_ms = mono_ms;
            tell(s, ":\n\n");
        }
    }
}

void
bw_web_streams_end(struct bw_web_streams *streams)
{
    for (struct bw_web_stream *s = streams->all; s != NULL; s = s->next) {
        s->over = true;
        tell(s, ":\n\n");
    }
}
