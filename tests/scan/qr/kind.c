/* Scenes of render.h, put side by side, and what lies over them. */
#include "kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = SCAN_KIND_WIDTH, HEIGHT = SCAN_KIND_HEIGHT, QR_M = 1 };

static double
between(uint32_t *seed, double low, double high)
{
    return low + (high - low) * scan_random(seed);
}

static uint8_t
grey_of(double grey)
{
    return (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey + 0.5);
}

static bool
draw_text(const char *text, int version, const struct scan_scene *scene, uint8_t *pixels)
{
    static struct scan_symbol symbol;
    return scan_symbol_encode(text, version, QR_M, &symbol) &&
           scan_render(&symbol, scene, pixels);
}

static struct scan_scene
ticket_scene(uint32_t *seed)
{
    struct scan_scene scene = scan_trouble_scene(SCAN_PLAIN, seed);
    scene.noise = 3;
    return scene;
}

static struct scan_scene
poster_scene(uint32_t *seed)
{
    struct scan_scene scene = scan_scene_plain();
    scene.seed = (uint32_t)between(seed, 0, 4e9);
    scene.module_px = between(seed, 4, 6.5);
    scene.middle_x = between(seed, 0.14, 0.3);
    scene.middle_y = between(seed, 0.25, 0.7);
    scene.roll_deg = between(seed, -12, 12);
    scene.light = 190;
    scene.dark = 30;
    scene.background = 80;
    scene.noise = 3;
    scene.blur_px = 0.6;
    return scene;
}

static const char *
poster_text(int n)
{
    static const char *const texts[] = {"https://example.org/leerkring",
        "WIFI:T:WPA;S:School;P:welkom123;;", "https://example.org/wifi",
        "https://example.org/agenda?id=12345"};
    return texts[(size_t)n % (sizeof texts / sizeof *texts)];
}

/* Columns from `from_x` on come from the other picture. */
static void
put_right(const uint8_t *other, int from_x, int from_y, uint8_t *pixels)
{
    for (int y = from_y; y < HEIGHT; y++) {
        memcpy(pixels + y * WIDTH + from_x, other + y * WIDTH + from_x,
            (size_t)(WIDTH - from_x));
    }
}

static bool
beside_poster(
    int n, uint32_t *seed, const struct scan_scene *ticket, const char *text, uint8_t *to)
{
    static uint8_t other[WIDTH * HEIGHT];
    struct scan_scene poster = poster_scene(seed);
    if (!draw_text(poster_text(n), 0, &poster, to) ||
        !draw_text(text, 5, ticket, other)) {
        return false;
    }
    put_right(other, WIDTH * 45 / 100, 0, to);
    return true;
}

static struct scan_scene
right_scene(uint32_t *seed)
{
    struct scan_scene scene = ticket_scene(seed);
    scene.module_px = between(seed, 4, 5.5);
    scene.middle_x = between(seed, 0.66, 0.76);
    return scene;
}

static bool
on_poster_dim(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    struct scan_scene scene = right_scene(seed);
    double middle = between(seed, 60, 130), half = between(seed, 9, 20);
    scene.dark = middle - half;
    scene.light = middle + half;
    scene.background = 90;
    return beside_poster(n, seed, &scene, text, to);
}

static bool
on_poster_dark(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    struct scan_scene scene = right_scene(seed);
    scene.inverted = true;
    scene.dark = between(seed, 15, 30);
    scene.light = between(seed, 75, 160);
    scene.background = 90;
    return beside_poster(n, seed, &scene, text, to);
}

static bool
on_poster_cut(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    struct scan_scene scene = right_scene(seed);
    scene.tilt_deg = 0;
    scene.roll_deg = between(seed, -4, 4);
    scene.middle_x = 1 - (18.5 - between(seed, 0, 2)) * scene.module_px / WIDTH;
    return beside_poster(n, seed, &scene, text, to);
}

static bool
on_poster_motion(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    struct scan_scene scene = right_scene(seed);
    scene.motion_px = scene.module_px * between(seed, 0.9, 1.4);
    scene.motion_deg = between(seed, 0, 360);
    return beside_poster(n, seed, &scene, text, to);
}

