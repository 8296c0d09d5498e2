/* How far our clock is from the others': see clock_gap.h. */
#include "clock_gap.h"

enum { TOLD_MS = 2 * 60 * 1000 };

struct gap {
    int64_t ms; /* ahead; below 0: behind */
    uint32_t device;
};

static bool
on_event(const struct bw_event *event, void *context)
{
    struct bw_event *first = context;
    *first = *event;
    return false;
}

enum bw_status
bw_desk_clock_gap_read(struct bw_desk *desk, struct bw_error *err)
{
    if (desk->acknowledged_seq == desk->receipt_seq) {
        return BW_OK;
    }
    struct bw_event event = {.wall_ms = 0};
    enum bw_status status = BW_OK;
    if (desk->acknowledged_seq > 0) {
        status = bw_store_own_events(
            desk->store, (uint64_t)desk->acknowledged_seq, on_event, &event, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bool given = (event.flags & BW_EVENT_CLOCK_INJECTED) != 0;
    int64_t ahead_ms = event.wall_ms - desk->roster_ms;
    desk->receipt_gap_ms = !given && event.id.device != 0 && ahead_ms > 0 ? ahead_ms : 0;
    desk->receipt_seq = desk->acknowledged_seq;
    return BW_OK;
}

static void
consider(struct gap *gap, int64_t ms, uint32_t device)
{
    int64_t apart = ms < 0 ? -ms : ms;
    int64_t known = gap->ms < 0 ? -gap->ms : gap->ms;
    if (apart >= TOLD_MS && apart > known) {
        *gap = (struct gap){ms, device};
    }
}

int64_t
bw_desk_clock_gap_ms(const struct bw_desk *desk, uint32_t *ret_device)
{
    struct gap gap = {0};
    int64_t now_ms = bw_desk_clock_now_ms(&desk->clock);
    if (!desk->clock.source.injected) {
        consider(&gap, desk->receipt_gap_ms, 0);
        for (int i = 0; i < desk->peers.count; i++) {
            const struct bw_peer *peer = &desk->peers.items[i];
            if (!bw_desk_peer_serves(desk, peer) || peer->hello_ms == 0) {
                continue;
            }
            if (peer->hello_ms > now_ms) {
                consider(&gap, now_ms - peer->hello_ms, peer->device);
            } else if (peer->echo_counter > 0 && peer->echo_ms > peer->hello_ms) {
                consider(&gap, peer->echo_ms - peer->hello_ms, peer->device);
            }
        }
    }
    *ret_device = gap.device;
    return gap.ms;
}
