/* Finding kiosks by Avahi: see lan_find.h. All callbacks run in its thread.
 *
 *   client --running--> announced, browsing --new--> resolving --where--> a peer
 *     '--the daemon went--> nobody is found (who was stays), until it's back
 */
#include "exchange/carrier/lan/lan_find.h"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/thread-watch.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RESOLVING_MAX = BW_LAN_PEERS_MAX };

struct bw_lan_find {
    struct bw_lan_peers *peers;
    uint16_t port;
    AvahiThreadedPoll *poll;
    AvahiClient *client;
    AvahiEntryGroup *group;
    AvahiServiceBrowser *browser;
    int resolving;
    char name[40];
};

static void
name_choose(struct bw_lan_find *find)
{
    (void)snprintf(
        find->name, sizeof find->name, "brugwachter-%08x", randombytes_random());
}

/* What found a kiosk: a name, on one of the interfaces, by one protocol. */
static void
source_of(AvahiIfIndex interface, AvahiProtocol protocol, const char *name,
    char ret_source[BW_LAN_SOURCE_BYTES])
{
    (void)snprintf(ret_source, BW_LAN_SOURCE_BYTES, "%d %d %.100s", (int)interface,
        (int)protocol, name);
}

/* ---- announcing ---- */

static void on_group(AvahiEntryGroup *group, AvahiEntryGroupState state, void *context);

static void
announce(struct bw_lan_find *find, AvahiClient *client)
{
    if (!find->group) {
        find->group = avahi_entry_group_new(client, on_group, find);
    }
    for (int i = 0; find->group && i < 4; i++) {
        int result = avahi_entry_group_add_service(find->group, AVAHI_IF_UNSPEC,
            AVAHI_PROTO_UNSPEC, 0, find->name, BW_LAN_SERVICE, NULL, NULL, find->port,
            "v=1", NULL);
        if (result == AVAHI_OK) {
            (void)avahi_entry_group_commit(find->group);
        }
        if (result != AVAHI_ERR_COLLISION) {
            return;
        }
        name_choose(find);
        (void)avahi_entry_group_reset(find->group);
    }
}

static void
on_group(AvahiEntryGroup *group, AvahiEntryGroupState state, void *context)
{
    struct bw_lan_find *find = context;
    if (state == AVAHI_ENTRY_GROUP_COLLISION) {
        find->group = group;
        name_choose(find);
        (void)avahi_entry_group_reset(group);
        announce(find, avahi_entry_group_get_client(group));
    }
}

/* ---- finding ---- */

static void
on_resolved(AvahiServiceResolver *resolver, AvahiIfIndex interface,
    AvahiProtocol protocol, AvahiResolverEvent event, const char *name, const char *type,
    const char *domain, const char *host, const AvahiAddress *address, uint16_t port,
    AvahiStringList *txt, AvahiLookupResultFlags flags, void *context)
{
    struct bw_lan_find *find = context;
    char text[AVAHI_ADDRESS_STR_MAX], url[BW_LAN_URL_BYTES];
    char source[BW_LAN_SOURCE_BYTES];
    (void)type, (void)domain, (void)host, (void)txt;
    find->resolving--;
    if (event == AVAHI_RESOLVER_FOUND && address && port != 0 &&
        (flags & AVAHI_LOOKUP_RESULT_OUR_OWN) == 0) {
        (void)avahi_address_snprint(text, sizeof text, address);
        if (address->proto == AVAHI_PROTO_INET6) {
            bool link = strncmp(text, "fe80:", 5) == 0;
            char zone[16] = "";
            (void)snprintf(zone, sizeof zone, "%%25%d", (int)interface);
            (void)snprintf(
                url, sizeof url, "http://[%s%s]:%u", text, link ? zone : "", port);
        } else {
            (void)snprintf(url, sizeof url, "http://%s:%u", text, port);
        }
        source_of(interface, protocol, name, source);
        bw_lan_peers_found(find->peers, source, url);
    }
    (void)avahi_service_resolver_free(resolver);
}

