/* Renders by asking each pixel what it sees, nine times over. */
#include "render.h"

#include <math.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

enum { QUIET = 4, SUB = 3 };

#define DEGREE 0.017453292519943295
#define PI 3.141592653589793

bool
scan_symbol_encode(
    const char *text, int version, int level, struct scan_symbol *ret_symbol)
{
    QRcode *code = QRcode_encodeString(text, version, (QRecLevel)level, QR_MODE_8, 1);
    if (!code) {
        return false;
    }
    ret_symbol->modules = code->width;
    for (int i = 0; i < code->width * code->width; i++) {
        ret_symbol->cells[i] = code->data[i] & 1;
    }
    QRcode_free(code);
    return true;
}

struct scan_scene
scan_scene_plain(void)
{
    return (struct scan_scene){.width_px = 1280,
        .height_px = 720,
        .module_px = 6,
        .middle_x = 0.5,
        .middle_y = 0.5,
        .light = 235,
        .dark = 25,
        .background = 120,
        .grid_modules = 0.5,
        .seed = 1};
}

double
scan_random(uint32_t *seed)
{
    uint32_t x = *seed ? *seed : 1;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    *seed = x;
    return (double)x / 4294967296.0;
}

/* From pixels to modules: a plane, turned and tilted, before a pin-hole. */
struct lens {
    double m[9];
};

static void
invert(const double a[static 9], double ret[static 9])
{
    double d = a[0] * (a[4] * a[8] - a[5] * a[7]) - a[1] * (a[3] * a[8] - a[5] * a[6]) +
               a[2] * (a[3] * a[7] - a[4] * a[6]);
    const double c[9] = {a[4] * a[8] - a[5] * a[7], a[2] * a[7] - a[1] * a[8],
        a[1] * a[5] - a[2] * a[4], a[5] * a[6] - a[3] * a[8], a[0] * a[8] - a[2] * a[6],
        a[2] * a[3] - a[0] * a[5], a[3] * a[7] - a[4] * a[6], a[1] * a[6] - a[0] * a[7],
        a[0] * a[4] - a[1] * a[3]};
    for (int i = 0; i < 9; i++) {
        ret[i] = c[i] / d;
    }
}

static struct lens
lens_of(const struct scan_scene *scene)
{
    double roll = scene->roll_deg * DEGREE, tilt = scene->tilt_deg * DEGREE;
    double to = scene->tilt_to_deg * DEGREE;
    double far = 1100 / scene->module_px; /* focal length, in modules: about 60 degrees */
    /* Turn by `roll`, then tilt about the axis at `to` (Rodrigues). */
    double ax = cos(to), ay = sin(to), c = cos(tilt), s = sin(tilt);
    double r[3][2] = {{c + ax * ax * (1 - c), ax * ay * (1 - c)},
        {ax * ay * (1 - c), c + ay * ay * (1 - c)}, {-ay * s, ax * s}};
    double p[9] = {0};
    for (int i = 0; i < 3; i++) {
        p[i * 3] = r[i][0] * cos(roll) + r[i][1] * sin(roll);
        p[i * 3 + 1] = -r[i][0] * sin(roll) + r[i][1] * cos(roll);
    }
    p[8] = far;
    double x = scene->middle_x * scene->width_px, y = scene->middle_y * scene->height_px;
    double forward[9];
    for (int i = 0; i < 3; i++) {
        forward[i] = 1100 * p[i] + x * p[6 + i];
        forward[3 + i] = 1100 * p[3 + i] + y * p[6 + i];
        forward[6 + i] = p[6 + i];
    }
    struct lens lens;
    invert(forward, lens.m);
    return lens;
}

/* A direction, worked out once for all pixels. */
struct turn {
    double cos, sin;
};

static struct turn
turn_of(double deg)
{
    return (struct turn){cos(deg * DEGREE), sin(deg * DEGREE)};
}

