/* The other kiosks of the session: see peers.h. */
#include "peers.h"

#include "state.h"

#include <string.h>

enum { HEARD_MS = 5 * 60 * 1000 };

enum bw_status
bw_desk_peers_read(struct desk_peers *peers, struct bw_store *store, struct bw_error *err)
{
    struct desk_peers read = *peers;
    bool found = false;
    enum bw_status status = bw_store_peers(store, read.items, &read.count, err);
    if (status == BW_OK) {
        status = bw_store_get_bytes(store, BW_BYTES_STRANGERS, read.strangers,
            sizeof read.strangers, &found, err);
    }
    if (status != BW_OK) {
        return status;
    }
    read.strangers_count = 0;
    while (found && read.strangers_count < BW_STRANGERS_MAX &&
           read.strangers[read.strangers_count] != 0) {
        read.strangers_count++;
    }
    *peers = read;
    return BW_OK;
}

/* ---- absences ---- */

static struct desk_absence *
find_absence(struct desk_peers *peers, uint32_t device)
{
    for (int i = 0; i < peers->absences_count; i++) {
        if (peers->absences[i].device == device) {
            return &peers->absences[i];
        }
    }
    return NULL;
}

static struct desk_absence *
oldest_absence(struct desk_peers *peers)
{
    struct desk_absence *oldest = &peers->absences[0];
    for (int i = 1; i < peers->absences_count; i++) {
        if (peers->absences[i].declared_ms < oldest->declared_ms) {
            oldest = &peers->absences[i];
        }
    }
    return oldest;
}

/* Of more devices than there is room for, those stay that were named last. */
void
bw_desk_peers_fold(struct desk_peers *peers, const struct bw_event *event)
{
    if (event->kind != BW_EVENT_NOTE || event->note != BW_NOTE_ABSENT ||
        event->refs_count == 0) {
        return;
    }
    uint32_t device = event->refs[0].device;
    struct desk_absence *absence = find_absence(peers, device);
    if (absence == NULL && peers->absences_count < BW_PEERS_MAX) {
        absence = &peers->absences[peers->absences_count++];
        *absence = (struct desk_absence){.device = device, .declared_ms = INT64_MIN};
    } else if (absence == NULL) {
        absence = oldest_absence(peers);
    }
    if (event->wall_ms > absence->declared_ms) {
        *absence = (struct desk_absence){.device = device, .declared_ms = event->wall_ms};
    }
}

void
bw_desk_peers_unfold(struct desk_peers *peers)
{
    peers->absences_count = 0;
}

/* Not by a stamp that is still to come: it would hide the kiosk for as long. */
static bool
is_absent(const struct bw_desk *desk, uint32_t device, int64_t heard_ms)
{
    for (int i = 0; i < desk->peers.absences_count; i++) {
        const struct desk_absence *absence = &desk->peers.absences[i];
        if (absence->device == device) {
            return absence->declared_ms >= heard_ms &&
                   absence->declared_ms <= bw_desk_clock_now_ms(&desk->clock) + HEARD_MS;
        }
    }
    return false;
}

/* ---- who counts ---- */

int64_t
bw_desk_peer_heard_ms(const struct bw_desk *desk, const struct bw_peer *peer)
{
    return peer->hello_ms <= bw_desk_clock_now_ms(&desk->clock) + HEARD_MS
               ? peer->hello_ms
               : 0;
}

bool
bw_desk_peer_serves(const struct bw_desk *desk, const struct bw_peer *peer)
{
    return peer->device != bw_store_enrolment(desk->store)->device && !peer->revoked &&
           strcmp(peer->session, desk->session.code) == 0;
}

static bool
counts(const struct bw_desk *desk, const struct bw_peer *peer)
{
    return bw_desk_peer_serves(desk, peer) &&
           !is_absent(desk, peer->device, bw_desk_peer_heard_ms(desk, peer));
}

/* A roster that names it, for whatever session, ends its being strange. */
static bool
stranger_counts(const struct bw_desk *desk, uint32_t device)
{
    for (int i = 0; i < desk->peers.count; i++) {
        if (desk->peers.items[i].device == device) {
            return false;
        }
    }
    return device != bw_store_enrolment(desk->store)->device &&
           !is_absent(desk, device, 0);
}

static int
strangers(const struct bw_desk *desk)
{
    int count = 0;
    for (int i = 0; i < desk->peers.strangers_count; i++) {
        count += stranger_counts(desk, desk->peers.strangers[i]);
    }
    return count;
}

int
bw_desk_unheard(const struct bw_desk *desk, int64_t since_ms)
{
    int unheard = strangers(desk); /* nothing can be heard of them yet */
    for (int i = 0; i < desk->peers.count; i++) {
        const struct bw_peer *peer = &desk->peers.items[i];
        unheard += counts(desk, peer) && bw_desk_peer_heard_ms(desk, peer) < since_ms;
    }
    return unheard;
}

/* Who leads must know that this kiosk is there, and then counts on its giving places. */
static bool
echoes(const struct bw_desk *desk, const struct bw_peer *lead)
{
    int64_t now_ms = bw_desk_clock_now_ms(&desk->clock);
    return lead->echo_counter > 0 && lead->echo_ms >= now_ms - HEARD_MS &&
           lead->echo_ms <= now_ms + HEARD_MS;
}

uint32_t
bw_desk_lead(const struct bw_desk *desk)
{
    uint32_t own = bw_store_enrolment(desk->store)->device;
    const struct bw_peer *lead = NULL;
    uint32_t lowest = own;
    for (int i = 0; i < desk->peers.count; i++) {
        const struct bw_peer *peer = &desk->peers.items[i];
        if (counts(desk, peer) && peer->device < lowest) {
            lead = peer;
            lowest = peer->device;
        }
    }
    for (int i = 0; i < desk->peers.strangers_count; i++) {
        uint32_t stranger = desk->peers.strangers[i];
        if (stranger < lowest && stranger_counts(desk, stranger)) {
            lead = NULL;
            lowest = stranger;
        }
    }
    bool heard =
        bw_desk_unheard(desk, bw_desk_clock_now_ms(&desk->clock) - HEARD_MS) == 0;
    return lowest == own || (heard && lead != NULL && echoes(desk, lead)) ? 0 : lowest;
}

const char *
bw_desk_device_name(const struct bw_desk *desk, uint32_t device)
{
    const struct bw_enrolment *own = bw_store_enrolment(desk->store);
    if (own->device == device) {
        return own->name;
    }
    for (int i = 0; i < desk->peers.count; i++) {
        if (desk->peers.items[i].device == device) {
            return desk->peers.items[i].name;
        }
    }
    return "";
}
