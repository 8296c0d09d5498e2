/* What letters of 50 events cost an office whose central database is PostgreSQL, with one
 * worker and with two, beside COPY of the same rows into a table with the same keys; and
 * what the same letters cost once more.
 *
 *     merge_postgres_bench [KIOSKS [ROUNDS]]      a letter a kiosk, two kiosks a session
 *
 * Letters are written and sealed before the clock runs; signatures, opening, hashes,
 * checks, receipts, hellos and commits are in what is measured. Each round has kiosks and
 * sessions of its own, in a database that grows; medians are told. Within a round merging
 * and COPY go by turns, some letters each, so that what else the machine does meets both;
 * workers keep their connections all the while. The server is this
 * program's own, without fsync, on this machine: its processors are the workers' too.
 *
 * Beside the time that passes the processor's is told, which other programs disturb less:
 * a worker's and its server process's together, shared by the workers, as each has a
 * processor where the machine has one for each. */
#include "tests/sync/testing.h"

#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LETTER = 50, DOOR = 2, KIOSKS = 400, ROUNDS = 3, ROUNDS_MAX = 9, WORKERS_MAX = 2 };
enum { PIECE = 20 * BW_MERGE_TOGETHER }; /* letters of a turn */

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

/* What a process used of the processor since it began. */
static double
used_s(pid_t pid)
{
    char path[64];
    unsigned long long ns = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%llu", &ns), 1);
    (void)fclose(file);
    return (double)ns / 1e9;
}

/* Of the time that passes, and of the processor. */
struct cost {
    double passed_s, used_s;
};

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

/* Some of a fleet, from `at` on; it isn't to be finished. */
static struct fleet
piece_of(const struct fleet *fleet, size_t at)
{
    size_t left = fleet->count - at;
    return (struct fleet){.first = fleet->first + (uint32_t)at,
        .count = left < PIECE ? left : PIECE,
        .letters = fleet->letters + at,
        .senders = fleet->senders + at};
}

/* ---- workers ---- */

/* Every `workers`th group of the letters, from group `at` on. */
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

/* Its ends at this side and at the worker's. */
struct worker {
    pid_t pid;
    int here, there;
};

static double
used_with_server_s(const struct desk *desk)
{
    struct bw_error err = {.text = ""};
    int64_t server_pid = 0;
    assert_int_equal(
        bw_central_number(desk->central, "SELECT CAST(pg_backend_pid() AS BIGINT)", NULL,
            0, 0, &server_pid, &err),
        BW_OK);
    return used_s(getpid()) + used_s((pid_t)server_pid);
}

/* Says that it is ready; then for each piece waits for a byte, works, and says what it
 * used. */
static void
worker_run(struct desk *desk, const struct fleet *fleet, size_t number, size_t workers,
    bool again, int end)
{
    char byte = 'r';
    desk_begin(desk);
    assert_int_equal(write(end, &byte, 1), 1);
    for (size_t at = 0; at < fleet->count; at += PIECE) {
        struct fleet piece = piece_of(fleet, at);
        double before = used_with_server_s(desk);
        assert_int_equal(read(end, &byte, 1), 1);
        worker_take(desk, &piece, number, workers, again);
        double used = used_with_server_s(desk) - before;
        assert_int_equal(write(end, &used, sizeof used), sizeof used);
    }
    desk_end(desk);
}

/* In a process of its own, with a connection of its own, which it has when this ends. */
static struct worker
worker_start(const struct fleet *fleet, size_t at, size_t workers, bool again,
    const struct desk *desk)
{
    char byte;
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    struct worker worker = {.pid = fork(), .here = ends[0], .there = ends[1]};
    assert_true(worker.pid >= 0);
    if (worker.pid == 0) {
        struct desk own = {.office = desk->office, .now_ms = desk->now_ms};
        worker_run(&own, fleet, at, workers, again, worker.there);
        _exit(0);
    }
    assert_int_equal(read(worker.here, &byte, 1), 1);
    return worker;
}

static void
worker_end(struct worker *worker)
{
    int result = -1;
    assert_int_equal(waitpid(worker->pid, &result, 0), worker->pid);
    assert_int_equal(result, 0);
    (void)close(worker->here);
    (void)close(worker->there);
}

