/* `mail`: who was there hears of their certificate, once, and nobody before the end
 * (TM4). */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LATER "2025-04-25T09:00:00"
#define MUCH_LATER "2025-06-25T09:00:00"

/* fontconfig keeps its patterns for the life of the process, some by pointers that the
 * leak sanitizer doesn't see. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

static void
day_passes(struct day *day)
{
    (void)day_four_come(day);
    day_push(&day->kiosk);
}

/* "P0:certificate P1:certificate", in a buffer that the next call takes. */
static const char *
due_at(struct day *day, const char *clock)
{
    static char text[512];
    enum bw_exit result;
    size_t i, used = 0;
    json_t *root =
        office_json(&day->office, &result, "mail", "--check", "--clock", clock, NULL);
    json_t *one;
    assert_int_equal(result, BW_EXIT_DONE);
    text[0] = '\0';
    json_array_foreach(json_object_get(root, "due"), i, one)
    {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s:%s",
            used > 0 ? " " : "", json_string_value(json_object_get(one, "name")),
            json_string_value(json_object_get(one, "kind")));
    }
    json_decref(root);
    return text;
}

static void
who_was_there_hears_of_it_and_nobody_before_the_end(void **state)
{
    struct day *day = *state;
    day_passes(day);
    assert_null(strstr(due_at(day, "2025-03-25T16:29:00"), "certificate"));
    assert_string_equal(
        due_at(day, "2025-03-25T16:31:00"), "P0:certificate P1:certificate");
    assert_string_equal(due_at(day, MUCH_LATER), "");
}

/* They get a page of their own (certificates), but nobody knows where to send it. */
static void
who_came_without_a_sign_up_is_named(void **state)
{
    struct day *day = *state;
    enum bw_exit result;
    day_passes(day);
    json_t *root =
        office_json(&day->office, &result, "mail", "--check", "--clock", LATER, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    const json_t *apart = json_object_get(root, "without_form");
    assert_int_equal(json_array_size(apart), 2);
    for (size_t i = 0; i < 2; i++) {
        const json_t *one = json_array_get(apart, i);
        bool walk_in =
            strcmp(json_string_value(json_object_get(one, "why")), "walk_in") == 0;
        const char *name = json_string_value(json_object_get(one, "first_name"));
        assert_int_equal(strncmp(name, walk_in ? "Jan" : "Fleur", 3), 0);
    }
    json_decref(root);
    assert_int_equal(office_run(&day->office, "mail", "--check", "--clock", LATER, NULL),
        BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "2 came without a sign-up of their own"));
    assert_non_null(strstr(day->office.out, "S-1: walked in\n"));
    assert_non_null(strstr(day->office.out, "S-1: came for somebody else\n"));
    assert_int_equal(office_run(&day->office, "mail", "--out",
                         office_path(&day->office, "mails"), "--clock", LATER, NULL),
        BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "Wrote 2 mails"));
}

static void
whose_mail_was_written_hears_no_more_until_it_never_went(void **state)
{
    struct day *day = *state;
    char path[400], line[1024], code[BW_CODE_BYTES];
    bool attached = false;
    day_passes(day);
    assert_int_equal(office_run(&day->office, "mail", "--out",
                         office_path(&day->office, "mails"), "--clock", LATER, NULL),
        BW_EXIT_DONE);
    bw_code_format(people_code(&day->office, 0), code);
    (void)snprintf(
        path, sizeof path, "%s/mails/%s-certificate-S-1.eml", day->office.folder, code);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        attached = attached || strstr(line, "bewijs-van-deelname.pdf") != NULL;
        assert_null(strstr(line, "text/calendar"));
        assert_null(strstr(line, "image/png"));
    }
    (void)fclose(file);
    assert_true(attached);
    assert_string_equal(due_at(day, LATER), "");
    assert_int_equal(office_run(&day->office, "mail", "--sent", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(day->office.out, "certificate"));
    assert_int_equal(office_run(&day->office, "mail", "--not-sent", NULL), BW_EXIT_DONE);
    assert_string_equal(due_at(day, LATER), "P0:certificate P1:certificate");
}

static void
a_row_of_a_merge_file_has_no_text_of_a_ticket(void **state)
{
    struct day *day = *state;
    char line[2048];
    int rows = 0;
    day_passes(day);
    assert_int_equal(office_run(&day->office, "mail", "--to",
                         office_path(&day->office, "merge.csv"), "--clock", LATER, NULL),
        BW_EXIT_DONE);
    FILE *file = fopen(office_path(&day->office, "merge.csv"), "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        rows += strstr(line, ";certificate;Je bewijs van deelname: Leerkring ") != NULL;
        assert_null(strstr(line, "BW1:"));
    }
    (void)fclose(file);
    assert_int_equal(rows, 2);
    assert_string_equal(due_at(day, LATER), "");
}

/* The program alone says it, with its command. */
static void
the_list_of_what_there_is_to_do_has_it_until_they_went(void **state)
{
    struct day *day = *state;
    day_passes(day);
    assert_int_equal(
        office_run(&day->office, "--clock", "2025-03-25T16:29:00", NULL), BW_EXIT_DONE);
    assert_null(strstr(day->office.out, "bewijs"));
    assert_int_equal(office_run(&day->office, "--clock", LATER, NULL), BW_EXIT_DONE);
    assert_non_null(strstr(
        day->office.out, "- S-1: 2 mensen zijn er geweest en krijgen nog een bewijs.\n"));
    assert_non_null(strstr(day->office.out, " mail --session S-1 --check\n"));
    assert_int_equal(office_run(&day->office, "mail", "--out",
                         office_path(&day->office, "mails"), "--clock", LATER, NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&day->office, "--clock", LATER, NULL), BW_EXIT_DONE);
    assert_null(strstr(day->office.out, "bewijs"));
}

static void
of_a_circle_that_was_called_off_or_purged_there_is_none(void **state)
{
    struct day *day = *state;
    day_passes(day);
    assert_int_equal(office_run(&day->office, "session", "cancel", "S-1", "--why", "x",
                         "--clock", LATER, NULL),
        BW_EXIT_DONE);
    assert_string_equal(due_at(day, LATER), "");
    assert_int_equal(
        office_run(&day->office, "undo", "--clock", LATER, NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&day->office, "purge", "--before", "2025-04-01",
                         "--clock", LATER, NULL),
        BW_EXIT_DONE);
    assert_string_equal(due_at(day, LATER), "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(who_was_there_hears_of_it_and_nobody_before_the_end),
        CASE(who_came_without_a_sign_up_is_named),
        CASE(whose_mail_was_written_hears_no_more_until_it_never_went),
        CASE(a_row_of_a_merge_file_has_no_text_of_a_ticket),
        CASE(the_list_of_what_there_is_to_do_has_it_until_they_went),
        CASE(of_a_circle_that_was_called_off_or_purged_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
