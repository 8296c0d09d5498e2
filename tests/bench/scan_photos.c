/* Photos from a folder with a manifest.tsv (scan_manifest.h). */
#include "scan_bench.h"
#include "scan_manifest.h"
#include "scan_picture.h"

#include <stdio.h>
#include <stdlib.h>

/* Ours again, as up to SCAN_BENCH_FRAMES frames of a still picture. Returns the frame
 * that read. */
static int
read_stream(struct scan_bench *bench, const struct bw_luma *frame, const char *expected)
{
    scan_bench_forget(bench, 0);
    for (int i = 0; i < SCAN_BENCH_FRAMES; i++) {
        scan_bench_read_on(bench, 0, frame);
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
bench_photo(struct scan_bench *bench, struct photos *sums, char *field[static 3])
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
    scan_bench_name(bench, "photos", field[0]);
    sums->with_code += !empty;
    sums->without_code += empty;
    for (int i = 0; i < bench->count; i++) {
        uint32_t us = scan_bench_read(bench, i, &luma);
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

void
scan_bench_photos(struct scan_bench *bench)
{
    char path[4096], line[4096], *field[3];
    snprintf(path, sizeof path, "%s/manifest.tsv", bench->photos);
    FILE *manifest = fopen(path, "r");
    if (!manifest) {
        printf("\nPhotos: left out, for there is no %s (--photos DIR).\n", path);
        return;
    }
    struct photos sums = {0};
    scan_bench_reset(bench);
    bool heading = true;
    while (fgets(line, sizeof line, manifest)) {
        if (!heading && scan_manifest_split(line, field)) {
            bench_photo(bench, &sums, field);
        }
        heading = false;
    }
    fclose(manifest);
    scan_bench_head(bench, "photos, first frame");
    scan_bench_row(bench, "read", SCAN_READ);
    scan_bench_row(bench, "read within 33 ms", SCAN_IN_TIME);
    scan_bench_row(bench, "wrong texts", SCAN_WRONG);
    scan_bench_row(bench, "median ms", SCAN_MEDIAN_MS);
    scan_bench_row(bench, "95 % ms", SCAN_P95_MS);
    scan_bench_row(bench, "worst ms", SCAN_WORST_MS);
    printf("%-34s", "texts from those without a code");
    for (int i = 0; i < bench->count; i++) {
        printf(" %6d/%-5d", sums.none_read[i], sums.without_code);
    }
    printf("\n%-34s %6d/%-5d (wrong: %d)\n", "read within 10 frames", sums.stream_read,
        sums.with_code, sums.stream_wrong);
}
