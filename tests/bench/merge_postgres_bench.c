/* What letters of 50 events cost an office whose central database is PostgreSQL, with one
 * worker and with two, beside COPY of the same rows into a table with the same keys; and
 * what the same letters cost once more.
 *
 *     merge_postgres_bench [KIOSKS [ROUNDS]]      a letter a kiosk, two kiosks a session
 *
 * Letters are written and sealed before the clock runs; signatures, opening, hashes,
 * checks, receipts, hellos and commits are in what is measured. Each round has kiosks and
 * sessions of its own, in a database that grows; medians are told. The server is this
 * program's own, without fsync, on this machine: its processors are the workers' too. */
#include "tests/sync/testing.h"

#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LETTER = 50, DOOR = 2, KIOSKS = 400, ROUNDS = 3, ROUNDS_MAX = 9, WORKERS_MAX = 2 };

/* The kiosks of a round, and what they wrote. */
struct fleet {
    uint32_t first; /* device; session first / DOOR */
    size_t count;
    struct sent *letters;
    struct sender *senders; /* of these only keys and store id */
};

static struct postgres server;
static size_t kiosks = KIOSKS;
static int rounds = ROUNDS;

static double
now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- kiosks ---- */

static uint32_t
session_of(uint32_t device)
{
    return device / DOOR;
}

static void
fill_device(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    const struct fleet *fleet = context;
    const struct sender *sender = &fleet->senders[at];
    ret_values[0] = bw_sql_int(fleet->first + (int64_t)at);
    ret_values[1] = bw_sql_text("Zuil");
    ret_values[2] = bw_sql_int(SENDER_START_MS);
    ret_values[3] = bw_sql_blob(sender->own.sign_public, BW_PUBLIC_KEY_BYTES);
    ret_values[4] = bw_sql_blob(sender->own.box_public, BW_BOX_KEY_BYTES);
    ret_values[5] = bw_sql_int(1); /* introduced */
    ret_values[6] = bw_sql_blob(sender->store_id, sizeof sender->store_id);
}

/* Enrolled and introduced, each with a roster that it holds. */
static void
fleet_enrol(struct desk *desk, const struct fleet *fleet)
{
    static const struct bw_sql_columns columns = {.table = "device",
        .names = "device, name, enrolled_ms, sign_public, box_public, state, store_id",
        .count = 7};
    struct bw_error err = {.text = ""};
    char sql[1024];
    (void)snprintf(sql, sizeof sql,
        "INSERT INTO session (session_no, code, series, title, kind, region, venue,"
        " address, timezone, go_to, desk, audience, starts_ms, ends_ms, capacity,"
        " doors_minutes, release_minutes, extra_places, revision) SELECT g, 'G-' || g,"
        " series, title, kind, region, venue, address, timezone, go_to, desk, audience,"
        " starts_ms, ends_ms, capacity, doors_minutes, release_minutes, extra_places, 1"
        " FROM session, generate_series(%u, %u) g WHERE session_no = 1",
        session_of(fleet->first), session_of(fleet->first + (uint32_t)fleet->count - 1));
    postgres_do(&server, sql);
    assert_int_equal(bw_central_begin(desk->central, &err), BW_OK);
    assert_int_equal(bw_central_insert(
                         desk->central, &columns, fleet->count, fill_device, fleet, &err),
        BW_OK);
    assert_int_equal(bw_central_commit(desk->central, &err), BW_OK);
    (void)snprintf(sql, sizeof sql,
        "INSERT INTO device_session (device, session_no, rank)"
        " SELECT device, device / %d, 0 FROM device WHERE device >= %u",
        DOOR, fleet->first);
    postgres_do(&server, sql);
    (void)snprintf(sql, sizeof sql,
        "INSERT INTO letter_out (name, device, session_no, epoch, from_revision,"
        " to_revision, part, parts, sealed_mark, digest, receipt_seq, place, written_ms)"
        " SELECT 'r' || device, device, session_no, 1, 0, 1, 1, 1, 0, '', 0, 'stick', 1"
        " FROM device_session WHERE device >= %u",
        fleet->first);
    postgres_do(&server, sql);
}

