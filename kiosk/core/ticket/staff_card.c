/* The staff card's text, written and read: see brugwachter/staff_card.h. Any thread. */
#include <brugwachter/staff_card.h>

#include "core/ticket/frame.h"

#include <sodium.h>
#include <string.h>

static const char mark[] = "BWM1";

enum { MARK_CHARS = 5, BODY_CHARS = BW_STAFF_CARD_BYTES / 2 * 3 };

_Static_assert(
    MARK_CHARS + BODY_CHARS + 1 == BW_STAFF_CARD_TEXT_BYTES, "as in the header");

bool
bw_staff_card_is(const char *text)
{
    return bw_ticket_frame_is(mark, text);
}

bool
bw_staff_card_read(const char *text, uint8_t ret_secret[BW_STAFF_CARD_BYTES])
{
    return bw_staff_card_is(text) && strlen(text) == BW_STAFF_CARD_TEXT_BYTES - 1 &&
           bw_base45_decode(text + MARK_CHARS, BODY_CHARS, ret_secret,
               BW_STAFF_CARD_BYTES) == BW_STAFF_CARD_BYTES;
}

void
bw_staff_card_make(char ret_text[BW_STAFF_CARD_TEXT_BYTES])
{
    uint8_t secret[BW_STAFF_CARD_BYTES];
    randombytes_buf(secret, sizeof secret);
    memcpy(ret_text, mark, sizeof mark - 1);
    ret_text[MARK_CHARS - 1] = ':';
    bw_base45_encode(secret, sizeof secret, ret_text + MARK_CHARS);
    sodium_memzero(secret, sizeof secret);
}
