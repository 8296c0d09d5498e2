/* Ties window, page and painter together.
 *
 * UI1 pages[shown] is what the surface shows, pixel for pixel, once `exposed` is false.
 * UI2 Nothing is painted that doesn't differ from it. */
#include "ui.h"

#include "aloud.h"
#include "compose.h"
#include "ui/draw/beside.h"
#include "ui/widget/focus.h"
#include "ui/draw/paint.h"
#include "plain.h"
#include "ui/screen/screen.h"
#include "ui/widget/scene.h"
#include "window.h"
#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Then the kiosk ends, and whoever started it starts it again. */
enum { TELL_MS = 60000 };
enum { TEXT_SCREENS = 6 }; /* full of text, that are kept drawn */
enum { FONT_STEPS = BW_TYPE_COUNT * BW_WEIGHT_COUNT };

struct bw_ui {
    struct bw_ui_window window;
    struct bw_ui_fonts *fonts;
    struct bw_ui_text *text;
    struct bw_ui_wording *wording;
    struct bw_ui_painter painter;
    struct bw_ui_metric metric;
    enum bw_ui_edge camera_at;
    bool ttf_open;
    struct bw_ui_page *pages[2];
    int shown;
    bool exposed;
    int64_t picture_serial;
    struct bw_ui_hit pressed;
    struct bw_ui_focus_ring focus;
    int warmed;
};

static bool
is_assets(const char *dir)
{
    char probe[PATH_MAX + 32];
    snprintf(probe, sizeof probe, "%s/icons/lock.svg", dir);
    return access(probe, R_OK) == 0;
}

/* The folder given or $BW_ASSETS; else the build tree's, then the installed one. */
static void
find_assets(const char *given, char *ret_dir)
{
    static const char *const ways[] = {"../pictures", BW_DATA_BESIDE};
    const char *named = given ? given : getenv("BW_ASSETS");
    for (size_t i = 0; !named && i < sizeof ways / sizeof ways[0]; i++) {
        bw_ui_beside_program(ways[i], ret_dir);
        if (is_assets(ret_dir)) {
            return;
        }
    }
    snprintf(ret_dir, PATH_MAX, "%s", named ? named : BW_DATA_DIR);
}

static enum bw_status
open_parts(struct bw_ui *ui, const struct bw_ui_options *options, struct bw_error *err)
{
    char assets[PATH_MAX];
    enum bw_status status = bw_ui_wording_create(options->locale_dir, &ui->wording, err);
    if (status == BW_OK && TTF_Init() != 0) {
        status = bw_error_set(err, BW_IO, 0, "starting the fonts: %s", TTF_GetError());
    }
    ui->ttf_open = status == BW_OK;
    if (status == BW_OK) {
        status = bw_ui_fonts_create(&ui->fonts, err);
    }
    if (status == BW_OK) {
        status = bw_ui_text_create(ui->fonts, &ui->text, err);
    }
    find_assets(options->assets_dir, assets);
    if (!options->offscreen) {
        bw_ui_compose_offer(assets);
    }
    if (status == BW_OK) {
        status = bw_ui_art_create(assets, &ui->painter.art, err);
    }
    ui->painter.text = ui->text;
    ui->painter.shapes = bw_ui_shapes_create();
    ui->painter.camera = bw_ui_camera_picture_create();
    ui->pages[0] = calloc(1, sizeof *ui->pages[0]);
    ui->pages[1] = calloc(1, sizeof *ui->pages[1]);
    if (status == BW_OK &&
        (!ui->painter.shapes || !ui->painter.camera || !ui->pages[0] || !ui->pages[1])) {
        status =
            bw_error_set(err, BW_NO_MEMORY, 0, "setting up the screens: out of memory");
    }
    return status;
}

enum bw_status
bw_ui_create(
    const struct bw_ui_options *options, struct bw_ui **ret_ui, struct bw_error *err)
{
    struct bw_ui *ui = calloc(1, sizeof *ui);
    if (!ui) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "setting up the screens: out of memory");
    }
    ui->exposed = true;
    ui->camera_at = options->camera_at;
    bw_ui_focus_off(&ui->focus);
    enum bw_status status = open_parts(ui, options, err);
    if (status == BW_OK) {
        status = bw_ui_window_open(&ui->window, options, err);
    }
    if (status != BW_OK) {
        bw_ui_destroy(ui);
        return status;
    }
    bw_ui_metric_init(&ui->metric, ui->window.surface->w, ui->window.surface->h,
        ui->window.pitch_mm, false);
    *ret_ui = ui;
    return BW_OK;
}

