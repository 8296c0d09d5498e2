/* What all tickets have alike: see ticket_parts.h. Lengths are millimetres. */
#include "office/ticket/ticket_parts.h"

#include "paper/icon.h"

#include <inttypes.h>
#include <stdio.h>

#define CHECK "M18 51 L39 72 L79 27"
#define ARROW "M56 18 L84 48 L56 78 M82 48 H12"
#define HOURGLASS                                                                        \
    "M26 13 H70 M26 83 H70 M32 13 V26 C32 38 48 40 48 48 C48 56 32 58 32 70 V83 M64 13 " \
    "V26 C64 38 48 40 48 48 C48 56 64 58 64 70 V83"

const char *
bw_ticket_parts_word(const struct bw_ticket_page *page, const char *key)
{
    return bw_wording(page->when->language, key);
}

void
bw_ticket_parts_words(
    const struct bw_ticket_page *page, struct bw_ticket_parts_words *ret_words)
{
    static const struct {
        const char *state, *more;
    } keys[] = {
        [BW_TICKET_PAGE_PLACE] = {"tk.place.h", "tk.place.p"},
        [BW_TICKET_PAGE_WAITS] = {"tk.wait.h", "tk.wait.p"},
        [BW_TICKET_PAGE_PROMOTED] = {"tk.promo.h", "tk.promo.p"},
        [BW_TICKET_PAGE_MOVED] = {"tk.move.h", "tk.move.p"},
    };
    enum bw_wording_language language = page->when->language;
    bool same = page->state == BW_TICKET_PAGE_MOVED && page->same_ticket;
    char position[24];
    (void)snprintf(position, sizeof position, "%" PRId64, page->position);
    bw_wording_say(
        ret_words->state, language, keys[page->state].state, 1, "n", position, NULL);
    bw_wording_say(ret_words->more, language,
        same ? "tk.move.same" : keys[page->state].more, 1, "date", page->as_of, NULL);
}

enum bw_paper_colour
bw_ticket_parts_band_ink(const struct bw_ticket_page *page)
{
    return page->state == BW_TICKET_PAGE_WAITS ? BW_PAPER_INKT : BW_PAPER_WIT;
}

void
bw_ticket_parts_band(cairo_t *cairo, const struct bw_ticket_page *page, double x_mm,
    double y_mm, double width_mm, double height_mm, double logo_x_mm, double logo_y_mm)
{
    static const double dashes[] = {4, 2};
    bool waits = page->state == BW_TICKET_PAGE_WAITS;
    if (waits) {
        cairo_set_dash(cairo, dashes, 2, 0);
        bw_paper_frame(cairo, x_mm, y_mm, width_mm, height_mm, 3, 0.9, BW_PAPER_INKT);
        cairo_set_dash(cairo, NULL, 0, 0);
    } else {
        bw_paper_fill(cairo, x_mm, y_mm, width_mm, height_mm, 3, BW_PAPER_GRACHT);
    }
    bw_paper_logo(cairo, logo_x_mm, logo_y_mm, 15, waits ? BW_PAPER_GRACHT : BW_PAPER_WIT,
        BW_PAPER_ZON);
}

void
bw_ticket_parts_badge(cairo_t *cairo, const struct bw_ticket_page *page, double x_mm,
    double y_mm, double side_mm)
{
    double inset_mm = side_mm / 5, icon_mm = side_mm * 3 / 5;
    const char *icon = CHECK;
    enum bw_paper_colour ink = BW_PAPER_WIT;
    switch (page->state) {
    case BW_TICKET_PAGE_PLACE:
        bw_paper_fill(cairo, x_mm, y_mm, side_mm, side_mm, side_mm / 2, BW_PAPER_INKT);
        break;
    case BW_TICKET_PAGE_WAITS:
        icon = HOURGLASS;
        ink = BW_PAPER_INKT;
        bw_paper_frame(cairo, x_mm, y_mm, side_mm, side_mm, 2, 0.6, BW_PAPER_INKT);
        break;
    case BW_TICKET_PAGE_PROMOTED:
        ink = BW_PAPER_INKT;
        bw_paper_fill(cairo, x_mm, y_mm, side_mm, side_mm, side_mm / 2, BW_PAPER_ZON);
        bw_paper_frame(
            cairo, x_mm, y_mm, side_mm, side_mm, side_mm / 2 - 0.3, 0.6, BW_PAPER_INKT);
        break;
    case BW_TICKET_PAGE_MOVED:
        icon = ARROW;
        bw_paper_fill(cairo, x_mm, y_mm, side_mm, side_mm, 2, BW_PAPER_INKT);
        break;
    }
    bw_paper_icon(cairo, icon, x_mm + inset_mm, y_mm + inset_mm, icon_mm, ink);
}

void
bw_ticket_parts_doors(
    const struct bw_ticket_page *page, char ret_text[BW_WORDING_SAID_BYTES])
{
    ret_text[0] = '\0';
    if (page->when->doors[0] != '\0') {
        bw_wording_say(ret_text, page->when->language, "tk.doors", 1, "doors",
            page->when->doors, NULL);
    }
}

void
bw_ticket_parts_table(
    const struct bw_ticket_page *page, char ret_text[BW_WORDING_SAID_BYTES])
{
    ret_text[0] = '\0';
    if (page->table[0] != '\0') {
        bw_wording_say(
            ret_text, page->when->language, "tk.table", 1, "n", page->table, NULL);
    }
}

const char *
bw_ticket_parts_cant(const struct bw_ticket_page *page)
{
    return bw_ticket_parts_word(
        page, page->state == BW_TICKET_PAGE_WAITS ? "tk.cantw.h" : "tk.cant.h");
}
