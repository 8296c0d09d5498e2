/* What an answer at the door costs, beside what it can't do without.
 *
 *   door_bench FOLDER [ROUNDS]
 *
 * With rosters of 50, 5,000 and 100,000 people, in one run, by turns in every block of
 * rounds, so that a busy moment hits all alike:
 *   write   bare pwrite + fdatasync of as many bytes as a commit writes, over a file
 *           that is already there (as the log is, which is given its room at the start)
 *   verify  one crypto_sign_verify_detached
 *   pipe    a line through a pipe to another process and back
 *   commit  bw_store_append alone
 *   answer  `scan` sent to the real door, until its line is read
 *
 * Goals: commit within 1.35 times write; answer within 1.4 times write + verify + pipe
 * (medians), 2.5 times at p99; answer with 100,000 within 1.2 times that with 50. Where
 * fdatasync takes under 50 us nothing is judged. Exit status 1: a goal was missed. */
#include "tests/app/door_pipe.h"
#include "tests/core/store/fixture.h"
#include "series.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROGRAM BW_BINARY_DIR "/bin/brugwachter-kiosk"

enum {
    ROUNDS = 1000,
    BLOCK = 20,
    WARM_UP = 5 * BLOCK,
    SIZES = 3,
    BARE_FILE_BYTES = 4 << 20,
    SKIP_UNDER_US = 50,
    PERCENT_99 = 99,
};

static const int sizes[SIZES] = {50, 5000, 100000};

static const double goal_commit = 1.35, goal_growth = 1.2;
static const double goal_answer = 1.4, goal_answer_99 = 2.5;

struct venue {
    struct fixture fixture; /* the door's store … */
    struct door_pipe door;
    struct fixture apart; /* … and one to append to without a door */
    struct bw_store *store;
    struct series commit, answer;
};

struct bench {
    int rounds;
    bool judged;
    struct venue venues[SIZES];
    struct door_pipe echo;
    int bare_fd;
    size_t bare_bytes;
    off_t bare_at;
    uint8_t key[32], signature[64];
    struct series write;               /* in a row, as the commits */
    struct series paced, verify, pipe; /* in turn with the answers */
};

static void
fail(const char *what)
{
    (void)fprintf(stderr, "door_bench: %s\n", what);
    exit(2);
}

/* ---- the things that are measured ---- */

static double
bare_write(struct bench *bench)
{
    static uint8_t bytes[1 << 16];
    bench->bare_at += (off_t)bench->bare_bytes;
    if (bench->bare_at + (off_t)bench->bare_bytes > BARE_FILE_BYTES) {
        bench->bare_at = 0;
    }
    double before = series_now_us();
    if (pwrite(bench->bare_fd, bytes, bench->bare_bytes, bench->bare_at) !=
            (ssize_t)bench->bare_bytes ||
        fdatasync(bench->bare_fd) != 0) {
        fail("the bare write failed");
    }
    return series_now_us() - before;
}

static double
bare_verify(const struct bench *bench)
{
    static const uint8_t message[14] = "BW1";
    double before = series_now_us();
    if (crypto_sign_verify_detached(
            bench->signature, message, sizeof message, bench->key) != 0) {
        fail("the signature doesn't hold");
    }
    return series_now_us() - before;
}

static double
ask(struct door_pipe *door, const char *line, const char *expected)
{
    double before = series_now_us();
    if (!door_pipe_send(door, line, strlen(line))) {
        fail("the pipe broke");
    }
    const char *answer = door_pipe_line(door);
    double took = series_now_us() - before;
    if (answer == NULL || strstr(answer, expected) == NULL) {
        fail(answer == NULL ? "no answer" : answer);
    }
    return took;
}

/* Everybody in turn, spread over the roster; who was in leaves, unmeasured. */
static double
scan(struct venue *venue, int round, int size)
{
    char line[200];
    char text[BW_TICKET_TEXT_BYTES];
    char code[BW_CODE_BYTES];
    int who = (int)((int64_t)round * 7919 % size);
    fixture_ticket(&venue->fixture, FIXTURE_SESSION, fixture_code(who), 0, text);
    (void)snprintf(line, sizeof line, "scan\t%s\n", text);
    double took = ask(&venue->door, line, "\"welcome\"");
    bw_code_format(fixture_code(who), code);
    (void)snprintf(line, sizeof line, "leave\t%s\n", code);
    (void)ask(&venue->door, line, "\"left\"");
    return took;
}

static double
commit(struct venue *venue, int round, int size)
{
    struct bw_error err = {0};
    struct bw_event event = {
        .kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_DOOR,
        .session_no = FIXTURE_SESSION,
        .home_session_no = FIXTURE_SESSION,
        .code = fixture_code(round % size),
    };
    double before = series_now_us();
    if (bw_store_append(venue->store, &venue->apart.clock, &event, NULL, &err) != BW_OK) {
        fail(err.text);
    }
    return series_now_us() - before;
}

