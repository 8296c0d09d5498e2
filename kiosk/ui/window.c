/* SDL's window surface, painted in place: no renderer between, so that only the areas
 * that changed travel to the display. */
#include "window.h"

#include <brugwachter/said.h>
#include <math.h>

#define INCH_MM 25.4

enum { PAGE_BYTES = 4096 }; /* the smallest there are */

/* Displays that say nonsense (0, or a wall of a house) count as not known. */
static double
display_pitch(SDL_Window *window, const struct bw_ui_options *options)
{
    float diagonal = 0;
    float across = 0;
    float down = 0;
    SDL_DisplayMode mode;
    int display = SDL_GetWindowDisplayIndex(window);
    if (display < 0 || SDL_GetDesktopDisplayMode(display, &mode) != 0) {
        return 0;
    }
    if (options->width_mm > 0) {
        return options->width_mm / mode.w;
    }
    if (SDL_GetDisplayDPI(display, &diagonal, &across, &down) != 0 || across <= 0) {
        return 0;
    }
    double inch = hypot(mode.w, mode.h) / across;
    return inch >= 7 && inch <= 60 ? INCH_MM / across : 0;
}

static enum bw_status
open_offscreen(struct bw_ui_window *window, const struct bw_ui_options *options,
    struct bw_error *err)
{
    window->surface = SDL_CreateRGBSurfaceWithFormat(
        0, options->width_px, options->height_px, 32, SDL_PIXELFORMAT_RGB888);
    if (!window->surface) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "making room for %d by %d pixels: %s",
            options->width_px, options->height_px, SDL_GetError());
    }
    window->pitch_mm = options->width_mm > 0 ? options->width_mm / options->width_px : 0;
    return BW_OK;
}

static SDL_Window *
make_window(const struct bw_ui_options *options)
{
    SDL_Rect whole;
    if (options->fullscreen && SDL_GetDisplayBounds(0, &whole) == 0) {
        /* where no window manager runs, nobody else makes it as large as the display */
        return SDL_CreateWindow("Brugwachter", whole.x, whole.y, whole.w, whole.h,
            SDL_WINDOW_FULLSCREEN_DESKTOP);
    }
    int width = options->width_px > 0 ? options->width_px : 1280;
    int height = options->height_px > 0 ? options->height_px : 800;
    return SDL_CreateWindow("Brugwachter", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
        width, height, SDL_WINDOW_SHOWN);
}

enum bw_status
bw_ui_window_open(struct bw_ui_window *window, const struct bw_ui_options *options,
    struct bw_error *err)
{
    *window = (struct bw_ui_window){0};
    if (options->offscreen) {
        return open_offscreen(window, options, err);
    }
    /* Presenting through OpenGL costs 35 ms a frame where there is no graphics chip. */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "1");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        return bw_error_set(err, BW_IO, 0,
            "opening the window: %s; is there a display (DISPLAY)?", SDL_GetError());
    }
    window->video = true;
    window->window = make_window(options);
    bw_ui_window_refresh(window);
    if (window->window && !window->surface) {
        /* Some displays (Wayland, KMS) can only be reached through acceleration. */
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "1");
        SDL_DestroyWindow(window->window);
        window->shown = NULL;
        window->window = make_window(options);
        bw_ui_window_refresh(window);
    }
    if (!window->surface) {
        enum bw_status status = bw_error_set(err, BW_IO, 0, "%s: %s",
            window->window ? bw_said("painting in the window")
                           : bw_said("opening the window"),
            SDL_GetError());
        bw_ui_window_close(window);
        return status;
    }
    window->pitch_mm = display_pitch(window->window, options);
    SDL_ShowCursor(options->fullscreen ? SDL_DISABLE : SDL_ENABLE);
    return BW_OK;
}

void
bw_ui_window_close(struct bw_ui_window *window)
{
    if (window->surface != window->shown) {
        SDL_FreeSurface(window->surface);
    }
    if (window->window) {
        SDL_DestroyWindow(window->window);
    }
    if (window->video) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    *window = (struct bw_ui_window){0};
}

/* Where the display's own pixels aren't 32 bits of XRGB: painted apart, and converted. */
static SDL_Surface *
choose_canvas(struct bw_ui_window *window)
{
    Uint32 format = window->shown->format->format;
    if (format == SDL_PIXELFORMAT_RGB888 || format == SDL_PIXELFORMAT_ARGB8888) {
        return window->shown;
    }
    return SDL_CreateRGBSurfaceWithFormat(
        0, window->shown->w, window->shown->h, 32, SDL_PIXELFORMAT_RGB888);
}

bool
bw_ui_window_refresh(struct bw_ui_window *window)
{
    if (!window->window) {
        return false;
    }
    SDL_Surface *now = SDL_GetWindowSurface(window->window);
    if (now && now == window->shown && window->surface && window->surface->w == now->w &&
        window->surface->h == now->h) {
        return false;
    }
    if (window->surface != window->shown) {
        SDL_FreeSurface(window->surface);
    }
    window->shown = now;
    window->surface = now ? choose_canvas(window) : NULL;
    return true;
}

/* A byte a page. No madvise(MADV_POPULATE_WRITE): it keeps the address space locked, and
 * with it what the other threads allocate. */
void
bw_ui_window_touch(struct bw_ui_window *window)
{
    SDL_Surface *surface = window->surface;
    volatile Uint8 *bytes = surface ? surface->pixels : NULL;
    size_t size = surface ? (size_t)surface->pitch * (size_t)surface->h : 0;
    for (size_t at = 0; at < size; at += PAGE_BYTES) {
        bytes[at] = 0;
    }
}

/* Where no window manager runs nobody else gives the keys back. */
void
bw_ui_window_take_keys(struct bw_ui_window *window)
{
    if (window->window &&
        (SDL_GetWindowFlags(window->window) & SDL_WINDOW_INPUT_FOCUS) == 0) {
        SDL_RaiseWindow(window->window);
        (void)SDL_SetWindowInputFocus(window->window);
    }
}

void
bw_ui_window_present(struct bw_ui_window *window, const SDL_Rect *areas, int count)
{
    if (!window->window || count <= 0) {
        return;
    }
    if (window->surface != window->shown) {
        SDL_BlitSurface(window->surface, NULL, window->shown, NULL);
    }
    SDL_UpdateWindowSurfaceRects(window->window, areas, count);
}
