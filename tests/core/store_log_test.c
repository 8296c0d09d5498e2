/* The log: E1 and E2, durable, never changed; other kiosks' events; forgetting; proof. */
#include "store_help.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool
collect(const struct bw_event *event, void *context)
{
    struct bw_event **at = context;
    *(*at)++ = *event;
    return true;
}

static bool
stop_at_once(const struct bw_event *event, void *context)
{
    (void)event;
    ++*(int *)context;
    return false;
}

static void
events_are_numbered_linked_and_read_back(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_event read[8];
    struct bw_event *end = read;
    struct bw_head head;
    char path[HELP_PATH_BYTES];
    help_path("log", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_ok(bw_store_head(store, &head, &err), &err);
    assert_int_equal(head.seq, 0);
    assert_memory_equal(head.hash, bw_store_id(store), BW_HASH_BYTES);
    help_append(store, 100, 5);
    help_ok(bw_store_own_events(store, 1, collect, &end, &err), &err);
    assert_int_equal(end - read, 5);
    assert_memory_equal(read[0].prev, bw_store_id(store), BW_HASH_BYTES);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(read[i].id.device, HELP_DEVICE);
        assert_int_equal(read[i].id.seq, i + 1);
        assert_int_equal(read[i].code, 100 + i);
        if (i > 0) {
            assert_memory_equal(read[i].prev, read[i - 1].hash, BW_HASH_BYTES);
            assert_true(read[i].hlc > read[i - 1].hlc); /* one wall time for all: E4 */
        }
    }
    help_ok(bw_store_head(store, &head, &err), &err);
    assert_int_equal(head.seq, 5);
    assert_memory_equal(head.hash, read[4].hash, BW_HASH_BYTES);
    assert_int_equal(head.hlc, read[4].hlc);
    assert_int_equal(head.wall_ms, HELP_WALL_MS);
    end = read;
    help_ok(bw_store_own_events(store, 4, collect, &end, &err), &err);
    assert_int_equal(end - read, 2);
    int calls = 0;
    help_ok(bw_store_own_events(store, 1, stop_at_once, &calls, &err), &err);
    assert_int_equal(calls, 1);
    help_verify(store, 5);
    bw_store_close(store);
}

static void
event_is_completed_by_the_clock_it_was_given(void **state)
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("clock", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    clock.clock.injected = true;
    struct bw_event event = help_arrived(1);
    event.flags = BW_EVENT_UNLISTED;
    help_ok(bw_store_append(store, &clock.clock, &event, NULL, &err), &err);
    assert_int_equal(event.flags, BW_EVENT_UNLISTED | BW_EVENT_CLOCK_INJECTED);
    assert_int_equal(event.mono_ms, 5000);
    assert_int_equal(event.boot_id[2], 3);
    clock.wall_ms = INT64_MIN; /* a battery that died */
    event = help_arrived(2);
    help_ok(bw_store_append(store, &clock.clock, &event, NULL, &err), &err);
    assert_int_equal(event.wall_ms, 0);
    assert_int_equal(event.hlc >> 16, HELP_WALL_MS);
    clock.wall_ms = INT64_MAX;
    event = help_arrived(3);
    help_ok(bw_store_append(store, &clock.clock, &event, NULL, &err), &err);
    help_verify(store, 3);
    bw_store_close(store);
}

static void
event_that_others_could_not_read_is_not_written(void **state)
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("bad", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    struct bw_event event = help_arrived(UINT64_C(1) << 40);
    struct bw_event before = event;
    assert_int_equal(
        bw_store_append(store, &clock.clock, &event, NULL, &err), BW_BAD_INPUT);
    assert_memory_equal(&event, &before, sizeof event);
    struct bw_event_details details = { .name = "A\x1b[2J" };
    event = help_arrived(BW_CODE_NONE);
    assert_int_equal(
        bw_store_append(store, &clock.clock, &event, &details, &err), BW_BAD_INPUT);
    help_verify(store, 0);
    help_append(store, 1, 1);
    help_verify(store, 1);
    bw_store_close(store);
}

