/* The report's files in one folder: see report_files.h. */
#include "report/writer/report_files.h"

#include "central/base/output_folder.h"
#include "report/writer/report_pdf.h"
#include "report/writer/report_public.h"
#include "report/writer/report_writer.h"
#include "report/figures/report_published.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

enum { HTML, CSV, XLSX, PDF, JSON, FILES };
static const char *const names[][FILES] = {
    {"report.html", "report.csv", "report.xlsx", "report.pdf", "report.json"},
    {"report-public.html", "report-public.csv", "report-public.xlsx", "report-public.pdf",
        "report-public.json"},
};

struct files {
    const struct bw_report_request *request;
    char folder[PATH_MAX];
    bool open; /* with the first session: a report of nothing leaves no folder behind */
    struct bw_output outputs[FILES];
    struct bw_report_xlsx *xlsx;
};

/* Whether an earlier report there is of another session or series. */
static bool
is_anothers(const struct bw_report_request *request)
{
    char path[PATH_MAX];
    if (bw_path_join(request->folder, names[request->is_public][JSON], path, NULL) !=
        BW_OK) {
        return false;
    }
    json_t *root = json_load_file(path, 0, NULL);
    const json_t *series = json_object_get(root, "series");
    const json_t *session = json_array_get(json_object_get(root, "sessions"), 0);
    const char *code = json_string_value(
        json_object_get(json_is_object(series) ? series : session, "code"));
    bool same = code == NULL ||
                (json_is_object(series)
                        ? request->series && strcasecmp(code, request->series) == 0
                        : request->session && strcasecmp(code, request->session) == 0);
    json_decref(root);
    return !same;
}

/* Which version an earlier report there is; 0: none, or interim. */
static int
version_there(const struct files *files)
{
    char path[PATH_MAX];
    if (bw_path_join(files->folder, names[files->request->is_public][JSON], path, NULL) !=
        BW_OK) {
        return 0;
    }
    json_t *root = json_load_file(path, 0, NULL);
    int number = (int)json_integer_value(
        json_object_get(json_object_get(root, "version"), "number"));
    json_decref(root);
    return number;
}

/* RV2: the files of another version go to a folder of their own first. */
static enum bw_status
earlier_put_aside(
    const struct files *files, const struct bw_report *report, struct bw_error *err)
{
    char name[32], folder[PATH_MAX], from[PATH_MAX], to[PATH_MAX];
    int there = version_there(files);
    if (there <= 0 || there == report->version.number) {
        return BW_OK;
    }
    (void)snprintf(name, sizeof name, "version-%d", there);
    enum bw_status status = bw_path_join(files->folder, name, folder, err);
    if (status == BW_OK) {
        status = bw_folder_make(folder, err);
    }
    for (int i = 0; status == BW_OK && i < FILES; i++) {
        const char *file = names[files->request->is_public][i];
        status = bw_path_join(files->folder, file, from, err);
        if (status == BW_OK) {
            status = bw_path_join(folder, file, to, err);
        }
        if (status == BW_OK && rename(from, to) != 0 && errno != ENOENT) {
            status = bw_error_set(err, BW_IO, errno,
                "keeping version %d: moving %s to %s: %s; move it yourself, and run this "
                "again",
                there, from, to, bw_said(strerror(errno)));
        }
    }
    return status;
}

/* Names and mail addresses: the organiser's alone. */
static enum bw_status
files_open(struct files *files, struct bw_error *err)
{
    const struct bw_report_request *request = files->request;
    enum bw_status status = bw_output_folder(request->folder, is_anothers(request),
        request->session ? request->session : request->series, files->folder, err);
    if (status == BW_OK) {
        status = bw_folder_make(files->folder, err);
    }
    files->open = true;
    for (int i = 0; status == BW_OK && i < FILES; i++) {
        char path[PATH_MAX];
        status = bw_path_join(files->folder, names[request->is_public][i], path, err);
        if (status == BW_OK) {
            status = bw_output_open(path, 0600, &files->outputs[i], err);
        }
    }
    if (status == BW_OK && !request->is_public) {
        files->xlsx = bw_report_xlsx_create(files->outputs[XLSX].temp, request->language);
        bw_report_csv_begin(request->excel, files->outputs[CSV].file);
        if (!files->xlsx) {
            status = bw_error_set(err, BW_NO_MEMORY, 0,
                "making the workbook: out of memory; close other programs");
        }
    }
    return status;
}

