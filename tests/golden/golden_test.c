/* Pictures of every screen beside those that somebody looked at and kept.
 *
 * pictures/PANEL-LANGUAGE/SCREEN.png; a block of one that differs by more than a few
 * shades fails, and leaves a picture of kept, drawn and difference in the build folder.
 * `tests/golden/renew` draws anew what changed, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "frame.h"
#include "kept.h"
#include "ui/draw/page.h"
#include "samples.h"
#include "ui/ui.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEPT_DIR BW_SOURCE_DIR "/tests/golden/pictures"
#define DIFFERENCE_DIR BW_BINARY_DIR "/golden-difference"

enum {
    KEPT_PANELS = 4, /* the first of panels[] */
    NARROW_PX = 1200,
    GERMAN = 2,  /* the catalogue after the first two */
    MOVE_PX = 2, /* so small a step is seen */
};

static struct bw_ui *
open_panel(const struct panel *panel)
{
    struct bw_error err;
    struct bw_ui *ui = NULL;
    struct bw_ui_options options = {.offscreen = true,
        .width_px = panel->width_px,
        .height_px = panel->height_px,
        .width_mm = panel->width_mm};
    if (bw_ui_create(&options, &ui, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return ui;
}

static SDL_Surface *
draw_small(struct bw_ui *ui, int sample, enum bw_language language)
{
    static struct bw_view view;
    struct bw_ui_drawn drawn;
    struct bw_ui_camera_frame picture = test_picture();
    sample_view(sample, language, bw_ui_list_rows(ui), &view);
    bw_ui_draw(ui, &view, &picture, &drawn);
    return kept_shrink(bw_ui_surface(ui));
}

static void
make_dir(const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        fail_msg("making %s: %s", path, strerror(errno));
    }
}

static void
renew(const SDL_Surface *small, const SDL_Surface *kept, const char *path, int width_px)
{
    if (kept && kept_compare(kept, small, width_px).blocks == 0) {
        return;
    }
    assert_true(kept_save(small, path));
}

/* Says where, and leaves a picture. */
static int
compare(const SDL_Surface *small, const SDL_Surface *kept, const char *folder,
    const char *name, int width_px)
{
    if (!kept) {
        print_message("%s/%s.png isn't kept: run tests/golden/renew, and look at it\n",
            folder, name);
        return 1;
    }
    struct kept_difference found = kept_compare(kept, small, width_px);
    if (found.blocks == 0) {
        return 0;
    }
    char path[PATH_MAX];
    make_dir(DIFFERENCE_DIR);
    snprintf(path, sizeof path, DIFFERENCE_DIR "/%s-%s.png", name, folder);
    kept_save_difference(kept, small, path);
    print_message("%s/%s.png looks different within %dx%d pixels at %d, %d "
                  "(by %d of 255): see %s\n",
        folder, name, found.where.w, found.where.h, found.where.x, found.where.y,
        found.worst, path);
    return 1;
}

/* Pictures of screens that there are no more. */
static int
left_over(const char *folder, bool remove_them)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, KEPT_DIR "/%s", folder);
    DIR *dir = opendir(path);
    int faults = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        bool known = entry->d_name[0] == '.';
        for (int i = 0; i < samples_count && !known; i++) {
            char file[64];
            snprintf(file, sizeof file, "%s.png", samples[i].name);
            known = strcmp(entry->d_name, file) == 0;
        }
        if (!known) {
            snprintf(path, sizeof path, KEPT_DIR "/%s/%.200s", folder, entry->d_name);
            print_message("%s: no screen of that name\n", path);
            faults += !(remove_them && unlink(path) == 0);
        }
    }
    if (dir) {
        closedir(dir);
    }
    return faults;
}

static int
check_panel(const struct panel *panel, enum bw_language language)
{
    char folder[64], path[PATH_MAX];
    bool renewing = getenv("BW_RENEW") != NULL;
    int faults = 0;
    struct bw_ui *ui = open_panel(panel);
    snprintf(
        folder, sizeof folder, "%s-%s", panel->name, bw_ui_language_code(ui, language));
    snprintf(path, sizeof path, KEPT_DIR "/%s", folder);
    if (renewing) {
        make_dir(path);
    }
    for (int i = 0; i < samples_count; i++) {
        snprintf(path, sizeof path, KEPT_DIR "/%s/%s.png", folder, samples[i].name);
        SDL_Surface *small = draw_small(ui, i, language);
        SDL_Surface *kept = kept_load(path);
        if (renewing) {
            renew(small, kept, path, panel->width_px);
        } else {
            faults += compare(small, kept, folder, samples[i].name, panel->width_px);
        }
        SDL_FreeSurface(kept);
        SDL_FreeSurface(small);
    }
    bw_ui_destroy(ui);
    return faults + left_over(folder, renewing);
}

