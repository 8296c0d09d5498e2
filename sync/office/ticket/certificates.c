/* Certificates for who was there: see certificates.h. */
#include "office/ticket/certificates.h"

#include "central/base/output_set.h"
#include "central/session_state.h"
#include "central/when.h"
#include "office/contact.h"
#include "office/ticket/certificate_page.h"
#include "paper/paper.h"

#include <brugwachter/said.h>
#include <stdio.h>
#include <string.h>

enum {
    FILE_NAME_BYTES = BW_LABEL_BYTES + 32,
    NAME_BYTES = 2 * BW_NAME_BYTES,
    HALF_HOUR_MS = 30 * 60 * 1000,
};

struct certificates_run {
    const struct bw_office *office;
    const struct bw_certificates_request *request;
    struct bw_keys keys;
    struct bw_office_contact contact;
    struct bw_when when;
    char made[BW_WHEN_BYTES];
    struct bw_output_set files;
    struct bw_output csv, all;
    struct bw_paper_pdf pdf; /* of `all` */
    struct bw_error *err;
};

uint8_t
bw_office_certificates_half_hours(const struct bw_session *session)
{
    int64_t lasts_ms = session->ends_ms - session->starts_ms;
    int64_t half_hours = (lasts_ms + HALF_HOUR_MS - 1) / HALF_HOUR_MS;
    return half_hours < 0                           ? 0
           : half_hours > BW_CERTIFICATE_HALF_HOURS ? BW_CERTIFICATE_HALF_HOURS
                                                    : (uint8_t)half_hours;
}

static enum bw_status
check_over(const struct certificates_run *run)
{
    const struct bw_session *session = run->request->session;
    enum bw_session_state state;
    enum bw_status status =
        bw_session_state_of(session, bw_office_now_ms(run->office), &state, run->err);
    if (status == BW_OK && state == BW_SESSION_CANCELLED) {
        return bw_error_set(run->err, BW_REFUSED, 0,
            "writing the certificates of %s: it was called off", session->code);
    }
    if (status == BW_OK && !bw_session_state_is_over(state)) {
        return bw_error_set(run->err, BW_REFUSED, 0,
            "writing the certificates of %s: it isn't over; run this again after its end",
            session->code);
    }
    return status;
}

/* What every page says alike. */
static enum bw_status
common_read(struct certificates_run *run)
{
    const struct bw_session *session = run->request->session;
    const struct bw_office *office = run->office;
    enum bw_status status = bw_office_keys(office, &run->keys, run->err);
    if (status == BW_OK) {
        status = bw_office_contact_read(office->central, &run->contact, run->err);
    }
    if (status == BW_OK) {
        status = bw_when_of_session(run->office->language, session, &run->when, run->err);
    }
    if (status == BW_OK) {
        status = bw_when_of_moment(run->office->language, session->timezone,
            bw_office_now_ms(office), run->made, run->err);
        run->made[strcspn(run->made, ",")] = '\0'; /* the day alone */
    }
    return status;
}

static enum bw_status
files_open(struct certificates_run *run)
{
    const struct bw_session *session = run->request->session;
    char csv[FILE_NAME_BYTES], all[FILE_NAME_BYTES];
    (void)snprintf(csv, sizeof csv, "certificates-%s.csv", session->code);
    (void)snprintf(all, sizeof all, "certificates-%s.pdf", session->code);
    enum bw_status status =
        bw_output_set_open(run->request->folder, &run->files, run->err);
    if (status == BW_OK) {
        status = bw_output_set_add(&run->files, csv, 0600, &run->csv, run->err);
    }
    if (status == BW_OK && run->request->people_count > 0) {
        status = bw_output_set_add(&run->files, all, 0600, &run->all, run->err);
    }
    if (status == BW_OK) {
        bw_csv_row(run->csv.file, "certificate", "code", "first_name", "name", "email",
            "school", "session", "title", "date", "pdf", "text", NULL);
        if (run->all.file != NULL) {
            bw_paper_pdf_begin(&run->pdf, session->title, BW_CERTIFICATE_PAGE_WIDTH_MM,
                BW_CERTIFICATE_PAGE_HEIGHT_MM, run->all.file);
        }
    }
    return status;
}

static enum bw_status
pdf_write(const struct bw_certificate_page *page, FILE *file, struct bw_error *err)
{
    struct bw_paper_pdf pdf;
    bw_paper_pdf_begin(&pdf, page->session->title, BW_CERTIFICATE_PAGE_WIDTH_MM,
        BW_CERTIFICATE_PAGE_HEIGHT_MM, file);
    bw_certificate_page_draw(pdf.cairo, page);
    return bw_paper_pdf_end(&pdf, bw_said("a certificate"), err);
}

/* A file of one page, for mailing. */
static enum bw_status
own_write(struct certificates_run *run, const char *file_name,
    const struct bw_certificate_page *page)
{
    struct bw_output output = {0};
    enum bw_status status =
        bw_output_set_add(&run->files, file_name, 0600, &output, run->err);
    if (status == BW_OK) {
        output.loose = true;
        status = pdf_write(page, output.file, run->err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, run->err);
    }
    bw_output_finish(&output);
    return status;
}

/* Where somebody came instead of another who had been there too, two people have one
 * code: the second's file is numbered. */
