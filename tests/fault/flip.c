/* One bit of a kiosk's file flips, and then people come:  flip [FLIPS [SEED]]
 *
 * A store with a day in it (people of every status, a guest's sealed row, an arrival) is
 * asked what it is always asked. Then, for each bit, a copy with that bit flipped is
 * opened by the real door and asked the same. Each answer is the same, or an error: never
 * another verdict, name or count (S9). */
#include "tests/app/door_pipe.h"
#include "tests/core/store/fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROGRAM BW_BINARY_DIR "/bin/brugwachter-kiosk"

enum { FLIPS = 640, ASKED = 9, ANSWER_BYTES = 2000, LINE_BYTES = 400 };

struct flip_test {
    struct fixture fixture;
    char copy[560], said[560];
    uint8_t *file;
    size_t file_bytes;
    char asked[ASKED][LINE_BYTES];
    char answers[ASKED][ANSWER_BYTES]; /* of the whole file */
    uint64_t random;
    int refused, errors, same;
};

static void
fail(const char *what, const char *more)
{
    (void)fprintf(stderr, "flip: %s: %s\n", what, more);
    exit(1);
}

static uint64_t
draw(struct flip_test *test) /* SplitMix64 */
{
    uint64_t x = (test->random += UINT64_C(0x9e3779b97f4a7c15));
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static void
ask_ticket(struct flip_test *test, int which, uint32_t session_no, const char *code)
{
    char text[BW_TICKET_TEXT_BYTES];
    bw_code parsed = BW_CODE_NONE;
    if (!bw_code_parse(code, &parsed)) {
        fail("a code", code);
    }
    fixture_ticket(&test->fixture, session_no, parsed, 0, text);
    (void)snprintf(test->asked[which], LINE_BYTES, "scan\t%s\n", text);
}

static void
prepare(struct flip_test *test)
{
    struct fixture *fixture = &test->fixture;
    fixture_create(fixture, 12, 0, false);
    fixture_crowd(fixture, 8);
    fixture_person(fixture, "K7QM2XRD", "Fatima", "el Amrani", BW_CONFIRMED, 0);
    fixture_person(fixture, "K7QM2XRE", "Sanne", "Bakker", BW_CONFIRMED, 0);
    fixture_person(fixture, "K7QM2XRF", "Zoe", "Visser", BW_WAITLISTED, 0);
    fixture_person(fixture, "K7QM2XRG", "Jan", "Smit", BW_CANCELLED, 0);
    fixture_person(fixture, "K7QM2XRH", "Piet", "Mulder", BW_BLOCKED, 0);
    fixture_person(fixture, "K7QM2XRJ", "Lot", "Dekker", BW_CONFIRMED, 1);
    fixture_sealed(fixture, "AAAA2XRG", "Gerda", "Gast", BW_BLOCKED, 0);
    ask_ticket(test, 0, FIXTURE_SESSION, "K7QM2XRD");
    ask_ticket(test, 1, FIXTURE_SESSION, "K7QM2XRE"); /* in already, by enter() */
    ask_ticket(test, 2, FIXTURE_SESSION, "K7QM2XRF");
    ask_ticket(test, 3, FIXTURE_SESSION, "K7QM2XRG");
    ask_ticket(test, 4, FIXTURE_SESSION, "K7QM2XRH");
    ask_ticket(test, 5, FIXTURE_SESSION, "K7QM2XRJ"); /* replaced */
    ask_ticket(test, 6, FIXTURE_ELSEWHERE, "AAAA2XRG");
    ask_ticket(test, 7, FIXTURE_SESSION, "ZZZZ2XRG"); /* on no list */
    (void)strcpy(test->asked[8], "counts\n");
}

/* Somebody is in before the bit flips. */
static void
enter(struct flip_test *test)
{
    const char *const arguments[] = {"brugwachter-kiosk", "door", "--store",
        test->fixture.path, "--clock", "2025-03-18T13:00:00", NULL};
    struct door_pipe door;
    if (!door_pipe_start(&door, PROGRAM, arguments, NULL) ||
        !door_pipe_send(&door, test->asked[1], strlen(test->asked[1])) ||
        door_pipe_line(&door) == NULL || door_pipe_stop(&door) != 0) {
        fail("the door", "let nobody in");
    }
}

static void
read_file(struct flip_test *test)
{
    struct stat info;
    bw_store_close(fixture_store(&test->fixture, BW_STORE_SYNC)); /* one file again */
    int fd = open(test->fixture.path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0) {
        fail("the store", "can't be read");
    }
    test->file_bytes = (size_t)info.st_size;
    test->file = malloc(test->file_bytes);
    if (test->file == NULL ||
        read(fd, test->file, test->file_bytes) != (ssize_t)test->file_bytes) {
        fail("the store", "can't be read");
    }
    (void)close(fd);
}

static void
write_copy(const struct flip_test *test)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char path[600];
        (void)snprintf(path, sizeof path, "%s%s", test->copy, suffixes[i]);
        (void)unlink(path);
    }
    int fd = open(test->copy, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, test->file, test->file_bytes) != (ssize_t)test->file_bytes) {
        fail("a copy", "can't be written");
    }
    (void)close(fd);
}

