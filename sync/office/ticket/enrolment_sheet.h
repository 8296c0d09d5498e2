/* A kiosk's enrolment on paper: one A4 page with its QR code, five steps, whom to call,
 * and a test ticket to cut off, in the language of its `when`. One thread;
 * bw_wording_open first. */
#ifndef BW_TICKET_ENROLMENT_SHEET_H
#define BW_TICKET_ENROLMENT_SHEET_H

#include "central/when.h"
#include "paper/paper.h"

#include <brugwachter/enrolment.h>
#include <brugwachter/session.h>

/* The plain text of the test ticket: no ticket, so that the camera's check turns green
 * and nothing is let in; and the decoder takes a ticket before any other code. */
#define BW_ENROLMENT_TEST_TEXT "BRUGWACHTER TEST"

/* Version 25: more modules than these are under 0.9 mm, which no camera reads well. */
enum { BW_ENROLMENT_SHEET_MODULES_MAX = 117 };

/* All borrowed. */
struct bw_enrolment_page {
    const struct bw_enrolment *enrolment; /* its name, whom to call */
    const struct bw_session *session;     /* its first */
    const struct bw_when *when;
    const struct bw_qr *qr;
    const char *made;  /* 14 maart 2025, 09.12 uur */
    int sheet, sheets; /* of how many kiosks of the series */
};

/* The large letters by which sheets are told apart: the session's code up to its first
 * hyphen. */
enum { BW_ENROLMENT_SIGN_BYTES = 6 };
void bw_enrolment_sheet_sign(
    const struct bw_session *session, char ret_sign[BW_ENROLMENT_SIGN_BYTES]);

/* Writes a PDF of one page into `file`, which stays open. BW_BAD_INPUT where the QR code
 * is too large for one; BW_NO_MEMORY, BW_IO. */
BW_NODISCARD enum bw_status bw_enrolment_sheet_write(
    const struct bw_enrolment_page *page, FILE *file, struct bw_error *err);

/* The sheets of several kiosks, to be printed at once: begins a PDF of them in `file`,
 * which stays the caller's; adds a page, with the errors of the one above;
 * bw_paper_pdf_end ends it. */
void bw_enrolment_sheet_begin(struct bw_paper_pdf *ret_pdf, FILE *file);
BW_NODISCARD enum bw_status bw_enrolment_sheet_add(
    struct bw_paper_pdf *pdf, const struct bw_enrolment_page *page, struct bw_error *err);

#endif