/* ---- setting up ---- */

static off_t
log_bytes(const struct fixture *fixture)
{
    char path[600];
    struct stat found;
    (void)snprintf(path, sizeof path, "%s-wal", fixture->path);
    return stat(path, &found) == 0 ? found.st_size : 0;
}

/* Bytes that one commit adds to the log while it still grows. */
static size_t
commit_bytes(struct venue *venue)
{
    enum { COMMITS = 20 };
    (void)commit(venue, 0, 1);
    off_t before = log_bytes(&venue->apart);
    for (int i = 0; i < COMMITS; i++) {
        (void)commit(venue, i, COMMITS);
    }
    off_t grown = log_bytes(&venue->apart) - before;
    if (grown <= 0) {
        fail("the log doesn't grow by commits");
    }
    return (size_t)(grown / COMMITS);
}

static void
open_venue(struct venue *venue, int size, int rounds)
{
    fixture_create(&venue->fixture, BW_CAPACITY_MAX, 0, false);
    fixture_crowd(&venue->fixture, size);
    fixture_create(&venue->apart, BW_CAPACITY_MAX, 0, false);
    fixture_crowd(&venue->apart, size);
    const char *const arguments[] = {"brugwachter-kiosk", "--store", venue->fixture.path,
        "door", "--clock", "2025-03-18T13:00:00", NULL};
    if (!door_pipe_start(&venue->door, PROGRAM, arguments, NULL)) {
        fail("the door was not started");
    }
    venue->store = fixture_store(&venue->apart, BW_STORE_KIOSK);
    if (!series_init(&venue->commit, rounds) || !series_init(&venue->answer, rounds)) {
        fail("too little memory");
    }
}

static void
open_bare(struct bench *bench, const char *folder, const char *self)
{
    static const uint8_t message[14] = "BW1";
    uint8_t secret[64];
    uint8_t zeroes[4096] = {0};
    const char *const arguments[] = {"echo", "--echo", NULL};
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/bare-XXXXXX", folder);
    bench->bare_fd = mkostemp(path, O_CLOEXEC);
    (void)unlink(path);
    for (int at = 0; at < BARE_FILE_BYTES; at += (int)sizeof zeroes) {
        if (pwrite(bench->bare_fd, zeroes, sizeof zeroes, at) != (ssize_t)sizeof zeroes) {
            fail("the folder can't be written to");
        }
    }
    if (fsync(bench->bare_fd) != 0 ||
        !door_pipe_start(&bench->echo, self, arguments, NULL)) {
        fail("the echo was not started");
    }
    (void)crypto_sign_keypair(bench->key, secret);
    (void)crypto_sign_detached(bench->signature, NULL, message, sizeof message, secret);
    struct series *const all[] = {
        &bench->write, &bench->paced, &bench->verify, &bench->pipe};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (!series_init(all[i], bench->rounds)) {
            fail("too little memory");
        }
    }
}

static int
echo(void)
{
    char bytes[4096];
    ssize_t got;
    while ((got = read(STDIN_FILENO, bytes, sizeof bytes)) > 0) {
        if (write(STDOUT_FILENO, bytes, (size_t)got) != got) {
            return 1;
        }
    }
    return 0;
}

/* ---- the run ---- */

/* Appending, beside writing: a block of each, so that both are as warm. */
static void
play_commits(struct bench *bench, int first, bool measured)
{
    for (int i = 0; i < BLOCK; i++) {
        double us = bare_write(bench);
        if (measured) {
            series_add(&bench->write, us);
        }
    }
    for (int turn = 0; turn < SIZES; turn++) {
        int which = (turn + first / BLOCK) % SIZES; /* each comes first as often */
        for (int i = 0; i < BLOCK; i++) {
            double us = commit(&bench->venues[which], first + i, sizes[which]);
            if (measured) {
                series_add(&bench->venues[which].commit, us);
            }
        }
    }
}

/* Answering, beside its parts: one of each in turn, for a disk that had a moment to doze
 * off answers later than one that is kept busy. */
static void
play_answers(struct bench *bench, int round, bool measured)
{
    double paced = bare_write(bench);
    double verify = bare_verify(bench);
    double pipe = ask(&bench->echo, "\n", "");
    for (int turn = 0; turn < SIZES; turn++) {
        int which = (turn + round) % SIZES;
        double answer = scan(&bench->venues[which], round, sizes[which]);
        if (measured) {
            series_add(&bench->venues[which].answer, answer);
        }
    }
    if (measured) {
        series_add(&bench->paced, paced);
        series_add(&bench->verify, verify);
        series_add(&bench->pipe, pipe);
    }
}

