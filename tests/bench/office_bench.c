/* What `status` and `report` cost as a session and a series grow.
 *
 *   office_bench FOLDER [quick|series]
 *
 * In one run, each measured in a process of its own (processor seconds from the open
 * database on, the best of a few rounds; what takes little is done more often):
 *   one session of 2,000, 8,000 and 32,000 arrivals: four times as many may cost at most
 *   5.5 times as much (n log n, and a cache that is outgrown);
 *   the search for conflicts alone in such a session, but of two kiosks, one of them a
 *   quarter of an hour slow, which takes back or lets go one of five: the same;
 *   a series of 12 and of 200 sessions, 60 sign-ups, a kiosk and 58 events each: a
 *   session of the large one may cost at most 1.3 times one of the small one, and the
 *   most memory ever held at most 1.4 times.
 * Ratios, for a busy machine; exit status 1: a goal was missed.
 *
 * `quick`: 500 and 2,000 arrivals; 12 and 48 sessions. The smaller of these fits a cache
 * that the larger doesn't, and takes half a millisecond: half as much again is allowed.
 * What grows with the square costs sixteen times as much, and is still found. `series`:
 * the series alone. */
#include "office_fill.h"

#include "central/base/array.h"
#include "central/central.h"
#include "report/conflict/conflicts.h"
#include "report/writer/report_files.h"
#include "report/figures/status_figures.h"

#include <brugwachter/event.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_LEAST = 5, ROUNDS_MOST = 15, SIZES_MAX = 3, SIGN_UPS = 60, EVENTS = 58 };

#define ROUNDS_S 1.0 /* all rounds of one figure together, where they fit */

static const double goal_arrivals = 5.5, goal_session = 1.3, goal_memory = 1.4;

static char folder[256];
static double slack = 1; /* times a goal of time */

/* Makes FOLDER/name.db; returns its URI in `ret_uri`. */
static void
make(const char *name, int sessions, int people, int arrivals, char ret_uri[320])
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    bool created = false;
    char path[300];
    (void)snprintf(path, sizeof path, "%s/office_bench_%s.db", folder, name);
    (void)snprintf(ret_uri, 320, "sqlite:%s", path);
    (void)remove(path);
    fill_must(bw_central_open(ret_uri, BW_CENTRAL_CREATE, &central, &err), &err);
    fill_must(bw_central_setup(central, 1, &created, &err), &err);
    fill_must(bw_central_begin(central, &err), &err);
    fill_run(
        central, "INSERT INTO series (code, title) VALUES ('reeks', 'Reeks')", NULL, 0);
    for (int s = 1; s <= sessions; s++) {
        fill_session(central, s, people, "reeks");
        for (int i = 0; i < people; i++) {
            fill_person(central, s, (bw_code)s * 100000 + (bw_code)i);
        }
        fill_day(central, s, people, arrivals);
    }
    fill_must(bw_central_commit(central, &err), &err);
    bw_central_close(central);
}

/* The same house's second kiosk, a quarter of an hour slow: of one of five people it
 * takes the arrival back, or lets them go. */
static void
put_slow_kiosk(const char *uri, int people)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    uint8_t prev[BW_HASH_BYTES] = {0};
    fill_must(bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), &err);
    fill_must(bw_central_begin(central, &err), &err);
    fill_run(central,
        "INSERT INTO device (device, name, enrolled_ms, sign_public, box_public)"
        " VALUES (2, 'Zij', 1, zeroblob(32), zeroblob(32))",
        NULL, 0);
    for (int i = 0; i < people / 5; i++) {
        struct bw_event event = {.kind = i % 2 ? BW_EVENT_UNDONE : BW_EVENT_LEFT,
            .verdict = BW_VERDICT_WELCOME,
            .operated_by = BW_OPERATOR_STAFF,
            .session_no = 1,
            .home_session_no = 1,
            .id = {2, (uint64_t)i + 1},
            .code = 100000 + (bw_code)i * 5,
            .wall_ms = FILL_START_MS + i * 500 - 900000,
            .refs_count = 1,
            .refs = {{1, (uint64_t)i * 5 + 1}}};
        event.hlc = (uint64_t)event.wall_ms << 16;
        fill_event(central, &event, prev);
        memcpy(prev, event.hash, sizeof prev);
    }
    fill_must(bw_central_commit(central, &err), &err);
    bw_central_close(central);
}

