/* Several forms at once, in a folder, an archive or a workbook, each recognised by its
 * rows, its name or its title. */
#include "tests/sync/office/table/zip_help.h"
#include "tests/sync/one_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <xlsxwriter.h>

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

/* PL6: nobody knows her when the form comes in, and she answers for two. */
static void
who_answers_for_two_circles_of_one_form_is_one_person(void **state)
{
    (void)state;
    const char *path = office_write(&office, "both.csv",
        HEADING ",Leerkring" ANNA ",S-1" BAS ",S-2"
                "\n10-2-2025 9:05,a@x.nl,Anna Aa,De Brug,Brugfunctionaris,Oost,S-2");
    assert_int_equal(import(path), BW_EXIT_DONE);
    assert_int_equal(people_of("S-1"), 1);
    assert_int_equal(people_of("S-2"), 2);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person"), 2);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration r JOIN person p USING"
                               " (person_no) WHERE p.mail = 'a@x.nl'"),
        2);
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

/* ---- a workbook ---- */

/* A sheet with a form of one person, whose title stands above the heading where there is
 * one. */
static void
sheet_add(lxw_workbook *book, const char *name, const char *title, const char *person)
{
    static const char *const heading[] = {
        "Tijdstempel", "E-mailadres", "Naam", "School", "Functie", "Regio"};
    const char *const cells[] = {
        "10-2-2025 9:00", "", person, "De Brug", "Brugfunctionaris", "Oost"};
    lxw_worksheet *sheet = workbook_add_worksheet(book, name);
    lxw_row_t row = 0;
    if (title != NULL) {
        (void)worksheet_write_string(sheet, row++, 0, title, NULL);
    }
    for (lxw_col_t i = 0; i < 6; i++) {
        (void)worksheet_write_string(sheet, row, i, heading[i], NULL);
        (void)worksheet_write_string(sheet, row + 1, i, cells[i], NULL);
    }
}

static void
sheets_of_a_workbook_are_each_the_form_of_its_circle(void **state)
{
    (void)state;
    const char *path = office_path(&office, "alles.xlsx");
    lxw_workbook *book = workbook_new(path);
    (void)worksheet_write_string(
        workbook_add_worksheet(book, "Uitleg"), 0, 0, "Van Ria", NULL);
    sheet_add(book, "Zwolle", NULL, "Anna Aa");
    sheet_add(book, "Blad3", "Aanmeldingen leerkring Assen", "Bas Bb");
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(path), BW_EXIT_DONE);
    says("alles.xlsx: Zwolle: 1 rows");
    says("(S-2), as its title says");
    assert_int_equal(people_of("S-1"), 1);
    assert_int_equal(people_of("S-2"), 1);
    assert_int_equal(import(path), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 2);
    /* one circle's: the sheet that fits, and the others are named */
    assert_int_equal(office_run(&office, "import", "registrations", path, "--session",
                         "S-1", "--clock", "2025-02-20T12:00", NULL),
        BW_EXIT_LOOK);
    says("Blad3, which the workbook has too");
}

static void
a_sheet_that_names_no_circle_beside_those_that_do_is_told(void **state)
{
    (void)state;
    const char *path = office_path(&office, "alles.xlsx");
    lxw_workbook *book = workbook_new(path);
    sheet_add(book, "Zwolle", NULL, "Anna Aa");
    sheet_add(book, "Assen", NULL, "Bas Bb");
    sheet_add(book, "Samen", NULL, "Cas Cc");
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(path), BW_EXIT_LOOK);
    says("alles.xlsx: Samen: not imported");
    says("the name \"Samen\"");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 2);
}

