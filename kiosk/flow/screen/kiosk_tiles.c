/* The six tiles of 11, and when each asks for attention. UI thread only. */
#include "kiosk.h"

#include "flow/base/text.h"

#include <stdio.h>

enum {
    GIGABYTE = 1000000000,
    MEGABYTE = 1000000,
    PEER_AWAY_MS = 10 * MINUTE_MS,
    UNSENT_LONG_MS = 60 * MINUTE_MS,
    BATTERY_LOW = 20, /* per cent */
};

static struct bw_tile *
tile(const struct bw_flow *flow, struct bw_kiosk_view *kiosk, int at, const char *title,
    const char *icon)
{
    struct bw_tile *to = &kiosk->tiles[at];
    bw_flow_values_init(flow, &to->values);
    bw_flow_set_key(to->title, title);
    bw_flow_set_key(to->icon, icon);
    to->state = BW_TILE_OK;
    return to;
}

static void
finish(struct bw_tile *to, bool look, const char *line1, const char *line2)
{
    to->state = look ? BW_TILE_LOOK : BW_TILE_OK;
    bw_flow_set_key(to->line1, line1);
    bw_flow_set_key(to->line2, line2);
}

static void
roster(const struct bw_flow *flow, struct bw_now now, struct bw_kiosk_view *kiosk)
{
    struct bw_tile *to = tile(flow, kiosk, 0, "de.sync", "list");
    bool ever = flow->overview.roster_ms > 0;
    bool old = now.wall_ms - flow->overview.roster_ms > DAY_MS;
    bool today = now.wall_ms >= flow->overview.day_ms;
    to->values.time_ms = to->values.date_ms = flow->overview.roster_ms;
    finish(to, !ever || (old && today),
        !ever ? "de.none"
        : old ? "st.nevercontact"
              : "de.sync1",
        "de.sync2");
    if (flow->helper.running != BW_HELPER_NONE) {
        to->state = BW_TILE_BUSY;
    }
}

/* Below what waits: that it is safe, or what keeps it here. */
static const char *
unsent_road(const struct bw_flow *flow)
{
    switch (flow->overview.road) {
    case BW_ROAD_UNKNOWN:
    case BW_ROAD_FINE:
        break;
    case BW_ROAD_NETWORK:
        return "de.fail";
    case BW_ROAD_ACCESS:
        return "de.access";
    case BW_ROAD_TRUST:
        return "de.trust";
    case BW_ROAD_FULL:
        return "de.full";
    case BW_ROAD_PLACE:
        return "de.place";
    }
    return "de.pend2";
}

/* Check-ins that have waited for long are safe, but nobody else knows of them. */
static void
unsent(const struct bw_flow *flow, struct bw_now now, struct bw_kiosk_view *kiosk)
{
    struct bw_tile *to = tile(flow, kiosk, 1, "de.pend", "outbox");
    int64_t since_ms = flow->overview.unsent_since_ms;
    to->values.n = (long)flow->overview.unsent_check_ins;
    finish(to, false,
        to->values.n > 0            ? "de.pend1"
        : flow->overview.unsent > 0 ? "de.pendnote"
                                    : "de.pend0",
        unsent_road(flow));
    if (since_ms > 0 && now.wall_ms - since_ms > UNSENT_LONG_MS) {
        to->state = BW_TILE_WAITING;
    }
}

static void
storage(const struct bw_flow *flow, struct bw_kiosk_view *kiosk)
{
    struct bw_tile *to = tile(flow, kiosk, 2, "de.stor", "storage");
    int64_t bytes = flow->overview.free_bytes;
    bool low = bw_flow_is_disk_low(flow);
    bool much = bytes >= GIGABYTE;
    to->values.n = bytes < 0 ? 0 : (long)(bytes / (much ? GIGABYTE : MEGABYTE));
    to->values.m = much ? (long)(bytes % GIGABYTE / (GIGABYTE / 10)) : 0; /* tenths */
    const char *free_text = much ? "de.stor1" : "de.stor0";
    if (!low && flow->overview.aside[0] != '\0') { /* what wasn't sent lies there */
        bw_flow_set_text(to->values.x, sizeof to->values.x, flow->overview.aside);
        finish(to, true, "de.aside", "de.aside2");
        return;
    }
    finish(to, low, bytes < 0 ? "" : free_text, low ? "de.storlow" : "de.stor2");
}

