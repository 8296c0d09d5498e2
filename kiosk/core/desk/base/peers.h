/* The other kiosks of the session that is served: which of them count, what was heard of
 * them, and who of all gives places (design: admission, places; letters, heard).
 *
 * DK1 a kiosk counts that the roster names for this session and that isn't revoked, and
 *     one that wrote to this kiosk before any roster named it (a stranger); but none that
 *     staff declared absent, until it is heard anew.
 * DK2 heard means a hello, stamped within 5 minutes of now by this kiosk's clock.
 *
 * Private to the desk, desk thread only. Owns nothing. */
#ifndef BW_CORE_DESK_PEERS_H
#define BW_CORE_DESK_PEERS_H

#include <brugwachter/store.h>

struct bw_desk;

/* The newest word of staff, at any kiosk of the session, that a kiosk isn't there. */
struct desk_absence {
    uint32_t device;
    int64_t declared_ms; /* by the clock of the kiosk that wrote it */
};

struct desk_peers {
    int count;
    struct bw_peer items[BW_PEERS_MAX]; /* of all own sessions */
    int strangers_count;
    uint32_t strangers[BW_STRANGERS_MAX];
    int absences_count;
    struct desk_absence absences[BW_PEERS_MAX]; /* the latest of them, one a device */
};

/* Reads kiosks and strangers anew; absences stay. What the store answers where it
 * fails, and then they are as they were. */
BW_NODISCARD enum bw_status bw_desk_peers_read(
    struct desk_peers *peers, struct bw_store *store, struct bw_error *err);

/* Takes in an event of the session; any but a declared absence is passed over. */
void bw_desk_peers_fold(struct desk_peers *peers, const struct bw_event *event);
/* Before all events are folded anew. */
void bw_desk_peers_unfold(struct desk_peers *peers);

/* Kiosks that count and that this one hasn't heard since `since_ms` (UTC). */
int bw_desk_unheard(const struct bw_desk *desk, int64_t since_ms);

/* 0: this kiosk may give places to people without one; else the device number of the
 * kiosk that does. */
uint32_t bw_desk_lead(const struct bw_desk *desk);

/* Whether a peer is another kiosk of this session, absent or not, and isn't revoked; and
 * when it was heard last: UTC in ms, by its own clock or the office's; 0: never, or not
 * to be believed. */
bool bw_desk_peer_serves(const struct bw_desk *desk, const struct bw_peer *peer);
int64_t bw_desk_peer_heard_ms(const struct bw_desk *desk, const struct bw_peer *peer);

/* The name of a device (by its number) as its roster or enrolment has it; empty where it
 * isn't known. Borrowed from the desk, until it follows the store again. */
const char *bw_desk_device_name(const struct bw_desk *desk, uint32_t device);

#endif
