/* What the X server says of keys goes before what SDL makes of them. The events are those
 * that SDL 2.26 gave under Xvfb for a US scanner on a German machine. */
#include <app/input/server_keys.h>

#include <SDL_syswm.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { NO_SHIFT = 0, X_LEFT_SHIFT = 50, X_SLASH = 61, X_7 = 16 };

static struct bw_server_keys keys;

static int
start(void **state)
{
    (void)state;
    memset(&keys, 0, sizeof keys);
    return 0;
}

static void
server(int type, unsigned keycode, unsigned modifiers)
{
    SDL_SysWMmsg message = {.subsystem = SDL_SYSWM_X11};
    XEvent *event = &message.msg.x11.event;
    event->xkey.type = type;
    event->xkey.keycode = keycode;
    event->xkey.state = modifiers;
    SDL_SysWMEvent from = {.type = SDL_SYSWMEVENT, .msg = &message};
    bw_server_keys_see(&keys, &from);
}

static void
sdl(SDL_Scancode scancode)
{
    SDL_Keysym key = {.scancode = scancode};
    bw_server_keys_press(&keys, &key);
}

static SDL_Scancode
kept(void)
{
    SDL_Keysym key;
    return bw_server_keys_text(&keys, &key) ? key.scancode : SDL_SCANCODE_UNKNOWN;
}

static void
shift_is_up_again_although_sdl_forgot_its_release(void **state)
{
    (void)state;
    assert_false(keys.known);
    server(KeyPress, X_LEFT_SHIFT, NO_SHIFT);
    assert_true(keys.known && keys.shift);
    server(KeyRelease, X_LEFT_SHIFT, ShiftMask);
    assert_false(keys.shift);
    server(KeyPress, X_7, NO_SHIFT);
    assert_false(keys.shift);
    server(KeyPress, X_7, ShiftMask);
    assert_true(keys.shift);
}

static void
key_that_sdl_told_of_was_not_kept(void **state)
{
    (void)state;
    server(KeyPress, X_7, NO_SHIFT);
    sdl(SDL_SCANCODE_7);
    assert_int_equal(kept(), SDL_SCANCODE_UNKNOWN);
    server(KeyRelease, X_7, NO_SHIFT);
    assert_int_equal(kept(), SDL_SCANCODE_UNKNOWN);
}

static void
second_slash_after_a_dead_key_is_given_once(void **state)
{
    (void)state;
    sdl(SDL_SCANCODE_EQUALS); /* dead: the server's event goes to the input method */
    sdl(SDL_SCANCODE_SLASH);  /* and so does the one that it is composed with */
    server(KeyPress, X_SLASH, NO_SHIFT);
    assert_int_equal(kept(), SDL_SCANCODE_SLASH);
    assert_int_equal(kept(), SDL_SCANCODE_UNKNOWN);
}

static void
what_was_composed_is_no_key(void **state)
{
    (void)state;
    sdl(SDL_SCANCODE_EQUALS);
    sdl(SDL_SCANCODE_O);
    server(KeyPress, 0, ShiftMask);
    assert_int_equal(kept(), SDL_SCANCODE_UNKNOWN);
}

static void
input_method_that_gives_texts_alone_gives_no_key(void **state)
{
    (void)state;
    server(KeyPress, X_7, NO_SHIFT);
    assert_int_equal(kept(), SDL_SCANCODE_UNKNOWN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(shift_is_up_again_although_sdl_forgot_its_release, start),
        cmocka_unit_test_setup(key_that_sdl_told_of_was_not_kept, start),
        cmocka_unit_test_setup(second_slash_after_a_dead_key_is_given_once, start),
        cmocka_unit_test_setup(what_was_composed_is_no_key, start),
        cmocka_unit_test_setup(input_method_that_gives_texts_alone_gives_no_key, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
