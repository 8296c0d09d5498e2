/* Sentences about conflicts: whole characters, for a cut one would be no JSON. */
#include "report/conflict/conflict_finder.h"

#include <brugwachter/text.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
sentence_with_a_name_or_reason_that_is_cut_stays_a_text(void **state)
{
    struct bw_finder finder = {0};
    char reason[BW_TITLE_BYTES];
    (void)state;
    for (size_t at = 0; at + 2 < sizeof reason; at += 2) {
        memcpy(reason + at, "é", sizeof "é");
    }
    for (int odd = 0; odd < 2; odd++) { /* no catalogue has it: it is its own sentence */
        const char *key = odd == 0 ? "Iemand: {why}{why}" : "Niemand: {why}{why}";
        struct bw_gathering gathering = {0};
        char clean[BW_TEXT_CHARS_MOST * 4 + 1];
        bw_finder_gather(&finder, &gathering, (struct bw_event_id){3, 17});
        bw_finder_add(&finder, "override", &gathering, key, 1, "why", reason, NULL);
        const char *text = finder.items[finder.count - 1].text;
        assert_non_null(strstr(text, "emand: éé"));
        assert_int_equal(strlen(text), BW_WORDING_SAID_BYTES - 1);
        assert_int_equal(bw_text_clean(text, BW_TEXT_CHARS_MOST, clean), BW_TEXT_FINE);
    }
    struct bw_conflicts all = {(int)finder.count, finder.items};
    bw_conflicts_finish(&all);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentence_with_a_name_or_reason_that_is_cut_stays_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
