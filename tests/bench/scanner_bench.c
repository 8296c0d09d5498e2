/* One table: this scanner beside plain zbar, and quirc and zxing-cpp where they were
 * found, on the same pictures in the same run.
 *
 *   scanner_bench [--part PART] [--photos DIR] [--tickets N] [--decodes N] [--seed N]
 *                 [--missed] [--alone]
 *
 * Parts: photos, tickets, modules, rooms, hostile, versions, kinds, halls, rows,
 * memory; without one, all. Photos come from a folder with a manifest.tsv (file, set,
 * what it says: `*` anything, empty nothing, bytes outside ASCII and control
 * characters as %xx, cut at 120). Tickets, hostile pictures and empty frames are
 * drawn here, from fixed seeds; another --seed draws other frames of the kinds. Times
 * are the processor's, of the one thread that each decoder has, or instructions
 * (scan_clock.h). */
#include "scan_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IN_TIME_US = 33000 };

void
scan_bench_reset(struct scan_bench *bench)
{
    memset(bench->tally, 0, sizeof bench->tally);
}

void
scan_bench_name(struct scan_bench *bench, const char *kind, const char *name)
{
    int at = 0;
    while (at < bench->kinds && strcmp(bench->worst[at].kind, kind) != 0) {
        at++;
    }
    if (at == bench->kinds && at < SCAN_BENCH_KINDS_MAX) {
        bench->worst[bench->kinds++].kind = kind;
    }
    bench->kind = at < SCAN_BENCH_KINDS_MAX ? at : SCAN_BENCH_KINDS_MAX - 1;
    snprintf(bench->name, sizeof bench->name, "%s", name);
}

void
scan_bench_forget(struct scan_bench *bench, int peer)
{
    if (bench->peers[peer].forget) {
        bench->peers[peer].forget(bench->peers[peer].state);
    }
}

uint32_t
scan_bench_read_on(struct scan_bench *bench, int peer, const struct bw_luma *frame)
{
    struct scan_worst *worst = &bench->worst[bench->kind];
    bench->texts.count = 0;
    uint32_t start = scan_now_us();
    bench->peers[peer].read(bench->peers[peer].state, frame, &bench->texts);
    uint32_t us = scan_now_us() - start;
    if (peer == 0) {
        worst->over += us > IN_TIME_US;
    }
    if (peer == 0 && us > worst->us) {
        worst->us = us;
        memcpy(worst->name, bench->name, sizeof worst->name);
    }
    return us;
}

uint32_t
scan_bench_read(struct scan_bench *bench, int peer, const struct bw_luma *frame)
{
    scan_bench_forget(bench, peer);
    return scan_bench_read_on(bench, peer, frame);
}

void
scan_bench_head(const struct scan_bench *bench, const char *title)
{
    printf("\n%-34s", title);
    for (int i = 0; i < bench->count; i++) {
        printf(" %12s", bench->peers[i].name);
    }
    printf("\n");
}

void
scan_bench_row(struct scan_bench *bench, const char *name, enum scan_figure figure)
{
    scan_tally_row(bench->tally, bench->count, name, figure);
}

/* Over every frame of ours in this run, later frames of a stream included. */
static void
say_worst(const struct scan_bench *bench)
{
    int worst = 0;
    if (bench->kinds == 0) {
        return;
    }
    printf("\n%-34s %12s  %s\n", "worst frame of ours, by kind: ms", "over 33 ms", "");
    for (int i = 0; i < bench->kinds; i++) {
        const struct scan_worst *kind = &bench->worst[i];
        printf("%-34s %12.2f %6u  %s\n", kind->kind, kind->us / 1000.0, kind->over,
            kind->name);
        worst = kind->us > bench->worst[worst].us ? i : worst;
    }
    printf("%-34s %12.2f         %s: %s\n", "worst frame of all kinds",
        bench->worst[worst].us / 1000.0, bench->worst[worst].kind,
        bench->worst[worst].name);
}

static void
parse(struct scan_bench *bench, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        bool more = i + 1 < argc;
        if (more && strcmp(argv[i], "--part") == 0) {
            bench->part = argv[++i];
            continue;
        }
        if (more && strcmp(argv[i], "--photos") == 0) {
            bench->photos = argv[++i];
        } else if (more && strcmp(argv[i], "--tickets") == 0) {
            bench->tickets = atoi(argv[++i]);
        } else if (more && strcmp(argv[i], "--decodes") == 0) {
            bench->decodes = atoi(argv[++i]);
        } else if (more && strcmp(argv[i], "--seed") == 0) {
            bench->seed = abs(atoi(argv[++i]));
        } else if (strcmp(argv[i], "--missed") == 0) {
            bench->missed = true;
        } else if (strcmp(argv[i], "--alone") == 0) {
            bench->alone = true;
        } else {
            fprintf(stderr,
                "usage: %s [--part PART] [--photos DIR] [--tickets N] [--decodes N] "
                "[--seed N] [--missed] [--alone]\n",
                argv[0]);
            exit(2);
        }
    }
}

int
main(int argc, char **argv)
{
    static struct scan_bench bench = {
        .photos = BW_SOURCE_DIR "/../shared/photos", .tickets = 1000, .decodes = 20000};
    parse(&bench, argc, argv);
    scan_clock_init();
    if (scan_clock_rate()) {
        printf("\nCounted in instructions: a us is %u of them.\n", scan_clock_rate());
    }
    bench.pixels = malloc((size_t)SCAN_BENCH_WIDTH * SCAN_BENCH_HEIGHT);
    int peers = scan_peers_init(bench.peers);
    bench.count = bench.alone ? 1 : peers;
    if (!bench.pixels) {
        return 1;
    }
    static const struct {
        const char *name;
        void (*run)(struct scan_bench *bench);
    } parts[] = {{"photos", scan_bench_photos}, {"tickets", scan_bench_tickets},
        {"modules", scan_bench_modules}, {"rooms", scan_bench_rooms},
        {"hostile", scan_bench_hostile}, {"versions", scan_bench_versions},
        {"kinds", scan_bench_kinds}, {"halls", scan_bench_halls},
        {"rows", scan_bench_rows}, {"memory", scan_bench_memory}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!bench.part || strcmp(bench.part, parts[i].name) == 0) {
            parts[i].run(&bench);
            fflush(stdout);
        }
    }
    say_worst(&bench);
    scan_peers_finish(bench.peers, peers);
    free(bench.pixels);
    return 0;
}
