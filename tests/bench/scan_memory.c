/* What a scanner holds after so many decodes: resident pages,
 * and what of them is in use. */
#include "tests/scan/qr/scene.h"
#include "scan/qr/budget.h"
#include "scan_bench.h"

#include <malloc.h>
#include <stdio.h>

static long
resident_kb(void)
{
    long pages = 0, resident = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    if (statm) {
        if (fscanf(statm, "%ld %ld", &pages, &resident) != 2) {
            resident = 0;
        }
        fclose(statm);
    }
    return resident * 4;
}

/* A frame's budget also ends by the clock on the wall, at BW_BUDGET_STRETCH times: where
 * the machine gives the scanner no time for so long, a frame has no text. */
enum { STARVED_US = 33000 * 3 / 4 * BW_BUDGET_STRETCH };

void
scan_bench_memory(struct scan_bench *bench)
{
    static const int points[] = {1, 10, 100, 250, 500, 750, 1000}; /* of a thousand */
    enum { POINTS = sizeof points / sizeof *points };
    char text[SCAN_TICKET_BYTES];
    uint32_t seed = 11;
    struct scan_scene scene = scan_scene_plain();
    scene.width_px = scene.height_px = 320;
    scan_ticket_text(&seed, text);
    if (!scan_symbol_encode(text, 5, 1, &bench->symbol) ||
        !scan_render(&bench->symbol, &scene, bench->pixels)) {
        return;
    }
    struct bw_luma luma = {bench->pixels, 320, 320, 320};
    int read = 0, starved = 0;
    scan_bench_name(bench, "memory", "a ticket");
    printf("\n%-34s %12s %12s %12s\n", "memory", "read", "resident kB", "in use kB");
    for (int i = 1, point = 0; i <= bench->decodes; i++) {
        struct bw_budget wall = bw_budget_start(STARVED_US, NULL);
        scan_bench_read_on(bench, 0, &luma);
        read += bench->texts.count;
        starved += bench->texts.count == 0 && bw_budget_wall_us(&wall) > STARVED_US;
        if (i == (int)((long long)bench->decodes * points[point] / 1000)) {
            struct mallinfo2 about = mallinfo2();
            printf("after %-28d %12d %12ld %12zu\n", i, read, resident_kb(),
                (about.uordblks + about.hblkhd) / 1024);
            fflush(stdout);
            point += point + 1 < POINTS;
        }
    }
    printf("%-34s %12d, of these %d for want of a processor (%d ms by the wall)\n",
        "frames without a text", bench->decodes - read, starved, STARVED_US / 1000);
}
