/* A report's tables without names: see report_public.h. */
#include "report/writer/report_public.h"

#include "central/base/csv_row.h"
#include "central/base/output.h"
#include "report/writer/report_page.h"
#include "report/writer/report_summary.h"

enum { HEAD_COLOUR = 0x0F3F4D, NAME_WIDTH = 34, COUNT_WIDTH = 14 };

void
bw_report_public_html(const struct bw_report_sums *sums, FILE *file)
{
    bw_report_page_begin(sums, file);
    bw_report_summary_write(sums, file);
    bw_report_page_end(sums, file);
}

/* ---- CSV ---- */

/* A line of a table: its name, its counts, its total. `row` is rows_count for the totals,
 * and one more for the head. */
static void
line_write(const struct bw_report_sums *sums, const struct bw_report_tally *tally,
    const char *corner, char separator, size_t row, FILE *file)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    const char *total_word = bw_report_word(sums->language, BW_REPORT_TOTAL);
    bool head = row > tally->rows_count, totals = row == tally->rows_count;
    bw_csv_cell(file, head ? corner : totals ? total_word : tally->rows[row].name);
    for (size_t c = 0; c < tally->columns_count; c++) {
        (void)fputc(separator, file);
        if (head) {
            bw_csv_cell(file, tally->columns[c].name);
            continue;
        }
        if (totals) {
            bw_report_tally_total_text(
                bw_report_tally_column_total(tally, c), sums->is_public, text);
        } else {
            bw_report_tally_text(bw_report_tally_at(tally, row, c), text);
        }
        (void)fputs(text, file);
    }
    (void)fputc(separator, file);
    bw_report_tally_total_text(totals || head ? bw_report_tally_total(tally)
                                              : bw_report_tally_row_total(tally, row),
        sums->is_public, text);
    (void)fprintf(file, "%s\r\n", head ? total_word : text);
}

static void
table_write(const struct bw_report_sums *sums, const struct bw_report_tally *tally,
    const char *corner, char separator, FILE *file)
{
    line_write(sums, tally, corner, separator, tally->rows_count + 1, file);
    for (size_t r = 0; r < tally->rows_count + tally->column_totals; r++) {
        line_write(sums, tally, corner, separator, r, file);
    }
}

/* "scholen bereikt;141", and names beside the list, where they are told. */
static void
schools_write(const struct bw_report_sums *sums, char separator, FILE *file)
{
    char label[BW_WORDING_SAID_BYTES], text[BW_REPORT_TALLY_TEXT_BYTES];
    if (!sums->schools_shown || !sums->report->schools_listed) {
        return;
    }
    bw_report_schools_say(sums, label);
    bw_csv_cell(file, label);
    bw_report_tally_total_text(sums->report->schools, true, text);
    (void)fprintf(file, "%c%s\r\n", separator, text);
    if (sums->beside_shown) {
        bw_csv_cell(file, bw_report_word(sums->language, BW_REPORT_BESIDE));
        bw_report_tally_total_text(sums->report->schools_beside, true, text);
        (void)fprintf(file, "%c%s\r\n", separator, text);
    }
    (void)fputs("\r\n", file);
}

void
bw_report_public_csv(
    const struct bw_report_sums *sums, enum bw_wording_language excel, FILE *file)
{
    char separator = bw_csv_row_separator(excel);
    bw_csv_row_begin(file);
    table_write(sums, &sums->circles, bw_report_word(sums->language, BW_REPORT_CIRCLE),
        separator, file);
    (void)fputs("\r\n", file);
    table_write(sums, &sums->regions, bw_report_regions_rows(sums), separator, file);
    (void)fputs("\r\n", file);
    table_write(sums, &sums->arrivals, bw_report_word(sums->language, BW_REPORT_MINUTES),
        separator, file);
    (void)fputs("\r\n", file);
    schools_write(sums, separator, file);
    bw_csv_cell(file, bw_report_word(sums->language, BW_REPORT_SMALL));
    (void)fputs("\r\n", file);
}

/* ---- XLSX ---- */

static void
string_write(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
    lxw_format *format)
{
    char room[BW_REPORT_TALLY_NAME_BYTES + 2];
    (void)worksheet_write_string(
        sheet, row, column, bw_excel_safe(text, room, sizeof room), format);
}

