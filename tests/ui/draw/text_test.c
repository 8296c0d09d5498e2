/* Runs, widths, lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "ui/draw/run.h"
#include "ui/draw/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct bw_ui_fonts *fonts;
static struct bw_ui_text *text;
static const struct bw_ui_style style = {.weight = BW_BOLD, .px = 40};

static int
open_text(void **state)
{
    (void)state;
    struct bw_error err;
    return TTF_Init() == 0 && bw_ui_fonts_create(&fonts, &err) == BW_OK &&
                   bw_ui_text_create(fonts, &text, &err) == BW_OK
               ? 0
               : -1;
}

static int
close_text(void **state)
{
    (void)state;
    bw_ui_text_destroy(text);
    bw_ui_fonts_destroy(fonts);
    TTF_Quit();
    return 0;
}

static const struct bw_ui_runs *
split(const char *utf8)
{
    static struct bw_ui_runs runs;
    bw_ui_runs_split(fonts, BW_BOLD, utf8, strlen(utf8), &runs);
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
    const struct bw_ui_runs *runs = split("Dag " FATIMA ", welkom");
    assert_int_equal(runs->count, 3);
    assert_true(runs->runs[1].right_to_left);
    assert_string_equal(runs->runs[1].script, "Arab");
    assert_true(runs->runs[1].face > 0);
}

static void
two_hebrew_words_are_ordered_from_right_to_left(void **state)
{
    (void)state;
    const struct bw_ui_runs *runs = split(MOSHE " 12 " MOSHE);
    /* to the eye: second word, number, first word */
    assert_true(runs->count >= 3);
    assert_true(runs->runs[0].first > runs->runs[runs->count - 1].first);
}

/* FT1 */
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
        const struct bw_ui_runs *runs = split(names[i]);
        for (int r = 0; r < runs->count; r++) {
            TTF_Font *font = bw_ui_fonts_get(fonts, runs->runs[r].face, style);
            uint32_t character = runs->characters[runs->runs[r].first];
            assert_true(TTF_GlyphIsProvided32(font, character) != 0);
        }
    }
}

/* A tester's machine may have a font for Chinese; for private use nobody has one. */
static void
letter_that_no_font_has_is_never_a_box(void **state)
{
    (void)state;
    char spelled[64];
    const struct bw_ui_runs *runs = split("Wei \xEE\xA0\x80\xF3\xB0\x80\x80 B");
    assert_int_equal(runs->count, 1);
    bw_ui_run_spell(runs, &runs->runs[0], spelled, sizeof spelled);
    assert_string_equal(spelled, "Wei ?? B");
    runs = split("a\xF3\xA0\x84\x80"
                 "b"); /* a selector, which is nothing by itself */
    bw_ui_run_spell(runs, &runs->runs[0], spelled, sizeof spelled);
    assert_string_equal(spelled, "ab");
}

static void
ligatures_are_kept_apart_in_lato(void **state)
{
    (void)state;
    char spelled[64];
    const struct bw_ui_runs *runs = split("Fatima");
    bw_ui_run_spell(runs, &runs->runs[0], spelled, sizeof spelled);
    assert_string_equal(spelled, "Fat\xE2\x80\x8Cima");
}

static void
bidi_override_draws_nothing(void **state)
{
    (void)state;
    assert_int_equal(bw_ui_text_width(text,
                         "An\xE2\x80\xAE"
                         "na",
                         style),
        bw_ui_text_width(text, "Anna", style));
}

static void
broken_utf8_is_drawn_as_something(void **state)
{
    (void)state;
    int above;
    SDL_Surface *line =
        bw_ui_text_picture(text, "\xFF\xC3(\xE2\x82", style, BW_INKT, &above);
    assert_non_null(line);
}

/* TX3: measured once */
static void
digits_have_equal_width(void **state)
{
    (void)state;
    assert_int_equal(
        bw_ui_text_width(text, "11.11", style), bw_ui_text_width(text, "08.59", style));
}

/* TX1 */
static void
text_is_drawn_once(void **state)
{
    (void)state;
    int above;
    SDL_Surface *first = bw_ui_text_picture(text, "Welkom", style, BW_INKT, &above);
    long before = bw_ui_text_drawn(text);
    assert_ptr_equal(bw_ui_text_picture(text, "Welkom", style, BW_INKT, &above), first);
    assert_int_equal(bw_ui_text_drawn(text), before);
}

/* TX2 */
static void
pictures_are_bounded(void **state)
{
    (void)state;
    enum { MOST_BYTES = 300000, LINE_BYTES = 60000 };
    bw_ui_text_keep(text, MOST_BYTES);
    for (int i = 0; i < 3000; i++) {
        char line[32];
        int above;
        snprintf(line, sizeof line, "regel %d", i);
        assert_non_null(bw_ui_text_picture(text, line, style, BW_INKT, &above));
        assert_true(bw_ui_text_kept(text) <= MOST_BYTES + LINE_BYTES);
    }
}

