/* XLSX workbooks and ZIP archives as tables: as programs write them (libxlsxwriter makes
 * them here), what the format allows besides, and what isn't as it should be. */
#include "office/table/archive.h"
#include "office/table/cell_text.h"
#include "office/import/read/sign_up.h"
#include "office/table/table_file.h"
#include "tests/sync/testing.h"
#include "zip_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

static struct bw_table_passed passed;

static struct bw_csv_table
read_all(unsigned char *bytes, size_t length)
{
    struct bw_csv_table table = {.rows = NULL};
    struct bw_error err = {.text = ""};
    enum bw_status status = bw_table_file_read(
        bytes, length, "f.xlsx", NULL, bw_sign_up_fields, &table, &passed, &err);
    assert_string_equal(status == BW_OK ? "" : err.text, "");
    free(bytes);
    return table;
}

static struct bw_csv_table
read_rows(const char *rows, const char *settings)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    workbook_make(rows, settings, &bytes, &length);
    return read_all(bytes, length);
}

static void
refused(unsigned char *bytes, size_t length, const char *because)
{
    struct bw_csv_table table = {.rows = NULL};
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_table_file_read(bytes, length, "f.xlsx", NULL, bw_sign_up_fields,
                         &table, &passed, &err),
        BW_BAD_INPUT);
    if (strstr(err.text, because) == NULL || strstr(err.text, "f.xlsx") == NULL) {
        fail_msg("\"%s\" doesn't say \"%s\"", err.text, because);
    }
    free(bytes);
}

/* "a|b|c": the cells of a row (-1: the heading). */
static void
row_is(const struct bw_csv_table *table, int row, int line, const char *expected)
{
    char text[512] = "";
    const struct bw_csv_row *at = row < 0 ? &table->heading : &table->rows[row];
    for (int i = 0; i < at->cells_count; i++) {
        (void)strcat(text, i > 0 ? "|" : "");
        (void)strcat(text, bw_csv_cell_at(table, at, i));
    }
    assert_string_equal(text, expected);
    assert_int_equal(at->line, line);
}

/* ---- as programs write them ---- */

static unsigned char *
file_take(const char *path, size_t *ret_length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    unsigned char *bytes = malloc(1024 * 1024);
    assert_non_null(bytes);
    *ret_length = fread(bytes, 1, 1024 * 1024, file);
    (void)fclose(file);
    (void)unlink(path);
    return bytes;
}

static void
words_write(lxw_worksheet *sheet, lxw_row_t row, const char *const *words)
{
    for (lxw_col_t i = 0; words[i] != NULL; i++) {
        (void)worksheet_write_string(sheet, row, i, words[i], NULL);
    }
}

static void
the_sheet_with_the_form_is_read_below_its_title(void **state) /* WB2, WB3 */
{
    (void)state;
    static const char *const heading[] = {"Tijdstempel", "Wat is je naam?", "E-mailadres",
        "Op welke school werk je?", NULL};
    static const char *const notes[] = {"Notities van Ria", NULL};
    char path[] = "/tmp/bw-workbook-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    (void)close(fd);
    lxw_workbook *book = workbook_new(path);
    lxw_format *date = workbook_add_format(book);
    format_set_num_format(date, "dd-mm-yyyy hh:mm:ss");
    words_write(workbook_add_worksheet(book, "Uitleg"), 0, notes);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Antwoorden");
    worksheet_merge_range(sheet, 0, 0, 0, 3, "Aanmeldingen Zwolle", NULL);
    words_write(sheet, 2, heading);
    lxw_datetime when = {2025, 2, 10, 9, 12, 5};
    (void)worksheet_write_datetime(sheet, 3, 0, &when, date);
    (void)worksheet_write_string(sheet, 3, 1, "Zoë & Co <x>", NULL);
    (void)worksheet_write_number(sheet, 3, 3, 7, NULL);
    lxw_worksheet *hidden = workbook_add_worksheet(book, "Oud");
    words_write(hidden, 0, heading);
    worksheet_hide(hidden);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    size_t length = 0;
    unsigned char *bytes = file_take(path, &length);
    struct bw_csv_table table = read_all(bytes, length);
    int32_t above = 0;
    assert_string_equal(passed.others.names, "Uitleg");
    assert_false(passed.others.forms);
    row_is(&table, -1, 1, "Aanmeldingen Zwolle");
    bw_columns_settle_heading(&table, bw_sign_up_fields, &above);
    assert_int_equal(above, 2);
    row_is(&table, -1, 3,
        "Tijdstempel|Wat is je naam?|E-mailadres|Op welke school werk je?");
    assert_int_equal(table.rows_count, 1);
    row_is(&table, 0, 4, "2025-02-10 09:12:05|Zoë & Co <x>||7");
    bw_csv_table_finish(&table);
}

