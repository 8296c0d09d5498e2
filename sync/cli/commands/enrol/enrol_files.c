/* The files of an enrolment: see enrol_files.h. */
#include "cli/commands/enrol/enrol_files.h"

#include "central/records.h"
#include "central/when.h"
#include "office/ticket/enrolment_sheet.h"
#include "paper/qr.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODULE_MM 1.0

enum { MODULE_PX = 8 };

/* What is being written. */
struct enrol_writing {
    const struct bw_call *call;
    struct bw_office office;
    struct bw_cli_enrolment *one;
    struct bw_cli_enrol_book *book; /* NULL: none */
};

/* `out` and an ending; in a folder, its own name before that. */
static enum bw_status
path_of(const struct bw_cli_enrolment *one, const char *ending, char ret_path[PATH_MAX],
    struct bw_error *err)
{
    char name[48];
    (void)snprintf(name, sizeof name, "kiosk-%u%s", one->plan.enrolment.device, ending);
    if (one->folder) {
        return bw_path_join(one->out, name, ret_path, err);
    }
    if (strcmp(ending, ".json") == 0) { /* the name is the user's */
        ending = "";
    }
    return snprintf(ret_path, PATH_MAX, "%s%s", one->out, ending) < PATH_MAX
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "writing the enrolment: --out is too long a name");
}

static enum bw_status
refuse_there(const char *path, struct bw_error *err)
{
    return bw_error_set(err, BW_REFUSED, 0,
        "writing the enrolment: %s is there already, maybe another office's; give "
        "another folder",
        path);
}

/* Its path, in files[which], where none of another office's lies. */
static enum bw_status
file_name(
    struct bw_cli_enrolment *one, enum bw_cli_enrol_file which, struct bw_error *err)
{
    static const char *const endings[] = {[BW_CLI_ENROL_JSON] = ".json",
        [BW_CLI_ENROL_SVG] = ".svg",
        [BW_CLI_ENROL_PNG] = ".png",
        [BW_CLI_ENROL_PDF] = ".pdf"};
    char path[PATH_MAX];
    enum bw_status status = path_of(one, endings[which], path, err);
    if (status == BW_OK && one->folder && access(path, F_OK) == 0) {
        status = refuse_there(path, err);
    }
    if (status == BW_OK) {
        memcpy(one->files[which].path, path, sizeof path);
    }
    return status;
}

/* ---- all sheets ---- */

enum bw_status
bw_cli_enrol_book_open(const char *out, uint32_t first,
    struct bw_cli_enrol_book *ret_book, struct bw_error *err)
{
    char path[PATH_MAX], name[32];
    enum bw_status status = bw_path_join(out, "sheets.pdf", path, err);
    if (status == BW_OK && access(path, F_OK) == 0) {
        (void)snprintf(name, sizeof name, "sheets-%" PRIu32 ".pdf", first);
        status = bw_path_join(out, name, path, err);
    }
    if (status == BW_OK && access(path, F_OK) == 0) {
        status = refuse_there(path, err);
    }
    if (status == BW_OK) {
        status = bw_output_open(path, 0600, &ret_book->output, err);
    }
    if (status == BW_OK) {
        ret_book->output.fresh = true;
        bw_enrolment_sheet_begin(&ret_book->pdf, ret_book->output.file);
    }
    return status;
}

enum bw_status
bw_cli_enrol_book_close(struct bw_cli_enrol_book *book, struct bw_error *err)
{
    return bw_paper_pdf_end(&book->pdf, bw_said("the enrolment sheets"), err);
}

enum bw_status
bw_cli_enrol_book_end(struct bw_cli_enrol_book *book, bool keep, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    if (book->pdf.surface != NULL) { /* it was given up half way */
        keep = bw_cli_enrol_book_close(book, NULL) == BW_OK && keep;
    }
    keep = keep && book->pages > 0;
    if (keep) {
        status = bw_output_commit(&book->output, err);
    }
    if (!keep || status != BW_OK) {
        book->pages = 0;
    }
    bw_output_finish(&book->output);
    return status;
}

/* ---- the files of one ---- */

static enum bw_status
file_open(
    struct bw_cli_enrolment *one, enum bw_cli_enrol_file which, struct bw_error *err)
{
    char path[PATH_MAX];
    enum bw_status status = file_name(one, which, err);
    if (status == BW_OK) {
        memcpy(path, one->files[which].path, sizeof path);
        status = bw_output_open(path, 0600, &one->files[which], err);
    }
    if (status == BW_OK) {
        one->files[which].fresh = one->folder; /* another office's stays */
        one->wrote[which] = true;
    }
    return status;
}

