/* Other kiosks' events in this kiosk's store: kept as they are, folded, followed; and a
 * store that was restored. */
#include "tests/core/store/help.h"

#include <brugwachter/store_letter.h>
#include <stdlib.h>
#include <string.h>

static bool
collect(const struct bw_event *event, void *context)
{
    struct bw_event **at = context;
    *(*at)++ = *event;
    return true;
}

static void
peer_events_are_kept_once_and_handed_on_as_they_came(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_event read[16];
    struct bw_event *end = read;
    char path[HELP_PATH_BYTES];
    help_path("peers", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_append(store, 1, 2);
    int64_t after = 0;
    for (int twice = 0; twice < 2; twice++) {
        for (uint64_t seq = 3; seq > 0; seq--) {
            struct bw_event event =
                help_peer_event(9, seq, HELP_WALL_MS - 100000 + (int64_t)seq);
            help_ok(bw_store_put_peer_event(store, &event, NULL, &err), &err);
        }
        end = read;
        help_ok(bw_store_peer_events_since(store, &after, collect, &end, &err), &err);
        assert_int_equal(end - read, twice == 0 ? 3 : 0);
    }
    struct bw_event elsewhere = help_peer_event(9, 4, HELP_WALL_MS);
    elsewhere.session_no = HELP_SESSION + 1;
    bw_event_hash(&elsewhere, elsewhere.hash);
    help_ok(bw_store_put_peer_event(store, &elsewhere, NULL, &err), &err);
    end = read;
    help_ok(bw_store_events(store, HELP_SESSION, collect, &end, &err), &err);
    assert_int_equal(end - read, 5);
    for (int i = 1; i < 5; i++) {
        assert_true(bw_event_compare(&read[i - 1], &read[i]) < 0);
    }
    end = read;
    help_ok(bw_store_events(store, 0, collect, &end, &err), &err);
    assert_int_equal(end - read, 6);
    help_verify(store, 2);
    bw_store_close(store);
}

static void
peer_event_that_was_altered_is_refused(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    help_path("altered", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_event event = help_peer_event(9, 1, HELP_WALL_MS);
    event.code++;
    assert_int_equal(bw_store_put_peer_event(store, &event, NULL, &err), BW_BAD_INPUT);
    struct bw_event_details details = {.person.name = "Jansen"};
    event = help_peer_event(9, 1, HELP_WALL_MS);
    bw_details_commit(&details, event.commitment);
    bw_event_hash(&event, event.hash);
    struct bw_event_details other = {.person.name = "Janssen"};
    assert_int_equal(bw_store_put_peer_event(store, &event, &other, &err), BW_BAD_INPUT);
    help_ok(bw_store_put_peer_event(store, &event, &details, &err), &err);
    help_ok(bw_store_details(store, event.id, &other, &err), &err);
    assert_string_equal(other.person.name, "Jansen");
    bw_store_close(store);
}

static void
fork_of_a_peer_is_kept_both_ways(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_event read[4];
    struct bw_event *end = read;
    char path[HELP_PATH_BYTES];
    help_path("peerfork", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_event one = help_peer_event(9, 1, HELP_WALL_MS);
    struct bw_event two = help_peer_event(9, 1, HELP_WALL_MS + 1);
    help_ok(bw_store_put_peer_event(store, &one, NULL, &err), &err);
    help_ok(bw_store_put_peer_event(store, &two, NULL, &err), &err);
    help_ok(bw_store_events(store, HELP_SESSION, collect, &end, &err), &err);
    assert_int_equal(end - read, 2);
    help_verify(store, 0);
    bw_store_close(store);
}

static void
own_stamp_follows_peers_but_not_far_ahead(void **state)
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("stamps", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    struct bw_event near = help_peer_event(9, 1, HELP_WALL_MS + 60000);
    struct bw_event far = help_peer_event(9, 2, HELP_WALL_MS + 3600000);
    struct bw_event event = help_arrived(1);
    help_ok(bw_store_put_peer_event(store, &near, NULL, &err), &err);
    help_ok(bw_store_append(store, &clock.clock, &event, NULL, &err), &err);
    assert_true(event.hlc > near.hlc);
    assert_int_equal(event.flags & BW_EVENT_STAMP_AHEAD, 0);
    help_ok(bw_store_put_peer_event(store, &far, NULL, &err), &err);
    event = help_arrived(2);
    help_ok(bw_store_append(store, &clock.clock, &event, NULL, &err), &err);
    assert_true(event.hlc < far.hlc);
    assert_int_equal(event.flags & BW_EVENT_STAMP_AHEAD, BW_EVENT_STAMP_AHEAD);
    event = help_arrived(3);
    help_ok(bw_store_append(store, &clock.clock, &event, NULL, &err), &err);
    assert_int_equal(event.flags & BW_EVENT_STAMP_AHEAD, 0);
    bw_store_close(store);
}

static void
copy_file(const char *from, const char *to)
{
    char command[3 * HELP_PATH_BYTES];
    (void)snprintf(command, sizeof command, "cp %s %s", from, to);
    assert_int_equal(system(command), 0);
}

static void
restored_copy_keeps_its_chain_and_stops_when_it_learns(void **state)
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    struct bw_event read[8];
    struct bw_event *end = read;
    struct bw_verification result;
    int64_t restored = 0;
    char path[HELP_PATH_BYTES];
    char copy[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("original", path);
    help_path("copy", copy);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_append(store, 1, 2);
    bw_store_close(store);
    copy_file(path, copy);
    store = help_open(path, BW_STORE_KIOSK);
    help_append(store, 10, 3);
    help_verify(store, 5);
    help_ok(bw_store_own_events(store, 1, collect, &end, &err), &err);
    bw_store_close(store);

    store = help_open(copy, BW_STORE_KIOSK);
    help_append(store, 20, 1); /* it can't know yet: E1 still holds in each */
    help_verify(store, 3);
    for (struct bw_event *event = read; event < end; event++) {
        /* by anybody's word it is kept; by one that our own key signed it is believed */
        help_ok(bw_store_put_peer_event(store, event, NULL, &err), &err);
    }
    help_ok(bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, &err), &err);
    assert_int_equal(restored, 0);
    for (struct bw_event *event = read; event < end; event++) {
        help_ok(bw_store_note_own_event(store, event, &err), &err);
        help_ok(bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, &err), &err);
        assert_int_equal(restored, event->id.seq > 2);
    }
    struct bw_event more = help_arrived(30);
    help_refused(
        bw_store_append(store, &clock.clock, &more, NULL, &err), BW_REFUSED, &err, copy);
    help_ok(bw_store_verify(store, &result, &err), &err);
    assert_int_equal(result.chain, BW_CHAIN_FORKED);
    assert_int_equal(result.events, 3);
    assert_string_equal(bw_chain_state_name(result.chain), "forked");
    end = read;
    help_ok(bw_store_events(store, HELP_SESSION, collect, &end, &err), &err);
    assert_int_equal(end - read, 6); /* what happened there is known here now */
    bw_store_close(store);
}

/* The first byte of what the session's kiosks make their key on the local network of; 0:
 * nothing. */
static uint8_t
lan_key(struct bw_store *store)
{
    struct bw_error err;
    uint8_t key[BW_DETAILS_KEY_BYTES] = {0};
    bool found = false;
    help_ok(bw_store_lan_key(store, HELP_SESSION, key, &found, &err), &err);
    for (uint8_t first = 1; found && first < 10; first++) {
        uint8_t brought[BW_DETAILS_KEY_BYTES] = {first}, made[BW_DETAILS_KEY_BYTES];
        bw_details_lan_key(brought, HELP_SESSION, made);
        if (memcmp(made, key, sizeof made) == 0) {
            return first;
        }
    }
    assert_false(found);
    return 0;
}

static void
letter_bring(struct bw_store *store, uint8_t lan_first)
{
    static const uint8_t details[BW_DETAILS_KEY_BYTES] = {9};
    uint8_t key[BW_DETAILS_KEY_BYTES] = {lan_first};
    struct bw_error err;
    help_letter_begin(store, HELP_SESSION, true);
    help_ok(bw_store_put_details_key(store, details, &err), &err);
    help_ok(bw_store_put_lan_key(store, key, &err), &err);
    help_letter_commit(store);
}

static void
key_on_the_local_network_is_the_last_letters_and_else_of_the_details(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    help_path("lan", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    assert_int_equal(lan_key(store), 0);
    letter_bring(store, 0);
    assert_int_equal(lan_key(store), 9);
    letter_bring(store, 8);
    assert_int_equal(lan_key(store), 8);
    letter_bring(store, 0);
    assert_int_equal(lan_key(store), 9);
    bw_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(peer_events_are_kept_once_and_handed_on_as_they_came),
        cmocka_unit_test(peer_event_that_was_altered_is_refused),
        cmocka_unit_test(fork_of_a_peer_is_kept_both_ways),
        cmocka_unit_test(own_stamp_follows_peers_but_not_far_ahead),
        cmocka_unit_test(
            key_on_the_local_network_is_the_last_letters_and_else_of_the_details),
        cmocka_unit_test(restored_copy_keeps_its_chain_and_stops_when_it_learns),
    };
    return cmocka_run_group_tests_name("store_peer", tests, help_setup, help_teardown);
}
