/* Questions of an import at a terminal, and what the answers become. */
#include "cli/import_ask.h"
#include "tests/sync/testing.h"

#include <stdlib.h>
#include <string.h>

static char *shown;

/* One question about the school, with two columns to choose from, or none. */
static void
question_make(struct bw_cli_answers *answers, int choices, bool required)
{
    struct bw_import_question *q = &answers->questions->items[0];
    answers->questions->count = 1;
    *q = (struct bw_import_question){
        .about = "school", .shown = "School", .required = required, .best = 1};
    static const char *const headings[] = {"Dieet\033[2J", "Gebouw#2"};
    for (q->count = 0; q->count < choices; q->count++) {
        (void)strcpy(q->choices[q->count].value, headings[q->count]);
    }
    q->best = choices > 1 ? 1 : -1;
}

/* Asks it of somebody who types `typed`; the map that comes of it, or NULL. */
static const char *
ask(int choices, bool required, const char *typed)
{
    static char map[300];
    static const struct bw_call call = {.maps = {"email=Post"}, .maps_count = 1};
    struct bw_cli_answers answers;
    size_t length = 0;
    bw_cli_answers_init(&answers, &call, true);
    assert_non_null(answers.questions);
    question_make(&answers, choices, required);
    free(shown);
    FILE *in = fmemopen((char *)typed, strlen(typed) + 1, "r");
    FILE *out = open_memstream(&shown, &length);
    assert_non_null(in);
    assert_non_null(out);
    bool fine = bw_cli_answers_ask(&answers, "form.csv", in, out);
    (void)fclose(in);
    (void)fclose(out);
    assert_int_equal(answers.maps_count, fine ? 2 : 1);
    assert_string_equal(answers.maps[0], "email=Post");
    assert_int_equal(answers.questions->count, 0);
    (void)snprintf(map, sizeof map, "%s", fine ? answers.maps[1] : "");
    bw_cli_answers_finish(&answers);
    return fine ? map : NULL;
}

static void
a_number_is_the_column_and_enter_alone_the_likeliest(void **state)
{
    (void)state;
    assert_string_equal(ask(2, false, "2\n"), "school=Gebouw#2");
    assert_non_null(strstr(shown, "form.csv: which column is School?"));
    assert_string_equal(ask(2, false, "\n"), "school=Gebouw#2");
    assert_string_equal(ask(2, true, "x\n3\n 2 \n"), "school=Gebouw#2");
}

static void
nought_is_none_of_them_but_for_what_cannot_be_missed(void **state)
{
    (void)state;
    assert_string_equal(ask(2, false, "0\n"), "school=-");
    assert_null(ask(2, true, "0\n"));
}

static void
where_no_column_is_left_yes_takes_everybody_without(void **state)
{
    (void)state;
    assert_string_equal(ask(0, false, "j\n"), "school=-");
    assert_null(ask(0, false, "n\n"));
}

static void
whoever_says_nothing_stops_it(void **state)
{
    (void)state;
    assert_null(ask(2, false, ""));
    assert_null(ask(2, false, "x\ny\nz\n"));
    assert_null(ask(1, false, "\n\n\n"));
    assert_null(ask(0, false, ""));
}

static void
what_is_asked_is_whole_lines_in_which_nothing_acts(void **state)
{
    (void)state;
    (void)ask(2, false, "1\n");
    assert_null(strchr(shown, '\033'));
    assert_int_equal(shown[strlen(shown) - 1], '\n');
}

/* Dates that no row tells: what the answer is, isn't a column. */
static void
dates_are_asked_about_with_one_of_the_file(void **state)
{
    static const struct bw_call call = {.maps_count = 0};
    static char typed[] = "2\n";
    struct bw_cli_answers answers;
    size_t length = 0;
    (void)state;
    bw_cli_answers_init(&answers, &call, true);
    assert_non_null(answers.questions);
    answers.questions->count = 1;
    answers.questions->items[0] = (struct bw_import_question){.ask = BW_IMPORT_ASK_DATES,
        .about = "dates",
        .shown = "3/2/2025",
        .required = true,
        .best = -1,
        .count = 2,
        .choices = {{.value = "dmy", .shown = "2025-02-03"},
            {.value = "mdy", .shown = "2025-03-02"}}};
    free(shown);
    FILE *in = fmemopen(typed, strlen(typed), "r");
    FILE *out = open_memstream(&shown, &length);
    assert_non_null(in);
    assert_non_null(out);
    assert_true(bw_cli_answers_ask(&answers, "form.csv", in, out));
    (void)fclose(in);
    (void)fclose(out);
    assert_non_null(strstr(shown, "form.csv: which day is 3/2/2025?"));
    assert_non_null(strstr(shown, "mdy   (2025-03-02)"));
    assert_int_equal(answers.dates, BW_DATE_MDY);
    assert_int_equal(answers.maps_count, 0);
    bw_cli_answers_finish(&answers);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_the_column_and_enter_alone_the_likeliest),
        cmocka_unit_test(nought_is_none_of_them_but_for_what_cannot_be_missed),
        cmocka_unit_test(where_no_column_is_left_yes_takes_everybody_without),
        cmocka_unit_test(whoever_says_nothing_stops_it),
        cmocka_unit_test(what_is_asked_is_whole_lines_in_which_nothing_acts),
        cmocka_unit_test(dates_are_asked_about_with_one_of_the_file),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(shown);
    return failed;
}
