/* Letters for other kiosks: see lan_server.h.
 *
 * MHD's thread is called "the server's"; what it alone touches has no lock. */
#include "exchange/carrier/lan/lan_server.h"

#include "exchange/carrier/folder/folder.h"
#include "exchange/carrier/lan/lan_pace.h"
#include "exchange/carrier/lan/lan_socket.h"

#include <brugwachter/limits.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    HEAD_BYTES_MAX = 8 * 1024,
    HEAD_MS = 5000,
    CONNECTIONS = 48,
    CONNECTIONS_ADDRESS = 6,
    HELD_MAX = 24,
    IDLE_S = 15,
};

/* One connection; in a list of all, guarded by the lock. */
struct lan_connection {
    struct lan_connection *next;
    int socket;
    int64_t since_ms; /* it began, or its last request was answered */
    bool asked;       /* by one who has a key, and not answered yet */
    bool served;      /* it was answered before */
};

/* One request, while it is answered. */
struct lan_asked {
    struct bw_lan_request request;
    uint8_t key[BW_LAN_KEY_BYTES];
    int64_t until_ms; /* held no longer than that */
    bool opened;
    struct MHD_Connection *connection; /* suspended, and in the list of the held */
    struct lan_asked *next;
};

struct bw_lan_server {
    struct MHD_Daemon *daemon;
    struct bw_carrier *folder; /* the server's thread's */
    struct bw_lan_pace pace;   /* the server's thread's */
    uint32_t device;
    int port;
    pthread_mutex_t lock; /* guards what follows */
    uint8_t keys[BW_SESSIONS_OWN_MAX][BW_LAN_KEY_BYTES];
    int keys_count;
    uint64_t news; /* how often there were */
    struct lan_asked *held;
    int held_count;
    struct lan_connection *connections;
    bool ending;
};

static int64_t
mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- answers ---- */

static enum MHD_Result
reply(
    struct MHD_Connection *connection, unsigned code, unsigned char *bytes, size_t length)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        length, bytes, bytes ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (!response) {
        free(bytes);
        return MHD_NO;
    }
    if (code != MHD_HTTP_OK) { /* a stranger's connection ends with the answer */
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    }
    enum MHD_Result queued = MHD_queue_response(connection, code, response);
    MHD_destroy_response(response);
    return queued;
}

/* Seals what there is to say; `bytes` is freed. */
static enum MHD_Result
answer(struct bw_lan_server *server, struct MHD_Connection *connection,
    const struct lan_asked *asked, enum bw_lan_kind kind, unsigned char *bytes,
    size_t length)
{
    struct bw_lan_answer said = {
        .kind = kind, .device = server->device, .bytes = bytes, .length = length};
    unsigned char *sealed = NULL;
    size_t sealed_bytes = 0;
    enum bw_status status = bw_lan_answer_write(
        &said, &asked->request, asked->key, &sealed, &sealed_bytes, NULL);
    free(bytes);
    return status == BW_OK ? reply(connection, MHD_HTTP_OK, sealed, sealed_bytes)
                           : MHD_NO;
}

struct own_list {
    struct bw_lan_list list;
    uint32_t device;
};

static bool
on_letter(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    struct own_list *listing = context;
    (void)parsed;
    return !bw_lan_is_own(name, listing->device) ||
           bw_lan_list_add(&listing->list, name, bytes);
}

/* Puts the request aside until there are news. False: it is to be answered now. */
static bool
hold(struct bw_lan_server *server, struct MHD_Connection *connection,
    struct lan_asked *asked, uint64_t news, bool *ret_again)
{
    bool held = false;
    (void)pthread_mutex_lock(&server->lock);
    *ret_again = news != server->news && !server->ending;
    if (!*ret_again && !server->ending && server->held_count < HELD_MAX) {
        asked->connection = connection;
        asked->next = server->held;
        server->held = asked;
        server->held_count++;
        MHD_suspend_connection(connection);
        held = true;
    }
    (void)pthread_mutex_unlock(&server->lock);
    return held;
}

static uint64_t
news_of(struct bw_lan_server *server)
{
    (void)pthread_mutex_lock(&server->lock);
    uint64_t news = server->news;
    (void)pthread_mutex_unlock(&server->lock);
    return news;
}

