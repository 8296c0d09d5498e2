/* Merging is union: two kiosks' real logs as letters, in any order, split and number of
 * times and by either way give the same central state.
 * Own random numbers, fixed seeds. */
#include "tests/sync/testing.h"

#include "tests/sync/central_state.h"
#include "exchange/kiosk/writer.h"
#include "exchange/office/merge/merge.h"
#include "exchange/office/post.h"
#include "tests/sync/kiosk_help.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 12, ROUNDS = 40, EVENTS = 30, PIECES_MAX = 64 };

/* splitmix64, Steele et al. 2014 */
static uint64_t
next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static int
pick(uint64_t *state, int below)
{
    return (int)(next_random(state) % (uint64_t)below);
}

struct world {
    struct office office;
    struct kiosk kiosks[2];
    bw_code codes[PEOPLE];
};

static void
ref_event(struct kiosk *kiosk, enum bw_event_kind kind, bw_code code, uint64_t seq)
{
    struct bw_event event = {.kind = kind,
        .verdict = BW_VERDICT_WELCOME,
        .code = code,
        .refs_count = 1,
        .refs = {{kiosk->device, seq}}};
    (void)kiosk_event(kiosk, event, NULL);
}

/* A day at one door: what people do, in an order of the seed. */
static void
live_a_day(struct world *world, struct kiosk *kiosk, uint64_t *random)
{
    uint64_t arrived[PEOPLE] = {0};
    for (int i = 0; i < EVENTS; i++) {
        int who = pick(random, PEOPLE);
        bw_code code = world->codes[who];
        switch (pick(random, 6)) {
        case 0:
            (void)kiosk_walk_in(kiosk, "Inez", i % 2 ? "Loper" : "Gast");
            break;
        case 1: {
            struct bw_event_details details = {
                .person.first_name = "Wil", .person.name = "Wachter"};
            uint64_t seq = kiosk_event(kiosk,
                (struct bw_event){.kind = BW_EVENT_WAITING,
                    .verdict = BW_VERDICT_WELCOME,
                    .code = BW_CODE_NONE},
                &details);
            struct bw_event in = {.kind = BW_EVENT_ARRIVED,
                .basis = BW_BASIS_WALK_IN,
                .verdict = BW_VERDICT_WELCOME,
                .code = BW_CODE_NONE,
                .refs_count = 1,
                .refs = {{kiosk->device, seq}}};
            (void)kiosk_event(kiosk, in, NULL);
            break;
        }
        case 2:
            if (arrived[who]) {
                ref_event(kiosk, BW_EVENT_UNDONE, code, arrived[who]);
                arrived[who] = 0;
                break;
            }
            /* fall through */
        case 3:
            if (arrived[who]) {
                ref_event(kiosk, BW_EVENT_LEFT, code, arrived[who]);
                break;
            }
            /* fall through */
        default:
            arrived[who] = kiosk_arrived(kiosk, code);
        }
    }
}

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    uint64_t random = 2025;
    office_open(&world->office, 8, false);
    people_sign_up(&world->office, PEOPLE);
    for (int i = 0; i < PEOPLE; i++) {
        world->codes[i] = people_code(&world->office, i);
    }
    for (int i = 0; i < 2; i++) {
        kiosk_open(&world->kiosks[i], &world->office, i ? "Zij" : "Balie", "S-1");
    }
    for (int i = 0; i < 2; i++) { /* who they are, and the session's key for details */
        (void)kiosk_run(&world->kiosks[i], "push", "--clock", KIOSK_BEFORE, NULL);
    }
    (void)office_run(&world->office, "merge", "--clock", KIOSK_BEFORE, NULL);
    for (int i = 0; i < 2; i++) {
        (void)kiosk_run(&world->kiosks[i], "pull", "--clock", KIOSK_BEFORE, NULL);
    }
    for (int i = 0; i < 2; i++) {
        live_a_day(world, &world->kiosks[i], &random);
        /* the statement is made after the end, by the same clock in every round */
        world->kiosks[i].wall_ms = KIOSK_START_MS + 240 * KIOSK_MINUTE_MS;
    }
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < 2; i++) {
        kiosk_finish(&world->kiosks[i]);
    }
    office_finish(&world->office);
    free(world);
    return 0;
}

