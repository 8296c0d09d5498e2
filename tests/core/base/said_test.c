/* The program's own sentences, in the language that a thread speaks. */
#include <brugwachter/said.h>

#include <brugwachter/error.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libintl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define OFFICE "brugwachter-office-nl"

static int
setup(void **state)
{
    (void)state;
    bw_said_open(BW_BINARY_DIR "/locale", "office");
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    bw_said_speak("en");
    bw_said_speak_all("en");
    return 0;
}

static void
a_thread_speaks_english_until_it_is_told(void **state)
{
    (void)state;
    assert_string_equal(bw_said("is cancelled"), "is cancelled");
    bw_said_speak("nl");
    assert_string_equal(bw_said("is cancelled"), "is geannuleerd");
    assert_string_equal(bw_said(""), "");
    assert_string_equal(bw_said("no catalogue has this"), "no catalogue has this");
}

static void
an_error_and_what_is_put_before_it_are_in_one_language(void **state)
{
    struct bw_error err;
    (void)state;
    bw_said_speak("nl");
    (void)bw_error_set(
        &err, BW_BAD_INPUT, 0, "importing %s: %s", "f.csv", bw_said("is empty"));
    (void)bw_error_prefix(&err, BW_BAD_INPUT, "enrolling a kiosk");
    assert_string_equal(err.text, "een zuil koppelen: f.csv inlezen: is leeg");
    bw_said_speak("en");
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
    bw_said_speak("nl");
    assert_int_equal(pthread_create(&thread, NULL, on_thread, &said), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_string_equal(said, "is cancelled");
}

static void
who_was_told_nothing_speaks_as_all_do(void **state)
{
    pthread_t thread;
    const char *said = NULL;
    (void)state;
    bw_said_speak_all("nl");
    assert_int_equal(pthread_create(&thread, NULL, on_thread, &said), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_string_equal(said, "is geannuleerd");
    bw_said_speak("de"); /* not spoken here */
    assert_string_equal(bw_said_spoken(), "en");
}

/* What both programs say by the library that they share. */
static void
core_has_a_catalogue_of_its_own(void **state)
{
    (void)state;
    bw_said_open(BW_BINARY_DIR "/locale", "nobody");
    bw_said_speak("nl");
    assert_string_equal(bw_said("is too long"), "is te lang");
    assert_string_equal(bw_said("is cancelled"), "is cancelled");
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
        "%s/nl/LC_MESSAGES/" OFFICE ".mo %s",
        folder, folder, path);
    assert_int_equal(system(command), 0);
    (void)bindtextdomain(OFFICE, folder);
    bw_said_speak("nl");
    assert_string_equal(bw_said("%d of %s"), "%d of %s");
    assert_string_equal(bw_said("%d files"), "%d files");
    assert_string_equal(bw_said("%s is late"), "%s is late");
    assert_string_equal(bw_said("100%% of %5.1f"), "van %5.1f 100%%");
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

/* What is said at a terminal of its commands is said otherwise in a page, in English
 * too. */
static void
a_place_has_words_of_its_own_before_the_program_s(void **state)
{
    static const char sentence[] = "looking at \"%s\" of %d; say so with --yes %s";
    char folder[] = "/tmp/bw-said-XXXXXX", path[200];
    (void)state;
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < 2; i++) {
        const char *language = i == 0 ? "en" : "nl", *text = i == 0 ? "of" : "van";
        char domain[40], command[500];
        (void)snprintf(path, sizeof path, "%s/%s.po", folder, language);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        (void)fprintf(file,
            "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
            "msgid \"looking at \\\"%%s\\\" of %%d; say so with --yes %%s\"\n"
            "msgstr \"\\\"%%s\\\" %s %%d\"\n"
            "msgid \"is cancelled\"\nmsgstr \"%%s\"\n",
            text);
        assert_int_equal(fclose(file), 0);
        (void)snprintf(domain, sizeof domain, "brugwachter-page-%s", language);
        (void)snprintf(command, sizeof command,
            "mkdir -p %s/%s/LC_MESSAGES && msgfmt -o %s/%s/LC_MESSAGES/%s.mo %s", folder,
            language, folder, language, domain, path);
        assert_int_equal(system(command), 0);
        (void)bindtextdomain(domain, folder);
    }
    bw_said_read_in("page");
    bw_said_speak("en");
    assert_string_equal(bw_said(sentence), "\"%s\" of %d");
    bw_said_speak("nl");
    assert_string_equal(bw_said(sentence), "\"%s\" van %d");
    assert_string_equal(bw_said("is cancelled"), "is geannuleerd"); /* reads no value */
    bw_said_read_in(NULL);
    assert_string_equal(bw_said(sentence), sentence);
    (void)snprintf(path, sizeof path, "rm -r %s", folder);
    assert_int_equal(system(path), 0);
}

static void
the_environment_says_which_as_gettext_reads_it(void **state)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"};
    static const struct {
        const char *values[4];
        const char *language;
    } cases[] = {
        {{NULL, NULL, NULL, NULL}, "en"},
        {{NULL, NULL, "nl_NL.UTF-8", NULL}, "nl"},
        {{NULL, "nl", "en_GB.UTF-8", NULL}, "nl"},
        {{"en_GB.UTF-8", "nl_NL", "nl_NL", NULL}, "en"},
        {{"C.UTF-8", NULL, "nl_NL", "nl"}, "en"},
        {{"", "", "nl_BE@euro", ""}, "nl"},
        {{NULL, NULL, "de_DE.UTF-8", "fr:nl_NL:en"}, "nl"},
        {{NULL, NULL, "nl_NL", "en:nl"}, "en"},
        {{NULL, NULL, "nlx", NULL}, "en"},
        {{NULL, NULL, "de_DE.UTF-8", NULL}, "en"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int n = 0; n < 4; n++) {
            const char *value = cases[i].values[n];
            assert_int_equal(
                value != NULL ? setenv(names[n], value, 1) : unsetenv(names[n]), 0);
        }
        if (strcmp(bw_said_of_locale(), cases[i].language) != 0) {
            fail_msg("case %zu", i);
        }
    }
    for (int n = 0; n < 3; n++) {
        (void)unsetenv(names[n]);
    }
    (void)setenv("LANGUAGE", "nl:en", 1); /* as bw_said_open leaves it */
}

static void
words_may_ask_for_a_language_before_they_are_read(void **state)
{
    (void)state;
    char *const cases[][5] = {
        {"", "--language", "nl", "nonsense"},
        {"", "--language=nl", "--languages=en", "en"},
        {"", "--language", "en", "--language=nl"},
        {"", "--language", "de", "--language"},
        {"", "nl", "--Language", "nl"},
    };
    const char *const answers[] = {"nl", "nl", "nl", NULL, NULL};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *asked = bw_said_asked(4, cases[i]);
        if (asked != answers[i] &&
            strcmp(asked ? asked : "", answers[i] ? answers[i] : "") != 0) {
            fail_msg("case %zu: %s", i, asked ? asked : "none");
        }
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_thread_speaks_english_until_it_is_told),
        CASE(an_error_and_what_is_put_before_it_are_in_one_language),
        CASE(another_thread_speaks_for_itself),
        CASE(who_was_told_nothing_speaks_as_all_do),
        CASE(core_has_a_catalogue_of_its_own),
        CASE(a_translation_that_reads_other_values_is_not_taken),
        CASE(words_may_ask_for_a_language_before_they_are_read),
        CASE(a_place_has_words_of_its_own_before_the_program_s),
        CASE(the_environment_says_which_as_gettext_reads_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
