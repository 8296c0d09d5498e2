/* Tickets on paper: see ticket_page.h. Lengths are millimetres until Cairo's scale. */
#include "office/ticket/ticket_page.h"

#include "paper/paper.h"
#include "paper/icon.h"
#include "office/ticket/ticket_parts.h"

#define LEFT_MM 5.0
#define WIDTH_MM 95.0
#define TITLE_MM 28.0 /* beside the logo */
#define FACTS_MM 53.0 /* beside the QR code */
#define FACTS_WIDTH_MM 47.0
#define WHERE_MM 85.8
#define WHERE_END_MM 113.4
#define TABLE_MM 36.0 /* less room for the state where there's a table */
#define SHEET_TOP_MM 0.5
#define MARK_MM 6.0 /* of a cut */

enum { TEXT_BYTES = 4 * BW_TITLE_BYTES };

static void
say(cairo_t *cairo, double x_mm, double y_mm, double width_mm, double height_mm,
    double size_pt, PangoWeight weight, const char *text)
{
    (void)bw_paper_say(
        cairo, x_mm, y_mm, width_mm, height_mm, size_pt, weight, BW_PAPER_INKT, text);
}

/* Session and date; of one that moved, what it was is struck out above. */
static void
band_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    enum bw_paper_colour ink = bw_ticket_parts_band_ink(page);
    bool moved = page->state == BW_TICKET_PAGE_MOVED && page->was[0] != '\0';
    bw_ticket_parts_band(cairo, page, LEFT_MM, 5, WIDTH_MM, 22, 9, 9);
    if (moved) {
        char was[BW_WORDING_SAID_BYTES];
        bw_wording_say(was, page->when->language, "tk.was", 1, "was", page->was, NULL);
        bw_paper_fill(cairo, TITLE_MM, 6.5, 69, 5.6, 1, BW_PAPER_WIT);
        say(cairo, 29.2, 6.9, 66.6, 5, 10, PANGO_WEIGHT_BOLD, was);
        bw_paper_line(cairo, 29.2, 9.3, 95.8, 9.3, 0.5, BW_PAPER_INKT);
    }
    (void)bw_paper_say(cairo, TITLE_MM, moved ? 12 : 7.6, 69, moved ? 8.4 : 9, 18,
        PANGO_WEIGHT_HEAVY, ink, page->session->title);
    (void)bw_paper_say(cairo, TITLE_MM, moved ? 20.2 : 17, 69, 5.4, 11.5,
        PANGO_WEIGHT_BOLD, ink, page->when->day);
}

static void
state_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    struct bw_ticket_parts_words words;
    double width_mm = page->table[0] != '\0' ? 83 - TABLE_MM + 12 : 83;
    bw_ticket_parts_words(page, &words);
    bw_ticket_parts_badge(cairo, page, LEFT_MM, 29.5, 9.5);
    say(cairo, 17, 29.2, width_mm, 5.8, 13, PANGO_WEIGHT_HEAVY, words.state);
    say(cairo, 17, 35, width_mm, 4.6, 9.5, PANGO_WEIGHT_MEDIUM, words.more);
    if (page->table[0] != '\0') {
        char table[BW_WORDING_SAID_BYTES];
        struct bw_paper_box box = {
            78, 31.2, 22, 7, 14, PANGO_WEIGHT_HEAVY, PANGO_ALIGN_CENTER, BW_PAPER_WIT, 0};
        bw_ticket_parts_table(page, table);
        bw_paper_fill(cairo, 78, 29.5, 22, 9.5, 2, BW_PAPER_INKT);
        (void)bw_paper_text(cairo, &box, table);
    }
}

static void
person_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    char shown[BW_CODE_SHOWN_BYTES];
    struct bw_paper_box code = {LEFT_MM, 102.6, 43, 0, 16, PANGO_WEIGHT_HEAVY,
        PANGO_ALIGN_CENTER, BW_PAPER_INKT, 0.5};
    struct bw_paper_box label = {LEFT_MM, 109.2, 43, 0, 8, PANGO_WEIGHT_MEDIUM,
        PANGO_ALIGN_CENTER, BW_PAPER_STEEN, 0};
    bw_code_format_shown(page->code, shown);
    bw_paper_say_middle(cairo, LEFT_MM, 40.6, WIDTH_MM, 9.4, 21, PANGO_WEIGHT_HEAVY,
        BW_PAPER_INKT, page->name);
    (void)bw_paper_say(cairo, LEFT_MM, 49.8, WIDTH_MM, 7.6, 11, PANGO_WEIGHT_MEDIUM,
        BW_PAPER_STEEN, page->school);
    bw_paper_qr(cairo, page->qr, 3.9, 57.5, 45);
    (void)bw_paper_text(cairo, &code, shown);
    (void)bw_paper_text(cairo, &label, bw_ticket_parts_word(page, "tk.code"));
}

static void
label_draw(cairo_t *cairo, double y_mm, const char *label)
{
    (void)bw_paper_say(cairo, FACTS_MM, y_mm, FACTS_WIDTH_MM, 4, 8.5, PANGO_WEIGHT_BOLD,
        BW_PAPER_STEEN, label);
}