static void
file_name_make(const struct certificates_run *run, size_t at, const char *shown,
    char ret_name[FILE_NAME_BYTES])
{
    const struct bw_certificates_person *people = run->request->people;
    int before = 0;
    for (size_t i = 0; i < at; i++) {
        before += people[i].code == people[at].code;
    }
    if (before == 0) {
        (void)snprintf(ret_name, FILE_NAME_BYTES, "%s.pdf", shown);
    } else {
        (void)snprintf(ret_name, FILE_NAME_BYTES, "%s-%d.pdf", shown, before + 1);
    }
}

/* A person's page, and what it borrows. */
struct own_page {
    struct bw_certificate_page page;
    char text[BW_CERTIFICATE_TEXT_BYTES], shown[BW_CERTIFICATE_SHOWN_BYTES];
    char name[NAME_BYTES];
    struct bw_qr qr;
};

static enum bw_status
page_make(const struct certificates_run *run, const struct bw_certificates_person *person,
    struct own_page *own)
{
    const struct bw_session *session = run->request->session;
    const struct bw_signing_key *key = bw_keys_newest(&run->keys);
    struct bw_certificate certificate = {key->key, session->session_no, person->code,
        bw_office_certificates_half_hours(session)};
    bw_certificate_write(&certificate, key->secret_key, own->text);
    bw_certificate_code_show(
        bw_certificate_code(session->session_no, person->code), own->shown);
    (void)snprintf(own->name, sizeof own->name, "%s%s%s", person->first_name,
        person->name[0] != '\0' ? " " : "", person->name);
    own->page = (struct bw_certificate_page){.session = session,
        .when = &run->when,
        .contact = &run->contact,
        .made = run->made,
        .name = own->name,
        .school = person->school,
        .half_hours = certificate.half_hours,
        .shown = own->shown,
        .qr = &own->qr};
    return bw_qr_of_ticket(own->text, &own->qr, run->err);
}

static enum bw_status
person_write(struct certificates_run *run, size_t at)
{
    const struct bw_session *session = run->request->session;
    const struct bw_certificates_person *person = &run->request->people[at];
    char code[BW_CODE_BYTES], file_name[FILE_NAME_BYTES];
    struct own_page own;
    enum bw_status status = page_make(run, person, &own);
    bw_code_format(person->code, code);
    file_name_make(run, at, own.shown, file_name);
    if (status == BW_OK) {
        bw_certificate_page_draw(run->pdf.cairo, &own.page);
        status = own_write(run, file_name, &own.page);
    }
    if (status == BW_OK) {
        bw_csv_row(run->csv.file, own.shown, code, person->first_name, person->name,
            person->mail, person->school, session->code, session->title, run->when.day,
            file_name, own.text, NULL);
    }
    return status;
}

enum bw_status
bw_office_certificate_write_pdf(const struct bw_office *office,
    const struct bw_session *session, const struct bw_certificates_person *person,
    FILE *file, struct bw_error *err)
{
    const struct bw_certificates_request request = {.session = session};
    struct certificates_run run = {.office = office, .request = &request, .err = err};
    struct own_page own;
    enum bw_status status = check_over(&run);
    if (status == BW_OK) {
        status = common_read(&run);
    }
    if (status == BW_OK) {
        status = page_make(&run, person, &own);
    }
    if (status == BW_OK) {
        status = pdf_write(&own.page, file, err);
    }
    bw_keys_finish(&run.keys);
    return status;
}

static enum bw_status
files_commit(struct certificates_run *run, struct bw_certificates *result)
{
    enum bw_status status = BW_OK;
    if (run->pdf.cairo != NULL) {
        status = bw_paper_pdf_end(&run->pdf, bw_said("the certificates"), run->err);
        if (status == BW_OK) {
            status = bw_output_commit(&run->all, run->err);
        }
    }
    if (status == BW_OK) {
        status = bw_output_commit(&run->csv, run->err);
    }
    return status == BW_OK
               ? bw_output_set_place(&run->files, &result->incomplete, run->err)
               : status;
}

static enum bw_status
write_all(struct certificates_run *run, struct bw_certificates *result)
{
    size_t count = run->request->people_count;
    enum bw_status status = check_over(run);
    if (status == BW_OK) {
        status = common_read(run);
    }
    if (status == BW_OK) {
        status = files_open(run);
    }
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = person_write(run, i);
        bw_progress_step(
            run->office->progress, "certificates", (int64_t)i + 1, (int64_t)count);
    }
    bw_progress_end(run->office->progress);
    result->written = (int64_t)count;
    return status == BW_OK ? files_commit(run, result) : status;
}

enum bw_status
bw_office_certificates_write(const struct bw_office *office,
    const struct bw_certificates_request *request, struct bw_certificates *ret_result,
    struct bw_error *err)
{
    struct certificates_run run = {.office = office, .request = request, .err = err};
    struct bw_certificates result = {.written = 0};
    struct bw_error ignored;
    enum bw_status status = write_all(&run, &result);
    if (run.pdf.cairo != NULL) {
        (void)!bw_paper_pdf_end(&run.pdf, bw_said("the certificates"), &ignored);
    }
    bw_keys_finish(&run.keys);
    bw_output_finish(&run.csv);
    bw_output_finish(&run.all);
    bw_output_set_finish(&run.files);
    if (status == BW_OK) {
        *ret_result = result;
    }
    return status;
}