static void
sheets_that_name_one_circle_are_named(void **state)
{
    (void)state;
    const char *path = office_path(&office, "alles.xlsx");
    lxw_workbook *book = workbook_new(path);
    sheet_add(book, "Zwolle", NULL, "Anna Aa");
    sheet_add(book, "Zwolle nagekomen", NULL, "Bas Bb");
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(path), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "its sheets Zwolle and Zwolle nagekomen are"));
    assert_non_null(strstr(office.diag, "--session S-1, which reads Zwolle alone"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
}

static void
a_hidden_sheet_is_told_and_not_read(void **state)
{
    (void)state;
    const char *path = office_path(&office, "Zwolle.xlsx");
    lxw_workbook *book = workbook_new(path);
    sheet_add(book, "Antwoorden", NULL, "Anna Aa");
    sheet_add(book, "Oud", NULL, "Bas Bb");
    worksheet_hide(workbook_get_worksheet_by_name(book, "Oud"));
    lxw_worksheet *empty = workbook_add_worksheet(book, "Leeg");
    worksheet_hide(empty);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(path), BW_EXIT_LOOK);
    says("hidden sheets (Oud)");
    assert_int_equal(people_of("S-1"), 1);
    /* beside sheets that each are a circle's form */
    path = office_path(&office, "alles.xlsx");
    book = workbook_new(path);
    sheet_add(book, "Zwolle", NULL, "Cas Cc");
    sheet_add(book, "Assen", NULL, "Dik Dd");
    sheet_add(book, "Assen oud", NULL, "Eva Ee");
    worksheet_hide(workbook_get_worksheet_by_name(book, "Assen oud"));
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(path), BW_EXIT_LOOK);
    says("hidden sheets (Assen oud)");
    assert_int_equal(people_of("S-2"), 1);
}

/* A list of choices, as forms are made with, needs nobody's look. */
static void
a_hidden_list_is_told_in_passing(void **state)
{
    (void)state;
    const char *path = office_path(&office, "Zwolle.xlsx");
    lxw_workbook *book = workbook_new(path);
    sheet_add(book, "Antwoorden", NULL, "Anna Aa");
    lxw_worksheet *list = workbook_add_worksheet(book, "Keuzes");
    (void)worksheet_write_string(list, 0, 0, "Noord", NULL);
    worksheet_hide(list);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(path), BW_EXIT_DONE);
    says("hidden sheets (Keuzes)");
}

/* The bytes of a file; the caller frees. */
static void *
bytes_of(const char *path, size_t *ret_length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    assert_true(file != NULL && memory != NULL);
    for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
        (void)fputc(c, memory);
    }
    (void)fclose(file);
    (void)fclose(memory);
    *ret_length = length;
    return bytes;
}

/* `parts` and the workbook as "map/alles.xlsx" in one archive. */
static const char *
pack(const char *book, const struct zip_part *part)
{
    size_t book_bytes = 0, length = 0;
    unsigned char *bytes = NULL;
    void *inner = bytes_of(book, &book_bytes);
    const struct zip_part parts[] = {
        {"map/alles.xlsx", inner, book_bytes}, *part, {NULL, NULL, 0}};
    zip_make(parts, &bytes, &length);
    const char *path = office_write_bytes(&office, "forms.zip", bytes, length);
    free(bytes);
    free(inner);
    return path;
}

static void
sheets_of_a_workbook_in_an_archive_are_each_a_form_too(void **state)
{
    static const struct zip_part beside = {
        "samen.csv", HEADING ",Leerkring" ANNA ",Leerkring Zwolle" BAS ",S-2", 0};
    static const struct zip_part none = {NULL, NULL, 0};
    (void)state;
    const char *path = office_path(&office, "alles.xlsx");
    lxw_workbook *book = workbook_new(path);
    sheet_add(book, "Zwolle", NULL, "Cas Cc");
    sheet_add(book, "Blad3", "Aanmeldingen leerkring Assen", "Dik Dd");
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(pack(path, &beside)), BW_EXIT_DONE);
    says("forms.zip: map/alles.xlsx: Zwolle: 1 rows");
    says("forms.zip: map/alles.xlsx: Blad3: 1 rows");
    assert_int_equal(people_of("S-1"), 2);
    assert_int_equal(people_of("S-2"), 2);
    assert_int_equal(import(pack(path, &none)), BW_EXIT_DONE); /* alone in it */
    says("map/alles.xlsx: Blad3: 1 rows");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 4);
}

