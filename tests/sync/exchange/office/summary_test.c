/* Sentences about letters: they quote what strangers named, and are shown and printed. */
#include "exchange/office/summary.h"

#include <brugwachter/text.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
assert_is_fit(const char *text)
{
    char clean[BW_ERROR_TEXT_BYTES * 4];
    assert_int_equal(bw_text_clean(text, BW_ERROR_TEXT_BYTES, clean), BW_TEXT_FINE);
}

static void
name_of_a_file_that_is_no_text_harms_no_sentence(void **state)
{
    struct bw_round_summary summary = {0};
    (void)state;
    bw_round_note(&summary, "%s was set aside: %s.", "a\xff\x1b[2J\n.bwe", "cut");
    assert_int_equal(summary.notes_count, 1);
    assert_string_equal(summary.notes[0], "a??[2J?.bwe was set aside: cut.");
    assert_is_fit(summary.notes[0]);
    bw_round_summary_finish(&summary);
}

static void
sentence_that_is_too_long_ends_with_a_whole_character(void **state)
{
    struct bw_round_summary summary = {0};
    char name[2 * BW_ERROR_TEXT_BYTES];
    (void)state;
    for (size_t at = 0; at + 2 < sizeof name; at += 2) {
        memcpy(name + at, "é", sizeof "é");
    }
    bw_round_note(&summary, "a%s was set aside.", name);
    bw_round_note(&summary, "%s was set aside.", name);
    assert_int_equal(summary.notes_count, 2);
    assert_is_fit(summary.notes[0]);
    assert_is_fit(summary.notes[1]);
    bw_round_summary_finish(&summary);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_of_a_file_that_is_no_text_harms_no_sentence),
        cmocka_unit_test(sentence_that_is_too_long_ends_with_a_whole_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
