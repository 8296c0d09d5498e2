/* What the public footer tells of the house. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/golden/samples.h"
#include "ui/ui.h"

#include <string.h>

/* The first sample is the resting screen; read aloud, a page is its words. */
static void
counter_is_left_out_where_the_venue_wants_no_figures(void **state)
{
    (void)state;
    static struct bw_view view;
    struct bw_error err = {0};
    struct bw_ui *ui = NULL;
    char text[4096];
    struct bw_ui_options options = {
        .offscreen = true, .width_px = 1920, .height_px = 1080, .width_mm = 476};
    assert_int_equal(bw_ui_create(&options, &ui, &err), BW_OK);
    sample_view(0, BW_DUTCH, 4, &view);
    assert_int_equal(view.screen, BW_SCREEN_IDLE);
    (void)bw_ui_read_aloud(ui, &view, false, text, sizeof text);
    assert_non_null(strstr(text, "32 binnen"));
    view.no_counter = true;
    (void)bw_ui_read_aloud(ui, &view, false, text, sizeof text);
    assert_null(strstr(text, "32"));
    bw_ui_destroy(ui);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counter_is_left_out_where_the_venue_wants_no_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