void
bw_ui_destroy(struct bw_ui *ui)
{
    if (!ui) {
        return;
    }
    bw_ui_camera_picture_destroy(ui->painter.camera);
    bw_ui_shapes_destroy(ui->painter.shapes);
    bw_ui_art_destroy(ui->painter.art);
    SDL_FreeSurface(ui->painter.ring);
    bw_ui_text_destroy(ui->text);
    bw_ui_fonts_destroy(ui->fonts);
    bw_ui_wording_destroy(ui->wording);
    bw_ui_window_close(&ui->window);
    if (ui->ttf_open) {
        TTF_Quit();
    }
    free(ui->pages[0]);
    free(ui->pages[1]);
    free(ui);
}

static void
lay_out(struct bw_ui *ui, const struct bw_view *view, struct bw_ui_page *page)
{
    bw_ui_wording_set_language(ui->wording, view->language);
    bw_ui_wording_set_zone(ui->wording, view->overview.session.timezone);
    bw_ui_metric_init(&ui->metric, ui->window.surface->w, ui->window.surface->h,
        ui->window.pitch_mm, view->larger);
    struct bw_ui_kit kit = {.metric = &ui->metric,
        .text = ui->text,
        .wording = ui->wording,
        .pressed = ui->pressed.action,
        .pressed_index = ui->pressed.index,
        .picture_serial = ui->picture_serial,
        .camera_at = ui->camera_at};
    bw_ui_screens_lay_out(page, &kit, view);
    bw_ui_focus_draw(&ui->focus, page);
}

static void
keep_text(struct bw_ui *ui)
{
    const SDL_Surface *surface = ui->window.surface;
    size_t screen = surface ? (size_t)surface->pitch * (size_t)surface->h : 0;
    bw_ui_text_keep(ui->text, screen * TEXT_SCREENS);
}

static int
changed_areas(struct bw_ui *ui, const struct bw_ui_page *page, SDL_Rect *areas)
{
    SDL_Rect whole = {.w = ui->window.surface->w, .h = ui->window.surface->h};
    if (ui->exposed) {
        areas[0] = whole;
        return 1;
    }
    int count = bw_ui_page_differ(ui->pages[ui->shown], page, areas);
    assert(count <= BW_AREAS_MAX); /* UI2 */
    int kept = 0;
    for (int i = 0; i < count; i++) {
        if (SDL_IntersectRect(&areas[i], &whole, &areas[kept])) {
            kept++;
        }
    }
    return kept;
}

void
bw_ui_draw(struct bw_ui *ui, const struct bw_view *view,
    const struct bw_ui_camera_frame *picture, struct bw_ui_drawn *ret_drawn)
{
    SDL_Rect areas[BW_AREAS_MAX];
    *ret_drawn = (struct bw_ui_drawn){0};
    ui->exposed = bw_ui_window_refresh(&ui->window) || ui->exposed;
    if (!ui->window.surface) {
        return;
    }
    if (ui->exposed) {
        keep_text(ui);
    }
    if (picture && bw_ui_camera_picture_set(ui->painter.camera, picture)) {
        ui->picture_serial++;
    }
    struct bw_ui_page *page = ui->pages[!ui->shown];
    lay_out(ui, view, page);
    int count = changed_areas(ui, page, areas);
    for (int i = 0; i < count; i++) {
        bw_ui_paint(&ui->painter, page, ui->window.surface, &areas[i]);
        ret_drawn->pixels += (long)areas[i].w * areas[i].h;
    }
    bw_ui_window_present(&ui->window, areas, count);
    ui->shown = !ui->shown;
    ui->exposed = false;
    ret_drawn->areas = count;
    ret_drawn->again_ms = page->again_ms;
}

void
bw_ui_lay_out(struct bw_ui *ui, const struct bw_view *view)
{
    lay_out(ui, view, ui->pages[!ui->shown]);
    ui->shown = !ui->shown;
    ui->exposed = true;
}

void
bw_ui_touch(struct bw_ui *ui)
{
    bw_ui_window_touch(&ui->window);
}

void
bw_ui_prepare(struct bw_ui *ui, const struct bw_view *view)
{
    bw_ui_lay_out(ui, view);
    bw_ui_paint_prepare(&ui->painter, ui->pages[ui->shown]);
}

void
bw_ui_expose(struct bw_ui *ui)
{
    ui->exposed = true;
}

static struct bw_ui_hit
hit_on(const struct bw_ui_page *page, int x_px, int y_px)
{
    const struct bw_ui_target *target = bw_ui_page_hit(page, x_px, y_px);
    if (!target) {
        return (struct bw_ui_hit){.action = BW_ACTION_TOUCH};
    }
    return (struct bw_ui_hit){.action = target->action, .index = target->index};
}

