/* A grid that is off finds its symbol by what is known of it, blurred as it may be
 * (fit.h). */
#include "scan/qr/grid/fit.h"

#include "tests/scan/qr/scene.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 640, HEIGHT = 480, MODULES = 37, MODULE_PX = 7 };

static uint8_t pixels[WIDTH * HEIGHT];
static struct bw_deblur work;
static struct bw_sampled sampled;
static int8_t pattern[MODULES * MODULES];
static float sure[MODULES * MODULES];

static const struct bw_scan_view view = {
    .grey = pixels, .width_px = WIDTH, .height_px = HEIGHT, .scale = 1};

static void
draw(double motion_modules, double middle_x)
{
    static struct scan_symbol symbol;
    uint32_t seed = 9;
    char text[SCAN_TICKET_BYTES];
    struct scan_scene scene = scan_scene_plain();
    scene.width_px = WIDTH;
    scene.height_px = HEIGHT;
    scene.module_px = MODULE_PX;
    scene.middle_x = middle_x;
    scene.motion_px = motion_modules * MODULE_PX;
    scene.motion_deg = 30;
    scene.noise = 2;
    scan_ticket_text(&seed, text);
    assert_true(scan_symbol_encode(text, 5, 1, &symbol));
    assert_true(scan_render(&symbol, &scene, pixels));
    bw_symbol_pattern(MODULES, pattern);
}

/* The grid as the ticket lies, moved by so many modules and turned by quarters. */
static struct bw_grid
grid_at(double middle_x, double off, int quarters)
{
    static const double turned[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    double half = MODULES * MODULE_PX / 2.0;
    double c = turned[quarters][0] * half, s = turned[quarters][1] * half;
    double x = middle_x * WIDTH + off * MODULE_PX, y = HEIGHT / 2.0 - off * MODULE_PX;
    return (struct bw_grid){.map = {.h = {c, -s, x, s, c, y, 0, 0}}, .modules = MODULES};
}

/* How far the grid's corners are from where they should be, at most, in modules. */
static float
off_by(const struct bw_grid *grid, double middle_x)
{
    struct bw_grid right = grid_at(middle_x, 0, 0);
    float most = 0;
    for (int i = 0; i < 4; i++) {
        float u = i % 2 ? MODULES : 0, v = i / 2 ? MODULES : 0;
        struct bw_point a = bw_grid_at(grid, u, v), b = bw_grid_at(&right, u, v);
        most = fmaxf(most, hypotf(a.x - b.x, a.y - b.y) / MODULE_PX);
    }
    return most;
}

static void
grid_that_is_off_by_a_module_finds_a_symbol_that_moves(void **state)
{
    (void)state;
    draw(2.2, 0.5);
    struct bw_grid grid = grid_at(0.5, 0.7, 0);
    assert_true(bw_fit_known(&work, &view, pattern, &grid) > 0.7F);
    assert_true(off_by(&grid, 0.5) < 0.5F);
    assert_true(bw_fit_known(&work, &view, pattern, &grid) > 0.9F);
}

static void
way_that_the_symbol_stands_explains_most(void **state)
{
    (void)state;
    draw(2.2, 0.5);
    struct bw_grid grid = grid_at(0.5, 0, 0);
    float right = bw_fit_known(&work, &view, pattern, &grid);
    for (int quarters = 1; quarters < 4; quarters++) {
        grid = grid_at(0.5, 0, quarters);
        assert_true(bw_fit_known(&work, &view, pattern, &grid) < right);
    }
}

static void
what_lies_outside_the_view_is_not_asked(void **state)
{
    (void)state;
    const double cut = (MODULES / 2.0 - 3) * MODULE_PX / WIDTH;
    draw(0, cut);
    struct bw_grid grid = grid_at(cut, 0.5, 0);
    assert_true(bw_fit_known(&work, &view, pattern, &grid) > 0.9F);
    assert_true(off_by(&grid, cut) < 0.5F);
    grid = grid_at(-1, 0, 0);
    assert_true(bw_fit_known(&work, &view, pattern, &grid) <= 0);
}

static void
modules_that_were_decided_move_the_grid_on(void **state)
{
    (void)state;
    draw(2.2, 0.5);
    struct bw_grid grid = grid_at(0.5, 0.2, 0);
    bw_grid_place(&grid, &sampled);
    bw_grid_sample(MODULES, &view, &sampled);
    bw_grid_decide(MODULES, 6, &sampled);
    bw_deblur_run(&work, MODULES, pattern, &view, false, &sampled, sure);
    float before = off_by(&grid, 0.5);
    bw_fit_all(&work, &view, &sampled, &grid);
    assert_true(off_by(&grid, 0.5) < before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grid_that_is_off_by_a_module_finds_a_symbol_that_moves),
        cmocka_unit_test(way_that_the_symbol_stands_explains_most),
        cmocka_unit_test(what_lies_outside_the_view_is_not_asked),
        cmocka_unit_test(modules_that_were_decided_move_the_grid_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
