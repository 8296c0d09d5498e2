/* The local network as a carrier: see lan.h. */
#include "exchange/carrier/lan/lan.h"

#include "exchange/carrier/folder/folder.h"
#include "exchange/carrier/lan/lan_ear.h"
#include "exchange/carrier/lan/lan_find.h"

#include "central/base/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { KEPT_S = 7 * 24 * 3600 };

struct bw_lan {
    char folder[PATH_MAX];
    int bell;
    struct bw_lan_peers peers;
    struct bw_lan_server *server;
    struct bw_lan_ear *ear;
    struct bw_lan_find *find; /* NULL: not asked for */
};

struct lan_carrier {
    struct bw_carrier carrier; /* first */
    struct bw_lan *lan;
    struct bw_carrier *folder;
    CURL *curl;
    uint32_t silent; /* the kiosk that gave no letter just now; 0: none */
};

static struct lan_carrier *
lan_of(struct bw_carrier *carrier)
{
    return (struct lan_carrier *)carrier;
}

/* ---- the own folder ---- */

static enum bw_status
lan_put(struct bw_carrier *self, const char *name, const void *bytes, size_t length,
    bool *ret_fresh, struct bw_error *err)
{
    struct lan_carrier *lan = lan_of(self);
    enum bw_status status =
        bw_carrier_put(lan->folder, name, bytes, length, ret_fresh, err);
    if (status == BW_OK) {
        bw_lan_server_news(lan->lan->server);
    }
    return status;
}

static enum bw_status
lan_remove(struct bw_carrier *self, const char *name, struct bw_error *err)
{
    struct lan_carrier *lan = lan_of(self);
    enum bw_status status = bw_carrier_remove(lan->folder, name, err);
    if (status == BW_OK) {
        bw_lan_server_news(lan->lan->server);
    }
    return status;
}

/* ---- listing ---- */

struct walk {
    bw_carrier_each *each;
    void *context;
    bool ended;
};

static bool
on_own(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    struct walk *walk = context;
    walk->ended = !walk->each(walk->context, name, parsed, bytes);
    return !walk->ended;
}

/* Copies what one kiosk said, so that nothing is called with the lock. Of two addresses
 * of one kiosk the first counts. False: there's no `at`-th. */
static bool
list_copy(struct bw_lan_peers *peers, int at, struct bw_lan_list *ret_list)
{
    (void)pthread_mutex_lock(&peers->lock);
    bool there = at < peers->count;
    bool counts = there && peers->items[at].live;
    for (int i = 0; counts && i < at; i++) {
        counts =
            !peers->items[i].live || peers->items[i].device != peers->items[at].device;
    }
    const struct bw_lan_list *list = counts ? &peers->items[at].list : NULL;
    for (size_t i = 0; list && i < list->count; i++) {
        if (!bw_lan_list_add(ret_list, list->names[i].text, list->names[i].bytes)) {
            break; /* what is over is listed the next time */
        }
    }
    (void)pthread_mutex_unlock(&peers->lock);
    return there;
}

static enum bw_status
lan_list(
    struct bw_carrier *self, bw_carrier_each *each, void *context, struct bw_error *err)
{
    struct lan_carrier *lan = lan_of(self);
    struct walk walk = {.each = each, .context = context};
    struct bw_lan_list list = {.names = NULL};
    enum bw_status status = bw_carrier_list(lan->folder, on_own, &walk, err);
    for (int at = 0;
         status == BW_OK && !walk.ended && list_copy(&lan->lan->peers, at, &list); at++) {
        for (size_t i = 0; !walk.ended && i < list.count; i++) {
            struct bw_letter_name parsed;
            if (bw_letter_name_parse(list.names[i].text, &parsed)) {
                (void)on_own(&walk, list.names[i].text, &parsed, list.names[i].bytes);
            }
        }
        bw_lan_list_finish(&list);
    }
    return status;
}

/* ---- getting ---- */

/* The kiosk that answers as this device. */
static bool
peer_find(struct bw_lan_peers *peers, uint32_t device, struct bw_lan_peer *ret_peer)
{
    for (int i = 0; bw_lan_peers_at(peers, i, ret_peer); i++) {
        if (ret_peer->live && ret_peer->device == device) {
            return true;
        }
    }
    return false;
}

/* Takes the letter's bytes out of what was answered. */
static enum bw_status
letter_take(struct bw_lan_asking *asking, const struct bw_lan_answer *answer,
    size_t most_bytes, unsigned char **ret_bytes, size_t *ret_length,
    struct bw_error *err)
{
    if (answer->length > most_bytes) {
        return bw_error_set(err, BW_FULL, 0,
            "reading %s from kiosk %u: it is over %zu bytes, so no such letter",
            asking->request.name, answer->device, most_bytes);
    }
    memmove(asking->bytes, answer->bytes, answer->length);
    *ret_bytes = asking->bytes;
    *ret_length = answer->length;
    asking->bytes = NULL;
    return BW_OK;
}