/* A number where it is shown, a text where it isn't. */
static void
cell_write(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const struct bw_report_tally_cell *cell, lxw_format *format)
{
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    if (cell->shown == BW_REPORT_TALLY_PLAIN) {
        (void)worksheet_write_number(sheet, row, column, cell->count, format);
    } else {
        bw_report_tally_text(cell, text);
        (void)worksheet_write_string(sheet, row, column, text, format);
    }
}

static void
total_write(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, int total,
    const struct bw_report_sums *sums, lxw_format *format)
{
    bool small = sums->is_public && total > 0 && total < BW_REPORT_TALLY_SMALL_BELOW;
    struct bw_report_tally_cell cell = {
        total, small ? BW_REPORT_TALLY_SMALL : BW_REPORT_TALLY_PLAIN};
    cell_write(sheet, row, column, &cell, format);
}

void
bw_report_sheet_print(lxw_worksheet *sheet, lxw_row_t last_row, lxw_col_t last_column)
{
    enum { A4 = 9 };
    worksheet_set_paper(sheet, A4);
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    (void)worksheet_repeat_rows(sheet, 0, 0);
    (void)worksheet_print_area(sheet, 0, 0, last_row, last_column);
}

void
bw_report_tally_sheet(lxw_workbook *book, const char *name, const char *corner,
    const struct bw_report_tally *tally, const struct bw_report_sums *sums)
{
    const char *total = bw_report_word(sums->language, BW_REPORT_TOTAL);
    lxw_worksheet *sheet = workbook_add_worksheet(book, name);
    lxw_format *head = workbook_add_format(book), *bold = workbook_add_format(book);
    lxw_format *right = workbook_add_format(book);
    lxw_col_t last = (lxw_col_t)(tally->columns_count + 1);
    lxw_row_t row = 1;
    format_set_bold(head);
    format_set_font_color(head, LXW_COLOR_WHITE);
    format_set_bg_color(head, HEAD_COLOUR);
    format_set_bold(bold);
    format_set_align(bold, LXW_ALIGN_RIGHT);
    format_set_align(right, LXW_ALIGN_RIGHT);
    (void)worksheet_set_column(sheet, 0, 0, NAME_WIDTH, NULL);
    (void)worksheet_set_column(sheet, 1, last, COUNT_WIDTH, NULL);
    string_write(sheet, 0, 0, corner, head);
    for (size_t c = 0; c < tally->columns_count; c++) {
        string_write(sheet, 0, (lxw_col_t)(c + 1), tally->columns[c].name, head);
    }
    string_write(sheet, 0, last, total, head);
    for (size_t r = 0; r < tally->rows_count; r++, row++) {
        string_write(sheet, row, 0, tally->rows[r].name, NULL);
        for (size_t c = 0; c < tally->columns_count; c++) {
            cell_write(
                sheet, row, (lxw_col_t)(c + 1), bw_report_tally_at(tally, r, c), right);
        }
        total_write(sheet, row, last, bw_report_tally_row_total(tally, r), sums, bold);
    }
    if (tally->column_totals) {
        string_write(sheet, row, 0, total, bold);
        for (size_t c = 0; c < tally->columns_count; c++) {
            total_write(sheet, row, (lxw_col_t)(c + 1),
                bw_report_tally_column_total(tally, c), sums, bold);
        }
        total_write(sheet, row, last, bw_report_tally_total(tally), sums, bold);
        row++;
    }
    bw_report_sheet_print(sheet, row - 1, last);
    worksheet_freeze_panes(sheet, 1, 1);
}

enum bw_status
bw_report_public_xlsx(
    const struct bw_report_sums *sums, const char *path, struct bw_error *err)
{
    enum bw_wording_language language = sums->language;
    lxw_workbook *book = workbook_new(path);
    if (!book) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "making the workbook: out of memory; close other programs");
    }
    bw_report_tally_sheet(book, bw_report_word(language, BW_REPORT_PER_CIRCLE),
        bw_report_word(language, BW_REPORT_CIRCLE), &sums->circles, sums);
    bw_report_tally_sheet(book, bw_report_word(language, BW_REPORT_REGIONS),
        bw_report_regions_rows(sums), &sums->regions, sums);
    bw_report_tally_sheet(book, bw_report_word(language, BW_REPORT_ARRIVED),
        bw_report_word(language, BW_REPORT_MINUTES), &sums->arrivals, sums);
    lxw_error fault = workbook_close(book);
    return fault == LXW_NO_ERROR
               ? BW_OK
               : bw_error_set(err, BW_IO, 0, "writing the workbook: %s; make room",
                     lxw_strerror(fault));
}

