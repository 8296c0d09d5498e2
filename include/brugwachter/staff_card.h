/* The staff card: a QR code on paper that opens a kiosk's names (store_names.h).
 *
 *   "BWM1:" + base45 (RFC 9285) of 32 random bytes: 53 characters, drawn as a ticket is.
 *
 * An addition to the design's QR texts; M as in medewerker. It is a bearer's secret and
 * nothing else: it names nobody, says nothing, lets nobody in and opens no screen. It is
 * never kept or logged as it was read; a kiosk keeps its key wrapped by it. A ticket
 * begins otherwise, so neither is taken for the other, and to the door's `scan` a card is
 * no ticket.
 *
 * The office prints a card and forgets it: which kiosks it opens is theirs alone to know.
 * A kiosk learns it where staff hold it up at their list while names are open, and the
 * one before is none from then on.
 *
 * Roads not taken: a card's public key in the roster letters would have spared that once,
 * but bent letters and both files for it; a signature would tell our cards from others,
 * but a kiosk tells its own by opening. Any thread; nothing allocates. */
#ifndef BRUGWACHTER_STAFF_CARD_H
#define BRUGWACHTER_STAFF_CARD_H

#include <stdbool.h>
#include <stdint.h>

enum {
    BW_STAFF_CARD_BYTES = 32,
    BW_STAFF_CARD_TEXT_BYTES = 54, /* 53 characters and NUL */
};

/* Whether a scanned text calls itself a card, whole or not: "BWM1:…". */
bool bw_staff_card_is(const char *text);

/* The secret of a scanned text, ended by NUL, which the caller wipes. False, and nothing
 * written, where it is no whole card. */
bool bw_staff_card_read(const char *text, uint8_t ret_secret[BW_STAFF_CARD_BYTES]);

/* Writes a new card's text, from the system's random numbers (bw_core_init first). The
 * caller wipes it. Can't fail. */
void bw_staff_card_make(char ret_text[BW_STAFF_CARD_TEXT_BYTES]);

#endif