/* ---- what the format allows ---- */

static void
cells_of_every_kind_are_the_text_that_one_would_type(void **state) /* WB2 */
{
    (void)state;
    struct bw_csv_table table = read_rows(
        "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c></row>"
        "<row r='3'><c r='A3' t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r></is>"
        "</c>"
        "<c r='B3' t='b'><v>1</v></c><c r='C3' t='str'><f>A1</f><v>som</v></c>"
        "<c r='D3' t='e'><v>#N/A</v></c></row>"
        "<row><c><v>12</v></c><c><v>1.5</v></c><c><v>1.2E3</v></c>"
        "<c><v>0.10000000000000001</v></c><c s='3'><v>45698</v></c></row>"
        "<row r='9'><c r='A9' s='1'><v>45698</v></c><c r='B9' s='2'>"
        "<v>45698.383391203702</v></c><c r='C9' s='4'><v>0.53125</v></c>"
        "<c r='D9' t='inlineStr'><is><t>a_x000D__x0041_&#10;_x</t></is></c>"
        "<c r='F9' s='1'/></row>",
        "");
    row_is(&table, -1, 1, "één||twee");
    row_is(&table, 0, 3, "inline|TRUE|som|");
    row_is(&table, 1, 4, "12|1.5|1200|0.1|45698");
    row_is(&table, 2, 9, "2025-02-10|2025-02-10 09:12:05|12:45|a\rA\n_x");
    assert_int_equal(table.rows_count, 3);
    bw_csv_table_finish(&table);
}

static void
days_may_be_counted_from_1904(void **state)
{
    (void)state;
    struct bw_csv_table table =
        read_rows("<row><c s='1'><v>44236</v></c></row>", "date1904='1'");
    row_is(&table, -1, 1, "2025-02-10");
    bw_csv_table_finish(&table);
}

