/* The kiosk's window with the other program in its store:  beside locks|green [ROUNDS]
 *
 * `locks` starts the kiosk so often, with all that it looks up in its store as it starts,
 * and looks each time whether it still holds its POSIX lock on the file: only that
 * lock keeps a program that closes the store from taking the write-ahead log away.
 * `green` lets such a program come and go, shows the camera a ticket, kills the kiosk at
 * its green screen, and looks for the check-in in the log.
 *
 * Waits are for lines of the kiosk's trace, never for time. */
#include "tests/core/store/fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <qrencode.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#define KIOSK BW_BINARY_DIR "/bin/brugwachter-kiosk"
#define SYNC BW_BINARY_DIR "/bin/brugwachter-sync"
#define PERSON "K7QM2XRD"

enum {
    ROUNDS = 10,
    WAIT_MS = 240000,
    TRACE_BYTES = 1 << 16,
    FRAME_WIDTH = 640,
    FRAME_HEIGHT = 480,
    MODULE_PX = 6,
};

struct beside {
    struct fixture fixture;
    char trace_path[600], pictures[600], camera[620];
    int trace_fd;
    pid_t kiosk;
    char trace[TRACE_BYTES];
    size_t traced;
};

static void
fail(const char *what)
{
    (void)fprintf(stderr, "beside: %s\n", what);
    exit(1);
}

static void
start_kiosk(struct beside *test)
{
    test->traced = 0;
    test->trace_fd = open(test->trace_path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (test->trace_fd < 0) {
        fail("the trace can't be read");
    }
    test->kiosk = fork();
    if (test->kiosk == 0) {
        (void)setenv("SDL_VIDEODRIVER", "dummy", 1);
        (void)execl(KIOSK, "brugwachter-kiosk", "--store", test->fixture.path, "--camera",
            test->camera, "--window", "1280x800", "--clock", "2025-03-18T13:10:00",
            "--mute", "--trace", test->trace_path, (char *)NULL);
        _exit(127);
    }
    if (test->kiosk < 0) {
        fail("the kiosk was not started");
    }
}

/* Reads the trace until `wanted` stands in it. */
static void
wait_for(struct beside *test, const char *wanted)
{
    for (;;) {
        test->trace[test->traced] = '\0';
        if (strstr(test->trace, wanted) != NULL) {
            return;
        }
        struct pollfd wait = {.fd = test->trace_fd, .events = POLLIN};
        if (poll(&wait, 1, WAIT_MS) <= 0) {
            fail("the kiosk fell silent");
        }
        ssize_t got = read(test->trace_fd, test->trace + test->traced,
            sizeof test->trace - 1 - test->traced);
        if (got > 0) {
            test->traced += (size_t)got;
        } else if (got == 0 ? waitpid(test->kiosk, NULL, WNOHANG) != 0
                            : errno != EAGAIN && errno != EINTR) {
            fail("the kiosk went away by itself");
        }
        if (test->traced == sizeof test->trace - 1) { /* its newest half is enough */
            memmove(test->trace, test->trace + test->traced / 2, test->traced / 2 + 1);
            test->traced -= test->traced / 2;
        }
    }
}

static void
end_kiosk(struct beside *test, int by_signal)
{
    (void)kill(test->kiosk, by_signal);
    (void)waitpid(test->kiosk, NULL, 0);
    (void)close(test->trace_fd);
}

/* Whether the process holds a lock on the store's own file. */
static bool
holds_lock(const struct beside *test)
{
    struct stat info;
    char mark[64], line[256];
    bool held = false;
    FILE *locks = fopen("/proc/locks", "re");
    if (locks == NULL || stat(test->fixture.path, &info) != 0) {
        fail("the locks can't be read");
    }
    (void)snprintf(mark, sizeof mark, " %d %02x:%02x:%lu ", test->kiosk,
        major(info.st_dev), minor(info.st_dev), (unsigned long)info.st_ino);
    while (fgets(line, sizeof line, locks) != NULL) {
        held = held || (strstr(line, "POSIX") != NULL && strstr(line, mark) != NULL);
    }
    (void)fclose(locks);
    return held;
}

static int
count_lost_locks(struct beside *test, int rounds)
{
    int lost = 0;
    for (int round = 0; round < rounds; round++) {
        start_kiosk(test);
        wait_for(test, "roster=1 still");
        lost += !holds_lock(test);
        end_kiosk(test, SIGTERM);
    }
    return lost;
}

static void
write_picture(const struct beside *test, const char *name, const char *text)
{
    static uint8_t pixels[FRAME_HEIGHT][FRAME_WIDTH];
    char path[700];
    (void)snprintf(path, sizeof path, "%s/%s", test->pictures, name);
    memset(pixels, 0xff, sizeof pixels);
    QRcode *code = text != NULL ? QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) : NULL;
    for (int y = 0; code != NULL && y < code->width * MODULE_PX; y++) {
        for (int x = 0; x < code->width * MODULE_PX; x++) {
            bool dark =
                (code->data[y / MODULE_PX * code->width + x / MODULE_PX] & 1) != 0;
            int left = (FRAME_WIDTH - code->width * MODULE_PX) / 2;
            int top = (FRAME_HEIGHT - code->width * MODULE_PX) / 2;
            pixels[top + y][left + x] = dark ? 0 : 0xff;
        }
    }
    QRcode_free(code);
    FILE *file = fopen(path, "we");
    if (file == NULL || fprintf(file, "P5 %d %d 255\n", FRAME_WIDTH, FRAME_HEIGHT) < 0 ||
        fwrite(pixels, sizeof pixels, 1, file) != 1 || fclose(file) != 0) {
        fail("a picture can't be written");
    }
}

