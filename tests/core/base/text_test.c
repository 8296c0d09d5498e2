/* Texts from outside: cleaned, folded, split and shortened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/limits.h>
#include <brugwachter/text.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct pair {
    const char *from, *to;
};

static void
assert_clean(const char *text, size_t chars_max, const char *expected)
{
    char out[BW_TITLE_BYTES];
    assert_int_equal(bw_text_clean(text, chars_max, out), BW_TEXT_FINE);
    assert_string_equal(out, expected);
}

/* On a fault nothing is written. */
static void
assert_fault(const char *text, size_t chars_max, enum bw_text_fault expected)
{
    char out[BW_TITLE_BYTES] = "untouched";
    assert_int_equal(bw_text_clean(text, chars_max, out), expected);
    assert_string_equal(out, "untouched");
}

static void
blanks_of_every_kind_are_collapsed_and_trimmed(void **state)
{
    (void)state;
    assert_clean("  Anna \t de\r\n Vries\n", 100, "Anna de Vries");
    assert_clean(
        "a\v\f\xc2\x85\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000b", 3, "a b");
    assert_clean("", 0, "");
    assert_clean(" \u3000\n", 0, "");
}

static void
text_becomes_composed(void **state)
{
    (void)state;
    assert_clean("Ange\u0300le", 6, "Ang\u00e8le");
    /* marks in any order */
    assert_clean("a\u0323\u0302 a\u0302\u0323", 3, "\u1ead \u1ead");
    assert_clean("\u212b", 1, "\u00c5"); /* Angstrom sign */
    assert_clean("\u1112\u1161\u11ab", 1, "\ud55c");
    assert_clean("\u0958", 2, "\u0915\u093c"); /* longer when normalised */
}

static void
what_nobody_sees_is_taken_out(void **state)
{
    (void)state;
    assert_clean("\ufeffAn\u00adna\u200b\u2060", 4, "Anna");
    assert_clean("\u200b \u200b", 0, "");
    /* a joiner is a letter */
    assert_clean("\u0646\u200c\u0627", 3, "\u0646\u200c\u0627");
}

static void
control_and_bidi_characters_are_a_fault(void **state)
{
    (void)state;
    static const char *const texts[] = {"a\x01", "\x1b[31m", "a\x7f", "a\xc2\x80",
        "a\xc2\x9f_", "\u202eannA", "a\u200e", "\u200f", "\u061c", "\u2066x\u2069",
        "\u202a", "a\ufffe", "\uffff", "\U0001fffe", "\ufdd0", "\ufff9a\ufffab\ufffb"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        assert_fault(texts[i], 100, BW_TEXT_CONTROL);
    }
}

static void
a_text_that_nobody_can_see_is_empty(void **state)
{
    (void)state;
    static const char *const texts[] = {"\u3164 \u3164", "\u2800", "\u115f\u1160",
        "\uffa0", "\U000e0041\U000e0042", "\u200d \u200c", "\u034f", "\ufe0f", "\u180e",
        "\u0301", "\u0301\u0301 \u20dd", "\u2064", "\U000e0100"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        assert_clean(texts[i], 100, "");
    }
    assert_clean("Kim\u3164Soo", 100, "Kim Soo");
    assert_clean("\u2764\ufe0f", 100, "\u2764\ufe0f"); /* a red heart stays red */
}

static void
assert_defused(const char *text, const char *expected)
{
    char out[100];
    (void)snprintf(out, sizeof out, "%s", text);
    bw_text_defuse(out, '?');
    assert_string_equal(out, expected);
}

static void
what_is_quoted_can_t_command_a_terminal(void **state)
{
    (void)state;
    assert_defused("Anna\x1b[31m", "Anna?[31m");
    assert_defused("OBS\xc2\x9b"
                   "31m",
        "OBS??31m");
    assert_defused("a\tb\nc", "a?b?c");
    assert_defused("\u202eannA", "???annA");
    assert_defused("caf\xe9", "caf?");
    assert_defused("half \xe2\x82", "half ??");
    assert_defused("Ḿálgorzata 日本", "Ḿálgorzata 日本");
}