static struct bw_central *
central_open(const struct world *world)
{
    struct bw_central *central = NULL;
    assert_int_equal(
        bw_central_open(world->office.uri, BW_CENTRAL_OPEN, &central, NULL), BW_OK);
    return central;
}

/* ---- deliveries ---- */

/* Events from..to as one letter; 0 0: a hello alone. */
struct piece {
    int kiosk;
    uint64_t from, to;
};

/* The office that takes them in, by a clock that the test sets. */
struct desk {
    struct bw_central *central;
    struct bw_exchange_post post;
    struct bw_clock clock;
    int64_t now_ms;
};

static int64_t
desk_wall_ms(const struct bw_clock *clock)
{
    return ((const struct desk *)clock->context)->now_ms;
}

/* Cuts both logs at random, sends some pieces twice, shuffles all. */
static int
pieces_make(uint64_t *random, const uint64_t heads[2], struct piece pieces[PIECES_MAX])
{
    int count = 0;
    for (int kiosk = 0; kiosk < 2; kiosk++) {
        uint64_t from = 1;
        while (from <= heads[kiosk] && count < PIECES_MAX - 8) {
            uint64_t to = from + (uint64_t)pick(random, 12);
            to = to > heads[kiosk] ? heads[kiosk] : to;
            pieces[count++] = (struct piece){kiosk, from, to};
            from = to + 1;
        }
        assert_true(from > heads[kiosk]);
        pieces[count++] = (struct piece){kiosk, 0, 0};
    }
    for (int i = 0; i < 4; i++) {
        pieces[count] = pieces[pick(random, count)];
        count++;
    }
    for (int i = count - 1; i > 0; i--) {
        int other = pick(random, i + 1);
        struct piece swap = pieces[i];
        pieces[i] = pieces[other];
        pieces[other] = swap;
    }
    return count;
}

/* A day after the session: what came sooner couldn't tell how it ended. */
#define RECEIVED_MS (KIOSK_START_MS + 24 * 60 * KIOSK_MINUTE_MS)

static void
deliver(struct desk *desk, struct bw_kiosk_writer *writers[2], const struct piece *piece,
    uint64_t *random)
{
    struct bw_error err;
    struct bw_kiosk_letter letter = {.bytes = NULL};
    struct bw_round_summary summary = {0};
    bool usb = pick(random, 2);
    must(bw_kiosk_write_events(
             writers[piece->kiosk], piece->from, piece->to, &letter, &err),
        &err);
    struct bw_merge merge = {.central = desk->central,
        .office = &desk->post.office,
        .clock = &desk->clock,
        .way = usb ? "usb" : "letter",
        .summary = &summary};
    desk->now_ms = RECEIVED_MS + ((int64_t)next_random(random) & 0xffffff);
    for (int tries = pick(random, 3) == 0 ? 2 : 1; tries > 0; tries--) {
        enum bw_merge_outcome outcome = BW_MERGE_LEFT;
        must(bw_merge_letter(
                 &merge, letter.name, letter.bytes, letter.length, &outcome, &err),
            &err);
        assert_true(outcome == BW_MERGE_TAKEN || outcome == BW_MERGE_PASSED);
    }
    bw_kiosk_letter_finish(&letter);
    bw_round_summary_finish(&summary);
}

