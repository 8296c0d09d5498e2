/* A kiosk's chain at the central side: gaps, forks, breaks and statements,
 * from rows alone. */
#include "tests/sync/testing.h"

#include "central/chain.h"
#include "tests/sync/kiosk_help.h"

#include <stdlib.h>
#include <string.h>

struct world {
    struct office office;
    struct bw_central *central;
    uint8_t hashes[256][BW_HASH_BYTES]; /* by name; zero: none of that name */
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    office_open(&world->office, 3, false);
    assert_int_equal(
        bw_central_open(world->office.uri, BW_CENTRAL_OPEN, &world->central, NULL),
        BW_OK);
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    bw_central_close(world->central);
    office_finish(&world->office);
    free(world);
    return 0;
}

/* Hashes are told by one letter: event `name` follows `before`; '0' is the store's id,
 * and a name that no event has is some hash. */
static void
hash_take(const struct world *world, char name, uint8_t ret_hash[BW_HASH_BYTES])
{
    const uint8_t *known = world->hashes[(unsigned char)name];
    static const uint8_t none[BW_HASH_BYTES];
    memset(ret_hash, name, BW_HASH_BYTES);
    if (memcmp(known, none, sizeof none) != 0) {
        memcpy(ret_hash, known, BW_HASH_BYTES);
    }
}