static void
bytes_that_are_no_utf8_are_a_fault_wherever_they_stand(void **state)
{
    (void)state;
    static const char *const texts[] = {"\xff", "a\x80", "caf\xe9", "\xc3", "\xe2\x82",
        "\xf0\x9f\x98", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
        "\xf8\x88\x80\x80\x80"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        assert_fault(texts[i], 100, BW_TEXT_NOT_UTF8);
    }
    assert_fault("far too long and \x01 wrong \xff", 3, BW_TEXT_NOT_UTF8);
    assert_fault("far too long and \x01 wrong", 3, BW_TEXT_CONTROL);
}

static void
characters_are_counted_after_cleaning_and_not_bytes(void **state)
{
    (void)state;
    char text[4 * BW_TITLE_CHARS + 10] = "";
    for (int i = 0; i < BW_TITLE_CHARS; i++) {
        strcat(text, "\U0001f600");
    }
    assert_clean(text, BW_TITLE_CHARS, text);
    strcat(text, "  \n ");
    char out[BW_TITLE_BYTES];
    assert_int_equal(bw_text_clean(text, BW_TITLE_CHARS, out), BW_TEXT_FINE);
    assert_int_equal(bw_text_chars(out), BW_TITLE_CHARS);
    assert_int_equal(bw_text_chars_of("é1é", strlen("é1")), 2);
    strcat(text, "x");
    assert_fault(text, BW_TITLE_CHARS, BW_TEXT_TOO_LONG);
    assert_fault("abc", 2, BW_TEXT_TOO_LONG);
    assert_fault("a", 0, BW_TEXT_TOO_LONG);
}

static void
a_hundred_thousand_marks_on_one_letter_are_too_long(void **state)
{
    (void)state;
    static char text[200002] = "a";
    for (size_t i = 1; i + 2 < sizeof text; i += 2) {
        memcpy(text + i, "\u0301", 3);
    }
    assert_fault(text, BW_TITLE_CHARS, BW_TEXT_TOO_LONG);
    assert_fault(text, BW_TEXT_CHARS_MOST, BW_TEXT_TOO_LONG);
}

static void
cleaning_in_place_and_twice_changes_nothing_more(void **state)
{
    (void)state;
    char text[100] = " Ange\u0300le\t\u00a0 o\u0302\u0323 ";
    assert_int_equal(bw_text_clean(text, 20, text), BW_TEXT_FINE);
    assert_string_equal(text, "Ang\u00e8le \u1ed9");
    assert_clean(text, 20, "Ang\u00e8le \u1ed9");
}

static void
faults_have_names_for_a_sentence(void **state)
{
    (void)state;
    assert_string_equal(bw_text_fault_name(BW_TEXT_FINE), "is fine");
    assert_string_equal(bw_text_fault_name(BW_TEXT_NOT_UTF8), "isn't valid UTF-8");
    assert_string_equal(bw_text_fault_name(BW_TEXT_CONTROL), "holds a control character");
    assert_string_equal(bw_text_fault_name(BW_TEXT_TOO_LONG), "is too long");
}

static void
assert_folds(const struct pair *pairs, size_t count, bool umlaut_e)
{
    for (size_t i = 0; i < count; i++) {
        char out[200];
        bw_text_fold(pairs[i].from, umlaut_e, out, sizeof out);
        assert_string_equal(out, pairs[i].to);
    }
}

static void
names_fold_to_what_a_dutch_keyboard_types(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"\u0141ukasz", "lukasz"},
        {"S\u00f8ren", "soren"},
        {"Y\u0131lmaz", "yilmaz"},
        {"\u0130nci I\u015f\u0131k", "inci isik"},
        {"Wei\u00df", "weiss"},
        {"WEI\u1e9e", "weiss"},
        {"\u0110or\u0111evi\u0107", "dordevic"},
        {"\u00c6gir \u0152uvre", "aegir oeuvre"},
        {"\u00de\u00f3r Si\u00f0", "thor sid"},
        {"Fran\u00e7ois Citro\u00ebn", "francois citroen"},
        {"\u0132sbrand", "ijsbrand"},
        {"\uff21\ufb01", "afi"},
        {"Gal\u00b7la", "galla"},
        {"\u01fe", "o"},
        {"\u0393\u03b9\u03ac\u03bd\u03bd\u03b7\u03c2",
            "\u03b3\u03b9\u03b1\u03bd\u03bd\u03b7\u03c3"},
    };
    assert_folds(pairs, COUNT(pairs), false);
}