/* On a disk that syncs in no time the ratios say nothing: they are shown, not judged. */
static bool
judge(const struct bench *bench, const char *what, double ratio, double goal)
{
    bool fine = !bench->judged || ratio <= goal;
    (void)printf(
        "  %-44s %5.2f  (goal %.2f)%s\n", what, ratio, goal, fine ? "" : "  MISSED");
    return fine;
}

static bool
report(struct bench *bench)
{
    double write = series_at(&bench->write, 50);
    double sum = series_at(&bench->paced, 50) + series_at(&bench->verify, 50) +
                 series_at(&bench->pipe, 50);
    double sum_99 = series_at(&bench->paced, PERCENT_99) +
                    series_at(&bench->verify, PERCENT_99) +
                    series_at(&bench->pipe, PERCENT_99);
    bool fine = true;
    bench->judged = write >= SKIP_UNDER_US;
    (void)printf("%d rounds; us, median and 99th percentile\n", bench->rounds);
    (void)printf("  write of %zu bytes %7.0f %7.0f, in turn %.0f %.0f\n",
        bench->bare_bytes, write, series_at(&bench->write, PERCENT_99),
        series_at(&bench->paced, 50), series_at(&bench->paced, PERCENT_99));
    (void)printf("  verify %19.0f %7.0f\n  pipe %21.0f %7.0f\n",
        series_at(&bench->verify, 50), series_at(&bench->verify, PERCENT_99),
        series_at(&bench->pipe, 50), series_at(&bench->pipe, PERCENT_99));
    for (int i = 0; i < SIZES; i++) {
        struct venue *venue = &bench->venues[i];
        double answer = series_at(&venue->answer, 50);
        double answer_99 = series_at(&venue->answer, PERCENT_99);
        double appended = series_at(&venue->commit, 50);
        (void)printf("roster of %d: commit %.0f %.0f, answer %.0f %.0f\n", sizes[i],
            appended, series_at(&venue->commit, PERCENT_99), answer, answer_99);
        fine &= judge(bench, "commit / write", appended / write, goal_commit);
        fine &=
            judge(bench, "answer / (write + verify + pipe)", answer / sum, goal_answer);
        fine &= judge(
            bench, "the same at the 99th percentile", answer_99 / sum_99, goal_answer_99);
    }
    fine &= judge(bench, "answer with 100,000 / answer with 50",
        series_at(&bench->venues[SIZES - 1].answer, 50) /
            series_at(&bench->venues[0].answer, 50),
        goal_growth);
    if (!bench->judged) {
        (void)printf("Skipped: a synced write takes under %d us here, so this disk only "
                     "pretends (or is memory), and nothing was judged.\n",
            SKIP_UNDER_US);
    }
    return fine;
}

static void
close_bench(struct bench *bench)
{
    (void)door_pipe_stop(&bench->echo);
    (void)close(bench->bare_fd);
    for (int i = 0; i < SIZES; i++) {
        struct venue *venue = &bench->venues[i];
        (void)door_pipe_stop(&venue->door);
        bw_store_close(venue->store);
        fixture_destroy(&venue->fixture);
        fixture_destroy(&venue->apart);
        series_finish(&venue->commit);
        series_finish(&venue->answer);
    }
    series_finish(&bench->write);
    series_finish(&bench->paced);
    series_finish(&bench->verify);
    series_finish(&bench->pipe);
}

int
main(int argc, char **argv)
{
    static struct bench bench;
    if (argc == 2 && strcmp(argv[1], "--echo") == 0) {
        return echo();
    }
    bench.rounds = (argc > 2 ? atoi(argv[2]) : ROUNDS) / BLOCK * BLOCK;
    if (argc < 2 || bench.rounds < 1) {
        (void)fprintf(stderr, "Usage: door_bench FOLDER [ROUNDS]\n");
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    series_stay_on_one_cpu();
    if (setenv("BW_FIXTURE_FOLDER", argv[1], 1) != 0) {
        fail("no environment");
    }
    for (int i = 0; i < SIZES; i++) {
        open_venue(&bench.venues[i], sizes[i], bench.rounds);
    }
    open_bare(&bench, argv[1], "/proc/self/exe");
    bench.bare_bytes = commit_bytes(&bench.venues[0]);
    for (int i = 0; i < SIZES; i++) {
        bw_store_preallocate(bench.venues[i].store); /* as the door does */
    }
    for (int round = 0; round < WARM_UP + bench.rounds; round += BLOCK) {
        play_commits(&bench, round, round >= WARM_UP);
        for (int i = 0; i < BLOCK; i++) {
            play_answers(&bench, round + i, round >= WARM_UP);
        }
    }
    bool fine = report(&bench);
    close_bench(&bench);
    return fine ? 0 : 1;
}
