/* The log: E1 and E2; an event completed, read back, its details forgotten. */
#include "tests/core/store/help.h"

#include <stdlib.h>
#include <string.h>

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
    struct bw_event_details details = {.person.name = "A\x1b[2J"};
    event = help_arrived(BW_CODE_NONE);
    assert_int_equal(
        bw_store_append(store, &clock.clock, &event, &details, &err), BW_BAD_INPUT);
    help_verify(store, 0);
    help_append(store, 1, 1);
    help_verify(store, 1);
    bw_store_close(store);
}

static void
details_stand_beside_the_chain_and_can_be_forgotten(void **state) /* E3 */
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    struct bw_verification result;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("details", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    int64_t ends_ms = help_session(HELP_SESSION, HELP_CODE).ends_ms;
    help_letter_begin(store, HELP_SESSION, true);
    help_letter_commit(store);
    struct bw_event event = help_arrived(BW_CODE_NONE);
    struct bw_event_details details = {
        .person.first_name = "  Anouk ", .person.name = "Xq7zwervel"};
    struct bw_event_details read;
    help_ok(bw_store_append(store, &clock.clock, &event, &details, &err), &err);
    assert_true(bw_event_has_details(&event));
    help_ok(bw_store_details(store, event.id, &read, &err), &err);
    assert_string_equal(read.person.first_name, "Anouk");
    assert_memory_equal(read.salt, details.salt, BW_SALT_BYTES);
    help_append(store, 1, 1);
    assert_int_equal(
        bw_store_details(store, (struct bw_event_id){HELP_DEVICE, 2}, &read, &err),
        BW_NOT_FOUND);
    char command[2 * HELP_PATH_BYTES];
    (void)snprintf(command, sizeof command, "grep -qs Xq7zwervel %s*", path);
    assert_int_equal(system(command), 0);
    help_ok(bw_store_forget(store, ends_ms, &err), &err); /* not ended before */
    help_ok(bw_store_details(store, event.id, &read, &err), &err);
    help_ok(bw_store_forget(store, ends_ms + 1, &err), &err); /* not sent yet */
    help_ok(bw_store_details(store, event.id, &read, &err), &err);
    help_ok(bw_store_set_number(store, BW_NUMBER_ACKNOWLEDGED, 1, &err), &err);
    help_ok(bw_store_forget(store, ends_ms + 1, &err), &err);
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
    struct bw_event_details details = {.person.name = "Jansen"};
    struct bw_event_details read;
    help_ok(bw_store_append(store, &clock.clock, &event, &details, &err), &err);
    help_ok(bw_store_set_number(store, BW_NUMBER_ACKNOWLEDGED, 1, &err), &err);
    help_ok(bw_store_forget(store, HELP_WALL_MS, &err), &err);
    help_ok(bw_store_details(store, event.id, &read, &err), &err);
    help_ok(bw_store_forget(store, HELP_WALL_MS + 1, &err), &err);
    assert_int_equal(bw_store_details(store, event.id, &read, &err), BW_NOT_FOUND);
    bw_store_close(store);
}

/* ---- S11 ---- */

static void
put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void
store_whose_file_is_gone_takes_no_event(void **state)
{
    (void)state;
    enum { REMOVED, MOVED, REPLACED, WITHOUT_LOG, WAYS };
    struct help_clock clock;
    help_clock_init(&clock);
    for (int way = 0; way < WAYS; way++) {
        struct bw_error err;
        char path[HELP_PATH_BYTES], other[HELP_PATH_BYTES], log[HELP_PATH_BYTES + 8];
        help_path("gone", path);
        help_path("moved", other);
        (void)snprintf(log, sizeof log, "%s-wal", path);
        struct bw_store *store = help_store(path, BW_STORE_KIOSK);
        help_append(store, 100, 2);
        if (way == MOVED || way == REPLACED) {
            assert_int_equal(rename(path, other), 0);
        } else {
            assert_int_equal(remove(way == REMOVED ? path : log), 0);
        }
        if (way == REPLACED) {
            put_file(path, "another");
        }
        struct bw_event event = help_arrived(102);
        help_refused(bw_store_append(store, &clock.clock, &event, NULL, &err),
            BW_NOT_FOUND, &err, path);
        if (way == MOVED) { /* put back, it goes on */
            assert_int_equal(rename(other, path), 0);
            help_append(store, 102, 1);
        }
        bw_store_close(store);
        (void)remove(path);
        (void)remove(other);
        (void)remove(log);
    }
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
        cmocka_unit_test(store_whose_file_is_gone_takes_no_event),
    };
    return cmocka_run_group_tests_name("store_log", tests, help_setup, help_teardown);
}
