/* Schools that are written in several ways: which may be one. */
#include "central/schools.h"
#include "office/import/read/schools.h"

#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <string.h>

static void
key_is(const char *school, const char *expected_name, const char *expected_town)
{
    char name[BW_SCHOOL_KEY_BYTES], town[BW_SCHOOL_KEY_BYTES];
    bw_school_key(school, name, town);
    assert_string_equal(name, expected_name);
    assert_string_equal(town, expected_town);
}

static void
kind_article_and_town_are_no_part_of_the_name(void **state)
{
    (void)state;
    key_is("OBS De Brug", "brug", "");
    key_is("O.B.S. de Brug ", "brug", "");
    key_is("De Brug", "brug", "");
    key_is("OBS De Brug te Groningen", "brug", "groningen");
    key_is("Basisschool De Brug (Groningen)", "brug", "groningen");
    key_is("De Brug, Den Haag", "brug", "denhaag");
    key_is("School", "", "");
    key_is("In de Wolken", "inwolken", "");
    key_is("", "", "");
}

/* Fault file 4. */
static void
ways_to_write_one_school_are_proposed_and_stay(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 9, false);
    const char *path = office_write(&office, "form.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "10-2-2025 09:10,x0@b.nl,Anna Aa,OBS De Brug,Brugfunctionaris,Oost\n"
        "10-2-2025 09:11,x1@b.nl,Bas Bb,obs de brug,Brugfunctionaris,Oost\n"
        "10-2-2025 09:12,x2@b.nl,Cas Cc,O.B.S. De Brug ,Brugfunctionaris,Oost\n"
        "10-2-2025 09:13,x3@b.nl,Dik Dd,OBS De Brug te Groningen,Brugfunctionaris,Oost\n"
        "10-2-2025 09:14,x4@b.nl,Eva Ee,De Brug,Brugfunctionaris,Oost\n"
        "10-2-2025 09:15,x5@b.nl,Fee Ff,De Vaart te Assen,Brugfunctionaris,Oost\n"
        "10-2-2025 09:16,x6@b.nl,Gea Gg,De Vaart te Hoorn,Brugfunctionaris,Oost\n");
    assert_int_equal(
        office_run(&office, "import", "registrations", path, "--session", "S-1", NULL),
        BW_EXIT_DONE);
    if (strstr(office.out, "5 schools may be one: \"De Brug\", ") == NULL) {
        fail_msg("%s", office.out);
    }
    assert_null(strstr(office.out, "Vaart"));
    assert_int_equal(
        office_number(&office, "SELECT count(DISTINCT school) FROM registration"), 7);
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kind_article_and_town_are_no_part_of_the_name),
        cmocka_unit_test(ways_to_write_one_school_are_proposed_and_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
