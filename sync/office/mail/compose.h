/* A whole mail to somebody, with all that comes along. One thread; Cairo and Pango. */
#ifndef BW_SYNC_MAIL_COMPOSE_H
#define BW_SYNC_MAIL_COMPOSE_H

#include "office/mail/letter_text.h"
#include "office/mail/told.h"

#include <stdio.h>

enum { BW_MAILING_NAME_BYTES = 320 };

/* Who writes, in the office's language; the same for all mails of a run. */
struct bw_mailing_writer {
    const struct bw_office *office;
    struct bw_office_contact sender;
    struct bw_letter_words words; /* owned */
};
void bw_mailing_writer_finish(struct bw_mailing_writer *writer);

/* What a mail is called, and what it does in somebody's calendar. */
struct bw_mailing_names {
    char message_id[BW_MAILING_NAME_BYTES];
    char uid[BW_MAILING_NAME_BYTES];
    struct bw_told_entry entry; /* after it; uid is the one above */
    bool sends_entry;
};

/* Reads who writes out of the database. BW_NO_MEMORY, what the database answers. The
 * caller finishes what BW_OK gives. */
BW_NODISCARD enum bw_status bw_mailing_writer_read(const struct bw_office *office,
    struct bw_mailing_writer *ret_writer, struct bw_error *err);

/* Gives a mail its names: those that it had where it may have gone already. An entry
 * keeps its UID, and its SEQUENCE rises where it says another time, place or state. Can't
 * fail. */
void bw_mailing_name(const struct bw_mailing_writer *writer,
    const struct bw_told_due *due, struct bw_mailing_names *ret_names);

/* Writes the mail; `draft`: to be sent by hand. BW_CORRUPT where somebody has no ticket,
 * BW_NO_MEMORY; the errors of the letter's text and of the ticket's paper. A stream that
 * failed says so itself. */
BW_NODISCARD enum bw_status bw_mailing_compose(const struct bw_mailing_writer *writer,
    const struct bw_told_due *due, const struct bw_mailing_names *names, bool draft,
    FILE *out, struct bw_error *err);

#endif
