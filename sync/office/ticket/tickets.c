/* Tickets for people to carry: see tickets.h. */
#include "office/ticket/tickets.h"

#include "central/base/output.h"
#include "central/records.h"
#include "central/when.h"
#include "office/ticket/qr.h"
#include "office/ticket/ticket_sheet.h"

#include <stdio.h>
#include <unistd.h>

enum { MODULE_PX = 10, NAME_BYTES = BW_CODE_BYTES + 4 };
#define MODULE_MM 1.2

struct run {
    const struct bw_office *office;
    const char *folder;
    struct bw_tickets result;
    struct bw_when when;
    struct bw_output csv;
    struct bw_output pdf;
    struct bw_ticket_sheet *sheet;
    int64_t total;
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
picture_write(const struct run *run, const char *name, const struct bw_qr *qr,
    enum bw_status (*draw)(const struct bw_qr *qr, FILE *file, struct bw_error *err))
{
    char path[PATH_MAX];
    struct bw_output output = {0};
    enum bw_status status = bw_path_join(run->folder, name, path, run->err);
    if (status == BW_OK) {
        status = bw_output_open(path, 0666, &output, run->err);
    }
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
csv_row(const struct run *run, const struct row *row, const char *png)
{
    const struct bw_registration *person = &row->person;
    char code[BW_CODE_BYTES], generation[8];
    bw_code_format(person->code, code);
    (void)snprintf(generation, sizeof generation, "%u", person->generation);
    bw_csv_row(run->csv.file, code, person->first_name, person->name, row->mail,
        person->school, run->result.session.code,
        bw_registration_status_name(person->status), generation, row->text, png, NULL);
}

static enum bw_status
ticket_write(struct run *run, const struct row *row)
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
ticket_remove(struct run *run, bw_code code)
{
    static const char *const endings[] = {"png", "svg"};
    char text[BW_CODE_BYTES], name[NAME_BYTES], path[PATH_MAX];
    bool gone = false;
    bw_code_format(code, text);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        (void)snprintf(name, sizeof name, "%s.%s", text, endings[i]);
        if (bw_path_join(run->folder, name, path, NULL) == BW_OK && unlink(path) == 0) {
            gone = true;
        }
    }
    run->result.removed += gone;
}

static bool
on_row(const struct bw_sql_value *columns, int count, void *context)
{
    struct run *run = context;
    struct row row = {.mail = columns[BW_REGISTRATION_COLUMNS_COUNT].text,
        .text = columns[BW_REGISTRATION_COLUMNS_COUNT + 1].text};
    (void)count;
    bw_registration_of_row(columns, &row.person);
    switch (row.person.status) {
    case BW_CONFIRMED:
        run->result.confirmed++;
        break;
    case BW_WAITLISTED:
        run->result.waitlisted++;
        break;
    case BW_CANCELLED:
    case BW_BLOCKED:
        ticket_remove(run, row.person.code);
        return true;
    }
    run->status = ticket_write(run, &row);
    bw_progress_step(run->office->progress, "tickets",
        run->result.confirmed + run->result.waitlisted, run->total);
    return run->status == BW_OK;
}

static enum bw_status
rows_write(struct run *run)
{
    struct bw_central *central = run->office->central;
    struct bw_sql_value session = bw_sql_int(run->result.session.session_no);
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM registration WHERE session_no = $1 AND status IN (0, 1)",
        &session, 1, 0, &run->total, run->err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_central_run(central,
        "SELECT " BW_REGISTRATION_COLUMNS
        ", p.mail, (SELECT t.text FROM ticket t WHERE t.code = r.code"
        " AND t.generation = r.generation ORDER BY t.signing_key DESC LIMIT 1)"
        " FROM registration r JOIN person p ON p.person_no = r.person_no"
        " WHERE r.session_no = $1 ORDER BY " BW_SIGN_UP_ORDER,
        &session, 1, on_row, run, run->err);
    bw_progress_end(run->office->progress);
    return status == BW_OK ? run->status : status;
}

static enum bw_status
files_open(struct run *run)
{
    char path[PATH_MAX];
    enum bw_status status = bw_folder_make(run->folder, run->err);
    if (status == BW_OK) {
        status = bw_path_join(run->folder, "tickets.csv", path, run->err);
    }
    if (status == BW_OK) { /* mail addresses: the organiser's alone */
        status = bw_output_open(path, 0600, &run->csv, run->err);
    }
    if (status == BW_OK) {
        status = bw_path_join(run->folder, "tickets.pdf", path, run->err);
    }
    if (status == BW_OK) {
        status = bw_output_open(path, 0600, &run->pdf, run->err);
    }
    if (status == BW_OK) {
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
files_commit(struct run *run)
{
    enum bw_status status = BW_OK;
    if (run->result.confirmed + run->result.waitlisted > 0) {
        status = bw_ticket_sheet_end(run->sheet, run->err);
        if (status == BW_OK) {
            status = bw_output_commit(&run->pdf, run->err);
        }
    }
    return status == BW_OK ? bw_output_commit(&run->csv, run->err) : status;
}

enum bw_status
bw_tickets_write(const struct bw_office *office, const char *session_code,
    const char *folder, struct bw_tickets *ret_tickets, struct bw_error *err)
{
    struct run run = {.office = office, .folder = folder, .err = err};
    enum bw_status status =
        bw_record_session(office->central, session_code, &run.result.session, err);
    if (status == BW_OK) {
        status = bw_when_of_session(&run.result.session, &run.when, err);
    }
    if (status == BW_OK) {
        status = files_open(&run);
    }
    if (status == BW_OK) {
        status = rows_write(&run);
    }
    if (status == BW_OK) {
        status = files_commit(&run);
    }
    bw_ticket_sheet_destroy(run.sheet);
    bw_output_finish(&run.csv);
    bw_output_finish(&run.pdf);
    if (status == BW_OK) {
        *ret_tickets = run.result;
    }
    return status;
}
