/* The local network as a kiosk's road: see kiosk.h. */
#include "exchange/kiosk/kiosk.h"

#include <brugwachter/store_letter.h>
#include <stdio.h>
#include <string.h>

enum { STATE_AGAIN_MS = 20 * 1000 }; /* the store isn't written to each time */

/* ---- whom there is to reach ---- */

static enum bw_status
key_read(struct bw_kiosk_exchange *exchange, const char *code,
    struct bw_kiosk_lan_facts *facts, struct bw_error *err)
{
    struct bw_session session;
    struct bw_error why = {.text = ""};
    bool found = false;
    enum bw_status status =
        bw_store_session_by_code(exchange->store, code, &session, &why);
    if (status == BW_NOT_FOUND) {
        return BW_OK; /* no roster of it yet */
    }
    if (status == BW_OK) {
        status = bw_store_lan_key(exchange->store, session.session_no,
            facts->keys[facts->keys_count], &found, &why);
    }
    if (status != BW_OK) {
        return bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    facts->keys_count += found;
    return BW_OK;
}

enum bw_status
bw_kiosk_lan_facts(struct bw_kiosk_exchange *exchange,
    struct bw_kiosk_lan_facts *ret_facts, struct bw_error *err)
{
    const struct bw_enrolment *enrolment = bw_store_enrolment(exchange->store);
    struct bw_kiosk_lan_facts facts = {.others = 0};
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    enum bw_status status = bw_store_peers(exchange->store, peers, &count, err);
    for (int i = 0; status == BW_OK && i < count; i++) {
        bool again = i > 0 && peers[i].device == peers[i - 1].device;
        facts.others +=
            !again && !peers[i].revoked && peers[i].device != exchange->device;
    }
    for (int i = 0; status == BW_OK && i < enrolment->sessions_count; i++) {
        status = key_read(exchange, enrolment->sessions[i], &facts, err);
    }
    if (status == BW_OK) {
        *ret_facts = facts;
    }
    return status;
}

void
bw_kiosk_exchange_by_lan(struct bw_kiosk_exchange *exchange, struct bw_lan *lan)
{
    exchange->lan = lan;
    exchange->roads_count = 1;
    exchange->roads[0] = (struct bw_kiosk_road){.carrier = NULL};
    (void)snprintf(
        exchange->roads[0].uri, sizeof exchange->roads[0].uri, "%s", BW_LAN_URI);
}

/* ---- what staff read ---- */

/* A state and when it was seen, under two names. */
static enum bw_status
state_keep(struct bw_kiosk_exchange *exchange, const char *name, const char *name_ms,
    int64_t state, struct bw_error *err)
{
    struct bw_store *store = exchange->store;
    int64_t now_ms = exchange->clock.wall_ms(&exchange->clock), at_ms = 0, before = 0;
    enum bw_status status = bw_store_get_number(store, name_ms, 0, &at_ms, err);
    if (status == BW_OK) {
        status = bw_store_get_number(store, name, 0, &before, err);
    }
    bool fresh = now_ms >= at_ms && now_ms - at_ms < STATE_AGAIN_MS;
    if (status != BW_OK || (fresh && before == state)) {
        return status;
    }
    status = bw_store_set_number(store, name, state, err);
    return status == BW_OK ? bw_store_set_number(store, name_ms, now_ms, err) : status;
}

enum bw_status
bw_kiosk_lan_keep(
    struct bw_kiosk_exchange *exchange, enum bw_lan_state state, struct bw_error *err)
{
    return state_keep(exchange, BW_NUMBER_LAN, BW_NUMBER_LAN_MS, (int64_t)state, err);
}

enum bw_status
bw_kiosk_road_keep(
    struct bw_kiosk_exchange *exchange, enum bw_road_state state, struct bw_error *err)
{
    return state_keep(exchange, BW_NUMBER_ROAD, BW_NUMBER_ROAD_MS, (int64_t)state, err);
}

enum bw_road_state
bw_kiosk_road_failed(const struct bw_kiosk_road *road)
{
    static const struct {
        const char *fault;
        enum bw_road_state state;
    } faults[] = {{"network", BW_ROAD_NETWORK}, {"access", BW_ROAD_ACCESS},
        {"trust", BW_ROAD_TRUST}, {"full", BW_ROAD_FULL}, {"place", BW_ROAD_PLACE}};
    /* a kiosk that goes by stick has the office's folder, which never is there */
    if (road->fault && strcmp(road->fault, "place") == 0 &&
        strncmp(road->uri, "folder:", strlen("folder:")) == 0) {
        return BW_ROAD_UNKNOWN;
    }
    for (size_t i = 0; road->fault && i < sizeof faults / sizeof faults[0]; i++) {
        if (strcmp(faults[i].fault, road->fault) == 0) {
            return faults[i].state;
        }
    }
    return BW_ROAD_UNKNOWN;
}
