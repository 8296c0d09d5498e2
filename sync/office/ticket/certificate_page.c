/* A certificate on paper: see certificate_page.h. Lengths are millimetres. */
#include "office/ticket/certificate_page.h"

#include "paper/paper.h"
#include "paper/icon.h"

#include <stdio.h>

#define LEFT_MM 22.0
#define RIGHT_MM 188.0
#define WIDTH_MM (RIGHT_MM - LEFT_MM)
#define CHECK_MM 68.0 /* beside the QR code */
#define CHECK_WIDTH_MM (RIGHT_MM - CHECK_MM)
#define WATER_MM 204.0
#define MIDDLE_MM 105.0

static const char *
word(const struct bw_certificate_page *page, const char *key)
{
    return bw_wording(page->when->language, key);
}

static void
head_draw(cairo_t *cairo, const struct bw_certificate_page *page)
{
    struct bw_paper_box organiser = {
        100, 26.4, 88, 8, 12, PANGO_WEIGHT_BOLD, PANGO_ALIGN_RIGHT, BW_PAPER_STEEN, 0};
    bw_paper_frame(cairo, 10, 10, 190, 277, 3, 1, BW_PAPER_GRACHT);
    bw_paper_logo(cairo, LEFT_MM, 22, 16, BW_PAPER_GRACHT, BW_PAPER_ZON);
    (void)bw_paper_say(cairo, 40.8, 24.4, 58, 0, 24.8, PANGO_WEIGHT_HEAVY,
        BW_PAPER_GRACHT, "Brugwachter");
    (void)bw_paper_text(cairo, &organiser, page->contact->organiser);
    (void)bw_paper_say(cairo, LEFT_MM, 62, WIDTH_MM, 17, 40, PANGO_WEIGHT_HEAVY,
        BW_PAPER_GRACHT, word(page, "ce.h"));
    bw_paper_line(cairo, LEFT_MM, 84, LEFT_MM + 40, 84, 2, BW_PAPER_ZON);
}

static void
person_draw(cairo_t *cairo, const struct bw_certificate_page *page)
{
    char when[BW_WORDING_SAID_BYTES];
    (void)bw_paper_say(cairo, LEFT_MM, 94, WIDTH_MM, 17, 36, PANGO_WEIGHT_HEAVY,
        BW_PAPER_INKT, page->name);
    (void)bw_paper_say(cairo, LEFT_MM, 111, WIDTH_MM, 11, 15, PANGO_WEIGHT_MEDIUM,
        BW_PAPER_STEEN, page->school);
    (void)bw_paper_say(cairo, LEFT_MM, 125, WIDTH_MM, 7, 14, PANGO_WEIGHT_MEDIUM,
        BW_PAPER_INKT, word(page, "ce.was"));
    (void)bw_paper_say(cairo, LEFT_MM, 133, WIDTH_MM, 12, 26, PANGO_WEIGHT_HEAVY,
        BW_PAPER_INKT, page->session->title);
    bw_wording_say(when, page->when->language, "ce.on", 1, "date", page->when->day, "a",
        page->when->from, "b", page->when->to, NULL);
    (void)bw_paper_say(
        cairo, LEFT_MM, 146, WIDTH_MM, 8, 15, PANGO_WEIGHT_BOLD, BW_PAPER_INKT, when);
}

static void
fact_draw(cairo_t *cairo, double x_mm, const char *label, const char *value)
{
    if (value[0] == '\0') {
        return;
    }
    (void)bw_paper_say(
        cairo, x_mm, 157.5, 54, 4.6, 9, PANGO_WEIGHT_BOLD, BW_PAPER_STEEN, label);
    (void)bw_paper_say(
        cairo, x_mm, 162.5, 54, 11.4, 12.5, PANGO_WEIGHT_HEAVY, BW_PAPER_INKT, value);
}

static void
facts_draw(cairo_t *cairo, const struct bw_certificate_page *page)
{
    char number[32], hours[BW_WORDING_SAID_BYTES];
    const char *half = page->when->language == BW_WORDING_DUTCH ? ",5" : ".5";
    (void)snprintf(number, sizeof number, "%d%s", page->half_hours / 2,
        page->half_hours % 2 != 0 ? half : "");
    bw_wording_say(hours, page->when->language, "ce.hours", page->half_hours == 2 ? 1 : 2,
        "h", number, NULL);
    fact_draw(cairo, LEFT_MM, word(page, "ce.hoursl"), hours);
    fact_draw(cairo, 78, word(page, "ce.place"), page->session->venue);
    fact_draw(cairo, 134, word(page, "ce.org"), page->contact->organiser);
}

