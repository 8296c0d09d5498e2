/* Keeping memory in step with the store (D1): rosters and other kiosks' events that the
 * sync tool brings, and events of another program on the same store. */
#include "follow.h"

#include "clock_gap.h"
#include "session.h"

#include <string.h>

/* One walk over events that are folded as they come. */
struct folding {
    struct bw_desk *desk;
    uint64_t count;
    enum bw_status status;
    struct bw_error *err;
};

static enum bw_status
add(struct bw_desk *desk, const struct bw_event *event, struct bw_error *err)
{
    if (event->id.device == bw_store_enrolment(desk->store)->device &&
        event->id.seq > desk->own_seq) {
        desk->own_seq = event->id.seq;
    }
    if (event->session_no == desk->session.session_no &&
        bw_presence_is_before_day(event, desk->day_start_ms)) {
        return BW_OK;
    }
    enum bw_status status = bw_presence_add(desk->presence, event, err);
    if (status != BW_OK || event->session_no != desk->session.session_no) {
        return status;
    }
    if (event->kind == BW_EVENT_RELEASED && desk->release_event.device == 0) {
        desk->release_event = event->id;
    }
    bw_desk_peers_fold(&desk->peers, event);
    return BW_OK;
}

enum bw_status
bw_desk_fold(struct bw_desk *desk, const struct bw_event *event, struct bw_error *err)
{
    enum bw_status status = add(desk, event, err);
    const struct bw_attendance *who = NULL;
    if (status == BW_OK) {
        who = bw_presence_of_event(desk->presence, event->id);
    }
    if (who != NULL) {
        bw_ledger_follow(&desk->ledger, who);
    } else if (status == BW_OK && bw_presence_is_closing(event)) {
        bw_ledger_follow_all(&desk->ledger, desk->presence);
    }
    return status;
}

static bool
on_event(const struct bw_event *event, void *context)
{
    struct folding *folding = context;
    folding->count++;
    folding->status = add(folding->desk, event, folding->err);
    return folding->status == BW_OK;
}

/* Ends a walk whose events were held. */
static enum bw_status
settle(struct folding *folding, enum bw_status walked)
{
    struct bw_desk *desk = folding->desk;
    enum bw_status status = walked == BW_OK ? folding->status : walked;
    if (status == BW_OK) {
        status = bw_presence_settle(desk->presence, folding->err);
    }
    if (status == BW_OK && folding->count > 0) {
        bw_ledger_follow_all(&desk->ledger, desk->presence);
    }
    return status;
}

static bool
on_passed_event(const struct bw_event *event, void *context)
{
    (void)event;
    (void)context;
    return true;
}

/* Folds the whole log of the session. The end of the peers' events is taken first: what
 * comes in between is then folded twice, which changes nothing (P4), and never missed. */
static enum bw_status
fold_all(struct bw_desk *desk, struct bw_error *err)
{
    struct bw_presence *presence = NULL;
    enum bw_status status = bw_presence_create(desk->session.session_no, &presence, err);
    if (status != BW_OK) {
        return status;
    }
    bw_presence_destroy(desk->presence);
    desk->presence = presence;
    desk->release_event = (struct bw_event_id){0};
    bw_desk_peers_unfold(&desk->peers);
    desk->peer_after = 0;
    status = bw_store_peer_events_since(
        desk->store, &desk->peer_after, on_passed_event, NULL, err);
    struct bw_head head = {0};
    if (status == BW_OK) {
        status = bw_store_head(desk->store, &head, err);
    }
    struct folding folding = {.desk = desk, .err = err};
    if (status == BW_OK) {
        desk->own_seq = head.seq;
        bw_presence_hold(desk->presence);
        status = bw_store_events(
            desk->store, desk->session.session_no, on_event, &folding, err);
    }
    return settle(&folding, status);
}

static enum bw_status
open_zone(struct bw_desk *desk, const char *name, struct bw_error *err)
{
    struct bw_zone *zone = NULL;
    enum bw_status status =
        bw_zone_open(name[0] != '\0' ? name : BW_ZONE_DEFAULT, &zone, err);
    if (status == BW_OK) {
        bw_zone_close(desk->zone);
        desk->zone = zone;
    }
    return status;
}

enum bw_status
bw_desk_reload(struct bw_desk *desk, struct bw_error *err)
{
    struct bw_session session;
    bool found = false;
    enum bw_status status = bw_desk_session_choose(desk, &session, &found, err);
    if (status != BW_OK || !found) {
        desk->has_roster = desk->has_roster && status != BW_OK;
        return status;
    }
    status = open_zone(desk, session.timezone, err);
    int64_t day_start_ms = bw_zone_day_start(desk->zone, session.starts_ms);
    bool same = desk->presence != NULL && desk->has_roster && !desk->stale &&
                session.session_no == desk->session.session_no &&
                day_start_ms == desk->day_start_ms;
    if (status == BW_OK) {
        status = bw_ledger_load(&desk->ledger, desk->store, &session, err);
    }
    if (status != BW_OK) {
        return status;
    }
    desk->session = session;
    desk->day_start_ms = day_start_ms;
    if (same) {
        bw_ledger_follow_all(&desk->ledger, desk->presence);
        return BW_OK;
    }
    status = fold_all(desk, err);
    desk->has_roster = status == BW_OK;
    desk->stale = status != BW_OK;
    return status;
}