static void
drop(const char *uri)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char path[340];
        (void)snprintf(path, sizeof path, "%s%s", uri + strlen("sqlite:"), ends[i]);
        (void)remove(path);
    }
}

/* ---- measuring ---- */

struct cost {
    double status_s, report_s;
    long status_kib, report_kib; /* most memory ever held */
};

static double
processor_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double
do_status(struct bw_central *central)
{
    double began_s = processor_s();
    struct bw_status_figures figures;
    struct bw_error err = {.text = ""};
    fill_must(
        bw_status_read(central, BW_WORDING_DUTCH, FILL_END_MS, &figures, &err), &err);
    bw_status_finish(&figures);
    return processor_s() - began_s;
}

static double
do_report(struct bw_central *central)
{
    double began_s = processor_s();
    struct bw_report report;
    struct bw_error err = {.text = ""};
    char out[320];
    (void)snprintf(out, sizeof out, "%s/office_bench_report", folder);
    struct bw_report_request request = {.series = "reeks", .folder = out};
    fill_must(bw_report_files(central, &request, FILL_END_MS, &report, &err), &err);
    bw_report_finish(&report);
    return processor_s() - began_s;
}

/* Of session 1, in the book as it was read. */
static double
do_conflicts(struct bw_central *central)
{
    struct bw_book *book = NULL;
    struct bw_conflicts conflicts;
    struct bw_error err = {.text = ""};
    fill_must(bw_book_open(central, 1, NULL, &book, &err), &err);
    double began_s = processor_s();
    fill_must(bw_conflicts_find(book, BW_WORDING_DUTCH, &conflicts, &err), &err);
    double took_s = processor_s() - began_s;
    bw_conflicts_finish(&conflicts);
    bw_book_close(book);
    return took_s;
}

/* In the child: what it took goes to `to`. */
static void
do_once(double (*what)(struct bw_central *central), const char *uri, int to)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    bw_memory_keep(); /* as main does */
    fill_must(bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), &err);
    double took_s = what(central);
    bw_central_close(central);
    _exit(write(to, &took_s, sizeof took_s) == sizeof took_s ? 0 : 1);
}

static void
measure(double (*what)(struct bw_central *central), const char *uri, double *ret_s,
    long *ret_kib)
{
    double all_s = 0;
    *ret_s = 0;
    for (int i = 0; i < ROUNDS_LEAST || (i < ROUNDS_MOST && all_s < ROUNDS_S); i++) {
        int status = 0, ends[2];
        double took_s = 0;
        struct rusage usage;
        pid_t child = pipe(ends) == 0 ? fork() : -1;
        if (child == 0) {
            do_once(what, uri, ends[1]);
        }
        if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0 ||
            read(ends[0], &took_s, sizeof took_s) != sizeof took_s) {
            exit(2);
        }
        (void)close(ends[0]);
        (void)close(ends[1]);
        all_s += took_s;
        *ret_s = i == 0 || took_s < *ret_s ? took_s : *ret_s;
        *ret_kib = usage.ru_maxrss;
    }
}

static struct cost
cost_of(const char *uri)
{
    struct cost cost;
    measure(do_status, uri, &cost.status_s, &cost.status_kib);
    measure(do_report, uri, &cost.report_s, &cost.report_kib);
    return cost;
}

