/* Outlines of what hangs together: where a symbol's corners are, without its finder
 * patterns (quad.h). */
#include "scan/qr/finder/quad.h"

#include "tests/scan/qr/scene.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 640, HEIGHT = 360, SYMBOL = 37 };

static uint8_t pixels[WIDTH * HEIGHT];
static struct bw_quad_room room;
static struct bw_quad quads[BW_QUADS_MAX];

static struct scan_scene
scene_of(double module_px)
{
    struct scan_scene scene = scan_scene_plain();
    scene.width_px = WIDTH;
    scene.height_px = HEIGHT;
    scene.module_px = module_px;
    scene.noise = 3;
    return scene;
}

/* Draws a ticket and says how many outlines there are. */
static int
outlines_of(const struct scan_scene *scene)
{
    static struct scan_symbol symbol;
    uint32_t seed = 5;
    char text[SCAN_TICKET_BYTES];
    const struct bw_scan_view view = {.grey = pixels,
        .width_px = WIDTH,
        .height_px = HEIGHT,
        .scale = 1,
        .inverted = scene->inverted};
    scan_ticket_text(&seed, text);
    assert_true(scan_symbol_encode(text, 5, 1, &symbol));
    assert_true(scan_render(&symbol, scene, pixels));
    return bw_quads_find(&room, &view, quads);
}

/* How far the corner of an outline that is nearest to a place lies from it. */
static float
nearest(const struct bw_quad *quad, double x, double y)
{
    float least = 1e6F;
    for (int i = 0; i < 4; i++) {
        least = fminf(
            least, hypotf(quad->corner[i].x - (float)x, quad->corner[i].y - (float)y));
    }
    return least;
}

/* The three corners with finder patterns are within a module; what the fourth has depends
 * on what the ticket says there. */
static void
assert_corners(const struct scan_scene *scene)
{
    static const int corner[3][2] = {{-1, -1}, {1, -1}, {-1, 1}};
    double half = SYMBOL * scene->module_px / 2, roll = scene->roll_deg * 0.0174533;
    for (int i = 0; i < 3; i++) {
        double u = corner[i][0] * half, v = corner[i][1] * half;
        double x = scene->middle_x * WIDTH + u * cos(roll) - v * sin(roll);
        double y = scene->middle_y * HEIGHT + u * sin(roll) + v * cos(roll);
        assert_true(nearest(&quads[0], x, y) < (float)scene->module_px);
    }
}

static void
symbol_is_outlined_however_it_is_turned(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        struct scan_scene scene = scene_of(4);
        scene.roll_deg = i * 13;
        assert_in_range(outlines_of(&scene), 1, BW_QUADS_MAX);
        assert_false(quads[0].cut);
        assert_corners(&scene);
    }
}

static void
symbol_that_moves_or_is_light_on_dark_is_outlined(void **state)
{
    (void)state;
    struct scan_scene scene = scene_of(4);
    scene.motion_px = 8;
    scene.motion_deg = 70;
    assert_in_range(outlines_of(&scene), 1, BW_QUADS_MAX);
    assert_corners(&scene);
    scene = scene_of(4);
    scene.inverted = true;
    assert_in_range(outlines_of(&scene), 1, BW_QUADS_MAX);
    assert_corners(&scene);
}

/* Corners beyond the edge are where a square would have them. */
static void
symbol_that_is_cut_is_made_whole_beyond_the_edge(void **state)
{
    (void)state;
    struct scan_scene scene = scene_of(4);
    scene.middle_x = (SYMBOL / 2.0 - 4) * scene.module_px / WIDTH;
    assert_in_range(outlines_of(&scene), 1, BW_QUADS_MAX);
    assert_true(quads[0].cut);
    assert_corners(&scene);
}

static void
wall_and_views_that_are_too_large_have_no_outline(void **state)
{
    (void)state;
    const struct bw_scan_view wall = {
        .grey = pixels, .width_px = WIDTH, .height_px = HEIGHT, .scale = 1};
    struct bw_scan_view large = wall;
    large.width_px = 2 * WIDTH;
    large.height_px = HEIGHT / 2;
    memset(pixels, 120, sizeof pixels);
    assert_int_equal(bw_quads_find(&room, &wall, quads), 0);
    assert_int_equal(bw_quads_find(&room, &large, quads), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symbol_is_outlined_however_it_is_turned),
        cmocka_unit_test(symbol_that_moves_or_is_light_on_dark_is_outlined),
        cmocka_unit_test(symbol_that_is_cut_is_made_whole_beyond_the_edge),
        cmocka_unit_test(wall_and_views_that_are_too_large_have_no_outline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