/* One that says nothing isn't asked again in this exchange: others' letters go on. */
static enum bw_status
peer_get(struct lan_carrier *lan, const char *name, const struct bw_lan_peer *peer,
    size_t most_bytes, unsigned char **ret_bytes, size_t *ret_length,
    struct bw_error *err)
{
    struct bw_lan_asking asking = {.request = {.verb = BW_LAN_GET}};
    struct bw_lan_answer answer = {.kind = BW_LAN_NOTHING};
    (void)snprintf(asking.request.name, sizeof asking.request.name, "%s", name);
    memcpy(asking.key, peer->key, sizeof asking.key);
    enum bw_lan_end end = BW_LAN_SILENT;
    if (bw_lan_asking_begin(&asking, lan->curl, peer->url)) {
        end =
            bw_lan_asking_end(&asking, lan->curl, curl_easy_perform(lan->curl), &answer);
    }
    enum bw_status status = BW_NOT_FOUND;
    if (end != BW_LAN_ANSWERED) {
        lan->silent = peer->device;
        (void)bw_lan_peers_lost(&lan->lan->peers, peer->id);
        (void)bw_error_set(err, BW_NOT_FOUND, 0,
            "reading %s from kiosk %u: it doesn't answer; it is tried again", name,
            peer->device);
    } else if (answer.kind == BW_LAN_LETTER) {
        status = letter_take(&asking, &answer, most_bytes, ret_bytes, ret_length, err);
    } else {
        (void)bw_error_set(err, BW_NOT_FOUND, 0,
            "reading %s from kiosk %u: it isn't there", name, peer->device);
    }
    bw_lan_asking_finish(&asking);
    return status;
}

static enum bw_status
lan_get(struct bw_carrier *self, const char *name, size_t most_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    struct lan_carrier *lan = lan_of(self);
    struct bw_letter_name parsed;
    struct bw_lan_peer peer;
    enum bw_status status =
        bw_carrier_get(lan->folder, name, most_bytes, ret_bytes, ret_length, err);
    if (status != BW_NOT_FOUND || !bw_letter_name_parse(name, &parsed) ||
        parsed.device == lan->silent ||
        !peer_find(&lan->lan->peers, parsed.device, &peer)) {
        return status;
    }
    return peer_get(lan, name, &peer, most_bytes, ret_bytes, ret_length, err);
}

static void
lan_close(struct bw_carrier *self)
{
    struct lan_carrier *lan = lan_of(self);
    bw_carrier_close(lan->folder);
    curl_easy_cleanup(lan->curl);
    free(lan);
}

static const struct bw_carrier_ops lan_ops = {
    .list = lan_list,
    .get = lan_get,
    .put = lan_put,
    .remove = lan_remove,
    .close = lan_close,
};

enum bw_status
bw_lan_open(struct bw_lan *lan, struct bw_carrier **ret_carrier, struct bw_error *err)
{
    struct lan_carrier *carrier = calloc(1, sizeof *carrier);
    if (carrier) {
        carrier->carrier.ops = &lan_ops;
        carrier->lan = lan;
        carrier->curl = curl_easy_init();
        (void)snprintf(carrier->carrier.uri, sizeof carrier->carrier.uri, BW_LAN_URI);
    }
    if (!carrier || !carrier->curl) {
        free(carrier);
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "opening the local network: out of memory; close other programs");
    }
    enum bw_status status = bw_carrier_folder_open(
        lan->folder, BW_CARRIER_STICK, NULL, &carrier->folder, err);
    if (status != BW_OK) {
        lan_close(&carrier->carrier);
        return status;
    }
    *ret_carrier = &carrier->carrier;
    return BW_OK;
}

/* ---- life ---- */

struct old {
    const char *folder;
    time_t before;
    char names[64][BW_LETTER_NAME_BYTES]; /* what is over goes the next time */
    int count;
};

static bool
on_maybe_old(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    struct old *old = context;
    char path[PATH_MAX];
    struct stat facts;
    (void)parsed, (void)bytes;
    if (bw_path_join(old->folder, name, path, NULL) == BW_OK &&
        lstat(path, &facts) == 0 && facts.st_mtime < old->before) {
        (void)snprintf(old->names[old->count++], BW_LETTER_NAME_BYTES, "%s", name);
    }
    return old->count < (int)(sizeof old->names / sizeof old->names[0]);
}