static bool
on_corner(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    static uint8_t other[WIDTH * HEIGHT];
    struct scan_scene scene =
        scan_trouble_scene((enum scan_trouble)(n % SCAN_TROUBLES), seed);
    struct scan_scene small = scan_scene_plain();
    scene.module_px = fmin(scene.module_px, 7.5);
    small.module_px = between(seed, 2.6, 3.4);
    small.middle_x = between(seed, 0.92, 0.94);
    small.middle_y = between(seed, 0.86, 0.9);
    small.blur_px = 0.5;
    small.noise = 2;
    if (!draw_text(text, 5, &scene, to) || !draw_text(poster_text(n), 0, &small, other)) {
        return false;
    }
    put_right(other, WIDTH * 85 / 100, HEIGHT * 74 / 100, to);
    return true;
}

/* What lies up to `reach_px` from the middle of a scene comes from the other picture. */
static void
put_square(
    const uint8_t *other, const struct scan_scene *scene, double reach_px, uint8_t *to)
{
    double x = scene->middle_x * WIDTH, y = scene->middle_y * HEIGHT;
    int left = (int)fmax(x - reach_px, 0), right = (int)fmin(x + reach_px, WIDTH);
    int top = (int)fmax(y - reach_px, 0), bottom = (int)fmin(y + reach_px, HEIGHT);
    for (int row = top; row < bottom; row++) {
        memcpy(
            to + row * WIDTH + left, other + row * WIDTH + left, (size_t)(right - left));
    }
}

static bool
on_any_corner(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    static uint8_t other[WIDTH * HEIGHT];
    static struct scan_symbol symbol;
    struct scan_scene scene =
        scan_trouble_scene((enum scan_trouble)(n % SCAN_TROUBLES), seed);
    struct scan_scene small = scan_scene_plain();
    scene.module_px = fmin(scene.module_px, 7.5);
    scene.inverted = scene.inverted || scan_random(seed) < 0.2;
    small.module_px = between(seed, 2.2, 4.5);
    small.roll_deg = between(seed, -8, 8);
    small.inverted = scan_random(seed) < 0.25;
    small.blur_px = between(seed, 0.3, 0.8);
    small.noise = 2;
    if (!scan_symbol_encode(poster_text(n), 0, QR_M, &symbol)) {
        return false;
    }
    double quiet = between(seed, 1.5, 5);
    double reach = (symbol.modules / 2.0 + quiet) * small.module_px;
    double off = reach + between(seed, 0, 30);
    small.middle_x = scan_random(seed) < 0.5 ? off / WIDTH : 1 - off / WIDTH;
    small.middle_y = scan_random(seed) < 0.5 ? off / HEIGHT : 1 - off / HEIGHT;
    if (!draw_text(text, 5, &scene, to) || !scan_render(&symbol, &small, other)) {
        return false;
    }
    put_square(other, &small, reach, to);
    return true;
}

static bool
on_backlight(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    (void)n;
    struct scan_scene scene = ticket_scene(seed);
    scene.module_px = between(seed, 4, 7);
    scene.dark = between(seed, 10, 18);
    scene.light = scene.dark + between(seed, 12, 22);
    scene.background = between(seed, 300, 420);
    scene.blur_px = between(seed, 0.8, 1.4);
    scene.noise = between(seed, 0.8, 1.8);
    scene.middle_x = between(seed, 0.3, 0.7);
    return draw_text(text, 5, &scene, to);
}

/* A line of some width over the picture. */
static void
stroke(
    uint8_t *to, const double from[2], const double end[2], double half_px, double grey)
{
    double dx = end[0] - from[0], dy = end[1] - from[1], length = hypot(dx, dy);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            double along = ((x - from[0]) * dx + (y - from[1]) * dy) / length;
            double off = fabs((x - from[0]) * dy - (y - from[1]) * dx) / length;
            if (along >= 0 && along <= length && off < half_px + 0.5) {
                double part = fmin(1, half_px + 0.5 - off);
                uint8_t *pixel = &to[y * WIDTH + x];
                *pixel = grey_of(*pixel + (grey - *pixel) * part);
            }
        }
    }
}