static void
details_stand_beside_the_chain_and_can_be_forgotten(void **state)
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    struct bw_verification result;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("details", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    struct bw_session session = help_session(HELP_SESSION, "GRO-2025-03-18");
    help_ok(bw_store_update_begin(store, true, &err), &err);
    help_ok(bw_store_put_session(store, &session, &err), &err);
    help_ok(bw_store_update_commit(store, 1, 1, &err), &err);
    struct bw_event event = help_arrived(BW_CODE_NONE);
    struct bw_event_details details = { .first_name = "  Anouk ", .name = "Xq7zwervel" };
    struct bw_event_details read;
    help_ok(bw_store_append(store, &clock.clock, &event, &details, &err), &err);
    assert_true(bw_event_has_details(&event));
    help_ok(bw_store_details(store, event.id, &read, &err), &err);
    assert_string_equal(read.first_name, "Anouk");
    assert_memory_equal(read.salt, details.salt, BW_SALT_BYTES);
    help_append(store, 1, 1);
    assert_int_equal(
        bw_store_details(store, (struct bw_event_id) { HELP_DEVICE, 2 }, &read, &err),
        BW_NOT_FOUND);
    char command[2 * HELP_PATH_BYTES];
    (void)snprintf(command, sizeof command, "grep -qs Xq7zwervel %s*", path);
    assert_int_equal(system(command), 0);
    help_ok(bw_store_forget(store, session.ends_ms, &err), &err); /* not ended before */
    help_ok(bw_store_details(store, event.id, &read, &err), &err);
    help_ok(bw_store_forget(store, session.ends_ms + 1, &err), &err);
    assert_int_equal(bw_store_details(store, event.id, &read, &err), BW_NOT_FOUND);
    help_ok(bw_store_verify(store, &result, &err), &err);
    assert_int_equal(result.chain, BW_CHAIN_OK);
    assert_int_equal(result.forgotten, 1);
    bw_store_close(store);
    (void)snprintf(command, sizeof command, "! grep -qs Xq7zwervel %s*", path);
    assert_int_equal(system(command), 0);
}

static void
details_without_a_known_session_go_by_their_own_time(void **state)
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("orphan", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    struct bw_event event = help_arrived(BW_CODE_NONE);
    struct bw_event_details details = { .name = "Jansen" };
    struct bw_event_details read;
    help_ok(bw_store_append(store, &clock.clock, &event, &details, &err), &err);
    help_ok(bw_store_forget(store, HELP_WALL_MS, &err), &err);
    help_ok(bw_store_details(store, event.id, &read, &err), &err);
    help_ok(bw_store_forget(store, HELP_WALL_MS + 1, &err), &err);
    assert_int_equal(bw_store_details(store, event.id, &read, &err), BW_NOT_FOUND);
    bw_store_close(store);
}

/* ---- other kiosks ---- */

static struct bw_event
peer_event(uint32_t device, uint64_t seq, int64_t wall_ms)
{
    struct bw_event event = help_arrived(200 + seq);
    event.id = (struct bw_event_id) { device, seq };
    event.wall_ms = wall_ms;
    event.hlc = (uint64_t)wall_ms << 16;
    bw_event_hash(&event, event.hash);
    return event;
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
                peer_event(9, seq, HELP_WALL_MS - 100000 + (int64_t)seq);
            help_ok(bw_store_put_peer_event(store, &event, NULL, &err), &err);
        }
        end = read;
        help_ok(bw_store_peer_events_since(store, &after, collect, &end, &err), &err);
        assert_int_equal(end - read, twice == 0 ? 3 : 0);
    }
    struct bw_event elsewhere = peer_event(9, 4, HELP_WALL_MS);
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
    struct bw_event event = peer_event(9, 1, HELP_WALL_MS);
    event.code++;
    assert_int_equal(bw_store_put_peer_event(store, &event, NULL, &err), BW_BAD_INPUT);
    struct bw_event_details details = { .name = "Jansen" };
    event = peer_event(9, 1, HELP_WALL_MS);
    bw_details_commit(&details, event.commitment);
    bw_event_hash(&event, event.hash);
    struct bw_event_details other = { .name = "Janssen" };
    assert_int_equal(bw_store_put_peer_event(store, &event, &other, &err), BW_BAD_INPUT);
    help_ok(bw_store_put_peer_event(store, &event, &details, &err), &err);
    help_ok(bw_store_details(store, event.id, &other, &err), &err);
    assert_string_equal(other.name, "Jansen");
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
    struct bw_event one = peer_event(9, 1, HELP_WALL_MS);
    struct bw_event two = peer_event(9, 1, HELP_WALL_MS + 1);
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
    struct bw_event near = peer_event(9, 1, HELP_WALL_MS + 60000);
    struct bw_event far = peer_event(9, 2, HELP_WALL_MS + 3600000);
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
        help_ok(bw_store_put_peer_event(store, event, NULL, &err), &err);
        help_ok(bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, &err), &err);
        assert_int_equal(restored, event->id.seq > 2);
    }
    struct bw_event more = help_arrived(30);
    help_refused(bw_store_append(store, &clock.clock, &more, NULL, &err), BW_REFUSED,
        &err, copy);
    help_ok(bw_store_verify(store, &result, &err), &err);
    assert_int_equal(result.chain, BW_CHAIN_FORKED);
    assert_int_equal(result.events, 3);
    assert_string_equal(bw_chain_state_name(result.chain), "forked");
    end = read;
    help_ok(bw_store_events(store, HELP_SESSION, collect, &end, &err), &err);
    assert_int_equal(end - read, 6); /* what happened there is known here now */
    bw_store_close(store);
}