/* The real program, and then certainly somebody who opens the store and closes it. */
static void
come_and_go(const struct beside *test)
{
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        (void)dup2(nowhere, STDOUT_FILENO);
        (void)dup2(nowhere, STDERR_FILENO);
        (void)execl(SYNC, "brugwachter-sync", "--store", test->fixture.path, "push",
            (char *)NULL);
        _exit(127);
    }
    (void)waitpid(child, NULL, 0);
    child = fork();
    if (child == 0) {
        bw_store_close(fixture_store(&test->fixture, BW_STORE_SYNC));
        _exit(0);
    }
    (void)waitpid(child, NULL, 0);
}

static bool
on_event(const struct bw_event *event, void *context)
{
    *(int *)context += event->kind == BW_EVENT_ARRIVED || event->kind == BW_EVENT_REFUSED;
    return true;
}

static int
count_events(const struct beside *test)
{
    int events = 0;
    struct bw_store *store = fixture_store(&test->fixture, BW_STORE_SYNC);
    if (bw_store_own_events(store, 1, on_event, &events, NULL) != BW_OK) {
        fail("the log can't be read");
    }
    bw_store_close(store);
    return events;
}

static int
count_lost_greens(struct beside *test, int rounds)
{
    int lost = 0;
    for (int round = 0; round < rounds; round++) {
        int before = count_events(test);
        start_kiosk(test);
        wait_for(test, "roster=1 still");
        come_and_go(test);
        wait_for(test, " result "); /* green the first time, "already in" after */
        end_kiosk(test, SIGKILL);
        lost += count_events(test) == before;
    }
    return lost;
}

static void
prepare(struct beside *test, bool with_ticket)
{
    char text[BW_TICKET_TEXT_BYTES];
    bw_code code = BW_CODE_NONE;
    struct fixture *fixture = &test->fixture;
    fixture_create(fixture, 50, 0, false);
    fixture_person(fixture, PERSON, "Fatima", "el Amrani", BW_CONFIRMED, 0);
    (void)snprintf(
        test->trace_path, sizeof test->trace_path, "%s/trace", fixture->folder);
    (void)snprintf(test->pictures, sizeof test->pictures, "%s/pictures", fixture->folder);
    (void)snprintf(test->camera, sizeof test->camera, "images:%s", test->pictures);
    if (mkfifo(test->trace_path, 0600) != 0 || mkdir(test->pictures, 0700) != 0 ||
        !bw_code_parse(PERSON, &code)) {
        fail("the folder can't be made ready");
    }
    write_picture(test, "0@3s.pgm", NULL);
    if (with_ticket) {
        fixture_ticket(fixture, FIXTURE_SESSION, code, 0, text);
        write_picture(test, "1.pgm", text);
    }
}

static void
clear(struct beside *test)
{
    char path[700];
    static const char *const names[] = {"0@3s.pgm", "1.pgm"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", test->pictures, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(test->pictures);
    fixture_destroy(&test->fixture);
}

int
main(int argc, char **argv)
{
    static struct beside test;
    bool locks = argc > 1 && strcmp(argv[1], "locks") == 0;
    int rounds = argc > 2 ? atoi(argv[2]) : ROUNDS;
    if (rounds <= 0 || (!locks && (argc < 2 || strcmp(argv[1], "green") != 0))) {
        (void)fprintf(stderr, "Usage: beside locks|green [ROUNDS]\n");
        return 2;
    }
    prepare(&test, !locks);
    int lost = locks ? count_lost_locks(&test, rounds) : count_lost_greens(&test, rounds);
    clear(&test);
    (void)printf("%d starts, %s lost in %d\n", rounds,
        locks ? "the store's lock" : "a check-in shown green", lost);
    return lost == 0 ? 0 : 1;
}
