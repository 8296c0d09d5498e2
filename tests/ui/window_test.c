/* The window: what is left of one that couldn't be opened. */
#include "ui/window.h"

#include <pthread.h>
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

static void *
touch(void *window)
{
    bw_ui_window_touch(window);
    return NULL;
}

static void
another_thread_may_touch_the_surface_before_it_is_painted(void **state)
{
    static const struct bw_ui_options options = {.width_px = 320, .height_px = 200};
    struct bw_ui_window window = {0};
    pthread_t thread;
    (void)state;
    bw_ui_window_touch(&window); /* the display gave none */
    assert_int_equal(setenv("SDL_VIDEODRIVER", "dummy", 1), 0);
    assert_int_equal(bw_ui_window_open(&window, &options, NULL), BW_OK);
    assert_int_equal(pthread_create(&thread, NULL, touch, &window), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(SDL_FillRect(window.surface, NULL, 0xFF335577u), 0);
    const uint32_t *pixels = window.surface->pixels;
    assert_int_equal(pixels[0] & 0xFFFFFFu, 0x335577u);
    bw_ui_window_close(&window);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(window_that_cannot_be_made_leaves_nothing_open),
        cmocka_unit_test(window_that_was_closed_gives_the_display_back),
        cmocka_unit_test(another_thread_may_touch_the_surface_before_it_is_painted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