/* Which sheet of its series it is, and of which session. */
static enum bw_status
sheet_number(const struct bw_call *call, struct bw_cli_enrolment *one,
    struct bw_session *ret_session, struct bw_error *err)
{
    const struct bw_office office = bw_call_office(call);
    const struct bw_enrolment *enrolment = &one->plan.enrolment;
    enum bw_status status =
        bw_record_session(call->central, enrolment->sessions[0], ret_session, err);
    if (status == BW_OK) {
        status = bw_office_kiosk_sheet(&office, enrolment->device, ret_session->series,
            &one->sheet, &one->sheets, err);
    }
    if (status == BW_OK) {
        bw_enrolment_sheet_sign(ret_session, one->sign);
    }
    return status;
}

static enum bw_status
sheet_write(
    const struct enrol_writing *writing, const struct bw_qr *qr, struct bw_error *err)
{
    struct bw_cli_enrolment *one = writing->one;
    enum bw_wording_language language = writing->office.language;
    struct bw_when when;
    struct bw_session session;
    char made[BW_WHEN_BYTES];
    struct bw_enrolment_page page = {.enrolment = &one->plan.enrolment,
        .session = &session,
        .when = &when,
        .qr = qr,
        .made = made};
    enum bw_status status = sheet_number(writing->call, one, &session, err);
    if (status == BW_OK) {
        status = bw_when_of_session(language, &session, &when, err);
    }
    if (status == BW_OK) {
        status = bw_when_of_moment(
            language, BW_ZONE_DEFAULT, bw_call_now_ms(writing->call), made, err);
    }
    if (status == BW_OK) {
        page.sheet = one->sheet;
        page.sheets = one->sheets;
        status = file_open(one, BW_CLI_ENROL_PDF, err);
    }
    if (status == BW_OK) {
        status = bw_enrolment_sheet_write(&page, one->files[BW_CLI_ENROL_PDF].file, err);
    }
    if (status == BW_OK && writing->book != NULL) {
        status = bw_enrolment_sheet_add(&writing->book->pdf, &page, err);
        writing->book->pages += status == BW_OK;
    }
    return status;
}

/* The QR code, as a picture; in a folder as more of them. */
static enum bw_status
pictures_write(
    const struct enrol_writing *writing, const char *text, struct bw_error *err)
{
    struct bw_cli_enrolment *one = writing->one;
    struct bw_qr *qr = malloc(sizeof *qr);
    if (!qr) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "drawing the enrolment: out of memory");
    }
    enum bw_status status = bw_qr_of_bytes(text, qr, err);
    if (status == BW_OK) {
        status = file_open(one, BW_CLI_ENROL_SVG, err);
    }
    if (status == BW_OK) {
        bw_qr_write_svg(
            qr, MODULE_MM, one->plan.enrolment.name, one->files[BW_CLI_ENROL_SVG].file);
    }
    if (status == BW_OK && one->folder) {
        status = file_open(one, BW_CLI_ENROL_PNG, err);
    }
    if (status == BW_OK && one->folder) {
        status = bw_qr_write_png(qr, MODULE_PX, one->files[BW_CLI_ENROL_PNG].file, err);
    }
    if (status == BW_OK && one->folder && qr->size <= BW_ENROLMENT_SHEET_MODULES_MAX) {
        status = sheet_write(writing, qr, err);
    }
    free(qr);
    return status;
}

enum bw_status
bw_cli_enrol_preview(
    const struct bw_call *call, struct bw_cli_enrolment *one, struct bw_error *err)
{
    struct bw_session session;
    enum bw_status status = sheet_number(call, one, &session, err);
    return status == BW_OK ? file_name(one, BW_CLI_ENROL_JSON, err) : status;
}

enum bw_status
bw_cli_enrol_write(const struct bw_call *call, struct bw_cli_enrolment *one,
    struct bw_cli_enrol_book *book, struct bw_error *err)
{
    const struct enrol_writing writing = {call, bw_call_office(call), one, book};
    char *text = NULL;
    enum bw_status status = bw_enrolment_file_write(&one->file, &text, err);
    one->qr = status == BW_OK && strlen(text) <= BW_ENROLMENT_QR_BYTES_MAX;
    if (status == BW_OK) {
        bw_output_sweep_beside(one->out);
        status = file_open(one, BW_CLI_ENROL_JSON, err);
    }
    if (status == BW_OK) {
        (void)fprintf(one->files[BW_CLI_ENROL_JSON].file, "%s\n", text);
        status = one->qr ? pictures_write(&writing, text, err) : BW_OK;
    }
    bw_enrolment_text_free(text);
    return status;
}

enum bw_status
bw_cli_enrol_end(struct bw_cli_enrolment *one, bool keep, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; i < BW_CLI_ENROL_FILES; i++) {
        if (keep && status == BW_OK && one->wrote[i]) {
            status = bw_output_commit(&one->files[i], err);
        }
        bw_output_finish(&one->files[i]);
    }
    bw_enrolment_file_finish(&one->file);
    return status;
}
