/* One table: this scanner beside plain zbar, and quirc and zxing-cpp where they were
 * found, on the same pictures in the same run.
 *
 *   scanner_bench [--part PART] [--photos DIR] [--tickets N] [--decodes N] [--missed]
 *
 * Parts: photos, tickets, modules, rooms, hostile, memory; without one, all. *
 * Photos come from a folder with a manifest.tsv (file, set, what it says: `*` anything,
 * empty nothing, bytes outside ASCII and control characters as %xx, cut at 120). Tickets,
 * hostile pictures and empty frames are drawn here, from fixed seeds. */
#include "../scan/hostile.h"
#include "../scan/scene.h"
#include "scan_manifest.h"
#include "scan_peer.h"
#include "scan_picture.h"
#include "scan_tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES = 10, WIDTH = 1280, HEIGHT = 720 };

struct bench {
    struct scan_peer peers[SCAN_PEERS_MAX];
    int count;
    const char *photos, *part;
    int tickets, decodes;
    bool missed; /* names what ours misses */
    struct scan_texts texts;
    uint8_t *pixels; /* WIDTH by HEIGHT */
    struct scan_symbol symbol;
    struct scan_tally tally[SCAN_PEERS_MAX];
};

static void
reset(struct bench *bench)
{
    memset(bench->tally, 0, sizeof bench->tally);
}

/* Reads one picture with one decoder, as the first of a stream. */
static uint32_t
read_first(struct bench *bench, int peer, const struct bw_luma *frame)
{
    struct scan_peer *p = &bench->peers[peer];
    bench->texts.count = 0;
    if (p->forget) {
        p->forget(p->state);
    }
    uint32_t start = scan_now_us();
    p->read(p->state, frame, &bench->texts);
    return scan_now_us() - start;
}

static void
head(const struct bench *bench, const char *title)
{
    printf("\n%-34s", title);
    for (int i = 0; i < bench->count; i++) {
        printf(" %12s", bench->peers[i].name);
    }
    printf("\n");
}

static void
row(struct bench *bench, const char *name, enum scan_figure figure)
{
    scan_tally_row(bench->tally, bench->count, name, figure);
}

/* Ours again, as up to FRAMES frames of a still picture. Returns the frame that read. */
static int
read_stream(struct bench *bench, const struct bw_luma *frame, const char *expected)
{
    struct scan_peer *ours = &bench->peers[0];
    ours->forget(ours->state);
    for (int i = 0; i < FRAMES; i++) {
        bench->texts.count = 0;
        ours->read(ours->state, frame, &bench->texts);
        if (bench->texts.count > 0) {
            return scan_manifest_judge(&bench->texts, expected) > 0 ? i : -2;
        }
    }
    return -1;
}

struct photos {
    int with_code, stream_read, stream_wrong, none_read[SCAN_PEERS_MAX], without_code;
};

static void
bench_photo(struct bench *bench, struct photos *sums, char *field[static 3])
{
    char path[8400];
    struct bw_luma luma;
    uint8_t *pixels = NULL;
    snprintf(path, sizeof path, "%s/%s", bench->photos, field[0]);
    if (!scan_picture_load(path, &luma, &pixels)) {
        fprintf(stderr, "Reading the photo %s failed: it is no picture.\n", path);
        exit(1);
    }
    bool empty = !*field[2];
    sums->with_code += !empty;
    sums->without_code += empty;
    for (int i = 0; i < bench->count; i++) {
        uint32_t us = read_first(bench, i, &luma);
        int verdict = scan_manifest_judge(&bench->texts, field[2]);
        if (empty) {
            sums->none_read[i] += verdict != 0;
        } else {
            scan_tally_count(&bench->tally[i], verdict, us);
        }
    }
    int frame = read_stream(bench, &luma, field[2]);
    sums->stream_read += frame >= 0 && !empty;
    sums->stream_wrong += frame == -2;
    if (bench->missed && frame < 0 && !empty) {
        printf("%s: %s %s\n", frame == -2 ? "wrong" : "missed", field[0],
            frame == -2 ? bench->texts.text[0] : "");
    }
    free(pixels);
}

