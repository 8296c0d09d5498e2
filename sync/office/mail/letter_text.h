/* What a mail to somebody says, in words: a subject, and the same for programs that show
 * text and that show HTML. No picture and no link from elsewhere, nothing that is
 * counted; what people wrote is text, never markup. Any thread. */
#ifndef BW_SYNC_LETTER_TEXT_H
#define BW_SYNC_LETTER_TEXT_H

#include "office/contact.h"
#include "office/mail/letter_when.h"
#include "office/mail/letter_words.h"
#include "office/mail/told.h"

/* Of the picture of the ticket's code, as HTML refers to it and MIME names it. */
#define BW_LETTER_TEXT_QR_ID "qr@brugwachter"

/* A line of plain text is no longer, in characters, but for a word that is. */
enum { BW_LETTER_TEXT_LINE_CHARS = 72 };

/* What comes along. */
struct bw_letter_text_with {
    bool ticket;    /* the picture of its code, and the PDF */
    bool entry;     /* for the calendar */
    bool entry_out; /* … that takes it out */
};

/* Zeroed is empty. Texts are owned, UTF-8, lines end with LF. */
struct bw_letter_text {
    char *subject, *plain, *html;
    char *date;     /* dinsdag 18 maart 2025 */
    char *hours;    /* 13.30 – 16.30 */
    char *doors;    /* 12.30 */
    char *headline; /* Je hebt een plek */
    char *calendar; /* what its entry describes */
};

/* Writes it, with the organiser's own words (NULL: there are none). BW_NO_MEMORY; the
 * errors of bw_zone_open. The caller finishes what BW_OK gives. */
BW_NODISCARD enum bw_status bw_letter_text_make(const struct bw_told_due *due,
    const struct bw_office_contact *sender, enum bw_wording_language language,
    const struct bw_letter_words *words, const struct bw_letter_text_with *with,
    struct bw_letter_text *ret_text, struct bw_error *err);
void bw_letter_text_finish(struct bw_letter_text *text);

#endif