static size_t
kept_after_minutes(int count)
{
    int above;
    for (int minute = 0; minute < count; minute++) {
        char clock[8];
        snprintf(clock, sizeof clock, "%02d.%02d", minute / 60, minute % 60);
        for (int frame = 0; frame < 400; frame++) {
            assert_non_null(bw_ui_text_picture(text, clock, style, BW_INKT, &above));
        }
    }
    return bw_ui_text_kept(text);
}

static void
clock_that_runs_all_day_takes_no_more_than_an_hour_of_it(void **state)
{
    (void)state;
    int above;
    SDL_Surface *name = bw_ui_text_picture(text, "Fatima", style, BW_INKT, &above);
    long before = bw_ui_text_drawn(text);
    size_t hour = kept_after_minutes(60);
    assert_int_equal(bw_ui_text_drawn(text), before + 60);
    assert_true(kept_after_minutes(24 * 60) <= hour);
    assert_ptr_equal(bw_ui_text_picture(text, "Fatima", style, BW_INKT, &above), name);
}

static void
times_that_stand_on_one_page_are_all_kept(void **state)
{
    (void)state;
    int above;
    long before = bw_ui_text_drawn(text);
    for (int i = 0; i < 24 * 50; i++) {
        char since[8];
        snprintf(since, sizeof since, "13:%02d", i % 24);
        assert_non_null(bw_ui_text_picture(text, since, style, BW_ROOD, &above));
    }
    assert_int_equal(bw_ui_text_drawn(text), before + 24);
}

static void
capital_with_marks_is_not_clipped(void **state)
{
    (void)state;
    int above = 0;
    struct bw_ui_style big = {.weight = BW_BLACK, .px = 168};
    assert_non_null(
        bw_ui_text_picture(text, "\xE1\xBA\xA4\xC3\x89", big, BW_INKT, &above));
    assert_true(above > 0);
}

static void
headline_is_balanced(void **state)
{
    (void)state;
    struct bw_ui_lines lines;
    const char *headline = "Dag Sjoerd, jouw leerkring is in Arnhem";
    bw_ui_text_wrap(text, headline, style, 600, 5, true, &lines);
    assert_int_equal(lines.count, 2);
    assert_true(abs(lines.width[0] - lines.width[1]) < 250);
}

static void
hyphen_is_no_place_to_break(void **state)
{
    (void)state;
    struct bw_ui_lines lines;
    const char *sentence = "Houd je QR-code in beeld";
    bw_ui_text_wrap(text, sentence, style, 250, 5, false, &lines);
    for (int i = 0; i < lines.count; i++) {
        assert_false(sentence[lines.start[i] + lines.bytes[i] - 1] == '-');
    }
}

static void
word_wider_than_the_line_is_broken(void **state)
{
    (void)state;
    struct bw_ui_lines lines;
    bw_ui_text_wrap(
        text, "Arbeidsongeschiktheidsverzekering", style, 200, 9, false, &lines);
    assert_true(lines.count > 2);
    assert_true(lines.widest <= 200);
}

static void
line_that_does_not_fit_ends_in_an_ellipsis(void **state)
{
    (void)state;
    char line[BW_LINE_BYTES];
    assert_true(bw_ui_text_fit(text, "Mari\xC3\xABlle van der Veen", style, 200, line));
    assert_non_null(strstr(line, "\xE2\x80\xA6"));
    assert_true(bw_ui_text_width(text, line, style) <= 200);
}

static bool
line_is(const char *utf8, const struct bw_ui_lines *lines, int number, const char *wanted)
{
    return number < lines->count && lines->bytes[number] == (int)strlen(wanted) &&
           strncmp(utf8 + lines->start[number], wanted, strlen(wanted)) == 0;
}

static void
sentence_begins_a_line_where_that_costs_none(void **state)
{
    (void)state;
    struct bw_ui_lines lines;
    const char *two = "Er is plek voor je. Een medewerker laat je zo binnen.";
    int width = bw_ui_text_width(text, "Een medewerker laat je zo binnen.", style);
    bw_ui_text_wrap(text, two, style, width, 5, true, &lines);
    assert_int_equal(lines.count, 2);
    assert_true(line_is(two, &lines, 0, "Er is plek voor je."));
    const char *name = "Aa v.d. Bb Cc Dd Ee"; /* a point within a word ends nothing */
    width = bw_ui_text_width(text, "Bb Cc Dd Ee", style) + 4;
    bw_ui_text_wrap(text, name, style, width, 5, true, &lines);
    assert_int_equal(lines.count, 2);
    assert_false(line_is(name, &lines, 0, "Aa v.d."));
}

static void
number_stays_with_what_it_counts(void **state)
{
    (void)state;
    struct bw_ui_lines lines;
    const char *call = "Pincode kwijt? Bel 050 123 45 67";
    for (int width = bw_ui_text_width(text, "Bel 050 123 45 67", style);
         width < bw_ui_text_width(text, call, style); width += 7) {
        bw_ui_text_wrap(text, call, style, width, 5, false, &lines);
        int last = lines.count - 1;
        const char *end = call + lines.start[last];
        assert_true(strstr(end, "050 123 45 67") != NULL);
    }
    bw_ui_text_wrap(text, "13.30 uur", style, bw_ui_text_width(text, "13.30 u", style), 5,
        false, &lines);
    assert_int_equal(lines.count, 2); /* where there is no room, there is none */
}