/* A column Leerkring in each tells it. */
static void
sheets_whose_rows_name_their_circles_are_all_read(void **state)
{
    (void)state;
    const char *path = office_path(&office, "alles.xlsx");
    lxw_workbook *book = workbook_new(path);
    static const char *const names[] = {"Blad1", "Blad2"};
    for (int i = 0; i < 2; i++) {
        sheet_add(book, names[i], NULL, i == 0 ? "Anna Aa" : "Bas Bb");
        lxw_worksheet *sheet = workbook_get_worksheet_by_name(book, names[i]);
        (void)worksheet_write_string(sheet, 0, 6, "Leerkring", NULL);
        (void)worksheet_write_string(sheet, 1, 6, i == 0 ? "Zwolle" : "Assen", NULL);
    }
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(path), BW_EXIT_DONE);
    assert_int_equal(people_of("S-1"), 1);
    assert_int_equal(people_of("S-2"), 1);
}

/* ---- what is none of them ---- */

static void
what_lies_in_a_folder_instead_is_named_with_what_to_do(void **state)
{
    (void)state;
    assert_int_equal(mkdir(office_path(&office, "forms"), 0700), 0);
    (void)office_write(&office, "forms/antwoorden.pdf", "%PDF-1.7");
    (void)office_write(&office, "forms/foto.jpg", "?");
    (void)office_write(&office, "forms/Thumbs.db", "?");
    assert_int_equal(import(office_path(&office, "forms")), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "antwoorden.pdf: it is a PDF and no table"));
    assert_non_null(strstr(office.diag, "; foto.jpg: it is no table; save the answers"));
    assert_null(strstr(office.diag, "Thumbs"));
    (void)office_write(&office, "forms/Zwolle.csv", HEADING ANNA);
    assert_int_equal(import(office_path(&office, "forms")), BW_EXIT_DONE);
    says("antwoorden.pdf, passed over: it is a PDF");
}

/* Nor is what was passed over before that folder. */
static void
what_lay_elsewhere_is_not_named_as_of_a_folder(void **state)
{
    static const struct zip_part parts[] = {
        {"Zwolle.csv", HEADING ANNA, 0}, {"LEESMIJ", "x", 0}, {NULL, NULL, 0}};
    unsigned char *bytes = NULL;
    size_t length = 0;
    (void)state;
    zip_make(parts, &bytes, &length);
    char *packed = strdup(office_write_bytes(&office, "all.zip", bytes, length));
    free(bytes);
    assert_int_equal(mkdir(office_path(&office, "leeg"), 0700), 0);
    assert_int_equal(office_run(&office, "import", "registrations", packed,
                         office_path(&office, "leeg"), NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "leeg: there is no CSV, XLSX or ZIP"));
    free(packed);
}

static void
an_archive_in_an_archive_is_named_with_what_to_do(void **state)
{
    static const struct zip_part inner[] = {{"a.csv", HEADING BAS, 0}, {NULL, NULL, 0}};
    unsigned char *bytes = NULL, *all = NULL;
    size_t length = 0, whole = 0;
    (void)state;
    zip_make(inner, &bytes, &length);
    const struct zip_part parts[] = {
        {"Zwolle.csv", HEADING ANNA, 0}, {"in.zip", bytes, length}, {NULL, NULL, 0}};
    zip_make(parts, &all, &whole);
    assert_int_equal(
        import(office_write_bytes(&office, "Zwolle.zip", all, whole)), BW_EXIT_DONE);
    says("in.zip, passed over: it is an archive in an archive; unpack it");
    free(bytes);
    free(all);
}

/* As Windows' explorer packs: 0x83 is an â. */
static void
a_name_in_an_old_code_page_is_read(void **state)
{
    static const struct zip_part parts[] = {{"Zwolle X.csv", HEADING ANNA, 0},
        {"Assen.csv", HEADING BAS, 0}, {NULL, NULL, 0}};
    unsigned char *bytes = NULL, *at = NULL;
    size_t length = 0;
    (void)state;
    zip_make(parts, &bytes, &length);
    while ((at = memmem(bytes, length, "Zwolle X", 8)) != NULL) {
        at[7] = 0x83;
    }
    const char *path = office_write_bytes(&office, "all.zip", bytes, length);
    free(bytes);
    assert_int_equal(import(path), BW_EXIT_DONE);
    says("all.zip: Zwolle â.csv: 1 rows");
    assert_int_equal(people_of("S-1"), 1);
    assert_int_equal(people_of("S-2"), 1);
}

