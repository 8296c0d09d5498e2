/* kill -9 at random moments of a day at the door:  kill [ROUNDS [SEED]]
 *
 * Each round sends a day's commands in one go to the real `brugwachter-kiosk door`, reads
 * some of its answers, and kills it wherever it then is: reading, deciding, writing,
 * answering. After each round:
 *
 *   K1 every answer that was printed as admitted is in the log exactly once;
 *   K2 at most one admission is in the log that was not printed: the one in the making;
 *   K3 the chain holds, and the file is whole;
 *   K4 the next start answers within a second: of the processor, for this machine may do
 *      other things meanwhile.
 *
 * The moment is a number of answers, and then a number of microseconds burnt by looking
 * at the clock, so that kills fall between and within commits. */
#include "tests/app/door_pipe.h"
#include "tests/core/store/fixture.h"

#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define PROGRAM BW_BINARY_DIR "/bin/brugwachter-kiosk"

enum {
    ROUNDS = 25,
    PEOPLE = 400,
    DAY_COMMANDS = 120,
    KILL_AFTER_MAX = 100, /* answers */
    KILL_WITHIN_US = 4000,
    START_MS = 1000,
    EVENTS_MAX = 200000,
};

struct kill_test {
    struct fixture fixture;
    struct door_pipe door;
    uint64_t random;
    int next;                     /* person to come next */
    int said_count;               /* admissions that were printed, in all rounds */
    uint64_t *said;               /* their seq */
    uint64_t slowest_us, most_us; /* a next start, by the clock and by the processor */
    int unsaid;                   /* admissions of this round that were not printed */
};

