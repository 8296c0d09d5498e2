/* Hearing what other kiosks have: see lan_ear.h. */
#include "exchange/carrier/lan/lan_ear.h"

#include <brugwachter/said.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>

enum {
    LOOK_MS = 500, /* at peers that came, and the server's tick */
    LEAST_MS = 100,
    MISS_MS = 1000,
    MOST_MS = 10 * 1000,
};

/* One peer that is asked. */
struct watch {
    uint64_t id; /* 0: none */
    char url[BW_LAN_URL_BYTES];
    CURL *curl;
    struct bw_lan_asking asking;
    bool busy;
    int key, tried; /* which session's, and how many strangers answered in a row */
    int misses;     /* in a row */
    int64_t due_ms;
    uint8_t seen[BW_LAN_TAG_BYTES];
};

struct bw_lan_ear {
    struct bw_lan_peers *peers;
    struct bw_lan_server *server;
    int bell;
    CURLM *multi;
    pthread_t thread;
    atomic_bool ending, hurry;
    struct watch watches[BW_LAN_PEERS_MAX]; /* the ear's thread's */
};

static int64_t
mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- one watch ---- */

static void
watch_end(struct bw_lan_ear *ear, struct watch *watch)
{
    if (watch->busy) {
        (void)curl_multi_remove_handle(ear->multi, watch->curl);
    }
    curl_easy_cleanup(watch->curl);
    bw_lan_asking_finish(&watch->asking);
    *watch = (struct watch){.id = 0};
}

/* False: there's no key yet. */
static bool
key_take(struct bw_lan_ear *ear, struct watch *watch)
{
    struct bw_lan_peers *peers = ear->peers;
    (void)pthread_mutex_lock(&peers->lock);
    bool there = peers->keys_count > 0;
    if (there) {
        watch->key %= peers->keys_count;
        memcpy(watch->asking.key, peers->keys[watch->key], sizeof watch->asking.key);
    }
    (void)pthread_mutex_unlock(&peers->lock);
    return there;
}

static void
watch_ask(struct bw_lan_ear *ear, struct watch *watch, int64_t now_ms)
{
    watch->due_ms = now_ms + LEAST_MS; /* LH1 */
    if (!key_take(ear, watch)) {
        return;
    }
    watch->asking.request = (struct bw_lan_request){.verb = BW_LAN_LIST};
    memcpy(watch->asking.request.seen, watch->seen, sizeof watch->seen);
    watch->busy = bw_lan_asking_begin(&watch->asking, watch->curl, watch->url) &&
                  curl_easy_setopt(watch->curl, CURLOPT_PRIVATE, watch) == CURLE_OK &&
                  curl_multi_add_handle(ear->multi, watch->curl) == CURLM_OK;
}

static void
ring(const struct bw_lan_ear *ear)
{
    (void)eventfd_write(ear->bell, 1);
}

static void
miss(struct bw_lan_ear *ear, struct watch *watch, int64_t now_ms)
{
    int64_t wait_ms = (int64_t)MISS_MS << (watch->misses < 4 ? watch->misses : 4);
    watch->misses++;
    watch->tried = 0;
    watch->due_ms = now_ms + (wait_ms < MOST_MS ? wait_ms : MOST_MS);
    memset(watch->seen, 0, sizeof watch->seen);
    if (bw_lan_peers_lost(ear->peers, watch->id)) {
        ring(ear);
    }
}

/* Takes over what it has. False: that is no list. */
static bool
list_take(struct bw_lan_ear *ear, struct watch *watch, const struct bw_lan_answer *answer)
{
    struct bw_lan_list list;
    uint8_t tag[BW_LAN_TAG_BYTES];
    if (answer->kind != BW_LAN_LISTED ||
        !bw_lan_list_read(answer->bytes, answer->length, answer->device, &list)) {
        return false;
    }
    bw_lan_list_tag(&list, tag);
    bool other = memcmp(watch->seen, tag, sizeof tag) != 0;
    memcpy(watch->seen, tag, sizeof tag);
    bw_lan_peers_has(ear->peers, watch->id, answer->device, watch->asking.key, &list);
    if (other) {
        ring(ear);
    }
    return true;
}

static int
keys_count(struct bw_lan_ear *ear)
{
    (void)pthread_mutex_lock(&ear->peers->lock);
    int count = ear->peers->keys_count;
    (void)pthread_mutex_unlock(&ear->peers->lock);
    return count;
}

static void
on_end(struct bw_lan_ear *ear, struct watch *watch, CURLcode code)
{
    struct bw_lan_answer answer = {.length = 0};
    int64_t now_ms = mono_ms();
    (void)curl_multi_remove_handle(ear->multi, watch->curl);
    watch->busy = false;
    enum bw_lan_end end = bw_lan_asking_end(&watch->asking, watch->curl, code, &answer);
    if (end == BW_LAN_ANSWERED && list_take(ear, watch, &answer)) {
        watch->misses = watch->tried = 0;
        return;
    }
    if (end == BW_LAN_STRANGER && ++watch->tried < keys_count(ear)) {
        watch->key++; /* of another session, it may be */
        return;
    }
    miss(ear, watch, now_ms);
}

