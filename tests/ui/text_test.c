/* Runs, widths, lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "run.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct bw_fonts *fonts;
static struct bw_text *text;
static const struct bw_style style = {.weight = BW_BOLD, .px = 40};

static int
open_text(void **state)
{
    (void)state;
    struct bw_error err;
    return TTF_Init() == 0 && bw_fonts_create(&fonts, &err) == BW_OK &&
                   bw_text_create(fonts, &text, &err) == BW_OK
               ? 0
               : -1;
}

static int
close_text(void **state)
{
    (void)state;
    bw_text_destroy(text);
    bw_fonts_destroy(fonts);
    TTF_Quit();
    return 0;
}

static const struct bw_runs *
split(const char *utf8)
{
    static struct bw_runs runs;
    bw_runs_split(fonts, BW_BOLD, utf8, strlen(utf8), &runs);
    return &runs;
}

#define FATIMA "\xD9\x81\xD8\xA7\xD8\xB7\xD9\x85\xD8\xA9"
#define MOSHE "\xD7\x9E\xD7\xA9\xD7\x94"

static void
latin_name_is_one_run(void **state)
{
    (void)state;
    assert_int_equal(split("Ay\xC5\x9F"
                           "e Y\xC4\xB1lmaz-\xC5\x81ukasz")
                         ->count,
        1);
    assert_false(split("Xu\xC3\xA2n Nguy\xE1\xBB\x85n")->runs[0].right_to_left);
}

static void
arabic_name_in_a_sentence_is_its_own_run(void **state)
{
    (void)state;
    const struct bw_runs *runs = split("Dag " FATIMA ", welkom");
    assert_int_equal(runs->count, 3);
    assert_true(runs->runs[1].right_to_left);
    assert_string_equal(runs->runs[1].script, "Arab");
    assert_true(runs->runs[1].face > 0);
}

static void
two_hebrew_words_are_ordered_from_right_to_left(void **state)
{
    (void)state;
    const struct bw_runs *runs = split(MOSHE " 12 " MOSHE);
    /* to the eye: second word, number, first word */
    assert_true(runs->count >= 3);
    assert_true(runs->runs[0].first > runs->runs[runs->count - 1].first);
}

static void
every_script_has_a_font_that_draws_it(void **state)
{
    (void)state;
    static const char *const names[] = {FATIMA, MOSHE,
        "\xCE\x95\xCE\xBB\xCE\xAD\xCE\xBD\xCE\xB7",
        "\xD0\x9E\xD0\xBB\xD0\xB5\xD0\xBD\xD0\xB0",
        "\xE0\xA4\x85\xE0\xA4\xAE\xE0\xA4\xBF\xE0\xA4\xA4",
        "\xE0\xB8\xAA\xE0\xB8\xA1\xE0\xB8\x8A\xE0\xB8\xB2\xE0\xB8\xA2",
        "\xE1\x88\xB0\xE1\x88\x8B\xE1\x88\x9D"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct bw_runs *runs = split(names[i]);
        for (int r = 0; r < runs->count; r++) {
            TTF_Font *font = bw_fonts_get(fonts, runs->runs[r].face, style);
            uint32_t character = runs->characters[runs->runs[r].first];
            assert_true(TTF_GlyphIsProvided32(font, character) != 0);
        }
    }
}

static void
ligatures_are_kept_apart_in_lato(void **state)
{
    (void)state;
    char spelled[64];
    const struct bw_runs *runs = split("Fatima");
    bw_run_spell(runs, &runs->runs[0], spelled, sizeof spelled);
    assert_string_equal(spelled, "Fat\xE2\x80\x8Cima");
}

static void
bidi_override_draws_nothing(void **state)
{
    (void)state;
    assert_int_equal(bw_text_width(text,
                         "An\xE2\x80\xAE"
                         "na",
                         style),
        bw_text_width(text, "Anna", style));
}

