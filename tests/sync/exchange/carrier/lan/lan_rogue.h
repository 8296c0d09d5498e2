/* A kiosk on the local network that has the session's key and misbehaves: each way in
 * turn. A thread of its own; it ends with the test. */
#ifndef BW_TESTS_LAN_ROGUE_H
#define BW_TESTS_LAN_ROGUE_H

#include "exchange/carrier/lan/lan_message.h"

#include <pthread.h>
#include <stdatomic.h>

#define LAN_ROGUE_NAME "bw-events-9-1-9-0011aabb.bwe"

enum lan_rogue_way {
    LAN_ROGUE_OLD,       /* gives the answer that it gave first, whatever is asked */
    LAN_ROGUE_CUT,       /* ends each answer in the middle */
    LAN_ROGUE_INVENTED,  /* lists others' letters, and what are no names */
    LAN_ROGUE_ENDLESS,   /* a list that has no end */
    LAN_ROGUE_CHANGING,  /* another list each time, at once */
    LAN_ROGUE_SILENT,    /* takes the request, and says nothing */
    LAN_ROGUE_NOISE,     /* bytes that are no HTTP */
    LAN_ROGUE_ELSEWHERE, /* sends on to somewhere else */
    LAN_ROGUE_LONG,      /* lists well, and its letter has no end */
    LAN_ROGUE_WAYS,
};

struct lan_rogue {
    enum lan_rogue_way way;
    const uint8_t *key;
    uint32_t device;
    int socket, port;
    atomic_int asked;
    atomic_bool ending;
    pthread_t thread;
    unsigned char *old; /* LAN_ROGUE_OLD */
    size_t old_bytes;
    int number; /* LAN_ROGUE_CHANGING */
};

/* `key` is borrowed. */
void lan_rogue_start(struct lan_rogue *rogue, enum lan_rogue_way way,
    const uint8_t key[BW_LAN_KEY_BYTES], uint32_t device);
/* Until it was asked some times; a silent one once. */
void lan_rogue_await(struct lan_rogue *rogue);
/* Whether its lists are ones that hold. */
bool lan_rogue_answers(const struct lan_rogue *rogue);
void lan_rogue_stop(struct lan_rogue *rogue);

#endif