static enum MHD_Result
answer_list(struct bw_lan_server *server, struct MHD_Connection *connection,
    struct lan_asked *asked)
{
    for (bool again = true; again;) {
        struct own_list listing = {.device = server->device};
        struct bw_lan_list *list = &listing.list;
        unsigned char *bytes = NULL;
        size_t length = 0;
        uint8_t tag[BW_LAN_TAG_BYTES];
        uint64_t news = news_of(server);
        bool fine = bw_carrier_list(server->folder, on_letter, &listing, NULL) == BW_OK;
        bw_lan_list_tag(list, tag);
        again = false;
        bool same = memcmp(tag, asked->request.seen, sizeof tag) == 0;
        if (fine && same && mono_ms() < asked->until_ms &&
            hold(server, connection, asked, news, &again)) {
            bw_lan_list_finish(list);
            return MHD_YES;
        }
        fine = fine && (again || bw_lan_list_write(list, &bytes, &length, NULL) == BW_OK);
        bw_lan_list_finish(list);
        if (!fine) {
            return MHD_NO;
        }
        if (!again) {
            return answer(server, connection, asked, BW_LAN_LISTED, bytes, length);
        }
    }
    return MHD_NO;
}

static enum MHD_Result
answer_letter(struct bw_lan_server *server, struct MHD_Connection *connection,
    const struct lan_asked *asked)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    bool there = bw_lan_is_own(asked->request.name, server->device) &&
                 bw_carrier_get(server->folder, asked->request.name,
                     BW_LAN_LETTER_BYTES_MAX, &bytes, &length, NULL) == BW_OK;
    return answer(
        server, connection, asked, there ? BW_LAN_LETTER : BW_LAN_NOTHING, bytes, length);
}

/* ---- requests ---- */

static struct lan_connection *
own_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void
asked_note(struct bw_lan_server *server, struct MHD_Connection *connection, bool asked)
{
    struct lan_connection *own = own_of(connection);
    (void)pthread_mutex_lock(&server->lock);
    if (own) {
        own->asked = asked;
        own->served = own->served || !asked;
        own->since_ms = mono_ms();
    }
    (void)pthread_mutex_unlock(&server->lock);
}

static bool
is_in_pace(struct bw_lan_server *server, struct MHD_Connection *connection, int points)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info != NULL &&
           bw_lan_pace_take(&server->pace, info->client_addr, points, mono_ms());
}

/* By whichever session's key; the one that opens it seals the answer. */
static bool
open_request(struct bw_lan_server *server, const char *url, struct lan_asked *asked)
{
    int key = 0;
    (void)pthread_mutex_lock(&server->lock);
    asked->opened =
        bw_lan_request_read(url, (const uint8_t(*)[BW_LAN_KEY_BYTES])server->keys,
            server->keys_count, &asked->request, &key);
    if (asked->opened) {
        memcpy(asked->key, server->keys[key], sizeof asked->key);
    }
    (void)pthread_mutex_unlock(&server->lock);
    asked->until_ms = mono_ms() + BW_LAN_HOLD_MS;
    return asked->opened;
}

static enum MHD_Result
on_request(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_bytes,
    void **request)
{
    struct bw_lan_server *server = context;
    struct lan_asked *asked = *request;
    (void)version, (void)upload;
    if (*upload_bytes > 0) { /* LS2 */
        return MHD_NO;
    }
    if (!asked) { /* its head is there */
        *request = asked = calloc(1, sizeof *asked);
        if (!asked) {
            return MHD_NO;
        }
        if (strcmp(method, MHD_HTTP_METHOD_GET) == 0) {
            (void)open_request(server, url, asked);
        }
        return is_in_pace(server, connection,
                   asked->opened ? BW_LAN_PACE_KIOSK : BW_LAN_PACE_STRANGER)
                   ? MHD_YES
                   : MHD_NO;
    }
    if (!asked->opened) {
        return reply(connection, MHD_HTTP_NOT_FOUND, NULL, 0);
    }
    asked_note(server, connection, true);
    return asked->request.verb == BW_LAN_GET ? answer_letter(server, connection, asked)
                                             : answer_list(server, connection, asked);
}

static void
on_done(void *context, struct MHD_Connection *connection, void **request,
    enum MHD_RequestTerminationCode code)
{
    struct lan_asked *asked = *request;
    (void)code;
    asked_note(context, connection, false);
    if (asked) {
        sodium_memzero(asked, sizeof *asked);
        free(asked);
        *request = NULL;
    }
}

/* ---- connections ---- */

static enum MHD_Result
on_accept(void *context, const struct sockaddr *address, socklen_t bytes)
{
    struct bw_lan_server *server = context;
    (void)bytes;
    return bw_lan_pace_take(&server->pace, address, BW_LAN_PACE_CONNECTION, mono_ms())
               ? MHD_YES
               : MHD_NO;
}