static bool
judge(const char *what, double ratio, double goal)
{
    (void)printf("  %-44s %5.2f (at most %.1f)%s\n", what, ratio, goal,
        ratio > goal ? " MISSED" : "");
    return ratio <= goal;
}

static void
tell(const char *what, int number, const struct cost *cost)
{
    (void)printf("%6d %-9s status %6.3f s %6ld KiB   report %6.3f s %6ld KiB\n", number,
        what, cost->status_s, cost->status_kib, cost->report_s, cost->report_kib);
}

/* Each size is four times the one before. */
static bool
arrivals(const int *sizes, int count)
{
    struct cost costs[SIZES_MAX];
    bool fine = true;
    for (int i = 0; i < count; i++) {
        char uri[320];
        make("one", 1, sizes[i] - sizes[i] / 11, sizes[i], uri);
        costs[i] = cost_of(uri);
        tell("arrivals", sizes[i], &costs[i]);
        drop(uri);
    }
    for (int i = 1; i < count; i++) {
        fine = judge("status, four times the arrivals",
                   costs[i].status_s / costs[i - 1].status_s, slack * goal_arrivals) &&
               fine;
        fine = judge("report, four times the arrivals",
                   costs[i].report_s / costs[i - 1].report_s, slack * goal_arrivals) &&
               fine;
    }
    return fine;
}

static bool
conflicts(const int *sizes, int count)
{
    double took_s[SIZES_MAX];
    long kib = 0;
    bool fine = true;
    for (int i = 0; i < count; i++) {
        char uri[320];
        make("house", 1, sizes[i], sizes[i], uri);
        put_slow_kiosk(uri, sizes[i]);
        measure(do_conflicts, uri, &took_s[i], &kib);
        (void)printf("%6d arrivals  conflicts %6.4f s\n", sizes[i], took_s[i]);
        drop(uri);
    }
    for (int i = 1; i < count; i++) {
        fine = judge("conflicts, four times the arrivals", took_s[i] / took_s[i - 1],
                   slack * goal_arrivals) &&
               fine;
    }
    return fine;
}

static bool
series(int few, int many)
{
    const int sizes[2] = {few, many};
    struct cost costs[2];
    for (int i = 0; i < 2; i++) {
        char uri[320];
        make("series", sizes[i], SIGN_UPS, EVENTS, uri);
        costs[i] = cost_of(uri);
        tell("sessions", sizes[i], &costs[i]);
        drop(uri);
    }
    double times = (double)many / few;
    bool fine = judge("status, a session of the large series",
        costs[1].status_s / costs[0].status_s / times, slack * goal_session);
    fine = judge("report, a session of the large series",
               costs[1].report_s / costs[0].report_s / times, slack * goal_session) &&
           fine;
    fine = judge("status, memory of the large series",
               (double)costs[1].status_kib / (double)costs[0].status_kib, goal_memory) &&
           fine;
    return judge("report, memory of the large series",
               (double)costs[1].report_kib / (double)costs[0].report_kib, goal_memory) &&
           fine;
}

int
main(int argc, char **argv)
{
    static const int sizes[] = {2000, 8000, 32000}, quick_sizes[] = {500, 2000};
    bool quick = argc > 2 && strcmp(argv[2], "quick") == 0;
    bool alone = argc > 2 && strcmp(argv[2], "series") == 0;
    if (argc < 2 || sodium_init() < 0) {
        (void)fputs("office_bench FOLDER [quick|series]\n", stderr);
        return 2;
    }
    (void)snprintf(folder, sizeof folder, "%s", argv[1]);
    slack = quick ? 1.5 : 1;
    bool fine = true;
    if (!alone) {
        fine = quick ? arrivals(quick_sizes, 2) : arrivals(sizes, 3);
        fine = (quick ? conflicts(quick_sizes, 2) : conflicts(sizes, 3)) && fine;
    }
    fine = series(12, quick ? 48 : 200) && fine;
    return fine ? 0 : 1;
}