static void
more_files_than_an_archive_may_hold_are_refused(void **state)
{
    enum { FILES = 201 };
    static char names[FILES][16];
    static struct zip_part parts[FILES + 1];
    unsigned char *bytes = NULL;
    size_t length = 0;
    (void)state;
    for (int i = 0; i < FILES; i++) {
        (void)snprintf(names[i], sizeof names[i], "%d.csv", i);
        parts[i] = (struct zip_part){names[i], HEADING, 0};
    }
    zip_make(parts, &bytes, &length);
    assert_int_equal(
        import(office_write_bytes(&office, "all.zip", bytes, length)), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "more than 200 files in it"));
    free(bytes);
}

/* As when a sheet was saved as a file of its own. */
static void
a_workbook_of_one_form_is_known_by_its_sheet(void **state)
{
    (void)state;
    const char *path = office_path(&office, "Map1.xlsx");
    lxw_workbook *book = workbook_new(path);
    sheet_add(book, "Zwolle", NULL, "Anna Aa");
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(path), BW_EXIT_DONE);
    says("Map1.xlsx: Zwolle: 1 rows");
    assert_int_equal(people_of("S-1"), 1);
}

/* The file's name is what its owner gave it last. */
static void
a_file_that_is_called_otherwise_than_its_sheet_is_what_it_is_called(void **state)
{
    (void)state;
    const char *path = office_path(&office, "Assen.xlsx");
    lxw_workbook *book = workbook_new(path);
    sheet_add(book, "Zwolle", NULL, "Anna Aa");
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(import(path), BW_EXIT_DONE);
    assert_int_equal(people_of("S-2"), 1);
}

/* ---- what people call a circle ---- */

static void
a_circle_is_known_by_its_town_a_date_beside_it_or_its_title(void **state)
{
    (void)state;
    const char *path = office_write(&office, "form.csv",
        HEADING ",Leerkring" ANNA ",\"Zwolle, woensdag 26 maart\"" BAS
                ",Leerkring Assen (26 maart 2025)"
                "\n10-2-2025 9:02,c@x.nl,Cas Cc,De Brug,Brugfunctionaris,Oost,"
                "Zwolle of Assen"
                "\n10-2-2025 9:03,d@x.nl,Dik Dd,De Brug,Brugfunctionaris,Oost,"
                "niet Zwolle"
                "\n10-2-2025 9:04,e@x.nl,Eva Ee,De Brug,Brugfunctionaris,Oost,Leerkring");
    assert_int_equal(import(path), BW_EXIT_LOOK);
    says("line 4, invalid: Leerkring \"Zwolle of Assen\"");
    says("line 5, invalid: Leerkring \"niet Zwolle\" names no session");
    says("line 6, invalid: Leerkring \"Leerkring\" names no session");
    assert_int_equal(people_of("S-1"), 1);
    assert_int_equal(people_of("S-2"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_folder_is_the_forms_in_it),
        TEST(an_archive_of_several_forms_is_each_of_them),
        TEST(who_answers_for_two_circles_of_one_form_is_one_person),
        TEST(rows_that_name_their_circle_need_no_session),
        TEST(a_form_that_nothing_tells_of_is_asked_about),
        TEST(sheets_of_a_workbook_are_each_the_form_of_its_circle),
        TEST(a_sheet_that_names_no_circle_beside_those_that_do_is_told),
        TEST(sheets_that_name_one_circle_are_named),
        TEST(a_hidden_sheet_is_told_and_not_read),
        TEST(a_hidden_list_is_told_in_passing),
        TEST(a_workbook_of_one_form_is_known_by_its_sheet),
        TEST(a_file_that_is_called_otherwise_than_its_sheet_is_what_it_is_called),
        TEST(sheets_of_a_workbook_in_an_archive_are_each_a_form_too),
        TEST(sheets_whose_rows_name_their_circles_are_all_read),
        TEST(what_lies_in_a_folder_instead_is_named_with_what_to_do),
        TEST(what_lay_elsewhere_is_not_named_as_of_a_folder),
        TEST(an_archive_in_an_archive_is_named_with_what_to_do),
        TEST(a_name_in_an_old_code_page_is_read),
        TEST(more_files_than_an_archive_may_hold_are_refused),
        TEST(a_circle_is_known_by_its_town_a_date_beside_it_or_its_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
