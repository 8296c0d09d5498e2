/* How dear the screens are, as ratios to what nothing can do without, in one run:
 *
 *   first frame     bw_ui_create and the first draw, to a bare SDL window with one fill;
 *                   in a UTF-8 locale, as machines have it, where Xlib reads a table of
 *                   what dead keys make (the kiosk's own is short: ui/compose.h), and
 *                   in the C locale, where both read a short one
 *   full redraw     the scan screen painted whole with a new camera frame, to a bare
 *                   upload, scale and present of the same frame through SDL's software
 *                   renderer, by turns
 *   camera frame    only the camera's area, to the same
 *   at rest         a draw in which nothing changed, and areas painted by it
 *
 * With `--bare-pictures COUNT` nothing but that many bare pictures, five a second; says
 * what of the processor each took, in ms (for tests/bench/latency).
 *
 * Needs a display (the script starts a virtual one where there is none). */
#include "tests/golden/frame.h"
#include "tests/golden/samples.h"
#include "ui/ui.h"
#include <SDL.h>

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 1920, HEIGHT = 1080, ROUNDS = 9, FRAMES = 120 };

static double
now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
by_size(const void *a, const void *b)
{
    double one = *(const double *)a;
    double other = *(const double *)b;
    return (one > other) - (one < other);
}

static double
median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof values[0], by_size);
    return values[count / 2];
}

static const struct bw_ui_options options = {
    .width_px = WIDTH, .height_px = HEIGHT, .width_mm = 476};

static void
need(bool holds, const char *what, const char *why)
{
    if (!holds) {
        fprintf(stderr, "ui bench: %s: %s\n", what, why);
        exit(3);
    }
}

/* ---- first frame: each in a process of its own, as a kiosk starts ---- */

static void
bare_window(void)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    need(SDL_Init(SDL_INIT_VIDEO) == 0, "opening the display", SDL_GetError());
    SDL_Window *window = SDL_CreateWindow("bare", 0, 0, WIDTH, HEIGHT, SDL_WINDOW_SHOWN);
    SDL_Surface *surface = window ? SDL_GetWindowSurface(window) : NULL;
    need(surface != NULL, "opening a window", SDL_GetError());
    SDL_FillRect(surface, NULL, 0xFF335577);
    SDL_UpdateWindowSurface(window);
}

static void *
touch(void *ui)
{
    bw_ui_touch(ui);
    return NULL;
}

/* As the loop does it (first_picture.h). */
static void
kiosk_window(void)
{
    static struct bw_view view;
    struct bw_error err = {0};
    struct bw_ui *ui = NULL;
    struct bw_ui_drawn drawn;
    pthread_t thread;
    need(bw_ui_create(&options, &ui, &err) == BW_OK, "opening the kiosk's window",
        err.text);
    need(pthread_create(&thread, NULL, touch, ui) == 0, "a thread", "none to be had");
    sample_view(0, BW_DUTCH, bw_ui_list_rows(ui), &view);
    bw_ui_prepare(ui, &view);
    (void)pthread_join(thread, NULL);
    bw_ui_draw(ui, &view, NULL, &drawn);
}