static void
broken_utf8_is_drawn_as_something(void **state)
{
    (void)state;
    int above;
    SDL_Surface *line =
        bw_text_picture(text, "\xFF\xC3(\xE2\x82", style, BW_INKT, &above);
    assert_non_null(line);
}

static void
digits_have_equal_width(void **state)
{
    (void)state;
    assert_int_equal(
        bw_text_width(text, "11.11", style), bw_text_width(text, "08.59", style));
}

static void
text_is_drawn_once(void **state)
{
    (void)state;
    int above;
    SDL_Surface *first = bw_text_picture(text, "Welkom", style, BW_INKT, &above);
    long before = bw_text_drawn(text);
    assert_ptr_equal(bw_text_picture(text, "Welkom", style, BW_INKT, &above), first);
    assert_int_equal(bw_text_drawn(text), before);
}

static void
pictures_are_bounded(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        char line[32];
        int above;
        snprintf(line, sizeof line, "regel %d", i);
        assert_non_null(bw_text_picture(text, line, style, BW_INKT, &above));
    }
}

static void
capital_with_marks_is_not_clipped(void **state)
{
    (void)state;
    int above = 0;
    struct bw_style big = {.weight = BW_BLACK, .px = 168};
    assert_non_null(bw_text_picture(text, "\xE1\xBA\xA4\xC3\x89", big, BW_INKT, &above));
    assert_true(above > 0);
}

static void
headline_is_balanced(void **state)
{
    (void)state;
    struct bw_lines lines;
    const char *headline = "Dag Sjoerd, jouw leerkring is in Arnhem";
    bw_text_wrap(text, headline, style, 600, 5, true, &lines);
    assert_int_equal(lines.count, 2);
    assert_true(abs(lines.width[0] - lines.width[1]) < 250);
}

static void
hyphen_is_no_place_to_break(void **state)
{
    (void)state;
    struct bw_lines lines;
    const char *sentence = "Houd je QR-code in beeld";
    bw_text_wrap(text, sentence, style, 250, 5, false, &lines);
    for (int i = 0; i < lines.count; i++) {
        assert_false(sentence[lines.start[i] + lines.bytes[i] - 1] == '-');
    }
}

static void
word_wider_than_the_line_is_broken(void **state)
{
    (void)state;
    struct bw_lines lines;
    bw_text_wrap(text, "Arbeidsongeschiktheidsverzekering", style, 200, 9, false, &lines);
    assert_true(lines.count > 2);
    assert_true(lines.widest <= 200);
}

static void
line_that_does_not_fit_ends_in_an_ellipsis(void **state)
{
    (void)state;
    char line[BW_LINE_BYTES];
    assert_true(bw_text_fit(text, "Mari\xC3\xABlle van der Veen", style, 200, line));
    assert_non_null(strstr(line, "\xE2\x80\xA6"));
    assert_true(bw_text_width(text, line, style) <= 200);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_name_is_one_run),
        cmocka_unit_test(arabic_name_in_a_sentence_is_its_own_run),
        cmocka_unit_test(two_hebrew_words_are_ordered_from_right_to_left),
        cmocka_unit_test(every_script_has_a_font_that_draws_it),
        cmocka_unit_test(ligatures_are_kept_apart_in_lato),
        cmocka_unit_test(bidi_override_draws_nothing),
        cmocka_unit_test(broken_utf8_is_drawn_as_something),
        cmocka_unit_test(digits_have_equal_width),
        cmocka_unit_test(text_is_drawn_once),
        cmocka_unit_test(pictures_are_bounded),
        cmocka_unit_test(capital_with_marks_is_not_clipped),
        cmocka_unit_test(headline_is_balanced),
        cmocka_unit_test(hyphen_is_no_place_to_break),
        cmocka_unit_test(word_wider_than_the_line_is_broken),
        cmocka_unit_test(line_that_does_not_fit_ends_in_an_ellipsis),
    };
    return cmocka_run_group_tests(tests, open_text, close_text);
}
