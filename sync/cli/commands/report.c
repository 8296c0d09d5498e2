/* `report`: who came, as files in one folder; with --public without names. */
#include "report/writer/report_files.h"
#include "report/figures/report_published.h"
#include "report/writer/report_public.h"
#include "report/writer/report_writer.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <limits.h>

/* Of the programme, where no setting says otherwise. */
enum { SCHOOLS = 1100, SCHOOLS_MOST = 1000000 };

static void
session_print(const struct bw_report_session *session, FILE *out)
{
    (void)fprintf(out,
        bw_said("%s (%s): %d present of %d registered (no-shows %d, from the waitlist "
                "%d, guests %d, walk-ins %d); %d of %d kiosks complete; conflicts %d.\n"),
        session->code, bw_said(bw_session_state_name(session->state)), session->present,
        session->registered, session->no_show, session->from_waitlist, session->guests,
        session->walk_ins, session->kiosks_complete, session->kiosks,
        session->conflicts.count);
    for (size_t k = 0; k < session->lines_count; k++) {
        if (!session->lines[k].counted) {
            (void)fprintf(out,
                bw_said("  Kiosk %u, \"%s\", was revoked before it was ever heard; it "
                        "doesn't count.\n"),
                session->lines[k].device, session->lines[k].name);
        }
    }
    if (session->late > 0) {
        (void)fprintf(out,
            bw_said("  %" PRId64
                    " events came after its figures were fixed, and don't count; "
                    "session reopen %s --why \"…\" counts them.\n"),
            session->late, session->code);
    }
    if (session->quarantined > 0) {
        (void)fprintf(out,
            bw_said(
                "  In quarantine, counted nowhere: %" PRId64 " events; conflicts lists "
                "them.\n"),
            session->quarantined);
    }
}

/* Nothing of interim figures: each session says its state. */
static void
version_print(const struct bw_report_version *version, FILE *out)
{
    if (version->number > 0) {
        (void)fprintf(
            out, bw_said("Version %d of %s.\n"), version->number, version->made);
    }
    for (size_t i = 0; i < version->changes_count; i++) {
        const struct bw_report_change *change = &version->changes[i];
        (void)fprintf(out, bw_said("  Since version %d: %s%s%s %d, was %d\n"),
            version->number - 1, change->where, change->where[0] ? ": " : "",
            bw_report_word(BW_WORDING_ENGLISH, change->what), change->now,
            change->before);
    }
}

/* NULL without memory. */
static json_t *
public_json(const struct bw_call *call, const struct bw_report *report)
{
    struct bw_report_sums sums;
    struct bw_error ignored;
    if (bw_report_sums_make(report, bw_call_language(call), true, &sums, &ignored) !=
        BW_OK) {
        return NULL;
    }
    json_t *root = bw_report_publish(call->central, &sums, false, &ignored) == BW_OK
                       ? bw_report_public_json(&sums)
                       : NULL;
    bw_report_sums_finish(&sums);
    return root;
}

static enum bw_status
answer(struct bw_call *call, const struct bw_report *report, const char *folder,
    struct bw_error *err)
{
    bool is_public = bw_call_value(call, BW_OPTION_PUBLIC) != NULL;
    if (call->json) {
        json_t *root = is_public ? public_json(call, report) : bw_report_json(report);
        bw_cli_set(&root, "out", json_string(folder));
        return bw_cli_json(call, root, err);
    }
    for (size_t i = 0; i < report->sessions_count; i++) {
        session_print(&report->sessions[i], call->out);
    }
    if (report->series) {
        (void)fprintf(call->out, bw_said("%s: %d people in all.\n"), report->series,
            report->unique_people);
    }
    version_print(&report->version, call->out);
    const char *name = is_public ? "report-public" : "report";
    (void)fprintf(call->out,
        bw_said("Wrote %s.html, %s.csv, %s.xlsx, %s.pdf and %s.json to %s.\n"), name,
        name, name, name, name, folder);
    return BW_OK;
}

static enum bw_exit
run_report(struct bw_call *call, struct bw_error *err)
{
    const char *session = bw_call_value(call, BW_OPTION_SESSION);
    const char *series = bw_call_value(call, BW_OPTION_SERIES);
    char folder[PATH_MAX] = "";
    struct bw_report report = {0};
    if (!session == !series) {
        return bw_call_usage(err, "report takes --session S or --series X, one of them");
    }
    int64_t schools = 0;
    if (bw_call_number(
            call, BW_OPTION_SCHOOLS, 1, SCHOOLS_MOST, SCHOOLS, &schools, err) != BW_OK) {
        return BW_EXIT_USAGE;
    }
    struct bw_report_request request = {.session = session,
        .series = series,
        .is_public = bw_call_value(call, BW_OPTION_PUBLIC) != NULL,
        .language = bw_call_language(call),
        .excel = bw_call_excel(call, bw_call_language(call)),
        .schools_of = (int)schools,
        .anew = bw_call_value(call, BW_OPTION_YES) != NULL,
        .folder = bw_call_value(call, BW_OPTION_OUT),
        .ret_folder = folder};
    enum bw_status status =
        bw_report_files(call->central, &request, bw_call_now_ms(call), &report, err);
    if (status == BW_OK) {
        status = answer(call, &report, folder, err);
    }
    bool look = !bw_report_is_complete(&report) || bw_report_conflicts(&report) > 0 ||
                bw_report_quarantined(&report) > 0;
    bw_report_finish(&report);
    return status == BW_OK && look ? BW_EXIT_LOOK : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_report = {
    .name = "report",
    .operands = "",
    .summary = BW_SAYS("who came: as HTML, CSV, XLSX, PDF and JSON"),
    .help = BW_SAYS(
        "Of one session or of a whole series. Exit status 1 where a kiosk's events are\n"
        "missing, or where there's something to judge; the report names it. Where\n"
        "another report lies in the folder, this one gets one of its own in it. With\n"
        "--public nobody is named, and counts under 5 are hidden, with what would give\n"
        "them away, also beside a public report that was made before: then it isn't\n"
        "made, unless --yes says that none of those went out. Of one session it says\n"
        "what that of its series says of it.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_SERIES) | BW_TAKES(BW_OPTION_OUT) |
             BW_TAKES(BW_OPTION_PUBLIC) | BW_TAKES(BW_OPTION_LANGUAGE) |
             BW_TAKES(BW_OPTION_SCHOOLS) | BW_TAKES(BW_OPTION_YES) |
             BW_TAKES(BW_OPTION_CSV),
    .requires = BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run_report,
};