/* ---- proof ---- */

static void
log_cannot_be_changed_even_by_sql(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    char command[3 * HELP_PATH_BYTES];
    static const char *const harms[] = { "DELETE FROM own_event WHERE seq = 2",
        "UPDATE own_event SET bytes = x''", "DELETE FROM own_event",
        "INSERT INTO own_event VALUES (9, 1, 1, 1, x'', x'')",
        "REPLACE INTO own_event VALUES (2, 1, 1, 1, x'', x'')",
        "UPDATE peer_event SET hlc = 1", "DELETE FROM peer_event" };
    help_path("harm", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    struct bw_event peer = peer_event(9, 1, HELP_WALL_MS);
    struct bw_error err;
    help_ok(bw_store_put_peer_event(store, &peer, NULL, &err), &err);
    help_append(store, 1, 3);
    bw_store_close(store);
    for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++) {
        (void)snprintf(
            command, sizeof command, "sqlite3 %s \"%s\" 2>/dev/null", path, harms[i]);
        (void)!system(command);
    }
    store = help_open(path, BW_STORE_READ);
    help_verify(store, 3);
    bw_store_close(store);
}

static void
each_kind_of_tampering_is_found_and_named(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        uint64_t broken_at;
    } harms[] = {
        { "UPDATE own_event SET bytes = (SELECT bytes FROM own_event WHERE seq = 1)"
          " WHERE seq = 2",
            2 },
        { "UPDATE own_event SET hash = randomblob(32) WHERE seq = 3", 3 },
        { "DELETE FROM own_event WHERE seq = 2", 2 },
        { "DELETE FROM own_event WHERE seq = 1", 1 },
        { "UPDATE own_event SET session_no = 99 WHERE seq = 4", 4 },
        { "UPDATE own_event SET hlc = 5 WHERE seq = 4", 4 },
        { "UPDATE own_event SET bytes = x'00' WHERE seq = 5", 5 },
        { "UPDATE detail SET bytes = x'0102'", 5 },
        { "DELETE FROM detail", 5 },
    };
    for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++) {
        struct bw_error err;
        struct help_clock clock;
        struct bw_verification result;
        char path[HELP_PATH_BYTES];
        help_clock_init(&clock);
        help_path("tamper", path);
        struct bw_store *store = help_store(path, BW_STORE_KIOSK);
        help_append(store, 1, 4);
        struct bw_event event = help_arrived(BW_CODE_NONE);
        struct bw_event_details details = { .name = "Jansen" };
        help_ok(bw_store_append(store, &clock.clock, &event, &details, &err), &err);
        help_verify(store, 5);
        bw_store_close(store);
        help_sql(path, "DROP TRIGGER own_event_stands; DROP TRIGGER own_event_stays");
        help_sql(path, harms[i].sql);
        store = help_open(path, BW_STORE_READ);
        help_ok(bw_store_verify(store, &result, &err), &err);
        assert_int_equal(result.chain, BW_CHAIN_BROKEN);
        assert_int_equal(result.broken_at, harms[i].broken_at);
        bw_store_close(store);
    }
}

