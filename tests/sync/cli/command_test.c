/* Options, help and exit statuses, of the real program too. */
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static struct bw_call
parse(const char *const *words, int count)
{
    struct bw_call call;
    struct bw_error err = {.text = ""};
    if (bw_call_parse(&bw_sync_commands, count, (char *const *)(uintptr_t)words, &call,
            &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return call;
}

static void
refuse(const char *const *words, int count, const char *because)
{
    struct bw_call call;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_call_parse(&bw_sync_commands, count,
                         (char *const *)(uintptr_t)words, &call, &err),
        BW_BAD_INPUT);
    if (strstr(err.text, because) == NULL) {
        fail_msg("\"%s\" doesn't say \"%s\"", err.text, because);
    }
}

#define PARSE(...)                                                                       \
    parse((const char *const[]){"sync", __VA_ARGS__},                                    \
        (int)(sizeof((const char *const[]){"sync", __VA_ARGS__}) / sizeof(char *)))
#define REFUSE(because, ...)                                                             \
    refuse((const char *const[]){"sync", __VA_ARGS__},                                   \
        (int)(sizeof((const char *const[]){"sync", __VA_ARGS__}) / sizeof(char *)),      \
        because)

static void
options_stand_before_or_after_the_command(void **state)
{
    (void)state;
    struct bw_call before =
        PARSE("--central", "sqlite:x", "--json", "cancel", "K7QM2XRD");
    struct bw_call after = PARSE("cancel", "K7QM2XRD", "--json", "--central=sqlite:x");
    assert_ptr_equal(before.command, after.command);
    assert_string_equal(before.command->name, "cancel");
    assert_string_equal(bw_call_value(&before, BW_OPTION_CENTRAL), "sqlite:x");
    assert_string_equal(bw_call_value(&after, BW_OPTION_CENTRAL), "sqlite:x");
    assert_true(before.json && after.json);
    assert_string_equal(before.operands[0], after.operands[0]);
    struct bw_call dashes =
        PARSE("--central", "sqlite:x", "import", "agenda", "--", "--f");
    assert_string_equal(dashes.operands[1], "--f");
    struct bw_call maps = PARSE("import", "agenda", "f", "--central", "sqlite:x", "--map",
        "title=A", "--map=url=B");
    assert_int_equal(maps.maps_count, 2);
    assert_string_equal(maps.maps[1], "url=B");
}

static void
wrong_use_is_said_in_a_sentence(void **state)
{
    (void)state;
    REFUSE("takes no --session", "--central", "sqlite:x", "--session", "S-1");
    REFUSE("\"dance\" is no command", "dance");
    REFUSE("--dance is no option", "status", "--dance");
    REFUSE("needs --central URI", "status");
    REFUSE("needs a value", "status", "--central");
    REFUSE("takes no value", "status", "--central", "sqlite:x", "--json=1");
    REFUSE("given twice", "status", "--central", "a", "--central", "b");
    REFUSE("status takes no --why", "status", "--central", "sqlite:x", "--why", "x");
    REFUSE("cancel needs more", "cancel", "--central", "sqlite:x");
    REFUSE("takes no \"B\" there", "undo", "A", "B", "--central", "sqlite:x");
    REFUSE("needs --session S", "promote", "--central", "sqlite:x");
}

static void
numbers_have_bounds(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "x", "1x", " 1", "0", "101", "1e3", "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct bw_call call = PARSE(
            "promote", "--session", "S", "--central", "sqlite:x", "--count", wrong[i]);
        int64_t value = 7;
        assert_int_equal(bw_call_number(&call, BW_OPTION_COUNT, 1, 100, 5, &value, NULL),
            BW_BAD_INPUT);
        assert_int_equal(value, 7);
    }
    struct bw_call call = PARSE("promote", "--session", "S", "--central", "sqlite:x");
    int64_t value = 7;
    assert_int_equal(
        bw_call_number(&call, BW_OPTION_COUNT, 1, 100, 5, &value, NULL), BW_OK);
    assert_int_equal(value, 5);
}

