/* A form that is given for the wrong circle is asked about before anything changes. */

#include "tests/sync/one_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* S-1 is of region Oost; S-2 is another circle of its series, in Oost too. */
static int
setup(void **state)
{
    (void)state;
    office_open(&office, 20, false);
    office_second_circle(&office, 20);
    return 0;
}

/* A form of `count` people from `region`; each row ends with `more`. */
static const char *
form(const char *name, int count, const char *region, const char *more)
{
    char text[4000] = "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Leerkring\n";
    for (int i = 0; i < count; i++) {
        size_t used = strlen(text);
        (void)snprintf(text + used, sizeof text - used,
            "2025-02-10 09:%02d:00,p%d@x.example,Piet P%d,OBS De Brug,brugfunctionaris,"
            "%s,%s\n",
            i, i, i, region, more);
    }
    return office_write(&office, name, text);
}

/* Refused with this in its sentence, and nothing was changed. */
static void
is_asked(const char *path, const char *session, const char *why)
{
    char *before = office_dump(&office);
    assert_int_equal(
        office_run(&office, "import", "registrations", path, "--session", session, NULL),
        BW_EXIT_FAILED);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    if (strstr(office.diag, why) == NULL || strstr(office.diag, "--yes") == NULL) {
        fail_msg("%s", office.diag);
    }
}

static void
goes_in(const char *path, const char *session, const char *yes)
{
    enum bw_exit result = office_run(
        &office, "import", "registrations", path, "--session", session, yes, NULL);
    if (result > BW_EXIT_LOOK) {
        fail_msg("%s", office.diag);
    }
}

static void
people_known_in_another_circle_are_asked_about(void **state)
{
    (void)state;
    const char *path = form("f.csv", 5, "Oost", "");
    goes_in(path, "S-1", NULL);
    is_asked(path, "S-2", "known in S-1");
    goes_in(path, "S-1", NULL); /* the same again is no question */
    goes_in(path, "S-2", "--yes");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 10);
}

static void
who_is_known_in_several_circles_is_counted_in_each(void **state)
{
    (void)state;
    const char *sessions = office_write(&office, "s3.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-3,reeks,Leerkring Borne,leerkring,Oost,Kerk,2025-03-28T13:30,"
        "2025-03-28T16:30,20,brugfunctionaris\n");
    assert_int_equal(
        office_run(&office, "import", "sessions", sessions, NULL), BW_EXIT_DONE);
    goes_in(form("f.csv", 4, "Oost", ""), "S-2", NULL);
    goes_in(office_write(&office, "g.csv",
                OFFICE_FORM "2025-02-10 09:04:00,p4@x.example,Piet P4,OBS De Brug,"
                            "brugfunctionaris,Oost\n"),
        "S-3", NULL);
    is_asked(form("h.csv", 5, "Oost", ""), "S-1", "4 of 5 people in it are known in S-2");
}

static void
somebody_may_sign_up_for_two_circles(void **state)
{
    (void)state;
    goes_in(form("f.csv", 2, "Oost", ""), "S-1", NULL);
    goes_in(form("g.csv", 2, "Oost", ""), "S-2", NULL);
}

static void
a_form_of_another_region_is_asked_about(void **state)
{
    (void)state;
    const char *path = form("f.csv", 8, "Noord", "");
    is_asked(path, "S-1", "another region (Noord, say) than Oost");
    goes_in(path, "S-1", "--yes");
}

static void
another_region_is_allowed(void **state)
{
    (void)state;
    goes_in(form("f.csv", 4, "Noord", ""), "S-1", NULL);
}

static void
a_column_that_names_another_circle_is_asked_about(void **state)
{
    (void)state;
    is_asked(form("f.csv", 2, "Oost", "Leerkring Almelo"), "S-1", "--session S-2");
}

static void
a_column_that_names_this_circle_is_no_question(void **state)
{
    (void)state;
    goes_in(form("f.csv", 3, "Oost", "Leerkring Zwolle"), "S-1", NULL);
}

static void
a_file_that_is_called_another_circles_is_asked_about(void **state)
{
    (void)state;
    const char *path = form("Leerkring Almelo (antwoorden).csv", 3, "Oost", "");
    is_asked(path, "S-1", "its name or title says Leerkring Almelo (S-2)");
    goes_in(path, "S-1", "--yes");
    goes_in(path, "S-1", NULL); /* most are known here by now: that says more */
}

/* Who gave the file its name may have given it the wrong one. */
static void
a_file_whose_title_names_another_circle_than_its_name_is_asked_about(void **state)
{
    (void)state;
    const char *path = office_write(&office, "Leerkring Zwolle.csv",
        "Aanmelden leerkring Almelo,,,,,\n"
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "2025-02-10 09:00:00,p@x.example,Piet P,OBS De Brug,brugfunctionaris,Oost\n");
    is_asked(path, "S-1", "its name or title says Leerkring Almelo (S-2)");
    goes_in(path, "S-1", "--yes");
}

static void
the_waiting_lists_form_is_asked_about(void **state)
{
    (void)state;
    is_asked(
        form("wachtlijst.csv", 3, "Oost", "Leerkring Zwolle"), "S-1", "import waitlist");
    const char *several = office_write(&office, "f.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio,Leerkring\n"
        "2025-02-10 09:00:00,a@x.example,Anna A,OBS,brugfunctionaris,Oost,S-1\n"
        "2025-02-10 09:01:00,b@x.example,Bram B,OBS,brugfunctionaris,Oost,S-2\n"
        "2025-02-10 09:02:00,c@x.example,Cas C,OBS,brugfunctionaris,Oost,S-2\n");
    is_asked(several, "S-1", "several circles");
    const char *rows = form("Wachtlijst (reacties).csv", 3, "Oost", "Leerkring Zwolle");
    assert_int_equal(
        office_run(&office, "import", "registrations", rows, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "import waitlist"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
    assert_int_equal(office_run(&office, "import", "registrations", rows, "--yes", NULL),
        BW_EXIT_DONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(people_known_in_another_circle_are_asked_about),
        TEST(who_is_known_in_several_circles_is_counted_in_each),
        TEST(somebody_may_sign_up_for_two_circles),
        TEST(a_form_of_another_region_is_asked_about),
        TEST(another_region_is_allowed),
        TEST(a_column_that_names_another_circle_is_asked_about),
        TEST(a_column_that_names_this_circle_is_no_question),
        TEST(a_file_that_is_called_another_circles_is_asked_about),
        TEST(a_file_whose_title_names_another_circle_than_its_name_is_asked_about),
        TEST(the_waiting_lists_form_is_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
