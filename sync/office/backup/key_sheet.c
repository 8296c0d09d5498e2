/* The sheet of a key: lines to type, a QR code that holds them, and what to do with it.
 * Lengths are millimetres. See key_paper.h. */
#include "office/backup/key_paper.h"

#include "central/base/output.h"
#include "central/records.h"
#include "central/when.h"
#include "paper/icon.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <brugwachter/zone.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_WIDTH_MM 210.0
#define PAGE_HEIGHT_MM 297.0
#define LEFT_MM 12.0
#define WIDTH_MM 186.0
#define LINES_Y_MM 66.0
#define LINE_MM 5.2
#define LINE_PT 11.5
#define GAP " "
#define QR_MM 74.0

enum { QR_MODULES_MAX = 117, LINES_BESIDE_QR = 26 };

struct key_sheet {
    enum bw_wording_language language;
    const char *lines;
    size_t count;
    const struct bw_qr *qr; /* NULL: too fine for paper */
    char made[BW_WORDING_SAID_BYTES];
    char of[BW_TITLE_BYTES + BW_LABEL_BYTES];
};

static void
head_draw(cairo_t *cairo, const struct key_sheet *sheet)
{
    bw_paper_fill(cairo, LEFT_MM, 12, WIDTH_MM, 24, 3, BW_PAPER_GRACHT);
    bw_paper_logo(cairo, 17, 16.5, 15, BW_PAPER_WIT, BW_PAPER_ZON);
    (void)bw_paper_say(cairo, 37, 14.6, 158, 12, 26, PANGO_WEIGHT_HEAVY, BW_PAPER_WIT,
        bw_wording(sheet->language, "ky.h"));
    (void)bw_paper_say(
        cairo, 37, 26.4, 158, 6.4, 13, PANGO_WEIGHT_BOLD, BW_PAPER_WIT, sheet->of);
    (void)bw_paper_say(cairo, LEFT_MM, 40, WIDTH_MM, 18, 12, PANGO_WEIGHT_BOLD,
        BW_PAPER_INKT, bw_wording(sheet->language, "ky.p"));
    (void)bw_paper_say(cairo, LEFT_MM, 58.5, WIDTH_MM, 5, 9, PANGO_WEIGHT_MEDIUM,
        BW_PAPER_STEEN, sheet->made);
}

/* A line a row, one text each: so it is copied from the screen as it is typed from paper.
 */
static void
lines_draw(cairo_t *cairo, const struct key_sheet *sheet)
{
    const char *at = sheet->lines;
    for (size_t i = 0; i < sheet->count; i++) {
        char row[4 * BW_KEY_LINE_BYTES] = "";
        size_t used = 0, bytes = strcspn(at, "\n");
        double y_mm = LINES_Y_MM + (double)i * LINE_MM;
        for (size_t c = 0; c < bytes; c++) {
            used += (size_t)snprintf(
                row + used, sizeof row - used, "%s%c", at[c] == ' ' ? GAP : "", at[c]);
        }
        if (i % 2 == 0) {
            bw_paper_fill(cairo, LEFT_MM - 2, y_mm - 0.2, WIDTH_MM + 4, LINE_MM, 0.5,
                BW_PAPER_MIST);
        }
        (void)bw_paper_say(cairo, LEFT_MM, y_mm, WIDTH_MM, 0, LINE_PT, PANGO_WEIGHT_BOLD,
            BW_PAPER_INKT, row);
        at += bytes + (at[bytes] == '\n');
    }
}

