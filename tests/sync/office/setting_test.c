/* What the organiser settles once, by `settings`: for all commands, and taken back. */

#include "tests/sync/one_office.h"

#include "office/setting.h"
#include "office/still.h"

#include <stdio.h>
#include <stdlib.h>

static int
open_office(void **state)
{
    (void)state;
    office_open(&office, 3, false);
    return 0;
}

static void
run(enum bw_exit want, const char *name, const char *value)
{
    enum bw_exit result = office_run(&office, "settings", name, value, NULL);
    if (result != want) {
        fail_msg("%s: %d: %s%s", name, (int)result, office.out, office.diag);
    }
}

static void
is_settled(const char *name, const char *value)
{
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "settings", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_string_equal(json_string_value(json_object_get(answer, name)), value);
    json_decref(answer);
}

static void
each_is_kept_shown_and_taken_back(void **state)
{
    (void)state;
    static const char *const values[][2] = {{"smtp", "smtps://mail.example:465"},
        {"smtp-user", "org"}, {"pace", "20"}, {"retention-days", "180"},
        {"backup-days", "0"}, {"schools", "1200"}, {"language", "en"}};
    for (size_t i = 0; i < BW_OFFICE_SETTINGS; i++) {
        is_settled(values[i][0], "");
        run(BW_EXIT_DONE, values[i][0], values[i][1]);
        is_settled(values[i][0], values[i][1]);
    }
    run(BW_EXIT_DONE, "pace", "25");
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    is_settled("pace", "20");
    run(BW_EXIT_DONE, "pace", "");
    is_settled("pace", "");
}

static void
what_is_none_is_refused_and_says_what_may_be(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {{"smtp", "mail.example"},
        {"smtp", "smtp://user:word@mail.example"}, {"smtp", "file:///etc/passwd"},
        {"smtp-user", "two words"}, {"pace", "0"}, {"pace", "veel"},
        {"retention-days", "-1"}, {"retention-days", "99999999999999999999"},
        {"schools", "1e3"}, {"language", "de"}, {"smtp-password-file", "/etc/passwd"},
        {"smtp-token-command", "id"}}; /* SE1 */
    char *before = office_dump(&office);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        run(BW_EXIT_USAGE, wrong[i][0], wrong[i][1]);
    }
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM setting"), 0);
}

static void
the_same_again_is_no_step(void **state)
{
    (void)state;
    run(BW_EXIT_DONE, "pace", "20");
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    run(BW_EXIT_DONE, "pace", "20");
    says("Nothing was changed");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
}

/* In what people get, and not where an option says otherwise. */
static void
commands_take_it_where_no_option_is_given(void **state)
{
    (void)state;
    const char *form = office_write(&office, "form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "10-02-2025 12:01,a@b.example,Anna Vos,De Brug,brugfunctionaris,Oost\n");
    assert_int_equal(
        office_run(&office, "import", "registrations", form, "--session", "S-1", NULL),
        BW_EXIT_DONE);
    run(BW_EXIT_DONE, "language", "en");
    assert_int_equal(office_run(&office, "mail", "--to", office_path(&office, "en.csv"),
                         "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "mail", "--not-sent", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "mail", "--to", office_path(&office, "nl.csv"),
                         "--language", "nl", "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    static const char *const files[] = {"en.csv", "nl.csv"}, *const days[] = {
                                                                 "Tuesday", "dinsdag"};
    for (int i = 0; i < 2; i++) {
        char text[4096] = "";
        FILE *file = fopen(office_path(&office, files[i]), "rb");
        assert_non_null(file);
        (void)fread(text, 1, sizeof text - 1, file);
        (void)fclose(file);
        if (strstr(text, days[i]) == NULL) {
            fail_msg("no %s in %s", days[i], text);
        }
    }
}

static void
the_password_lies_beside_the_keys(void **state)
{
    (void)state;
    char path[PATH_MAX];
    assert_true(bw_office_setting_password_path("/o/circles.db.key", path));
    assert_string_equal(path, "/o/circles.db.smtp-password");
    assert_true(bw_office_setting_password_path("/o/keys", path));
    assert_string_equal(path, "/o/keys.smtp-password");
    assert_false(bw_office_setting_password_path("", path));
}

static enum bw_status
on_look(void *context, bool *ret_still, struct bw_error *err)
{
    int *looks = context;
    (void)err;
    *ret_still = false;
    (*looks)++;
    return BW_OK;
}

/* Within the step: what another settled since isn't written over. */
static void
what_is_not_as_it_was_seen_is_not_settled(void **state)
{
    struct bw_error err = {.text = ""};
    struct bw_central *central = NULL;
    int looks = 0, changed = 0;
    const struct bw_office_still still = {on_look, &looks};
    const struct bw_office_setting_value value = {BW_OFFICE_PACE, "20"};
    (void)state;
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    struct bw_office mine = {.central = central, .key_path = "", .still = &still};
    bw_clock_init_system(&mine.clock);
    assert_int_equal(
        bw_office_setting_put(&mine, &value, 1, "", &changed, &err), BW_BUSY);
    assert_int_equal(looks, 1);
    bw_central_close(central);
    is_settled("pace", "");
}

int
main(void)
{
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(each_is_kept_shown_and_taken_back),
        WITH_OFFICE(what_is_none_is_refused_and_says_what_may_be),
        WITH_OFFICE(the_same_again_is_no_step),
        WITH_OFFICE(what_is_not_as_it_was_seen_is_not_settled),
        WITH_OFFICE(commands_take_it_where_no_option_is_given),
        cmocka_unit_test(the_password_lies_beside_the_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