static enum bw_status
folder_begin(const char *path, struct bw_error *err)
{
    struct bw_carrier *folder = NULL;
    struct old old = {.folder = path, .before = time(NULL) - KEPT_S};
    enum bw_status status = bw_folder_make(path, err);
    if (status == BW_OK) {
        status = bw_carrier_folder_open(path, BW_CARRIER_STICK, NULL, &folder, err);
    }
    if (status == BW_OK) {
        status = bw_carrier_list(folder, on_maybe_old, &old, err);
    }
    for (int i = 0; status == BW_OK && i < old.count; i++) {
        status = bw_carrier_remove(folder, old.names[i], err);
    }
    bw_carrier_close(folder);
    return status;
}

/* Not found by Avahi is no failure: addresses may be given. */
static enum bw_status
parts_start(
    struct bw_lan *lan, const struct bw_lan_options *options, struct bw_error *err)
{
    enum bw_status status = bw_lan_server_start(lan->folder, options->device,
        options->port < 0 ? BW_LAN_PORT : options->port, &lan->server, err);
    if (status == BW_OK) {
        status = bw_lan_ear_start(&lan->peers, lan->server, lan->bell, &lan->ear, err);
    }
    if (status == BW_OK && options->find) {
        struct bw_error ignored;
        (void)!bw_lan_find_start(
            &lan->peers, bw_lan_server_port(lan->server), &lan->find, &ignored);
    }
    return status;
}

enum bw_status
bw_lan_start(
    const struct bw_lan_options *options, struct bw_lan **ret_lan, struct bw_error *err)
{
    struct bw_lan *lan = calloc(1, sizeof *lan);
    if (!lan) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "starting on the local network: out of memory; close other programs");
    }
    bw_lan_peers_init(&lan->peers, options->device);
    (void)snprintf(lan->folder, sizeof lan->folder, "%s", options->folder);
    lan->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    enum bw_status status =
        lan->bell >= 0 ? BW_OK
                       : bw_error_set(err, BW_IO, 0,
                             "starting on the local network: too many files are open");
    if (status == BW_OK && options->peers) {
        status = bw_lan_peers_give(&lan->peers, options->peers, err);
    }
    if (status == BW_OK) {
        status = folder_begin(lan->folder, err);
    }
    if (status == BW_OK) {
        status = parts_start(lan, options, err);
    }
    if (status != BW_OK) {
        bw_lan_stop(lan);
        return status;
    }
    *ret_lan = lan;
    return BW_OK;
}

enum bw_status
bw_lan_check_peers(const char *text, struct bw_error *err)
{
    return bw_lan_peers_give(NULL, text, err);
}

void
bw_lan_stop(struct bw_lan *lan)
{
    if (!lan) {
        return;
    }
    bw_lan_find_stop(lan->find);
    bw_lan_ear_stop(lan->ear); /* which ticks the server */
    bw_lan_server_stop(lan->server);
    if (lan->bell >= 0) {
        (void)close(lan->bell);
    }
    bw_lan_peers_finish(&lan->peers);
    free(lan);
}

void
bw_lan_keys(struct bw_lan *lan, const uint8_t (*keys)[BW_LAN_KEY_BYTES], int count)
{
    count = count < BW_SESSIONS_OWN_MAX ? count : BW_SESSIONS_OWN_MAX;
    (void)pthread_mutex_lock(&lan->peers.lock);
    bool same = lan->peers.keys_count == count &&
                (count == 0 ||
                    memcmp(lan->peers.keys, keys, (size_t)count * BW_LAN_KEY_BYTES) == 0);
    if (!same && count > 0) {
        memcpy(lan->peers.keys, keys, (size_t)count * BW_LAN_KEY_BYTES);
    }
    lan->peers.keys_count = count;
    (void)pthread_mutex_unlock(&lan->peers.lock);
    if (!same) {
        bw_lan_server_keys(lan->server, keys, count);
        bw_lan_ear_hurry(lan->ear);
    }
}

int
bw_lan_port(const struct bw_lan *lan)
{
    return bw_lan_server_port(lan->server);
}

int
bw_lan_fd(const struct bw_lan *lan)
{
    return lan->bell;
}

bool
bw_lan_heard(struct bw_lan *lan)
{
    eventfd_t count = 0;
    return eventfd_read(lan->bell, &count) == 0;
}

void
bw_lan_hurry(struct bw_lan *lan)
{
    bw_lan_ear_hurry(lan->ear);
}

int
bw_lan_reached(struct bw_lan *lan)
{
    struct bw_lan_peer peer;
    uint32_t devices[BW_LAN_PEERS_MAX];
    int count = 0;
    for (int i = 0; bw_lan_peers_at(&lan->peers, i, &peer); i++) {
        bool again = false;
        for (int k = 0; k < count; k++) {
            again = again || devices[k] == peer.device;
        }
        if (peer.live && !again && count < BW_LAN_PEERS_MAX) {
            devices[count++] = peer.device;
        }
    }
    return count;
}
