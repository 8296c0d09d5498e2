/* The files of an enrolment: the enrolment itself (.json), its QR code (.svg, .png) and
 * its sheet of paper (.pdf). Each is written beside its place (mode 0600), and stands
 * there once it is kept. One thread. */
#ifndef BW_SYNC_ENROL_FILES_H
#define BW_SYNC_ENROL_FILES_H

#include "central/base/output.h"
#include "cli/command.h"
#include "exchange/letter/enrolment.h"
#include "office/kiosk.h"
#include "office/ticket/enrolment_sheet.h"

/* In the order of renaming. */
enum bw_cli_enrol_file {
    BW_CLI_ENROL_JSON,
    BW_CLI_ENROL_SVG,
    BW_CLI_ENROL_PNG,
    BW_CLI_ENROL_PDF,
    BW_CLI_ENROL_FILES
};

/* One kiosk, and where its files go. Zeroed is none. */
struct bw_cli_enrolment {
    struct bw_kiosk_plan plan;
    struct bw_enrolment_file file;
    const char *out; /* --out; borrowed */
    bool folder;     /* that is one: the files have their own names there */
    char sign[BW_ENROLMENT_SIGN_BYTES]; /* the large letters on its sheet */
    int sheet, sheets;                  /* which of how many it is */
    bool qr;                            /* it fits one */
    bool open;                          /* its login may do more than it should */
    bool lost; /* enrolled, but its files couldn't be put in their places */
    struct bw_output files[BW_CLI_ENROL_FILES];
    bool wrote[BW_CLI_ENROL_FILES];
};

/* All their sheets as one PDF to be printed at once (sheets.pdf; where one lies there, as
 * of those before, sheets-N.pdf, by the number of the first). Zeroed is none. */
struct bw_cli_enrol_book {
    struct bw_output output;
    struct bw_paper_pdf pdf;
    int pages;
};

/* Begins it in folder `out`, beside its place, for kiosks from number `first` on.
 * BW_REFUSED where one lies there; the errors of bw_output_open. */
BW_NODISCARD enum bw_status bw_cli_enrol_book_open(const char *out, uint32_t first,
    struct bw_cli_enrol_book *ret_book, struct bw_error *err);
/* All its pages are there. The errors of bw_paper_pdf_end. */
BW_NODISCARD enum bw_status bw_cli_enrol_book_close(
    struct bw_cli_enrol_book *book, struct bw_error *err);
/* Puts it in its place where `keep` and it has pages; else it goes, and has none. The
 * errors of bw_output_commit. */
BW_NODISCARD enum bw_status bw_cli_enrol_book_end(
    struct bw_cli_enrol_book *book, bool keep, struct bw_error *err);

/* What it would be, in the transaction that gave it its number: where its .json goes, in
 * files[BW_CLI_ENROL_JSON].path, and which sheet it is; nothing is made.
 * BW_REFUSED: something lies there in a folder; BW_BAD_INPUT: too long a name; what the
 * database answers. */
BW_NODISCARD enum bw_status bw_cli_enrol_preview(
    const struct bw_call *call, struct bw_cli_enrolment *one, struct bw_error *err);

/* Writes them all beside their places, by the plan with its number and the enrolment that
 * is filled and signed; on the sheet stands which of how many it is, by what the
 * transaction holds; and its sheet into the book (NULL: there is none). The errors of
 * bw_cli_enrol_preview and bw_output_open, BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_cli_enrol_write(const struct bw_call *call,
    struct bw_cli_enrolment *one, struct bw_cli_enrol_book *book, struct bw_error *err);

/* Puts them in their places where `keep`, in the order above; else they go. Secrets are
 * overwritten. The errors of bw_output_commit. */
BW_NODISCARD enum bw_status bw_cli_enrol_end(
    struct bw_cli_enrolment *one, bool keep, struct bw_error *err);

#endif
