/* Modules near a lamp (glare.h). */
#include "scan/qr/grid/glare.h"

#include "tests/scan/qr/render.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MODULES = 37, CELLS = MODULES * MODULES, WHITE = 255, LAMP = 18 };

static struct scan_symbol symbol;
static struct bw_sampled sampled;
static struct bw_glare glare;
static float sure[CELLS];

static float
from_lamp(int cell)
{
    int column = cell % MODULES, row = cell / MODULES;
    return hypotf((float)(column - LAMP), (float)(row - LAMP));
}

/* A symbol of ink and paper; a lamp adds all that the camera has up to `radius` modules
 * from it, and less and less over the next six. */
static void
light_up(float ink, float paper, float radius)
{
    assert_true(scan_symbol_encode("BW1:LAMP", 5, 1, &symbol));
    for (int i = 0; i < CELLS; i++) {
        float part = (radius + 6 - from_lamp(i)) / 6;
        float grey = (symbol.cells[i] ? ink : paper) + WHITE * fmaxf(part, 0);
        sampled.grey[i] = fminf(grey, WHITE);
    }
    bw_glare_see(&glare, MODULES, &sampled);
    bw_grid_decide(MODULES, 4, &sampled);
    for (int i = 0; i < CELLS; i++) {
        sure[i] = 1000;
    }
}

static void
ink_near_a_lamp_is_dark_however_light(void **state)
{
    (void)state;
    int wrong = 0, mended = 0;
    light_up(30, 200, 4);
    for (int i = 0; i < CELLS; i++) {
        wrong += from_lamp(i) > 6 && sampled.cells[i] != symbol.cells[i];
    }
    bw_glare_put(&glare, MODULES, &sampled, sure);
    for (int i = 0; i < CELLS; i++) {
        mended += from_lamp(i) > 6 && sampled.cells[i] != symbol.cells[i];
    }
    assert_in_range(wrong, 10, CELLS); /* a threshold of the neighbourhood isn't enough */
    assert_int_equal(mended, 0);
}

/* What can't be told is erased before what can. */
static void
where_all_is_white_nothing_is_sure(void **state)
{
    (void)state;
    light_up(30, 200, 4);
    bw_glare_put(&glare, MODULES, &sampled, sure);
    for (int i = 0; i < CELLS; i++) {
        bool is_lost = from_lamp(i) < 3;
        bool is_wrong = sampled.cells[i] != symbol.cells[i];
        assert_true(!is_lost || sure[i] < 25);
        assert_true(!is_wrong || sure[i] < 25);
        assert_true(from_lamp(i) < 11 || sure[i] > 50);
    }
}

static void
white_paper_without_a_lamp_is_left_as_it_is(void **state)
{
    (void)state;
    light_up(30, WHITE, -6);
    bw_glare_put(&glare, MODULES, &sampled, sure);
    for (int i = 0; i < CELLS; i++) {
        assert_int_equal(sampled.cells[i], symbol.cells[i]);
        assert_true(sure[i] > 50);
    }
}

static void
symbol_in_the_shade_has_no_lamp(void **state)
{
    (void)state;
    light_up(30, 120, -6);
    assert_int_equal(glare.count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ink_near_a_lamp_is_dark_however_light),
        cmocka_unit_test(where_all_is_white_nothing_is_sure),
        cmocka_unit_test(white_paper_without_a_lamp_is_left_as_it_is),
        cmocka_unit_test(symbol_in_the_shade_has_no_lamp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
