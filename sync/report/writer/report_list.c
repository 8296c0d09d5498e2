/* A circle's list for Excel: see report_list.h. Texts are strings, never formulas. */
#include "report/writer/report_list.h"

#include "central/base/output.h"
#include "report/writer/report_public.h"

enum { ROWS_MOST = 1000000, SIGNED = 5 };

static const struct bw_report_column columns[] = {{"rp.xlsx.first_name", 18},
    {"rp.xlsx.name", 24}, {"rp.xlsx.school", 30}, {"rp.xlsx.region", 14},
    {"rp.xlsx.mail", 34}, {"rp.xlsx.signed", 18}, {"rp.xlsx.status", 20},
    {"rp.xlsx.also", 24}, {"rp.xlsx.code", 11}};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static void
row_write(lxw_worksheet *sheet, lxw_row_t at, const struct bw_book *book,
    const struct bw_report_list_row *row, lxw_format *moment)
{
    const struct bw_registration *r = &row->person->registration;
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(r->code, code);
    const char *cells[COLUMNS] = {r->person.first_name, r->person.name, r->person.school,
        r->person.region, row->person->mail, "", row->state, row->also, code};
    for (int i = 0; i < COLUMNS; i++) {
        lxw_col_t column = (lxw_col_t)i;
        if (i == SIGNED) {
            bw_report_xlsx_moment(sheet, at, column, book->zone, r->signed_up_ms, moment);
        } else {
            bw_report_xlsx_text(sheet, at, column, cells[i], NULL);
        }
    }
}

static enum bw_status
fill(const struct bw_book *book, const struct bw_report_list_row *rows, size_t count,
    enum bw_wording_language language, const char *path, struct bw_error *err)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *workbook = workbook_new_opt(path, &options);
    if (workbook == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing the workbook: no memory");
    }
    lxw_worksheet *sheet =
        workbook_add_worksheet(workbook, bw_wording(language, "rp.xlsx.people"));
    lxw_format *moment = workbook_add_format(workbook);
    format_set_num_format(moment, "d mmm yyyy h:mm");
    format_set_align(moment, LXW_ALIGN_LEFT);
    bw_report_xlsx_head(workbook, sheet, columns, COLUMNS, language);
    for (size_t i = 0; i < count; i++) {
        row_write(sheet, (lxw_row_t)i + 1, book, &rows[i], moment);
    }
    bw_report_sheet_print(sheet, (lxw_row_t)count, COLUMNS - 1);
    (void)worksheet_autofilter(sheet, 0, 0, (lxw_row_t)count, COLUMNS - 1);
    lxw_error fault = workbook_close(workbook);
    return fault == LXW_NO_ERROR
               ? BW_OK
               : bw_error_set(err, BW_IO, 0, "writing the workbook: %s; make room",
                     lxw_strerror(fault));
}

enum bw_status
bw_report_list_write(const struct bw_book *book, const struct bw_report_list_row *rows,
    size_t count, enum bw_wording_language language, const char *path,
    struct bw_error *err)
{
    enum { OWNER_ONLY = 0600 };
    struct bw_output output = {.file = NULL};
    if (count > ROWS_MOST) {
        return bw_error_set(err, BW_FULL, 0,
            "writing a list: there are more rows than a sheet holds; choose fewer");
    }
    enum bw_status status = bw_output_open(path, OWNER_ONLY, &output, err);
    if (status == BW_OK) {
        output.loose = true;
        status = fill(book, rows, count, language, output.temp, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}
