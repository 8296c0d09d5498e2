/* Several forms at once, in a folder or an archive, each recognised by its rows or its
 * name. */
#include "tests/sync/office/table/zip_help.h"
#include "tests/sync/one_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie,Regio"
#define ANNA "\n10-2-2025 9:00,a@x.nl,Anna Aa,De Brug,Brugfunctionaris,Oost"
#define BAS "\n10-2-2025 9:01,b@x.nl,Bas Bb,De Brug,Brugfunctionaris,Oost"

static int
open_office(void **state)
{
    (void)state;
    office_open(&office, 9, false);
    const char *path = office_write(&office, "s.csv",
        "code,series,title,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Assen,2025-03-26T13:30,2025-03-26T16:30,5,"
        "brugfunctionaris\n");
    assert_int_equal(office_run(&office, "import", "sessions", path, NULL), BW_EXIT_DONE);
    return 0;
}

static int
people_of(const char *session)
{
    char sql[160];
    (void)snprintf(sql, sizeof sql,
        "SELECT count(*) FROM registration JOIN session USING (session_no)"
        " WHERE session.code = '%s'",
        session);
    return (int)office_number(&office, sql);
}

static enum bw_exit
import(const char *path)
{
    return office_run(
        &office, "import", "registrations", path, "--clock", "2025-02-20T12:00", NULL);
}

static void
a_folder_is_the_forms_in_it(void **state)
{
    (void)state;
    assert_int_equal(mkdir(office_path(&office, "forms"), 0700), 0);
    (void)office_write(&office, "forms/Leerkring Zwolle (antwoorden).csv", HEADING ANNA);
    (void)office_write(&office, "forms/aanmelding_S-2.csv", HEADING BAS);
    (void)office_write(&office, "forms/lees mij.md", "x");
    assert_int_equal(import(office_path(&office, "forms")), BW_EXIT_DONE);
    assert_int_equal(people_of("S-1"), 1);
    assert_int_equal(people_of("S-2"), 1);
    assert_int_equal(mkdir(office_path(&office, "leeg"), 0700), 0);
    assert_int_equal(import(office_path(&office, "leeg")), BW_EXIT_FAILED);
}

static void
an_archive_of_several_forms_is_each_of_them(void **state)
{
    (void)state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    const struct zip_part parts[] = {{"Leerkring Zwolle.csv", HEADING ANNA, 0},
        {"Leerkring Assen.csv", HEADING BAS, 0}, {"Iets anders.csv", HEADING BAS, 0},
        {NULL, NULL, 0}};
    zip_make(parts, &bytes, &length);
    const char *path = office_write_bytes(&office, "forms.zip", bytes, length);
    free(bytes);
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "registrations", path,
        "--clock", "2025-02-20T12:00", NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    json_t *files = json_object_get(answer, "files");
    assert_int_equal(json_array_size(files), 3);
    assert_int_equal(json_number_of(json_array_get(files, 0), "confirmed"), 1);
    assert_non_null(json_object_get(json_array_get(files, 2), "error"));
    json_decref(answer);
    assert_int_equal(people_of("S-1"), 1);
    assert_int_equal(people_of("S-2"), 1);
}

static void
rows_that_name_their_circle_need_no_session(void **state)
{
    (void)state;
    const char *path = office_write(
        &office, "form.csv", HEADING ",Leerkring" ANNA ",Leerkring Zwolle" BAS ",S-2");
    assert_int_equal(import(path), BW_EXIT_DONE);
    assert_int_equal(people_of("S-1"), 1);
    assert_int_equal(people_of("S-2"), 1);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE status = 0"), 2);
}

static void
a_form_that_nothing_tells_of_is_asked_about(void **state)
{
    (void)state;
    assert_int_equal(
        import(office_write(&office, "form.csv", HEADING ANNA)), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "--session S"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_folder_is_the_forms_in_it),
        TEST(an_archive_of_several_forms_is_each_of_them),
        TEST(rows_that_name_their_circle_need_no_session),
        TEST(a_form_that_nothing_tells_of_is_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
