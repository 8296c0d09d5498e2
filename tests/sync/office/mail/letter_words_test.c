/* The organiser's own words in mails. */
#include "office/mail/letter_fill.h"
#include "office/mail/letter_words.h"
#include "tests/sync/one_office.h"

#include <stdlib.h>
#include <string.h>

static const char form[] =
    "Tijdstempel,Naam,Functie,School,E-mailadres\n"
    "10-02-2025 12:01,Anna Vos,brugfunctionaris,De Brug,anna@school.example\n";

static const char *const day = "2025-03-10T10:00:00";

#define RUN(...) office_run(&office, __VA_ARGS__, "--clock", day, NULL)

static int
open_one(void **state)
{
    (void)state;
    office_open(&office, 20, false);
    assert_int_equal(RUN("import", "registrations", office_write(&office, "f.csv", form),
                         "--session", "S-1"),
        BW_EXIT_DONE);
    return 0;
}

/* Lines that quoted-printable broke are whole again. */
static void
unbreak(char *text)
{
    for (char *at; (at = strstr(text, "=\r\n")) != NULL; text = at) {
        memmove(at, at + 3, strlen(at + 3) + 1);
    }
}

/* Of the mail that waits for Anna, in a buffer that the next call takes. */
static const char *
mail(const char *folder)
{
    static char text[60000];
    char name[BW_CODE_BYTES + 64], code[BW_CODE_BYTES];
    assert_int_equal(
        RUN("mail", "--out", office_path(&office, folder), "--mail-from", "ria@x.nl"),
        BW_EXIT_DONE);
    bw_code_format(
        (bw_code)office_number(&office, "SELECT code FROM registration"), code);
    (void)snprintf(name, sizeof name, "%s/%s-ticket.eml", folder, code);
    FILE *file = fopen(office_path(&office, name), "rb");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    text[length] = '\0';
    unbreak(text);
    assert_int_equal(RUN("mail", "--not-sent"), BW_EXIT_DONE);
    return text;
}

static void
what_she_writes_goes_to_people_with_their_names_filled_in(void **state)
{
    (void)state;
    assert_int_equal(
        RUN("mail", "text", "ticket", "subject", "Tot op {datum}!"), BW_EXIT_DONE);
    assert_int_equal(RUN("mail", "text", "ticket", "body",
                         "Hoi {voornaam} {achternaam},\n\nFijn dat je komt.\nGroet"),
        BW_EXIT_DONE);
    const char *text = mail("one");
    assert_non_null(strstr(text, "Subject: Tot op "));
    assert_non_null(strstr(text, "Hoi Anna Vos,"));
    assert_non_null(strstr(text, "ijn dat je komt."));
    assert_null(strstr(text, "Dag Anna"));
    assert_non_null(strstr(text, "Je hebt een plek")); /* our headline */
}

static void
ours_stand_where_she_wrote_nothing_and_come_back_by_a_word_and_by_undo(void **state)
{
    (void)state;
    assert_non_null(strstr(mail("one"), "Dag Anna"));
    assert_int_equal(RUN("mail", "text", "ticket", "body", "Hallo"), BW_EXIT_DONE);
    assert_int_equal(RUN("mail", "text", "ticket", "headline", "Welkom"), BW_EXIT_DONE);
    assert_int_equal(RUN("undo"), BW_EXIT_DONE); /* LW1 */
    const char *text = mail("two");
    assert_non_null(strstr(text, "Hallo"));
    assert_null(strstr(text, "Welkom"));
    assert_int_equal(RUN("mail", "text", "ticket", "ours"), BW_EXIT_DONE);
    assert_non_null(strstr(mail("three"), "Dag Anna"));
    assert_int_equal(RUN("undo"), BW_EXIT_DONE);
    assert_non_null(strstr(mail("four"), "Hallo"));
}

static void
what_is_ours_word_for_word_is_no_change(void **state)
{
    enum bw_exit result;
    (void)state;
    json_t *root =
        office_json(&office, &result, "mail", "text", "ticket", "--clock", day, NULL);
    const json_t *one = json_array_get(json_object_get(root, "texts"), 0);
    const char *body = json_string_value(json_object_get(one, "body"));
    assert_non_null(strstr(body, "{voornaam}"));
    assert_int_equal(RUN("mail", "text", "ticket", "body", body), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "Nothing was changed"));
    json_decref(root);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM mail_text"), 0);
}

