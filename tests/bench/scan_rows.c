/* What the vectors gain: each loop over the rows of one picture, in plain C and in
 * vectors. Plain C here is what the compiler makes of it. */
#include "scan/qr/view/rows.h"

#include "tests/scan/qr/scene.h"
#include "scan_bench.h"

#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = SCAN_BENCH_WIDTH, HEIGHT = SCAN_BENCH_HEIGHT, TIMES = 30, LOOPS = 5 };

static uint8_t row[WIDTH];
static uint32_t sums[WIDTH];
static uint16_t places[WIDTH];

static void
run_loop(const struct bw_rows *rows, int loop, const uint8_t *pixels)
{
    for (int y = 0; y + BW_ROWS_BLOCK_PX <= HEIGHT; y++) {
        const uint8_t *at = pixels + (ptrdiff_t)y * WIDTH, *under = at + WIDTH;
        switch (loop) {
        case 0:
            if (y % BW_ROWS_BLOCK_PX == 0) {
                rows->sum_blocks(at, WIDTH, WIDTH / BW_ROWS_BLOCK_PX, sums);
            }
            break;
        case 1:
            rows->compare(at, under, WIDTH, row);
            break;
        case 2:
            rows->halve(at, under, WIDTH / 2, row);
            break;
        case 3:
            rows->soften(at, under, under + WIDTH, WIDTH, row);
            break;
        default:
            (void)rows->edges(at, WIDTH, places);
        }
    }
}

/* The quickest of several, microseconds. */
static uint32_t
best_us(const struct bw_rows *rows, int loop, const uint8_t *pixels)
{
    uint32_t best = UINT32_MAX;
    for (int i = 0; i < TIMES; i++) {
        uint32_t start = scan_now_us();
        run_loop(rows, loop, pixels);
        uint32_t us = scan_now_us() - start;
        best = us < best ? us : best;
    }
    return best;
}

void
scan_bench_rows(struct scan_bench *bench)
{
    static const char *const names[LOOPS] = {
        "sums of 8 by 8", "thresholds", "half size", "softened", "edges"};
    uint32_t seed = 1;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        /* Runs of black and white, as a thresholded picture has them. */
        bench->pixels[i] = i % WIDTH && scan_random(&seed) < 0.9 ? bench->pixels[i - 1]
                           : scan_random(&seed) < 0.5            ? 0
                                                                 : 255;
    }
    printf("\n%-34s %12s %12s %12s\n", "rows, 1280x720: us", "plain", "vectors", "gain");
    for (int loop = 0; loop < LOOPS; loop++) {
        uint32_t plain = best_us(&bw_rows_plain, loop, bench->pixels);
        uint32_t vectors = best_us(&bw_rows, loop, bench->pixels);
        printf("%-34s %12u %12u %12.1f\n", names[loop], plain, vectors,
            (double)plain / (vectors ? vectors : 1));
    }
}