static void
tampered_peer_event_fails_the_integrity(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_verification result;
    char path[HELP_PATH_BYTES];
    help_path("tamperpeer", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_event peer = peer_event(9, 1, HELP_WALL_MS);
    help_ok(bw_store_put_peer_event(store, &peer, NULL, &err), &err);
    bw_store_close(store);
    help_sql(path, "DROP TRIGGER peer_event_stands; UPDATE peer_event SET seq = 2");
    store = help_open(path, BW_STORE_READ);
    help_ok(bw_store_verify(store, &result, &err), &err);
    assert_false(result.integrity);
    assert_int_equal(result.chain, BW_CHAIN_OK);
    bw_store_close(store);
}

/* ---- two programs at once ---- */

enum { WRITERS = 3, EVENTS_EACH = 60 };

static void
append_in_child(const char *path, int writer)
{
    struct bw_store *store = NULL;
    struct help_clock clock;
    help_clock_init(&clock);
    if (bw_store_open(path, BW_STORE_KIOSK, &store, NULL) != BW_OK) {
        _exit(2);
    }
    for (int i = 0; i < EVENTS_EACH; i++) {
        struct bw_event event = help_arrived((bw_code)(writer * 1000 + i));
        if (bw_store_append(store, &clock.clock, &event, NULL, NULL) != BW_OK) {
            _exit(3);
        }
    }
    bw_store_close(store);
    _exit(0);
}

static void
update_in_child(const char *path)
{
    struct bw_store *store = NULL;
    if (bw_store_open(path, BW_STORE_SYNC, &store, NULL) != BW_OK) {
        _exit(2);
    }
    for (int round = 1; round <= 10; round++) {
        if (bw_store_update_begin(store, true, NULL) != BW_OK) {
            _exit(3);
        }
        for (bw_code code = 1; code <= 50; code++) {
            struct bw_registration registration =
                help_registration(code, "Fatima", round % 2 ? "Bakker" : "de Vries");
            if (bw_store_put_registration(store, &registration, NULL) != BW_OK) {
                _exit(4);
            }
        }
        struct bw_event peer = peer_event(9, (uint64_t)round, HELP_WALL_MS);
        if (bw_store_put_peer_event(store, &peer, NULL, NULL) != BW_OK ||
            bw_store_update_commit(store, round, round, NULL) != BW_OK) {
            _exit(5);
        }
    }
    bw_store_close(store);
    _exit(0);
}

static void
programs_writing_at_once_leave_one_whole_chain(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    help_path("atonce", path);
    bw_store_close(help_store(path, BW_STORE_SYNC));
    pid_t children[WRITERS + 1];
    (void)fflush(NULL);
    for (int i = 0; i <= WRITERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            if (i < WRITERS) {
                append_in_child(path, i);
            }
            update_in_child(path);
        }
    }
    for (int i = 0; i <= WRITERS; i++) {
        int status = 0;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    help_verify(store, WRITERS * EVENTS_EACH);
    int64_t revision = 0;
    help_ok(bw_store_get_number(store, BW_NUMBER_ROSTER_REVISION, 0, &revision, &err),
        &err);
    assert_int_equal(revision, 10);
    bw_store_close(store);
}

static void
writer_that_waits_too_long_is_told_who_is_busy(void **state)
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("busy", path);
    struct bw_store *kiosk = help_store(path, BW_STORE_KIOSK);
    struct bw_store *sync = help_open(path, BW_STORE_SYNC);
    help_ok(bw_store_update_begin(sync, false, &err), &err);
    struct bw_event event = help_arrived(1);
    help_refused(bw_store_append(kiosk, &clock.clock, &event, NULL, &err), BW_BUSY, &err,
        path);
    bw_store_update_rollback(sync);
    help_ok(bw_store_append(kiosk, &clock.clock, &event, NULL, &err), &err);
    assert_int_equal(event.id.seq, 1);
    bw_store_close(sync);
    bw_store_close(kiosk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_numbered_linked_and_read_back),
        cmocka_unit_test(event_is_completed_by_the_clock_it_was_given),
        cmocka_unit_test(event_that_others_could_not_read_is_not_written),
        cmocka_unit_test(details_stand_beside_the_chain_and_can_be_forgotten),
        cmocka_unit_test(details_without_a_known_session_go_by_their_own_time),
        cmocka_unit_test(peer_events_are_kept_once_and_handed_on_as_they_came),
        cmocka_unit_test(peer_event_that_was_altered_is_refused),
        cmocka_unit_test(fork_of_a_peer_is_kept_both_ways),
        cmocka_unit_test(own_stamp_follows_peers_but_not_far_ahead),
        cmocka_unit_test(restored_copy_keeps_its_chain_and_stops_when_it_learns),
        cmocka_unit_test(log_cannot_be_changed_even_by_sql),
        cmocka_unit_test(each_kind_of_tampering_is_found_and_named),
        cmocka_unit_test(tampered_peer_event_fails_the_integrity),
        cmocka_unit_test(programs_writing_at_once_leave_one_whole_chain),
        cmocka_unit_test(writer_that_waits_too_long_is_told_who_is_busy),
    };
    return cmocka_run_group_tests_name("store_log", tests, help_setup, help_teardown);
}
