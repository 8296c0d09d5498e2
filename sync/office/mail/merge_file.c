/* The list of a mail merge: see merge_file.h.
 *
 * Texts of a workbook are strings, never formulas; the apostrophe stays with them all the
 * same, for a workbook is soon saved as CSV. */
#include "office/mail/merge_file.h"

#include "central/base/csv_row.h"

#include <brugwachter/limits.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

/* The names are those of tickets.csv, where it has them. */
static const char *const headings[] = {"email", "first_name", "name", "school", "code",
    "session", "status", "kind", "subject", "headline", "title", "date", "time", "doors",
    "venue", "address", "route", "table", "position", "was_title", "was_venue", "text",
    "organiser", "contact", "phone"};
enum { COLUMNS = sizeof headings / sizeof headings[0], ROWS_MOST = 1000000 };

struct bw_merge_file {
    enum bw_wording_language excel;
    FILE *csv; /* borrowed; NULL where it is a workbook */
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_row_t at; /* the next row */
};

bool
bw_merge_file_is_workbook(const char *path)
{
    static const char ending[] = ".xlsx";
    size_t length = strlen(path), tail = sizeof ending - 1;
    return length > tail && strcmp(path + length - tail, ending) == 0;
}

static void
write_cells(struct bw_merge_file *file, const char *const cells[COLUMNS])
{
    char room[2 * BW_TITLE_BYTES];
    if (file->csv != NULL) {
        bw_csv_row_write(file->csv, bw_csv_row_separator(file->excel), cells, COLUMNS);
        return;
    }
    for (int i = 0; i < COLUMNS; i++) {
        (void)worksheet_write_string(file->sheet, file->at, (lxw_col_t)i,
            bw_excel_safe(cells[i], room, sizeof room), NULL);
    }
    file->at++;
}

enum bw_status
bw_merge_file_create(const struct bw_output *output, bool workbook,
    enum bw_wording_language excel, struct bw_merge_file **ret_file, struct bw_error *err)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    struct bw_merge_file *file = calloc(1, sizeof *file);
    if (file != NULL) {
        file->excel = excel;
        file->csv = workbook ? NULL : output->file;
        file->book = workbook ? workbook_new_opt(output->temp, &options) : NULL;
    }
    if (file == NULL || (workbook && file->book == NULL)) {
        free(file);
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "writing the list of a mail merge: no memory");
    }
    if (workbook) {
        file->sheet = workbook_add_worksheet(file->book, NULL);
    } else {
        bw_csv_row_begin(file->csv);
    }
    write_cells(file, headings);
    *ret_file = file;
    return BW_OK;
}

enum bw_status
bw_merge_file_row(struct bw_merge_file *file, const struct bw_mailing_writer *writer,
    const struct bw_told_due *due, struct bw_error *err)
{
    const struct bw_office_contact *sender = &writer->sender;
    struct bw_letter_text_with with = {.ticket = false};
    struct bw_letter_text text;
    char shown[BW_CODE_SHOWN_BYTES], position[24] = "";
    if (file->at > ROWS_MOST) {
        return bw_error_set(err, BW_FULL, 0,
            "writing the list of a mail merge: there are more rows than a sheet holds; "
            "write CSV, or one session at a time");
    }
    enum bw_status status = bw_letter_text_make(
        due, sender, writer->office->language, &writer->words, &with, &text, err);
    if (status != BW_OK) {
        return status;
    }
    bool was = due->was.title != NULL,
         ticket = due->text[0] != '\0' && due->kind != BW_TOLD_CANCELLED;
    bw_code_format_shown(due->code, shown);
    if (due->position > 0) {
        (void)snprintf(position, sizeof position, "%" PRId64, due->position);
    }
    const char *const cells[COLUMNS] = {due->now.mail, due->first_name, due->name,
        due->school, shown, due->session->code,
        bw_registration_status_name(due->now.status), bw_told_kind_name(due->kind),
        text.subject, text.headline, due->now.title, text.date, text.hours, text.doors,
        due->now.venue, due->now.address, due->session->route, due->table, position,
        was ? due->was.title : "", was ? due->was.venue : "", ticket ? due->text : "",
        sender->organiser, sender->contact, sender->phone};
    write_cells(file, cells);
    bw_letter_text_finish(&text);
    return BW_OK;
}

enum bw_status
bw_merge_file_close(struct bw_merge_file *file, struct bw_error *err)
{
    lxw_error fault = LXW_NO_ERROR;
    if (file != NULL && file->book != NULL) {
        fault = workbook_close(file->book);
    }
    free(file);
    return fault == LXW_NO_ERROR ? BW_OK
                                 : bw_error_set(err, BW_IO, 0,
                                       "writing the list of a mail merge: %s; make room",
                                       lxw_strerror(fault));
}
