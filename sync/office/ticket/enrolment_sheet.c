/* A kiosk's enrolment on paper: see enrolment_sheet.h. Lengths are millimetres. */
#include "office/ticket/enrolment_sheet.h"

#include "paper/paper.h"
#include "paper/icon.h"

#include <brugwachter/said.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_WIDTH_MM 210.0
#define PAGE_HEIGHT_MM 297.0
#define MARGIN_MM 12.0
#define INNER_MM (PAGE_WIDTH_MM - 2 * MARGIN_MM)
#define HEAD_X_MM 71.0
#define HEAD_WIDTH_MM 127.0
#define QR_X_MM 8.0
#define QR_Y_MM 60.0
#define QR_MM 111.6
#define CUT_Y_MM 212.0
#define ICON_MM 13.0
#define ICON_UNITS 96.0
#define ICON_LINE 8.0
#define DISC_MM 7.4
#define STEP_X_MM 124.0
#define HEADING_SCALE 1.3

/* One stroke of an icon, in 96ths of its side: 'M' moves, 'L' draws a line, 'C' a circle
 * (x, y, radius), 'U' the lower half of one; an op of 0 ends the list. */
struct stroke {
    char op;
    double x, y, r;
};

static const struct stroke inbox[] = {{'M', 14, 52, 0}, {'L', 14, 82, 0},
    {'L', 82, 82, 0}, {'L', 82, 52, 0}, {'M', 48, 12, 0}, {'L', 48, 62, 0},
    {'M', 28, 44, 0}, {'L', 48, 64, 0}, {'L', 68, 44, 0}, {0, 0, 0, 0}};
static const struct stroke plug[] = {{'M', 34, 10, 0}, {'L', 34, 28, 0}, {'M', 62, 10, 0},
    {'L', 62, 28, 0}, {'M', 22, 44, 0}, {'L', 22, 30, 0}, {'L', 74, 30, 0},
    {'L', 74, 44, 0}, {'U', 48, 44, 26}, {'M', 48, 70, 0}, {'L', 48, 88, 0},
    {0, 0, 0, 0}};
static const struct stroke camera[] = {{'M', 12, 80, 0}, {'L', 12, 30, 0},
    {'L', 30, 30, 0}, {'L', 37, 18, 0}, {'L', 59, 18, 0}, {'L', 66, 30, 0},
    {'L', 84, 30, 0}, {'L', 84, 80, 0}, {'L', 12, 80, 0}, {'C', 48, 54, 14},
    {0, 0, 0, 0}};
static const struct stroke scanner[] = {{'M', 12, 32, 0}, {'L', 12, 14, 0},
    {'L', 30, 14, 0}, {'M', 66, 14, 0}, {'L', 84, 14, 0}, {'L', 84, 32, 0},
    {'M', 84, 64, 0}, {'L', 84, 82, 0}, {'L', 66, 82, 0}, {'M', 30, 82, 0},
    {'L', 12, 82, 0}, {'L', 12, 64, 0}, {'M', 22, 48, 0}, {'L', 74, 48, 0}, {0, 0, 0, 0}};
static const struct stroke check[] = {{'C', 48, 48, 36}, {'M', 31, 49, 0},
    {'L', 43, 61, 0}, {'L', 66, 37, 0}, {0, 0, 0, 0}};
static const struct stroke phone[] = {{'M', 27, 9, 0}, {'L', 69, 9, 0}, {'L', 69, 87, 0},
    {'L', 27, 87, 0}, {'L', 27, 9, 0}, {'L', 28, 9, 0}, {'M', 44, 74, 0},
    {'L', 52, 74, 0}, {0, 0, 0, 0}};
static const struct stroke key[] = {{'C', 30, 48, 18}, {'M', 48, 48, 0}, {'L', 84, 48, 0},
    {'L', 84, 62, 0}, {'M', 68, 48, 0}, {'L', 68, 60, 0}, {0, 0, 0, 0}};