static struct sent
letter_of(struct sender *sender, uint32_t device, bw_code code)
{
    sender->device = device;
    sender->held_count = 1;
    sender->held[0] = (struct bw_hello_held){
        .session_no = session_of(device), .epoch = 1, .revision = 1};
    for (int i = 0; i < LETTER; i++) {
        (void)sender_event(sender, (struct bw_event){.kind = BW_EVENT_ARRIVED,
                                       .basis = BW_BASIS_TICKET,
                                       .session_no = session_of(device),
                                       .home_session_no = session_of(device),
                                       .code = code});
    }
    return sender_letter(sender, 1, LETTER, SENDER_START_MS);
}

/* One writer, who is each kiosk in turn. */
static void
fleet_make(struct fleet *fleet, struct desk *desk, struct sender *writer, bw_code code)
{
    static uint32_t next = 1000;
    *fleet = (struct fleet){.first = next, .count = kiosks};
    next += (uint32_t)kiosks;
    fleet->letters = calloc(kiosks, sizeof *fleet->letters);
    fleet->senders = calloc(kiosks, sizeof *fleet->senders);
    assert_non_null(fleet->letters);
    assert_non_null(fleet->senders);
    for (size_t i = 0; i < kiosks; i++) {
        sender_again(writer);
        fleet->letters[i] = letter_of(writer, fleet->first + (uint32_t)i, code);
        fleet->senders[i] = *writer;
    }
    fleet_enrol(desk, fleet);
}

static void
fleet_finish(struct fleet *fleet)
{
    for (size_t i = 0; i < fleet->count; i++) {
        sent_finish(&fleet->letters[i]);
    }
    free(fleet->letters);
    free(fleet->senders);
}

/* ---- workers ---- */

/* Every `workers`th group of the letters, from number `at` on. */
static void
worker_take(
    struct desk *desk, const struct fleet *fleet, size_t at, size_t workers, bool again)
{
    struct bw_round_summary summary = {0};
    struct bw_error err = {.text = ""};
    struct bw_merge merge = {.central = desk->central,
        .office = &desk->post.office,
        .clock = &desk->clock,
        .way = "letter",
        .summary = &summary};
    int64_t letters = 0;
    for (size_t first = at * BW_MERGE_TOGETHER; first < fleet->count;
         first += workers * BW_MERGE_TOGETHER) {
        struct bw_merge_item items[BW_MERGE_TOGETHER];
        size_t count = 0;
        for (; count < BW_MERGE_TOGETHER && first + count < fleet->count; count++) {
            const struct sent *sent = &fleet->letters[first + count];
            items[count] = (struct bw_merge_item){
                .name = sent->name, .letter = sent->bytes, .letter_bytes = sent->length};
        }
        if (bw_merge_letters(&merge, items, count, &err) != BW_OK) {
            fail_msg("%s", err.text);
        }
        letters += (int64_t)count;
    }
    assert_int_equal(summary.accepted, again ? 0 : letters * LETTER);
    assert_int_equal(summary.passed, again ? letters : 0);
    bw_round_summary_finish(&summary);
}

/* In a process of its own, with a connection of its own. */
static pid_t
worker_start(const struct fleet *fleet, size_t at, size_t workers, bool again,
    const struct desk *desk, int go)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        char byte;
        struct desk own = {.office = desk->office, .now_ms = desk->now_ms};
        desk_begin(&own);
        assert_int_equal(read(go, &byte, 1), 1);
        worker_take(&own, fleet, at, workers, again);
        desk_end(&own);
        _exit(0);
    }
    return pid;
}

