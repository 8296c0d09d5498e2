/* libmicrohttpd around the desk: see server.h.
 *
 * A request's life: target_came (its address; memory for it) -> on_request, once to
 * begin, once for each piece of a body, once for the answer -> on_done (memory back).
 */
#include "web/server.h"

#include "web/stream.h"

#include <brugwachter/said.h>
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEADERS_BYTES_MAX = 32 * 1024, LOOK_AT_MS = 1000 };

/* One connection; in a list of all. */
struct connection {
    struct connection *next;
    int socket;
    int64_t since_ms; /* it began, or its last request was answered */
    bool streaming;
};

struct bw_web_server {
    struct bw_web_desk *desk;
    struct MHD_Daemon *daemon;
    struct connection *connections;
    struct bw_web_streams streams;
    int64_t now_ms, looked_ms;
    int socket, port;
};

/* One request, while it comes. */
struct coming {
    char *target, *body;
    size_t body_bytes, body_capacity, body_most;
    bool begun, too_large;
};

/* ---- requests ---- */

static void *
target_came(void *context, const char *uri, struct MHD_Connection *connection)
{
    struct coming *coming = calloc(1, sizeof *coming);
    (void)context;
    (void)connection;
    if (coming != NULL && (coming->target = strdup(uri)) == NULL) {
        free(coming);
        coming = NULL;
    }
    return coming;
}

static void
on_done(void *context, struct MHD_Connection *connection, void **request,
    enum MHD_RequestTerminationCode code)
{
    struct bw_web_server *server = context;
    struct coming *coming = *request;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct connection *own = info != NULL ? info->socket_context : NULL;
    (void)code;
    if (own != NULL) {
        own->since_ms = server->now_ms;
        own->streaming = false;
    }
    if (coming != NULL) {
        free(coming->target);
        free(coming->body);
        free(coming);
        *request = NULL;
    }
}

static const char *
header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* What a browser may do with it (WS4). */
static void
add_headers(struct MHD_Response *response, const struct bw_web_reply *reply)
{
    static const struct {
        const char *name, *value;
    } always[] = {
        {"Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "same-origin"}, /* with none a form has no Origin either */
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
    };
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
        (void)MHD_add_response_header(response, always[i].name, always[i].value);
    }
    (void)MHD_add_response_header(response, "Cache-Control",
        reply->personal || reply->status != MHD_HTTP_OK ? "no-store" : "max-age=3600");
    if (reply->type != NULL) {
        (void)MHD_add_response_header(response, "Content-Type", reply->type);
    }
    if (reply->location[0] != '\0') {
        (void)MHD_add_response_header(response, "Location", reply->location);
    }
    if (reply->download[0] != '\0') {
        char how[sizeof reply->download + 32];
        (void)snprintf(how, sizeof how, "attachment; filename=\"%s\"", reply->download);
        (void)MHD_add_response_header(response, "Content-Disposition", how);
    }
    if (reply->again_s > 0) {
        char seconds[16];
        (void)snprintf(seconds, sizeof seconds, "%d", reply->again_s);
        (void)MHD_add_response_header(response, "Refresh", seconds);
    }
    if (reply->cookie[0] != '\0') {
        (void)MHD_add_response_header(response, "Set-Cookie", reply->cookie);
    }
}

/* The body's memory becomes the response's. NULL without memory. */
static struct MHD_Response *
response_of(struct bw_web_reply *reply)
{
    struct MHD_Response *response =
        reply->body != NULL
            ? MHD_create_response_from_buffer(
                  reply->bytes, reply->body, MHD_RESPMEM_MUST_FREE)
            : MHD_create_response_from_buffer(reply->lent != NULL ? reply->bytes : 0,
                  (void *)(uintptr_t)reply->lent, MHD_RESPMEM_PERSISTENT);
    if (response != NULL) {
        reply->body = NULL;
    }
    return response;
}

static struct bw_web_asked
asked_of(
    struct MHD_Connection *connection, const char *method, const struct coming *coming)
{
    bool get = strcmp(method, MHD_HTTP_METHOD_GET) == 0; /* HEAD would use up a link */
    return (struct bw_web_asked){
        .method = get                                         ? BW_WEB_GET
                  : strcmp(method, MHD_HTTP_METHOD_POST) == 0 ? BW_WEB_POST
                                                              : BW_WEB_OTHER,
        .target = coming->target,
        .host = header(connection, MHD_HTTP_HEADER_HOST),
        .origin = header(connection, MHD_HTTP_HEADER_ORIGIN),
        .cookie = header(connection, MHD_HTTP_HEADER_COOKIE),
        .content_type = header(connection, MHD_HTTP_HEADER_CONTENT_TYPE),
        .site = header(connection, "Sec-Fetch-Site"),
        .body = coming->body != NULL ? coming->body : "",
        .body_bytes = coming->body_bytes,
        .too_large = coming->too_large,
    };
}