static void
bench_photos(struct bench *bench)
{
    char path[4096], line[4096], *field[3];
    snprintf(path, sizeof path, "%s/manifest.tsv", bench->photos);
    FILE *manifest = fopen(path, "r");
    if (!manifest) {
        printf("\nPhotos: left out, for there is no %s (--photos DIR).\n", path);
        return;
    }
    struct photos sums = {0};
    reset(bench);
    bool heading = true;
    while (fgets(line, sizeof line, manifest)) {
        if (!heading && scan_manifest_split(line, field)) {
            bench_photo(bench, &sums, field);
        }
        heading = false;
    }
    fclose(manifest);
    head(bench, "photos, first frame");
    row(bench, "read", SCAN_READ);
    row(bench, "read within 33 ms", SCAN_IN_TIME);
    row(bench, "wrong texts", SCAN_WRONG);
    row(bench, "median ms", SCAN_MEDIAN_MS);
    row(bench, "95 % ms", SCAN_P95_MS);
    row(bench, "worst ms", SCAN_WORST_MS);
    printf("%-34s", "texts from those without a code");
    for (int i = 0; i < bench->count; i++) {
        printf(" %6d/%-5d", sums.none_read[i], sums.without_code);
    }
    printf("\n%-34s %6d/%-5d (wrong: %d)\n", "read within 10 frames", sums.stream_read,
        sums.with_code, sums.stream_wrong);
}

/* Draws a ticket and lets all decoders read it. */
static void
bench_ticket(struct bench *bench, const struct scan_scene *scene, uint32_t *seed)
{
    char text[SCAN_TICKET_BYTES];
    scan_ticket_text(seed, text);
    if (!scan_symbol_encode(text, 5, 1, &bench->symbol) ||
        !scan_render(&bench->symbol, scene, bench->pixels)) {
        fprintf(stderr, "Drawing a ticket failed: out of memory.\n");
        exit(1);
    }
    struct bw_luma luma = {bench->pixels, WIDTH, HEIGHT, WIDTH};
    for (int i = 0; i < bench->count; i++) {
        uint32_t us = read_first(bench, i, &luma);
        int verdict = 0;
        for (int k = 0; k < bench->texts.count; k++) {
            verdict = strcmp(bench->texts.text[k], text) == 0 ? 1
                      : verdict                               ? verdict
                                                              : -1;
        }
        scan_tally_count(&bench->tally[i], verdict, us);
    }
}

static void
bench_tickets(struct bench *bench)
{
    static struct scan_tally all[SCAN_PEERS_MAX];
    uint32_t seed = 20250210;
    head(bench, "tickets, 1280x720: within 33 ms");
    for (int trouble = 0; trouble < SCAN_TROUBLES; trouble++) {
        reset(bench);
        int frames = (bench->tickets + SCAN_TROUBLES - 1) / SCAN_TROUBLES;
        for (int i = 0; i < frames; i++) {
            struct scan_scene scene = scan_trouble_scene(trouble, &seed);
            bench_ticket(bench, &scene, &seed);
        }
        row(bench, scan_trouble_name(trouble), SCAN_IN_TIME);
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
    row(bench, "all", SCAN_IN_TIME);
    row(bench, "wrong texts", SCAN_WRONG);
    row(bench, "median ms", SCAN_MEDIAN_MS);
    row(bench, "worst ms", SCAN_WORST_MS);
}

static void
bench_modules(struct bench *bench)
{
    static const double sizes[] = {1.5, 1.75, 2, 2.25, 2.5, 2.75, 3};
    uint32_t seed = 5;
    head(bench, "smallest module: 40 tickets each");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        char name[32];
        reset(bench);
        for (int i = 0; i < 40; i++) {
            struct scan_scene scene = scan_trouble_scene(SCAN_PLAIN, &seed);
            scene.module_px = sizes[k];
            scene.tilt_deg = 0;
            scene.blur_px = 0.7;
            bench_ticket(bench, &scene, &seed);
        }
        snprintf(name, sizeof name, "%.2f pixels", sizes[k]);
        row(bench, name, SCAN_READ);
    }
}

