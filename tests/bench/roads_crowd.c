/* See roads_crowd.h. */
#include "roads_crowd.h"

#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, CHILDREN_BYTES = 8192, STAT_BYTES = 1024 };

struct spent {
    double passed_s, used_s; /* as time passes, and of the processor */
};

int crowd_kiosks = CROWD_MANY;

void
crowd_begin(int argc, char **argv)
{
    crowd_kiosks = argc > 1 && strcmp(argv[1], "--quick") == 0 ? CROWD_FEW : CROWD_MANY;
}

void
crowd_letter(
    int kiosk, int round, char ret_name[64], unsigned char ret_bytes[CROWD_LETTER_BYTES])
{
    (void)snprintf(ret_name, 64, "bw-events-%d-%d-%d-0011aabb.bwe", CROWD_FIRST + kiosk,
        round * 50 + 1, round * 50 + 50);
    for (int i = 0; i < CROWD_LETTER_BYTES; i++) {
        ret_bytes[i] = (unsigned char)(i * 31 + kiosk * 7 + round);
    }
}

/* ---- clocks ---- */

static double
now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* A process and those of its children that have ended, of the processor. */
static double
process_used_s(int pid)
{
    char path[64], text[STAT_BYTES] = "";
    (void)snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0; /* it ended meanwhile: its parent has it */
    }
    (void)!fgets(text, sizeof text, file);
    (void)fclose(file);
    char *at = strrchr(text, ')'), *end = NULL;
    unsigned long ticks = 0;
    for (int field = 2; at != NULL && field <= 16; field++) {
        at = strchr(at + 1, ' ');
        ticks += at != NULL && field >= 13 ? strtoul(at, &end, 10) : 0;
    }
    return (double)ticks / (double)sysconf(_SC_CLK_TCK);
}

static double
server_used_s(pid_t server)
{
    char path[64], text[CHILDREN_BYTES] = "";
    double used_s = process_used_s(server);
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", server, server);
    FILE *file = fopen(path, "r");
    if (file != NULL) {
        (void)!fgets(text, sizeof text, file);
        (void)fclose(file);
    }
    for (char *at = text, *end; (void)(end = at), strtol(at, &end, 10) > 0; at = end) {
        used_s += process_used_s((int)strtol(at, NULL, 10));
    }
    return used_s;
}

static double
used_s(pid_t server)
{
    struct rusage used;
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &used), 0);
    return seconds(used.ru_utime) + seconds(used.ru_stime) + server_used_s(server);
}

/* ---- all of them ---- */

static struct spent
all_at_once(crowd_put *put, int round, const struct crowd_server *server)
{
    int ends[2], failed = 0;
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < crowd_kiosks; i++) {
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            char word;
            (void)close(ends[1]);
            (void)!read(ends[0], &word, 1); /* until the other end is closed */
            _exit(put(i, round) ? 0 : 1);
        }
    }
    (void)close(ends[0]);
    double began_s = now_s(), before_s = used_s(server->pid);
    (void)close(ends[1]);
    for (int i = 0; i < crowd_kiosks; i++) {
        int result = -1;
        assert_true(wait(&result) > 0);
        failed += result != 0;
    }
    assert_int_equal(failed, 0);
    double passed_s = now_s() - began_s;
    if (server->rest != NULL) {
        server->rest();
    }
    return (struct spent){passed_s, used_s(server->pid) - before_s};
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
median(double values[ROUNDS])
{
    qsort(values, ROUNDS, sizeof values[0], compare);
    return values[ROUNDS / 2];
}

/* At once, so that of a run that is cut short what there is was told. */
static void
round_tell(int round, const struct spent *bare, const struct spent *carrier)
{
    printf("%d of %d: %.2f s alone, %.2f s by the carrier; of the processor %.2f and "
           "%.2f s\n",
        round, ROUNDS, bare->passed_s, carrier->passed_s, bare->used_s, carrier->used_s);
    (void)fflush(stdout);
}

void
crowd_measure(crowd_put *carrier, crowd_put *bare, const char *bare_name,
    const struct crowd_server *server)
{
    double passed[2][ROUNDS], used[2][ROUNDS];
    (void)all_at_once(bare, 0, server); /* not measured */
    for (int i = 0; i < ROUNDS; i++) {
        struct spent spent[2];
        for (int which = 0; which < 2; which++) {
            spent[which] = all_at_once(which ? carrier : bare, 2 * i + 1 + which, server);
            passed[which][i] = spent[which].passed_s;
            used[which][i] = spent[which].used_s;
        }
        round_tell(i + 1, &spent[0], &spent[1]);
    }
    double bare_s = median(passed[0]), carrier_s = median(passed[1]);
    double bare_used_s = median(used[0]), carrier_used_s = median(used[1]);
    printf("%d kiosks at once, a letter of %d bytes each: %s alone %.2f s, the carrier "
           "%.2f s; ratio %.2f (goal 1.2); of the processor %.2f and %.2f s, ratio "
           "%.2f\n",
        crowd_kiosks, CROWD_LETTER_BYTES, bare_name, bare_s, carrier_s,
        carrier_s / bare_s, bare_used_s, carrier_used_s, carrier_used_s / bare_used_s);
}
