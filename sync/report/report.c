/* `report`: report.html, report.csv, report.xlsx and report.json in one folder. */
#include "report/report.h"

#include "cli/answer.h"
#include "cli/commands.h"
#include "central/base/output.h"

#include <stdlib.h>
#include <string.h>

static enum bw_status
html_write(const struct bw_report *report, struct bw_output *output, struct bw_error *err)
{
    (void)err;
    bw_report_write_html(report, output->file);
    return BW_OK;
}

static enum bw_status
csv_write(const struct bw_report *report, struct bw_output *output, struct bw_error *err)
{
    (void)err;
    bw_report_write_csv(report, output->file);
    return BW_OK;
}

static enum bw_status
xlsx_write(const struct bw_report *report, struct bw_output *output, struct bw_error *err)
{
    return bw_report_write_xlsx(report, output->temp, err);
}

static enum bw_status
json_write(const struct bw_report *report, struct bw_output *output, struct bw_error *err)
{
    json_t *root = bw_report_json(report);
    if (!root) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "writing the report: out of memory; close other programs");
    }
    (void)json_dumpf(root, output->file, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    (void)fputc('\n', output->file);
    json_decref(root);
    return BW_OK;
}

/* The JSON last: who waits for it finds the others there. */
static const struct {
    const char *name;
    enum bw_status (*write)(
        const struct bw_report *report, struct bw_output *output, struct bw_error *err);
} files[] = {
    {"report.html", html_write},
    {"report.csv", csv_write},
    {"report.xlsx", xlsx_write},
    {"report.json", json_write},
};

static enum bw_status
file_write(const struct bw_report *report, const char *folder, size_t which,
    struct bw_error *err)
{
    char path[PATH_MAX];
    struct bw_output output = {0};
    enum bw_status status = bw_path_join(folder, files[which].name, path, err);
    if (status == BW_OK) { /* names and mail addresses: the organiser's alone */
        status = bw_output_open(path, 0600, &output, err);
    }
    if (status == BW_OK) {
        status = files[which].write(report, &output, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}

static enum bw_status
answer(struct bw_call *call, const struct bw_report *report, struct bw_error *err)
{
    const char *folder = bw_call_value(call, BW_OPTION_OUT);
    if (call->json) {
        json_t *root = bw_report_json(report);
        if (root && json_object_set_new(root, "out", json_string(folder)) != 0) {
            json_decref(root);
            root = NULL;
        }
        return bw_cli_json(call, root, err);
    }
    for (size_t i = 0; i < report->sessions_count; i++) {
        const struct bw_report_session *session = &report->sessions[i];
        (void)fprintf(call->out,
            "%s: %d present of %d registered (no-shows %d, from the waitlist %d, guests "
            "%d, walk-ins %d); %d of %d kiosks complete; conflicts %d.\n",
            session->book->session.code, session->present, session->registered,
            session->no_show, session->from_waitlist, session->guests, session->walk_ins,
            session->kiosks_complete, session->kiosks, session->conflicts.count);
    }
    if (report->series) {
        (void)fprintf(
            call->out, "%s: %d people in all.\n", report->series, report->unique_people);
    }
    (void)fprintf(call->out,
        "Wrote report.html, report.csv, report.xlsx and report.json to %s.\n", folder);
    return BW_OK;
}

static enum bw_exit
run_report(struct bw_call *call, struct bw_error *err)
{
    const char *session = bw_call_value(call, BW_OPTION_SESSION);
    const char *series = bw_call_value(call, BW_OPTION_SERIES);
    const char *folder = bw_call_value(call, BW_OPTION_OUT);
    struct bw_report report = {0};
    if (!session == !series) {
        return bw_call_usage(err, "report takes --session S or --series X, one of them");
    }
    int64_t now_ms = bw_call_now_ms(call);
    enum bw_status status =
        session ? bw_report_of_session(call->central, session, now_ms, &report, err)
                : bw_report_of_series(call->central, series, now_ms, &report, err);
    if (status == BW_OK) {
        status = bw_folder_make(folder, err);
    }
    for (size_t i = 0; status == BW_OK && i < sizeof files / sizeof files[0]; i++) {
        status = file_write(&report, folder, i, err);
    }
    if (status == BW_OK) {
        status = answer(call, &report, err);
    }
    bool look = !bw_report_is_complete(&report) || bw_report_conflicts(&report) > 0;
    bw_report_finish(&report);
    return status == BW_OK && look ? BW_EXIT_LOOK : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_report = {
    .name = "report",
    .operands = "",
    .summary = "who came: as HTML, CSV, XLSX and JSON",
    .help =
        "Of one session or of a whole series. Exit status 1 where a kiosk's events are\n"
        "missing, or where there's something to judge; the report names it.\n",
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_SERIES) |
             BW_TAKES(BW_OPTION_OUT),
    .requires = BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run_report,
};
