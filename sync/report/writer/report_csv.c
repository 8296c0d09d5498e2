/* The report as CSV, a row a person, safe to open in Excel: see report.h. */
#include "central/base/csv_row.h"
#include "report/writer/report_writer.h"

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

void
bw_report_csv_begin(enum bw_wording_language excel, FILE *file)
{
    static const char *const headings[] = {"session", "code", "first_name", "name",
        "email", "school", "region", "status", "attended", "arrived_at", "kiosk", "how",
        "substitute"};
    bw_csv_row_begin(file);
    bw_csv_row_write(file, bw_csv_row_separator(excel), headings, COUNT_OF(headings));
}

void
bw_report_csv_session(
    const struct bw_report_session *session, enum bw_wording_language excel, FILE *file)
{
    for (size_t r = 0; r < session->rows_count; r++) {
        const struct bw_report_row *row = &session->rows[r];
        char code[BW_CODE_BYTES] = "";
        if (row->code != BW_CODE_NONE) {
            bw_code_format(row->code, code);
        }
        const char *attended = row->attended                              ? "yes"
                               : bw_session_state_is_over(session->state) ? "no"
                                                                          : "";
        const char *const cells[] = {session->code, code, row->first_name, row->name,
            row->mail, row->school, row->region, row->status, attended, row->arrived,
            row->kiosk, row->how, row->substitute};
        bw_csv_row_write(file, bw_csv_row_separator(excel), cells, COUNT_OF(cells));
    }
}