/* B1: the same rows, in whatever order they came, give the same book. */
static void
any_order_split_and_number_of_times_gives_the_same_state(void **state)
{
    struct world *world = *state;
    struct bw_error err;
    struct desk desk = {.central = central_open(world)};
    struct bw_kiosk_exchange exchanges[2];
    struct bw_kiosk_writer *writers[2];
    uint64_t heads[2];
    uint8_t first[CENTRAL_DIGEST_BYTES], digest[CENTRAL_DIGEST_BYTES];
    char *first_told = NULL;
    struct bw_central *central = desk.central;
    desk.clock = (struct bw_clock){
        .wall_ms = desk_wall_ms, .mono_ms = desk_wall_ms, .context = &desk};
    must(bw_exchange_post_init(
             &desk.post, central, bw_central_key_path(central), &desk.clock, &err),
        &err);
    for (int i = 0; i < 2; i++) {
        writers[i] = calloc(1, sizeof *writers[i]);
        assert_non_null(writers[i]);
        must(bw_kiosk_exchange_open(world->kiosks[i].path, &world->kiosks[i].clock, NULL,
                 &exchanges[i], &err),
            &err);
        must(bw_kiosk_writer_init(&exchanges[i], writers[i], &err), &err);
        heads[i] = writers[i]->statement.head_seq;
        assert_true(heads[i] >= EVENTS);
    }
    for (uint64_t round = 0; round < ROUNDS; round++) {
        struct piece pieces[PIECES_MAX + 8];
        uint64_t random = round * 7919 + 1;
        central_empty(central);
        int count = pieces_make(&random, heads, pieces);
        for (int i = 0; i < count; i++) {
            deliver(&desk, writers, &pieces[i], &random);
        }
        central_digest(central, digest);
        char *told = central_told(central);
        if (round == 0) {
            memcpy(first, digest, sizeof first);
            first_told = strdup(told);
            assert_non_null(strstr(told, "complete 2"));
        }
        if (memcmp(first, digest, sizeof first) != 0) {
            fail_msg("round %llu gives another state", (unsigned long long)round);
        }
        assert_string_equal(told, first_told);
        free(told);
    }
    free(first_told);
    for (int i = 0; i < 2; i++) {
        bw_kiosk_exchange_close(&exchanges[i]);
        free(writers[i]);
    }
    bw_exchange_post_finish(&desk.post);
    bw_central_close(central);
}

/* The same through the program, by carrier and by USB. */
static void
merge_after_push_and_the_same_stick_again_change_nothing(void **state)
{
    struct world *world = *state;
    struct bw_central *central = central_open(world);
    uint8_t first[CENTRAL_DIGEST_BYTES], again[CENTRAL_DIGEST_BYTES];
    char usb[512];
    struct kiosk *kiosk = &world->kiosks[0];
    central_empty(central);
    (void)snprintf(usb, sizeof usb, "%s/usb", world->office.folder);
    assert_int_equal(
        kiosk_run(kiosk, "export", usb, "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(kiosk, "push", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    (void)office_run(&world->office, "merge", "--clock", KIOSK_AFTER, NULL);
    int64_t count = office_number(&world->office, "SELECT count(*) FROM event");
    assert_true(count >= EVENTS);
    (void)office_run(&world->office, "merge", usb, "--clock", KIOSK_AFTER, NULL);
    central_digest(central, first); /* with what the stick's letters state */
    (void)office_run(&world->office, "merge", usb, usb, "--clock", KIOSK_AFTER, NULL);
    (void)office_run(&world->office, "merge", usb, "--clock", KIOSK_AFTER, NULL);
    central_digest(central, again);
    assert_memory_equal(first, again, CENTRAL_DIGEST_BYTES);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), count);
    central_empty(central); /* by the stick alone */
    (void)office_run(&world->office, "merge", usb, "--clock", KIOSK_AFTER, NULL);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), count);
    folder_remove(usb);
    bw_central_close(central);
}

static void
walk_ins_get_one_code_each_and_a_waiting_one_keeps_it(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < 2; i++) {
        (void)kiosk_run(&world->kiosks[i], "push", "--clock", KIOSK_AFTER, NULL);
    }
    struct office *office = &world->office;
    (void)office_run(office, "merge", "--clock", KIOSK_AFTER, NULL);
    int64_t codes = office_number(office, "SELECT count(*) FROM walk_in");
    assert_true(codes > 4);
    assert_int_equal(
        office_number(office, "SELECT count(DISTINCT code) FROM walk_in"), codes);
    /* kinds: 1 arrived, 3 waiting; who waited arrives under the code of the waiting */
    assert_int_equal(
        office_number(office,
            "SELECT count(*) FROM event e WHERE e.code IS NULL AND (e.kind = 3 OR"
            " (e.kind = 1 AND NOT EXISTS (SELECT 1 FROM event w WHERE w.device = e.device"
            " AND w.kind = 3 AND w.seq = e.seq - 1)))"),
        codes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_split_and_number_of_times_gives_the_same_state),
        cmocka_unit_test(merge_after_push_and_the_same_stick_again_change_nothing),
        cmocka_unit_test(walk_ins_get_one_code_each_and_a_waiting_one_keeps_it),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