static uint64_t
draw(struct kill_test *test) /* SplitMix64 */
{
    uint64_t x = (test->random += UINT64_C(0x9e3779b97f4a7c15));
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t
now_us(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (uint64_t)at.tv_sec * 1000000 + (uint64_t)at.tv_nsec / 1000;
}

/* What the doors that have ended took of the processor, all together. */
static uint64_t
worked_us(void)
{
    struct rusage all;
    (void)getrusage(RUSAGE_CHILDREN, &all);
    return (uint64_t)(all.ru_utime.tv_sec + all.ru_stime.tv_sec) * 1000000 +
           (uint64_t)(all.ru_utime.tv_usec + all.ru_stime.tv_usec);
}

static void
fail(const char *what)
{
    (void)fprintf(stderr, "kill: %s\n", what);
    exit(1);
}

static void
start(struct kill_test *test)
{
    const char *const arguments[] = {"brugwachter-kiosk", "door", "--store",
        test->fixture.path, "--clock", "2025-03-18T13:10:00", NULL};
    if (!door_pipe_start(&test->door, PROGRAM, arguments, NULL)) {
        fail("the door was not started");
    }
}

/* A command of a day: mostly tickets, now and then all that else makes events. */
static void
send_command(struct kill_test *test)
{
    char line[400];
    char text[BW_TICKET_TEXT_BYTES];
    char code[BW_CODE_BYTES];
    int who = test->next;
    uint64_t kind = draw(test) % 10;
    if (kind < 6) {
        test->next = (test->next + 1) % PEOPLE;
    }
    bw_code_format(fixture_code(who), code);
    fixture_ticket(&test->fixture, FIXTURE_SESSION, fixture_code(who), 0, text);
    switch (kind) {
    case 6:
        (void)snprintf(line, sizeof line, "walk-in\tJan de Boer\tDe Brug\tNoord\tyes\n");
        break;
    case 7:
        (void)snprintf(line, sizeof line, "undo\t%s\n", code);
        break;
    case 8:
        (void)snprintf(line, sizeof line, "leave\t%s\n", code);
        break;
    case 9:
        (void)snprintf(line, sizeof line, "queue\tIbrahim K\tDe Brug\tNoord\tyes\n");
        break;
    default:
        (void)snprintf(line, sizeof line, "scan\t%s\n", text);
        break;
    }
    if (!door_pipe_send(&test->door, line, strlen(line))) {
        fail("the door went away by itself");
    }
}

/* Remembers a printed admission. A line that was cut by the kill never comes
 * as a line. */
static void
take_answer(struct kill_test *test, const char *line)
{
    json_t *answer = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    struct bw_event_id event = {0};
    const char *verdict = json_string_value(json_object_get(answer, "verdict"));
    const char *shown = json_string_value(json_object_get(answer, "event"));
    if (answer == NULL) {
        fail("an answer is no JSON");
    }
    if (verdict != NULL && strcmp(verdict, "welcome") == 0) {
        if (shown == NULL || !bw_event_id_parse(shown, &event) ||
            test->said_count == EVENTS_MAX) {
            fail("a welcome has no event");
        }
        test->said[test->said_count++] = event.seq;
    }
    json_decref(answer);
}

static void
play_and_kill(struct kill_test *test)
{
    int answers = (int)(draw(test) % KILL_AFTER_MAX);
    uint64_t within_us = draw(test) % KILL_WITHIN_US;
    start(test);
    for (int i = 0; i < DAY_COMMANDS; i++) {
        send_command(test);
    }
    for (int i = 0; i < answers; i++) {
        const char *line = door_pipe_line(&test->door);
        if (line == NULL) {
            fail("the door fell silent");
        }
        take_answer(test, line);
    }
    uint64_t until_us = now_us() + within_us;
    while (now_us() < until_us) {
    }
    (void)kill(test->door.pid, SIGKILL);
    /* what it had printed before it died is printed, read or not */
    for (const char *line; (line = door_pipe_line(&test->door)) != NULL;) {
        take_answer(test, line);
    }
    if (door_pipe_stop(&test->door) != -SIGKILL) {
        fail("the door ended before it was killed");
    }
}

static void
start_again(struct kill_test *test)
{
    uint64_t before_us = now_us(), worked_before_us = worked_us();
    start(test);
    if (!door_pipe_send(&test->door, "counts\n", 7) ||
        door_pipe_line(&test->door) == NULL) {
        fail("the next start failed");
    }
    uint64_t took_us = now_us() - before_us;
    if (door_pipe_stop(&test->door) != 0) {
        fail("the next start didn't end well");
    }
    uint64_t work_us = worked_us() - worked_before_us;
    test->slowest_us = took_us > test->slowest_us ? took_us : test->slowest_us;
    test->most_us = work_us > test->most_us ? work_us : test->most_us;
    if (work_us > START_MS * 1000) {
        fail("the next start took more than a second");
    }
}

struct count {
    uint8_t *arrivals; /* by seq */
    uint64_t last;
};

static bool
on_event(const struct bw_event *event, void *context)
{
    struct count *count = context;
    if (event->id.seq >= EVENTS_MAX) {
        fail("more events than were asked for");
    }
    count->arrivals[event->id.seq] = (uint8_t)(count->arrivals[event->id.seq] +
                                               (event->kind == BW_EVENT_ARRIVED ? 1 : 0));
    count->last = event->id.seq;
    return true;
}

static void
check_log(struct kill_test *test, int round)
{
    struct bw_error err = {0};
    struct bw_verification found = {0};
    struct count count = {.arrivals = calloc(EVENTS_MAX, 1)};
    struct bw_store *store = fixture_store(&test->fixture, BW_STORE_READ);
    if (count.arrivals == NULL || bw_store_verify(store, &found, &err) != BW_OK ||
        bw_store_own_events(store, 1, on_event, &count, &err) != BW_OK) {
        fail(err.text);
    }
    bw_store_close(store);
    if (found.chain != BW_CHAIN_OK || !found.integrity || found.events != count.last) {
        fail("the chain or the file doesn't hold");
    }
    int unsaid = 0;
    for (int i = 0; i < test->said_count; i++) {
        if (count.arrivals[test->said[i]] != 1) {
            fail("a printed admission is not in the log exactly once");
        }
        count.arrivals[test->said[i]]--; /* printed twice would fail next time */
    }
    for (uint64_t seq = 1; seq <= count.last; seq++) {
        unsaid += count.arrivals[seq];
    }
    if (unsaid - test->unsaid > 1) {
        (void)fprintf(stderr, "kill: round %d: %d admissions nobody was told of\n", round,
            unsaid - test->unsaid);
        exit(1);
    }
    test->unsaid = unsaid;
    free(count.arrivals);
}

int
main(int argc, char **argv)
{
    static struct kill_test test;
    int rounds = argc > 1 ? atoi(argv[1]) : ROUNDS;
    test.random = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    test.said = calloc(EVENTS_MAX, sizeof *test.said);
    if (rounds <= 0 || test.said == NULL) {
        (void)fprintf(stderr, "Usage: kill [ROUNDS [SEED]]\n");
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    fixture_create(&test.fixture, BW_CAPACITY_MAX, 0, false);
    fixture_crowd(&test.fixture, PEOPLE);
    for (int round = 0; round < rounds; round++) {
        play_and_kill(&test);
        start_again(&test);
        check_log(&test, round);
    }
    (void)printf(
        "%d kills, %d admissions printed, each in the log once; %d more in the log, "
        "killed before they were printed; slowest next start %.0f ms, of which at most "
        "%.0f ms of the processor\n",
        rounds, test.said_count, test.unsaid, (double)test.slowest_us / 1000,
        (double)test.most_us / 1000);
    fixture_destroy(&test.fixture);
    free(test.said);
    return 0;
}