/* From a point inside the symbol outwards, with shards between that are lighter. */
static bool
on_crack(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    (void)n;
    struct scan_scene scene = ticket_scene(seed);
    if (!draw_text(text, 5, &scene, to)) {
        return false;
    }
    double reach = 18.5 * scene.module_px;
    double at[2] = {scene.middle_x * WIDTH + between(seed, -0.6, 0.6) * reach,
        scene.middle_y * HEIGHT + between(seed, -0.6, 0.6) * reach};
    double turn = between(seed, 0, 6.28);
    int lines = 7 + (int)between(seed, 0, 4);
    for (int i = 0; i < lines; i++) {
        double angle = turn + (i + between(seed, -0.3, 0.3)) * 6.28 / lines, last[2];
        memcpy(last, at, sizeof last);
        double width = scene.module_px * between(seed, 0.1, 0.45);
        double grey =
            scan_random(seed) < 0.6 ? between(seed, 215, 255) : between(seed, 10, 60);
        for (int piece = 0; piece < 4; piece++) {
            double next[2] = {
                last[0] + cos(angle) * reach * 0.45, last[1] + sin(angle) * reach * 0.45};
            stroke(to, last, next, width, grey);
            memcpy(last, next, sizeof last);
            angle += between(seed, -0.4, 0.4);
            width *= 0.85;
        }
    }
    return true;
}

static void
blot(uint8_t *to, double middle_x, double middle_y, double radius, double grey)
{
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            if (hypot(x - middle_x, y - middle_y) < radius) {
                to[y * WIDTH + x] = grey_of(grey);
            }
        }
    }
}

/* Away from the three corners; up to an eighth of the code words. */
static bool
on_sticker(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    struct scan_scene scene = ticket_scene(seed);
    scene.roll_deg = between(seed, -10, 10);
    scene.tilt_deg = between(seed, 0, 10);
    if (!draw_text(text, 5, &scene, to)) {
        return false;
    }
    int blots = 1 + n % 3;
    for (int i = 0; i < blots; i++) {
        double u = between(seed, -4, 8), v = between(seed, -4, 8);
        double radius = (n % 3 ? 3.4 : 5.6) * scene.module_px;
        blot(to, scene.middle_x * WIDTH + u * scene.module_px,
            scene.middle_y * HEIGHT + v * scene.module_px, radius,
            i % 2 ? between(seed, 10, 60) : between(seed, 90, 250));
    }
    return true;
}

static bool
on_receipt(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    static struct scan_symbol symbol;
    struct scan_scene scene = ticket_scene(seed);
    scene.module_px = between(seed, 4, 6.5);
    scene.light = between(seed, 165, 215);
    scene.dark = scene.light - between(seed, 35, 60);
    scene.roll_deg = between(seed, -20, 20);
    scene.tilt_deg = between(seed, 0, 15);
    scene.blur_px = 0.5;
    if (!scan_symbol_encode(text, 5, QR_M, &symbol) ||
        !scan_render(&symbol, &scene, to)) {
        return false;
    }
    double roll = scene.roll_deg * 0.0174533, reach = 22 * scene.module_px;
    double x = scene.middle_x * WIDTH, y = scene.middle_y * HEIGHT;
    for (int i = 0; i < 5; i++) { /* dead dots: light lines down the paper */
        bool fold = i == 0;
        double off = between(seed, -17, 17) * scene.module_px;
        double dx = fold ? cos(roll) : -sin(roll), dy = fold ? sin(roll) : cos(roll);
        double from[2] = {x - dy * off - dx * reach, y + dx * off - dy * reach};
        double end[2] = {x - dy * off + dx * reach, y + dx * off + dy * reach};
        stroke(to, from, end, fold ? scene.module_px * 0.4 : scene.module_px * 0.2,
            fold && n % 2 ? scene.dark : scene.light);
    }
    return true;
}

static bool
on_motion_wide(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    (void)n;
    struct scan_scene scene = ticket_scene(seed);
    scene.module_px = between(seed, 4.5, 8);
    scene.motion_px = scene.module_px * between(seed, 1.6, 2.6);
    scene.motion_deg = between(seed, 0, 360);
    scene.tilt_deg = between(seed, 0, 12);
    scene.noise = 2;
    return draw_text(text, 5, &scene, to);
}

