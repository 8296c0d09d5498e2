/* Telling people, as files: see mailing.h. Sending stands in mailing_send.c. */
#include "office/mail/mailing.h"

#include "central/base/output_set.h"
#include "office/mail/compose.h"
#include "office/mail/merge_file.h"

#include <stdlib.h>

struct file_run {
    struct bw_mailing_writer writer;
    struct bw_told_list list;
    struct bw_mailing_names *names; /* of each who is due */
    enum bw_told_way way;
    bool asks; /* TM3 */
    struct bw_output_set files;
    struct bw_output list_file;
    struct bw_mailing result;
};

void
bw_mailing_finish(struct bw_mailing *mailing)
{
    if (mailing != NULL) {
        free(mailing->refused);
        *mailing = (struct bw_mailing){.count = 0};
    }
}

static bool
is_written(const struct bw_told_due *due)
{
    return due->hindrance == BW_TOLD_NO_HINDRANCE;
}

enum bw_status
bw_mailing_read(const struct bw_office *office, const struct bw_mailing_scope *scope,
    struct bw_told_list *ret_list, struct bw_error *err)
{
    enum bw_status status =
        bw_told_read(office, scope->session_code, scope->series_code, ret_list, err);
    if (status == BW_OK && scope->groups != NULL) {
        bw_told_groups_keep(scope->groups, ret_list);
    }
    return status;
}

static enum bw_status
prepare(struct file_run *run, const struct bw_office *office,
    const struct bw_mailing_scope *scope, struct bw_error *err)
{
    enum bw_status status = bw_central_take_turn(office->central, err); /* TM2 */
    if (status == BW_OK) {
        status = bw_mailing_writer_read(office, &run->writer, err);
    }
    if (status == BW_OK) {
        status = bw_mailing_read(office, scope, &run->list, err);
    }
    if (status != BW_OK) {
        return status;
    }
    run->asks = scope->asks;
    run->result.hindered = run->list.hindered;
    run->result.written = run->list.written;
    run->names = calloc(run->list.count + 1, sizeof *run->names);
    if (run->names == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing mails: no memory");
    }
    for (size_t i = 0; i < run->list.count; i++) {
        const struct bw_told_due *due = &run->list.due[i];
        bw_mailing_name(&run->writer, due, &run->names[i]);
        if (is_written(due)) {
            run->result.told[due->kind]++;
            run->result.count++;
        }
    }
    return BW_OK;
}

static void
file_run_finish(struct file_run *run)
{
    bw_mailing_writer_finish(&run->writer);
    bw_told_list_finish(&run->list);
    bw_output_set_finish(&run->files);
    bw_output_finish(&run->list_file);
    free(run->names);
}

/* TM1. A merge file brings nobody an entry. */
static enum bw_status
note_all(struct file_run *run, struct bw_error *err)
{
    const struct bw_office *office = run->writer.office;
    int64_t told_no = 0;
    enum bw_status status =
        bw_told_new_mailing(office->central, &run->result.mailing_no, err);
    for (size_t i = 0; status == BW_OK && i < run->list.count; i++) {
        const struct bw_told_due *due = &run->list.due[i];
        bool merge = run->way == BW_TOLD_BY_MERGE_FILE;
        struct bw_told_said said = {.due = due,
            .way = run->way,
            .message_id = merge ? "" : run->names[i].message_id,
            .entry = merge ? due->entry : run->names[i].entry,
            .on_its_way = run->asks};
        if (is_written(due)) {
            status = bw_told_note(office, run->result.mailing_no, &said, &told_no, err);
        }
    }
    return status;
}

/* ---- a mail a file ---- */

static enum bw_status
eml_write(struct file_run *run, size_t i, struct bw_error *err)
{
    const struct bw_told_due *due = &run->list.due[i];
    struct bw_output output = {0};
    bool of_session = due->kind == BW_TOLD_CERTIFICATE; /* one code, several of them */
    char code[BW_CODE_BYTES], name[BW_LABEL_BYTES + 64];
    bw_code_format(due->code, code);
    (void)snprintf(name, sizeof name, "%s-%s%s%s.eml", code, bw_told_kind_name(due->kind),
        of_session ? "-" : "", of_session ? due->session->code : "");
    enum bw_status status = bw_output_set_add(&run->files, name, 0600, &output, err);
    if (status == BW_OK) {
        output.loose = true;
        status =
            bw_mailing_compose(&run->writer, due, &run->names[i], true, output.file, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}

static enum bw_status
eml_write_all(struct file_run *run, const char *folder, struct bw_error *err)
{
    const struct bw_office *office = run->writer.office;
    size_t placed = 0;
    enum bw_status status = bw_output_set_open(folder, &run->files, err);
    for (size_t i = 0; status == BW_OK && i < run->list.count; i++) {
        if (is_written(&run->list.due[i])) {
            status = eml_write(run, i, err);
        }
        bw_progress_step(
            office->progress, "mails", (int64_t)i + 1, (int64_t)run->list.count);
    }
    bw_progress_end(office->progress);
    if (status == BW_OK) {
        status = bw_central_begin_step(office->central, err);
    }
    if (status == BW_OK) {
        status = note_all(run, err);
    }
    if (status == BW_OK) {
        status = bw_output_set_commit(&run->files, &placed, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}

enum bw_status
bw_mailing_write(const struct bw_office *office, const struct bw_mailing_scope *scope,
    const char *folder, struct bw_mailing *ret_mailing, struct bw_error *err)
{
    struct file_run run = {.way = BW_TOLD_BY_EML};
    enum bw_status status = prepare(&run, office, scope, err);
    if (status == BW_OK && run.result.count > 0) {
        status = eml_write_all(&run, folder, err);
    }
    file_run_finish(&run);
    if (status == BW_OK) {
        *ret_mailing = run.result;
    }
    return status;
}

/* ---- a row a person ---- */

static enum bw_status
merge_rows(struct file_run *run, struct bw_merge_file *file, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < run->list.count; i++) {
        if (is_written(&run->list.due[i])) {
            status = bw_merge_file_row(file, &run->writer, &run->list.due[i], err);
        }
    }
    return status;
}

static enum bw_status
merge_write_all(struct file_run *run, enum bw_wording_language excel, const char *path,
    struct bw_error *err)
{
    const struct bw_office *office = run->writer.office;
    struct bw_merge_file *file = NULL;
    enum bw_status status = bw_output_open(path, 0600, &run->list_file, err);
    if (status == BW_OK) {
        status = bw_merge_file_create(
            &run->list_file, bw_merge_file_is_workbook(path), excel, &file, err);
    }
    if (status == BW_OK) {
        status = merge_rows(run, file, err);
    }
    enum bw_status closed = bw_merge_file_close(file, status == BW_OK ? err : NULL);
    status = status == BW_OK ? closed : status;
    if (status == BW_OK) {
        status = bw_central_begin_step(office->central, err);
    }
    if (status == BW_OK) {
        status = note_all(run, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&run->list_file, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}

enum bw_status
bw_mailing_merge(const struct bw_office *office, const struct bw_mailing_scope *scope,
    const char *path, struct bw_mailing *ret_mailing, struct bw_error *err)
{
    struct file_run run = {.way = BW_TOLD_BY_MERGE_FILE};
    enum bw_status status = prepare(&run, office, scope, err);
    if (status == BW_OK && run.result.count > 0) {
        status = merge_write_all(&run, scope->excel, path, err);
    }
    file_run_finish(&run);
    if (status == BW_OK) {
        *ret_mailing = run.result;
    }
    return status;
}
