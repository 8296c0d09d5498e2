/* Columns of forms that are doubled, missing, or under headings that nobody knows. */
#define ONE_OFFICE_PLACES 9
#include "tests/sync/one_office.h"

#include <string.h>

static enum bw_exit
import(const char *csv, const char *map)
{
    const char *path = office_write(&office, "form.csv", csv);
    return office_run(&office, "import", "registrations", path, "--session", "S-1",
        map != NULL ? "--map" : NULL, map, NULL);
}

static const char *
schools(void)
{
    return office_text(&office,
        "SELECT group_concat(school, ';') FROM"
        " (SELECT school FROM registration ORDER BY signed_up_ms)");
}

#define BEGIN "Tijdstempel,E-mailadres,Naam,Functie,Regio,"
#define ONE "10-2-2025 9:00,a@x.nl,Anna Aa,Brugfunctionaris,Oost,"
#define TWO "10-2-2025 9:01,b@x.nl,Bas Bb,Brugfunctionaris,Oost,"

/* A form with a section for each region asks for the school in each. */
static void
columns_that_fill_each_other_in_are_one(void **state)
{
    (void)state;
    assert_int_equal(
        import(
            BEGIN "School,Naam van je school\n" ONE "De Brug,\n" TWO ",De Vaart\n", NULL),
        BW_EXIT_LOOK);
    says("both mean School");
    assert_string_equal(schools(), "De Brug;De Vaart|");
}

static void
columns_that_differ_are_asked_about(void **state)
{
    (void)state;
    static const char csv[] =
        BEGIN "School,School\n" ONE "De Brug,De Vaart\n" TWO "De Brug,De Brug\n";
    assert_int_equal(import(csv, NULL), BW_EXIT_FAILED);
    says("--map \"school=School#2\"");
    says("line 2");
    assert_int_equal(import(csv, "school=School#2"), BW_EXIT_DONE);
    assert_string_equal(schools(), "De Vaart;De Brug|");
}

static void
columns_that_say_the_same_are_fine(void **state)
{
    (void)state;
    assert_int_equal(
        import(BEGIN "School,Schoolnaam\n" ONE "De Brug,de brug\n", NULL), BW_EXIT_DONE);
    assert_string_equal(schools(), "De Brug|");
}

static void
a_column_of_addresses_is_proposed_as_mail(void **state)
{
    (void)state;
    static const char csv[] = "Tijdstempel,Naam,School,Functie,Regio,Bereikbaar via\n"
                              "10-2-2025 9:00,Anna Aa,De Brug,Brugfunctionaris,Oost,"
                              "a@x.nl\n";
    assert_int_equal(import(csv, NULL), BW_EXIT_LOOK);
    says("--map \"email=Bereikbaar via\"");
    assert_int_equal(import(csv, "e-mail=Bereikbaar via"), BW_EXIT_DONE);
}

static void
a_form_without_school_region_and_mail_is_named_unless_confirmed(void **state)
{
    (void)state;
    static const char csv[] =
        "Tijdstempel,Naam,Functie\n10-2-2025 9:00,Anna Aa,Brugfunctionaris\n";
    assert_int_equal(import(csv, NULL), BW_EXIT_LOOK);
    says("no column is School, Regio, E-mailadres");
    says("--map school=- --map region=- --map email=-");
    static const char alone[] = "Tijdstempel,Naam,Functie,Regio,E-mailadres\n"
                                "10-2-2025 9:00,Anna Aa,Brugfunctionaris,Oost,a@x.nl\n";
    assert_int_equal(import(alone, NULL), BW_EXIT_LOOK);
    says("no column is School:");
    assert_int_equal(import(alone, "school=-"), BW_EXIT_DONE);
    assert_int_equal(import("Tijdstempel,Naam,Functie,Regio,E-mailadres,Wat nog meer\n"
                            "10-2-2025 9:00,Anna Aa,Brugfunctionaris,Oost,a@x.nl,x\n",
                         "school=-"),
        BW_EXIT_DONE);
}

static void
maps_know_dutch_fields_and_refuse_doubles(void **state)
{
    (void)state;
    static const char csv[] = BEGIN "Gebouw,Plek\n" ONE "De Brug,De Vaart\n";
    const char *path = office_write(&office, "form.csv", csv);
    assert_int_equal(office_run(&office, "import", "registrations", path, "--session",
                         "S-1", "--map", "School=Gebouw", "--map", "school=Plek", NULL),
        BW_EXIT_FAILED);
    says("gives school twice");
    assert_int_equal(import(csv, "Schoolnaam=Plek"), BW_EXIT_DONE);
    assert_string_equal(schools(), "De Vaart|");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(columns_that_fill_each_other_in_are_one),
        TEST(columns_that_differ_are_asked_about),
        TEST(columns_that_say_the_same_are_fine),
        TEST(a_column_of_addresses_is_proposed_as_mail),
        TEST(a_form_without_school_region_and_mail_is_named_unless_confirmed),
        TEST(maps_know_dutch_fields_and_refuse_doubles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
