/* The rows of a letter go in several at a time, and its receipt follows them: both as one
 * row after another would have it. Own random numbers, fixed seeds. */
#include "tests/sync/testing.h"

#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 6, ROUNDS = 16 };

/* splitmix64, Steele et al. 2014 */
static uint64_t
next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint64_t
pick(uint64_t *state, uint64_t below)
{
    return next_random(state) % below;
}

struct world {
    struct desk desk;
    bw_code codes[PEOPLE];
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    desk_open(&world->desk, PEOPLE);
    desk_second_session(&world->desk);
    people_sign_up(&world->desk.office, PEOPLE);
    for (int i = 0; i < PEOPLE; i++) {
        world->codes[i] = people_code(&world->desk.office, i);
    }
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    desk_close(&world->desk);
    free(world);
    return 0;
}

/* Of every sort that a letter holds: plain, with details, without a code, for another
 * session (into quarantine). */
static void
append(struct world *world, struct sender *sender, uint64_t sort)
{
    bw_code code = world->codes[sort % PEOPLE];
    switch (sort % 9) {
    case 0:
        (void)sender_walk_in(sender, "Inez");
        break;
    case 1:
        (void)sender_event(
            sender, (struct bw_event){.kind = BW_EVENT_RELEASED, .code = BW_CODE_NONE});
        break;
    case 2:
        (void)sender_event(sender,
            (struct bw_event){.kind = BW_EVENT_LEFT, .session_no = 2, .code = code});
        break;
    default:
        (void)sender_arrived(sender, code);
    }
}

static int64_t
count_of(struct desk *desk, const char *table, uint32_t device)
{
    char sql[128];
    (void)snprintf(
        sql, sizeof sql, "SELECT count(*) FROM %s WHERE device = %u", table, device);
    return desk_number(desk, sql);
}

static void
assert_is_there(struct desk *desk, const struct bw_event *event)
{
    int64_t found = 0;
    struct bw_sql_value values[] = {bw_sql_int(event->id.device),
        bw_sql_int((int64_t)event->id.seq), bw_sql_blob(event->hash, BW_HASH_BYTES)};
    assert_int_equal(
        bw_central_number(desk->central,
            "SELECT (SELECT count(*) FROM event WHERE device = $1 AND seq = $2"
            " AND hash = $3) + (SELECT count(*) FROM quarantine WHERE device = $1"
            " AND seq = $2 AND hash = $3)",
            values, 3, 0, &found, NULL),
        BW_OK);
    assert_int_equal(found, 1);
}

static void
letter_of_any_number_of_events_is_taken_whole(void **state)
{
    struct world *world = *state;
    static const uint64_t counts[] = {1, 7, 8, 9, 16, 17, 24, 35};
    for (size_t at = 0; at < sizeof counts / sizeof counts[0]; at++) {
        uint64_t count = counts[at];
        struct bw_round_summary summary = {0};
        struct sender sender;
        sender_open(&sender, &world->desk, "S-1");
        for (uint64_t i = 0; i < count; i++) {
            append(world, &sender, count % 2 ? i : 3);
        }
        assert_int_equal(sender_send(&sender, &summary), BW_MERGE_TAKEN);
        assert_int_equal(summary.accepted + summary.quarantined, count);
        assert_int_equal(
            count_of(&world->desk, "event", sender.device), summary.accepted);
        assert_int_equal(
            count_of(&world->desk, "quarantine", sender.device), summary.quarantined);
        assert_int_equal(count_of(&world->desk, "walk_in", sender.device),
            count % 2 ? (count + 8) / 9 : 0);
        for (size_t i = 0; i < sender.count; i++) {
            assert_is_there(&world->desk, &sender.events[i]);
        }
        bw_round_summary_finish(&summary);
        sender_finish(&sender);
    }
}

/* ---- the receipt ---- */

struct receipt {
    uint64_t seq;
    uint8_t hash[BW_HASH_BYTES];
};

