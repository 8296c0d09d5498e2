/* Two kiosks' exchanges by the local network alone: what one appended the other has, and
 * what that doesn't mean. */
#include "exchange/carrier/lan/lan.h"

#include "exchange/kiosk/kiosk.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <brugwachter/store_letter.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TURNS_MOST = 2000, TURN_MS = 100 };

struct world {
    struct office office;
    struct kiosk kiosks[2];
    struct bw_lan *lans[2];
};

/* Both introduced, and each on the other's roster. */
static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    office_open(&world->office, 3, false);
    people_sign_up(&world->office, 2);
    kiosk_open(&world->kiosks[0], &world->office, "Balie", "S-1");
    kiosk_open(&world->kiosks[1], &world->office, "Zij", "S-1");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            kiosk_run(&world->kiosks[i], "sync", "--clock", KIOSK_BEFORE, NULL),
            BW_EXIT_DONE);
    }
    assert_int_equal(
        office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            kiosk_run(&world->kiosks[i], "pull", "--clock", KIOSK_BEFORE, NULL),
            BW_EXIT_DONE);
    }
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < 2; i++) {
        char folder[600];
        (void)snprintf(folder, sizeof folder, "%s.lan", world->kiosks[i].path);
        bw_lan_stop(world->lans[i]);
        folder_remove(folder);
        kiosk_finish(&world->kiosks[i]);
    }
    office_finish(&world->office);
    free(world);
    return 0;
}

static void
exchange_open(struct kiosk *kiosk, struct bw_kiosk_exchange *ret_exchange)
{
    assert_int_equal(
        bw_kiosk_exchange_open(kiosk->path, &kiosk->clock, NULL, ret_exchange, NULL),
        BW_OK);
}

/* `port` 0: it knows no other. */
static void
lan_start(struct world *world, int i, int port)
{
    char folder[600], peers[32] = "";
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_lan_facts facts;
    struct bw_lan_options options = {
        .folder = folder, .device = world->kiosks[i].device, .peers = peers};
    (void)snprintf(folder, sizeof folder, "%s.lan", world->kiosks[i].path);
    if (port > 0) {
        (void)snprintf(peers, sizeof peers, "127.0.0.1:%d", port);
    }
    exchange_open(&world->kiosks[i], &exchange);
    assert_int_equal(bw_kiosk_lan_facts(&exchange, &facts, NULL), BW_OK);
    bw_kiosk_exchange_close(&exchange);
    assert_int_equal(facts.others, 1);
    assert_int_equal(facts.keys_count, 1);
    assert_int_equal(bw_lan_start(&options, &world->lans[i], NULL), BW_OK);
    bw_lan_keys(world->lans[i], (const uint8_t(*)[BW_LAN_KEY_BYTES])facts.keys, 1);
}

static void
exchange_once(struct world *world, int i)
{
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_pushed pushed;
    struct bw_kiosk_pulled pulled;
    exchange_open(&world->kiosks[i], &exchange);
    bw_kiosk_exchange_by_lan(&exchange, world->lans[i]);
    bw_kiosk_exchange_reach(&exchange, 1);
    assert_int_equal(bw_kiosk_push(&exchange, &pushed, NULL), BW_OK);
    assert_int_equal(bw_kiosk_pull(&exchange, &pulled, NULL), BW_OK);
    assert_int_equal(pulled.refused, 0);
    bw_kiosk_exchange_close(&exchange);
}

static bool
on_peer_event(const struct bw_event *event, void *context)
{
    (void)event;
    ++*(int *)context;
    return true;
}

static int
peer_events(struct world *world, int i)
{
    struct bw_store *store = kiosk_store(&world->kiosks[i], BW_STORE_SYNC);
    int64_t after = 0;
    int count = 0;
    assert_int_equal(
        bw_store_peer_events_since(store, &after, on_peer_event, &count, NULL), BW_OK);
    bw_store_close(store);
    return count;
}

static int64_t
number_of(struct world *world, int i, const char *name)
{
    struct bw_store *store = kiosk_store(&world->kiosks[i], BW_STORE_SYNC);
    int64_t value = 0;
    assert_int_equal(bw_store_get_number(store, name, -1, &value, NULL), BW_OK);
    bw_store_close(store);
    return value;
}