static void
a_name_that_there_is_not_and_too_much_are_refused_and_change_nothing(void **state)
{
    static char much[BW_LETTER_WORDS_CHARS * 2];
    (void)state;
    assert_int_equal(
        RUN("mail", "text", "ticket", "body", "Dag {vornaam}"), BW_EXIT_USAGE);
    assert_non_null(strstr(office.diag, "{vornaam}"));
    assert_int_equal(
        RUN("mail", "text", "ticket", "subject", "Dag {voornaam"), BW_EXIT_USAGE);
    assert_int_equal(RUN("mail", "text", "ticket", "subject", "Dag }"), BW_EXIT_USAGE);
    memset(much, 'a', sizeof much - 1);
    for (size_t i = 90; i < sizeof much - 1; i += 91) {
        much[i] = '\n';
    }
    assert_int_equal(RUN("mail", "text", "ticket", "body", much), BW_EXIT_USAGE);
    assert_int_equal(
        RUN("mail", "text", "ticket", "body",
            "1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n7\n\n8\n\n9\n\n10\n\n11\n\n12\n\n13"),
        BW_EXIT_USAGE);
    assert_int_equal(RUN("mail", "text", "nothing"), BW_EXIT_USAGE);
    assert_int_equal(RUN("mail", "text", "ticket", "foot"), BW_EXIT_USAGE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM mail_text"), 0);
}

static void
what_she_writes_is_text_and_never_markup(void **state)
{
    (void)state;
    assert_int_equal(
        RUN("mail", "text", "ticket", "body", "<b>Dag</b> & {voornaam}"), BW_EXIT_DONE);
    const char *text = mail("one");
    assert_non_null(strstr(text, "&lt;b&gt;Dag&lt;/b&gt; &amp; Anna"));
    assert_int_equal(
        RUN("mail", "text", "ticket", "subject", "Een\nBcc: x@y.example"), BW_EXIT_DONE);
    assert_null(strstr(mail("two"), "\nBcc:"));
}

/* LW2 */
static void
what_stands_there_and_is_no_text_of_ours_is_passed_over(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "text", "ticket", "subject", "Hallo"), BW_EXIT_DONE);
    assert_true(office_number(&office,
                    "UPDATE mail_text SET words = 'Een {kwaad}' RETURNING step_no") > 0);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM mail_text WHERE words LIKE '%k%'"),
        1);
    assert_null(strstr(mail("one"), "kwaad"));
}

static void
each_language_has_words_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(RUN("mail", "text", "ticket", "subject", "Hallo"), BW_EXIT_DONE);
    assert_int_equal(
        RUN("mail", "text", "ticket", "subject", "--language", "en"), BW_EXIT_DONE);
    assert_null(strstr(office.out, "Hallo"));
}

static void
ours_are_whole_in_both_languages_and_name_only_what_there_is(void **state)
{
    (void)state;
    for (int language = 0; language < BW_WORDING_LANGUAGES; language++) {
        for (int kind = 0; kind < BW_LETTER_WORDS_KINDS; kind++) {
            for (int part = 0; part < BW_LETTER_WORDS_PARTS; part++) {
                char *text = NULL;
                char *ours = bw_letter_words_ours((enum bw_wording_language)language,
                    (enum bw_letter_words_kind)kind, (enum bw_letter_words_part)part);
                char *shown =
                    bw_letter_fill_show((enum bw_wording_language)language, ours);
                assert_int_equal(bw_letter_words_take((enum bw_wording_language)language,
                                     (enum bw_letter_words_part)part, shown, &text, NULL),
                    BW_OK);
                assert_string_equal(text, ours);
                assert_null(strstr(ours, "ml."));
                free(text);
                free(shown);
                free(ours);
            }
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_one, close_office)
        WITH_OFFICE(what_she_writes_goes_to_people_with_their_names_filled_in),
        WITH_OFFICE(
            ours_stand_where_she_wrote_nothing_and_come_back_by_a_word_and_by_undo),
        WITH_OFFICE(what_is_ours_word_for_word_is_no_change),
        WITH_OFFICE(a_name_that_there_is_not_and_too_much_are_refused_and_change_nothing),
        WITH_OFFICE(what_she_writes_is_text_and_never_markup),
        WITH_OFFICE(what_stands_there_and_is_no_text_of_ours_is_passed_over),
        WITH_OFFICE(each_language_has_words_of_its_own),
        WITH_OFFICE(ours_are_whole_in_both_languages_and_name_only_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
