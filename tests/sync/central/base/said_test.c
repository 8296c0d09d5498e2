/* The program's own sentences, in the language that a thread speaks. */
#include "tests/sync/testing.h"

#include "central/base/said.h"
#include "central/base/wording.h"

#include <libintl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int
setup(void **state)
{
    struct bw_error err = {.text = ""};
    (void)state;
    if (bw_wording_open(BW_BINARY_DIR "/locale", &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_error_speak_by(bw_said);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    bw_wording_speak(BW_WORDING_ENGLISH);
    (void)bindtextdomain(BW_WORDING_OFFICE, BW_BINARY_DIR "/locale");
    return 0;
}

static void
a_thread_speaks_english_until_it_is_told(void **state)
{
    (void)state;
    assert_string_equal(bw_said("is cancelled"), "is cancelled");
    bw_wording_speak(BW_WORDING_DUTCH);
    assert_string_equal(bw_said("is cancelled"), "is geannuleerd");
    assert_string_equal(bw_said(""), "");
    assert_string_equal(bw_said("no catalogue has this"), "no catalogue has this");
}

static void
an_error_and_what_is_put_before_it_are_in_one_language(void **state)
{
    struct bw_error err;
    (void)state;
    bw_wording_speak(BW_WORDING_DUTCH);
    (void)bw_error_set(
        &err, BW_BAD_INPUT, 0, "importing %s: %s", "f.csv", bw_said("is empty"));
    (void)bw_error_prefix(&err, BW_BAD_INPUT, "enrolling a kiosk");
    assert_string_equal(err.text, "een zuil koppelen: f.csv inlezen: is leeg");
    bw_wording_speak(BW_WORDING_ENGLISH);
    (void)bw_error_set(
        &err, BW_BAD_INPUT, 0, "importing %s: %s", "f.csv", bw_said("is empty"));
    assert_string_equal(err.text, "importing f.csv: is empty");
}

static void *
on_thread(void *context)
{
    const char **said = context;
    *said = bw_said("is cancelled");
    return NULL;
}

static void
another_thread_speaks_for_itself(void **state)
{
    pthread_t thread;
    const char *said = NULL;
    (void)state;
    bw_wording_speak(BW_WORDING_DUTCH);
    assert_int_equal(pthread_create(&thread, NULL, on_thread, &said), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_string_equal(said, "is cancelled");
}

/* A catalogue that somebody else wrote decides nothing of what printf reads. */
static void
a_translation_that_reads_other_values_is_not_taken(void **state)
{
    char folder[] = "/tmp/bw-said-XXXXXX", path[200], command[500];
    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/nl.po", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                "msgid \"%d of %s\"\nmsgstr \"%s van %d\"\n"
                "msgid \"%d files\"\nmsgstr \"%d bestanden, %n\"\n"
                "msgid \"%s is late\"\nmsgstr \"te laat\"\n"
                "msgid \"100%% of %5.1f\"\nmsgstr \"van %5.1f 100%%\"\n",
        file);
    assert_int_equal(fclose(file), 0);
    (void)snprintf(command, sizeof command,
        "mkdir -p %s/nl/LC_MESSAGES && msgfmt -o "
        "%s/nl/LC_MESSAGES/brugwachter-office-nl.mo %s",
        folder, folder, path);
    assert_int_equal(system(command), 0);
    (void)bindtextdomain(BW_WORDING_OFFICE, folder);
    bw_wording_speak(BW_WORDING_DUTCH);
    assert_string_equal(bw_said("%d of %s"), "%d of %s");
    assert_string_equal(bw_said("%d files"), "%d files");
    assert_string_equal(bw_said("%s is late"), "%s is late");
    assert_string_equal(bw_said("100%% of %5.1f"), "van %5.1f 100%%");
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static void
the_environment_says_which_as_gettext_reads_it(void **state)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"};
    static const struct {
        const char *values[4];
        enum bw_wording_language language;
    } cases[] = {
        {{NULL, NULL, NULL, NULL}, BW_WORDING_ENGLISH},
        {{NULL, NULL, "nl_NL.UTF-8", NULL}, BW_WORDING_DUTCH},
        {{NULL, "nl", "en_GB.UTF-8", NULL}, BW_WORDING_DUTCH},
        {{"en_GB.UTF-8", "nl_NL", "nl_NL", NULL}, BW_WORDING_ENGLISH},
        {{"C.UTF-8", NULL, "nl_NL", "nl"}, BW_WORDING_ENGLISH},
        {{"", "", "nl_BE@euro", ""}, BW_WORDING_DUTCH},
        {{NULL, NULL, "de_DE.UTF-8", "fr:nl_NL:en"}, BW_WORDING_DUTCH},
        {{NULL, NULL, "nl_NL", "en:nl"}, BW_WORDING_ENGLISH},
        {{NULL, NULL, "nlx", NULL}, BW_WORDING_ENGLISH},
        {{NULL, NULL, "de_DE.UTF-8", NULL}, BW_WORDING_ENGLISH},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int n = 0; n < 4; n++) {
            const char *value = cases[i].values[n];
            assert_int_equal(
                value != NULL ? setenv(names[n], value, 1) : unsetenv(names[n]), 0);
        }
        if (bw_wording_of_locale() != cases[i].language) {
            fail_msg("case %zu", i);
        }
    }
    for (int n = 0; n < 3; n++) {
        (void)unsetenv(names[n]);
    }
    (void)setenv("LANGUAGE", "nl:en", 1); /* as bw_wording_open leaves it */
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_thread_speaks_english_until_it_is_told),
        CASE(an_error_and_what_is_put_before_it_are_in_one_language),
        CASE(another_thread_speaks_for_itself),
        CASE(a_translation_that_reads_other_values_is_not_taken),
        CASE(the_environment_says_which_as_gettext_reads_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
