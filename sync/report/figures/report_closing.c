/* Whether the figures of a circle may be fixed: see report.h. */
#include "report/figures/report.h"

#include <brugwachter/said.h>
#include <stdio.h>

/* What stands in the way of fixing them, for a sentence; "": nothing. */
static void
lacks_tell(const struct bw_report_session *session, char *ret_text, size_t bytes)
{
    int conflicts = session->conflicts.count;
    char lack[200] = "", judge[120] = "";
    if (session->kiosks == 0 && !session->complete) {
        (void)snprintf(lack, sizeof lack, "%s",
            bw_said("it had no kiosk, so that nobody is known to have come but who was "
                    "typed in (import attendance)"));
    } else if (!session->complete) {
        (void)snprintf(lack, sizeof lack,
            bw_said("%d of %d kiosks are complete (status)"), session->kiosks_complete,
            session->kiosks);
    }
    if (conflicts > 0) {
        (void)snprintf(judge, sizeof judge,
            conflicts == 1 ? bw_said("%d conflict is to be judged (conflicts)")
                           : bw_said("%d conflicts are to be judged (conflicts)"),
            conflicts);
    }
    bool both = lack[0] != '\0' && judge[0] != '\0';
    (void)snprintf(ret_text, bytes, both ? bw_said("%s, and %s") : "%s%s", lack, judge);
}

enum bw_status
bw_report_check_closing(struct bw_central *central, const char *code, int64_t now_ms,
    const char *why, struct bw_error *err)
{
    struct bw_report report = {0};
    char lacks[400];
    enum bw_status status = bw_report_of_session(
        central, BW_WORDING_DUTCH, code, now_ms, NULL, NULL, &report, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_report_session *session = &report.sessions[0];
    lacks_tell(session, lacks, sizeof lacks);
    if (bw_session_state_is_over(session->state) && why[0] == '\0' && lacks[0] != '\0') {
        status = bw_error_about(err,
            bw_error_set(err, BW_REFUSED, 0,
                "closing %s: %s; say with --why why the figures stand all the same",
                session->code, lacks),
            "why");
    }
    bw_report_finish(&report);
    return status;
}