/* ---- JSON ---- */

/* Adds an entry, and takes it; the whole list is NULL once one couldn't be made. */
static void
add(json_t **list, json_t *entry)
{
    if (json_array_append_new(*list, entry) != 0) {
        json_decref(*list);
        *list = NULL;
    }
}

/* null where it is hidden. */
static json_t *
count_json(const struct bw_report_tally_cell *cell)
{
    return cell->shown == BW_REPORT_TALLY_PLAIN   ? json_integer(cell->count)
           : cell->shown == BW_REPORT_TALLY_SMALL ? json_string("<5")
                                                  : json_null();
}

static json_t *
total_json(int total)
{
    bool small = total > 0 && total < BW_REPORT_TALLY_SMALL_BELOW;
    struct bw_report_tally_cell cell = {
        total, small ? BW_REPORT_TALLY_SMALL : BW_REPORT_TALLY_PLAIN};
    return count_json(&cell);
}

static json_t *
tally_json(const struct bw_report_tally *tally)
{
    json_t *columns = json_array(), *rows = json_array();
    for (size_t c = 0; c < tally->columns_count; c++) {
        add(&columns, json_string(tally->columns[c].name));
    }
    for (size_t r = 0; r < tally->rows_count; r++) {
        json_t *counts = json_array();
        for (size_t c = 0; c < tally->columns_count; c++) {
            add(&counts, count_json(bw_report_tally_at(tally, r, c)));
        }
        add(&rows, json_pack("{s:s, s:o, s:o}", "name", tally->rows[r].name, "counts",
                       counts, "total", total_json(bw_report_tally_row_total(tally, r))));
    }
    json_t *totals = tally->column_totals ? json_array() : json_null();
    for (size_t c = 0; tally->column_totals && c < tally->columns_count; c++) {
        add(&totals, total_json(bw_report_tally_column_total(tally, c)));
    }
    return json_pack("{s:o, s:o, s:o, s:o}", "columns", columns, "rows", rows, "totals",
        totals, "total", total_json(bw_report_tally_total(tally)));
}

static json_t *
regions_json(const struct bw_report_sums *sums)
{
    json_t *table = tally_json(&sums->regions);
    if (json_object_set_new(
            table, "rows_are", json_string(sums->turned ? "to" : "from")) != 0) {
        json_decref(table);
        return NULL;
    }
    return table;
}

json_t *
bw_report_public_json(const struct bw_report_sums *sums)
{
    const struct bw_report *report = sums->report;
    json_t *sessions = json_array();
    for (size_t i = 0; i < report->sessions_count; i++) {
        add(&sessions, json_pack("{s:s}", "code", report->sessions[i].code));
    }
    json_t *series = report->series ? json_pack("{s:s, s:s}", "code", report->series,
                                          "title", report->title)
                                    : json_null();
    json_t *often = sums->often_shown ? json_array() : json_null();
    for (int i = 0; sums->often_shown && i < BW_OFTEN; i++) {
        add(&often, json_integer(report->often[i]));
    }
    json_t *version = report->version.number > 0
                          ? json_pack("{s:i}", "number", report->version.number)
                          : json_null();
    return json_pack(
        "{s:s, s:b, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:{s:o, s:o, s:o}}",
        "generated_at", report->generated_iso, "public", 1, "complete",
        (int)bw_report_is_complete(report), "version", version, "sessions", sessions,
        "series", series, "people",
        sums->people_shown ? total_json(report->unique_people) : json_null(), "schools",
        sums->schools_shown ? total_json(report->schools) : json_null(), "schools_of",
        report->schools_listed ? json_integer(report->schools_of) : json_null(),
        "schools_beside",
        sums->beside_shown ? total_json(report->schools_beside) : json_null(), "often",
        often, "tables", "circles", tally_json(&sums->circles), "regions",
        regions_json(sums), "arrivals", tally_json(&sums->arrivals));
}
