/* Tickets for people to carry: see tickets.h. */
#include "office/ticket/tickets.h"

#include "central/base/array.h"
#include "central/base/output_folder.h"
#include "central/base/output_set.h"
#include "central/records.h"
#include "central/when.h"
#include "office/ticket/qr.h"
#include "office/ticket/ticket_sheet.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MODULE_PX = 10, NAME_BYTES = BW_CODE_BYTES + 4, LIST_BYTES_MAX = 1 << 26 };
#define MODULE_MM 1.2

static const char list_name[] = "tickets.csv";

struct tickets_run {
    const struct bw_office *office;
    const char *folder;
    struct bw_tickets result;
    struct bw_when when;
    struct bw_output_set files;
    struct bw_output csv;
    struct bw_output pdf;
    struct bw_ticket_sheet *sheet;
    int64_t total;
    bw_code *gone; /* who have no ticket any more */
    size_t gone_count, gone_capacity;
    enum bw_status status; /* of the first row that failed */
    struct bw_error *err;
};

/* One person; texts are the database's until the row returns. */
struct row {
    struct bw_registration person;
    const char *mail;
    const char *text;
};

static enum bw_status
png_write(const struct bw_qr *qr, FILE *file, struct bw_error *err)
{
    return bw_qr_write_png(qr, MODULE_PX, file, err);
}

static enum bw_status
svg_write(const struct bw_qr *qr, FILE *file, struct bw_error *err)
{
    (void)err;
    bw_qr_write_svg(qr, MODULE_MM, "Ticket", file);
    return BW_OK;
}

static enum bw_status
picture_write(struct tickets_run *run, const char *name, const struct bw_qr *qr,
    enum bw_status (*draw)(const struct bw_qr *qr, FILE *file, struct bw_error *err))
{
    struct bw_output output = {0};
    enum bw_status status = bw_output_set_add(&run->files, name, 0600, &output, run->err);
    if (status == BW_OK) {
        output.loose = true;
        status = draw(qr, output.file, run->err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, run->err);
    }
    bw_output_finish(&output);
    return status;
}

static void
csv_row(const struct tickets_run *run, const struct row *row, const char *png)
{
    const struct bw_registration *person = &row->person;
    char code[BW_CODE_BYTES], generation[8];
    bw_code_format(person->code, code);
    (void)snprintf(generation, sizeof generation, "%u", person->generation);
    bw_csv_row(run->csv.file, code, person->person.first_name, person->person.name,
        row->mail, person->person.school, run->result.session.code,
        bw_registration_status_name(person->status), generation, row->text, png, NULL);
}

static enum bw_status
ticket_write(struct tickets_run *run, const struct row *row)
{
    char code[BW_CODE_BYTES], png[NAME_BYTES], svg[NAME_BYTES];
    struct bw_qr qr;
    bw_code_format(row->person.code, code);
    (void)snprintf(png, sizeof png, "%s.png", code);
    (void)snprintf(svg, sizeof svg, "%s.svg", code);
    if (row->text[0] == '\0') {
        return bw_error_set(run->err, BW_CORRUPT, 0,
            "writing the ticket of %s: none was issued; give a new one: reissue %s", code,
            code);
    }
    enum bw_status status = bw_qr_of_ticket(row->text, &qr, run->err);
    if (status == BW_OK) {
        status = picture_write(run, png, &qr, png_write);
    }
    if (status == BW_OK) {
        status = picture_write(run, svg, &qr, svg_write);
    }
    if (status == BW_OK) {
        csv_row(run, row, png);
        struct bw_ticket_page page = {
            &run->result.session, &run->when, &row->person, &qr};
        bw_ticket_sheet_page(run->sheet, &page);
    }
    return status;
}

/* What an earlier run wrote for somebody who has no ticket any more. */
static void
ticket_remove(struct tickets_run *run, bw_code code)
{
    static const char *const endings[] = {"png", "svg"};
    char text[BW_CODE_BYTES], name[NAME_BYTES], path[PATH_MAX];
    bool gone = false;
    bw_code_format(code, text);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        (void)snprintf(name, sizeof name, "%s.%s", text, endings[i]);
        if (bw_path_join(run->result.folder, name, path, NULL) == BW_OK &&
            unlink(path) == 0) {
            gone = true;
        }
    }
    run->result.removed += gone;
}

static enum bw_status
row_write(struct tickets_run *run, const struct row *row)
{
    switch (row->person.status) {
    case BW_CONFIRMED:
        run->result.confirmed++;
        return ticket_write(run, row);
    case BW_WAITLISTED:
        run->result.waitlisted++;
        return ticket_write(run, row);
    case BW_CANCELLED:
    case BW_BLOCKED:
        break;
    }
    bw_code *gone =
        bw_array_more(&run->gone, &run->gone_count, &run->gone_capacity, sizeof *gone);
    if (gone == NULL) {
        return bw_error_set(run->err, BW_NO_MEMORY, ENOMEM,
            "writing the tickets of %s: no memory", run->result.session.code);
    }
    *gone = row->person.code;
    return BW_OK;
}

static bool
on_row(const struct bw_sql_value *columns, int count, void *context)
{
    struct tickets_run *run = context;
    struct row row = {.mail = columns[BW_REGISTRATION_COLUMNS_COUNT].text,
        .text = columns[BW_REGISTRATION_COLUMNS_COUNT + 1].text};
    (void)count;
    bw_registration_of_row(columns, &row.person);
    run->status = row_write(run, &row);
    bw_progress_step(run->office->progress, "tickets",
        run->result.confirmed + run->result.waitlisted, run->total);
    return run->status == BW_OK;
}

