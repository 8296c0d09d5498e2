/* What is said to people: sentences by gettext, their blanks filled in. */
#include "tests/sync/testing.h"

#include "central/base/wording.h"

#include <string.h>

static int
setup(void **state)
{
    struct bw_error err = {.text = ""};
    (void)state;
    if (bw_wording_open(BW_BINARY_DIR "/locale", &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return 0;
}

static void
one_run_says_the_same_in_both_languages(void **state)
{
    (void)state;
    assert_string_equal(bw_wording(BW_WORDING_DUTCH, "ce.h"), "Bewijs van deelname");
    assert_string_equal(
        bw_wording(BW_WORDING_ENGLISH, "ce.h"), "Certificate of attendance");
    assert_string_equal(bw_wording(BW_WORDING_DUTCH, "no.such.key"), "no.such.key");
}

static void
the_number_chooses_the_form(void **state)
{
    char text[BW_WORDING_SAID_BYTES];
    (void)state;
    bw_wording_say(text, BW_WORDING_DUTCH, "ev.n", 1, "time", "14.02 uur", NULL);
    assert_string_equal(text, "mens binnen om 14.02 uur");
    bw_wording_say(text, BW_WORDING_DUTCH, "ev.n", 0, "time", "14.02 uur", NULL);
    assert_string_equal(text, "mensen binnen om 14.02 uur");
}

/* A name from a form with braces or a per cent sign in it is a name. */
static void
a_value_is_never_read_as_a_sentence(void **state)
{
    char text[BW_WORDING_SAID_BYTES];
    (void)state;
    bw_wording_say(
        text, BW_WORDING_ENGLISH, "pg", 1, "i", "{n} %s", "n", "{i}", "x", "?", NULL);
    assert_string_equal(text, "{n} %s of {i}");
    bw_wording_say(text, BW_WORDING_ENGLISH, "pg", 1, "n", "2", NULL);
    assert_string_equal(text, "{i} of 2");
}

static void
what_does_not_fit_is_cut(void **state)
{
    char text[BW_WORDING_SAID_BYTES], name[2 * BW_WORDING_SAID_BYTES];
    (void)state;
    memset(name, 'a', sizeof name);
    name[sizeof name - 1] = '\0';
    bw_wording_say(text, BW_WORDING_DUTCH, "en.only", 1, "name", name, NULL);
    assert_int_equal(strlen(text), BW_WORDING_SAID_BYTES - 1);
}

static void
a_language_is_known_by_its_code_alone(void **state)
{
    enum bw_wording_language language = BW_WORDING_DUTCH;
    (void)state;
    assert_true(bw_wording_parse("en", &language));
    assert_int_equal(language, BW_WORDING_ENGLISH);
    assert_false(bw_wording_parse("EN", &language));
    assert_false(bw_wording_parse("de", &language));
    assert_string_equal(bw_wording_code(language), "en");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_run_says_the_same_in_both_languages),
        cmocka_unit_test(the_number_chooses_the_form),
        cmocka_unit_test(a_value_is_never_read_as_a_sentence),
        cmocka_unit_test(what_does_not_fit_is_cut),
        cmocka_unit_test(a_language_is_known_by_its_code_alone),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