static void
letters_and_digits_of_ascii_fold_to_small_ones(void **state)
{
    (void)state;
    char out[64];
    bw_text_fold("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", false, out, sizeof out);
    assert_string_equal(out, "abcdefghijklmnopqrstuvwxyz0123456789");
    bw_text_fold("A\314\210 a\314\212", true, out, sizeof out); /* marks of their own */
    assert_string_equal(out, "ae aa");
}

static void
umlauts_fold_both_ways(void **state)
{
    (void)state;
    static const struct pair plain[] = {{"M\u00fcller", "muller"},
        {"Mu\u0308ller", "muller"}, {"\u00c5s", "as"}, {"S\u00f8n", "son"}};
    static const struct pair with_e[] = {{"M\u00fcller", "mueller"},
        {"Mu\u0308ller", "mueller"}, {"\u00c4\u00d6\u00dc", "aeoeue"},
        {"u\u0323\u0308", "ue"}, {"Zo\u00eb", "zoe"}, {"\u00c5s", "aas"},
        {"S\u00f8n", "soen"}, {"\u01d6", "ue"}, {"u\u0308\u0308", "ue"}};
    assert_folds(plain, COUNT(plain), false);
    assert_folds(with_e, COUNT(with_e), true);
}

static void
apostrophes_and_hyphens_fold_to_one_blank(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"'t Hart", "t hart"},
        {"\u2019t  Hart", "t hart"},
        {"d\u2019Hondt", "d hondt"},
        {"Jansen-de Vries", "jansen de vries"},
        {"Jansen \u2013 de\u00a0Vries-", "jansen de vries"},
        {"- '", ""},
        {"a\xff\xc3", "a"},
        {"a\xff"
         "b",
            "a b"},
    };
    assert_folds(pairs, COUNT(pairs), false);
}

static void
folding_twice_is_folding_once(void **state)
{
    (void)state;
    static const char *const texts[] = {"\u0130\u0141 d\u2019\u00c5",
        "\ufdfa \u01c4\u0149", "\u1e9e\u0345\u0390", "\u2126\u212a"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        for (int umlaut_e = 0; umlaut_e < 2; umlaut_e++) {
            char once[200];
            char twice[200];
            bw_text_fold(texts[i], umlaut_e == 1, once, sizeof once);
            bw_text_fold(once, umlaut_e == 1, twice, sizeof twice);
            assert_string_equal(twice, once);
        }
    }
}

static void
folding_is_cut_at_a_character(void **state)
{
    (void)state;
    const char *text = "a \u03b3\u00e6"; /* a, blank, gamma of two bytes, ae */
    static const char *const cuts[] = {
        "", "a", "a", "a", "a \u03b3", "a \u03b3", "a \u03b3ae"};
    for (size_t capacity = 1; capacity <= COUNT(cuts); capacity++) {
        char out[16];
        memset(out, '#', sizeof out);
        bw_text_fold(text, false, out, capacity);
        assert_string_equal(out, cuts[capacity - 1]);
        assert_int_equal(out[capacity], '#');
    }
}