struct paper {
    const struct scan_symbol *symbol;
    const struct scan_scene *scene;
    struct turn fold[SCAN_FOLDS], lift;
};

static struct paper
paper_of(const struct scan_symbol *symbol, const struct scan_scene *scene)
{
    struct paper paper = {symbol, scene, .lift = turn_of(scene->lift_deg)};
    for (int i = 0; i < SCAN_FOLDS; i++) {
        paper.fold[i] = turn_of(scene->fold[i].deg);
    }
    return paper;
}

/* What stands out of the paper at a place, in modules seen, and its slope. */
static double
height_at(const struct paper *paper, double u, double v, double *ret_slope)
{
    const struct scan_scene *scene = paper->scene;
    double height = 0;
    *ret_slope = 0;
    for (int i = 0; i < SCAN_FOLDS && scene->fold[i].modules > 0; i++) {
        const struct scan_fold *fold = &scene->fold[i];
        double across = u * paper->fold[i].cos + v * paper->fold[i].sin;
        double part = across / fold->length + fold->start;
        part -= floor(part);
        double rise = fold->sharp ? (part < 0.5 ? 4 : -4) : 2 * PI * cos(2 * PI * part);
        height += fold->modules *
                  (fold->sharp ? fabs(4 * part - 2) * -1 + 1 : sin(2 * PI * part));
        *ret_slope += fold->modules * rise / fold->length;
    }
    return height;
}

static double
paper_at(const struct paper *paper, double u, double v)
{
    const struct scan_symbol *symbol = paper->symbol;
    const struct scan_scene *scene = paper->scene;
    double side = symbol->modules, half = side / 2;
    if (scene->inverted ? fabs(u) > half * 2 || fabs(v) > half * 3
                        : fabs(u) > half + QUIET || fabs(v) > half + QUIET) {
        return -1;
    }
    u += scene->bend * (1 - (v / half) * (v / half));
    v += scene->bend * (1 - (u / half) * (u / half)) * 0.5;
    double slope = 0, height = height_at(paper, u, v, &slope);
    u += height * paper->lift.cos;
    v += height * paper->lift.sin;
    int x = (int)floor(u + half), y = (int)floor(v + half);
    bool in = x >= 0 && y >= 0 && x < symbol->modules && y < symbol->modules;
    if (in && scene->mirrored) {
        x = symbol->modules - 1 - x;
    }
    bool dark = in && symbol->cells[y * symbol->modules + x];
    double grey = dark != scene->inverted ? scene->dark : scene->light;
    grey *= 1 - fmin(fabs(slope), 1) * (slope > 0 ? 0.3 : 0.1); /* light from one side */
    if (scene->grid > 0) {
        double gap = fabs(u / scene->grid_modules - floor(u / scene->grid_modules) - 0.5);
        double row = fabs(v / scene->grid_modules - floor(v / scene->grid_modules) - 0.5);
        grey *= 1 - scene->grid * (gap > 0.35 || row > 0.35 ? 1 : 0);
    }
    return grey;
}

static double
behind_at(const struct scan_scene *scene, double x, double y)
{
    return scene->background + 25 * sin(x / 97) + 25 * sin(y / 61 + x / 211) +
           12 * sin((x + y) / 13);
}

/* The same over the whole picture: a wave's part along x is worked out once. */
static bool
draw_behind(const struct scan_scene *scene, float *picture)
{
    int width = scene->width_px, height = scene->height_px;
    struct {
        double along, across;
        struct turn slow;
    } *at = calloc((size_t)(width + height), sizeof *at);
    if (!at) {
        return false;
    }
    for (int x = 0; x < width + height; x++) {
        at[x].along = 25 * sin(x / 97.0);
        at[x].across = 12 * sin(x / 13.0);
        at[x].slow = (struct turn){cos(x / 211.0), sin(x / 211.0)};
    }
    for (int y = 0; y < height; y++) {
        double sin_y = 25 * sin(y / 61.0), cos_y = 25 * cos(y / 61.0);
        for (int x = 0; x < width; x++) {
            *picture++ =
                (float)(scene->background + at[x].along + sin_y * at[x].slow.cos +
                        cos_y * at[x].slow.sin + at[x + y].across);
        }
    }
    free(at);
    return true;
}

