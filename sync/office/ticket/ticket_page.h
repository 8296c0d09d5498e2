/* A ticket as people carry it: on paper, A6, four of them on an A4 sheet; and on a phone,
 * as a page and as a picture. As screens/paper draws them, in the language of its
 * `when`. One thread a context; Cairo and Pango; bw_wording_open first. */
#ifndef BW_TICKET_TICKET_PAGE_H
#define BW_TICKET_TICKET_PAGE_H

#include "central/when.h"
#include "office/contact.h"
#include "paper/qr.h"

#include <brugwachter/session.h>
#include <cairo.h>

#define BW_TICKET_PAGE_A6_WIDTH_MM 105.0
#define BW_TICKET_PAGE_A6_HEIGHT_MM 148.0
#define BW_TICKET_PAGE_A4_WIDTH_MM 210.0
#define BW_TICKET_PAGE_A4_HEIGHT_MM 297.0
#define BW_TICKET_PAGE_PHONE_WIDTH_MM 100.0
#define BW_TICKET_PAGE_PHONE_HEIGHT_MM 178.0

enum { BW_TICKET_PAGE_A_SHEET = 4 };

enum bw_ticket_page_state {
    BW_TICKET_PAGE_PLACE,
    BW_TICKET_PAGE_WAITS,
    BW_TICKET_PAGE_PROMOTED, /* a place from the waiting list */
    BW_TICKET_PAGE_MOVED,    /* the session is at another time or place */
};

/* Everything that a ticket says. Borrowed for the call; "" for what there isn't. */
struct bw_ticket_page {
    const struct bw_session *session;
    const struct bw_when *when;
    const struct bw_office_contact *contact;
    const struct bw_qr *qr;
    bw_code code;
    enum bw_ticket_page_state state;
    const char *name, *school, *table;
    const char *as_of; /* WAITS: 14 maart */
    int64_t position;  /* WAITS */
    const char *was;   /* MOVED: Leerkring Groningen, dinsdag 18 maart 2025 */
    bool same_ticket;  /* MOVED: the old one still works */
};

/* Draw in millimetres, from the top left that is given. Can't fail: the context keeps
 * what did. */
void bw_ticket_page_draw(
    cairo_t *cairo, double x_mm, double y_mm, const struct bw_ticket_page *page);
void bw_ticket_page_draw_phone(cairo_t *cairo, const struct bw_ticket_page *page);
/* Where to cut an A4 sheet, and where its ticket `place` (0 to 3) is. */
void bw_ticket_page_draw_cuts(cairo_t *cairo);
void bw_ticket_page_place(int place, double *ret_x_mm, double *ret_y_mm);

/* A PDF for one person: the phone's page, then the A6 one. BW_NO_MEMORY, BW_IO. */
BW_NODISCARD enum bw_status bw_ticket_page_write_pdf(
    const struct bw_ticket_page *page, FILE *file, struct bw_error *err);
/* The phone's page as a PNG, 10 pixels a module of its code. BW_NO_MEMORY, BW_IO. */
BW_NODISCARD enum bw_status bw_ticket_page_write_png(
    const struct bw_ticket_page *page, FILE *file, struct bw_error *err);

#endif
