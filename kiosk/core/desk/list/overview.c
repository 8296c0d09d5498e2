/* What the screens show at rest: counts, and the overview. */
#include "core/desk/base/handler.h"
#include "core/desk/base/clock_gap.h"
#include "core/desk/base/release.h"
#include "core/desk/base/door_queue.h"
#include "core/desk/base/session.h"

#include <brugwachter/store_names.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

enum { NOBODY = 0, IDLE_MS = 2000 };

enum bw_status
bw_desk_on_counts(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    (void)desk;
    (void)command;
    (void)failure;
    bw_answer_init(answer, BW_ANSWER_COUNTS); /* the ledger comes with every answer */
    return BW_OK;
}

/* ---- overview ---- */

static int64_t
free_bytes(const struct bw_desk *desk)
{
    struct statvfs disk;
    if (statvfs(bw_store_path(desk->store), &disk) != 0) {
        return -1;
    }
    return (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

static void
tell_peers(const struct bw_desk *desk, struct bw_overview *overview)
{
    int capacity = (int)(sizeof overview->peers / sizeof overview->peers[0]);
    for (int i = 0; i < desk->peers.count && overview->peers_count < capacity; i++) {
        const struct bw_peer *peer = &desk->peers.items[i];
        if (bw_desk_peer_serves(desk, peer)) {
            struct bw_overview_peer *told = &overview->peers[overview->peers_count++];
            told->device = peer->device;
            int64_t heard_ms = bw_desk_peer_heard_ms(desk, peer);
            told->heard_ms = heard_ms > peer->heard_ms ? heard_ms : peer->heard_ms;
            memcpy(told->name, peer->name, sizeof told->name);
        }
    }
}

struct regions {
    const struct bw_session *session;
    struct bw_overview *overview;
};

static bool
on_region(const struct bw_session *session, void *context)
{
    struct regions *regions = context;
    struct bw_overview *overview = regions->overview;
    int capacity = (int)(sizeof overview->regions / sizeof overview->regions[0]);
    if (session->region[0] == '\0' ||
        strcmp(session->series, regions->session->series) != 0) {
        return true;
    }
    for (int i = 0; i < overview->regions_count; i++) {
        if (strcmp(overview->regions[i], session->region) == 0) {
            return true;
        }
    }
    memcpy(overview->regions[overview->regions_count++], session->region,
        sizeof overview->regions[0]);
    return overview->regions_count < capacity;
}

/* The lowest rank of somebody who stands here, when there is a place to give. */
static int
next_position(const struct bw_desk *desk, const struct bw_ledger *ledger)
{
    if (ledger->free <= 0 || ledger->lead != 0) {
        return 0;
    }
    const struct waitlist *list = &desk->ledger.waitlist;
    if (list->seen_count > 0) {
        return bw_waitlist_rank(list, bw_waitlist_first_seen(list));
    }
    return bw_desk_queue(desk, NULL, NOBODY) > 0 ? list->still_count + 1 : 0;
}

static int
attended(const struct bw_desk *desk)
{
    int count = 0;
    for (size_t i = 0; i < bw_presence_size(desk->presence); i++) {
        count += bw_presence_at(desk->presence, i)->stays;
    }
    return count;
}

static enum bw_status
tell_session(struct bw_desk *desk, struct bw_overview *overview, struct bw_error *err)
{
    overview->session = desk->session;
    bw_desk_sum(desk, &overview->ledger);
    overview->ledger.queued = bw_desk_queue(desk, NULL, NOBODY);
    overview->day_ms = bw_zone_day_start(desk->zone, desk->session.starts_ms);
    overview->doors_ms = bw_desk_session_doors_ms(&desk->session);
    overview->release_ms = bw_desk_session_release_ms(&desk->session);
    overview->present_waiting =
        desk->ledger.waitlist.seen_count + overview->ledger.queued;
    overview->attended = attended(desk);
    overview->next_position = next_position(desk, &overview->ledger);
    tell_peers(desk, overview);
    struct regions regions = {.session = &desk->session, .overview = overview};
    return bw_store_sessions(desk->store, on_region, &regions, err);
}

/* The overview is the desk's tick: a moment without people is the time to tidy up. */
static void
rest(struct bw_desk *desk)
{
    if (desk->is_dirty &&
        bw_desk_clock_mono_ms(&desk->clock) - desk->appended_mono_ms >= IDLE_MS) {
        bw_store_idle(desk->store);
        desk->is_dirty = false;
    }
}

static bool
on_unsent(const struct bw_event *event, void *context)
{
    struct desk_unsent *unsent = context;
    if (event->kind == BW_EVENT_ARRIVED && unsent->check_ins++ == 0) {
        unsent->since_ms = event->flags & BW_EVENT_CLOCK_SUSPECT ? 0 : event->wall_ms;
    }
    unsent->to = event->id.seq + 1;
    return true;
}

/* Only what is new is read: a kiosk may be offline for days,
 * and is asked every second. */
static enum bw_status
tell_unsent(struct bw_desk *desk, const struct bw_head *head,
    struct bw_overview *overview, struct bw_error *err)
{
    int64_t safe =
        desk->sent_seq > desk->acknowledged_seq ? desk->sent_seq : desk->acknowledged_seq;
    uint64_t from = (uint64_t)safe + 1;
    overview->unsent = head->seq >= from ? head->seq + 1 - from : 0;
    if (desk->unsent.from != from) {
        desk->unsent = (struct desk_unsent){.from = from, .to = from};
    }
    enum bw_status status = BW_OK;
    if (desk->unsent.to <= head->seq) {
        status = bw_store_own_events(
            desk->store, desk->unsent.to, on_unsent, &desk->unsent, err);
    }
    overview->unsent_check_ins = desk->unsent.check_ins;
    overview->unsent_since_ms = desk->unsent.since_ms;
    return status;
}

/* For hellos. A store that can't be written to is told of elsewhere. */
static void
camera_note(struct bw_desk *desk, enum bw_camera_seen seen)
{
    struct bw_error ignored;
    if (seen != BW_CAMERA_UNKNOWN && seen != desk->camera_seen &&
        bw_store_set_number(desk->store, BW_NUMBER_CAMERA_SEEN, seen, &ignored) ==
            BW_OK) {
        desk->camera_seen = seen;
    }
}

/* What nobody says any more, or nobody can have said, isn't known: 0. */
static int64_t
state_said(const struct bw_desk *desk, int64_t state, int64_t said_ms, int64_t within_ms,
    int64_t most)
{
    int64_t since_ms = bw_desk_clock_now_ms(&desk->clock) - said_ms;
    bool known = since_ms >= -within_ms && since_ms <= within_ms;
    return known && state > 0 && state <= most ? state : 0;
}

static void
tell_roads(const struct bw_desk *desk, struct bw_overview *overview)
{
    overview->lan = (enum bw_lan_state)state_said(
        desk, desk->lan, desk->lan_ms, BW_LAN_STATE_MS, BW_LAN_BLOCKED);
    overview->road = (enum bw_road_state)state_said(
        desk, desk->road, desk->road_ms, BW_ROAD_STATE_MS, BW_ROAD_PLACE);
}

static void
tell_names(const struct bw_desk *desk, struct bw_overview *overview)
{
    enum bw_names names = BW_NAMES_CLEAR;
    if (bw_store_names(desk->store, &names, NULL) == BW_OK) {
        overview->names_locked = names == BW_NAMES_LOCKED;
        overview->names_card =
            names == BW_NAMES_LOCKED && bw_store_names_has_card(desk->store);
        overview->names_stale =
            names == BW_NAMES_OPEN && bw_desk_today_ms(desk) > desk->names_day_ms;
    }
}

/* What the enrolment says of this kiosk. */
static void
tell_enrolment(const struct bw_desk *desk, struct bw_overview *overview)
{
    const struct bw_enrolment *enrolment = bw_store_enrolment(desk->store);
    overview->device = enrolment->device;
    memcpy(overview->device_name, enrolment->name, sizeof overview->device_name);
    memcpy(overview->organiser, enrolment->organiser, sizeof overview->organiser);
    memcpy(overview->contact_phone, enrolment->contact_phone,
        sizeof overview->contact_phone);
    overview->has_pin = enrolment->pin_hash[0] != '\0';
    tell_names(desk, overview);
    overview->own_sessions = enrolment->sessions_count;
}

enum bw_status
bw_desk_on_overview(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    camera_note(desk, command->camera_seen);
    struct bw_overview *overview = calloc(1, sizeof *overview);
    if (overview == NULL) {
        return bw_error_set(&failure->error, BW_NO_MEMORY, 0,
            "Saying how things stand failed: this kiosk has too little memory. Close "
            "other programs, then try again.");
    }
    struct bw_head head = {0};
    bw_answer_init(answer, BW_ANSWER_OVERVIEW);
    answer->overview = overview;
    rest(desk);
    enum bw_status status = bw_store_head(desk->store, &head, &failure->error);
    if (status != BW_OK) {
        return status;
    }
    overview->has_roster = desk->has_roster;
    tell_enrolment(desk, overview);
    overview->roster_ms = desk->roster_ms;
    overview->contact_ms = desk->contact_ms;
    overview->events = head.seq;
    overview->clock_suspect = bw_desk_clock_is_suspect(&desk->clock, desk->store);
    overview->clock_ahead_ms = bw_desk_clock_gap_ms(desk, &overview->clock_ahead_of);
    overview->restored = desk->restored;
    memcpy(overview->aside, desk->aside, sizeof overview->aside);
    if (desk->check_number != 0) {
        bw_check_words_say((uint32_t)desk->check_number, overview->check_words);
    }
    overview->free_bytes = free_bytes(desk);
    tell_roads(desk, overview);
    status = tell_unsent(desk, &head, overview, &failure->error);
    return status == BW_OK && desk->has_roster
               ? tell_session(desk, overview, &failure->error)
               : status;
}
