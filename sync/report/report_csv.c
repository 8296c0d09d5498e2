/* The report as CSV, a row a person, safe to open in Excel: see report.h. */
#include "central/base/output.h"
#include "report/report.h"

void
bw_report_csv_begin(FILE *file)
{
    bw_csv_row(file, "session", "code", "first_name", "name", "email", "school", "region",
        "status", "attended", "arrived_at", "kiosk", "how", "substitute", NULL);
}

void
bw_report_csv_session(const struct bw_report_session *session, FILE *file)
{
    for (size_t r = 0; r < session->rows_count; r++) {
        const struct bw_report_row *row = &session->rows[r];
        char code[BW_CODE_BYTES] = "";
        if (row->code != BW_CODE_NONE) {
            bw_code_format(row->code, code);
        }
        bw_csv_row(file, session->code, code, row->first_name, row->name, row->mail,
            row->school, row->region, row->status,
            row->attended                              ? "yes"
            : bw_session_state_is_over(session->state) ? "no"
                                                       : "",
            row->arrived, row->kiosk, row->how, row->substitute, NULL);
    }
}