/* What may differ between two runs of one file: when somebody came in, by the clock. */
static void
drop_times(char *answer)
{
    char *since = strstr(answer, "\"since\"");
    char *end = since != NULL ? strchr(since, ',') : NULL;
    if (end != NULL) {
        memmove(since, end + 1, strlen(end + 1) + 1);
    }
}

/* Asks the copy all questions; the answers it gave are in `ret_answers`. */
static int
ask(struct flip_test *test, char ret_answers[ASKED][ANSWER_BYTES])
{
    const char *const arguments[] = {"brugwachter-kiosk", "door", "--store", test->copy,
        "--clock", "2025-03-18T13:10:00", NULL};
    struct door_pipe door;
    int answered = 0;
    if (!door_pipe_start(&door, PROGRAM, arguments, test->said)) {
        fail("the door", "was not started");
    }
    for (int i = 0; i < ASKED; i++) {
        if (!door_pipe_send(&door, test->asked[i], strlen(test->asked[i]))) {
            break;
        }
    }
    for (const char *line; answered < ASKED && (line = door_pipe_line(&door)) != NULL;
         answered++) {
        (void)snprintf(ret_answers[answered], ANSWER_BYTES, "%s", line);
        drop_times(ret_answers[answered]);
    }
    int exit_status = door_pipe_stop(&door);
    if (exit_status < 0) {
        fail("the door", "died");
    }
    return answered;
}

static void
compare(struct flip_test *test, size_t bit)
{
    static char answers[ASKED][ANSWER_BYTES];
    int answered = ask(test, answers);
    bool strayed = false; /* after an error the next event has another number */
    test->refused += answered == 0;
    for (int i = 0; i < answered; i++) {
        bool error = strncmp(answers[i], "{\"error\"", 8) == 0;
        strayed = strayed || error;
        test->errors += error;
        if (!error && !strayed && strcmp(answers[i], test->answers[i]) != 0) {
            (void)fprintf(stderr, "flip: bit %zu (page %zu, byte %zu): %s\n  was  %s\n",
                bit, bit / 8 / 4096 + 1, bit / 8 % 4096, answers[i], test->answers[i]);
            exit(1);
        }
    }
    test->same += !strayed && answered == ASKED;
}

int
main(int argc, char **argv)
{
    static struct flip_test test;
    int flips = argc > 1 ? atoi(argv[1]) : FLIPS;
    test.random = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    if (flips <= 0) {
        (void)fprintf(stderr, "Usage: flip [FLIPS [SEED]]\n");
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    prepare(&test);
    enter(&test);
    read_file(&test);
    (void)snprintf(test.copy, sizeof test.copy, "%s/copy.db", test.fixture.folder);
    (void)snprintf(test.said, sizeof test.said, "%s/said", test.fixture.folder);
    write_copy(&test);
    if (ask(&test, test.answers) != ASKED) {
        fail("the whole file", "doesn't answer");
    }
    for (int i = 0; i < flips; i++) {
        size_t bit = (size_t)(draw(&test) % (test.file_bytes * 8));
        test.file[bit / 8] ^= (uint8_t)(1U << bit % 8);
        write_copy(&test);
        compare(&test, bit);
        test.file[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    (void)printf("%d bits flipped: %d files refused, %d answered as before, %d errors, "
                 "no other verdict\n",
        flips, test.refused, test.same, test.errors);
    fixture_destroy(&test.fixture);
    free(test.file);
    return 0;
}