/* Paper over what lies behind. */
static void
draw(const struct scan_symbol *symbol, const struct scan_scene *scene, float *picture)
{
    struct lens lens = lens_of(scene);
    struct paper paper = paper_of(symbol, scene);
    const double *m = lens.m;
    for (int y = 0; y < scene->height_px; y++) {
        for (int x = 0; x < scene->width_px; x++) {
            double sum = 0;
            bool outside = false;
            for (int k = 0; k < SUB * SUB && !outside; k++) {
                int row = k / SUB, column = k % SUB;
                double px = x + (column + 0.5) / SUB,
                       py = y + (double)row / SUB + 0.5 / SUB;
                double w = m[6] * px + m[7] * py + m[8];
                double grey = paper_at(&paper, (m[0] * px + m[1] * py + m[2]) / w,
                    (m[3] * px + m[4] * py + m[5]) / w);
                outside = grey < 0 && k == 0;
                sum += grey < 0 ? behind_at(scene, px, py) : grey;
            }
            if (!outside) {
                picture[(size_t)y * (size_t)scene->width_px + (size_t)x] =
                    (float)(sum / (SUB * SUB));
            }
        }
    }
}

/* A blob at a place of the symbol (modules from its middle): softly towards `grey`. */
static void
cover(const struct scan_scene *scene, double u, double v, double radius_modules,
    double grey, bool soft, float *picture)
{
    struct lens lens = lens_of(scene);
    const double *m = lens.m;
    for (int y = 0; y < scene->height_px; y++) {
        for (int x = 0; x < scene->width_px; x++) {
            double w = m[6] * x + m[7] * y + m[8];
            double du = (m[0] * x + m[1] * y + m[2]) / w - u;
            double dv = (m[3] * x + m[4] * y + m[5]) / w - v;
            double far = hypot(du, dv) / radius_modules;
            if (far < 1) {
                float *pixel = &picture[(size_t)y * (size_t)scene->width_px + (size_t)x];
                double part = soft ? fmin(1, 2 * (1 - far)) : 1;
                *pixel = (float)((double)*pixel + (grey - (double)*pixel) * part);
            }
        }
    }
}

static int
within(int at, int size)
{
    return at < 0 ? 0 : at >= size ? size - 1 : at;
}

struct kernel {
    int reach;
    float sum, weights[33];
};

static struct kernel
kernel_of(double sigma)
{
    int reach = (int)ceil(3 * sigma);
    struct kernel kernel = {.reach = reach > 16 ? 16 : reach};
    for (int i = -kernel.reach; i <= kernel.reach; i++) {
        kernel.weights[i + kernel.reach] = (float)exp(-i * i / (2 * sigma * sigma));
        kernel.sum += kernel.weights[i + kernel.reach];
    }
    return kernel;
}

/* to += weight * from, of which the first is `shift` on; the ends go on outside. */
static void
add_shifted(const float *from, int width, int shift, float weight, float *to)
{
    int first = shift < 0 ? within(-shift, width + 1) : 0;
    int last = shift > 0 ? within(width - shift, width + 1) : width;
    for (int x = 0; x < first; x++) {
        to[x] += weight * from[0];
    }
    for (int x = first; x < last; x++) {
        to[x] += weight * from[x + shift];
    }
    for (int x = last; x < width; x++) {
        to[x] += weight * from[width - 1];
    }
}

static void
divide(float *row, int width, float by)
{
    for (int x = 0; x < width; x++) {
        row[x] /= by;
    }
}

