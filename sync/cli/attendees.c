/* Who was at a session: see attendees.h. */
#include "cli/attendees.h"

#include "report/figures/report.h"

#include <string.h>

struct attendee_walk {
    bw_office_each_attendee *each;
    void *context;
};

/* False for whom nobody knows, or knows any more. */
static bool
attendee_of(const struct bw_report_row *row, struct bw_office_attendee *ret_attendee)
{
    bool walked_in = strcmp(row->status, "walk_in") == 0;
    bool instead = row->substitute[0] != '\0';
    *ret_attendee =
        (struct bw_office_attendee){.came = walked_in ? BW_OFFICE_CAME_WALKED_IN
                                            : instead ? BW_OFFICE_CAME_INSTEAD
                                                      : BW_OFFICE_CAME_SIGNED_UP,
            .code = row->code,
            .first_name = instead ? row->substitute : row->first_name,
            .name = instead ? "" : row->name,
            .school = row->school,
            .mail = walked_in || instead ? "" : row->mail};
    return row->attended &&
           (instead || row->person_no != 0 ||
               (walked_in && (row->first_name[0] != '\0' || row->name[0] != '\0')));
}

static enum bw_status
on_report(const struct bw_report_session *session, void *context, struct bw_error *err)
{
    const struct attendee_walk *walk = context;
    (void)err;
    for (size_t i = 0; i < session->rows_count; i++) {
        struct bw_office_attendee attendee;
        if (attendee_of(&session->rows[i], &attendee) &&
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