static double
in_a_child(void (*work)(void), const char *locale)
{
    double start = now_ms();
    pid_t child = fork();
    if (child == 0) {
        (void)setenv("LC_ALL", locale, 1);
        work();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    need(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a first frame",
        "the child failed");
    return now_ms() - start;
}

static double
first_frame_ratio(const char *locale, const char *goal)
{
    double bare[ROUNDS];
    double kiosk[ROUNDS];
    in_a_child(bare_window, locale); /* disk caches */
    in_a_child(kiosk_window, locale);
    for (int i = 0; i < ROUNDS; i++) {
        bare[i] = in_a_child(bare_window, locale);
        kiosk[i] = in_a_child(kiosk_window, locale);
    }
    double one = median(kiosk, ROUNDS);
    double other = median(bare, ROUNDS);
    printf("first frame      %7.1f ms   bare window %7.1f ms    ratio %.2f %s   in %s\n",
        one, other, one / other, goal, locale);
    (void)fflush(stdout); /* SDL starts children that would write it again */
    return one / other;
}

/* ---- frames ---- */

struct bare {
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
};

static struct bare
open_bare(const struct bw_ui_camera_frame *picture)
{
    struct bare bare;
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    need(SDL_InitSubSystem(SDL_INIT_VIDEO) == 0, "opening the display", SDL_GetError());
    bare.window = SDL_CreateWindow("bare", 0, 0, WIDTH, HEIGHT, SDL_WINDOW_SHOWN);
    bare.renderer = SDL_CreateRenderer(bare.window, -1, SDL_RENDERER_SOFTWARE);
    bare.texture = bare.renderer ? SDL_CreateTexture(bare.renderer, SDL_PIXELFORMAT_YUY2,
                                       SDL_TEXTUREACCESS_STREAMING, picture->width_px,
                                       picture->height_px)
                                 : NULL;
    need(bare.texture != NULL, "a bare picture", SDL_GetError());
    return bare;
}

static void
show_bare(struct bare *bare, const struct bw_ui_camera_frame *picture)
{
    SDL_UpdateTexture(bare->texture, NULL, picture->bytes, picture->stride_bytes);
    SDL_RenderCopy(bare->renderer, bare->texture, NULL, NULL);
    SDL_RenderPresent(bare->renderer);
}

static void
close_bare(struct bare *bare)
{
    SDL_DestroyTexture(bare->texture);
    SDL_DestroyRenderer(bare->renderer);
    SDL_DestroyWindow(bare->window);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

/* What a camera picture costs at the least through SDL: upload, scale, present. */
static double
bare_picture_ms(const struct bw_ui_camera_frame *picture)
{
    double times[FRAMES];
    struct bare bare = open_bare(picture);
    for (int i = 0; i < FRAMES; i++) {
        double start = now_ms();
        show_bare(&bare, picture);
        times[i] = now_ms() - start;
    }
    close_bare(&bare);
    return median(times, FRAMES);
}

/* As many pictures, five a second, in a bare window: what of the processor one takes. */
static int
watch_bare(int count)
{
    struct bw_ui_camera_frame picture = test_picture();
    struct bare bare = open_bare(&picture);
    struct timespec before, after;
    show_bare(&bare, &picture);
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    for (int i = 0; i < count; i++) {
        SDL_Delay(200);
        show_bare(&bare, &picture);
    }
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    close_bare(&bare);
    printf("%.3f\n", ((double)(after.tv_sec - before.tv_sec) * 1e3 +
                         (double)(after.tv_nsec - before.tv_nsec) / 1e6) /
                         count);
    return 0;
}

static double
draws_ms(struct bw_ui *ui, const struct bw_view *view,
    const struct bw_ui_camera_frame *picture, bool whole, long *ret_pixels)
{
    double times[FRAMES];
    struct bw_ui_drawn drawn;
    long pixels = 0;
    for (int i = 0; i < FRAMES; i++) {
        double start = now_ms();
        if (whole) {
            bw_ui_expose(ui);
        }
        bw_ui_draw(ui, view, picture, &drawn);
        times[i] = now_ms() - start;
        pixels += drawn.pixels;
    }
    *ret_pixels = pixels / FRAMES;
    return median(times, FRAMES);
}

static void
report(const char *what, double ms, double bare, long pixels, const char *goal)
{
    printf("%-16s %7.2f ms   bare picture %6.2f ms   ratio %.2f %s   %ld pixels\n", what,
        ms, bare, ms / bare, goal, pixels);
}

int
main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "--bare-pictures") == 0) {
        return watch_bare(atoi(argv[2]) > 0 ? atoi(argv[2]) : 1);
    }
    static struct bw_view view;
    struct bw_error err = {0};
    struct bw_ui *ui = NULL;
    double bare[ROUNDS], whole[ROUNDS], frame[ROUNDS];
    double first = first_frame_ratio("C.UTF-8", "(goal 1.3)");
    (void)first_frame_ratio("C", "");
    struct bw_ui_camera_frame picture = test_picture();
    long whole_px = 0, frame_px = 0, rest_px = 0;
    need(bw_ui_create(&options, &ui, &err) == BW_OK, "opening the window", err.text);
    sample_view(0, BW_DUTCH, bw_ui_list_rows(ui), &view);
    draws_ms(ui, &view, &picture, true, &whole_px);
    for (int i = 0; i < ROUNDS; i++) { /* by turns: the machine's pace changes */
        bare[i] = bare_picture_ms(&picture);
        whole[i] = draws_ms(ui, &view, &picture, true, &whole_px);
        frame[i] = draws_ms(ui, &view, &picture, false, &frame_px);
    }
    double one = median(bare, ROUNDS), full = median(whole, ROUNDS);
    report("full redraw", full, one, whole_px, "(goal 1.35)");
    report("camera frame", median(frame, ROUNDS), one, frame_px, "");
    double rest = draws_ms(ui, &view, NULL, false, &rest_px);
    report("at rest", rest, one, rest_px, "");
    bw_ui_destroy(ui);
    bool good = first <= 1.3 && full / one <= 1.35 && rest_px == 0;
    printf("%s\n", good ? "all goals reached" : "a goal was missed");
    return good ? 0 : 1;
}
