/* What `status`, `purge` and `import sessions` cost an office as its sessions grow.
 *
 *   growth_bench FOLDER [quick]
 *
 * Whole commands, each in a process of its own, of offices with 200 and 2,000 sessions
 * (8 sign-ups, a kiosk, 8 arrivals and a walk-in each, 12 a series): a session of the
 * large office may cost at most 1.3 times one of the small. Processor seconds, the best
 * of a few rounds; purge and import on a copy each time. And `status` of 20,000 sessions,
 * as time passes: at most 2 s. Exit status 1: a goal was missed.
 *
 * `quick`: 100 and 400 sessions, with half as much again allowed; not the third. */
#include "office_fill.h"

#include "cli/commands/commands.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, PEOPLE = 8, SERIES = 12, FEW = 200, MANY = 2000, ALL = 20000 };
enum { PATH = 300, WORDS_MAX = 10 };

static const double goal_session = 1.3, goal_s = 2;

static char folder[200];
static double slack = 1;

struct cost {
    double processor_s, passed_s;
};

static double
now_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- the office ---- */

static void
path_of(const char *name, char ret_path[PATH])
{
    (void)snprintf(ret_path, PATH, "%s/growth_bench_%s", folder, name);
}

/* Runs the program on it; what it prints is thrown away. Ends with its exit status. */
static _Noreturn void
command_run(const char *name, const char *const *words)
{
    char uri[PATH + 8], path[PATH];
    char *all[WORDS_MAX + 4] = {
        (char *)(uintptr_t) "brugwachter-sync", (char *)(uintptr_t) "--central", uri};
    int count = 3;
    path_of(name, path);
    (void)snprintf(uri, sizeof uri, "sqlite:%s", path);
    for (; *words != NULL; words++) {
        all[count++] = (char *)(uintptr_t)*words;
    }
    FILE *out = fopen("/dev/null", "w");
    _exit(out ? (int)bw_sync_main(&bw_sync_commands, count, all, out, stderr) : 99);
}

static struct cost
command_cost(const char *name, const char *const *words)
{
    struct rusage usage;
    int result = -1;
    double began_s = now_s();
    pid_t child = fork();
    if (child == 0) {
        command_run(name, words);
    }
    if (child < 0 || wait4(child, &result, 0, &usage) != child || !WIFEXITED(result) ||
        WEXITSTATUS(result) > BW_EXIT_LOOK) {
        (void)fprintf(stderr, "growth_bench: %s failed\n", words[0]);
        exit(2);
    }
    return (struct cost){.passed_s = now_s() - began_s,
        .processor_s = (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec +
                       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6};
}

static void
drop(const char *name)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock", ".key"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char path[PATH], whole[PATH + 8];
        path_of(name, path);
        (void)snprintf(whole, sizeof whole, "%s%s", path, ends[i]);
        (void)remove(whole);
    }
    char path[PATH], command[PATH + 32];
    path_of(name, path);
    (void)snprintf(command, sizeof command, "rm -rf '%s.letters'", path);
    if (system(command) != 0) { /* NOLINT(cert-env33-c): a bench's own paths */
        exit(2);
    }
}

static void
copy(const char *from, const char *to)
{
    static const char *const ends[] = {"", ".key"};
    drop(to);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char source[PATH], target[PATH], command[3 * PATH];
        path_of(from, source);
        path_of(to, target);
        (void)snprintf(command, sizeof command, "cp '%s%s' '%s%s'", source, ends[i],
            target, ends[i]);
        if (system(command) != 0) { /* NOLINT(cert-env33-c): a bench's own paths */
            exit(2);
        }
    }
}

static void
walk_in_put(struct bw_central *central, int session_no)
{
    struct bw_sql_value values[] = {
        bw_sql_int(session_no), bw_sql_int((int64_t)session_no * 100000 + 99999)};
    fill_run(central,
        "INSERT INTO walk_in (session_no, device, seq, hash, code) SELECT session_no,"
        " device, seq, hash, $2 FROM event WHERE session_no = $1 AND seq = 1",
        values, 2);
}