static bool
on_receipt(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct receipt *receipt = context;
    receipt->seq = (uint64_t)columns[0].number;
    if (receipt->seq > 0) {
        assert_int_equal(columns[1].bytes, BW_HASH_BYTES);
        memcpy(receipt->hash, columns[1].blob, BW_HASH_BYTES);
    }
    return false;
}

static struct receipt
receipt_read(struct desk *desk, const struct sender *sender)
{
    struct receipt receipt = {0};
    struct bw_sql_value device = bw_sql_int(sender->device);
    memcpy(receipt.hash, sender->store_id, BW_HASH_BYTES);
    assert_int_equal(bw_central_run(desk->central,
                         "SELECT receipt_seq, receipt_hash FROM device WHERE device = $1",
                         &device, 1, on_receipt, &receipt, NULL),
        BW_OK);
    return receipt;
}

/* The first by hash of the events that follow; false: none is there. */
static bool
receipt_step(struct desk *desk, uint32_t device, struct receipt *receipt)
{
    struct receipt next = {0};
    struct bw_sql_value values[] = {bw_sql_int(device),
        bw_sql_int((int64_t)receipt->seq + 1), bw_sql_blob(receipt->hash, BW_HASH_BYTES)};
    assert_int_equal(
        bw_central_run(desk->central,
            "SELECT seq, hash FROM event WHERE device = $1 AND seq = $2 AND prev = $3"
            " UNION SELECT seq, hash FROM quarantine"
            " WHERE device = $1 AND seq = $2 AND prev = $3 ORDER BY hash LIMIT 1",
            values, 3, on_receipt, &next, NULL),
        BW_OK);
    if (next.seq > 0) {
        *receipt = next;
    }
    return next.seq > 0;
}

/* Goes back to an earlier event and on from there under the same numbers. */
static void
fork_off(struct world *world, struct sender *sender, uint64_t *random)
{
    sender->count = pick(random, sender->count + 1);
    append(world, sender, 3 + pick(random, 6));
    sender->events[sender->count - 1].mono_ms++; /* another event */
    bw_event_hash(
        &sender->events[sender->count - 1], sender->events[sender->count - 1].hash);
}

static void
receipt_goes_as_far_as_what_is_there_is_a_chain(void **state)
{
    struct world *world = *state;
    uint64_t random = 8, moved = 0, forks = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct bw_round_summary summary = {0};
        struct sender sender;
        sender_open(&sender, &world->desk, "S-1");
        for (uint64_t letters = 2 + pick(&random, 5); letters > 0; letters--) {
            for (uint64_t more = 1 + pick(&random, 12); more > 0; more--) {
                append(world, &sender, pick(&random, 54));
            }
            if (pick(&random, 3) == 0) {
                fork_off(world, &sender, &random);
                forks++;
            }
            uint64_t from = 1 + pick(&random, sender.count);
            uint64_t to = from + pick(&random, sender.count - from + 1);
            struct receipt expected = receipt_read(&world->desk, &sender);
            struct sent sent =
                sender_letter(&sender, pick(&random, 2) ? 1 : from, to, SENDER_START_MS);
            assert_int_equal(desk_take(&world->desk, &sent, &summary), BW_MERGE_TAKEN);
            while (receipt_step(&world->desk, sender.device, &expected)) {
                moved++;
            }
            struct receipt now = receipt_read(&world->desk, &sender);
            assert_int_equal(now.seq, expected.seq);
            assert_memory_equal(now.hash, expected.hash, BW_HASH_BYTES);
            sent_finish(&sent);
        }
        bw_round_summary_finish(&summary);
        sender_finish(&sender);
    }
    assert_true(moved > ROUNDS && forks > ROUNDS / 2);
}

#define A_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(letter_of_any_number_of_events_is_taken_whole),
        A_TEST(receipt_goes_as_far_as_what_is_there_is_a_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
