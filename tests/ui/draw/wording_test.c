/* Texts in all languages: all there, all filled in, plurals, times, hostile names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "ui/draw/wording.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEYS_MAX = 800, KEY_BYTES = 64, GERMAN = 2 };

static char keys[KEYS_MAX][KEY_BYTES];
static int keys_count;
static struct bw_ui_wording *wording;

/* The msgids of a .po file, in order. */
static int
read_keys(const char *language, char ret_keys[KEYS_MAX][KEY_BYTES])
{
    char path[1024];
    char line[1024];
    int count = 0;
    snprintf(path, sizeof path, BW_SOURCE_DIR "/assets/translations/%s.po", language);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "msgid \"%63[^\"]\"", ret_keys[count]) == 1) {
            count++;
        }
        assert_true(count < KEYS_MAX);
    }
    fclose(file);
    return count;
}

static int
open_wording(void **state)
{
    (void)state;
    struct bw_error err;
    keys_count = read_keys("nl", keys);
    /* The machine's own locale must not matter: an uninstalled one is the worst case. */
    setenv("LC_ALL", "xx_XX.UTF-8", 1);
    setenv("LANGUAGE", "de", 1);
    return bw_ui_wording_create(NULL, &wording, &err) == BW_OK ? 0 : -1;
}

static int
close_wording(void **state)
{
    (void)state;
    bw_ui_wording_destroy(wording);
    return 0;
}

static const char *
say(enum bw_language language, const char *key, const struct bw_values *values)
{
    static char text[BW_WORDING_BYTES];
    bw_ui_wording_set_language(wording, language);
    bw_ui_wording_say(wording, key, values, text, sizeof text);
    return text;
}

static struct bw_values
full_values(long number)
{
    struct bw_values values = {.date_ms = 1742299800000,
        .time_ms = 1742299800000,
        .n = number,
        .m = number,
        .cap = 50,
        .e = number,
        .f = number,
        .p = number,
        .w = number,
        .a = 1,
        .b = number,
        .t_s = 102};
    snprintf(values.name, sizeof values.name, "Fatima");
    snprintf(values.name2, sizeof values.name2, "Noor");
    snprintf(values.place, sizeof values.place, "Arnhem");
    snprintf(values.kind, sizeof values.kind, "leerkring");
    snprintf(values.id, sizeof values.id, "Zuil 2");
    snprintf(values.x, sizeof values.x, "4");
    snprintf(values.phone, sizeof values.phone, "050 123 45 67");
    snprintf(values.audience, sizeof values.audience, "schoolleider");
    return values;
}

static void
a_time_that_nobody_knows_is_not_one_o_clock(void **state)
{
    (void)state;
    struct bw_values values = full_values(1);
    values.time_ms = 0;
    assert_string_equal(say(BW_DUTCH, "st.s_pres", &values), "aanwezig ?");
}

static void
every_text_is_filled_in_with_0_1_and_2(void **state)
{
    (void)state;
    for (int language = 0; language < bw_ui_wording_languages(wording); language++) {
        for (int i = 0; i < keys_count; i++) {
            for (long number = 0; number <= 2; number++) {
                struct bw_values values = full_values(number);
                const char *text = say((enum bw_language)language, keys[i], &values);
                if (!*text || strchr(text, '{') || strchr(text, '}')) {
                    fail_msg("%s with %ld: \"%s\"", keys[i], number, text);
                }
            }
        }
    }
}

static void
all_languages_have_the_same_keys(void **state)
{
    (void)state;
    static char others[KEYS_MAX][KEY_BYTES];
    assert_true(bw_ui_wording_languages(wording) >= 3);
    for (int language = 1; language < bw_ui_wording_languages(wording); language++) {
        const char *code = bw_ui_wording_code(wording, (enum bw_language)language);
        int count = read_keys(code, others);
        for (int i = 0; i < count && i < keys_count; i++) {
            assert_string_equal(others[i], keys[i]);
        }
        assert_int_equal(count, keys_count);
    }
}

