/* Room in the log: it grows no more, and nothing else changes. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <cmocka.h>

enum { EVENTS = 1500, ROOM_BYTES = 4000000 }; /* more than the log's frames */

static off_t
log_bytes(const struct fixture *fixture)
{
    char path[600];
    struct stat found;
    (void)snprintf(path, sizeof path, "%s-wal", fixture->path);
    return stat(path, &found) == 0 ? found.st_size : 0;
}

static void
append(struct fixture *fixture, struct bw_store *store, bw_code code)
{
    struct bw_event event = {
        .kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_DOOR,
        .session_no = FIXTURE_SESSION,
        .code = code,
    };
    assert_int_equal(bw_store_append(store, &fixture->clock, &event, NULL, NULL), BW_OK);
}

static void
assert_holds(struct bw_store *store, uint64_t events)
{
    struct bw_verification found;
    assert_int_equal(bw_store_verify(store, &found, NULL), BW_OK);
    assert_true(found.integrity);
    assert_int_equal(found.chain, BW_CHAIN_OK);
    assert_int_equal(found.events, events);
}

static void
log_with_room_grows_no_more(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_create(&fixture, 5, 0, false);
    struct bw_store *store = fixture_store(&fixture, BW_STORE_KIOSK);
    append(&fixture, store, 0);
    bw_store_preallocate(store);
    off_t capacity = log_bytes(&fixture);
    assert_true(capacity > ROOM_BYTES);
    bw_store_preallocate(store); /* has it already */
    for (bw_code code = 1; code < EVENTS; code++) {
        append(&fixture, store, code);
    }
    assert_int_equal(log_bytes(&fixture), capacity);
    assert_holds(store, EVENTS);
    bw_store_close(store);
    fixture_destroy(&fixture);
}

static void
what_was_spilled_is_never_read(void **state)
{
    (void)state;
    struct fixture fixture;
    struct stat before;
    struct stat after;
    fixture_create(&fixture, 5, 0, false);
    assert_int_equal(stat(fixture.path, &before), 0);
    struct bw_store *store = fixture_store(&fixture, BW_STORE_KIOSK);
    struct bw_store *other = fixture_store(&fixture, BW_STORE_SYNC);
    append(&fixture, store, 1);
    bw_store_preallocate(store);
    append(&fixture, store, 2);
    assert_holds(other, 2); /* another program, while it lies there */
    bw_store_close(other);
    bw_store_close(store);
    store = fixture_store(&fixture, BW_STORE_KIOSK);
    assert_holds(store, 2);
    bw_store_close(store);
    assert_int_equal(stat(fixture.path, &after), 0);
    assert_true(after.st_size < before.st_size + ROOM_BYTES / 10);
    fixture_destroy(&fixture);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_with_room_grows_no_more),
        cmocka_unit_test(what_was_spilled_is_never_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
