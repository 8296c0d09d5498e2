/* Pictures drawn from fixed seeds: tickets, small modules, empty rooms, hostile ones. */
#include "tests/scan/qr/hostile.h"
#include "tests/scan/qr/scene.h"
#include "scan_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Draws a ticket and lets all decoders read it. */
static void
bench_ticket(struct scan_bench *bench, const struct scan_scene *scene, uint32_t *seed)
{
    char text[SCAN_TICKET_BYTES];
    scan_ticket_text(seed, text);
    if (!scan_symbol_encode(text, 5, 1, &bench->symbol) ||
        !scan_render(&bench->symbol, scene, bench->pixels)) {
        fprintf(stderr, "Drawing a ticket failed: out of memory.\n");
        exit(1);
    }
    struct bw_luma luma = {
        bench->pixels, SCAN_BENCH_WIDTH, SCAN_BENCH_HEIGHT, SCAN_BENCH_WIDTH};
    for (int i = 0; i < bench->count; i++) {
        uint32_t us = scan_bench_read(bench, i, &luma);
        int verdict = 0;
        for (int k = 0; k < bench->texts.count; k++) {
            verdict = strcmp(bench->texts.text[k], text) == 0 ? 1
                      : verdict                               ? verdict
                                                              : -1;
        }
        scan_tally_count(&bench->tally[i], verdict, us);
    }
}

void
scan_bench_tickets(struct scan_bench *bench)
{
    static struct scan_tally all[SCAN_PEERS_MAX];
    uint32_t seed = 20250210;
    scan_bench_head(bench, "tickets, 1280x720: within 33 ms");
    for (int trouble = 0; trouble < SCAN_TROUBLES; trouble++) {
        scan_bench_reset(bench);
        scan_bench_name(bench, "tickets", scan_trouble_name((enum scan_trouble)trouble));
        int frames = (bench->tickets + SCAN_TROUBLES - 1) / SCAN_TROUBLES;
        for (int i = 0; i < frames; i++) {
            struct scan_scene scene =
                scan_trouble_scene((enum scan_trouble)trouble, &seed);
            bench_ticket(bench, &scene, &seed);
        }
        scan_bench_row(
            bench, scan_trouble_name((enum scan_trouble)trouble), SCAN_IN_TIME);
        for (int i = 0; i < bench->count; i++) {
            struct scan_tally *t = &bench->tally[i];
            all[i].pictures += t->pictures;
            all[i].in_time += t->in_time;
            all[i].wrong += t->wrong;
            for (int k = 0; k < t->times; k++) {
                scan_tally_time(&all[i], t->us[k]);
            }
        }
    }
    memcpy(bench->tally, all, sizeof all);
    scan_bench_row(bench, "all", SCAN_IN_TIME);
    scan_bench_row(bench, "wrong texts", SCAN_WRONG);
    scan_bench_row(bench, "median ms", SCAN_MEDIAN_MS);
    scan_bench_row(bench, "worst ms", SCAN_WORST_MS);
}

void
scan_bench_modules(struct scan_bench *bench)
{
    static const double sizes[] = {1.5, 1.75, 2, 2.25, 2.5, 2.75, 3};
    uint32_t seed = 5;
    scan_bench_head(bench, "smallest module: 40 tickets each");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        char name[32];
        snprintf(name, sizeof name, "%.2f pixels", sizes[k]);
        scan_bench_name(bench, "smallest modules", name);
        scan_bench_reset(bench);
        for (int i = 0; i < 40; i++) {
            struct scan_scene scene = scan_trouble_scene(SCAN_PLAIN, &seed);
            scene.module_px = sizes[k];
            scene.tilt_deg = 0;
            scene.blur_px = 0.7;
            bench_ticket(bench, &scene, &seed);
        }
        scan_bench_row(bench, name, SCAN_READ);
    }
}