/* A catalogue with the texts of another language would pass for complete. */
static void
languages_say_their_own_names_and_words(void **state)
{
    (void)state;
    static const char *const names[] = {"Nederlands", "English", "Deutsch"};
    static const char *const backs[] = {"Terug", "Back", "Zurück"};
    for (int i = 0; i < 3; i++) {
        assert_string_equal(
            bw_ui_wording_in(wording, (enum bw_language)i, "lang"), names[i]);
        assert_string_equal(say((enum bw_language)i, "back", NULL), backs[i]);
    }
}

static bool
is_key(const char *text)
{
    size_t letters = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    size_t all = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789._");
    return letters >= 2 && letters <= 6 && text[letters] == '.' && text[all] == '\0' &&
           all > letters + 1;
}

/* An included file of ours ("page.h"), which looks like the key of a headline. */
static bool
is_header(const char *text)
{
    static const char *const folders[] = {
        "kiosk/ui", "kiosk/flow", "kiosk", "kiosk/app/setup"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        char path[1024];
        snprintf(path, sizeof path, BW_SOURCE_DIR "/%s/%s", folders[i], text);
        if (access(path, R_OK) == 0) {
            return true;
        }
    }
    return false;
}

/* Every text that the flow or a screen names is in the catalogue. */
static void
check_file(const char *path)
{
    static char source[400000];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    source[fread(source, 1, sizeof source - 1, file)] = '\0';
    fclose(file);
    char *mark = strtok(source, "\"");
    for (; mark; mark = strtok(NULL, "\"")) {
        if (is_key(mark) && !is_header(mark) && !bw_ui_wording_has(wording, mark)) {
            fail_msg("%s names %s, which has no text", path, mark);
        }
    }
}

static void
every_key_in_the_source_has_a_text(void **state)
{
    (void)state;
    static const char *const folders[] = {BW_SOURCE_DIR "/kiosk/flow",
        BW_SOURCE_DIR "/kiosk/ui", BW_SOURCE_DIR "/kiosk/app/setup"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        DIR *folder = opendir(folders[i]);
        assert_non_null(folder);
        for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            char path[1024];
            size_t bytes = strlen(entry->d_name);
            if (bytes > 2 && strcmp(entry->d_name + bytes - 2, ".c") == 0) {
                snprintf(path, sizeof path, "%s/%s", folders[i], entry->d_name);
                check_file(path);
            }
        }
        closedir(folder);
    }
}

static void
one_is_singular_and_the_rest_plural(void **state)
{
    (void)state;
    struct bw_values values = full_values(1);
    assert_string_equal(say(BW_DUTCH, "wa.free", &values), "1 plek vrij");
    assert_string_equal(say(BW_ENGLISH, "wa.free", &values), "1 place free");
    values = full_values(0);
    assert_string_equal(say(BW_DUTCH, "wa.free", &values), "0 plekken vrij");
    values = full_values(1);
    assert_non_null(strstr(say(BW_DUTCH, "wa.p2", &values), "1 persoon"));
    values = full_values(2);
    assert_non_null(strstr(say(BW_DUTCH, "wa.p2", &values), "2 mensen"));
}

static void
times_and_dates_are_written_as_the_language_does(void **state)
{
    (void)state;
    struct bw_values values = full_values(1);
    assert_string_equal(
        say(BW_DUTCH, "when", &values), "dinsdag 18 maart 2025 · 13.10 uur");
    assert_string_equal(
        say(BW_ENGLISH, "when", &values), "Tuesday 18 March 2025 · 13:10");
    assert_string_equal(say((enum bw_language)GERMAN, "when", &values),
        "Dienstag, 18. März 2025 · 13:10 Uhr");
    values.t_s = 62;
    assert_string_equal(say(BW_DUTCH, "st.auto", &values), "Vergrendelt over 1:02");
}

