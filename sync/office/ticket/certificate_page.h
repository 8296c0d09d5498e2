/* A certificate on paper: one A4 page, as screens/paper draws it, in the language of its
 * `when`. One thread a context; Cairo and Pango; bw_wording_open first. */
#ifndef BW_TICKET_CERTIFICATE_PAGE_H
#define BW_TICKET_CERTIFICATE_PAGE_H

#include "central/when.h"
#include "office/contact.h"
#include "paper/qr.h"

#include <brugwachter/certificate.h>
#include <cairo.h>

#define BW_CERTIFICATE_PAGE_WIDTH_MM 210.0
#define BW_CERTIFICATE_PAGE_HEIGHT_MM 297.0

/* Everything that one page says. Borrowed for the call. */
struct bw_certificate_page {
    const struct bw_session *session;
    const struct bw_when *when;
    const struct bw_office_contact *contact;
    const char *made; /* 19 maart 2025 */
    const char *name, *school;
    int half_hours;    /* that the session was planned to last */
    const char *shown; /* C-M6SC-7N75 */
    const struct bw_qr *qr;
};

/* Draws one page and ends it, in millimetres. Can't fail: the context keeps what did. */
void bw_certificate_page_draw(cairo_t *cairo, const struct bw_certificate_page *page);

#endif
