/* What an organiser said of headings once is known in the next file, until its step is
 * taken back. */
#define ONE_OFFICE_PLACES 9
#include "office/import/import.h"
#include "tests/sync/one_office.h"

#include <stdlib.h>
#include <string.h>

#define ANNA "10-2-2025 9:00,a@x.nl,Anna Aa,Brugfunctionaris,Oost,"
#define BAS "10-2-2025 9:01,b@x.nl,Bas Bb,Brugfunctionaris,Oost,"
#define HEADING "Tijdstempel,E-mailadres,Naam,Functie,Regio,"

static enum bw_exit
form(const char *csv, const char *map)
{
    const char *path = office_write(&office, "form.csv", csv);
    return office_run(&office, "import", "registrations", path, "--clock",
        "2025-02-20T12:00", "--session", "S-1", map != NULL ? "--map" : NULL, map, NULL);
}

static const char *
schools(void)
{
    return office_text(&office,
        "SELECT group_concat(school, ';') FROM"
        " (SELECT school FROM registration ORDER BY signed_up_ms)");
}

static void
what_was_said_of_a_heading_is_known_in_the_next_file(void **state) /* LD1 */
{
    (void)state;
    assert_int_equal(form(HEADING "Gebouw\n" ANNA "De Brug\n", NULL), BW_EXIT_LOOK);
    assert_int_equal(
        form(HEADING "Gebouw\n" ANNA "De Brug\n", "school=Gebouw"), BW_EXIT_DONE);
    says("0 added, 1 changed"); /* read otherwise, the same file is news */
    assert_string_equal(schools(), "De Brug|");
    assert_int_equal(form("Gebouw," HEADING "\nDe Vaart," BAS "\n", NULL), BW_EXIT_DONE);
    says("\"Gebouw\" is read as School, as was said before");
    assert_string_equal(schools(), "De Brug;De Vaart|");
    const char *path = office_write(&office, "wacht.csv",
        HEADING "Gebouw,Leerkring\n10-2-2025 9:02,c@x.nl,Cas Cc,"
                "Brugfunctionaris,Oost,De Molen,Leerkring Zwolle\n");
    assert_int_equal(office_run(&office, "import", "waitlist", path, "--clock",
                         "2025-02-20T12:00", NULL),
        BW_EXIT_DONE);
    assert_string_equal(schools(), "De Brug;De Vaart;De Molen|");
}

static void
what_was_learned_goes_with_its_step(void **state) /* LD1 */
{
    (void)state;
    static const char csv[] = HEADING "Gebouw\n" ANNA "De Brug\n";
    assert_int_equal(form(csv, "school=Gebouw"), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "undo", "--clock", "2025-02-20T12:01", NULL), BW_EXIT_DONE);
    assert_int_equal(form(csv, NULL), BW_EXIT_LOOK);
    says("no column is School");
    /* with nothing else to change it is a step all the same */
    assert_int_equal(form(csv, "school=-"), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "undo", "--clock", "2025-02-20T12:02", NULL), BW_EXIT_DONE);
    assert_int_equal(form(csv, NULL), BW_EXIT_LOOK);
}

static void
that_there_is_none_is_known_for_forms_with_the_same_headings(void **state)
{
    (void)state;
    assert_int_equal(form("Tijdstempel,E-mailadres,Naam,Functie,Regio\n"
                          "10-2-2025 9:00,a@x.nl,Anna Aa,Brugfunctionaris,Oost\n",
                         "school=-"),
        BW_EXIT_DONE);
    assert_int_equal(form("Tijdstempel,E-mailadres,Naam,Functie,Regio\n"
                          "10-2-2025 9:01,b@x.nl,Bas Bb,Brugfunctionaris,Oost\n",
                         NULL),
        BW_EXIT_DONE);
    assert_int_equal(form(HEADING "Gebouw\n" ANNA "De Brug\n", NULL), BW_EXIT_LOOK);
    says("no column is School");
}

