/* `tickets`: what every person of a session gets to carry, and the list for a mail merge.
 *
 * The texts are those that were issued (issue.h); nothing here signs. Somebody without a
 * valid registration gets none, and what an earlier run wrote for them is taken away. */
#include "central/records.h"
#include "cli/answer.h"
#include "cli/commands.h"
#include "central/base/output.h"
#include "central/when.h"
#include "office/ticket/qr.h"
#include "office/ticket/ticket_sheet.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MODULE_PX = 10, NAME_BYTES = BW_CODE_BYTES + 4 };
#define MODULE_MM 1.2

struct run {
    struct bw_call *call;
    const char *folder;
    struct bw_session session;
    struct bw_when when;
    struct bw_output csv;
    struct bw_output pdf;
    struct bw_ticket_sheet *sheet;
    int64_t total, confirmed, waitlisted, removed;
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
        person->school, run->session.code, bw_registration_status_name(person->status),
        generation, row->text, png, NULL);
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
        struct bw_ticket_page page = {&run->session, &run->when, &row->person, &qr};
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
    run->removed += gone;
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
        run->confirmed++;
        break;
    case BW_WAITLISTED:
        run->waitlisted++;
        break;
    case BW_CANCELLED:
    case BW_BLOCKED:
        ticket_remove(run, row.person.code);
        return true;
    }
    run->status = ticket_write(run, &row);
    bw_progress_step(
        run->call->progress, "tickets", run->confirmed + run->waitlisted, run->total);
    return run->status == BW_OK;
}

static enum bw_status
rows_write(struct run *run)
{
    struct bw_central *central = run->call->central;
    struct bw_sql_value session = bw_sql_int(run->session.session_no);
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
    bw_progress_end(run->call->progress);
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
            run->session.title, run->pdf.file, &run->sheet, run->err);
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
    if (run->confirmed + run->waitlisted > 0) {
        status = bw_ticket_sheet_end(run->sheet, run->err);
        if (status == BW_OK) {
            status = bw_output_commit(&run->pdf, run->err);
        }
    }
    return status == BW_OK ? bw_output_commit(&run->csv, run->err) : status;
}

static enum bw_status
answer(const struct run *run)
{
    if (run->call->json) {
        return bw_answer_json(run->call,
            json_pack("{s:s, s:I, s:I, s:I, s:I, s:s}", "session", run->session.code,
                "tickets", (json_int_t)(run->confirmed + run->waitlisted), "confirmed",
                (json_int_t)run->confirmed, "waitlisted", (json_int_t)run->waitlisted,
                "removed", (json_int_t)run->removed, "out", run->folder),
            run->err);
    }
    (void)fprintf(run->call->out,
        "Wrote %" PRId64 " tickets of %s to %s: %" PRId64 " with a place, %" PRId64
        " on the waitlist; a PNG and an SVG each, tickets.csv, %s.\n",
        run->confirmed + run->waitlisted, run->session.code, run->folder, run->confirmed,
        run->waitlisted, run->total > 0 ? "tickets.pdf" : "no PDF");
    if (run->removed > 0) {
        (void)fprintf(run->call->out,
            "Took away %" PRId64 " tickets of people who are cancelled or blocked.\n",
            run->removed);
    }
    return BW_OK;
}

static enum bw_exit
run_tickets(struct bw_call *call, struct bw_error *err)
{
    struct run run = {
        .call = call, .folder = bw_call_value(call, BW_OPTION_OUT), .err = err};
    enum bw_status status = bw_record_session(
        call->central, bw_call_value(call, BW_OPTION_SESSION), &run.session, err);
    if (status == BW_OK) {
        status = bw_when_of_session(&run.session, &run.when, err);
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
        status = answer(&run);
    }
    return bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_tickets = {
    .name = "tickets",
    .operands = "",
    .summary = "write the tickets of a session: PNG, SVG, PDF and a list for mailing",
    .help =
        "tickets.csv has a row a person, in order of sign-up; its column png names the\n"
        "picture. tickets.pdf has an A6 page a person. People on the waitlist get a\n"
        "ticket too, which says so.\n",
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_OUT),
    .requires = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .run = run_tickets,
};