static void
icon_draw(cairo_t *cairo, const struct stroke *icon, double x_mm, double y_mm,
    enum bw_paper_colour colour)
{
    cairo_save(cairo);
    cairo_translate(cairo, x_mm, y_mm);
    cairo_scale(cairo, ICON_MM / ICON_UNITS, ICON_MM / ICON_UNITS);
    for (; icon->op != 0; icon++) {
        if (icon->op == 'L') {
            cairo_line_to(cairo, icon->x, icon->y);
        } else if (icon->op == 'M') {
            cairo_move_to(cairo, icon->x, icon->y);
        } else {
            cairo_new_sub_path(cairo);
            cairo_arc(
                cairo, icon->x, icon->y, icon->r, 0, icon->op == 'U' ? G_PI : 2 * G_PI);
        }
    }
    cairo_set_line_width(cairo, ICON_LINE);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    bw_paper_ink(cairo, colour);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

/* A heading and what stands below it, within `height_mm` together. */
static void
pair_draw(cairo_t *cairo, const struct bw_paper_box *place, double heading_pt,
    const char *heading, const char *text)
{
    struct bw_paper_box box = *place;
    box.size_pt = heading_pt;
    box.weight = PANGO_WEIGHT_HEAVY;
    double used_mm = bw_paper_text(cairo, &box, heading);
    box = *place;
    box.y_mm += used_mm;
    box.height_mm -= used_mm;
    (void)bw_paper_text(cairo, &box, text);
}

void
bw_enrolment_sheet_sign(
    const struct bw_session *session, char ret_sign[BW_ENROLMENT_SIGN_BYTES])
{
    size_t length = strcspn(session->code, "-");
    (void)snprintf(ret_sign, BW_ENROLMENT_SIGN_BYTES, "%.*s",
        (int)(length < BW_ENROLMENT_SIGN_BYTES ? length : BW_ENROLMENT_SIGN_BYTES - 1),
        session->code);
}

static const char *
word(const struct bw_enrolment_page *page, const char *which)
{
    return bw_wording(page->when->language, which);
}

static void
head_draw(cairo_t *cairo, const struct bw_enrolment_page *page)
{
    char sign[BW_ENROLMENT_SIGN_BYTES], said[BW_WORDING_SAID_BYTES], sheet[12],
        sheets[12];
    char where[BW_WHEN_BYTES * 2 + 2 * BW_TITLE_BYTES + 16];
    struct bw_paper_box box = {MARGIN_MM, 13.5, 54, 27, 66, PANGO_WEIGHT_HEAVY,
        PANGO_ALIGN_CENTER, BW_PAPER_WIT, 0};
    bw_enrolment_sheet_sign(page->session, sign);
    (void)snprintf(sheet, sizeof sheet, "%d", page->sheet);
    (void)snprintf(sheets, sizeof sheets, "%d", page->sheets);
    bw_wording_say(
        said, page->when->language, "en.sheet", 1, "i", sheet, "n", sheets, NULL);
    (void)snprintf(where, sizeof where, "%s · %s\n%s%s%s", page->when->day,
        page->when->hours, page->session->venue, page->session->address[0] ? ", " : "",
        page->session->address);
    bw_paper_ink(cairo, BW_PAPER_INKT);
    bw_paper_round(cairo, MARGIN_MM, 12, 54, 42, 3);
    cairo_fill(cairo);
    (void)bw_paper_text(cairo, &box, sign);
    box = (struct bw_paper_box){
        MARGIN_MM, 42, 54, 9, 16, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, BW_PAPER_WIT, 0};
    (void)bw_paper_text(cairo, &box, said);
    box = (struct bw_paper_box){HEAD_X_MM, 10, HEAD_WIDTH_MM, 19, 40, PANGO_WEIGHT_HEAVY,
        PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
    (void)bw_paper_text(cairo, &box, page->enrolment->name);
    box.y_mm = 29;
    box.height_mm = 10.5;
    box.size_pt = 24;
    (void)bw_paper_text(cairo, &box, page->session->title);
    box.y_mm = 40;
    box.height_mm = 13;
    box.size_pt = 13.5;
    box.weight = PANGO_WEIGHT_MEDIUM;
    (void)bw_paper_text(cairo, &box, where);
}

static void
qr_draw(cairo_t *cairo, const struct bw_enrolment_page *page)
{
    char caption[BW_WORDING_SAID_BYTES];
    struct bw_paper_box box = {MARGIN_MM, 169.5, 103.6, 6, 12, PANGO_WEIGHT_BOLD,
        PANGO_ALIGN_CENTER, BW_PAPER_INKT, 0};
    bw_wording_say(
        caption, page->when->language, "en.only", 1, "name", page->enrolment->name, NULL);
    bw_paper_qr(cairo, page->qr, QR_X_MM, QR_Y_MM, QR_MM);
    (void)bw_paper_text(cairo, &box, caption);
}

static void
step_draw(cairo_t *cairo, int number, const struct stroke *icon, double y_mm,
    const char *heading, const char *text)
{
    char digit[12];
    struct bw_paper_box box = {STEP_X_MM + 10, y_mm + 1, DISC_MM, DISC_MM, 12,
        PANGO_WEIGHT_HEAVY, PANGO_ALIGN_CENTER, BW_PAPER_WIT, 0};
    (void)snprintf(digit, sizeof digit, "%d", number);
    icon_draw(cairo, icon, STEP_X_MM, y_mm + 2.5, BW_PAPER_INKT);
    bw_paper_round(cairo, box.x_mm, y_mm, DISC_MM, DISC_MM, DISC_MM / 2);
    bw_paper_ink(cairo, BW_PAPER_INKT);
    cairo_fill_preserve(cairo);
    bw_paper_ink(cairo, BW_PAPER_WIT);
    cairo_set_line_width(cairo, 0.6);
    cairo_stroke(cairo);
    (void)bw_paper_text(cairo, &box, digit);
    box = (struct bw_paper_box){STEP_X_MM + 20, y_mm + 0.5, 55, number == 5 ? 26 : 23.5,
        10.5, PANGO_WEIGHT_MEDIUM, PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
    pair_draw(cairo, &box, 10.5 * HEADING_SCALE, heading, text);
}

static void
steps_draw(cairo_t *cairo, const struct bw_enrolment_page *page)
{
    char hold[BW_WORDING_SAID_BYTES];
    bw_wording_say(
        hold, page->when->language, "en.s4.p", 1, "circle", page->session->title, NULL);
    step_draw(cairo, 1, inbox, 58, word(page, "en.s1.h"), word(page, "en.s1.p"));
    step_draw(cairo, 2, plug, 80, word(page, "en.s2.h"), word(page, "en.s2.p"));
    step_draw(cairo, 3, camera, 102, word(page, "en.s3.h"), word(page, "en.s3.p"));
    step_draw(cairo, 4, scanner, 124, word(page, "en.s4.h"), hold);
    step_draw(cairo, 5, check, 149, word(page, "en.s5.h"), word(page, "en.s5.p"));
}

static void
boxes_draw(cairo_t *cairo, const struct bw_enrolment_page *page)
{
    char call[BW_WORDING_SAID_BYTES], made[BW_WORDING_SAID_BYTES];
    const char *organiser = page->enrolment->organiser;
    struct bw_paper_box box = {
        30, 181, 71, 20.5, 10, PANGO_WEIGHT_MEDIUM, PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
    bw_wording_say(call, page->when->language,
        organiser[0] != '\0' ? "en.call.h" : "en.call.org", 1, "who", organiser, NULL);
    bw_wording_say(made, page->when->language, "en.made", 1, "date", page->made, NULL);
    bw_paper_ink(cairo, BW_PAPER_INKT);
    cairo_set_line_width(cairo, 0.7);
    bw_paper_round(cairo, MARGIN_MM + 0.35, 179.35, 90.3, 23.3, 2);
    cairo_stroke(cairo);
    bw_paper_round(cairo, 107, 179, 91, 24, 2);
    cairo_fill(cairo);
    icon_draw(cairo, phone, 15, 184.5, BW_PAPER_INKT);
    struct bw_paper_box line = box;
    line.height_mm = 0;
    line.size_pt = 12.5;
    line.weight = PANGO_WEIGHT_HEAVY;
    double used_mm = bw_paper_text(cairo, &line, call);
    box.y_mm += used_mm;
    box.height_mm -= used_mm;
    pair_draw(cairo, &box, 17, page->enrolment->contact_phone, word(page, "en.call.p"));
    icon_draw(cairo, key, 110, 184.5, BW_PAPER_ZON);
    box = (struct bw_paper_box){
        126, 181, 70, 20.5, 11, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, BW_PAPER_WIT, 0};
    pair_draw(cairo, &box, 16, word(page, "en.key.h"), word(page, "en.key.p"));
    box = (struct bw_paper_box){MARGIN_MM, 204.6, INNER_MM, 4.4, 8.5, PANGO_WEIGHT_MEDIUM,
        PANGO_ALIGN_LEFT, BW_PAPER_STEEN, 0};
    (void)bw_paper_text(cairo, &box, made);
}

static void
test_draw(cairo_t *cairo, const struct bw_enrolment_page *page, const struct bw_qr *test)
{
    static const double cut[] = {3, 2}, frame[] = {4, 2};
    char sign[BW_ENROLMENT_SIGN_BYTES],
        whose[BW_NAME_BYTES + BW_ENROLMENT_SIGN_BYTES + 8];
    struct bw_paper_box box = {
        176, 213.2, 22, 4.4, 8.5, PANGO_WEIGHT_BOLD, PANGO_ALIGN_RIGHT, BW_PAPER_INKT, 0};
    bw_enrolment_sheet_sign(page->session, sign);
    (void)snprintf(whose, sizeof whose, "%s · %s", page->enrolment->name, sign);
    bw_paper_ink(cairo, BW_PAPER_INKT);
    cairo_set_dash(cairo, cut, 2, 0);
    cairo_set_line_width(cairo, 0.4);
    cairo_move_to(cairo, 0, CUT_Y_MM);
    cairo_line_to(cairo, PAGE_WIDTH_MM, CUT_Y_MM);
    cairo_stroke(cairo);
    cairo_set_dash(cairo, frame, 2, 0);
    cairo_set_line_width(cairo, 1);
    bw_paper_round(cairo, MARGIN_MM + 0.5, 219.5, INNER_MM - 1, 65, 3);
    cairo_stroke(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
    (void)bw_paper_text(cairo, &box, word(page, "en.cut"));
    bw_paper_qr(cairo, test, 18, 226, 52.2);
    box = (struct bw_paper_box){
        80, 224, 113, 17, 38, PANGO_WEIGHT_HEAVY, PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
    (void)bw_paper_text(cairo, &box, word(page, "en.test.h"));
    box = (struct bw_paper_box){
        80, 242, 113, 7, 15, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
    (void)bw_paper_text(cairo, &box, whose);
    box = (struct bw_paper_box){
        80, 252, 113, 26, 12.5, PANGO_WEIGHT_MEDIUM, PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
    (void)bw_paper_text(cairo, &box, word(page, "en.test.p"));
}

enum bw_status
bw_enrolment_sheet_add(
    struct bw_paper_pdf *pdf, const struct bw_enrolment_page *page, struct bw_error *err)
{
    if (page->qr->size > BW_ENROLMENT_SHEET_MODULES_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "drawing the enrolment sheet: its QR "
            "code is too fine for paper; use the file");
    }
    struct bw_qr *test = malloc(sizeof *test);
    enum bw_status status = test ? bw_qr_of_bytes(BW_ENROLMENT_TEST_TEXT, test, err)
                                 : bw_error_set(err, BW_NO_MEMORY, 0,
                                       "drawing the enrolment sheet: out of memory");
    if (status == BW_OK) {
        head_draw(pdf->cairo, page);
        qr_draw(pdf->cairo, page);
        steps_draw(pdf->cairo, page);
        boxes_draw(pdf->cairo, page);
        test_draw(pdf->cairo, page, test);
        cairo_show_page(pdf->cairo);
    }
    free(test);
    return status;
}

void
bw_enrolment_sheet_begin(struct bw_paper_pdf *ret_pdf, FILE *file)
{
    bw_paper_pdf_begin(
        ret_pdf, bw_said("enrolment sheets"), PAGE_WIDTH_MM, PAGE_HEIGHT_MM, file);
}

enum bw_status
bw_enrolment_sheet_write(
    const struct bw_enrolment_page *page, FILE *file, struct bw_error *err)
{
    struct bw_paper_pdf pdf;
    bw_paper_pdf_begin(&pdf, page->enrolment->name, PAGE_WIDTH_MM, PAGE_HEIGHT_MM, file);
    enum bw_status status = bw_enrolment_sheet_add(&pdf, page, err);
    struct bw_error *of_end = status == BW_OK ? err : NULL;
    enum bw_status ended = bw_paper_pdf_end(&pdf, bw_said("the enrolment sheet"), of_end);
    return status == BW_OK ? ended : status;
}