static void
the_last_word_counts(void **state) /* LD1 */
{
    (void)state;
    static const char csv[] = HEADING "Gebouw,Plek\n" ANNA "De Brug,De Vaart\n";
    assert_int_equal(form(csv, "school=Gebouw"), BW_EXIT_DONE);
    assert_int_equal(form(csv, "school=Plek"), BW_EXIT_DONE);
    assert_int_equal(form(csv, NULL), BW_EXIT_DONE);
    says("\"Plek\" is read as School");
    assert_string_equal(schools(), "De Vaart|");
}

static void
nothing_is_learned_of_what_is_known_anyway_or_said_twice(void **state) /* LD2 */
{
    (void)state;
    assert_int_equal(
        form(HEADING "School,School\n" ANNA "De Brug,De Vaart\n", "school=School#2"),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM learned"), 0);
    static const char csv[] = HEADING "Gebouw\n" ANNA "De Brug\n";
    assert_int_equal(form(csv, "school=Gebouw"), BW_EXIT_DONE);
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    assert_int_equal(form(csv, "school=Gebouw"), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM learned"), 1);
}

static void
a_check_learns_nothing(void **state)
{
    (void)state;
    const char *path =
        office_write(&office, "form.csv", HEADING "Gebouw\n" ANNA "De Brug\n");
    assert_int_equal(office_run(&office, "import", "registrations", path, "--clock",
                         "2025-02-20T12:00", "--session", "S-1", "--map", "school=Gebouw",
                         "--check", NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM learned"), 0);
}

/* ---- other words ---- */

static const char *
regions(void)
{
    return office_text(&office,
        "SELECT group_concat(region, ';') FROM"
        " (SELECT region FROM registration ORDER BY signed_up_ms)");
}

#define WHOLE "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
#define CAS(region) "10-2-2025 9:02,c@x.nl,Cas Cc,De Brug,Brugfunctionaris," region "\n"
#define DIK(region) "10-2-2025 9:03,d@x.nl,Dik Dd,De Brug,Brugfunctionaris," region "\n"

static enum bw_exit
aliased(const char *kind, const char *csv, const char *alias)
{
    const char *path = office_write(&office, "form.csv", csv);
    bool circle = strcmp(kind, "waitlist") == 0;
    return office_run(&office, "import", kind, path, "--clock", "2025-02-20T12:00",
        circle ? "--yes" : "--session", circle ? "--alias" : "S-1",
        circle ? (alias != NULL ? alias : "x=Oost") : (alias != NULL ? "--alias" : NULL),
        circle ? NULL : alias, NULL);
}

static void
another_word_for_a_region_is_said_once(void **state)
{
    (void)state;
    assert_int_equal(aliased("registrations", WHOLE CAS("Twente"), NULL), BW_EXIT_DONE);
    says("--alias \"Twente=REGION\"");
    assert_int_equal(
        aliased("registrations", WHOLE CAS("Twente"), "twente=oost"), BW_EXIT_DONE);
    says("1 changed");
    assert_int_equal(aliased("registrations", WHOLE DIK("TWENTE"), NULL), BW_EXIT_DONE);
    assert_string_equal(regions(), "Oost;Oost|");
    assert_int_equal(
        aliased("registrations", WHOLE CAS("Twente"), "Twente=Elders"), BW_EXIT_FAILED);
    says("--alias takes SPELLING=NAME");
    assert_int_equal(
        office_run(&office, "undo", "--clock", "2025-02-20T12:01", NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "undo", "--clock", "2025-02-20T12:02", NULL), BW_EXIT_DONE);
    assert_int_equal(aliased("registrations", WHOLE DIK("Twente"), NULL), BW_EXIT_DONE);
    assert_string_equal(regions(), "Twente;Twente|");
}

/* Typed the wrong way round it would move all of a region to another, file after file. */
static void
a_region_is_no_other_word_for_another_one(void **state)
{
    (void)state;
    const char *path = office_write(&office, "s.csv",
        "code,series,title,region,starts_at,ends_at,capacity,audience\n"
        "S-9,reeks,Leerkring Assen,Noord,2025-03-26T13:30,2025-03-26T16:30,5,"
        "brugfunctionaris\n");
    assert_int_equal(office_run(&office, "import", "sessions", path, NULL), BW_EXIT_DONE);
    assert_int_equal(
        aliased("registrations", WHOLE CAS("Noord"), "regio noord=Oost"), BW_EXIT_FAILED);
    says("both are regions of reeks");
    assert_int_equal(aliased("registrations", WHOLE CAS("Noord"), "Noord=regio Noord"),
        BW_EXIT_FAILED);
    assert_int_equal(aliased("registrations", WHOLE CAS("Noord"), NULL), BW_EXIT_DONE);
    assert_string_equal(regions(), "Noord|");
}

static void
a_region_in_other_words_that_everybody_knows_needs_no_alias(void **state)
{
    (void)state;
    assert_int_equal(
        aliased("registrations", WHOLE CAS("Oost-Nederland") DIK("regio East"), NULL),
        BW_EXIT_DONE);
    assert_string_equal(regions(), "Oost;Oost|");
    assert_null(strstr(office.out, "note"));
}

static void
another_word_for_a_circle_is_said_once(void **state)
{
    (void)state;
    static const char csv[] =
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Leerkring\n"
        "10-2-2025 9:02,c@x.nl,Cas Cc,De Brug,Brugfunctionaris,Oost,Kring 3\n";
    assert_int_equal(aliased("waitlist", csv, NULL), BW_EXIT_LOOK);
    says("--alias SPELLING=CODE");
    assert_int_equal(aliased("waitlist", csv, "Kring 3=S-1"), BW_EXIT_DONE);
    assert_int_equal(aliased("waitlist", csv, NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 1);
}

/* ---- questions ---- */

/* `session`: NULL where each row names its own. */
static enum bw_status
ask_of(const char *session, const char *csv, struct bw_import_questions *ret_questions)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    struct bw_import_result result = {.rows = 0};
    char key[300];
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    (void)snprintf(key, sizeof key, "%s", office_path(&office, "central.db.key"));
    struct bw_office verbs = {.central = central, .key_path = key};
    bw_clock_init_system(&verbs.clock);
    bw_clock_inject(&verbs.clock, INT64_C(1741600000000));
    const struct bw_import_request request = {.kind = BW_IMPORT_REGISTRATIONS,
        .path = office_write(&office, "form.csv", csv),
        .session = session,
        .ret_questions = ret_questions};
    enum bw_status status = bw_import_file(&verbs, &request, &result, &err);
    bw_import_result_finish(&result);
    bw_central_close(central);
    return status;
}

static enum bw_status
ask(const char *csv, struct bw_import_questions *ret_questions)
{
    return ask_of("S-1", csv, ret_questions);
}

static void
a_heading_that_is_nearly_known_is_asked_about_before_anything_changes(void **state)
{
    (void)state;
    struct bw_import_questions *questions = calloc(1, sizeof *questions);
    assert_non_null(questions);
    char *before = office_dump(&office);
    assert_int_equal(
        ask(HEADING "Dieet,Hoe noem je de school waar je werkt\n" ANNA "geen,De Brug\n",
            questions),
        BW_REFUSED);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    assert_int_equal(questions->count, 1);
    const struct bw_import_question *q = &questions->items[0];
    assert_string_equal(q->about, "school");
    assert_int_equal(q->count, 2);
    assert_int_equal(q->best, 1);
    assert_string_equal(q->choices[1].value, "Hoe noem je de school waar je werkt");
    assert_string_equal(q->choices[1].shown, "De Brug");
    assert_false(q->required);
    free(before);
    free(after);
    free(questions);
}

static void
a_region_that_no_session_has_is_asked_about(void **state)
{
    (void)state;
    struct bw_import_questions *questions = calloc(1, sizeof *questions);
    assert_non_null(questions);
    assert_int_equal(ask(WHOLE CAS("Twente") DIK("Twente"), questions), BW_REFUSED);
    assert_int_equal(questions->count, 1);
    assert_int_equal(questions->items[0].ask, BW_IMPORT_ASK_REGION);
    assert_string_equal(questions->items[0].about, "Twente");
    assert_int_equal(questions->items[0].count, 1);
    assert_string_equal(questions->items[0].choices[0].value, "Oost");
    free(questions);
}

static void
a_circle_that_no_session_is_called_is_asked_about(void **state)
{
    (void)state;
    static const char csv[] =
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Leerkring\n"
        "10-2-2025 9:00,c@x.nl,Cas Cc,De Brug,brugfunctionaris,Oost,Kring 3\n"
        "10-2-2025 9:01,d@x.nl,Dik Dd,De Brug,brugfunctionaris,Oost,Kring 3\n"
        "10-2-2025 9:02,e@x.nl,Eva Ee,De Brug,brugfunctionaris,Oost,Leerkring Zwolle\n";
    struct bw_import_questions *questions = calloc(1, sizeof *questions);
    assert_non_null(questions);
    char *before = office_dump(&office);
    assert_int_equal(ask_of(NULL, csv, questions), BW_REFUSED);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    assert_int_equal(questions->count, 1);
    const struct bw_import_question *q = &questions->items[0];
    assert_int_equal(q->ask, BW_IMPORT_ASK_CIRCLE);
    assert_string_equal(q->about, "Kring 3");
    assert_int_equal(q->count, 1);
    assert_string_equal(q->choices[0].value, "S-1");
    assert_string_equal(q->choices[0].shown, "Leerkring Zwolle");
    /* answered as the terminal answers it: none of them */
    const char *path = office_write(&office, "form.csv", csv);
    assert_int_equal(office_run(&office, "import", "registrations", path, "--alias",
                         "Kring 3=-", "--clock", "2025-03-10T12:00", NULL),
        BW_EXIT_LOOK);
    assert_int_equal(ask_of(NULL, csv, questions), BW_OK);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 1);
    free(before);
    free(after);
    free(questions);
}

static void
a_form_that_must_say_who_somebody_is_asks_for_that_column(void **state)
{
    (void)state;
    struct bw_import_questions *questions = calloc(1, sizeof *questions);
    assert_non_null(questions);
    assert_int_equal(ask("Tijdstempel,E-mailadres,School,Regio,Aanwezige,Waarvoor\n"
                         "10-2-2025 9:00,a@x.nl,De Brug,Oost,Anna,Brugfunctionaris\n",
                         questions),
        BW_REFUSED);
    assert_int_equal(questions->count, 2);
    assert_string_equal(questions->items[0].about, "name");
    assert_true(questions->items[0].required);
    assert_string_equal(questions->items[1].about, "role");
    free(questions);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_said_of_a_heading_is_known_in_the_next_file),
        TEST(what_was_learned_goes_with_its_step),
        TEST(that_there_is_none_is_known_for_forms_with_the_same_headings),
        TEST(the_last_word_counts),
        TEST(nothing_is_learned_of_what_is_known_anyway_or_said_twice),
        TEST(a_check_learns_nothing),
        TEST(a_heading_that_is_nearly_known_is_asked_about_before_anything_changes),
        TEST(another_word_for_a_region_is_said_once),
        TEST(a_region_is_no_other_word_for_another_one),
        TEST(a_region_in_other_words_that_everybody_knows_needs_no_alias),
        TEST(another_word_for_a_circle_is_said_once),
        TEST(a_region_that_no_session_has_is_asked_about),
        TEST(a_circle_that_no_session_is_called_is_asked_about),
        TEST(a_form_that_must_say_who_somebody_is_asks_for_that_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