static void
fields_are_taken_by_name_up_to_the_first_that_is_none(void **state)
{
    (void)state;
    const char *name = NULL, *mail = NULL;
    const struct bw_call_field fields[] = {{"name", &name}, {"mail", &mail}};
    struct bw_call call =
        PARSE("correct", "K7QM2XRD", "name=Vos=B", "mail=", "--central", "sqlite:x");
    assert_null(bw_call_fields(&call, 1, fields, 2));
    assert_string_equal(name, "Vos=B");
    assert_string_equal(mail, "");
    call = PARSE("correct", "K7QM2XRD", "name=A", "nam=B", "--central", "sqlite:x");
    assert_string_equal(bw_call_fields(&call, 1, fields, 2), "nam=B");
    assert_string_equal(name, "A");
    call = PARSE("correct", "K7QM2XRD", "name", "--central", "sqlite:x");
    assert_string_equal(bw_call_fields(&call, 1, fields, 2), "name");
}

static void
every_command_helps_and_names_its_options(void **state)
{
    (void)state;
    for (int i = 0; bw_sync_commands.commands[i] != NULL; i++) {
        struct bw_call call = PARSE(bw_sync_commands.commands[i]->name, "--help");
        char *text = NULL;
        size_t bytes = 0;
        FILE *to = open_memstream(&text, &bytes);
        bw_call_print_help(&call, to);
        (void)fclose(to);
        assert_non_null(strstr(text, bw_sync_commands.commands[i]->name));
        assert_non_null(strstr(text, "--json"));
        assert_true(bw_sync_commands.commands[i]->summary[0] != '\0');
        free(text);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(
                bw_sync_commands.commands[i]->name, bw_sync_commands.commands[j]->name);
        }
    }
}

/* The status of a real process, and that it wrote one line on stderr or none. */
static int
run_program(const char *words, char *line, size_t capacity)
{
    char command[1024];
    (void)snprintf(command, sizeof command,
        BW_BINARY_DIR "/bin/brugwachter-sync %s 2>&1 >/dev/null", words);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    line[0] = '\0';
    char extra[8];
    if (fgets(line, (int)capacity, pipe) != NULL) {
        assert_null(fgets(extra, sizeof extra, pipe));
    }
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
the_program_ends_with_the_statuses_of_the_contract(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 2, false);
    static const struct {
        const char *words; /* %s is the office's folder */
        int status;
        const char *line;
    } runs[] = {
        {"--version", 0, ""},
        {"--help", 0, ""},
        {"import --help", 0, ""},
        {"", 0, ""}, /* how to begin */
        {"--session S-1", 2, "takes no --session"},
        {"status", 2, "needs --central"},
        {"status --central sqlite:%s/central.db", 0, ""},
        {"status --central sqlite:%s/none.db", 3, "init"},
        {"status --central sqlite:%s/sessions.csv", 3, "no central database"},
        {"status --central sqlite:%s", 3, "no file"},
        {"status --central mysql:x", 2, "no sqlite:PATH"},
        {"status --central sqlite:%s/central.db --clock gisteren", 2, "--clock"},
        {"init --central sqlite:%s/no/such/folder.db", 3, "folder"},
    };
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        char words[512];
        char line[1024];
        const char *at = strstr(runs[i].words, "%s");
        int before = at != NULL ? (int)(at - runs[i].words) : (int)strlen(runs[i].words);
        (void)snprintf(words, sizeof words, "%.*s%s%s", before, runs[i].words,
            at != NULL ? office.folder : "", at != NULL ? at + 2 : "");
        int status = run_program(words, line, sizeof line);
        if (status != runs[i].status || strstr(line, runs[i].line) == NULL) {
            fail_msg("%s: %d, %s", words, status, line);
        }
    }
    office_finish(&office);
}

