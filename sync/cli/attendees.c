/* Who was at a session: see attendees.h. */
#include "cli/attendees.h"

#include "report/figures/report.h"

struct attendee_walk {
    bw_office_each_attendee *each;
    void *context;
};

static enum bw_status
on_report(const struct bw_report_session *session, void *context, struct bw_error *err)
{
    const struct attendee_walk *walk = context;
    (void)err;
    for (size_t i = 0; i < session->rows_count; i++) {
        const struct bw_report_row *row = &session->rows[i];
        struct bw_office_attendee attendee = {
            row->code, row->first_name, row->name, row->school, row->mail};
        if (row->attended && row->person_no != 0 && row->substitute[0] == '\0' &&
            !walk->each(&attendee, walk->context)) {
            break;
        }
    }
    return BW_OK;
}

enum bw_status
bw_cli_attendees(struct bw_central *central, const char *session_code, int64_t now_ms,
    bw_office_each_attendee *each, void *context, struct bw_error *err)
{
    struct attendee_walk walk = {each, context};
    struct bw_report report = {0};
    enum bw_status status = bw_report_of_session(
        central, BW_WORDING_DUTCH, session_code, now_ms, on_report, &walk, &report, err);
    bw_report_finish(&report);
    return status;
}