static void
on_browsed(AvahiServiceBrowser *browser, AvahiIfIndex interface, AvahiProtocol protocol,
    AvahiBrowserEvent event, const char *name, const char *type, const char *domain,
    AvahiLookupResultFlags flags, void *context)
{
    struct bw_lan_find *find = context;
    char source[BW_LAN_SOURCE_BYTES];
    (void)browser;
    if (event == AVAHI_BROWSER_NEW && (flags & AVAHI_LOOKUP_RESULT_OUR_OWN) == 0 &&
        find->resolving < RESOLVING_MAX &&
        avahi_service_resolver_new(find->client, interface, protocol, name, type, domain,
            protocol, 0, on_resolved, find)) {
        find->resolving++;
    } else if (event == AVAHI_BROWSER_REMOVE) {
        source_of(interface, protocol, name, source);
        bw_lan_peers_gone(find->peers, source);
    }
}

/* ---- life ---- */

static void
all_drop(struct bw_lan_find *find)
{
    if (find->browser) {
        (void)avahi_service_browser_free(find->browser);
        find->browser = NULL;
    }
    if (find->group) {
        (void)avahi_entry_group_free(find->group);
        find->group = NULL;
    }
}

static void on_client(AvahiClient *client, AvahiClientState state, void *context);

/* A daemon that ended takes its client along: a new one waits for the next. */
static void
client_renew(struct bw_lan_find *find, AvahiClient *client)
{
    all_drop(find);
    avahi_client_free(client);
    find->resolving = 0;
    find->client = avahi_client_new(
        avahi_threaded_poll_get(find->poll), AVAHI_CLIENT_NO_FAIL, on_client, find, NULL);
}

static void
on_client(AvahiClient *client, AvahiClientState state, void *context)
{
    struct bw_lan_find *find = context;
    find->client = client; /* called before avahi_client_new returns */
    switch (state) {
    case AVAHI_CLIENT_S_RUNNING:
        announce(find, client);
        if (!find->browser) {
            find->browser = avahi_service_browser_new(client, AVAHI_IF_UNSPEC,
                AVAHI_PROTO_UNSPEC, BW_LAN_SERVICE, NULL, 0, on_browsed, find);
        }
        break;
    case AVAHI_CLIENT_S_COLLISION: /* the machine's name is being settled */
    case AVAHI_CLIENT_S_REGISTERING:
        if (find->group) {
            (void)avahi_entry_group_reset(find->group);
        }
        break;
    case AVAHI_CLIENT_FAILURE:
        if (avahi_client_errno(client) == AVAHI_ERR_DISCONNECTED) {
            client_renew(find, client);
        }
        break;
    case AVAHI_CLIENT_CONNECTING:
        break;
    }
}

enum bw_status
bw_lan_find_start(struct bw_lan_peers *peers, int port, struct bw_lan_find **ret_find,
    struct bw_error *err)
{
    struct bw_lan_find *find = calloc(1, sizeof *find);
    int fault = AVAHI_ERR_NO_MEMORY;
    if (find) {
        find->peers = peers;
        find->port = (uint16_t)port;
        name_choose(find);
        find->poll = avahi_threaded_poll_new();
    }
    if (find && find->poll) {
        find->client = avahi_client_new(avahi_threaded_poll_get(find->poll),
            AVAHI_CLIENT_NO_FAIL, on_client, find, &fault);
    }
    if (!find || !find->client || avahi_threaded_poll_start(find->poll) != 0) {
        bw_lan_find_stop(find);
        return bw_error_set(err, BW_OFFLINE, 0,
            "announcing this kiosk on the local network: %s; have avahi-daemon started, "
            "or give the other kiosks' addresses (--lan-peers)",
            avahi_strerror(fault));
    }
    *ret_find = find;
    return BW_OK;
}

void
bw_lan_find_stop(struct bw_lan_find *find)
{
    if (!find) {
        return;
    }
    if (find->poll) {
        (void)avahi_threaded_poll_stop(find->poll);
    }
    if (find->client) {
        all_drop(find);
        avahi_client_free(find->client);
    }
    if (find->poll) {
        avahi_threaded_poll_free(find->poll);
    }
    free(find);
}