static void
times_follow_the_sessions_zone(void **state)
{
    (void)state;
    struct bw_values values = full_values(1);
    bw_ui_wording_set_zone(wording, "Europe/London");
    assert_string_equal(say(BW_ENGLISH, "when.only", &values), "12:10");
    bw_ui_wording_set_zone(wording, "Nowhere/Atall");
    assert_string_equal(say(BW_ENGLISH, "when.only", &values), "12:10");
    bw_ui_wording_set_zone(wording, BW_ZONE_DEFAULT);
    assert_string_equal(say(BW_ENGLISH, "when.only", &values), "13:10");
}

static void
language_switches_at_once(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        assert_string_equal(say(BW_DUTCH, "back", NULL), "Terug");
        assert_string_equal(say(BW_ENGLISH, "back", NULL), "Back");
    }
}

static void
name_with_bidi_override_is_neutralised(void **state)
{
    (void)state;
    struct bw_values values = full_values(1);
    snprintf(values.name, sizeof values.name, "An\xE2\x80\xAEna\x1B[2J\n");
    const char *text = say(BW_DUTCH, "zo.q", &values);
    assert_null(strstr(text, "\xE2\x80\xAE"));
    assert_null(strchr(text, 0x1B));
    assert_null(strchr(text, '\n'));
}

static void
name_from_right_to_left_is_isolated(void **state)
{
    (void)state;
    struct bw_values values = full_values(1);
    snprintf(values.name, sizeof values.name, "\xD9\x81\xD8\xA7\xD8\xB7");
    assert_non_null(strstr(say(BW_DUTCH, "zo.q", &values),
        "\xE2\x81\xA8\xD9\x81\xD8\xA7\xD8\xB7\xE2\x81\xA9"));
}

static void
name_that_is_no_utf8_is_shown_without_harm(void **state)
{
    (void)state;
    struct bw_values values = full_values(1);
    snprintf(values.name, sizeof values.name, "Fran\xE7ois \xFF\xFE");
    assert_non_null(strstr(say(BW_DUTCH, "zo.q", &values), "Fran?ois"));
}

static void
braces_in_a_name_name_no_value(void **state)
{
    (void)state;
    struct bw_values values = full_values(1);
    snprintf(values.name, sizeof values.name, "{phone}{name}");
    assert_string_equal(say(BW_DUTCH, "zo.q", &values), "Ben jij {phone}{name}?");
}

static void
text_is_cut_to_its_room(void **state)
{
    (void)state;
    char little[8];
    bw_ui_wording_set_language(wording, BW_DUTCH);
    bw_ui_wording_say(wording, "df.p", NULL, little, sizeof little);
    assert_int_equal(strlen(little), sizeof little - 1);
}

static void
the_systems_reasons_stay_english_for_the_journal(void **state)
{
    (void)state;
    assert_string_equal(strerror(ENOENT), "No such file or directory");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_filled_in_with_0_1_and_2),
        cmocka_unit_test(a_time_that_nobody_knows_is_not_one_o_clock),
        cmocka_unit_test(all_languages_have_the_same_keys),
        cmocka_unit_test(languages_say_their_own_names_and_words),
        cmocka_unit_test(every_key_in_the_source_has_a_text),
        cmocka_unit_test(one_is_singular_and_the_rest_plural),
        cmocka_unit_test(times_and_dates_are_written_as_the_language_does),
        cmocka_unit_test(times_follow_the_sessions_zone),
        cmocka_unit_test(language_switches_at_once),
        cmocka_unit_test(name_with_bidi_override_is_neutralised),
        cmocka_unit_test(name_from_right_to_left_is_isolated),
        cmocka_unit_test(name_that_is_no_utf8_is_shown_without_harm),
        cmocka_unit_test(braces_in_a_name_name_no_value),
        cmocka_unit_test(text_is_cut_to_its_room),
        cmocka_unit_test(the_systems_reasons_stay_english_for_the_journal),
    };
    return cmocka_run_group_tests(tests, open_wording, close_wording);
}
