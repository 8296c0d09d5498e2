/* Tickets beside other codes and in troubles of kind.h, over one and ten frames; and
 * halls without a code. */
#include "tests/scan/qr/kind.h"
#include "scan_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HALL_FRAMES = 12, SEED_FRAMES = 1000 };

/* The frame in which ours told the ticket; -1: none. */
static int
read_stream(struct scan_bench *bench, const struct bw_luma *luma, const char *text)
{
    scan_bench_forget(bench, 0);
    for (int i = 0; i < SCAN_BENCH_FRAMES; i++) {
        scan_bench_read_on(bench, 0, luma);
        if (bench->texts.count > 0 && strcmp(bench->texts.text[0], text) == 0) {
            return i;
        }
    }
    return -1;
}

static int
frames_of(const struct scan_bench *bench, int kind)
{
    int frames = bench->tickets / 20;
    return kind == SCAN_CORNER || kind == SCAN_ANY_CORNER ? frames * 9 : frames;
}

void
scan_bench_kinds(struct scan_bench *bench)
{
    const struct bw_luma luma = {
        bench->pixels, SCAN_BENCH_WIDTH, SCAN_BENCH_HEIGHT, SCAN_BENCH_WIDTH};
    scan_bench_head(bench, "kinds, 1280x720: first frame");
    int ten[SCAN_KINDS] = {0}, all[SCAN_KINDS] = {0};
    for (int kind = 0; kind < SCAN_KINDS; kind++) {
        const char *name = scan_kind_name((enum scan_kind)kind);
        scan_bench_reset(bench);
        all[kind] = frames_of(bench, kind);
        for (int n = 0; n < all[kind]; n++) {
            char text[SCAN_TICKET_BYTES];
            if (!scan_kind_draw((enum scan_kind)kind, n + bench->seed * SEED_FRAMES,
                    bench->pixels, text)) {
                exit(1);
            }
            scan_bench_name(bench, "kinds", name);
            for (int i = 0; i < bench->count; i++) {
                uint32_t us = scan_bench_read(bench, i, &luma);
                int verdict = 0;
                for (int k = 0; k < bench->texts.count; k++) {
                    verdict = verdict || strcmp(bench->texts.text[k], text) == 0;
                }
                scan_tally_count(&bench->tally[i], verdict, us);
            }
            int at = read_stream(bench, &luma, text);
            ten[kind] += at >= 0;
            if (bench->missed && at < 0) {
                printf("missed: %s %d\n", name, n + bench->seed * SEED_FRAMES);
            }
        }
        scan_bench_row(bench, name, SCAN_IN_TIME);
    }
    printf("\n%-34s\n", "… ours over ten frames");
    for (int kind = 0; kind < SCAN_KINDS; kind++) {
        printf(
            "%-34s %6d/%d\n", scan_kind_name((enum scan_kind)kind), ten[kind], all[kind]);
    }
}

static void
bench_hall(struct scan_bench *bench, int hall, int width, int height)
{
    const struct bw_luma luma = {bench->pixels, width, height, width};
    char name[64];
    scan_bench_reset(bench);
    for (int n = 0; n < HALL_FRAMES; n++) {
        scan_hall_draw((enum scan_hall)hall, n, width, height, bench->pixels);
        scan_bench_name(bench, "halls", scan_hall_name((enum scan_hall)hall));
        scan_bench_forget(bench, 0);
        for (int i = 0; i < bench->count; i++) {
            for (int frame = 0; frame < (i == 0 ? SCAN_BENCH_FRAMES : 1); frame++) {
                scan_tally_time(&bench->tally[i], scan_bench_read_on(bench, i, &luma));
            }
        }
    }
    snprintf(name, sizeof name, "%s, %dx%d: median ms",
        scan_hall_name((enum scan_hall)hall), width, height);
    scan_bench_row(bench, name, SCAN_MEDIAN_MS);
    printf("%-34s %12.3f\n", "… ours, parts of plain zbar's",
        bench->count < 2 ? 0
                         : scan_tally_ms(&bench->tally[0], 0.5) /
                               scan_tally_ms(&bench->tally[1], 0.5));
}

static void
bench_poster(struct scan_bench *bench)
{
    const struct bw_luma luma = {
        bench->pixels, SCAN_BENCH_WIDTH, SCAN_BENCH_HEIGHT, SCAN_BENCH_WIDTH};
    scan_bench_reset(bench);
    for (int n = 0; n < HALL_FRAMES; n++) {
        if (!scan_kind_poster(n, bench->pixels)) {
            exit(1);
        }
        scan_bench_name(bench, "halls", "a poster alone");
        scan_bench_forget(bench, 0);
        for (int i = 0; i < bench->count; i++) {
            for (int frame = 0; frame < (i == 0 ? SCAN_BENCH_FRAMES : 1); frame++) {
                scan_tally_time(&bench->tally[i], scan_bench_read_on(bench, i, &luma));
            }
        }
    }
    scan_bench_row(bench, "a poster alone: median ms", SCAN_MEDIAN_MS);
    scan_bench_row(bench, "a poster alone: worst ms", SCAN_WORST_MS);
}

void
scan_bench_halls(struct scan_bench *bench)
{
    scan_bench_head(bench, "without a code (ours: 10 frames)");
    for (int hall = 0; hall < SCAN_HALLS; hall++) {
        bench_hall(bench, hall, SCAN_BENCH_WIDTH, SCAN_BENCH_HEIGHT);
        bench_hall(bench, hall, 640, 480);
    }
    bench_poster(bench);
}
