/* A staff card on paper (brugwachter/staff_card.h): one A4 page with a card to cut out,
 * and how a kiosk learns it. It names no organiser, kiosk or circle: who finds it isn't
 * told what it opens. One thread; bw_wording_open first. */
#ifndef BW_TICKET_STAFF_CARD_PAGE_H
#define BW_TICKET_STAFF_CARD_PAGE_H

#include "central/base/wording.h"

#include <brugwachter/error.h>
#include <stdio.h>

/* Makes a new card, and writes a PDF of one page into `file`, which stays open. What it
 * says stands in that file and nowhere else. BW_NO_MEMORY, BW_IO. */
BW_NODISCARD enum bw_status bw_staff_card_page_write(
    enum bw_wording_language language, FILE *file, struct bw_error *err);

#endif