static void
camera(const struct bw_flow *flow, struct bw_kiosk_view *kiosk)
{
    bool gone = flow->options.camera_wanted && !flow->camera.present;
    struct bw_tile *to = tile(flow, kiosk, 3, "de.cam", gone ? "camera-off" : "camera");
    to->values.time_ms = flow->scan.read_ms;
    finish(to, gone || flow->scan.unread >= UNREAD_MAX,
        gone                   ? "de.camoff"
        : flow->camera.present ? "de.cam1"
                               : "de.camnone",
        flow->scan.read_ms > 0 ? "de.cam2" : "de.cam0");
}

/* How the other kiosk is reached, below that it is; what is to be looked at, instead. */
static void
others_road(const struct bw_flow *flow, struct bw_tile *to)
{
    switch (flow->overview.lan) {
    case BW_LAN_UNKNOWN:
        finish(to, false, "de.oth1", "de.oth2");
        break;
    case BW_LAN_ALONE:
        finish(to, false, "de.oth1", "de.lan0");
        break;
    case BW_LAN_LOST:
        finish(to, true, "nl.k", "de.lanoff");
        break;
    case BW_LAN_SOME:
    case BW_LAN_ALL:
        finish(to, false, "de.oth1", "de.lan1");
        break;
    case BW_LAN_BLOCKED:
        finish(to, true, "nl.k", "de.lanport");
        break;
    }
}

/* Of several, the one that was silent longest. */
static void
others(const struct bw_flow *flow, struct bw_now now, struct bw_kiosk_view *kiosk)
{
    const struct bw_overview *overview = &flow->overview;
    struct bw_tile *to = tile(flow, kiosk, 4, "de.oth", "kiosk-pair");
    if (overview->peers_count == 0) {
        finish(to, false, "de.oth0", "");
        return;
    }
    const struct bw_overview_peer *peer = &overview->peers[0];
    for (int i = 1; i < overview->peers_count; i++) {
        if (overview->peers[i].heard_ms < peer->heard_ms) {
            peer = &overview->peers[i];
        }
    }
    to->values.time_ms = peer->heard_ms;
    bw_flow_set_text(to->values.id, sizeof to->values.id, peer->name);
    if (peer->heard_ms == 0) {
        finish(to, true, "ev.never", "");
    } else if (now.wall_ms - peer->heard_ms > PEER_AWAY_MS) {
        finish(to, true, "nl.k", "de.othoff");
    } else {
        others_road(flow, to);
    }
}

/* The clock goes before the plug: it decides who is too early, and when places go. */
static void
tell_apart(const struct bw_flow *flow, int64_t apart_ms, struct bw_tile *to)
{
    const struct bw_overview *overview = &flow->overview;
    char number[12];
    (void)snprintf(number, sizeof number, "%u", overview->clock_ahead_of);
    const char *whose = overview->clock_ahead_of == 0 ? overview->organiser : number;
    for (int i = 0; i < overview->peers_count; i++) {
        if (overview->peers[i].device == overview->clock_ahead_of) {
            whose = overview->peers[i].name;
        }
    }
    bw_flow_set_text(to->values.id, sizeof to->values.id, whose);
    to->values.n = (long)((apart_ms + MINUTE_MS / 2) / MINUTE_MS);
    finish(to, true, "de.clockq", "de.clock");
}

static void
power(const struct bw_flow *flow, struct bw_now now, struct bw_kiosk_view *kiosk)
{
    struct bw_tile *to = tile(flow, kiosk, 5, "de.pow", "plug");
    bool known = flow->battery_percent >= 0;
    bool low = flow->unplugged && known && flow->battery_percent < BATTERY_LOW;
    bool suspect = flow->overview.clock_suspect;
    int64_t apart_ms = flow->overview.clock_ahead_ms;
    to->values.time_ms = now.wall_ms;
    to->values.n = flow->battery_percent;
    const char *clock = suspect ? "de.clockq" : "de.clockok";
    if (apart_ms != 0) {
        tell_apart(flow, apart_ms < 0 ? -apart_ms : apart_ms, to);
        return;
    }
    finish(to, suspect || low,
        flow->unplugged ? (known ? "de.pow1" : "de.pow2") : "de.pow0",
        low ? "de.pow2" : clock);
}

void
bw_flow_kiosk_view_tiles(
    const struct bw_flow *flow, struct bw_now now, struct bw_kiosk_view *kiosk)
{
    roster(flow, now, kiosk);
    unsent(flow, now, kiosk);
    storage(flow, kiosk);
    camera(flow, kiosk);
    others(flow, now, kiosk);
    power(flow, now, kiosk);
}
