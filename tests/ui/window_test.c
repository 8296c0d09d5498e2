/* The window: what is left of one that couldn't be opened. */
#include "ui/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
window_that_cannot_be_made_leaves_nothing_open(void **state)
{
    static const struct bw_ui_options options = {.width_px = 40000, .height_px = 40000};
    struct bw_ui_window window;
    struct bw_error err = {0};
    (void)state;
    assert_int_equal(setenv("SDL_VIDEODRIVER", "dummy", 1), 0);
    assert_int_equal(bw_ui_window_open(&window, &options, &err), BW_IO);
    assert_non_null(strstr(err.text, "opening the window"));
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0);
    bw_ui_window_close(&window); /* as whoever opens it does in any case */
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0);
}

static void
window_that_was_closed_gives_the_display_back(void **state)
{
    static const struct bw_ui_options options = {.width_px = 320, .height_px = 200};
    struct bw_ui_window window;
    (void)state;
    assert_int_equal(setenv("SDL_VIDEODRIVER", "dummy", 1), 0);
    assert_int_equal(bw_ui_window_open(&window, &options, NULL), BW_OK);
    assert_int_equal(window.surface->w, 320);
    bw_ui_window_close(&window);
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(window_that_cannot_be_made_leaves_nothing_open),
        cmocka_unit_test(window_that_was_closed_gives_the_display_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
