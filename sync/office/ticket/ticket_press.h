/* Draws tickets on every processor: a PNG, an SVG and a PDF each, and two books of all,
 * by surname: an A6 page each, and A4 sheets of four.
 *
 * Nothing of the database is touched. The press has threads of its own, which are gone
 * when it returns; the caller's thread waits, and steps the progress. Memory doesn't grow
 * with the number of tickets but for what Cairo notes of a book's pages.
 *
 * TP1 what the threads share (the set of files, how far they are, the first failure) is
 *     guarded by the press' lock; a ticket is one thread's from its QR code to its last
 *     file. */
#ifndef BW_TICKET_TICKET_PRESS_H
#define BW_TICKET_TICKET_PRESS_H

#include "central/base/output_set.h"
#include "central/progress.h"
#include "central/when.h"
#include "office/contact.h"
#include "office/ticket/ticket_list.h"

enum { BW_TICKET_PRESS_NAME_BYTES = BW_CODE_BYTES + 4 };

/* Everything is borrowed for the call. */
struct bw_ticket_press_order {
    const struct bw_session *session;
    const struct bw_when *when;
    const struct bw_office_contact *contact;
    const char *as_of;
    const struct bw_ticket_list_person *const *people; /* who gets one, any order */
    size_t count;
    const char *book, *sheets; /* names of the two files of all */
    int threads;               /* 0: as many as there are processors */
    struct bw_progress *progress;
};

/* Adds the files to the set; the caller commits it. Nothing for nobody. BW_CORRUPT where
 * somebody has no ticket, BW_NO_MEMORY, BW_IO; the errors of bw_output_set_add. */
BW_NODISCARD enum bw_status bw_ticket_press_run(const struct bw_ticket_press_order *order,
    struct bw_output_set *files, struct bw_error *err);

/* "K7QM2XRD.png" */
void bw_ticket_press_name(
    bw_code code, const char *ending, char ret_name[BW_TICKET_PRESS_NAME_BYTES]);

#endif