struct bw_ui_hit
bw_ui_hit(const struct bw_ui *ui, int x_px, int y_px)
{
    return hit_on(ui->pages[ui->shown], x_px, y_px);
}

struct bw_ui_hit
bw_ui_hit_before(const struct bw_ui *ui, int x_px, int y_px)
{
    return hit_on(ui->pages[!ui->shown], x_px, y_px);
}

void
bw_ui_take_keys(struct bw_ui *ui)
{
    bw_ui_window_take_keys(&ui->window);
}

void
bw_ui_tell(const char *sentence)
{
    char text[BW_ERROR_TEXT_BYTES + 128];
    (void)snprintf(text, sizeof text,
        "Deze zuil kan niet starten. Bel de organisatie.\n\nThis kiosk can't start: %s",
        sentence);
    (void)bw_ui_plain_show(text, TELL_MS);
}

void
bw_ui_press(struct bw_ui *ui, struct bw_ui_hit hit)
{
    ui->pressed = hit;
}

void
bw_ui_focus(struct bw_ui *ui, enum bw_ui_focus_move move)
{
    bw_ui_focus_move(&ui->focus, ui->pages[ui->shown], move);
}

struct bw_ui_hit
bw_ui_focused(const struct bw_ui *ui)
{
    return bw_ui_focus_hit(&ui->focus, ui->pages[ui->shown]);
}

int
bw_ui_languages(const struct bw_ui *ui)
{
    return bw_ui_wording_languages(ui->wording);
}

const char *
bw_ui_language_code(const struct bw_ui *ui, enum bw_language language)
{
    return bw_ui_wording_code(ui->wording, language);
}

int
bw_ui_list_rows(const struct bw_ui *ui)
{
    return bw_ui_screen_staff_rows(&ui->metric);
}

int
bw_ui_evacuation_rows(const struct bw_ui *ui)
{
    return bw_ui_screen_evacuation_rows(&ui->metric);
}

/* The page for the ear, which isn't shown; NULL: out of memory. */
static struct bw_ui_page *
lay_out_heard(struct bw_ui *ui, const struct bw_view *view, bool personal)
{
    struct bw_view *heard = malloc(sizeof *heard);
    if (!heard) {
        return NULL;
    }
    *heard = *view;
    if (!personal) {
        bw_ui_aloud_veil(heard);
    }
    struct bw_ui_page *page = ui->pages[!ui->shown]; /* not shown: free to be written */
    lay_out(ui, heard, page);
    free(heard);
    return page;
}

int
bw_ui_read_aloud(struct bw_ui *ui, const struct bw_view *view, bool personal,
    char *ret_text, int capacity)
{
    const struct bw_ui_page *page = lay_out_heard(ui, view, personal);
    ret_text[0] = '\0';
    return page ? bw_ui_aloud_write(page, ret_text, capacity) : 0;
}

int
bw_ui_read_focus(struct bw_ui *ui, const struct bw_view *view, bool personal,
    char *ret_text, int capacity)
{
    struct bw_ui_page *page = lay_out_heard(ui, view, personal);
    const struct bw_ui_target *target =
        page ? bw_ui_focus_target(&ui->focus, page) : NULL;
    ret_text[0] = '\0';
    return target ? bw_ui_aloud_write_target(page, target, ret_text, capacity) : 0;
}

/* Sizes of type that any attendee screen uses, then the scenes. */
bool
bw_ui_warm(struct bw_ui *ui)
{
    const char *name;
    int width;
    int step = ui->warmed;
    if (step < FONT_STEPS) {
        enum bw_ui_weight weight = (enum bw_ui_weight)(step % BW_WEIGHT_COUNT);
        int px = ui->metric.type_px[BW_ATTENDEE][step / BW_WEIGHT_COUNT];
        bw_ui_text_height(ui->text, (struct bw_ui_style){.weight = weight, .px = px});
    } else if (bw_ui_scene_prepare(&ui->metric, step - FONT_STEPS, &name, &width)) {
        bw_ui_art_scene(ui->painter.art, name, width);
    } else {
        return false;
    }
    ui->warmed++;
    return true;
}

enum bw_status
bw_ui_save(struct bw_ui *ui, const char *path, struct bw_error *err)
{
    return bw_ui_art_save(ui->window.surface, path, err);
}

const struct SDL_Surface *
bw_ui_surface(const struct bw_ui *ui)
{
    return ui->window.surface;
}

const struct bw_ui_page *
bw_ui_page(const struct bw_ui *ui)
{
    return ui->pages[ui->shown];
}

const struct bw_ui_metric *
bw_ui_metric(const struct bw_ui *ui)
{
    return &ui->metric;
}
