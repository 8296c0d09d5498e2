/* Tickets on paper: one PDF, an A6 page a person. One thread; Cairo and Pango. */
#ifndef BW_SYNC_TICKET_SHEET_H
#define BW_SYNC_TICKET_SHEET_H

#include "central/when.h"
#include "office/ticket/qr.h"

#include <brugwachter/session.h>

struct bw_ticket_sheet;

/* Everything that one page says. Borrowed for the call. */
struct bw_ticket_page {
    const struct bw_session *session;
    const struct bw_when *when;
    const struct bw_registration *registration;
    const struct bw_qr *qr;
};

/* Writes to `file`, which stays the caller's. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_ticket_sheet_create(const char *title, FILE *file,
    struct bw_ticket_sheet **ret_sheet, struct bw_error *err);
void bw_ticket_sheet_page(
    struct bw_ticket_sheet *sheet, const struct bw_ticket_page *page);
/* Ends the document. BW_IO where some of it could not be written. */
BW_NODISCARD enum bw_status bw_ticket_sheet_end(
    struct bw_ticket_sheet *sheet, struct bw_error *err);
void bw_ticket_sheet_destroy(struct bw_ticket_sheet *sheet);

#endif
