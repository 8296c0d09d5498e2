/* The list of a mail merge: see merge_file.h. */
#include "office/mail/merge_file.h"

#include "central/base/csv_row.h"

#include <inttypes.h>

/* The names are those of tickets.csv, where it has them. */
static const char *const headings[] = {"email", "first_name", "name", "school", "code",
    "session", "status", "kind", "subject", "headline", "title", "date", "time", "doors",
    "venue", "address", "route", "table", "position", "was_title", "was_venue", "text",
    "organiser", "contact", "phone"};
enum { COLUMNS = sizeof headings / sizeof headings[0] };

void
bw_merge_file_begin(enum bw_wording_language excel, FILE *file)
{
    bw_csv_row_begin(file);
    bw_csv_row_write(file, bw_csv_row_separator(excel), headings, COLUMNS);
}

enum bw_status
bw_merge_file_row(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    enum bw_wording_language excel, FILE *file, struct bw_error *err)
{
    const struct bw_office_contact *sender = &writer->sender;
    struct bw_letter_text_with with = {.ticket = false};
    struct bw_letter_text text;
    char shown[BW_CODE_SHOWN_BYTES], position[24] = "";
    enum bw_status status =
        bw_letter_text_make(due, sender, writer->office->language, &with, &text, err);
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
    bw_csv_row_write(file, bw_csv_row_separator(excel), cells, COLUMNS);
    bw_letter_text_finish(&text);
    return BW_OK;
}