static void
foot_draw(cairo_t *cairo, const struct key_sheet *sheet)
{
    double x_mm = sheet->qr != NULL ? LEFT_MM + QR_MM + 6 : LEFT_MM;
    double width_mm = WIDTH_MM + LEFT_MM - x_mm;
    double y_mm = LINES_Y_MM + (double)sheet->count * LINE_MM + 8;
    static const char *const words[] = {"ky.q", "ky.s1", "ky.s2", "ky.s3"};
    if (sheet->qr != NULL) {
        bw_paper_qr(cairo, sheet->qr, LEFT_MM, y_mm, QR_MM);
    }
    y_mm += 4;
    for (size_t i = sheet->qr == NULL; i < sizeof words / sizeof words[0]; i++) {
        y_mm += 2 + bw_paper_say(cairo, x_mm, y_mm, width_mm, 22, 12, PANGO_WEIGHT_MEDIUM,
                        BW_PAPER_INKT, bw_wording(sheet->language, words[i]));
    }
}

static enum bw_status
sheet_write(const struct key_sheet *sheet, FILE *file, struct bw_error *err)
{
    struct bw_paper_pdf pdf;
    bw_paper_pdf_begin(
        &pdf, bw_wording(sheet->language, "ky.h"), PAGE_WIDTH_MM, PAGE_HEIGHT_MM, file);
    head_draw(pdf.cairo, sheet);
    lines_draw(pdf.cairo, sheet);
    foot_draw(pdf.cairo, sheet);
    cairo_show_page(pdf.cairo);
    return bw_paper_pdf_end(&pdf, bw_said("the sheet with the key"), err);
}

static bool
on_organiser(const struct bw_sql_value *columns, int count, void *context)
{
    struct key_sheet *sheet = context;
    (void)count;
    (void)snprintf(sheet->of, sizeof sheet->of, "%s", columns[0].text);
    bw_text_defuse(sheet->of, '?');
    return false;
}

static enum bw_status
sheet_fill(const struct bw_office *office, struct key_sheet *sheet, struct bw_error *err)
{
    char when[BW_WHEN_BYTES];
    enum bw_status status = bw_central_run(office->central,
        "SELECT organiser FROM central WHERE one = 1", NULL, 0, on_organiser, sheet, err);
    if (status == BW_OK) {
        status = bw_when_of_moment(
            office->language, BW_ZONE_DEFAULT, bw_office_now_ms(office), when, err);
    }
    if (status == BW_OK) {
        bw_wording_say(sheet->made, office->language, "ky.made", 1, "date", when, NULL);
    }
    return status;
}

static enum bw_status
file_write(const char *folder, const struct key_sheet *sheet, struct bw_error *err)
{
    struct bw_output output = {.file = NULL};
    char path[PATH_MAX];
    bool dutch = sheet->language == BW_WORDING_DUTCH;
    enum bw_status status = bw_folder_make(folder, err);
    if (status == BW_OK) {
        status = bw_path_join(folder, dutch ? "sleutel.pdf" : "key.pdf", path, err);
    }
    if (status == BW_OK) {
        status = bw_output_open(path, 0600, &output, err);
    }
    if (status == BW_OK) {
        status = sheet_write(sheet, output.file, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}

enum bw_status
bw_office_key_print(const struct bw_office *office, const char *folder,
    const char *phrase, const struct bw_backup_cost *cost, struct bw_error *err)
{
    char lines[BW_KEY_LINES_TEXT_BYTES];
    struct key_sheet sheet = {.language = office->language, .lines = lines};
    struct bw_keys keys;
    struct bw_qr *qr = malloc(sizeof *qr);
    if (qr == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "printing the key: no memory");
    }
    enum bw_status status = bw_office_keys(office, &keys, err);
    if (status == BW_OK) {
        status = bw_key_paper_seal(&keys, phrase, cost, lines, &sheet.count, err);
        bw_keys_finish(&keys);
    }
    if (status == BW_OK) {
        status = sheet_fill(office, &sheet, err);
    }
    if (status == BW_OK && sheet.count <= LINES_BESIDE_QR &&
        bw_qr_of_bytes(lines, qr, err) == BW_OK && qr->size <= QR_MODULES_MAX) {
        sheet.qr = qr;
    }
    if (status == BW_OK && !bw_central_is_check_only(office->central)) {
        status = file_write(folder, &sheet, err);
    }
    free(qr);
    return status;
}
