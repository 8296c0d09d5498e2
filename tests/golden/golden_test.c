/* Pictures of every screen beside those that somebody looked at and kept.
 *
 * Each panel and language has one sheet: every sample, small. A cell that differs by more
 * than a shade from its kept one fails; `tests/golden/renew` draws the sheets anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "frame.h"
#include "samples.h"
#include "ui.h"
#include <SDL.h>
#include <SDL_image.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEPT_PANELS = 4, /* the first of panels[] */
    COLUMNS = 8,
    CELL = 160, /* longer side */
    BLOCK = 8,
    SHADES_MOST =
        10, /* mean difference of a block, of 255: fonts may be hinted otherwise */
};

static SDL_Surface *
sheet_of(const struct panel *panel)
{
    int longer = panel->width_px > panel->height_px ? panel->width_px : panel->height_px;
    int width = panel->width_px * CELL / longer;
    int height = panel->height_px * CELL / longer;
    int rows = (samples_count + COLUMNS - 1) / COLUMNS;
    return SDL_CreateRGBSurfaceWithFormat(
        0, width * COLUMNS, height * rows, 24, SDL_PIXELFORMAT_RGB24);
}

/* Mean of the pixels that fall on each small one. */
static void
shrink(const SDL_Surface *from, SDL_Surface *to, int left, int top, int width, int height)
{
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            long sums[3] = {0};
            int x0 = x * from->w / width, x1 = (x + 1) * from->w / width;
            int y0 = y * from->h / height, y1 = (y + 1) * from->h / height;
            for (int v = y0; v < y1; v++) {
                const Uint32 *row = (const Uint32 *)(const void *)((Uint8 *)from->pixels +
                                                                   v * from->pitch);
                for (int u = x0; u < x1; u++) {
                    sums[0] += row[u] >> 16 & 0xFF;
                    sums[1] += row[u] >> 8 & 0xFF;
                    sums[2] += row[u] & 0xFF;
                }
            }
            Uint8 *pixel = (Uint8 *)to->pixels + (top + y) * to->pitch + (left + x) * 3;
            long count = (long)(x1 - x0) * (y1 - y0);
            for (int c = 0; c < 3; c++) {
                pixel[c] = (Uint8)(sums[c] / count);
            }
        }
    }
}

static SDL_Surface *
draw_sheet(const struct panel *panel, enum bw_language language)
{
    static struct bw_view view;
    struct bw_error err;
    struct bw_ui *ui = NULL;
    struct bw_ui_drawn drawn;
    struct bw_ui_options options = {.offscreen = true,
        .width_px = panel->width_px,
        .height_px = panel->height_px,
        .width_mm = panel->width_mm};
    if (bw_ui_create(&options, &ui, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    SDL_Surface *sheet = sheet_of(panel);
    int width = sheet->w / COLUMNS;
    int height = sheet->h / ((samples_count + COLUMNS - 1) / COLUMNS);
    struct bw_picture picture = test_picture();
    for (int i = 0; i < samples_count; i++) {
        sample_view(i, language, bw_ui_list_rows(ui), &view);
        bw_ui_draw(ui, &view, &picture, &drawn);
        shrink(bw_ui_surface(ui), sheet, i % COLUMNS * width, i / COLUMNS * height, width,
            height);
    }
    bw_ui_destroy(ui);
    return sheet;
}

static void
sheet_path(
    const struct panel *panel, enum bw_language language, char *ret_path, size_t room)
{
    snprintf(ret_path, room, BW_SOURCE_DIR "/tests/golden/pictures/%s-%s.png",
        panel->name, language == BW_DUTCH ? "nl" : "en");
}

/* Largest mean difference of a block within the cell. */
static int
difference(const SDL_Surface *a, const SDL_Surface *b, SDL_Rect cell)
{
    int worst = 0;
    for (int by = 0; by + BLOCK <= cell.h; by += BLOCK) {
        for (int bx = 0; bx + BLOCK <= cell.w; bx += BLOCK) {
            long sum = 0;
            for (int y = 0; y < BLOCK; y++) {
                int row = cell.y + by + y;
                const Uint8 *one =
                    (const Uint8 *)a->pixels + row * a->pitch + (cell.x + bx) * 3;
                const Uint8 *other =
                    (const Uint8 *)b->pixels + row * b->pitch + (cell.x + bx) * 3;
                for (int x = 0; x < BLOCK * 3; x++) {
                    sum += abs(one[x] - other[x]);
                }
            }
            int mean = (int)(sum / (BLOCK * BLOCK * 3));
            worst = mean > worst ? mean : worst;
        }
    }
    return worst;
}

static int
compare_sheet(const struct panel *panel, enum bw_language language)
{
    char path[1024];
    sheet_path(panel, language, path, sizeof path);
    SDL_Surface *drawn = draw_sheet(panel, language);
    if (getenv("BW_RENEW")) {
        assert_int_equal(IMG_SavePNG(drawn, path), 0);
        SDL_FreeSurface(drawn);
        return 0;
    }
    SDL_Surface *raw = IMG_Load(path);
    if (!raw) {
        fail_msg("%s isn't there: run tests/golden/renew, and look at it", path);
    }
    SDL_Surface *kept = SDL_ConvertSurfaceFormat(raw, SDL_PIXELFORMAT_RGB24, 0);
    SDL_FreeSurface(raw);
    int faults = 0;
    if (kept->w != drawn->w || kept->h != drawn->h) {
        print_message("%s: another number of screens; run tests/golden/renew\n", path);
        faults++;
    }
    int width = drawn->w / COLUMNS;
    int height = drawn->h / ((samples_count + COLUMNS - 1) / COLUMNS);
    for (int i = 0; i < samples_count && !faults; i++) {
        SDL_Rect cell = {
            .x = i % COLUMNS * width, .y = i / COLUMNS * height, .w = width, .h = height};
        int shades = difference(drawn, kept, cell);
        if (shades > SHADES_MOST) {
            print_message(
                "%s: %s looks different (by %d of 255)\n", path, samples[i].name, shades);
            faults++;
        }
    }
    SDL_FreeSurface(kept);
    SDL_FreeSurface(drawn);
    return faults;
}

static void
screens_look_as_kept(void **state)
{
    (void)state;
    int faults = 0;
    for (int i = 0; i < KEPT_PANELS; i++) {
        faults += compare_sheet(&panels[i], BW_DUTCH);
        faults += compare_sheet(&panels[i], BW_ENGLISH);
    }
    assert_int_equal(faults, 0);
}

/* The tolerance sees a word: a sheet with one cell exchanged fails. */
static void
another_screen_is_seen_as_different(void **state)
{
    (void)state;
    SDL_Surface *sheet = draw_sheet(&panels[0], BW_DUTCH);
    SDL_Surface *english = draw_sheet(&panels[0], BW_ENGLISH);
    SDL_Rect first = {.w = sheet->w / COLUMNS,
        .h = sheet->h / ((samples_count + COLUMNS - 1) / COLUMNS)};
    assert_true(difference(sheet, english, first) > SHADES_MOST);
    SDL_FreeSurface(sheet);
    SDL_FreeSurface(english);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(screens_look_as_kept),
        cmocka_unit_test(another_screen_is_seen_as_different),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
