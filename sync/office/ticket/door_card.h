/* The card that hangs at the desk: what staff do at each colour of the kiosk, how it
 * works, and what to do when it doesn't. A4, in the language of its `when`. One thread;
 * Cairo and Pango; bw_wording_open first. */
#ifndef BW_TICKET_DOOR_CARD_H
#define BW_TICKET_DOOR_CARD_H

#include "central/when.h"

#include <brugwachter/session.h>
#include <stdio.h>

/* Borrowed for the call. */
struct bw_door_card {
    const struct bw_session *session;
    const struct bw_when *when;
    const char *call; /* Anouk de Wit: 06 12 34 56 78; "" where nobody is known */
};

/* Writes a PDF of one page into `file`, which stays open. BW_IO. */
BW_NODISCARD enum bw_status bw_door_card_write(
    const struct bw_door_card *card, FILE *file, struct bw_error *err);

#endif