static enum bw_status
rows_write(struct tickets_run *run)
{
    struct bw_sql_value session = bw_sql_int(run->result.session.session_no);
    enum bw_status status = bw_central_run(run->office->central,
        "SELECT " BW_REGISTRATION_COLUMNS
        ", p.mail, (SELECT t.text FROM ticket t WHERE t.code = r.code"
        " AND t.generation = r.generation ORDER BY t.signing_key DESC LIMIT 1)"
        " FROM registration r JOIN person p ON p.person_no = r.person_no"
        " WHERE r.session_no = $1 ORDER BY " BW_SIGN_UP_ORDER,
        &session, 1, on_row, run, run->err);
    bw_progress_end(run->office->progress);
    return status == BW_OK ? run->status : status;
}

/* Whether an earlier list there is of other people: its first row doesn't name this
 * session in a cell, whatever program saved it since. */
static bool
is_anothers(const char *folder, const char *code)
{
    static const char between[] = ",;\t\"'\r\n";
    char path[PATH_MAX], *rest = NULL;
    unsigned char *bytes = NULL;
    size_t length = 0;
    if (bw_path_join(folder, list_name, path, NULL) != BW_OK ||
        bw_file_read(path, LIST_BYTES_MAX, &bytes, &length, NULL) != BW_OK) {
        return false;
    }
    char *row = strchr((char *)bytes, '\n');
    bool another = row != NULL && row[1] != '\0';
    if (another) {
        row[1 + strcspn(row + 1, "\n")] = '\0';
        for (const char *cell = strtok_r(row, between, &rest); cell != NULL && another;
             cell = strtok_r(NULL, between, &rest)) {
            another = strcmp(cell, code) != 0;
        }
    }
    free(bytes);
    return another;
}

/* The list and, where there's anybody to print for, the PDF: both hold what is the
 * organiser's alone. */
static enum bw_status
files_open(struct tickets_run *run)
{
    const char *code = run->result.session.code;
    enum bw_status status = bw_output_folder(
        run->folder, is_anothers(run->folder, code), code, run->result.folder, run->err);
    if (status == BW_OK) {
        status = bw_output_set_open(run->result.folder, &run->files, run->err);
    }
    if (status == BW_OK) {
        status = bw_output_set_add(&run->files, list_name, 0600, &run->csv, run->err);
    }
    if (status == BW_OK && run->total > 0) {
        status = bw_output_set_add(&run->files, "tickets.pdf", 0600, &run->pdf, run->err);
    }
    if (status == BW_OK && run->total > 0) {
        status = bw_ticket_sheet_create(
            run->result.session.title, run->pdf.file, &run->sheet, run->err);
    }
    if (status == BW_OK) {
        bw_csv_row(run->csv.file, "code", "first_name", "name", "email", "school",
            "session", "status", "generation", "text", "png", NULL);
    }
    return status;
}

static enum bw_status
files_close(struct tickets_run *run)
{
    enum bw_status status = BW_OK;
    if (run->sheet != NULL) {
        status = bw_ticket_sheet_end(run->sheet, run->err);
        if (status == BW_OK) {
            status = bw_output_commit(&run->pdf, run->err);
        }
    }
    return status == BW_OK ? bw_output_commit(&run->csv, run->err) : status;
}

/* What is in its place can't be taken back: then the rest is told, and no failure. */
static enum bw_status
files_commit(struct tickets_run *run)
{
    size_t placed = 0;
    enum bw_status status = bw_output_set_commit(&run->files, &placed, run->err);
    if (status != BW_OK && placed > 0) {
        (void)bw_error_prefix(run->err, status,
            "%zu of %zu files were written; run it again when this is mended", placed,
            run->files.names_count);
        run->result.incomplete = *run->err;
        status = BW_OK;
    }
    for (size_t i = 0; status == BW_OK && i < run->gone_count; i++) {
        ticket_remove(run, run->gone[i]);
    }
    return status;
}

static enum bw_status
read_session(struct tickets_run *run, const char *session_code)
{
    struct bw_central *central = run->office->central;
    enum bw_status status =
        bw_record_session(central, session_code, &run->result.session, run->err);
    if (status == BW_OK) {
        status = bw_when_of_session(&run->result.session, &run->when, run->err);
    }
    struct bw_sql_value session = bw_sql_int(run->result.session.session_no);
    return status == BW_OK ? bw_central_number(central,
                                 "SELECT count(*) FROM registration WHERE session_no = $1"
                                 " AND status IN (0, 1)",
                                 &session, 1, 0, &run->total, run->err)
                           : status;
}

/* Everything is of one snapshot. */
static enum bw_status
write_all(struct tickets_run *run, const char *session_code)
{
    enum bw_status status = bw_central_read_begin(run->office->central, run->err);
    if (status == BW_OK) {
        status = read_session(run, session_code);
    }
    if (status == BW_OK) {
        status = files_open(run);
    }
    if (status == BW_OK) {
        status = rows_write(run);
    }
    bw_central_read_end(run->office->central);
    if (status == BW_OK) {
        status = files_close(run);
    }
    return status == BW_OK ? files_commit(run) : status;
}

enum bw_status
bw_office_tickets_write(const struct bw_office *office, const char *session_code,
    const char *folder, struct bw_tickets *ret_tickets, struct bw_error *err)
{
    struct tickets_run run = {.office = office, .folder = folder, .err = err};
    enum bw_status status = write_all(&run, session_code);
    bw_ticket_sheet_destroy(run.sheet);
    bw_output_finish(&run.csv);
    bw_output_finish(&run.pdf);
    bw_output_set_finish(&run.files);
    free(run.gone);
    if (status == BW_OK) {
        *ret_tickets = run.result;
    }
    return status;
}