static enum bw_status
on_session(const struct bw_report_session *session, void *context, struct bw_error *err)
{
    struct files *files = context;
    enum bw_status status = files->open ? BW_OK : files_open(files, err);
    if (status != BW_OK || files->request->is_public) {
        return status;
    }
    bw_report_csv_session(session, files->request->excel, files->outputs[CSV].file);
    bw_report_xlsx_session(files->xlsx, session);
    return BW_OK;
}

/* What has everybody's name. */
static enum bw_status
private_write(struct files *files, const struct bw_report *report,
    const struct bw_report_sums *sums, struct bw_error *err)
{
    struct bw_report_xlsx *xlsx = files->xlsx;
    files->xlsx = NULL;
    enum bw_status status = bw_report_xlsx_close(xlsx, sums, err);
    if (status == BW_OK) {
        bw_report_write_html(report, sums, files->outputs[HTML].file);
        status = bw_report_write_json(report, files->outputs[JSON].file, err);
    }
    return status;
}

/* What has nobody's. */
static enum bw_status
public_write(struct files *files, const struct bw_report_sums *sums, struct bw_error *err)
{
    enum bw_status status = bw_report_public_xlsx(sums, files->outputs[XLSX].temp, err);
    json_t *root = status == BW_OK ? bw_report_public_json(sums) : NULL;
    if (status != BW_OK) {
        return status;
    }
    bw_report_public_html(sums, files->outputs[HTML].file);
    bw_report_public_csv(sums, files->request->excel, files->outputs[CSV].file);
    if (!root || json_dumpf(root, files->outputs[JSON].file,
                     JSON_INDENT(1) | JSON_PRESERVE_ORDER) != 0) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "writing the report: out of memory; close other programs");
    }
    json_decref(root);
    return status;
}

/* The JSON last: who waits for it finds the others there. */
static enum bw_status
files_commit(struct files *files, struct bw_central *central,
    const struct bw_report *report, struct bw_error *err)
{
    const struct bw_report_request *request = files->request;
    struct bw_report_sums sums = {.report = NULL};
    enum bw_status status =
        bw_report_sums_make(report, request->language, request->is_public, &sums, err);
    if (status == BW_OK && request->is_public) {
        status = bw_report_publish(central, &sums, request->anew, err);
    }
    if (status == BW_OK) {
        status = request->is_public ? public_write(files, &sums, err)
                                    : private_write(files, report, &sums, err);
    }
    if (status == BW_OK) {
        status = bw_report_pdf(&sums, files->outputs[PDF].file, err);
    }
    bw_report_sums_finish(&sums);
    if (status == BW_OK) {
        status = earlier_put_aside(files, report, err);
    }
    for (int i = 0; status == BW_OK && i < FILES; i++) {
        status = bw_output_commit(&files->outputs[i], err);
    }
    return status;
}

enum bw_status
bw_report_files(struct bw_central *central, const struct bw_report_request *request,
    int64_t now_ms, struct bw_report *ret_report, struct bw_error *err)
{
    struct files files = {.request = request};
    struct bw_report report = {0};
    enum bw_status status =
        request->session ? bw_report_of_session(central, request->language,
                               request->session, now_ms, on_session, &files, &report, err)
                         : bw_report_of_series(central, request->language,
                               request->series, now_ms, on_session, &files, &report, err);
    if (status == BW_OK) {
        status = bw_report_version_fix(central, &report, err);
    }
    if (status == BW_OK) {
        report.schools_of =
            report.schools_listed ? report.schools_of : request->schools_of;
        status = files_commit(&files, central, &report, err);
    }
    if (files.xlsx) {
        struct bw_error ignored;
        (void)!bw_report_xlsx_close(files.xlsx, NULL, &ignored);
    }
    for (int i = 0; i < FILES; i++) {
        bw_output_finish(&files.outputs[i]);
    }
    if (status != BW_OK) {
        bw_report_finish(&report);
        return status;
    }
    if (request->ret_folder) {
        memcpy(request->ret_folder, files.folder, sizeof files.folder);
    }
    *ret_report = report;
    return BW_OK;
}