struct number {
    const char *name;
    int64_t *value;
};

static enum bw_status
read_aside(struct bw_desk *desk, struct bw_error *err)
{
    char aside[BW_ASIDE_BYTES];
    bool found = false;
    enum bw_status status =
        bw_store_get_bytes(desk->store, BW_BYTES_ASIDE, aside, sizeof aside, &found, err);
    if (status == BW_OK && found) {
        aside[sizeof aside - 1] = '\0';
        memcpy(desk->aside, aside, sizeof aside);
    }
    return status;
}

/* *ret_roster_changed where another roster came since. */
static enum bw_status
read_numbers(struct bw_desk *desk, bool *ret_roster_changed, struct bw_error *err)
{
    int64_t revision = 0;
    int64_t roster_ms = 0;
    int64_t restored = 0;
    int64_t refolded = 0;
    const struct number numbers[] = {
        {BW_NUMBER_ROSTER_REVISION, &revision},
        {BW_NUMBER_ROSTER_MS, &roster_ms},
        {BW_NUMBER_CONTACT_MS, &desk->contact_ms},
        {BW_NUMBER_ACKNOWLEDGED, &desk->acknowledged_seq},
        {BW_NUMBER_SENT, &desk->sent_seq},
        {BW_NUMBER_CHECK_WORDS, &desk->check_number},
        {BW_NUMBER_LAN, &desk->lan},
        {BW_NUMBER_LAN_MS, &desk->lan_ms},
        {BW_NUMBER_ROAD, &desk->road},
        {BW_NUMBER_ROAD_MS, &desk->road_ms},
        {BW_NUMBER_RESTORED, &restored},
        {BW_NUMBER_REFOLDED, &refolded},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        enum bw_status status =
            bw_store_get_number(desk->store, numbers[i].name, 0, numbers[i].value, err);
        if (status != BW_OK) {
            return status;
        }
    }
    *ret_roster_changed =
        revision != desk->roster_revision || roster_ms != desk->roster_ms;
    desk->roster_revision = revision;
    desk->roster_ms = roster_ms;
    desk->restored = restored != 0;
    desk->stale = desk->stale || refolded != desk->refolded; /* folded anew then */
    desk->refolded = refolded;
    return read_aside(desk, err);
}

static enum bw_status
fold_new(struct bw_desk *desk, struct bw_error *err)
{
    struct folding folding = {.desk = desk, .err = err};
    bw_presence_hold(desk->presence);
    enum bw_status status = bw_store_peer_events_since(
        desk->store, &desk->peer_after, on_event, &folding, err);
    if (status == BW_OK && folding.status == BW_OK) {
        status =
            bw_store_own_events(desk->store, desk->own_seq + 1, on_event, &folding, err);
    }
    return settle(&folding, status);
}

/* Keys, PIN and sessions; *ret_changed where a session came or went. */
static enum bw_status
read_settings(struct bw_desk *desk, bool *ret_changed, struct bw_error *err)
{
    const struct bw_enrolment *now = bw_store_enrolment(desk->store);
    int count = now->sessions_count;
    char before[BW_SESSIONS_OWN_MAX][BW_LABEL_BYTES];
    memcpy(before, now->sessions, sizeof before);
    enum bw_status status = bw_store_refresh(desk->store, err);
    *ret_changed =
        status == BW_OK && (count != now->sessions_count ||
                               memcmp(before, now->sessions, sizeof before) != 0);
    return status;
}

static enum bw_status
follow_writers(struct bw_desk *desk, struct bw_error *err)
{
    bool roster_changed = false;
    bool sessions_changed = false;
    enum bw_status status = read_settings(desk, &sessions_changed, err);
    if (status == BW_OK) {
        status = read_numbers(desk, &roster_changed, err);
    }
    if (status == BW_OK) {
        status = bw_desk_clock_follow(&desk->clock, desk->store, err);
    }
    if (status == BW_OK) {
        status = bw_desk_clock_gap_read(desk, err);
    }
    if (status == BW_OK) {
        status = bw_desk_peers_read(&desk->peers, desk->store, err);
    }
    if (status == BW_OK &&
        (roster_changed || sessions_changed || desk->stale || !desk->has_roster)) {
        status = bw_desk_reload(desk, err);
    }
    if (status == BW_OK && desk->has_roster) {
        status = fold_new(desk, err);
    }
    return status;
}

enum bw_status
bw_desk_follow(struct bw_desk *desk, struct bw_error *err)
{
    uint32_t version = 0;
    enum bw_status status = bw_store_version(desk->store, &version, err);
    if (status == BW_OK && (version != desk->version || desk->stale)) {
        status = follow_writers(desk, err);
        desk->stale = status != BW_OK; /* then all is read again, next time */
        desk->version = version;
    }
    if (status == BW_OK && bw_desk_session_is_due(desk)) {
        status = bw_desk_reload(desk, err);
    }
    return status;
}