static void
settings_stand_behind_the_command_line(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 2, false);
    char ini[512];
    char words[512];
    char line[1024];
    (void)snprintf(ini, sizeof ini,
        "; the office\n[kiosk]\ncamera = none\n[sync]\ncentral = %s\nstore = /nowhere\n",
        office.uri);
    (void)office_write(&office, "10-office.ini", ini);
    (void)office_write(&office, "20-later.ini", "[sync]\ncentral = sqlite:/nowhere\n");
    (void)snprintf(words, sizeof words, "status --settings %s", office.folder);
    assert_int_equal(run_program(words, line, sizeof line), 0);
    (void)snprintf(words, sizeof words, "status --settings %s --central sqlite:/no/such",
        office.folder);
    assert_int_equal(run_program(words, line, sizeof line), 3);
    static const char *const wrong[] = {"[sync]\nclock = 2025-03-18T13:10:00\n",
        "[sync]\ncamera = none\n", "[sync]\nwhat is this\n", "[sync]\njson = please\n"};
    for (size_t i = 0; i < 4; i++) {
        (void)office_write(&office, "10-office.ini", wrong[i]);
        (void)snprintf(words, sizeof words, "status --settings %s", office.folder);
        assert_int_equal(run_program(words, line, sizeof line), 2);
        assert_non_null(strstr(line, "10-office.ini"));
    }
    (void)snprintf(words, sizeof words, "status --settings %s/none", office.folder);
    assert_int_equal(run_program(words, line, sizeof line), 2);
    office_finish(&office);
}

/* ---- letters around a command ---- */

static char order[8];

static enum bw_exit
on_in(struct bw_call *call, struct bw_error *err)
{
    (void)err;
    assert_non_null(call->central);
    (void)strcat(order, "i");
    return BW_EXIT_DONE;
}

static enum bw_exit
on_out(struct bw_call *call, struct bw_error *err)
{
    (void)call;
    (void)strcat(order, "o");
    (void)bw_error_set(err, BW_IO, 0, "the stick is gone");
    return BW_EXIT_FAILED;
}

static enum bw_exit
on_run(struct bw_call *call, struct bw_error *err)
{
    (void)strcat(order, "r");
    if (call->operands_count == 0) {
        return BW_EXIT_DONE;
    }
    (void)bw_error_set(err, BW_IO, 0, "it failed");
    return BW_EXIT_FAILED;
}

static const struct bw_sync_command around = {
    .name = "around",
    .operands = "[FAIL]",
    .summary = "for a test",
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN | BW_LETTERS_OUT,
    .run = on_run,
};

static enum bw_exit
run_around(const struct office *office, int words, char **ret_diag)
{
    static const struct bw_sync_command *const commands[] = {&around, NULL};
    const struct bw_sync_table table = {
        .commands = commands, .letters_in = on_in, .letters_out = on_out};
    const char *const argv[] = {"sync", "--central", office->uri, "around", "fail"};
    size_t bytes = 0;
    FILE *diag = open_memstream(ret_diag, &bytes);
    order[0] = '\0';
    enum bw_exit result =
        bw_sync_main(&table, words, (char *const *)(uintptr_t)argv, stdout, diag);
    (void)fclose(diag);
    return result;
}

static void
letters_go_around_a_command_and_never_make_it_fail(void **state)
{
    (void)state;
    struct office office;
    char *diag = NULL;
    office_open(&office, 2, false);
    assert_int_equal(run_around(&office, 4, &diag), BW_EXIT_LOOK);
    assert_string_equal(order, "iro");
    assert_string_equal(diag, "brugwachter-sync: the stick is gone\n");
    free(diag);
    assert_int_equal(run_around(&office, 5, &diag), BW_EXIT_FAILED);
    assert_string_equal(order, "ir"); /* nothing was changed: nothing goes out */
    assert_string_equal(diag, "brugwachter-sync: it failed\n");
    free(diag);
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_before_or_after_the_command),
        cmocka_unit_test(wrong_use_is_said_in_a_sentence),
        cmocka_unit_test(numbers_have_bounds),
        cmocka_unit_test(fields_are_taken_by_name_up_to_the_first_that_is_none),
        cmocka_unit_test(every_command_helps_and_names_its_options),
        cmocka_unit_test(letters_go_around_a_command_and_never_make_it_fail),
        cmocka_unit_test(settings_stand_behind_the_command_line),
        cmocka_unit_test(the_program_ends_with_the_statuses_of_the_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
