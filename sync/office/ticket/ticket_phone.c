/* Tickets on a phone: see ticket_page.h. Lengths are millimetres until Cairo's scale. */
#include "paper/paper.h"
#include "paper/palette_png.h"
#include "office/ticket/ticket_page.h"
#include "office/ticket/ticket_parts.h"

#include <brugwachter/said.h>
#include <string.h>

#define LEFT_MM 4.0
#define WIDTH_MM 92.0
#define TITLE_MM 27.0
#define QR_LEFT_MM 15.0
#define QR_TOP_MM 31.0
#define QR_MM 70.0

enum { TEXT_BYTES = 4 * BW_TITLE_BYTES + 2 * BW_WORDING_SAID_BYTES, MODULE_PX = 10 };

static void
band_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    char when[2 * BW_WHEN_BYTES];
    enum bw_paper_colour ink = bw_ticket_parts_band_ink(page);
    (void)snprintf(when, sizeof when, "%s\n%s", page->when->day, page->when->hours);
    bw_ticket_parts_band(cairo, page, LEFT_MM, 4, WIDTH_MM, 24, 8, 8.5);
    (void)bw_paper_say(
        cairo, TITLE_MM, 7.2, 67, 9, 18, PANGO_WEIGHT_HEAVY, ink, page->session->title);
    (void)bw_paper_say(cairo, TITLE_MM, 16.6, 67, 10.4, 12, PANGO_WEIGHT_BOLD, ink, when);
}

static void
person_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    char shown[BW_CODE_SHOWN_BYTES];
    struct bw_paper_box box = {LEFT_MM, 101, WIDTH_MM, 0, 26, PANGO_WEIGHT_HEAVY,
        PANGO_ALIGN_CENTER, BW_PAPER_INKT, 0.8};
    bw_code_format_shown(page->code, shown);
    (void)bw_paper_text(cairo, &box, shown);
    box = (struct bw_paper_box){LEFT_MM, 112, WIDTH_MM, 9.4, 20, PANGO_WEIGHT_HEAVY,
        PANGO_ALIGN_CENTER, BW_PAPER_INKT, 0};
    (void)bw_paper_text(cairo, &box, page->name);
    box = (struct bw_paper_box){LEFT_MM, 121.2, WIDTH_MM, 7.6, 12, PANGO_WEIGHT_MEDIUM,
        PANGO_ALIGN_CENTER, BW_PAPER_STEEN, 0};
    (void)bw_paper_text(cairo, &box, page->school);
}

static void
state_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    struct bw_ticket_parts_words words;
    bw_ticket_parts_words(page, &words);
    bw_ticket_parts_badge(cairo, page, LEFT_MM, 130, 10);
    (void)bw_paper_say(
        cairo, 17, 129.4, 79, 6.4, 14, PANGO_WEIGHT_HEAVY, BW_PAPER_INKT, words.state);
    (void)bw_paper_say(
        cairo, 17, 135.8, 79, 5, 10.5, PANGO_WEIGHT_MEDIUM, BW_PAPER_INKT, words.more);
}

/* A text whose first words are heavy. */
static void
led_draw(cairo_t *cairo, double y_mm, double height_mm, double size_pt, size_t heavy,
    const char *text)
{
    struct bw_paper_box box = {LEFT_MM, y_mm, WIDTH_MM, height_mm, size_pt,
        PANGO_WEIGHT_MEDIUM, PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
    (void)bw_paper_text_heavy(cairo, &box, text, heavy);
}

static void
foot_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    char text[TEXT_BYTES], doors[BW_WORDING_SAID_BYTES], table[BW_WORDING_SAID_BYTES];
    char who[BW_OFFICE_CONTACT_BYTES];
    const char *address = page->session->address, *cant = bw_ticket_parts_cant(page);
    bw_ticket_parts_doors(page, doors);
    bw_ticket_parts_table(page, table);
    (void)snprintf(text, sizeof text, "%s%s%s%s%s%s%s", page->session->venue,
        address[0] != '\0' ? ", " : "", address, doors[0] != '\0' ? "\n" : "", doors,
        table[0] != '\0' ? "\n" : "", table);
    led_draw(cairo, 143.4, 16, 12, strlen(page->session->venue), text);
    bw_office_contact_line(page->contact, "\n", who);
    if (who[0] != '\0') {
        (void)snprintf(text, sizeof text, "%s\n%s", cant, who);
        led_draw(cairo, 160.4, 15, 11, strlen(cant), text);
    }
}

static void
words_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    band_draw(cairo, page);
    person_draw(cairo, page);
    state_draw(cairo, page);
    foot_draw(cairo, page);
}

void
bw_ticket_page_draw_phone(cairo_t *cairo, const struct bw_ticket_page *page)
{
    words_draw(cairo, page);
    bw_paper_qr(cairo, page->qr, QR_LEFT_MM, QR_TOP_MM, QR_MM);
}

enum bw_status
bw_ticket_page_write_pdf(
    const struct bw_ticket_page *page, FILE *file, struct bw_error *err)
{
    struct bw_paper_pdf pdf;
    bw_paper_pdf_begin(&pdf, page->session->title, BW_TICKET_PAGE_PHONE_WIDTH_MM,
        BW_TICKET_PAGE_PHONE_HEIGHT_MM, file);
    bw_ticket_page_draw_phone(pdf.cairo, page);
    cairo_show_page(pdf.cairo);
    cairo_pdf_surface_set_size(pdf.surface, BW_TICKET_PAGE_A6_WIDTH_MM * BW_PAPER_MM_PT,
        BW_TICKET_PAGE_A6_HEIGHT_MM * BW_PAPER_MM_PT);
    bw_ticket_page_draw(pdf.cairo, 0, 0, page);
    cairo_show_page(pdf.cairo);
    return bw_paper_pdf_end(&pdf, bw_said("a ticket's PDF"), err);
}

/* The code's modules lie on whole pixels: it is drawn in pixels, not in millimetres. */
enum bw_status
bw_ticket_page_write_png(
    const struct bw_ticket_page *page, FILE *file, struct bw_error *err)
{
    double qr_px = (page->qr->size + 2 * BW_QR_QUIET_MODULES) * MODULE_PX;
    double scale = qr_px / QR_MM;
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
        (int)(BW_TICKET_PAGE_PHONE_WIDTH_MM * scale),
        (int)(BW_TICKET_PAGE_PHONE_HEIGHT_MM * scale));
    cairo_t *cairo = cairo_create(picture);
    bw_paper_ink(cairo, BW_PAPER_WIT);
    cairo_paint(cairo);
    bw_paper_qr(
        cairo, page->qr, (int)(QR_LEFT_MM * scale), (int)(QR_TOP_MM * scale), qr_px);
    cairo_scale(cairo, scale, scale);
    words_draw(cairo, page);
    enum bw_status status =
        bw_palette_png_write_drawn(cairo, bw_said("a ticket's picture"), file, err);
    cairo_destroy(cairo);
    cairo_surface_destroy(picture);
    return status;
}
