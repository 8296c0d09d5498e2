/* See fleet_help.h. */
#include "tests/sync/exchange/fleet_help.h"

#include "tests/sync/testing.h"

#include <stdlib.h>

int
fleet_setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    office_open(&world->office, 4, false);
    people_sign_up(&world->office, 6);
    kiosk_open(&world->kiosk, &world->office, "Balie", "S-1");
    *state = world;
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

uint32_t
fleet_lead_at(struct kiosk *kiosk)
{
    struct bw_command command;
    struct bw_answer answer;
    bw_command_init(&command, BW_COMMAND_COUNTS);
    command.operated_by = BW_OPERATOR_STAFF;
    fleet_ask(kiosk, &command, &answer);
    uint32_t lead = answer.ledger.lead;
    bw_answer_finish(&answer);
    return lead;
}
