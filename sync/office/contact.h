/* Whom people reach, as mails and paper say it: one row of the central database. One
 * thread, that of the database. */
#ifndef BW_SYNC_CONTACT_H
#define BW_SYNC_CONTACT_H

#include "central/central.h"

#include <brugwachter/limits.h>

/* "" for what isn't known. */
struct bw_office_contact {
    char organiser[BW_TITLE_BYTES]; /* Programma Brugfunctionaris */
    char contact[BW_TITLE_BYTES];   /* whom people ask for: Anouk de Wit */
    char phone[BW_LABEL_BYTES];
    char mail[BW_TITLE_BYTES];
    char privacy_url[BW_TITLE_BYTES];
};

enum { BW_OFFICE_CONTACT_BYTES = 3 * BW_TITLE_BYTES + 16 };

/* What the database answers. */
BW_NODISCARD enum bw_status bw_office_contact_read(struct bw_central *central,
    struct bw_office_contact *ret_contact, struct bw_error *err);

/* "Anouk de Wit · 06 12 34 56 78 · leerkringen@…", with `before_mail` (" · ", "\n") where
 * the last dot stands: what is known of it, the organiser where nobody is named; "" where
 * nothing is. A phone number stays on one line. */
void bw_office_contact_line(const struct bw_office_contact *contact,
    const char *before_mail, char ret_line[BW_OFFICE_CONTACT_BYTES]);

/* A text whose blanks never break: for phone numbers. Cut where it doesn't fit. */
void bw_office_contact_unbroken(const char *text, char *ret_text, size_t room_bytes);

#endif