static enum MHD_Result
answer(struct bw_web_server *server, struct MHD_Connection *connection,
    const char *method, const struct coming *coming)
{
    struct bw_web_asked asked = asked_of(connection, method, coming);
    struct bw_web_reply reply;
    bw_web_answer(server->desk, &asked, &reply);
    struct MHD_Response *response =
        reply.stream ? bw_web_stream_open(&server->streams, connection, asked.cookie)
                     : response_of(&reply);
    if (reply.stream && response == NULL) { /* as many as there may be */
        reply.status = MHD_HTTP_SERVICE_UNAVAILABLE;
        response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    } else if (reply.stream) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        ((struct connection *)info->socket_context)->streaming = true;
    }
    enum MHD_Result queued = MHD_NO;
    if (response != NULL) {
        add_headers(response, &reply);
        queued = MHD_queue_response(connection, (unsigned)reply.status, response);
        MHD_destroy_response(response);
    }
    bw_web_reply_finish(&reply);
    return queued;
}

/* WS3: nothing of it is read, and the connection ends with the answer. A browser that
 * still sends shows none, so files of who is in are let by up to a limit first. */
static enum MHD_Result
refuse_body(struct MHD_Connection *connection)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (response == NULL) {
        return MHD_NO;
    }
    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result queued =
        MHD_queue_response(connection, MHD_HTTP_CONTENT_TOO_LARGE, response);
    MHD_destroy_response(response);
    return queued;
}

static bool
is_too_long(struct MHD_Connection *connection, size_t most)
{
    const char *length = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return length != NULL && strtoull(length, NULL, 10) > most;
}

/* False for a length that wasn't told, and without memory. */
static bool
keep_piece(struct coming *coming, const char *piece, size_t bytes)
{
    enum { FIRST = 4096 };
    size_t wanted = coming->body_bytes + bytes, capacity = coming->body_capacity;
    if (wanted > coming->body_most) {
        return false;
    }
    if (wanted > capacity) {
        capacity = capacity > 0 ? capacity * 2 : FIRST;
        capacity = capacity < wanted ? wanted : capacity;
        char *body = realloc(coming->body, capacity);
        if (body == NULL) {
            return false;
        }
        coming->body = body;
        coming->body_capacity = capacity;
    }
    memcpy(coming->body + coming->body_bytes, piece, bytes);
    coming->body_bytes = wanted;
    return true;
}

static enum MHD_Result
on_request(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_bytes,
    void **request)
{
    struct bw_web_server *server = context;
    struct coming *coming = *request;
    (void)url;
    (void)version;
    if (coming == NULL) {
        return MHD_NO;
    }
    if (!coming->begun) {
        const struct bw_web_asked asked = asked_of(connection, method, coming);
        coming->begun = true;
        coming->body_most = bw_web_body_most(server->desk, &asked);
        coming->too_large = is_too_long(connection, coming->body_most);
        bool passes = coming->body_most == BW_WEB_UPLOAD_BYTES_MAX &&
                      !is_too_long(connection, BW_WEB_PASSED_BYTES_MAX);
        return coming->too_large && !passes ? refuse_body(connection) : MHD_YES;
    }
    if (*upload_bytes == 0) {
        return answer(server, connection, method, coming);
    }
    if (!coming->too_large && !keep_piece(coming, upload, *upload_bytes)) {
        return MHD_NO;
    }
    *upload_bytes = 0;
    return MHD_YES;
}

/* ---- connections ---- */

static void
on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
    enum MHD_ConnectionNotificationCode code)
{
    struct bw_web_server *server = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        struct connection *own = calloc(1, sizeof *own);
        if (own != NULL && info != NULL) {
            *own = (struct connection){.next = server->connections,
                .socket = info->connect_fd,
                .since_ms = server->now_ms};
            server->connections = own;
        }
        *socket_context = own;
        return;
    }
    for (struct connection **at = &server->connections; *at != NULL; at = &(*at)->next) {
        if (*at == *socket_context) {
            *at = (*at)->next;
            break;
        }
    }
    free(*socket_context);
    *socket_context = NULL;
}

/* WS2 */
static void
shut_slow_ones(struct bw_web_server *server)
{
    for (struct connection *c = server->connections; c != NULL; c = c->next) {
        if (!c->streaming && server->now_ms - c->since_ms >= BW_WEB_REQUEST_MS) {
            (void)shutdown(c->socket, SHUT_RDWR);
        }
    }
}