static void
full_names_are_split_at_the_first_blank_and_turned_at_a_comma(void **state)
{
    (void)state;
    static const char *const names[][3] = {
        {"Anna de Vries", "Anna", "de Vries"},
        {"de Vries, Anna", "Anna", "de Vries"},
        {"Vries,Anna Maria", "Anna Maria", "Vries"},
        {"  Anna   Smit ", "Anna", "Smit"},
        {"Cher", "Cher", ""},
        {"", "", ""},
        {"Anna,", "Anna,", ""},
        {", Anna", ",", "Anna"},
    };
    for (size_t i = 0; i < COUNT(names); i++) {
        char first[BW_NAME_BYTES];
        char last[BW_NAME_BYTES];
        bw_name_split(names[i][0], first, last);
        assert_string_equal(first, names[i][1]);
        assert_string_equal(last, names[i][2]);
    }
}

static void
split_names_never_pass_their_capacity(void **state)
{
    (void)state;
    char full[3 * BW_NAME_BYTES] = "";
    for (int i = 0; i < BW_NAME_CHARS + 20; i++) {
        strcat(full, "\U0001f600");
    }
    strcat(full, " x");
    char first[BW_NAME_BYTES];
    char last[BW_NAME_BYTES];
    bw_name_split(full, first, last);
    assert_int_equal(bw_text_chars(first), BW_NAME_CHARS);
    assert_int_equal(strlen(first), BW_NAME_BYTES - 1);
    assert_string_equal(last, "x");
    char shown[BW_NAME_BYTES + 8];
    bw_name_initial(first, "\u00e9", shown);
    assert_string_equal(shown + BW_NAME_BYTES - 1, " \u00c9.");
}

static void
initial_is_the_first_letter_after_the_particles(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"Idrissi", "Fatima I."},
        {"el Idrissi", "Fatima I."},
        {"El Idrissi", "Fatima I."},
        {"Al-Hassan", "Fatima H."},
        {"van der Berg", "Fatima B."},
        {"'t Hart", "Fatima H."},
        {"van \u2019t Hof", "Fatima H."},
        {"d\u2019Hondt", "Fatima H."},
        {"D'Artagnan", "Fatima A."},
        {"O'Brien", "Fatima O."},
        {"IJsselstein", "Fatima IJ."},
        {"\u00e9luard", "Fatima \u00c9."},
        {"Jansen-de Vries", "Fatima J."},
        {"van", "Fatima V."},
        {"de la", "Fatima L."},
        {"'t", "Fatima T."},
        {"", "Fatima"},
        {"\u00d6zt\u00fcrk", "Fatima \u00d6."},
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        char shown[BW_NAME_BYTES + 8];
        bw_name_initial("Fatima", pairs[i].from, shown);
        assert_string_equal(shown, pairs[i].to);
    }
    char shown[BW_NAME_BYTES + 8];
    bw_name_initial("", "de Vries", shown);
    assert_string_equal(shown, "V.");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_of_every_kind_are_collapsed_and_trimmed),
        cmocka_unit_test(text_becomes_composed),
        cmocka_unit_test(what_nobody_sees_is_taken_out),
        cmocka_unit_test(control_and_bidi_characters_are_a_fault),
        cmocka_unit_test(a_text_that_nobody_can_see_is_empty),
        cmocka_unit_test(what_is_quoted_can_t_command_a_terminal),
        cmocka_unit_test(bytes_that_are_no_utf8_are_a_fault_wherever_they_stand),
        cmocka_unit_test(characters_are_counted_after_cleaning_and_not_bytes),
        cmocka_unit_test(a_hundred_thousand_marks_on_one_letter_are_too_long),
        cmocka_unit_test(cleaning_in_place_and_twice_changes_nothing_more),
        cmocka_unit_test(faults_have_names_for_a_sentence),
        cmocka_unit_test(names_fold_to_what_a_dutch_keyboard_types),
        cmocka_unit_test(letters_and_digits_of_ascii_fold_to_small_ones),
        cmocka_unit_test(umlauts_fold_both_ways),
        cmocka_unit_test(apostrophes_and_hyphens_fold_to_one_blank),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(folding_is_cut_at_a_character),
        cmocka_unit_test(full_names_are_split_at_the_first_blank_and_turned_at_a_comma),
        cmocka_unit_test(split_names_never_pass_their_capacity),
        cmocka_unit_test(initial_is_the_first_letter_after_the_particles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