/* The route gets what venue and address leave. */
static void
where_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    double y_mm = WHERE_MM;
    label_draw(cairo, 82, bw_ticket_parts_word(page, "tk.where"));
    y_mm += bw_paper_say(cairo, FACTS_MM, y_mm, FACTS_WIDTH_MM, 10, 11,
        PANGO_WEIGHT_HEAVY, BW_PAPER_INKT, page->session->venue);
    if (page->session->address[0] != '\0') {
        y_mm += bw_paper_say(cairo, FACTS_MM, y_mm, FACTS_WIDTH_MM,
            page->session->route[0] != '\0' ? 8.8 : WHERE_END_MM - y_mm, 10,
            PANGO_WEIGHT_MEDIUM, BW_PAPER_INKT, page->session->address);
    }
    if (page->session->route[0] != '\0') {
        y_mm += 0.8;
        say(cairo, FACTS_MM, y_mm, FACTS_WIDTH_MM, WHERE_END_MM - y_mm, 10,
            PANGO_WEIGHT_MEDIUM, page->session->route);
    }
}

static void
facts_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    char doors[BW_WORDING_SAID_BYTES];
    bw_ticket_parts_doors(page, doors);
    label_draw(cairo, 59.6, bw_ticket_parts_word(page, "tk.when"));
    say(cairo, FACTS_MM, 63.4, FACTS_WIDTH_MM, 5.4, 12, PANGO_WEIGHT_HEAVY,
        page->when->day);
    say(cairo, FACTS_MM, 68.8, FACTS_WIDTH_MM, 5.4, 12, PANGO_WEIGHT_HEAVY,
        page->when->hours);
    say(cairo, FACTS_MM, 74.4, FACTS_WIDTH_MM, 4.6, 10, PANGO_WEIGHT_MEDIUM, doors);
    where_draw(cairo, page);
}

/* Whom to tell; no box where nobody is known. */
static void
cant_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    char who[BW_OFFICE_CONTACT_BYTES];
    bw_office_contact_line(page->contact, " · ", who);
    if (who[0] == '\0') {
        return;
    }
    bw_paper_frame(cairo, LEFT_MM, 114.6, WIDTH_MM, 16.2, 2, 0.5, BW_PAPER_INKT);
    say(cairo, 8, 115.6, 89, 5, 11, PANGO_WEIGHT_HEAVY, bw_ticket_parts_cant(page));
    say(cairo, 8, 120.6, 89, 4.4, 9, PANGO_WEIGHT_MEDIUM,
        bw_ticket_parts_word(
            page, page->state == BW_TICKET_PAGE_WAITS ? "tk.cantw.p" : "tk.cant.p"));
    say(cairo, 8, 125.2, 89, 4.6, 9, PANGO_WEIGHT_BOLD, who);
}

static void
door_draw(cairo_t *cairo, const struct bw_ticket_page *page)
{
    char words[TEXT_BYTES], more[BW_WORDING_SAID_BYTES] = "";
    const char *privacy = page->contact->privacy_url;
    if (privacy[0] != '\0') {
        bw_wording_say(more, page->when->language, "tk.more", 1, "priv", privacy, NULL);
    }
    bool own = page->session->own_region_first;
    (void)snprintf(words, sizeof words, "%s%s%s %s%s%s",
        bw_ticket_parts_word(
            page, page->state == BW_TICKET_PAGE_WAITS ? "tk.doorw" : "tk.door"),
        own ? " " : "", own ? bw_ticket_parts_word(page, "tk.own") : "",
        bw_ticket_parts_word(page, "tk.priv"), more[0] != '\0' ? " " : "", more);
    say(cairo, LEFT_MM, 132.2, WIDTH_MM, 11.4, 8.5, PANGO_WEIGHT_MEDIUM, words);
}

void
bw_ticket_page_draw(
    cairo_t *cairo, double x_mm, double y_mm, const struct bw_ticket_page *page)
{
    cairo_save(cairo);
    cairo_translate(cairo, x_mm, y_mm);
    band_draw(cairo, page);
    state_draw(cairo, page);
    person_draw(cairo, page);
    facts_draw(cairo, page);
    cant_draw(cairo, page);
    door_draw(cairo, page);
    cairo_restore(cairo);
}

void
bw_ticket_page_place(int place, double *ret_x_mm, double *ret_y_mm)
{
    *ret_x_mm = place % 2 == 0 ? 0 : BW_TICKET_PAGE_A6_WIDTH_MM;
    *ret_y_mm = SHEET_TOP_MM + (place < 2 ? 0 : BW_TICKET_PAGE_A6_HEIGHT_MM);
}

void
bw_ticket_page_draw_cuts(cairo_t *cairo)
{
    double x_mm = BW_TICKET_PAGE_A6_WIDTH_MM, half_mm = MARK_MM / 2;
    double y_mm = SHEET_TOP_MM + BW_TICKET_PAGE_A6_HEIGHT_MM;
    double right_mm = BW_TICKET_PAGE_A4_WIDTH_MM, end_mm = BW_TICKET_PAGE_A4_HEIGHT_MM;
    const double lines[][4] = {
        {x_mm, 0, x_mm, MARK_MM},
        {x_mm, end_mm - MARK_MM, x_mm, end_mm},
        {0, y_mm, MARK_MM, y_mm},
        {right_mm - MARK_MM, y_mm, right_mm, y_mm},
        {x_mm - half_mm, y_mm, x_mm + half_mm, y_mm},
        {x_mm, y_mm - half_mm, x_mm, y_mm + half_mm},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        bw_paper_line(cairo, lines[i][0], lines[i][1], lines[i][2], lines[i][3], 0.25,
            BW_PAPER_INKT);
    }
}
