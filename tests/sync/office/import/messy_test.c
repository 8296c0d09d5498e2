/* Lists as colleagues keep them: with totals, remarks, headings that were pasted along,
 * or none; whoever stands in one goes in, and the rest is said in words of its own. */
#include "tests/sync/office/table/zip_help.h"
#include "tests/sync/one_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADINGS "Tijdstempel;E-mailadres;Naam;School;Functie;Regio\n"
#define ANNA "10-02-2025 09:10;anna@x.nl;Anna Vos;OBS Een;brugfunctionaris;Oost\n"
#define BOB "10-02-2025 09:20;bob@x.nl;Bob Bos;OBS Twee;brugfunctionaris;Oost\n"

static int
setup(void **state)
{
    (void)state;
    office_open(&office, 9, false);
    return 0;
}

/* How many go in, of a list of S-1. */
static int64_t
taken(const char *text, enum bw_exit expected)
{
    const char *path = office_write(&office, "list.csv", text);
    assert_int_equal(
        office_run(&office, "import", "registrations", path, "--session", "S-1", NULL),
        expected);
    return office_number(&office, "SELECT count(*) FROM registration");
}

static void
a_total_and_a_remark_below_the_list_are_nobody(void **state)
{
    (void)state;
    assert_int_equal(
        taken(HEADINGS ANNA BOB ";;;;;\nTotaal;;2;;;\n;;;* komt later;;\n", BW_EXIT_LOOK),
        2);
    says("line 5, invalid: nobody stands here: no name, and no mail address (\"Totaal\", "
         "\"2\")");
    says("line 6, invalid: nobody stands here");
}

static void
headings_that_were_pasted_along_are_nobody(void **state)
{
    (void)state;
    assert_int_equal(taken(HEADINGS ANNA HEADINGS BOB, BW_EXIT_LOOK), 2);
    says("line 3, invalid: the headings stand here once more");
}

static void
who_has_no_time_of_sign_up_is_named(void **state)
{
    (void)state;
    assert_int_equal(
        taken(HEADINGS ANNA ";bob@x.nl;Bob Bos;OBS Twee;brugfunctionaris;Oost\n",
            BW_EXIT_LOOK),
        1);
    says("Bob Bos: the time of sign-up (Tijdstempel) isn't filled in");
}

/* Neither by itself, nor where somebody says which column is what. */
static void
a_list_without_headings_loses_nobody(void **state)
{
    (void)state;
    assert_int_equal(taken(ANNA BOB, BW_EXIT_FAILED), 0);
    says("line 1 is an answer itself (\"anna@x.nl\")");
    const char *path = office_write(&office, "list.csv", ANNA BOB);
    assert_int_equal(office_run(&office, "import", "registrations", path, "--session",
                         "S-1", "--map", "name=Anna Vos", NULL),
        BW_EXIT_FAILED);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
}

static void
what_an_archive_holds_beside_its_lists_is_named(void **state)
{
    (void)state;
    static const struct zip_part parts[] = {{"Leerkring Zwolle.csv", HEADINGS ANNA, 0},
        {"map/Leerkring Almelo.csv", HEADINGS BOB, 0}, {"leesmij.pdf", "%PDF-1.4", 0},
        {"../x\033[2J.exe", "?", 0}, {"__MACOSX/._leesmij.pdf", "?", 0},
        {"map/.DS_Store", "?", 0}, {NULL, NULL, 0}};
    unsigned char *bytes = NULL;
    size_t length = 0;
    zip_make(parts, &bytes, &length);
    office_second_circle(&office, 9);
    const char *path = office_write_bytes(&office, "all.zip", bytes, length);
    free(bytes);
    assert_int_equal(
        office_run(&office, "import", "registrations", path, NULL), BW_EXIT_DONE);
    says("leesmij.pdf, passed over: it is a PDF and no table; export the answers as CSV");
    says("../x?[2J.exe: no table"); /* a name that would turn a terminal around */
    assert_null(strstr(office.out, "MACOSX"));
    assert_null(strstr(office.out, "DS_Store"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 2);
}

/* A title in merged cells, columns between that are blank, and what a form with sections
 * asks twice. */
static void
a_title_blank_columns_and_headings_asked_twice_lose_nobody(void **state)
{
    (void)state;
    static const char list[] =
        "\xef\xbb\xbf"
        "Aanmeldingen leerkring Zwolle;;;;;;;;\n;;;;;;;;\n"
        "Tijdstempel;E-mailadres;;Naam;School;Functie;Regio;Naam;E-mailadres\n"
        "13-02-2025 09:10;anna@x.nl;;Anna Vos;OBS Een;brugfunctionaris;Oost;;\n"
        "13-02-2025 09:20;;;;OBS Twee;brugfunctionaris;Oost;Bob Bos;bob@x.nl\n";
    assert_int_equal(taken(list, BW_EXIT_LOOK), 2);
    says("both mean Naam: where the first is empty the other is used");
    says("What stands above the heading on line 3 was passed over");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM person WHERE mail = 'bob@x.nl'"), 1);
}

/* The number of a day, where a sheet's cells lost their format. */
static void
days_that_a_sheet_left_as_numbers_are_days(void **state)
{
    (void)state;
    assert_int_equal(
        taken(HEADINGS "45700,375;anna@x.nl;Anna Vos;OBS Een;brugfunctionaris;Oost\n"
                       "45701.5;bob@x.nl;Bob Bos;OBS Twee;brugfunctionaris;Oost\n",
            BW_EXIT_DONE),
        2);
    assert_string_equal(
        office_text(&office,
            "SELECT group_concat(t, ' ') FROM (SELECT date(signed_up_ms / 1000,"
            " 'unixepoch') AS t FROM registration ORDER BY signed_up_ms)"),
        "2025-02-12 2025-02-13|");
}

/* It comes once: who looks what it is takes it. */
static void
a_list_by_standard_input_goes_in_like_a_file(void **state)
{
    (void)state;
    assert_non_null(
        freopen(office_write(&office, "list.csv", HEADINGS ANNA BOB), "r", stdin));
    assert_int_equal(
        office_run(&office, "import", "registrations", "-", "--session", "S-1", NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 2);
}

#define IN(test) cmocka_unit_test_setup_teardown(test, setup, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN(a_total_and_a_remark_below_the_list_are_nobody),
        IN(headings_that_were_pasted_along_are_nobody),
        IN(who_has_no_time_of_sign_up_is_named),
        IN(a_list_without_headings_loses_nobody),
        IN(what_an_archive_holds_beside_its_lists_is_named),
        IN(a_title_blank_columns_and_headings_asked_twice_lose_nobody),
        IN(days_that_a_sheet_left_as_numbers_are_days),
        IN(a_list_by_standard_input_goes_in_like_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
