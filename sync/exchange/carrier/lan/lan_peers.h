/* The other kiosks on the local network, as far as they're known: where each is, by an
 * address that was given or one that was found, and what it has. Found ones come and go.
 * Any thread. */
#ifndef BW_CARRIER_LAN_PEERS_H
#define BW_CARRIER_LAN_PEERS_H

#include "exchange/carrier/lan/lan_ask.h"

#include <brugwachter/limits.h>
#include <pthread.h>

enum { BW_LAN_PEERS_MAX = 32, BW_LAN_SOURCE_BYTES = 160 };

struct bw_lan_peer {
    uint64_t id;                      /* never given twice */
    char source[BW_LAN_SOURCE_BYTES]; /* what found it; "": it was given */
    char url[BW_LAN_URL_BYTES];
    bool live;       /* it answered the last time, as a kiosk of a session */
    uint32_t device; /* whose it is, where it's live */
    uint8_t key[BW_LAN_KEY_BYTES];
    struct bw_lan_list list;
};

struct bw_lan_peers {
    pthread_mutex_t lock; /* guards all */
    uint32_t device;      /* this kiosk, which is no other */
    uint64_t next_id;
    int count;
    struct bw_lan_peer items[BW_LAN_PEERS_MAX];
    uint8_t keys[BW_SESSIONS_OWN_MAX][BW_LAN_KEY_BYTES];
    int keys_count;
};

/* Begins with nobody; `device` is this kiosk. */
void bw_lan_peers_init(struct bw_lan_peers *peers, uint32_t device);
/* Forgets all, keys included; nobody else uses it any more. */
void bw_lan_peers_finish(struct bw_lan_peers *peers);

/* Whether `text` is a list of addresses: "192.168.1.20,balie2.local:47200 [fe80::1]".
 * BW_BAD_INPUT, with the one that isn't. `peers` NULL: only looks; else adds them. */
BW_NODISCARD enum bw_status bw_lan_peers_give(
    struct bw_lan_peers *peers, const char *text, struct bw_error *err);
/* One that was found; past BW_LAN_PEERS_MAX it is left out, and the same source's again
 * takes the place of the one before. */
void bw_lan_peers_found(struct bw_lan_peers *peers, const char *source, const char *url);
void bw_lan_peers_gone(struct bw_lan_peers *peers, const char *source);

/* Copied; the list is left out. False: there's no `at`-th. */
bool bw_lan_peers_at(struct bw_lan_peers *peers, int at, struct bw_lan_peer *ret_peer);
/* What one has now; `list` is taken over. One that is gone is passed over, one that is
 * this very kiosk has nothing. */
void bw_lan_peers_has(struct bw_lan_peers *peers, uint64_t id, uint32_t device,
    const uint8_t key[BW_LAN_KEY_BYTES], struct bw_lan_list *list);
/* It doesn't answer. Returns whether it did before. */
bool bw_lan_peers_lost(struct bw_lan_peers *peers, uint64_t id);

#endif
