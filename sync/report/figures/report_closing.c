/* Whether the figures of a circle may be fixed: see report.h. */
#include "report/figures/report.h"

enum bw_status
bw_report_check_closing(struct bw_central *central, const char *code, int64_t now_ms,
    const char *why, struct bw_error *err)
{
    struct bw_report report = {0};
    enum bw_status status = bw_report_of_session(
        central, BW_WORDING_DUTCH, code, now_ms, NULL, NULL, &report, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_report_session *session = &report.sessions[0];
    bool over = bw_session_state_is_over(session->state);
    int conflicts = session->conflicts.count;
    if (over && why[0] == '\0' && (!session->complete || conflicts > 0)) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "closing %s: %d of %d kiosks are complete, and %d conflicts are to be judged "
            "(report, conflicts); say with --why why the figures stand all the same",
            session->code, session->kiosks_complete, session->kiosks, conflicts);
    }
    bw_report_finish(&report);
    return status;
}
