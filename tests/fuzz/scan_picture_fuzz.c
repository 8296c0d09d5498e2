/* Frames: any pixels of any size, once or twice as a stream. Small ones, for a fuzzer
 * wants speed; the symbol of a seed is met in all its mutations. zbar is another's code:
 * what is found in it is for the room to hold. */
#include "fuzz.h"

#include "scan/qr/scanner.h"
#include "scan/qr/grid/locate.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { SIDE_MAX = 160, BUDGET_US = 6000 };

static void
check(const struct bw_sighting *sighting, bool any_text)
{
    size_t bytes = strnlen(sighting->text, sizeof sighting->text);
    FUZZ_CHECK(bytes < sizeof sighting->text);
    FUZZ_CHECK((sighting->kind == BW_SIGHTING_TEXT) == (bytes > 0));
    FUZZ_CHECK(any_text || bytes < BW_SCAN_TEXT_BYTES);
    for (size_t i = 0; i < bytes && !any_text; i++) {
        unsigned char c = (unsigned char)sighting->text[i];
        FUZZ_CHECK(c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f));
    }
    FUZZ_CHECK(!sighting->ticket || strncmp(sighting->text, "BW1:", 4) == 0);
    for (int i = 0; i < 4; i++) {
        FUZZ_CHECK(isfinite(sighting->corner[i][0]) && isfinite(sighting->corner[i][1]));
    }
    FUZZ_CHECK(isfinite(sighting->module_px) && sighting->module_px >= 0);
}

/* One scanner for all runs: its pictures are large, and what it keeps must not spoil. */
static struct bw_scanner *
scanner_for(bool any_text)
{
    static struct bw_scanner *scanners[2];
    const struct bw_scanner_options options = {
        .any_text = any_text, .budget_us = BUDGET_US};
    if (!scanners[any_text]) {
        FUZZ_CHECK(bw_scanner_create(&options, &scanners[any_text], NULL) == BW_OK);
    }
    return scanners[any_text];
}

/* A grid that lies anyhow in any picture: every module has a place. */
static void
follow(const uint8_t *bytes, const struct bw_luma *frame)
{
    static struct bw_warp warp;
    static struct bw_sampled sampled;
    const struct bw_scan_view view = {.grey = frame->pixels,
        .width_px = frame->width_px,
        .height_px = frame->height_px,
        .scale = 1};
    struct bw_located located = {
        .grid.modules = BW_SYMBOL_MODULES_MIN + 4 * (bytes[8] % 40),
        .hidden = bytes[8] % 4 - 1};
    struct bw_grid *grid = &located.grid;
    for (int i = 0; i < 8; i++) {
        grid->map.h[i] = (bytes[i] - 128) * (i % 3 == 2 && i < 6 ? 1.0 : 0.5);
        grid->map.h[i] /= i < 6 ? 1 : 64;
    }
    bw_locate_seed(&located);
    for (int i = 0; i < located.seeds && bytes[0] % 2; i++) { /* as rings may have it */
        located.seed[i].at.x += (float)bytes[i] - 128;
        located.seed[i].along.y *= (float)bytes[i + 3] / 64 - 2;
    }
    bw_warp_run(&warp, grid, &view, located.seed, located.seeds, &sampled);
    for (int i = 0; i < grid->modules * grid->modules; i++) {
        FUZZ_CHECK(isfinite(sampled.at[i].x) && isfinite(sampled.at[i].y));
    }
}

/* Two bytes of size, one of flags, then pixels (a byte or a bit);
 * what is missing repeats. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static uint8_t pixels[SIDE_MAX * SIDE_MAX];
    static struct bw_sighting sighting;
    if (length < 4) {
        return 0;
    }
    int width = 2 + bytes[0] % (SIDE_MAX - 1), height = 2 + bytes[1] % (SIDE_MAX - 1);
    bool any_text = bytes[2] & 1, packed = bytes[2] & 2;
    const uint8_t *from = bytes + 3;
    size_t left = length - 3;
    for (size_t i = 0; i < (size_t)width * (size_t)height; i++) {
        pixels[i] =
            packed ? (from[i / 8 % left] >> (7 - i % 8) & 1 ? 255 : 0) : from[i % left];
    }
    const struct bw_luma frame = {pixels, width, height, width};
    struct bw_scanner *scanner = scanner_for(any_text);
    bw_scanner_forget(scanner);
    int frames = bytes[2] & 4 ? 2 : 1;
    for (int i = 0; i < frames; i++) {
        FUZZ_CHECK(bw_scanner_read(scanner, &frame, &sighting, NULL) == BW_OK);
        check(&sighting, any_text);
    }
    if (bytes[2] & 8 && left >= 9) {
        follow(from, &frame);
    }
    return 0;
}
