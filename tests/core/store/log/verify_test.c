/* Proof: no way of changing the log goes unseen. */
#include "tests/core/store/help.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
log_cannot_be_changed_even_by_sql(void **state) /* S2 */
{
    (void)state;
    char path[HELP_PATH_BYTES];
    char command[3 * HELP_PATH_BYTES];
    static const char *const harms[] = {"DELETE FROM own_event WHERE seq = 2",
        "UPDATE own_event SET bytes = x''", "DELETE FROM own_event",
        "INSERT INTO own_event VALUES (9, 1, 1, 1, x'', x'')",
        "REPLACE INTO own_event VALUES (2, 1, 1, 1, x'', x'')",
        "UPDATE peer_event SET hlc = 1", "DELETE FROM peer_event"};
    help_path("harm", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    struct bw_event peer = help_peer_event(9, 1, HELP_WALL_MS);
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

/* Changes the file as somebody would who covers their tracks: the triggers that forbid it
 * go, and are put back afterwards as they were. */
static void
tamper(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    char drop[1024] = "", again[4096] = "";
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                         "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", -1,
                         &stmt, NULL),
        SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        size_t dropped = strlen(drop), kept = strlen(again);
        (void)snprintf(drop + dropped, sizeof drop - dropped, "DROP TRIGGER %s;",
            (const char *)sqlite3_column_text(stmt, 0));
        (void)snprintf(again + kept, sizeof again - kept, "%s;",
            (const char *)sqlite3_column_text(stmt, 1));
    }
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    help_sql(path, drop);
    help_sql(path, sql);
    help_sql(path, again);
}

static void
each_kind_of_tampering_is_found_and_named(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        uint64_t broken_at;
    } harms[] = {
        {"UPDATE own_event SET bytes = (SELECT bytes FROM own_event WHERE seq = 1)"
         " WHERE seq = 2",
            2},
        {"UPDATE own_event SET hash = randomblob(32) WHERE seq = 3", 3},
        {"DELETE FROM own_event WHERE seq = 2", 2},
        {"DELETE FROM own_event WHERE seq = 1", 1},
        {"UPDATE own_event SET session_no = 99 WHERE seq = 4", 4},
        {"UPDATE own_event SET hlc = 5 WHERE seq = 4", 4},
        {"UPDATE own_event SET bytes = x'00' WHERE seq = 5", 5},
        {"UPDATE detail SET bytes = x'0102'", 5},
        {"DELETE FROM detail", 5},
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
        struct bw_event_details details = {.person.name = "Jansen"};
        help_ok(bw_store_append(store, &clock.clock, &event, &details, &err), &err);
        help_verify(store, 5);
        bw_store_close(store);
        tamper(path, harms[i].sql);
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
    struct bw_event peer = help_peer_event(9, 1, HELP_WALL_MS);
    help_ok(bw_store_put_peer_event(store, &peer, NULL, &err), &err);
    bw_store_close(store);
    tamper(path, "UPDATE peer_event SET seq = 2");
    store = help_open(path, BW_STORE_READ);
    help_ok(bw_store_verify(store, &result, &err), &err);
    assert_false(result.integrity);
    assert_int_equal(result.chain, BW_CHAIN_OK);
    bw_store_close(store);
}

/* Two kiosks, of which the second row was changed: neither is told of. */
static void
peers_that_can_t_be_read_leave_what_was_there(void **state)
{
    (void)state;
    struct bw_error err = {0};
    char path[HELP_PATH_BYTES];
    help_path("tamperkiosk", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    for (uint32_t device = 8; device <= 9; device++) {
        struct bw_peer peer = {.device = device, .session = "GRO-2025-03-18"};
        help_ok(bw_store_put_peer(store, &peer, &err), &err);
    }
    bw_store_close(store);
    tamper(path, "UPDATE kiosk SET name = 'another' WHERE device = 9");
    store = help_open(path, BW_STORE_READ);
    struct bw_peer peers[BW_PEERS_MAX] = {{.device = 77}};
    int count = 42;
    assert_int_equal(bw_store_peers(store, peers, &count, &err), BW_CORRUPT);
    assert_int_equal(count, 42);
    assert_int_equal(peers[0].device, 77);
    bw_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_cannot_be_changed_even_by_sql),
        cmocka_unit_test(each_kind_of_tampering_is_found_and_named),
        cmocka_unit_test(tampered_peer_event_fails_the_integrity),
        cmocka_unit_test(peers_that_can_t_be_read_leave_what_was_there),
    };
    return cmocka_run_group_tests_name("store_verify", tests, help_setup, help_teardown);
}
