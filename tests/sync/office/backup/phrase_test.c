/* The phrase of a backup: drawn, and as it is typed again. */
#include "office/backup/phrase.h"
#include "tests/sync/testing.h"

#include <brugwachter/core.h>
#include <string.h>

static const char *
settled(const char *typed)
{
    static char phrase[BW_PHRASE_BYTES];
    return bw_phrase_settle(typed, phrase, NULL) == BW_OK ? phrase : NULL;
}

static void
twelve_words_are_drawn_and_never_the_same(void **state)
{
    char one[BW_PHRASE_BYTES], other[BW_PHRASE_BYTES];
    (void)state;
    bw_phrase_make(one);
    bw_phrase_make(other);
    assert_string_not_equal(one, other);
    int blanks = 0;
    for (const char *at = one; *at != '\0'; at++) {
        blanks += *at == ' ';
    }
    assert_int_equal(blanks, 11);
    assert_string_equal(settled(one), one);
}

static void
it_counts_the_same_however_it_is_typed(void **state)
{
    (void)state;
    static const char *const typed[] = {"molen dijk appel brug kast",
        "  Molen   DIJK appel\nbrug\tkast \n", "molen-dijk-appel-brug-kast",
        "molen, dijk, appel, brug, kast"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        assert_string_equal(settled(typed[i]), typed[0]);
    }
    /* e with its accent apart, and as one letter */
    assert_string_equal(settled("e\xcc\x81\xc3\xa9n lange zin van mij"),
        "\xc3\xa9\xc3\xa9n lange zin van mij");
}

static void
what_is_short_long_or_no_text_is_refused(void **state)
{
    char longest[900];
    (void)state;
    assert_null(settled(""));
    assert_null(settled("molen dijk appel br"));
    assert_null(settled("molen dijk appel \xff\xfe brug kast"));
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(settled(longest));
}

static int
setup(void **state)
{
    (void)state;
    return bw_core_init(NULL) == BW_OK ? 0 : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twelve_words_are_drawn_and_never_the_same),
        cmocka_unit_test(it_counts_the_same_however_it_is_typed),
        cmocka_unit_test(what_is_short_long_or_no_text_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