static void
what_one_appended_the_other_has_and_nobody_takes_it_for_sent(void **state)
{
    struct world *world = *state;
    int64_t contact_ms = number_of(world, 0, BW_NUMBER_CONTACT_MS);
    (void)kiosk_arrived(&world->kiosks[0], people_code(&world->office, 0));
    lan_start(world, 0, 0);
    lan_start(world, 1, bw_lan_port(world->lans[0]));
    exchange_once(world, 0);
    for (int turn = 0; peer_events(world, 1) == 0; turn++) {
        struct pollfd bell = {.fd = bw_lan_fd(world->lans[1]), .events = POLLIN};
        assert_true(turn < TURNS_MOST);
        (void)poll(&bell, 1, TURN_MS);
        (void)bw_lan_heard(world->lans[1]);
        exchange_once(world, 1);
    }
    assert_int_equal(peer_events(world, 1), 1);
    assert_int_equal(number_of(world, 0, BW_NUMBER_SENT), 0);
    assert_int_equal(number_of(world, 0, BW_NUMBER_CONTACT_MS), contact_ms);
    assert_int_equal(kiosk_run(&world->kiosks[0], "push", "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(number_of(world, 0, BW_NUMBER_SENT), 1); /* to the office, it is */
}

static void
how_it_stands_is_kept_and_not_written_again_at_once(void **state)
{
    struct world *world = *state;
    struct bw_kiosk_exchange exchange;
    struct kiosk *kiosk = &world->kiosks[0];
    exchange_open(kiosk, &exchange);
    assert_int_equal(bw_kiosk_lan_keep(&exchange, BW_LAN_ALL, NULL), BW_OK);
    int64_t kept_ms = kiosk->wall_ms;
    kiosk->wall_ms += 5000;
    assert_int_equal(bw_kiosk_lan_keep(&exchange, BW_LAN_ALL, NULL), BW_OK);
    assert_int_equal(number_of(world, 0, BW_NUMBER_LAN_MS), kept_ms);
    assert_int_equal(bw_kiosk_lan_keep(&exchange, BW_LAN_LOST, NULL), BW_OK);
    assert_int_equal(number_of(world, 0, BW_NUMBER_LAN), BW_LAN_LOST);
    assert_int_equal(number_of(world, 0, BW_NUMBER_LAN_MS), kiosk->wall_ms);
    kiosk->wall_ms += 30000;
    assert_int_equal(bw_kiosk_lan_keep(&exchange, BW_LAN_LOST, NULL), BW_OK);
    assert_int_equal(number_of(world, 0, BW_NUMBER_LAN_MS), kiosk->wall_ms);
    bw_kiosk_exchange_close(&exchange);
}

/* The one key that a kiosk has here. */
static void
key_of(struct kiosk *kiosk, uint8_t ret_key[BW_LAN_KEY_BYTES])
{
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_lan_facts facts;
    exchange_open(kiosk, &exchange);
    assert_int_equal(bw_kiosk_lan_facts(&exchange, &facts, NULL), BW_OK);
    bw_kiosk_exchange_close(&exchange);
    assert_int_equal(facts.keys_count, 1);
    memcpy(ret_key, facts.keys[0], BW_LAN_KEY_BYTES);
}

static bool
same_keys(struct kiosk *one, struct kiosk *other)
{
    uint8_t first[BW_LAN_KEY_BYTES], second[BW_LAN_KEY_BYTES];
    key_of(one, first);
    key_of(other, second);
    return memcmp(first, second, sizeof first) == 0;
}

static void
exchanged(struct kiosk *kiosk)
{
    assert_int_equal(
        kiosk_run(kiosk, "sync", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(kiosk->office, "merge", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
}

static void
revoke(struct office *office, const struct kiosk *kiosk, enum bw_exit want)
{
    char number[16];
    (void)snprintf(number, sizeof number, "%u", kiosk->device);
    enum bw_exit went = office_run(
        office, "revoke", number, "--why", "gestolen", "--clock", KIOSK_BEFORE, NULL);
    if (went != want) {
        fail_msg("%d: %s%s", (int)went, office->out, office->diag);
    }
}

/* What it can't open it answers 404: carrier/lan/lan. */
static void
a_kiosk_that_is_revoked_has_a_key_that_the_others_leave(void **state)
{
    struct world *world = *state;
    struct kiosk *here = world->kiosks, stolen, second;
    kiosk_open(&stolen, &world->office, "Weg", "S-1");
    kiosk_open(&second, &world->office, "Ook weg", "S-1");
    assert_true(same_keys(&here[0], &stolen) && same_keys(&here[0], &here[1]));
    revoke(&world->office, &stolen, BW_EXIT_DONE);
    exchanged(&here[0]);
    assert_false(same_keys(&here[0], &stolen));
    assert_false(same_keys(&here[0], &here[1])); /* until its roster comes, too */
    exchanged(&here[1]);
    exchanged(&second);
    assert_true(same_keys(&here[0], &here[1]) && same_keys(&here[0], &second));
    assert_int_equal(
        kiosk_run(&stolen, "sync", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    assert_false(same_keys(&here[0], &stolen));
    revoke(&world->office, &second, BW_EXIT_LOOK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            kiosk_run(&here[i], "sync", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    }
    assert_true(same_keys(&here[0], &here[1]));
    assert_false(same_keys(&here[0], &second) || same_keys(&here[0], &stolen));
    kiosk_finish(&second);
    kiosk_finish(&stolen);
}

static void
each_fault_of_a_road_is_a_state_for_staff(void **state)
{
    static const struct {
        const char *uri, *fault;
        enum bw_road_state state;
    } samples[] = {
        {"webdavs://h/x", "network", BW_ROAD_NETWORK},
        {"webdavs://h/x", "access", BW_ROAD_ACCESS},
        {"webdavs://h/x", "trust", BW_ROAD_TRUST},
        {"webdavs://h/x", "full", BW_ROAD_FULL},
        {"webdavs://h/x", "place", BW_ROAD_PLACE},
        {"s3://b/x", "place", BW_ROAD_PLACE},
        {"folder:/x", "place", BW_ROAD_UNKNOWN}, /* it goes by stick */
        {"folder:/x", "full", BW_ROAD_FULL},
        {"folder:/x", NULL, BW_ROAD_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct bw_kiosk_road road = {.fault = samples[i].fault};
        (void)snprintf(road.uri, sizeof road.uri, "%s", samples[i].uri);
        assert_int_equal(bw_kiosk_road_failed(&road), samples[i].state);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_one_appended_the_other_has_and_nobody_takes_it_for_sent, setup,
            teardown),
        cmocka_unit_test_setup_teardown(
            a_kiosk_that_is_revoked_has_a_key_that_the_others_leave, setup, teardown),
        cmocka_unit_test(each_fault_of_a_road_is_a_state_for_staff),
        cmocka_unit_test_setup_teardown(
            how_it_stands_is_kept_and_not_written_again_at_once, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
