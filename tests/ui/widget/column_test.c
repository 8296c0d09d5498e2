/* The column of a result: how many parts it holds. */
#include "ui/widget/column.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static void
column_holds_as_many_parts_as_it_says_and_leaves_out_what_is_more(void **state)
{
    static struct bw_ui_column column;
    const struct bw_ui_tone_look *tone = bw_ui_tone_look(BW_TONE_WELCOME);
    char text[8];
    (void)state;
    bw_ui_column_init(&column, NULL, tone, (SDL_Rect){.w = 100, .h = 100}, 0, true);
    for (int i = 0; i < BW_COLUMN_PARTS + 2; i++) {
        (void)snprintf(text, sizeof text, "%d", i);
        bw_ui_column_line(&column, "", text, BW_MEDIUM);
    }
    assert_int_equal(column.count, BW_COLUMN_PARTS);
    for (int i = 0; i < BW_COLUMN_PARTS; i++) {
        (void)snprintf(text, sizeof text, "%d", i);
        assert_string_equal(column.parts[i].text, text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            column_holds_as_many_parts_as_it_says_and_leaves_out_what_is_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