static double
merge_once(struct desk *desk, const struct fleet *fleet, size_t workers, bool again)
{
    pid_t pids[WORKERS_MAX];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    for (size_t i = 0; i < workers; i++) {
        pids[i] = worker_start(fleet, i, workers, again, desk, ends[0]);
    }
    (void)usleep(300000); /* until each has its connection */
    double began = now_s();
    assert_int_equal(write(ends[1], "go", workers), workers);
    for (size_t i = 0; i < workers; i++) {
        int result = -1;
        assert_int_equal(waitpid(pids[i], &result, 0), pids[i]);
        assert_int_equal(result, 0);
    }
    double took = now_s() - began;
    (void)close(ends[0]);
    (void)close(ends[1]);
    return took;
}

/* ---- beside it ---- */

/* The rows of a fleet that went in. */
static double
copy_once(const struct fleet *fleet)
{
    char sql[512];
    (void)snprintf(sql, sizeof sql,
        "COPY (SELECT * FROM event WHERE device >= %u) TO '%s/rows' (FORMAT binary)",
        fleet->first, server.folder);
    postgres_do(&server, sql);
    (void)snprintf(
        sql, sizeof sql, "COPY copied FROM '%s/rows' (FORMAT binary)", server.folder);
    double began = now_s();
    postgres_do(&server, sql);
    return now_s() - began;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
median(double *all)
{
    qsort(all, (size_t)rounds, sizeof all[0], compare);
    return all[rounds / 2];
}

struct taken {
    double merge[ROUNDS_MAX], again[ROUNDS_MAX], copy[ROUNDS_MAX];
};

static void
round_take(struct desk *desk, struct sender *writer, bw_code code, size_t workers,
    struct taken *taken, int at)
{
    struct fleet fleet;
    fleet_make(&fleet, desk, writer, code);
    taken->merge[at] = merge_once(desk, &fleet, workers, false);
    taken->copy[at] = copy_once(&fleet);
    taken->again[at] = merge_once(desk, &fleet, workers, true);
    fleet_finish(&fleet);
}

static void
taken_tell(size_t workers, struct taken *taken)
{
    double copy = median(taken->copy), merge = median(taken->merge);
    double again = median(taken->again);
    printf(
        "%zu events in letters of %d from %zu kiosks, %zu worker%s: COPY %.2f s; "
        "merged in %.2f s, %.2f x COPY (goal 2.0 with 2); again in %.2f s, %.2f x COPY "
        "(goal 0.9)\n",
        kiosks * LETTER, LETTER, kiosks, workers, workers == 1 ? "" : "s", copy, merge,
        merge / copy, again, again / copy);
}

static void
letters_beside_copy(void **state)
{
    (void)state;
    struct desk desk = {.now_ms = SENDER_START_MS};
    struct taken one, two;
    struct sender writer;
    postgres_place(&server);
    office_open_at(&desk.office, server.uri, 10, false);
    people_sign_up(&desk.office, 1);
    bw_code code = people_code(&desk.office, 0);
    desk_begin(&desk);
    sender_open(&writer, &desk, "S-1");
    postgres_do(&server, "CREATE TABLE copied (LIKE event INCLUDING ALL)");
    for (int i = 0; i < rounds; i++) {
        round_take(&desk, &writer, code, 2, &two, i);
        round_take(&desk, &writer, code, 1, &one, i);
    }
    taken_tell(1, &one);
    taken_tell(2, &two);
    sender_finish(&writer);
    desk_end(&desk);
    office_finish(&desk.office);
    postgres_clear(&server);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(letters_beside_copy)};
    kiosks = argc > 1 ? (size_t)atoi(argv[1]) : kiosks;
    rounds = argc > 2 ? atoi(argv[2]) : rounds;
    if (kiosks < DOOR || kiosks % DOOR != 0 || rounds < 1 || rounds > ROUNDS_MAX) {
        (void)fprintf(stderr,
            "usage: merge_postgres_bench [KIOSKS [ROUNDS]]; kiosks come in pairs, rounds "
            "are 1 to %d\n",
            ROUNDS_MAX);
        return 2;
    }
    if (!postgres_start(&server)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return 77;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    postgres_stop(&server);
    return failed == 0 ? 0 : 1;
}
