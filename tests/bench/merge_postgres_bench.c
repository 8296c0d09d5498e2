/* What letters of 50 events cost an office whose central database is PostgreSQL, with one
 * worker and with two, beside COPY of the same rows into a table with the same keys.
 *
 * Letters are written and sealed before the clock runs; signatures, hashes, checks and a
 * commit a letter are in what is measured. The server is this program's own, without
 * fsync, on this machine: its processor is shared with the workers. */
#include "tests/sync/testing.h"

#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LETTER = 50, LETTERS = 100, KIOSKS = 2, ROUNDS = 3 };

struct post {
    struct sender sender;
    struct sent letters[LETTERS];
};

static struct postgres server;

static double
now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
post_make(struct post *post, struct desk *desk, bw_code code)
{
    sender_open(&post->sender, desk, "S-1");
    for (uint64_t i = 0; i < LETTERS; i++) {
        for (int j = 0; j < LETTER; j++) {
            (void)sender_arrived(&post->sender, code);
        }
        post->letters[i] = sender_letter(
            &post->sender, i * LETTER + 1, (i + 1) * LETTER, SENDER_START_MS);
    }
}

static void
post_finish(struct post *post)
{
    for (int i = 0; i < LETTERS; i++) {
        sent_finish(&post->letters[i]);
    }
    sender_finish(&post->sender);
}

static void
post_take(struct post *post, struct desk *desk)
{
    struct bw_round_summary summary = {0};
    for (int i = 0; i < LETTERS; i++) {
        assert_int_equal(desk_take(desk, &post->letters[i], &summary), BW_MERGE_TAKEN);
    }
    assert_int_equal(summary.accepted, LETTER * LETTERS);
    bw_round_summary_finish(&summary);
}

/* In a process of its own, with a connection of its own. */
static pid_t
worker_start(struct post *post, int count, const struct desk *desk, int go)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        char byte;
        struct desk own = {.office = desk->office, .now_ms = desk->now_ms};
        desk_begin(&own);
        assert_int_equal(read(go, &byte, 1), 1);
        for (int i = 0; i < count; i++) {
            post_take(&post[i], &own);
        }
        desk_end(&own);
        _exit(0);
    }
    return pid;
}

/* All letters of KIOSKS new kiosks, shared out among the workers. */
static double
merge_once(struct desk *desk, bw_code code, int workers)
{
    struct post *posts = calloc(KIOSKS, sizeof *posts);
    pid_t pids[KIOSKS];
    int ends[2];
    assert_non_null(posts);
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < KIOSKS; i++) {
        post_make(&posts[i], desk, code);
    }
    for (int i = 0; i < workers; i++) {
        pids[i] =
            worker_start(&posts[i * KIOSKS / workers], KIOSKS / workers, desk, ends[0]);
    }
    double began = now_s();
    assert_int_equal(write(ends[1], "go", (size_t)workers), workers);
    for (int i = 0; i < workers; i++) {
        int result = -1;
        assert_int_equal(waitpid(pids[i], &result, 0), pids[i]);
        assert_int_equal(result, 0);
    }
    double took = now_s() - began;
    for (int i = 0; i < KIOSKS; i++) {
        post_finish(&posts[i]);
    }
    free(posts);
    (void)close(ends[0]);
    (void)close(ends[1]);
    return took;
}

/* The rows of the last KIOSKS kiosks. */
static double
copy_once(void)
{
    char sql[512];
    (void)snprintf(sql, sizeof sql,
        "COPY (SELECT * FROM event WHERE device > (SELECT max(device) - %d FROM event))"
        " TO '%s/rows' (FORMAT binary)",
        KIOSKS, server.folder);
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

static void
letters_beside_copy(void **state)
{
    (void)state;
    struct desk desk = {.now_ms = SENDER_START_MS};
    double one[ROUNDS], two[ROUNDS], copy[ROUNDS];
    postgres_place(&server);
    office_open_at(&desk.office, server.uri, 10, false);
    people_sign_up(&desk.office, 1);
    bw_code code = people_code(&desk.office, 0);
    desk_begin(&desk);
    postgres_do(&server, "CREATE TABLE copied (LIKE event INCLUDING ALL)");
    (void)merge_once(&desk, code, 1); /* into empty tables: not measured */
    (void)copy_once();
    for (int i = 0; i < ROUNDS; i++) {
        one[i] = merge_once(&desk, code, 1);
        copy[i] = copy_once();
        two[i] = merge_once(&desk, code, 2);
        (void)copy_once();
    }
    qsort(one, ROUNDS, sizeof one[0], compare);
    qsort(two, ROUNDS, sizeof two[0], compare);
    qsort(copy, ROUNDS, sizeof copy[0], compare);
    double c = copy[ROUNDS / 2];
    printf("%d events in letters of %d: COPY %.3f s; 1 worker %.2f s, %.1f x COPY; 2 "
           "workers %.2f s, %.1f x COPY, %.2f of 1 worker's\n",
        KIOSKS * LETTERS * LETTER, LETTER, c, one[ROUNDS / 2], one[ROUNDS / 2] / c,
        two[ROUNDS / 2], two[ROUNDS / 2] / c, two[ROUNDS / 2] / one[ROUNDS / 2]);
    desk_end(&desk);
    office_finish(&desk.office);
    postgres_clear(&server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(letters_beside_copy)};
    if (!postgres_start(&server)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return 77;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    postgres_stop(&server);
    return failed == 0 ? 0 : 1;
}