static void
screens_look_as_kept(void **state)
{
    (void)state;
    int faults = 0;
    for (int i = 0; i < KEPT_PANELS; i++) {
        faults += check_panel(&panels[i], BW_DUTCH);
        faults += check_panel(&panels[i], BW_ENGLISH);
        if (panels[i].width_px < NARROW_PX) { /* German words are the longest */
            faults += check_panel(&panels[i], (enum bw_language)GERMAN);
        }
    }
    assert_int_equal(faults, 0);
}

/* ---- that it can fail ---- */

/* Copies what stands in the rect two pixels to the right. */
static void
move_right(SDL_Surface *surface, SDL_Rect rect)
{
    SDL_Surface *copy = SDL_ConvertSurface(surface, surface->format, 0);
    rect.w =
        rect.x + rect.w + MOVE_PX > surface->w ? surface->w - rect.x - MOVE_PX : rect.w;
    SDL_Rect to = rect;
    to.x += MOVE_PX;
    SDL_SetSurfaceBlendMode(copy, SDL_BLENDMODE_NONE);
    SDL_BlitSurface(copy, &rect, surface, &to);
    SDL_FreeSurface(copy);
}

/* The first text from that mark on that stands above every scrim; NULL: none. */
static const struct bw_ui_mark *
next_text(const struct bw_ui_page *page, int from)
{
    for (int i = 0; i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        if (mark->kind == BW_MARK_FILL && mark->colour == BW_SCRIM && i >= from) {
            from = i;
        }
    }
    for (int i = from; i < page->marks_count; i++) {
        if (page->marks[i].kind == BW_MARK_TEXT) {
            return &page->marks[i];
        }
    }
    return NULL;
}

static bool
move_is_seen(struct bw_ui *ui, const SDL_Surface *kept, SDL_Rect rect)
{
    SDL_Surface *drawn = (SDL_Surface *)(uintptr_t)bw_ui_surface(ui);
    SDL_Surface *moved = SDL_ConvertSurface(drawn, drawn->format, 0);
    move_right(moved, rect);
    SDL_Surface *small = kept_shrink(moved);
    bool seen = kept_compare(kept, small, drawn->w).blocks > 0;
    SDL_FreeSurface(small);
    SDL_FreeSurface(moved);
    return seen;
}

/* On the panel where a pixel is the smallest: three texts of every screen. */
static void
text_moved_by_two_pixels_is_seen(void **state)
{
    (void)state;
    struct bw_ui *ui = open_panel(&panels[0]);
    for (int i = 0; i < samples_count; i++) {
        SDL_Surface *kept = draw_small(ui, i, BW_DUTCH);
        const struct bw_ui_page *page = bw_ui_page(ui);
        for (int part = 0; part < 3; part++) {
            const struct bw_ui_mark *text = next_text(page, page->marks_count * part / 3);
            if (text && !move_is_seen(ui, kept, text->rect)) {
                fail_msg("%s: \"%s\"", samples[i].name, bw_ui_mark_name(page, text));
            }
        }
        SDL_FreeSurface(kept);
    }
    bw_ui_destroy(ui);
}

/* What few colours cost stays within the tolerance, what six shades cost doesn't. */
static void
colour_changed_by_six_shades_is_seen(void **state)
{
    (void)state;
    static const char path[] = BW_BINARY_DIR "/golden-colours.png";
    struct bw_ui *ui = open_panel(&panels[0]);
    SDL_Surface *small = draw_small(ui, 0, BW_DUTCH);
    assert_true(kept_save(small, path));
    SDL_Surface *kept = kept_load(path);
    assert_int_equal(kept_compare(kept, small, small->w).blocks, 0);
    for (int y = 0; y < KEPT_BLOCK; y++) {
        Uint8 *row = (Uint8 *)small->pixels + y * small->pitch;
        for (int x = 0; x < KEPT_BLOCK * 3; x++) {
            row[x] = (Uint8)(row[x] - 6);
        }
    }
    struct kept_difference found = kept_compare(kept, small, small->w);
    assert_int_equal(found.blocks, 1);
    assert_int_equal(found.where.w, KEPT_BLOCK);
    SDL_FreeSurface(kept);
    SDL_FreeSurface(small);
    bw_ui_destroy(ui);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(screens_look_as_kept),
        cmocka_unit_test(text_moved_by_two_pixels_is_seen),
        cmocka_unit_test(colour_changed_by_six_shades_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