static void
formats_of_days_and_hours_are_told_from_others(void **state)
{
    (void)state;
    static const char *const times[] = {"d-m-yyyy", "h:mm", "[h]:mm",
        "[$-413]d mmmm yyyy", "yyyy\\-mm\\-dd", "\"op \"dd/mm", "mm:ss.0"};
    static const char *const others[] = {"General", "0.00", "[Red]0.00", "0\"dagen\"",
        "#,##0", "@", "0.00E+00", "_-* #,##0_-", "\\d0", ""};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        assert_true(bw_cell_format_is_time(164, times[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (bw_cell_format_is_time(164, others[i])) {
            fail_msg("%s", others[i]);
        }
    }
    assert_true(bw_cell_format_is_time(22, NULL));
    assert_false(bw_cell_format_is_time(0, NULL));
}

static void
a_merged_cell_is_every_row_s(void **state)
{
    (void)state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    const struct zip_part parts[] = {
        {"xl/workbook.xml",
            "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='1'/></sheets>"
            "</workbook>",
            0},
        {"xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='1' Target='s.xml'/></Relationships>", 0},
        {"xl/s.xml",
            "<worksheet><sheetData>"
            "<row r='1'><c t='str'><v>Naam</v></c><c t='str'><v>School</v></c></row>"
            "<row r='2'><c t='str'><v>Anna</v></c><c t='str'><v>De Brug</v></c></row>"
            "<row r='3'><c t='str'><v>Bas</v></c><c/></row>"
            "<row r='4'><c/><c/></row>"
            "<row r='5' hidden='1'><c t='str'><v>Cas</v></c></row>"
            "<row r='6'><c t='str'><v>Dik</v></c><c t='str'><v>De Vaart</v></c></row>"
            "</sheetData><mergeCells><mergeCell ref='B2:B6'/><mergeCell ref='B9:B99'/>"
            "<mergeCell ref='A1:B1'/><mergeCell ref='7'/></mergeCells></worksheet>",
            0},
        {NULL, NULL, 0}};
    zip_make(parts, &bytes, &length);
    struct bw_csv_table table = read_all(bytes, length);
    row_is(&table, 0, 2, "Anna|De Brug");
    row_is(&table, 1, 3, "Bas|De Brug");
    row_is(&table, 2, 5, "Cas|De Brug");
    row_is(&table, 3, 6, "Dik|De Vaart");
    assert_int_equal(table.rows_count, 4);
    assert_int_equal(table.hidden_rows, 1);
    assert_int_equal(table.hidden_line, 5);
    bw_csv_table_finish(&table);
}

/* ---- archives ---- */

static void
an_archive_with_one_file_is_that_file(void **state)
{
    (void)state;
    static const char csv[] = "Naam,School\nAnna,De Brug\n";
    unsigned char *bytes = NULL, *book = NULL;
    size_t length = 0, book_length = 0;
    const struct zip_part one[] = {{"map/Leerkring Groningen.csv", csv, 0},
        {"__MACOSX/map/._Leerkring Groningen.csv", "x", 0}, {NULL, NULL, 0}};
    zip_make(one, &bytes, &length);
    struct bw_csv_table table = read_all(bytes, length);
    row_is(&table, 0, 2, "Anna|De Brug");
    bw_csv_table_finish(&table);
    workbook_make("<row><c t='s'><v>1</v></c></row>", "", &book, &book_length);
    const struct zip_part nested[] = {{"f.xlsx", book, book_length}, {NULL, NULL, 0}};
    zip_make(nested, &bytes, &length);
    free(book);
    table = read_all(bytes, length);
    row_is(&table, -1, 1, "één");
    bw_csv_table_finish(&table);
}

static void
archives_that_hold_several_tables_or_none_are_named(void **state) /* ZA1 */
{
    (void)state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    const struct zip_part two[] = {
        {"a.csv", "Naam,School\n", 0}, {"b.csv", "Naam,School\n", 0}, {NULL, NULL, 0}};
    const struct zip_part calc[] = {
        {"mimetype", "x", 0}, {"content.xml", "<x/>", 0}, {NULL, NULL, 0}};
    const struct zip_part numbers[] = {
        {"Index/Document.iwa", "x", 0}, {"preview.jpg", "x", 0}, {NULL, NULL, 0}};
    const struct zip_part none[] = {{"foto.jpg", "x", 0}, {NULL, NULL, 0}};
    zip_make(two, &bytes, &length);
    refused(bytes, length, "a.csv, b.csv");
    zip_make(none, &bytes, &length);
    refused(bytes, length, "without a CSV");
    zip_make(calc, &bytes, &length);
    refused(bytes, length, "OpenDocument");
    zip_make(numbers, &bytes, &length);
    refused(bytes, length, "Numbers");
}

/* ---- what isn't as it should be ---- */

/* On a stick that was pulled out, or a mail that broke off: wherever it ends. */
static void
a_workbook_that_is_cut_at_any_byte_is_refused(void **state)
{
    (void)state;
    unsigned char *bytes = NULL, *copy = NULL;
    size_t length = 0;
    workbook_make("<row><c t='s'><v>0</v></c></row>", "", &bytes, &length);
    for (size_t cut = 5; cut < length; cut += 11) {
        copy = calloc(1, length + 1);
        assert_non_null(copy);
        memcpy(copy, bytes, cut);
        refused(copy, cut, "it was cut off on the way");
        copy = calloc(1, length + 1); /* the rest was never written */
        assert_non_null(copy);
        memcpy(copy, bytes, cut);
        refused(copy, length, cut + 22 < length ? "it was cut off" : "it is damaged");
    }
    free(bytes);
}

static void
parts_that_lie_are_refused(void **state) /* WB1 */
{
    (void)state;
    static const char *const rows[] = {
        "<row><c t='s'><v>99</v></c></row>",
        "<row><c><v>1</v></row>",
        "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
        "<a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a></a></a></a></a></a>"
        "</a>"
        "</a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a>",
    };
    unsigned char *bytes = NULL;
    size_t length = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        workbook_make(rows[i], "", &bytes, &length);
        refused(bytes, length, "save it again");
    }
    const struct zip_part bomb[] = {
        {"xl/workbook.xml",
            "<!DOCTYPE w [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;'>]><workbook><sheets>"
            "<sheet name='&b;'/></sheets></workbook>",
            0},
        {NULL, NULL, 0}};
    zip_make(bomb, &bytes, &length);
    refused(bytes, length, "save it again");
    const struct zip_part empty[] = {{"xl/workbook.xml", "<workbook/>", 0},
        {"xl/_rels/workbook.xml.rels", "<Relationships/>", 0}, {NULL, NULL, 0}};
    zip_make(empty, &bytes, &length);
    refused(bytes, length, "save it again");
}

/* One long text, named by very many cells; and a tag with very many attributes. */
static void
what_grows_without_end_is_refused(void **state) /* WB1 */
{
    (void)state;
    enum { ROWS = 60, CELLS = 60, ATTRIBUTES = 100000 };
    static char long_text[32001];
    static const char cell[] = "<c t='s'><v>0</v></c>";
    char *rows = calloc(1, ROWS * (CELLS * sizeof cell + 16) + 16 * ATTRIBUTES);
    unsigned char *bytes = NULL;
    size_t length = 0;
    assert_non_null(rows);
    memset(long_text, 'x', sizeof long_text - 1);
    char *at = rows;
    for (int i = 0; i < ROWS; i++) {
        at = stpcpy(at, "<row>");
        for (int k = 0; k < CELLS; k++) {
            at = stpcpy(at, cell);
        }
        at = stpcpy(at, "</row>");
    }
    char texts[sizeof long_text + 64], sheet[ROWS * (CELLS * sizeof cell + 16) + 128];
    (void)snprintf(texts, sizeof texts, "<sst><si><t>%s</t></si></sst>", long_text);
    (void)snprintf(
        sheet, sizeof sheet, "<worksheet><sheetData>%s</sheetData></worksheet>", rows);
    const struct zip_part parts[] = {
        {"xl/workbook.xml",
            "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='1'/></sheets>"
            "</workbook>",
            0},
        {"xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='1' Target='s.xml'/></Relationships>", 0},
        {"xl/sharedStrings.xml", texts, 0}, {"xl/s.xml", sheet, 0}, {NULL, NULL, 0}};
    zip_make(parts, &bytes, &length);
    refused(bytes, length, "100 MB");
    at = stpcpy(rows, "<row ");
    for (int i = 0; i < ATTRIBUTES; i++) {
        at += sprintf(at, "a%d='' ", i);
    }
    (void)stpcpy(at, "/>");
    workbook_make(rows, "", &bytes, &length);
    refused(bytes, length, "save it again");
    free(rows);
}

static void
a_member_is_read_up_to_its_limit(void **state) /* ZA2 */
{
    (void)state;
    enum { ZEROS = 1000000 };
    unsigned char *bytes = NULL, *zeros = calloc(1, ZEROS), *got = NULL;
    size_t length = 0, got_length = 0;
    struct bw_archive *archive = NULL;
    struct bw_error err = {.text = ""};
    assert_non_null(zeros);
    const struct zip_part parts[] = {{"a", zeros, ZEROS}, {NULL, NULL, 0}};
    zip_make(parts, &bytes, &length);
    assert_int_equal(bw_archive_open(bytes, length, "f.zip", &archive, NULL), BW_OK);
    assert_int_equal(
        bw_archive_read(archive, "a", ZEROS - 1, &got, &got_length, &err), BW_BAD_INPUT);
    assert_non_null(strstr(err.text, "too large"));
    assert_int_equal(
        bw_archive_read(archive, "a", ZEROS, &got, &got_length, NULL), BW_OK);
    assert_int_equal(got_length, ZEROS);
    assert_int_equal(
        bw_archive_read(archive, "b", ZEROS, &got, &got_length, NULL), BW_NOT_FOUND);
    free(got);
    bw_archive_close(archive);
    free(bytes);
    free(zeros);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sheet_with_the_form_is_read_below_its_title),
        cmocka_unit_test(cells_of_every_kind_are_the_text_that_one_would_type),
        cmocka_unit_test(days_may_be_counted_from_1904),
        cmocka_unit_test(formats_of_days_and_hours_are_told_from_others),
        cmocka_unit_test(a_merged_cell_is_every_row_s),
        cmocka_unit_test(an_archive_with_one_file_is_that_file),
        cmocka_unit_test(archives_that_hold_several_tables_or_none_are_named),
        cmocka_unit_test(a_workbook_that_is_cut_at_any_byte_is_refused),
        cmocka_unit_test(parts_that_lie_are_refused),
        cmocka_unit_test(what_grows_without_end_is_refused),
        cmocka_unit_test(a_member_is_read_up_to_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
