/* CSV files as rows of cells, with physical lines; and every wrong kind of file. */
#include "office/table/csv_columns.h"
#include "office/table/csv_table.h"
#include "office/import/read/sign_up.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct bw_csv_table
read_bytes(const void *bytes, size_t length)
{
    struct bw_csv_table table;
    struct bw_error err = {.text = ""};
    if (bw_csv_table_read(bytes, length, "f.csv", &table, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return table;
}

static struct bw_csv_table
read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void
refused(const void *bytes, size_t length, const char *because)
{
    struct bw_csv_table table = {.rows_count = 9};
    struct bw_error err = {.text = ""};
    assert_int_equal(
        bw_csv_table_read(bytes, length, "f.csv", &table, &err), BW_BAD_INPUT);
    assert_int_equal(table.rows_count, 9);
    assert_non_null(strstr(err.text, "f.csv"));
    if (strstr(err.text, because) == NULL) {
        fail_msg("\"%s\" doesn't say \"%s\"", err.text, because);
    }
}

static void
refused_text(const char *text, const char *because)
{
    refused(text, strlen(text), because);
}

static void
cell_is(const struct bw_csv_table *table, size_t row, int column, const char *expected)
{
    assert_true(row < table->rows_count);
    assert_string_equal(bw_csv_cell_at(table, &table->rows[row], column), expected);
}

static void
comma_semicolon_and_tab_are_found(void **state)
{
    (void)state;
    static const char *const files[] = {"a,b,c\n1,2;x,3\n", "a;b;c\n1;2;x;3\n",
        "a\tb\tc\n1\t2\t3\n", "\"a,x;\",b,c\n1,2,3\n", "sep=;\r\na,x;b;c\r\n1;2;3\r\n",
        "vraag, een;vraag, twee;c\n1;2;3\n"};
    static const char delimiters[] = ",;\t,;;";
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct bw_csv_table table = read_text(files[i]);
        assert_int_equal(table.delimiter, delimiters[i]);
        assert_int_equal(table.heading.cells_count, 3);
        assert_int_equal(table.rows_count, 1);
        cell_is(&table, 0, 0, "1");
        bw_csv_table_finish(&table);
    }
}

static void
rows_know_their_physical_line(void **state) /* T1 */
{
    (void)state;
    struct bw_csv_table table = read_text(
        "a,b\n1,2\n\n3,\"x\ny\r\nz\"\n,,\n \"\",\n5,6\r\n7,8\r9,10\n\n\"\n\",11");
    static const int lines[] = {2, 4, 9, 10, 11, 13};
    assert_int_equal(table.heading.line, 1);
    assert_int_equal(table.rows_count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(table.rows[i].line, lines[i]);
    }
    cell_is(&table, 1, 1, "x\ny\r\nz");
    bw_csv_table_finish(&table);
}

static void
quotes_inside_unquoted_fields_are_letters(void **state)
{
    (void)state;
    struct bw_csv_table table =
        read_text("a,b\n5\" disk,De \"Brug\"\n\"zei \"\"ja\"\"\",\"OBS \"De\" Brug\"\n");
    assert_int_equal(table.rows_count, 2);
    cell_is(&table, 0, 0, "5\" disk");
    cell_is(&table, 0, 1, "De \"Brug\"");
    cell_is(&table, 1, 0, "zei \"ja\"");
    cell_is(&table, 1, 1, "OBS \"De\" Brug");
    bw_csv_table_finish(&table);
}

static void
both_encodings_give_the_same_cells(void **state) /* T2 */
{
    (void)state;
    static const char *const files[] = {"a,b\nÇağla,1\n",
        "\xef\xbb\xbf"
        "a,b\nÇağla,1\n",
        "a,b\nEsm\xe9"
        "e,\x80\x92\n",
        "a,b\nANDR\xc9\x92S,\xe9\n"};
    static const char *const cells[] = {"Çağla", "Çağla", "Esmée", "ANDRÉ’S"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct bw_csv_table table = read_text(files[i]);
        cell_is(&table, 0, 0, cells[i]);
        bw_csv_table_finish(&table);
    }
}

static void
one_column_is_a_table_whose_commas_are_letters(void **state)
{
    (void)state;
    struct bw_csv_table table = read_text("naam\nde Vries, Anna\nBas; Bb\n");
    assert_int_equal(table.heading.cells_count, 1);
    cell_is(&table, 0, 0, "de Vries, Anna");
    cell_is(&table, 1, 0, "Bas; Bb");
    bw_csv_table_finish(&table);
}

static void
every_wrong_file_gets_one_sentence(void **state) /* T3 */
{
    (void)state;
    refused_text("", "empty");
    refused_text(" \n\r\n \n", "blanks");
    refused("a,b\n1,\0002\n", 8, "binary");
    refused("\xff\xfe"
            "a\0,\0b",
        7, "neither UTF-8 nor UTF-16");
    refused("\xff\xfe"
            "a\0\0\0",
        6, "binary");
    refused_text("a,b\nRen\xe9,1\nRen\xc3\xa9,2\n", "mixes two encodings: line 2");
    refused_text("\xef\xbb\xbf"
                 "a,b\nRen\xe9,1\n",
        "mixes two encodings: line 2");
    refused_text("a,b\nx\x81,1\n", "neither UTF-8 nor Windows-1252");
    refused_text("a,b\n1,2\n3,\"4\n5,6\n", "line 3 is never closed");
    refused_text("a,b\n\"An\" na,2\n3,4\n\"x\",5\n", "line 2 is never closed");
}

static void
other_kinds_of_file_are_named_with_what_to_do(void **state)
{
    (void)state;
    static const char old[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0k";
    static const char locked[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 "
                                 "E\0n\0c\0r\0y\0p\0t\0e\0d\0"
                                 "P\0a\0c\0k\0a\0g\0e\0";
    refused(old, sizeof old, "old Excel workbook");
    refused(locked, sizeof locked, "with a password; open it");
    refused_text("\xef\xbb\xbf\n <HTML xmlns:o=\"x\">\n<table>", "a web page");
    refused_text("<table><tr><td>Naam</td></tr></table>", "a web page");
    refused_text("<?xml version='1.0'?>\n<Workbook/>", "XML");
    refused_text("%PDF-1.4\n", "a PDF");
}

static void
unicode_text_of_excel_is_read(void **state)
{
    (void)state;
    static const char little[] = "\xff\xfe"
                                 "N\0\t\0S\0\r\0\n\0Z\0o\0\xeb\0\t\0x\0";
    static const char big[] = "\xfe\xff"
                              "\0N\0;\0S\0\n\0Z\0o\0\xeb\0;\0x";
    struct bw_csv_table table = read_bytes(little, sizeof little - 1);
    cell_is(&table, 0, 0, "Zoë");
    cell_is(&table, 0, 1, "x");
    bw_csv_table_finish(&table);
    table = read_bytes(big, sizeof big - 1);
    cell_is(&table, 0, 0, "Zoë");
    bw_csv_table_finish(&table);
}

/* Spreadsheets write them up to where something once stood. */
static void
columns_that_are_blank_are_left_out(void **state)
{
    (void)state;
    char text[2 * BW_CSV_COLUMNS_MAX + 40];
    size_t used = (size_t)sprintf(text, "a;b");
    memset(text + used, ';', BW_CSV_COLUMNS_MAX);
    used += BW_CSV_COLUMNS_MAX;
    used += (size_t)sprintf(text + used, "\n1;2");
    memset(text + used, ';', BW_CSV_COLUMNS_MAX);
    used += BW_CSV_COLUMNS_MAX;
    struct bw_csv_table table = read_bytes(text, used);
    cell_is(&table, 0, 1, "2");
    assert_int_equal(table.rows_count, 1);
    bw_csv_table_finish(&table);
}

static void
limits_are_kept(void **state)
{
    (void)state;
    size_t rows = BW_CSV_ROWS_MAX + 1;
    char *text = malloc(4 + rows * 4 + 1);
    assert_non_null(text);
    memcpy(text, "a,b\n", 4);
    for (size_t i = 0; i < rows; i++) {
        memcpy(text + 4 + i * 4, "1,2\n", 4);
    }
    refused(text, 4 + rows * 4, "more than 200000 rows");
    struct bw_csv_table table = read_bytes(text, 4 + (rows - 1) * 4);
    assert_int_equal(table.rows_count, BW_CSV_ROWS_MAX);
    assert_int_equal(table.rows[BW_CSV_ROWS_MAX - 1].line, BW_CSV_ROWS_MAX + 1);
    bw_csv_table_finish(&table);
    free(text);
    static const char some[] = "a,b\n";
    refused(
        some, (size_t)BW_CSV_BYTES_MAX + 1, "larger than 50 MB"); /* isn't looked at */
    char wide[BW_CSV_COLUMNS_MAX + 8];
    memset(wide, ',', sizeof wide);
    memcpy(wide, "a,b\n", 4);
    wide[sizeof wide - 1] = 'x';
    refused(wide, sizeof wide, "columns");
}

/* ---- columns ---- */

static void
columns_of(const char *heading, const char *map, int expected[BW_SIGN_UP_TABLE + 1])
{
    char text[512];
    (void)snprintf(text, sizeof text, "%s\n", heading);
    struct bw_csv_table table = read_text(text);
    struct bw_columns columns;
    struct bw_error err = {.text = ""};
    if (bw_columns_find(&table, "f.csv", bw_sign_up_fields, &map, map != NULL ? 1 : 0,
            &columns, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    for (int i = 0; i <= BW_SIGN_UP_TABLE; i++) {
        assert_int_equal(columns.of[i], expected[i]);
    }
    bw_csv_table_finish(&table);
}

static void
headings_are_known_in_dutch_and_english(void **state)
{
    (void)state;
    int dutch[] = {0, 1, -1, 2, -1, 3, 4, 5, 6, 7, 8};
    columns_of(
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio,Leerkring,"
        "Tafel",
        NULL, dutch);
    int english[] = {7, 6, 5, -1, -1, -1, 4, 3, 2, 1, 0};
    columns_of(
        "Table,Circle,Region,Role,School,Name,Email address,Timestamp", NULL, english);
    int question[] = {0, -1, 1, -1, -1, -1, -1, 2, -1, -1, -1};
    columns_of("TIJDSTEMPEL ; naam ; Wat is je functie?", NULL, question);
    int mapped[] = {0, -1, 1, -1, -1, -1, -1, 2, 3, -1, -1};
    columns_of("Tijdstempel,Naam,Functie,Waar woon je?", "region=waar woon je", mapped);
    int twice[] = {0, -1, 1, -1, -1, -1, -1, -1, -1, -1, -1};
    columns_of("Tijdstempel,Naam,Name", NULL, twice);
}

static void
maps_and_headings_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    static const char *const maps[] = {"region", "streek=Regio", "region=Streek"};
    struct bw_csv_table table = read_text("Tijdstempel,Naam,Regio\n");
    struct bw_columns columns;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(bw_columns_find(&table, "f.csv", bw_sign_up_fields, &maps[i], 1,
                             &columns, NULL),
            BW_BAD_INPUT);
    }
    bw_csv_table_finish(&table);
    table = read_text("x,y\n1,2\n");
    assert_int_equal(
        bw_columns_find(&table, "f.csv", bw_sign_up_fields, NULL, 0, &columns, NULL),
        BW_BAD_INPUT);
    bw_csv_table_finish(&table);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comma_semicolon_and_tab_are_found),
        cmocka_unit_test(rows_know_their_physical_line),
        cmocka_unit_test(quotes_inside_unquoted_fields_are_letters),
        cmocka_unit_test(both_encodings_give_the_same_cells),
        cmocka_unit_test(one_column_is_a_table_whose_commas_are_letters),
        cmocka_unit_test(every_wrong_file_gets_one_sentence),
        cmocka_unit_test(other_kinds_of_file_are_named_with_what_to_do),
        cmocka_unit_test(unicode_text_of_excel_is_read),
        cmocka_unit_test(columns_that_are_blank_are_left_out),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(headings_are_known_in_dutch_and_english),
        cmocka_unit_test(maps_and_headings_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
