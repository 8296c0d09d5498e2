/* Who is on the local network: see lan_peers.h. */
#include "exchange/carrier/lan/lan_peers.h"

#include "exchange/carrier/lan/lan_server.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bw_lan_peers_init(struct bw_lan_peers *peers, uint32_t device)
{
    *peers = (struct bw_lan_peers){.device = device, .next_id = 1};
    (void)pthread_mutex_init(&peers->lock, NULL);
}

void
bw_lan_peers_finish(struct bw_lan_peers *peers)
{
    for (int i = 0; i < peers->count; i++) {
        bw_lan_list_finish(&peers->items[i].list);
    }
    (void)pthread_mutex_destroy(&peers->lock);
    sodium_memzero(peers, sizeof *peers);
}

/* ---- who comes and goes; all with the lock ---- */

static struct bw_lan_peer *
peer_add(struct bw_lan_peers *peers, const char *source, const char *url)
{
    if (peers->count == BW_LAN_PEERS_MAX) {
        return NULL;
    }
    struct bw_lan_peer *peer = &peers->items[peers->count++];
    *peer = (struct bw_lan_peer){.id = peers->next_id++};
    (void)snprintf(peer->source, sizeof peer->source, "%s", source);
    (void)snprintf(peer->url, sizeof peer->url, "%s", url);
    return peer;
}

static void
peer_drop(struct bw_lan_peers *peers, struct bw_lan_peer *peer)
{
    bw_lan_list_finish(&peer->list);
    *peer = peers->items[--peers->count];
    peers->items[peers->count] = (struct bw_lan_peer){.id = 0};
}

static struct bw_lan_peer *
by_source(struct bw_lan_peers *peers, const char *source)
{
    for (int i = 0; i < peers->count; i++) {
        if (peers->items[i].source[0] && strcmp(peers->items[i].source, source) == 0) {
            return &peers->items[i];
        }
    }
    return NULL;
}

static struct bw_lan_peer *
by_id(struct bw_lan_peers *peers, uint64_t id)
{
    for (int i = 0; i < peers->count; i++) {
        if (peers->items[i].id == id) {
            return &peers->items[i];
        }
    }
    return NULL;
}

/* ---- given ones ---- */

/* HOST, HOST:PORT, [IPV6] or [IPV6]:PORT. */
static bool
address_read(const char *text, size_t length, char ret_url[BW_LAN_URL_BYTES])
{
    char host[64];
    size_t host_bytes = 0;
    bool six = length > 0 && text[0] == '[';
    while (host_bytes < length &&
           (six ? text[host_bytes] != ']' : text[host_bytes] != ':')) {
        char c = text[host_bytes];
        if (!isalnum((unsigned char)c) && !strchr(six ? "[:." : "-.", c)) {
            return false;
        }
        host_bytes++;
    }
    host_bytes += six;
    if (host_bytes < 1 + 2 * (size_t)six || host_bytes > length ||
        host_bytes >= sizeof host) {
        return false;
    }
    memcpy(host, text, host_bytes);
    host[host_bytes] = '\0';
    long port = BW_LAN_PORT;
    if (host_bytes < length) {
        char *end = NULL;
        bool digit = host_bytes + 1 < length && length - host_bytes <= 6 &&
                     text[host_bytes] == ':' &&
                     isdigit((unsigned char)text[host_bytes + 1]);
        port = digit ? strtol(text + host_bytes + 1, &end, 10) : 0;
        if (port < 1 || port > 65535 || end != text + length) {
            return false;
        }
    }
    (void)snprintf(ret_url, BW_LAN_URL_BYTES, "http://%s:%ld", host, port);
    return true;
}

enum bw_status
bw_lan_peers_give(struct bw_lan_peers *peers, const char *text, struct bw_error *err)
{
    static const char between[] = ", \t";
    for (const char *at = text + strspn(text, between); *at; at += strspn(at, between)) {
        char url[BW_LAN_URL_BYTES];
        size_t length = strcspn(at, between);
        if (!address_read(at, length, url)) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "reading addresses of other kiosks: \"%.*s\" is none; 192.168.1.20, "
                "balie.local or [fd00::20]:47117 would be one (--lan-peers)",
                length < 100 ? (int)length : 100, at);
        }
        if (peers) {
            (void)pthread_mutex_lock(&peers->lock);
            (void)peer_add(peers, "", url);
            (void)pthread_mutex_unlock(&peers->lock);
        }
        at += length;
    }
    return BW_OK;
}

/* ---- found ones ---- */

void
bw_lan_peers_found(struct bw_lan_peers *peers, const char *source, const char *url)
{
    (void)pthread_mutex_lock(&peers->lock);
    struct bw_lan_peer *before = by_source(peers, source);
    if (before && strcmp(before->url, url) != 0) {
        peer_drop(peers, before);
        before = NULL;
    }
    if (!before) {
        (void)peer_add(peers, source, url);
    }
    (void)pthread_mutex_unlock(&peers->lock);
}

void
bw_lan_peers_gone(struct bw_lan_peers *peers, const char *source)
{
    (void)pthread_mutex_lock(&peers->lock);
    struct bw_lan_peer *peer = by_source(peers, source);
    if (peer) {
        peer_drop(peers, peer);
    }
    (void)pthread_mutex_unlock(&peers->lock);
}

/* ---- what they have ---- */

bool
bw_lan_peers_at(struct bw_lan_peers *peers, int at, struct bw_lan_peer *ret_peer)
{
    (void)pthread_mutex_lock(&peers->lock);
    bool there = at < peers->count;
    if (there) {
        *ret_peer = peers->items[at];
        ret_peer->list = (struct bw_lan_list){.names = NULL};
    }
    (void)pthread_mutex_unlock(&peers->lock);
    return there;
}

void
bw_lan_peers_has(struct bw_lan_peers *peers, uint64_t id, uint32_t device,
    const uint8_t key[BW_LAN_KEY_BYTES], struct bw_lan_list *list)
{
    (void)pthread_mutex_lock(&peers->lock);
    struct bw_lan_peer *peer = by_id(peers, id);
    if (peer && device != peers->device) {
        bw_lan_list_finish(&peer->list);
        peer->list = *list;
        *list = (struct bw_lan_list){.names = NULL};
        peer->live = true;
        peer->device = device;
        memcpy(peer->key, key, sizeof peer->key);
    }
    (void)pthread_mutex_unlock(&peers->lock);
    bw_lan_list_finish(list);
}

bool
bw_lan_peers_lost(struct bw_lan_peers *peers, uint64_t id)
{
    (void)pthread_mutex_lock(&peers->lock);
    struct bw_lan_peer *peer = by_id(peers, id);
    bool before = peer && peer->live;
    if (before) {
        peer->live = false;
        bw_lan_list_finish(&peer->list);
    }
    (void)pthread_mutex_unlock(&peers->lock);
    return before;
}