/* A lens out of focus makes discs: three softenings by a square are near enough. */
static void
defocus(uint8_t *pixels, double radius_px)
{
    static float sum[HEIGHT + 1][WIDTH + 1];
    int reach = (int)lround(radius_px);
    for (int y = 0; y < HEIGHT; y++) {
        float row = 0;
        for (int x = 0; x < WIDTH; x++) {
            row += pixels[y * WIDTH + x];
            sum[y + 1][x + 1] = row; /* of the row */
        }
    }
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            double all = 0, count = 0;
            for (int dy = -reach; dy <= reach; dy++) {
                int at = y + dy,
                    half = (int)lround(sqrt(radius_px * radius_px - dy * dy));
                int from = x - half < 0 ? 0 : x - half;
                int to = x + half + 1 > WIDTH ? WIDTH : x + half + 1;
                if (at >= 0 && at < HEIGHT && to > from) {
                    all += (double)(sum[at + 1][to] - sum[at + 1][from]);
                    count += to - from;
                }
            }
            pixels[y * WIDTH + x] = grey_of(all / count);
        }
    }
}

static bool
on_defocus(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    (void)n;
    struct scan_scene scene = ticket_scene(seed);
    scene.module_px = between(seed, 6.5, 11);
    scene.noise = 0;
    scene.light = between(seed, 150, 220);
    scene.dark = between(seed, 40, 70);
    if (!draw_text(text, 5, &scene, to)) {
        return false;
    }
    defocus(to, scene.module_px * between(seed, 0.8, 1.4));
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        to[i] = grey_of(to[i] + (scan_random(seed) + scan_random(seed) - 1) * 4);
    }
    return true;
}

static bool
on_cut(int n, uint32_t *seed, const char *text, uint8_t *to)
{
    (void)n;
    struct scan_scene scene = ticket_scene(seed);
    scene.module_px = between(seed, 4, 7);
    scene.roll_deg = between(seed, -6, 6) + 90 * (int)between(seed, 0, 4);
    scene.tilt_deg = 0;
    scene.middle_x = (18.5 - between(seed, 0, 3)) * scene.module_px / WIDTH;
    return draw_text(text, 5, &scene, to);
}

static const struct {
    const char *name;
    bool (*draw)(int n, uint32_t *seed, const char *text, uint8_t *to);
} kinds[SCAN_KINDS] = {
    [SCAN_POSTER_DIM] = {"beside a poster: dim", on_poster_dim},
    [SCAN_POSTER_DARK] = {"beside a poster: dark mode", on_poster_dark},
    [SCAN_POSTER_CUT] = {"beside a poster: cut", on_poster_cut},
    [SCAN_POSTER_MOTION] = {"beside a poster: moving", on_poster_motion},
    [SCAN_CORNER] = {"small code in the corner", on_corner},
    [SCAN_BACKLIGHT] = {"light from behind", on_backlight},
    [SCAN_CRACK] = {"cracked screen", on_crack},
    [SCAN_STICKER] = {"stickers and blots", on_sticker},
    [SCAN_RECEIPT] = {"receipt paper", on_receipt},
    [SCAN_MOTION_WIDE] = {"motion of two modules", on_motion_wide},
    [SCAN_DEFOCUS] = {"near and out of focus", on_defocus},
    [SCAN_CUT] = {"cut by the edge", on_cut},
    [SCAN_ANY_CORNER] = {"small code in any corner", on_any_corner},
};

const char *
scan_kind_name(enum scan_kind kind)
{
    return kinds[kind].name;
}

bool
scan_kind_draw(enum scan_kind kind, int n, uint8_t ret_pixels[static WIDTH * HEIGHT],
    char ret_text[static SCAN_TICKET_BYTES])
{
    uint32_t seed = 0x9e3779b9U * (uint32_t)(n + 1) + (uint32_t)kind * 7919U;
    scan_ticket_text(&seed, ret_text);
    return kinds[kind].draw(n, &seed, ret_text, ret_pixels);
}

bool
scan_kind_poster(int n, uint8_t ret_pixels[static WIDTH * HEIGHT])
{
    uint32_t seed = 77 + (uint32_t)n;
    struct scan_scene poster = poster_scene(&seed);
    return draw_text(poster_text(n), 0, &poster, ret_pixels);
}