/* The bridge from edge to edge, over water with a sun in it. */
static void
bridge_draw(cairo_t *cairo)
{
    static const double reflections[][2] = {{206, 7.5}, {208.2, 5.5}, {210.4, 2.5}};
    bw_paper_ink(cairo, BW_PAPER_ZON);
    cairo_new_path(cairo);
    cairo_arc(cairo, MIDDLE_MM, WATER_MM, 8, G_PI, 2 * G_PI);
    cairo_close_path(cairo);
    cairo_fill_preserve(cairo);
    bw_paper_ink(cairo, BW_PAPER_GRACHT);
    cairo_set_line_width(cairo, 0.5);
    cairo_stroke(cairo);
    cairo_set_line_width(cairo, 0.7);
    cairo_arc(cairo, MIDDLE_MM, WATER_MM, 12, G_PI, 2 * G_PI);
    cairo_stroke(cairo);
    cairo_set_line_width(cairo, 1.4);
    cairo_move_to(cairo, 10, 201);
    cairo_curve_to(cairo, 58, 201, 68, 188, MIDDLE_MM, 188);
    cairo_curve_to(cairo, 142, 188, 152, 201, 200, 201);
    cairo_stroke(cairo);
    cairo_arc(cairo, MIDDLE_MM, 182.5, 3.2, 0, 2 * G_PI);
    cairo_fill(cairo);
    bw_paper_line(cairo, 10, WATER_MM, 200, WATER_MM, 0.7, BW_PAPER_GRACHT);
    cairo_save(cairo);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    for (size_t i = 0; i < sizeof reflections / sizeof reflections[0]; i++) {
        double half_mm = reflections[i][1];
        bw_paper_line(cairo, MIDDLE_MM - half_mm, reflections[i][0], MIDDLE_MM + half_mm,
            reflections[i][0], 0.7, BW_PAPER_GRACHT);
    }
    cairo_restore(cairo);
}

static void
signature_draw(cairo_t *cairo, const struct bw_certificate_page *page)
{
    bw_paper_line(cairo, LEFT_MM, 224, LEFT_MM + 90, 224, 0.4, BW_PAPER_INKT);
    bw_paper_line(cairo, 122, 224, RIGHT_MM, 224, 0.4, BW_PAPER_INKT);
    (void)bw_paper_say(cairo, LEFT_MM, 225.2, 90, 4.6, 9, PANGO_WEIGHT_MEDIUM,
        BW_PAPER_STEEN, word(page, "ce.sign"));
    (void)bw_paper_say(cairo, 122, 225.2, 66, 4.6, 9, PANGO_WEIGHT_MEDIUM, BW_PAPER_STEEN,
        word(page, "ce.date"));
    (void)bw_paper_say(cairo, LEFT_MM, 229.4, 90, 6, 11, PANGO_WEIGHT_BOLD, BW_PAPER_INKT,
        page->contact->contact);
}

/* Whom to ask, as far as it is known. */
static void
check_words(const struct bw_certificate_page *page, char ret_words[BW_WORDING_SAID_BYTES])
{
    const struct bw_office_contact *contact = page->contact;
    char phone[2 * BW_LABEL_BYTES];
    const char *key = contact->mail[0] == '\0' && contact->phone[0] == '\0' ? "ce.check"
                      : contact->phone[0] == '\0'                           ? "ce.check.m"
                      : contact->mail[0] == '\0'                            ? "ce.check.t"
                                                 : "ce.check.p";
    bw_office_contact_unbroken(contact->phone, phone, sizeof phone);
    bw_wording_say(ret_words, page->when->language, key, 1, "code", page->shown, "mail",
        contact->mail, "phone", phone, NULL);
}

static void
check_draw(cairo_t *cairo, const struct bw_certificate_page *page)
{
    char words[BW_WORDING_SAID_BYTES];
    struct bw_paper_box code = {CHECK_MM, 261.5, CHECK_WIDTH_MM, 0, 18,
        PANGO_WEIGHT_HEAVY, PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0.6};
    bw_paper_qr(cairo, page->qr, 18, 236, 45);
    (void)bw_paper_say(cairo, CHECK_MM, 239.5, CHECK_WIDTH_MM, 6.5, 13,
        PANGO_WEIGHT_HEAVY, BW_PAPER_INKT, word(page, "ce.check.h"));
    check_words(page, words);
    (void)bw_paper_say(cairo, CHECK_MM, 246.2, CHECK_WIDTH_MM, 15, 10.5,
        PANGO_WEIGHT_MEDIUM, BW_PAPER_INKT, words);
    (void)bw_paper_text(cairo, &code, page->shown);
    bw_wording_say(words, page->when->language, "ce.rec", 1, "date", page->made, NULL);
    (void)bw_paper_say(cairo, CHECK_MM, 271.5, CHECK_WIDTH_MM, 8.2, 9,
        PANGO_WEIGHT_MEDIUM, BW_PAPER_STEEN, words);
}

void
bw_certificate_page_draw(cairo_t *cairo, const struct bw_certificate_page *page)
{
    head_draw(cairo, page);
    person_draw(cairo, page);
    facts_draw(cairo, page);
    bridge_draw(cairo);
    signature_draw(cairo, page);
    check_draw(cairo, page);
    cairo_show_page(cairo);
}
