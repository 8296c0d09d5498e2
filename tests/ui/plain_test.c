/* The window of last resort: its letters, and sentences of every length. */
#include <ui/plain.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static SDL_Surface *
draw(int width, int height, const char *sentence)
{
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_RGB888);
    assert_non_null(surface);
    bw_ui_plain_draw(surface, sentence);
    return surface;
}

static bool
is_white(const SDL_Surface *surface, int x, int y)
{
    const uint32_t *row =
        (const uint32_t *)((const char *)surface->pixels + y * surface->pitch);
    return (row[x] & 0xFFFFFF) == 0xFFFFFF;
}

/* White pixels of a part. */
static int
white(const SDL_Surface *surface, int left, int top, int right, int bottom)
{
    int count = 0;
    for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
            count += is_white(surface, x, y);
        }
    }
    return count;
}

static void
every_letter_looks_unlike_every_other(void **state)
{
    (void)state;
    SDL_Surface *drawn['~' + 1] = {NULL};
    for (int c = ' '; c <= '~'; c++) {
        char text[2] = {(char)c, '\0'};
        drawn[c] = draw(80, 60, text);
    }
    for (int a = ' '; a <= '~'; a++) {
        for (int b = a + 1; b <= '~'; b++) {
            const SDL_Surface *one = drawn[a];
            if (memcmp(one->pixels, drawn[b]->pixels,
                    (size_t)one->pitch * (size_t)one->h) == 0) {
                fail_msg("%c and %c are drawn alike", a, b);
            }
        }
    }
    for (int c = ' '; c <= '~'; c++) {
        SDL_FreeSurface(drawn[c]);
    }
}

static void
short_sentence_is_large_and_a_long_one_stays_inside(void **state)
{
    (void)state;
    SDL_Surface *surface = draw(1280, 800, "Lato isn't installed");
    assert_true(white(surface, 0, 0, 1280, 800) > 5000);
    assert_int_equal(white(surface, 0, 0, 1280, 300), 0); /* in the middle */
    SDL_FreeSurface(surface);
    char sentence[900];
    memset(sentence, 'm', sizeof sentence); /* a path has no blanks */
    sentence[sizeof sentence - 1] = '\0';
    surface = draw(1024, 600, sentence);
    assert_true(white(surface, 0, 0, 1024, 600) > 5000);
    assert_int_equal(white(surface, 0, 0, 3, 600), 0);
    assert_int_equal(white(surface, 1021, 0, 1024, 600), 0);
    assert_int_equal(white(surface, 0, 0, 1024, 3), 0);
    SDL_FreeSurface(surface);
    surface = draw(3, 3, sentence); /* no room at all */
    SDL_FreeSurface(surface);
}

static void
what_is_no_ascii_is_a_question_mark(void **state)
{
    (void)state;
    SDL_Surface *one = draw(200, 60, "\xC3\xA9");
    SDL_Surface *other = draw(200, 60, "??");
    assert_memory_equal(one->pixels, other->pixels, (size_t)one->pitch * (size_t)one->h);
    SDL_FreeSurface(one);
    SDL_FreeSurface(other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_looks_unlike_every_other),
        cmocka_unit_test(short_sentence_is_large_and_a_long_one_stays_inside),
        cmocka_unit_test(what_is_no_ascii_is_a_question_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