/* One piece, by all workers at once. */
static void
piece_take(const struct worker *all, size_t workers, struct cost *sum)
{
    double began = now_s(), used = 0;
    for (size_t i = 0; i < workers; i++) {
        assert_int_equal(write(all[i].here, "g", 1), 1);
    }
    for (size_t i = 0; i < workers; i++) {
        assert_int_equal(read(all[i].here, &used, sizeof used), sizeof used);
        sum->used_s += used / (double)workers;
    }
    sum->passed_s += now_s() - began;
}

/* The rows of a piece that went in. */
static void
piece_copy(const struct fleet *piece, struct cost *sum)
{
    char sql[512];
    (void)snprintf(sql, sizeof sql,
        "COPY (SELECT * FROM event WHERE device >= %u AND device < %u) TO '%s/rows'"
        " (FORMAT binary)",
        piece->first, piece->first + (uint32_t)piece->count, server.folder);
    postgres_do(&server, sql);
    (void)snprintf(
        sql, sizeof sql, "COPY copied FROM '%s/rows' (FORMAT binary)", server.folder);
    pid_t process = PQbackendPID(server.db);
    double began = now_s(), before = used_s(process);
    postgres_do(&server, sql);
    sum->passed_s += now_s() - began;
    sum->used_s += used_s(process) - before;
}

/* A fleet's letters; and beside them COPY, where `ret_copy` isn't NULL. */
static struct cost
merge_all(
    struct desk *desk, const struct fleet *fleet, size_t workers, struct cost *ret_copy)
{
    struct worker all[WORKERS_MAX];
    struct cost merge = {.used_s = 0}, copy = {.used_s = 0};
    for (size_t i = 0; i < workers; i++) {
        all[i] = worker_start(fleet, i, workers, ret_copy == NULL, desk);
    }
    for (size_t at = 0; at < fleet->count; at += PIECE) {
        struct fleet piece = piece_of(fleet, at);
        piece_take(all, workers, &merge);
        if (ret_copy != NULL) {
            piece_copy(&piece, &copy);
        }
    }
    for (size_t i = 0; i < workers; i++) {
        worker_end(&all[i]);
    }
    if (ret_copy != NULL) {
        *ret_copy = copy;
    }
    return merge;
}

/* ---- the whole ---- */

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static struct cost
median(const struct cost *all)
{
    double passed[ROUNDS_MAX], used[ROUNDS_MAX];
    for (int i = 0; i < rounds; i++) {
        passed[i] = all[i].passed_s;
        used[i] = all[i].used_s;
    }
    qsort(passed, (size_t)rounds, sizeof passed[0], compare);
    qsort(used, (size_t)rounds, sizeof used[0], compare);
    return (struct cost){passed[rounds / 2], used[rounds / 2]};
}

struct taken {
    struct cost merge[ROUNDS_MAX], again[ROUNDS_MAX], copy[ROUNDS_MAX];
};

static void
round_take(struct desk *desk, struct sender *writer, bw_code code, size_t workers,
    struct taken *taken, int at)
{
    struct fleet fleet;
    fleet_make(&fleet, desk, writer, code);
    taken->merge[at] = merge_all(desk, &fleet, workers, &taken->copy[at]);
    taken->again[at] = merge_all(desk, &fleet, workers, NULL);
    fleet_finish(&fleet);
}

static void
taken_tell(size_t workers, const struct taken *taken)
{
    struct cost copy = median(taken->copy), merge = median(taken->merge);
    struct cost again = median(taken->again);
    printf(
        "%zu events in letters of %d from %zu kiosks, %zu worker%s: COPY %.2f s; "
        "merged in %.2f s, %.2f x COPY (goal 2.0 with 2); again in %.2f s, %.2f x COPY "
        "(goal 0.9); of the processor COPY %.2f s, merged %.2f s a worker, %.2f x\n",
        kiosks * LETTER, LETTER, kiosks, workers, workers == 1 ? "" : "s", copy.passed_s,
        merge.passed_s, merge.passed_s / copy.passed_s, again.passed_s,
        again.passed_s / copy.passed_s, copy.used_s, merge.used_s,
        merge.used_s / copy.used_s);
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