static void
make(const char *name, int sessions)
{
    static const char *const begin[] = {"init", NULL};
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    char uri[PATH + 8], path[PATH], series[32];
    drop(name);
    (void)command_cost(name, begin);
    path_of(name, path);
    (void)snprintf(uri, sizeof uri, "sqlite:%s", path);
    fill_must(bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), &err);
    fill_must(bw_central_begin(central, &err), &err);
    for (int s = 1; s <= sessions; s++) {
        (void)snprintf(series, sizeof series, "reeks-%d", (s - 1) / SERIES);
        struct bw_sql_value value = bw_sql_text(series);
        if ((s - 1) % SERIES == 0) {
            fill_run(central, "INSERT INTO series (code, title) VALUES ($1, 'Reeks')",
                &value, 1);
        }
        fill_session(central, s, PEOPLE, series);
        for (int i = 0; i < PEOPLE; i++) {
            fill_person(central, s, (bw_code)s * 100000 + (bw_code)i);
        }
        fill_day(central, s, PEOPLE, PEOPLE);
        walk_in_put(central, s);
    }
    fill_must(bw_central_commit(central, &err), &err);
    bw_central_close(central);
}

/* As many sessions, new ones, as a sheet has them. */
static void
sheet_make(const char *name, int sessions)
{
    char path[PATH];
    path_of(name, path);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        exit(2);
    }
    (void)fputs("code,series,title,kind,region,venue,address,starts_at,ends_at,capacity,"
                "audience\n",
        file);
    for (int i = 0; i < sessions; i++) {
        (void)fprintf(file,
            "N-%d,nieuw-%d,Leerkring %d,leerkring,Oost,Zaal,Straat 1,2031-03-25 13:30,"
            "2031-03-25 16:30,50,brugfunctionaris\n",
            i, i / SERIES, i);
    }
    (void)fclose(file);
}

/* ---- measuring ---- */

struct figures {
    struct cost status, purge, import;
};

static void
keep_best(struct cost *best, struct cost cost)
{
    if (best->passed_s <= 0 || cost.processor_s < best->processor_s) {
        best->processor_s = cost.processor_s;
    }
    if (best->passed_s <= 0 || cost.passed_s < best->passed_s) {
        best->passed_s = cost.passed_s;
    }
}

static struct figures
measure(int sessions)
{
    char sheet[PATH];
    struct figures best = {.status = {0}};
    path_of("sheet.csv", sheet);
    const char *const status[] = {"status", "--json", NULL};
    const char *const purge[] = {"purge", "--before", "2026-01-01", NULL};
    const char *const import[] = {"import", "sessions", sheet, NULL};
    make("whole", sessions);
    sheet_make("sheet.csv", sessions);
    for (int i = 0; i < ROUNDS; i++) {
        keep_best(&best.status, command_cost("whole", status));
        copy("whole", "copy");
        keep_best(&best.import, command_cost("copy", import));
        copy("whole", "copy");
        keep_best(&best.purge, command_cost("copy", purge));
    }
    drop("copy");
    drop("whole");
    (void)remove(sheet);
    (void)printf("%6d sessions: status %.3f s, purge %.3f s, import sessions %.3f s\n",
        sessions, best.status.processor_s, best.purge.processor_s,
        best.import.processor_s);
    return best;
}

static bool
judge(const char *what, double figure, double goal)
{
    (void)printf("  %-44s %5.2f (at most %.1f)%s\n", what, figure, goal,
        figure > goal ? " MISSED" : "");
    return figure <= goal;
}

static bool
sessions_cost(int few, int many)
{
    struct figures less = measure(few), more = measure(many);
    double times = slack * many / few;
    bool fine = judge("status, a session of the large office",
        more.status.processor_s / less.status.processor_s / times, goal_session);
    fine = judge("purge, a session of the large office",
               more.purge.processor_s / less.purge.processor_s / times, goal_session) &&
           fine;
    return judge("import sessions, a session of the large one",
               more.import.processor_s / less.import.processor_s / times, goal_session) &&
           fine;
}

static bool
all_status(void)
{
    static const char *const status[] = {"status", "--json", NULL};
    struct cost best = {.passed_s = 0};
    make("all", ALL);
    for (int i = 0; i < ROUNDS; i++) {
        keep_best(&best, command_cost("all", status));
    }
    drop("all");
    (void)printf("%6d sessions: status %.3f s of the processor\n", ALL, best.processor_s);
    return judge("status, seconds that pass", best.passed_s, goal_s);
}

int
main(int argc, char **argv)
{
    bool quick = argc > 2 && strcmp(argv[2], "quick") == 0;
    if (argc < 2 || sodium_init() < 0) {
        (void)fputs("growth_bench FOLDER [quick]\n", stderr);
        return 2;
    }
    (void)snprintf(folder, sizeof folder, "%s", argv[1]);
    slack = quick ? 1.5 : 1;
    bool fine = quick ? sessions_cost(100, 400) : sessions_cost(FEW, MANY);
    fine = (quick || all_status()) && fine;
    return fine ? 0 : 1;
}