/* Each pixel becomes the mean about it, along x and then along y. */
static void
soften(float *picture, float *work, int width, int height, double sigma)
{
    struct kernel kernel = kernel_of(sigma);
    size_t length = (size_t)width;
    memset(work, 0, length * (size_t)height * sizeof *work);
    for (int y = 0; y < height; y++) {
        float *row = work + (size_t)y * length;
        for (int i = -kernel.reach; i <= kernel.reach; i++) {
            add_shifted(picture + (size_t)y * length, width, i,
                kernel.weights[i + kernel.reach], row);
        }
        divide(row, width, kernel.sum);
    }
    memset(picture, 0, length * (size_t)height * sizeof *picture);
    for (int y = 0; y < height; y++) {
        float *row = picture + (size_t)y * length;
        for (int i = -kernel.reach; i <= kernel.reach; i++) {
            add_shifted(work + (size_t)within(y + i, height) * length, width, 0,
                kernel.weights[i + kernel.reach], row);
        }
        divide(row, width, kernel.sum);
    }
}

static void
move(float *picture, float *work, const struct scan_scene *scene)
{
    int width = scene->width_px, height = scene->height_px;
    int steps = (int)ceil(scene->motion_px) + 1;
    double dx = cos(scene->motion_deg * DEGREE), dy = sin(scene->motion_deg * DEGREE);
    size_t bytes = (size_t)width * (size_t)height * sizeof *picture;
    memcpy(work, picture, bytes);
    memset(picture, 0, bytes);
    for (int y = 0; y < height; y++) {
        float *row = picture + (size_t)y * (size_t)width;
        for (int i = 0; i < steps; i++) {
            double along = ((double)i / (steps - 1) - 0.5) * scene->motion_px;
            int from = within((int)lround(y + dy * along), height);
            add_shifted(work + (size_t)from * (size_t)width, width,
                (int)floor(dx * along + 0.5), 1, row);
        }
        divide(row, width, (float)steps);
    }
}

/* A finger over an edge, and the glare of a lamp. */
static void
cover_parts(const struct scan_symbol *symbol, const struct scan_scene *scene,
    uint32_t *seed, float *picture)
{
    if (scene->finger) {
        double in = scene->finger_reach * symbol->modules,
               out = symbol->modules / 2.0 + 4;
        double u = scene->finger == 2 || scene->finger == 3 ? out : -out;
        double v = scene->finger >= 3 ? out : -out;
        cover(scene, u, v, in + 5.6, 150, false, picture);
    }
    if (scene->glare > 0) {
        double u = (scan_random(seed) - 0.5) * symbol->modules;
        double v = (scan_random(seed) - 0.5) * symbol->modules;
        cover(scene, u, v, scene->glare * symbol->modules / 2, 255, true, picture);
    }
}

static uint8_t
noisy(double grey, double noise, uint32_t *seed)
{
    double off = noise > 0 ? scan_random(seed) + scan_random(seed) + scan_random(seed) +
                                 scan_random(seed) - 2
                           : 0;
    grey += off * noise * 1.732;
    return (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey + 0.5);
}

bool
scan_render(
    const struct scan_symbol *symbol, const struct scan_scene *scene, uint8_t *ret_pixels)
{
    size_t pixels = (size_t)scene->width_px * (size_t)scene->height_px;
    float *picture = malloc(pixels * sizeof *picture),
          *work = malloc(pixels * sizeof *work);
    bool made = picture && work && draw_behind(scene, picture);
    uint32_t seed = scene->seed * 2654435761U + 1;
    if (made) {
        draw(symbol, scene, picture);
        cover_parts(symbol, scene, &seed, picture);
        if (scene->blur_px > 0.05) {
            soften(picture, work, scene->width_px, scene->height_px, scene->blur_px);
        }
        if (scene->motion_px > 0.5) {
            move(picture, work, scene);
        }
        for (size_t i = 0; i < pixels; i++) {
            ret_pixels[i] = noisy((double)picture[i], scene->noise, &seed);
        }
    }
    free(picture);
    free(work);
    return made;
}