/* ---- life ---- */

/* WS1. A socket of ours, so that its port is known. */
static enum bw_status
listen_at(
    const char *address, int port, struct bw_web_server *server, struct bw_error *err)
{
    struct sockaddr_in six = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct sockaddr_in6 v6 = {
        .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    bool is_v6 = inet_pton(AF_INET6, address, &v6.sin6_addr) == 1;
    struct sockaddr *at = is_v6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&six;
    socklen_t bytes = is_v6 ? sizeof v6 : sizeof six;
    const int on = 1;
    const struct bw_web_guard *guard = &server->desk->guard;
    bool beyond = bw_web_password_is_set(&guard->password) && guard->base_host[0] != '\0';
    bool own = strcmp(address, "127.0.0.1") == 0 || strcmp(address, "::1") == 0;
    if ((!own && !beyond) ||
        (!is_v6 && inet_pton(AF_INET, address, &six.sin_addr) != 1)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "opening the desk at %s: it is served on this machine alone, at 127.0.0.1 "
            "or ::1; elsewhere it takes --base-url and --password-file, behind a proxy",
            address);
    }
    server->socket = socket(at->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (server->socket < 0 ||
        setsockopt(server->socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(server->socket, at, bytes) != 0 || listen(server->socket, SOMAXCONN) != 0 ||
        getsockname(server->socket, at, &bytes) != 0) {
        return bw_error_set(err, errno == EADDRINUSE ? BW_BUSY : BW_IO, errno,
            "opening the desk at %s, port %d: %s", address, port,
            bw_said(strerror(errno)));
    }
    server->port = ntohs(is_v6 ? v6.sin6_port : six.sin_port);
    return BW_OK;
}

enum bw_status
bw_web_server_start(struct bw_web_desk *desk, const char *address, int port,
    struct bw_web_server **ret_server, struct bw_error *err)
{
    struct bw_web_server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "opening the desk: no memory");
    }
    server->desk = desk;
    server->socket = -1;
    server->streams.guard = &desk->guard;
    server->now_ms = desk->office.clock.mono_ms(&desk->office.clock);
    enum bw_status status = listen_at(address, port, server, err);
    if (status != BW_OK) {
        bw_web_server_stop(server);
        return status;
    }
    server->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
        NULL, on_request, server, MHD_OPTION_LISTEN_SOCKET, server->socket,
        MHD_OPTION_URI_LOG_CALLBACK, target_came, NULL, MHD_OPTION_NOTIFY_COMPLETED,
        on_done, server, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)BW_WEB_CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_BYTES_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(BW_WEB_REQUEST_MS / 1000),
        MHD_OPTION_END);
    if (server->daemon == NULL) {
        bw_web_server_stop(server);
        return bw_error_set(
            err, BW_IO, errno, "opening the desk: %s", bw_said(strerror(errno)));
    }
    *ret_server = server;
    return BW_OK;
}

void
bw_web_server_stop(struct bw_web_server *server)
{
    if (server == NULL) {
        return;
    }
    if (server->daemon != NULL) {
        bw_web_streams_end(&server->streams);
        (void)MHD_run(server->daemon);
        MHD_stop_daemon(server->daemon); /* closes the socket too */
    } else if (server->socket >= 0) {
        (void)close(server->socket);
    }
    free(server);
}

int
bw_web_server_port(const struct bw_web_server *server)
{
    return server->port;
}

int
bw_web_server_descriptor(const struct bw_web_server *server)
{
    return MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int
bw_web_server_wait_ms(const struct bw_web_server *server)
{
    MHD_UNSIGNED_LONG_LONG left = LOOK_AT_MS;
    if (MHD_get_timeout(server->daemon, &left) == MHD_NO || left > LOOK_AT_MS) {
        return LOOK_AT_MS;
    }
    return (int)left;
}

void
bw_web_server_turn(struct bw_web_server *server, int64_t mono_ms)
{
    server->now_ms = mono_ms;
    if (mono_ms - server->looked_ms >= LOOK_AT_MS) {
        server->looked_ms = mono_ms;
        shut_slow_ones(server);
        bw_web_streams_tick(&server->streams, mono_ms);
    }
    (void)MHD_run(server->daemon);
}

int
bw_web_server_streams(const struct bw_web_server *server)
{
    return server->streams.count;
}

void
bw_web_server_news(struct bw_web_server *server)
{
    bw_web_streams_news(&server->streams);
}