/* What a kiosk sees most of the day: a room, grainy, with edges, and no code. */
static void
draw_empty(int n, uint8_t *pixels)
{
    uint32_t seed = 77 + (uint32_t)n;
    for (int i = 0; i < SCAN_BENCH_WIDTH * SCAN_BENCH_HEIGHT; i++) {
        pixels[i] = (uint8_t)(90 + i / SCAN_BENCH_WIDTH / 9);
    }
    for (int box = 0; box < 40 + 4 * n; box++) {
        int left = (int)(scan_random(&seed) * SCAN_BENCH_WIDTH),
            top = (int)(scan_random(&seed) * SCAN_BENCH_HEIGHT);
        int width = (int)(scan_random(&seed) * 300) + 4,
            grey = (int)(scan_random(&seed) * 200);
        int height = (int)(scan_random(&seed) * 200) + 4;
        for (int y = top; y < top + height && y < SCAN_BENCH_HEIGHT; y++) {
            for (int x = left; x < left + width && x < SCAN_BENCH_WIDTH; x++) {
                pixels[y * SCAN_BENCH_WIDTH + x] = (uint8_t)(grey + (x - left) / 8);
            }
        }
    }
    for (int i = 0; i < SCAN_BENCH_WIDTH * SCAN_BENCH_HEIGHT; i++) {
        double noise = (scan_random(&seed) + scan_random(&seed) - 1) * (4 + n % 8);
        double grey = pixels[i] + noise;
        pixels[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
}

void
scan_bench_rooms(struct scan_bench *bench)
{
    struct bw_luma luma = {
        bench->pixels, SCAN_BENCH_WIDTH, SCAN_BENCH_HEIGHT, SCAN_BENCH_WIDTH};
    scan_bench_reset(bench);
    for (int n = 0; n < 40; n++) {
        draw_empty(n, bench->pixels);
        scan_bench_name(bench, "rooms", "without a code");
        for (int i = 0; i < bench->count; i++) {
            scan_tally_count(&bench->tally[i], 0, scan_bench_read(bench, i, &luma));
        }
    }
    scan_bench_head(bench, "rooms without a code, 1280x720");
    scan_bench_row(bench, "median ms", SCAN_MEDIAN_MS);
    scan_bench_row(bench, "worst ms", SCAN_WORST_MS);
}

/* In the smallest versions that have room for any charset's number. */
static void
time_ecis(struct scan_bench *bench, const struct bw_luma *luma)
{
    int read = 0;
    scan_bench_name(bench, "hostile", "ECI of every number");
    for (int n = 0; n < SCAN_HOSTILE_ECIS * 5; n++) {
        if (scan_hostile_eci(n / 5, 1 + n % 5, bench->pixels)) {
            scan_tally_time(&bench->tally[0], scan_bench_read(bench, 0, luma));
            read +=
                bench->texts.count == 1 && strcmp(bench->texts.text[0], "NOTHING") == 0;
        }
    }
    printf("%-34s %8d/%d\n", "ECI of every number: read", read, SCAN_HOSTILE_ECIS * 5);
}

/* Ours and zbar alone: zxing-cpp 1.4 takes minutes over some of these. */
void
scan_bench_hostile(struct scan_bench *bench)
{
    struct bw_luma luma = {
        bench->pixels, SCAN_BENCH_WIDTH, SCAN_BENCH_HEIGHT, SCAN_BENCH_WIDTH};
    int peers = bench->count;
    scan_bench_reset(bench);
    bench->count = peers < 3 ? peers : 3;
    scan_bench_head(bench, "hostile pictures, 1280x720: ms");
    for (int n = 0;; n++) {
        const char *name = scan_hostile_draw(n, bench->pixels);
        if (!name) {
            break;
        }
        scan_bench_name(bench, "hostile", name);
        printf("%-34s", name);
        for (int i = 0; i < bench->count; i++) {
            uint32_t us = scan_bench_read(bench, i, &luma);
            scan_tally_time(&bench->tally[i], us);
            printf(" %12.2f", us / 1000.0);
        }
        printf("\n");
    }
    time_ecis(bench, &luma);
    scan_bench_row(bench, "worst ms", SCAN_WORST_MS);
    bench->count = peers;
}

/* Every version, held still: as it is, and with data that says nothing. */
void
scan_bench_versions(struct scan_bench *bench)
{
    struct bw_luma luma = {
        bench->pixels, SCAN_BENCH_WIDTH, SCAN_BENCH_HEIGHT, SCAN_BENCH_WIDTH};
    int peers = bench->count, read = 0;
    scan_bench_reset(bench);
    bench->count = 1;
    for (int version = 1; version <= 40; version++) {
        for (int broken = 0; broken < 2; broken++) {
            char name[32];
            snprintf(
                name, sizeof name, "%sversion %d", broken ? "unreadable " : "", version);
            scan_bench_name(bench, "versions 1 to 40", name);
            scan_hostile_symbols(version, broken, bench->pixels);
            scan_bench_forget(bench, 0);
            for (int i = 0; i < SCAN_BENCH_FRAMES; i++) {
                scan_tally_time(&bench->tally[0], scan_bench_read_on(bench, 0, &luma));
                read += i == 0 && !broken && bench->texts.count > 0;
            }
        }
    }
    scan_bench_head(bench, "versions 1 to 40, 10 frames each");
    printf("%-34s %6d/40\n", "read in the first frame", read);
    scan_bench_row(bench, "worst ms", SCAN_WORST_MS);
    bench->count = peers;
}