static void
on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
    enum MHD_ConnectionNotificationCode code)
{
    struct bw_lan_server *server = context;
    (void)pthread_mutex_lock(&server->lock);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        struct lan_connection *own = calloc(1, sizeof *own);
        if (own && info) {
            *own = (struct lan_connection){.next = server->connections,
                .socket = info->connect_fd,
                .since_ms = mono_ms()};
            server->connections = own;
        }
        *socket_context = own;
    } else {
        struct lan_connection **at = &server->connections;
        while (*at && *at != *socket_context) {
            at = &(*at)->next;
        }
        if (*at) {
            *at = (*at)->next;
        }
        free(*socket_context);
        *socket_context = NULL;
    }
    (void)pthread_mutex_unlock(&server->lock);
}

/* ---- who waits ---- */

/* With the lock. Those whose time is over, or all. */
static void
release(struct bw_lan_server *server, int64_t over_ms)
{
    struct lan_asked **at = &server->held;
    while (*at) {
        struct lan_asked *asked = *at;
        if (asked->until_ms > over_ms) {
            at = &asked->next;
            continue;
        }
        *at = asked->next;
        server->held_count--;
        MHD_resume_connection(asked->connection);
    }
}

void
bw_lan_server_news(struct bw_lan_server *server)
{
    (void)pthread_mutex_lock(&server->lock);
    server->news++;
    release(server, INT64_MAX);
    (void)pthread_mutex_unlock(&server->lock);
}

void
bw_lan_server_tick(struct bw_lan_server *server)
{
    int64_t now_ms = mono_ms();
    (void)pthread_mutex_lock(&server->lock);
    release(server, now_ms);
    for (struct lan_connection *c = server->connections; c; c = c->next) {
        int64_t most_ms = c->served ? HEAD_MS + IDLE_S * 1000 : HEAD_MS;
        if (!c->asked && now_ms - c->since_ms >= most_ms) {
            (void)shutdown(c->socket, SHUT_RDWR); /* LS2 */
        }
    }
    (void)pthread_mutex_unlock(&server->lock);
}

void
bw_lan_server_keys(
    struct bw_lan_server *server, const uint8_t (*keys)[BW_LAN_KEY_BYTES], int count)
{
    (void)pthread_mutex_lock(&server->lock);
    server->keys_count = count < BW_SESSIONS_OWN_MAX ? count : BW_SESSIONS_OWN_MAX;
    if (server->keys_count > 0) {
        memcpy(server->keys, keys, (size_t)server->keys_count * BW_LAN_KEY_BYTES);
    }
    (void)pthread_mutex_unlock(&server->lock);
}

/* ---- life ---- */

static enum bw_status
daemon_start(struct bw_lan_server *server, int fd, struct bw_error *err)
{
    server->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0,
        on_accept, server, on_request, server, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_ADDRESS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES_MAX,
        MHD_OPTION_NOTIFY_COMPLETED, on_done, server, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, server, MHD_OPTION_END);
    return server->daemon ? BW_OK
                          : bw_error_set(err, BW_IO, errno,
                                "serving letters on the local network: no thread for it "
                                "could be started");
}

enum bw_status
bw_lan_server_start(const char *folder, uint32_t device, int port,
    struct bw_lan_server **ret_server, struct bw_error *err)
{
    struct bw_lan_server *server = calloc(1, sizeof *server);
    int fd = -1;
    if (!server) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "serving letters on the local network: out of memory; close other programs");
    }
    (void)pthread_mutex_init(&server->lock, NULL);
    server->device = device;
    enum bw_status status =
        bw_carrier_folder_open(folder, BW_CARRIER_STICK, NULL, &server->folder, err);
    if (status == BW_OK) {
        status = bw_lan_socket_listen(port, &fd, &server->port, err);
    }
    if (status == BW_OK) {
        status = daemon_start(server, fd, err);
    }
    if (status != BW_OK) {
        if (fd >= 0) {
            (void)close(fd);
        }
        bw_lan_server_stop(server);
        return status;
    }
    *ret_server = server;
    return BW_OK;
}

int
bw_lan_server_port(const struct bw_lan_server *server)
{
    return server->port;
}

void
bw_lan_server_stop(struct bw_lan_server *server)
{
    if (!server) {
        return;
    }
    if (server->daemon) {
        (void)pthread_mutex_lock(&server->lock);
        server->ending = true;
        release(server, INT64_MAX);
        (void)pthread_mutex_unlock(&server->lock);
        MHD_stop_daemon(server->daemon); /* closes the socket */
    }
    bw_carrier_close(server->folder);
    (void)pthread_mutex_destroy(&server->lock);
    sodium_memzero(server, sizeof *server);
    free(server);
}
