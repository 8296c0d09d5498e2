/* See fleet_help.h. */
#include "tests/sync/exchange/fleet_help.h"

#include "tests/sync/testing.h"

#include <stdlib.h>

struct world *
fleet_open(const char *uri, const char *carrier, int places, int people)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    if (uri != NULL) {
        office_open_at(&world->office, uri, places, false);
    } else {
        office_open(&world->office, places, false);
    }
    world->office.carrier = carrier;
    people_sign_up(&world->office, people);
    kiosk_open(&world->kiosk, &world->office, "Balie", "S-1");
    return world;
}

int
fleet_setup(void **state)
{
    *state = fleet_open(NULL, NULL, 4, 6);
    return 0;
}

int
fleet_teardown(void **state)
{
    struct world *world = *state;
    kiosk_finish(&world->kiosk);
    kiosk_finish(&world->other);
    office_finish(&world->office);
    free(world);
    return 0;
}

enum bw_exit
fleet_run(struct kiosk *kiosk, const char *verb)
{
    return kiosk_run(kiosk, verb, "--clock", KIOSK_BEFORE, NULL);
}

void
fleet_done(struct kiosk *kiosk, const char *verb)
{
    if (fleet_run(kiosk, verb) != BW_EXIT_DONE) {
        fail_msg("%s: %s%s", verb, kiosk->out, kiosk->diag);
    }
}

void
fleet_arrive(struct world *world, int count)
{
    for (int i = 0; i < count; i++) {
        (void)kiosk_walk_in(&world->kiosk, "Piet", "Pieters");
        world->events++;
    }
}

bool
fleet_online(struct kiosk *kiosk)
{
    enum bw_exit result;
    json_t *answer = kiosk_json(kiosk, &result, "sync", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    const json_t *road = json_array_get(json_object_get(answer, "carriers"), 0);
    bool online = json_is_true(json_object_get(road, "online"));
    static const char *const said[] = {"why", "fault"};
    for (size_t i = 0; i < 2; i++) { /* null while it is there */
        const char *text = json_string_value(json_object_get(road, said[i]));
        assert_int_equal(text == NULL, online);
    }
    json_decref(answer);
    return online;
}

void
fleet_whole(struct office *office, int events)
{
    assert_int_equal(office_number(office, "SELECT count(*) FROM event"), events);
    assert_int_equal(office_number(office, "SELECT count(*) FROM quarantine"), 0);
    assert_int_equal(office_run(office, "verify", NULL), BW_EXIT_DONE);
}

enum bw_exit
fleet_merge(struct world *world)
{
    return office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL);
}

static bool
on_event(const struct bw_event *event, void *context)
{
    (void)event;
    ++*(int *)context;
    return true;
}

int
fleet_events_in(const struct kiosk *kiosk)
{
    int count = 0;
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_events(store, 1, on_event, &count, NULL), BW_OK);
    bw_store_close(store);
    return count;
}

int64_t
fleet_number_in(const struct kiosk *kiosk, const char *name)
{
    int64_t number = -1;
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_get_number(store, name, 0, &number, NULL), BW_OK);
    bw_store_close(store);
    return number;
}

int64_t
fleet_server_time(const struct kiosk *kiosk)
{
    int64_t server_ms = 0, mono_ms;
    bool same_boot;
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_server_time(
                         store, &kiosk->clock, &server_ms, &mono_ms, &same_boot, NULL),
        BW_OK);
    bw_store_close(store);
    return server_ms;
}

bool
fleet_peer_of(const struct kiosk *kiosk, struct bw_peer *ret_peer)
{
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_peers(store, peers, &count, NULL), BW_OK);
    bw_store_close(store);
    assert_true(count <= 1);
    if (count > 0) {
        *ret_peer = peers[0];
    }
    return count > 0;
}

void
fleet_ask(
    struct kiosk *kiosk, const struct bw_command *command, struct bw_answer *ret_answer)
{
    struct bw_error err;
    struct bw_desk *desk = NULL;
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_KIOSK);
    if (bw_desk_create(store, &kiosk->clock, NULL, &desk, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_desk_run(desk, command, ret_answer);
    bw_desk_destroy(desk);
}

struct bw_ledger
fleet_ledger_at(struct kiosk *kiosk)
{
    struct bw_command command;
    struct bw_answer answer;
    bw_command_init(&command, BW_COMMAND_COUNTS);
    command.operated_by = BW_OPERATOR_STAFF;
    fleet_ask(kiosk, &command, &answer);
    struct bw_ledger ledger = answer.ledger;
    bw_answer_finish(&answer);
    return ledger;
}

uint32_t
fleet_lead_at(struct kiosk *kiosk)
{
    return fleet_ledger_at(kiosk).lead;
}