/* What a kiosk sees most of the day: a room, grainy, with edges, and no code. */
static void
draw_empty(int n, uint8_t *pixels)
{
    uint32_t seed = 77 + (uint32_t)n;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        pixels[i] = (uint8_t)(90 + i / WIDTH / 9);
    }
    for (int box = 0; box < 40 + 4 * n; box++) {
        int left = (int)(scan_random(&seed) * WIDTH),
            top = (int)(scan_random(&seed) * HEIGHT);
        int width = (int)(scan_random(&seed) * 300) + 4,
            grey = (int)(scan_random(&seed) * 200);
        int height = (int)(scan_random(&seed) * 200) + 4;
        for (int y = top; y < top + height && y < HEIGHT; y++) {
            for (int x = left; x < left + width && x < WIDTH; x++) {
                pixels[y * WIDTH + x] = (uint8_t)(grey + (x - left) / 8);
            }
        }
    }
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        double noise = (scan_random(&seed) + scan_random(&seed) - 1) * (4 + n % 8);
        double grey = pixels[i] + noise;
        pixels[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
}

static void
bench_rooms(struct bench *bench)
{
    struct bw_luma luma = {bench->pixels, WIDTH, HEIGHT, WIDTH};
    reset(bench);
    for (int n = 0; n < 40; n++) {
        draw_empty(n, bench->pixels);
        for (int i = 0; i < bench->count; i++) {
            scan_tally_count(&bench->tally[i], 0, read_first(bench, i, &luma));
        }
    }
    head(bench, "rooms without a code, 1280x720");
    row(bench, "median ms", SCAN_MEDIAN_MS);
    row(bench, "worst ms", SCAN_WORST_MS);
}

/* Ours and zbar alone: zxing-cpp 1.4 takes minutes over some of these. */
static void
bench_hostile(struct bench *bench)
{
    struct bw_luma luma = {bench->pixels, WIDTH, HEIGHT, WIDTH};
    int peers = bench->count;
    reset(bench);
    bench->count = peers < 3 ? peers : 3;
    head(bench, "hostile pictures, 1280x720: ms");
    for (int n = 0;; n++) {
        const char *name = scan_hostile_draw(n, bench->pixels);
        if (!name) {
            break;
        }
        printf("%-34s", name);
        for (int i = 0; i < bench->count; i++) {
            uint32_t us = read_first(bench, i, &luma);
            scan_tally_time(&bench->tally[i], us);
            printf(" %12.2f", us / 1000.0);
        }
        printf("\n");
    }
    row(bench, "worst ms", SCAN_WORST_MS);
    bench->count = peers;
}

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

static void
bench_memory(struct bench *bench)
{
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
    struct scan_peer *ours = &bench->peers[0];
    long before = 0;
    int read = 0;
    for (int i = 0; i < bench->decodes; i++) {
        bench->texts.count = 0;
        ours->read(ours->state, &luma, &bench->texts);
        read += bench->texts.count;
        before = i == bench->decodes / 10 ? resident_kb() : before;
    }
    printf(
        "\nmemory over %d decodes (%d read): %ld kB after a tenth, %ld kB at the end\n",
        bench->decodes, read, before, resident_kb());
}

static void
parse(struct bench *bench, int argc, char **argv)
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
        } else if (strcmp(argv[i], "--missed") == 0) {
            bench->missed = true;
        } else {
            fprintf(stderr,
                "usage: %s [--part PART] [--photos DIR] [--tickets N] [--decodes N] "
                "[--missed]\n",
                argv[0]);
            exit(2);
        }
    }
}

int
main(int argc, char **argv)
{
    static struct bench bench = {
        .photos = BW_SOURCE_DIR "/../shared/photos", .tickets = 1000, .decodes = 20000};
    parse(&bench, argc, argv);
    bench.pixels = malloc((size_t)WIDTH * HEIGHT);
    bench.count = scan_peers_init(bench.peers);
    if (!bench.pixels) {
        return 1;
    }
    static const struct {
        const char *name;
        void (*run)(struct bench *bench);
    } parts[] = {{"photos", bench_photos}, {"tickets", bench_tickets},
        {"modules", bench_modules}, {"rooms", bench_rooms}, {"hostile", bench_hostile},
        {"memory", bench_memory}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!bench.part || strcmp(bench.part, parts[i].name) == 0) {
            parts[i].run(&bench);
            fflush(stdout);
        }
    }
    scan_peers_finish(bench.peers, bench.count);
    free(bench.pixels);
    return 0;
}