/* ---- all of them ---- */

static struct watch *
watch_of(struct bw_lan_ear *ear, uint64_t id)
{
    for (int i = 0; i < BW_LAN_PEERS_MAX; i++) {
        if (ear->watches[i].id == id) {
            return &ear->watches[i];
        }
    }
    return NULL;
}

static bool
is_known(struct bw_lan_ear *ear, uint64_t id)
{
    struct bw_lan_peer peer;
    for (int i = 0; bw_lan_peers_at(ear->peers, i, &peer); i++) {
        if (peer.id == id) {
            return true;
        }
    }
    return false;
}

/* Peers that came get a watch, those that went lose theirs. */
static void
watches_match(struct bw_lan_ear *ear)
{
    struct bw_lan_peer peer;
    for (int i = 0; i < BW_LAN_PEERS_MAX; i++) {
        if (ear->watches[i].id != 0 && !is_known(ear, ear->watches[i].id)) {
            watch_end(ear, &ear->watches[i]);
            ring(ear);
        }
    }
    for (int i = 0; bw_lan_peers_at(ear->peers, i, &peer); i++) {
        struct watch *watch = watch_of(ear, peer.id) ? NULL : watch_of(ear, 0);
        CURL *curl = watch ? curl_easy_init() : NULL;
        if (curl) {
            *watch = (struct watch){.id = peer.id, .curl = curl};
            memcpy(watch->url, peer.url, sizeof watch->url);
        }
    }
}

/* Asks who is due; how long until the next one is. */
static int
watches_ask(struct bw_lan_ear *ear)
{
    int64_t now_ms = mono_ms(), until_ms = now_ms + LOOK_MS;
    bool hurry = atomic_exchange(&ear->hurry, false);
    for (int i = 0; i < BW_LAN_PEERS_MAX; i++) {
        struct watch *watch = &ear->watches[i];
        if (watch->id == 0 || watch->busy) {
            continue;
        }
        if (hurry) {
            watch->misses = 0;
            watch->due_ms = now_ms;
        }
        if (watch->due_ms <= now_ms) {
            watch_ask(ear, watch, now_ms);
        }
        until_ms = !watch->busy && watch->due_ms < until_ms ? watch->due_ms : until_ms;
    }
    return until_ms > now_ms ? (int)(until_ms - now_ms) : 0;
}

static void *
ear_run(void *context)
{
    struct bw_lan_ear *ear = context;
    while (!atomic_load(&ear->ending)) {
        int running = 0, left = 0;
        CURLMsg *message;
        watches_match(ear);
        int wait_ms = watches_ask(ear);
        (void)curl_multi_perform(ear->multi, &running);
        while ((message = curl_multi_info_read(ear->multi, &left)) != NULL) {
            struct watch *watch = NULL;
            CURLcode code = message->data.result; /* the message ends with the handle */
            if (message->msg == CURLMSG_DONE &&
                curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &watch) ==
                    CURLE_OK) {
                on_end(ear, watch, code);
                wait_ms = 0;
            }
        }
        bw_lan_server_tick(ear->server);
        (void)curl_multi_poll(ear->multi, NULL, 0, wait_ms, NULL);
    }
    return NULL;
}

/* ---- life ---- */

enum bw_status
bw_lan_ear_start(struct bw_lan_peers *peers, struct bw_lan_server *server, int bell,
    struct bw_lan_ear **ret_ear, struct bw_error *err)
{
    struct bw_lan_ear *ear = calloc(1, sizeof *ear);
    if (ear) {
        ear->peers = peers;
        ear->server = server;
        ear->bell = bell;
        ear->multi = curl_multi_init();
    }
    if (!ear || !ear->multi) {
        free(ear);
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "hearing other kiosks on the local network: "
            "out of memory; close other programs");
    }
    int number = pthread_create(&ear->thread, NULL, ear_run, ear);
    if (number != 0) {
        (void)curl_multi_cleanup(ear->multi);
        free(ear);
        return bw_error_set(err, BW_IO, number,
            "hearing other kiosks on the local network: no thread for it: %s",
            bw_said(strerror(number)));
    }
    *ret_ear = ear;
    return BW_OK;
}

void
bw_lan_ear_hurry(struct bw_lan_ear *ear)
{
    atomic_store(&ear->hurry, true);
    (void)curl_multi_wakeup(ear->multi);
}

void
bw_lan_ear_stop(struct bw_lan_ear *ear)
{
    if (!ear) {
        return;
    }
    atomic_store(&ear->ending, true);
    (void)curl_multi_wakeup(ear->multi);
    (void)pthread_join(ear->thread, NULL);
    for (int i = 0; i < BW_LAN_PEERS_MAX; i++) {
        if (ear->watches[i].id != 0) {
            watch_end(ear, &ear->watches[i]);
        }
    }
    (void)curl_multi_cleanup(ear->multi);
    sodium_memzero(ear, sizeof *ear);
    free(ear);
}