static void
put_event(struct world *world, int seq, char name, char before)
{
    struct bw_event event = {.id = {7, (uint64_t)seq},
        .wall_ms = 1742905800000 + name,
        .hlc = (uint64_t)name,
        .kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_WALK_IN,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_STAFF,
        .session_no = 1};
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    struct bw_error err;
    hash_take(world, before, event.prev);
    size_t length = bw_event_encode(&event, bytes);
    bw_event_hash(&event, world->hashes[(unsigned char)name]);
    struct bw_sql_value values[] = {bw_sql_int(seq),
        bw_sql_blob(world->hashes[(unsigned char)name], BW_HASH_BYTES),
        bw_sql_blob(event.prev, sizeof event.prev), bw_sql_blob(bytes, length)};
    if (bw_central_run(world->central,
            "INSERT INTO event (device, seq, hash, prev, bytes, session_no,"
            " home_session_no, kind, basis, verdict, flags, wall_ms, hlc, received_ms,"
            " revision) VALUES (7, $1, $2, $3, $4, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1)",
            values, 4, NULL, NULL, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

static void
state_head(struct world *world, int seq, char name, int64_t stated_ms, bool suspect)
{
    uint8_t hash[BW_HASH_BYTES], id[BW_STORE_ID_BYTES];
    struct bw_error err;
    hash_take(world, name, hash);
    memset(id, '0', sizeof id);
    struct bw_sql_value values[] = {bw_sql_int(seq), bw_sql_blob(hash, sizeof hash),
        bw_sql_int(stated_ms), bw_sql_blob(id, sizeof id), bw_sql_int(suspect)};
    if (bw_central_run(world->central,
            "INSERT INTO head_statement (session_no, device, seq, hash, stated_ms,"
            " store_id, suspect, received_ms, way)"
            " VALUES (1, 7, $1, $2, $3, $4, $5, 600, 'push')",
            values, 5, NULL, NULL, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

static struct bw_device_chain
read_chain(struct world *world)
{
    struct bw_device_chain chain;
    assert_int_equal(bw_central_chain_read(world->central, 7, &chain, NULL), BW_OK);
    return chain;
}

static void
silence_is_told(void **state)
{
    struct bw_device_chain chain = read_chain(*state);
    assert_int_equal(chain.state, BW_CHAIN_OK);
    assert_int_equal(chain.events, 0);
    assert_int_equal(chain.stated_ms, 0);
    assert_int_equal(chain.reached_ms, 0);
}

static void
whole_chain_reaches_its_statement(void **state)
{
    struct world *world = *state;
    put_event(world, 1, 'a', '0');
    put_event(world, 2, 'b', 'a');
    state_head(world, 1, 'a', 100, false);
    state_head(world, 2, 'b', 200, false);
    struct bw_device_chain chain = read_chain(world);
    assert_int_equal(chain.state, BW_CHAIN_OK);
    assert_int_equal(chain.contiguous_seq, 2);
    assert_int_equal(chain.reached_ms, 200);
    assert_int_equal(chain.gaps_count, 0);
}

static void
suspect_clock_states_nothing_of_the_time(void **state)
{
    struct world *world = *state;
    put_event(world, 1, 'a', '0');
    state_head(world, 1, 'a', 900, true);
    state_head(world, 1, 'a', 300, false);
    struct bw_device_chain chain = read_chain(world);
    assert_int_equal(chain.reached_ms, 300);
    assert_int_equal(chain.stated_ms, 900);
}

static void
gap_stops_the_chain_and_is_named_also_at_the_end(void **state)
{
    struct world *world = *state;
    put_event(world, 1, 'a', '0');
    put_event(world, 4, 'd', 'c');
    put_event(world, 5, 'e', 'd');
    state_head(world, 8, 'h', 500, false);
    struct bw_device_chain chain = read_chain(world);
    assert_int_equal(chain.state, BW_CHAIN_OK);
    assert_int_equal(chain.contiguous_seq, 1);
    assert_int_equal(chain.newest_seq, 8);
    assert_int_equal(chain.reached_ms, 0);
    assert_int_equal(chain.gaps_count, 2);
    assert_int_equal(chain.gaps[0].from, 2);
    assert_int_equal(chain.gaps[0].to, 3);
    assert_int_equal(chain.gaps[1].from, 6);
    assert_int_equal(chain.gaps[1].to, 8);
}

static void
event_that_does_not_link_breaks_the_chain(void **state)
{
    struct world *world = *state;
    put_event(world, 1, 'a', '0');
    put_event(world, 2, 'b', 'x');
    put_event(world, 3, 'c', 'b');
    state_head(world, 3, 'c', 500, false);
    struct bw_device_chain chain = read_chain(world);
    assert_int_equal(chain.state, BW_CHAIN_BROKEN);
    assert_int_equal(chain.broken_at, 2);
    assert_int_equal(chain.contiguous_seq, 1);
    assert_int_equal(chain.reached_ms, 0);
}

static void
first_event_must_link_to_the_stores_id(void **state)
{
    struct world *world = *state;
    put_event(world, 1, 'a', 'y');
    assert_int_equal(read_chain(world).state, BW_CHAIN_OK); /* no id was heard yet */
    state_head(world, 1, 'a', 500, false);
    struct bw_device_chain chain = read_chain(world);
    assert_int_equal(chain.state, BW_CHAIN_BROKEN);
    assert_int_equal(chain.broken_at, 1);
}

static void
fork_is_told_and_both_sides_are_followed(void **state)
{
    struct world *world = *state;
    put_event(world, 1, 'a', '0');
    put_event(world, 2, 'b', 'a');
    put_event(world, 2, 'B', 'a');
    put_event(world, 3, 'c', 'b');
    put_event(world, 3, 'C', 'B');
    state_head(world, 3, 'c', 100, false);
    state_head(world, 3, 'C', 200, false);
    struct bw_device_chain chain = read_chain(world);
    assert_int_equal(chain.state, BW_CHAIN_FORKED);
    assert_int_equal(chain.forked_at, 2);
    assert_int_equal(chain.broken_at, 0);
    assert_int_equal(chain.events, 5);
    assert_int_equal(chain.contiguous_seq, 3);
    assert_int_equal(chain.reached_ms, 200);
}

static void
statement_of_a_hash_that_is_not_there_is_not_reached(void **state)
{
    struct world *world = *state;
    put_event(world, 1, 'a', '0');
    state_head(world, 1, 'z', 100, false);
    assert_int_equal(read_chain(world).reached_ms, 0);
}

static void
change(struct world *world, const char *sql)
{
    struct bw_error err;
    if (bw_central_run(world->central, sql, NULL, 0, NULL, NULL, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(bw_central_changed(world->central), 1);
}

static void
statement_that_came_late_reaches_no_further_than_its_own_time(void **state)
{
    struct world *world = *state;
    put_event(world, 1, 'a', '0');
    state_head(world, 1, 'a', 9000, false); /* by a clock ahead; received at 600 */
    assert_int_equal(read_chain(world).reached_ms, 600);
}

/* CH1: each of these says `chain ok` where the stored hash is believed. */
static void
one_changed_byte_breaks_the_chain_where_it_stands(void **state)
{
    static const char *const changes[] = {
        ("UPDATE event SET bytes = substr(bytes, 1, 20) || x'ff' || substr(bytes, 22)"
         " WHERE seq = 2"),
        "UPDATE event SET hash = zeroblob(32) WHERE seq = 2",
        "UPDATE event SET session_no = 2 WHERE seq = 2",
        "UPDATE event SET prev = zeroblob(32) WHERE seq = 2",
        "UPDATE event SET bytes = x'' WHERE seq = 2",
    };
    struct world *world = *state;
    put_event(world, 1, 'a', '0');
    put_event(world, 2, 'b', 'a');
    put_event(world, 3, 'c', 'b');
    state_head(world, 3, 'c', 500, false);
    assert_int_equal(read_chain(world).reached_ms, 500);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct bw_error err;
        assert_int_equal(bw_central_begin(world->central, &err), BW_OK);
        change(world, changes[i]);
        struct bw_device_chain chain = read_chain(world);
        assert_int_equal(chain.state, BW_CHAIN_BROKEN);
        assert_int_equal(chain.broken_at, 2);
        assert_int_equal(chain.contiguous_seq, 1);
        assert_int_equal(chain.reached_ms, 0);
        bw_central_rollback(world->central);
    }
    assert_int_equal(read_chain(world).state, BW_CHAIN_OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(silence_is_told),
        CASE(whole_chain_reaches_its_statement),
        CASE(suspect_clock_states_nothing_of_the_time),
        CASE(gap_stops_the_chain_and_is_named_also_at_the_end),
        CASE(event_that_does_not_link_breaks_the_chain),
        CASE(first_event_must_link_to_the_stores_id),
        CASE(fork_is_told_and_both_sides_are_followed),
        CASE(statement_that_came_late_reaches_no_further_than_its_own_time),
        CASE(one_changed_byte_breaks_the_chain_where_it_stands),
        CASE(statement_of_a_hash_that_is_not_there_is_not_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