/* Every letter of Latin Extended-A and -B, Extended Additional, Greek and Cyrillic, and
 * of Arabic and Hebrew: in a font that has it, with a width of its own. */
static void
every_letter_of_a_name_is_drawn(void **state)
{
    (void)state;
    static const struct {
        uint32_t first, last;
    } blocks[] = {{0xC0, 0x24F}, {0x1E00, 0x1EFF}, {0x386, 0x3CE}, {0x400, 0x45F},
        {0x5D0, 0x5EA}, {0x621, 0x63A}, {0x641, 0x64A}};
    for (size_t b = 0; b < sizeof blocks / sizeof blocks[0]; b++) {
        for (uint32_t c = blocks[b].first; c <= blocks[b].last; c++) {
            char letter[8] = {0};
            bool two = c < 0x800;
            letter[0] = (char)(two ? 0xC0 | c >> 6 : 0xE0 | c >> 12);
            letter[1] = (char)(0x80 | ((two ? c : c >> 6) & 0x3F));
            letter[2] = (char)(two ? 0 : 0x80 | (c & 0x3F));
            const struct bw_ui_runs *runs = split(letter);
            if (c == 0x38B || c == 0x38D || c == 0x3A2) {
                continue; /* no letters there */
            }
            assert_int_equal(runs->count, 1);
            TTF_Font *font = bw_ui_fonts_get(fonts, runs->runs[0].face, style);
            if (!TTF_GlyphIsProvided32(font, c)) {
                fail_msg("U+%04X has no font", (unsigned)c);
            }
        }
    }
}

/* Nothing that turns, hides or rings: neither width nor a change to what follows. */
static void
control_characters_draw_nothing(void **state)
{
    (void)state;
    static const char *const hidden[] = {"\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAA",
        "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA6",
        "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9", "\xD8\x9C", "\x07", "\x1B",
        "\x7F", "\xC2\x9B", "\xEF\xBB\xBF"};
    int plain = bw_ui_text_width(text, "Annabel", style);
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        char name[64];
        snprintf(name, sizeof name, "Anna%sbel", hidden[i]);
        if (bw_ui_text_width(text, name, style) != plain) {
            fail_msg("character %zu takes room", i);
        }
        const struct bw_ui_runs *runs = split(name);
        for (int r = 0; r < runs->count; r++) {
            assert_false(runs->runs[r].right_to_left);
        }
    }
}

/* How often the process asked the system to read; -1: it doesn't say. */
static long
reads(void)
{
    long count = -1;
    char line[64];
    FILE *file = fopen("/proc/self/io", "r");
    while (file && fgets(line, sizeof line, file)) {
        (void)sscanf(line, "syscr: %ld", &count);
    }
    if (file) {
        assert_int_equal(fclose(file), 0);
    }
    return count;
}

static void
font_is_not_read_anew_for_each_size_and_letter(void **state)
{
    (void)state;
    int above;
    long before = reads();
    if (before < 0) {
        skip();
    }
    for (int px = 101; px < 111; px++) {
        struct bw_ui_style new_style = {.weight = BW_BOLD, .px = px};
        assert_non_null(bw_ui_text_picture(
            text, "Pa's wijze lynx bezag het fikse aquaduct", new_style, 0, &above));
    }
    assert_in_range(reads() - before, 0, 10);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_name_is_one_run),
        cmocka_unit_test(arabic_name_in_a_sentence_is_its_own_run),
        cmocka_unit_test(two_hebrew_words_are_ordered_from_right_to_left),
        cmocka_unit_test(every_script_has_a_font_that_draws_it),
        cmocka_unit_test(letter_that_no_font_has_is_never_a_box),
        cmocka_unit_test(ligatures_are_kept_apart_in_lato),
        cmocka_unit_test(bidi_override_draws_nothing),
        cmocka_unit_test(broken_utf8_is_drawn_as_something),
        cmocka_unit_test(digits_have_equal_width),
        cmocka_unit_test(text_is_drawn_once),
        cmocka_unit_test(clock_that_runs_all_day_takes_no_more_than_an_hour_of_it),
        cmocka_unit_test(times_that_stand_on_one_page_are_all_kept),
        cmocka_unit_test(pictures_are_bounded),
        cmocka_unit_test(capital_with_marks_is_not_clipped),
        cmocka_unit_test(headline_is_balanced),
        cmocka_unit_test(sentence_begins_a_line_where_that_costs_none),
        cmocka_unit_test(number_stays_with_what_it_counts),
        cmocka_unit_test(every_letter_of_a_name_is_drawn),
        cmocka_unit_test(control_characters_draw_nothing),
        cmocka_unit_test(hyphen_is_no_place_to_break),
        cmocka_unit_test(word_wider_than_the_line_is_broken),
        cmocka_unit_test(line_that_does_not_fit_ends_in_an_ellipsis),
        cmocka_unit_test(font_is_not_read_anew_for_each_size_and_letter),
    };
    return cmocka_run_group_tests(tests, open_text, close_text);
}
