/* A staff card on paper: see staff_card_page.h. Lengths are millimetres. */
#include "office/ticket/staff_card_page.h"

#include "paper/icon.h"
#include "paper/paper.h"

#include <brugwachter/said.h>
#include <brugwachter/staff_card.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_WIDTH_MM 210.0
#define PAGE_HEIGHT_MM 297.0
#define CARD_X_MM 40.0
#define CARD_Y_MM 24.0
#define CARD_WIDTH_MM 130.0
#define CARD_HEIGHT_MM 62.0
#define QR_MM 54.0 /* 45 modules with the quiet zone, 1.2 each */
#define WORDS_X_MM (CARD_X_MM + 62)
#define WORDS_WIDTH_MM 64.0
#define STEPS_Y_MM 112.0
#define STEP_MM 22.0
#define DISC_MM 7.4

static const char *const steps[] = {"mk.s1", "mk.s2", "mk.s3", "mk.s4"};

enum { STEPS_COUNT = sizeof steps / sizeof steps[0] };

static void
card_draw(cairo_t *cairo, enum bw_wording_language language, const struct bw_qr *qr)
{
    static const double dashes[] = {3, 2};
    cairo_set_dash(cairo, dashes, 2, 0);
    cairo_set_line_width(cairo, 0.4);
    bw_paper_ink(cairo, BW_PAPER_INKT);
    cairo_rectangle(cairo, CARD_X_MM, CARD_Y_MM, CARD_WIDTH_MM, CARD_HEIGHT_MM);
    cairo_stroke(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
    bw_paper_qr(cairo, qr, CARD_X_MM + 4, CARD_Y_MM + 4, QR_MM);
    (void)bw_paper_say(cairo, WORDS_X_MM, CARD_Y_MM + 7, WORDS_WIDTH_MM, 9, 20,
        PANGO_WEIGHT_HEAVY, BW_PAPER_INKT, bw_wording(language, "mk.h"));
    (void)bw_paper_say(cairo, WORDS_X_MM, CARD_Y_MM + 19, WORDS_WIDTH_MM, 17, 11.5,
        PANGO_WEIGHT_MEDIUM, BW_PAPER_INKT, bw_wording(language, "mk.p"));
    (void)bw_paper_say(cairo, WORDS_X_MM, CARD_Y_MM + 39, WORDS_WIDTH_MM, 17, 11.5,
        PANGO_WEIGHT_BOLD, BW_PAPER_INKT, bw_wording(language, "mk.key"));
    (void)bw_paper_say(cairo, CARD_X_MM, CARD_Y_MM + CARD_HEIGHT_MM + 1.5, CARD_WIDTH_MM,
        4.4, 8.5, PANGO_WEIGHT_BOLD, BW_PAPER_INKT, bw_wording(language, "en.cut"));
}

static void
step_draw(cairo_t *cairo, enum bw_wording_language language, int number)
{
    char digit[12];
    double y_mm = STEPS_Y_MM + number * STEP_MM;
    struct bw_paper_box box = {CARD_X_MM, y_mm + 1, DISC_MM, DISC_MM, 12,
        PANGO_WEIGHT_HEAVY, PANGO_ALIGN_CENTER, BW_PAPER_WIT, 0};
    (void)snprintf(digit, sizeof digit, "%d", number + 1);
    bw_paper_round(cairo, CARD_X_MM, y_mm, DISC_MM, DISC_MM, DISC_MM / 2);
    bw_paper_ink(cairo, BW_PAPER_INKT);
    cairo_fill(cairo);
    (void)bw_paper_text(cairo, &box, digit);
    (void)bw_paper_say(cairo, CARD_X_MM + 12, y_mm + 0.8, CARD_WIDTH_MM - 12, STEP_MM - 4,
        12, PANGO_WEIGHT_MEDIUM, BW_PAPER_INKT, bw_wording(language, steps[number]));
}

static enum bw_status
draw(enum bw_wording_language language, const struct bw_qr *qr, FILE *file,
    struct bw_error *err)
{
    struct bw_paper_pdf pdf;
    bw_paper_pdf_begin(
        &pdf, bw_wording(language, "mk.h"), PAGE_WIDTH_MM, PAGE_HEIGHT_MM, file);
    card_draw(pdf.cairo, language, qr);
    (void)bw_paper_say(pdf.cairo, CARD_X_MM, STEPS_Y_MM - 13, CARD_WIDTH_MM, 9, 16,
        PANGO_WEIGHT_HEAVY, BW_PAPER_INKT, bw_wording(language, "mk.how"));
    for (int i = 0; i < STEPS_COUNT; i++) {
        step_draw(pdf.cairo, language, i);
    }
    cairo_show_page(pdf.cairo);
    return bw_paper_pdf_end(&pdf, bw_said("the staff card"), err);
}

enum bw_status
bw_staff_card_page_write(
    enum bw_wording_language language, FILE *file, struct bw_error *err)
{
    char text[BW_STAFF_CARD_TEXT_BYTES];
    struct bw_qr *qr = malloc(sizeof *qr);
    if (qr == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "drawing the staff card: out of memory");
    }
    bw_staff_card_make(text);
    enum bw_status status = bw_qr_of_ticket(text, qr, err); /* as easily read as one */
    sodium_memzero(text, sizeof text);
    if (status == BW_OK) {
        status = draw(language, qr, file, err);
    }
    sodium_memzero(qr, sizeof *qr);
    free(qr);
    return status;
}
