/* The list of those inside, as a file on a stick. */
#include <app/worker/inside.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define NOW_MS INT64_C(1742301720000) /* 2025-03-18 13.42 at the venue */

static char root[64];

static int
make_root(void **state)
{
    (void)state;
    char stick[80];
    (void)strcpy(root, "/tmp/bw-inside-XXXXXX");
    assert_non_null(mkdtemp(root));
    (void)snprintf(stick, sizeof stick, "%s/stick", root);
    return mkdir(stick, 0700);
}

static int
remove_root(void **state)
{
    (void)state;
    char command[120];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", root);
    return system(command);
}

static enum bw_helper_outcome
write_page(struct bw_inside *inside, enum bw_helper helper, const char *first_name,
    int first, bool last)
{
    struct bw_list_entry entry = {.present = true, .since_ms = NOW_MS - 37 * 60000};
    struct bw_overview overview = {0};
    struct bw_answer answer;
    (void)strcpy(entry.person.first_name, first_name);
    (void)strcpy(entry.person.name, "el Amrani");
    (void)strcpy(entry.person.school, "obs De Brug");
    (void)strcpy(overview.session.title, "Leerkring Groningen");
    (void)strcpy(overview.session.timezone, "Europe/Amsterdam");
    overview.ledger.present = 2;
    bw_answer_init(&answer, BW_ANSWER_LIST);
    answer.list.count = 1;
    answer.list.total = 2;
    answer.list.entries = &entry;
    struct bw_effect effect = {.kind = BW_EFFECT_SAVE_INSIDE,
        .helper = helper,
        .answer = &answer,
        .first = first,
        .on = last};
    return bw_inside_save(inside, root, &overview, &effect, NOW_MS);
}

static enum bw_helper_outcome
save(struct bw_inside *inside, const char *first_name, int first, bool last)
{
    return write_page(inside, BW_HELPER_INSIDE, first_name, first, last);
}

static void
read_file(const char *name, char *ret_text, size_t capacity)
{
    char path[160];
    (void)snprintf(path, sizeof path, "%s/stick/%s", root, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    ret_text[fread(ret_text, 1, capacity - 1, file)] = '\0';
    (void)fclose(file);
}

static void
pages_make_one_file_with_everybody(void **state)
{
    (void)state;
    struct bw_inside inside = {0};
    char text[1000];
    assert_int_equal(save(&inside, "Fatima", 0, false), BW_OUTCOME_DONE);
    assert_int_equal(save(&inside, "Anna", 1, true), BW_OUTCOME_DONE);
    read_file("inside-20250318-1342.txt", text, sizeof text);
    assert_string_equal(text, "Leerkring Groningen\n\n2025-03-18T13:42:00+01:00\n2\n\n"
                              "1\tFatima el Amrani\tobs De Brug\t13.05\n"
                              "2\tAnna el Amrani\tobs De Brug\t13.05\n");
}

static void
list_of_before_is_kept(void **state)
{
    (void)state;
    struct bw_inside inside = {0};
    char text[1000];
    assert_int_equal(save(&inside, "Fatima", 0, true), BW_OUTCOME_DONE);
    assert_int_equal(save(&inside, "Anna", 0, true), BW_OUTCOME_DONE);
    read_file("inside-20250318-1342.txt", text, sizeof text);
    assert_non_null(strstr(text, "Fatima"));
    read_file("inside-20250318-1342-2.txt", text, sizeof text);
    assert_non_null(strstr(text, "Anna"));
}

static void
for_a_printer_it_stands_in_columns_with_a_box_to_tick(void **state)
{
    (void)state;
    struct bw_inside inside = {0};
    enum bw_helper_outcome outcome =
        write_page(&inside, BW_HELPER_LIST, "F\xc3\xa1tima", 0, false);
    assert_int_equal(outcome, BW_OUTCOME_DONE);
    assert_int_equal(write_page(&inside, BW_HELPER_LIST,
                         "Wilhelmina Alexandrina Christina Maria", 1, true),
        BW_OUTCOME_DONE);
    assert_string_equal(inside.text,
        "Leerkring Groningen\n\n2025-03-18T13:42:00+01:00\n2\n\n"
        "[ ]    1  F\xc3\xa1tima el Amrani                   "
        "obs De Brug                        13.05\n"
        "[ ]    2  Wilhelmina Alexandrina Christina M "
        "obs De Brug                        13.05\n");
    bw_inside_finish(&inside);
    assert_null(inside.text);
}

static void
without_a_stick_nothing_is_saved_and_the_last_page_says_so(void **state)
{
    (void)state;
    struct bw_inside inside = {0};
    char stick[80];
    (void)snprintf(stick, sizeof stick, "%s/stick", root);
    assert_int_equal(rmdir(stick), 0);
    assert_int_equal(save(&inside, "Fatima", 0, false), BW_OUTCOME_NO_STICK);
    assert_int_equal(save(&inside, "Anna", 1, true), BW_OUTCOME_NO_STICK);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_root, remove_root)
    const struct CMUnitTest tests[] = {
        TEST(pages_make_one_file_with_everybody),
        TEST(list_of_before_is_kept),
        TEST(for_a_printer_it_stands_in_columns_with_a_box_to_tick),
        TEST(without_a_stick_nothing_is_saved_and_the_last_page_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
