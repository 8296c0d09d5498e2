/* The ticket's text, written and read: see brugwachter/ticket.h. Any thread. */
#include <brugwachter/ticket.h>

#include "core/ticket/frame.h"

#include <string.h>

static const char mark[] = "BW1";
static const char prefix[] = "BW1:";

enum { PREFIX_CHARS = 4 };

_Static_assert(
    PREFIX_CHARS + FRAME_CHARS + 1 == BW_TICKET_TEXT_BYTES, "as in the header");

enum bw_ticket_reading
bw_ticket_read(
    const char *text, const struct bw_keyring *keyring, struct bw_ticket *ret_ticket)
{
    struct signed_frame frame;
    enum bw_ticket_reading reading = bw_ticket_frame_read(mark, text, keyring, &frame);
    if (reading == BW_TICKET_SIGNED) {
        ret_ticket->key = frame.key;
        ret_ticket->session_no = frame.session_no;
        ret_ticket->code = frame.code;
        ret_ticket->generation = frame.last;
    }
    return reading;
}

static bool
folded_from(const char *text, char ret_text[BW_TICKET_TEXT_BYTES])
{
    uint8_t blob[FRAME_BYTES];
    for (int i = 0; i < PREFIX_CHARS + FRAME_CHARS; i++) {
        bool small = text[i] >= 'a' && text[i] <= 'z';
        ret_text[i] = (char)(small ? text[i] - 'a' + 'A' : text[i]);
        if (i < PREFIX_CHARS && ret_text[i] != prefix[i]) {
            return false;
        }
    }
    ret_text[PREFIX_CHARS + FRAME_CHARS] = '\0';
    return bw_base45_decode(ret_text + PREFIX_CHARS, FRAME_CHARS, blob, sizeof blob) ==
           FRAME_BYTES;
}

bool
bw_ticket_find(const char *text, size_t length, char ret_text[BW_TICKET_TEXT_BYTES])
{
    char folded[BW_TICKET_TEXT_BYTES];
    for (size_t at = 0; at + PREFIX_CHARS + FRAME_CHARS <= length; at++) {
        if (folded_from(text + at, folded)) {
            memcpy(ret_text, folded, sizeof folded);
            return true;
        }
    }
    return false;
}

void
bw_ticket_write(const struct bw_ticket *ticket,
    const uint8_t secret_key[BW_SECRET_KEY_BYTES], char ret_text[BW_TICKET_TEXT_BYTES])
{
    struct signed_frame frame = {
        ticket->key, ticket->session_no, ticket->code, ticket->generation};
    bw_ticket_frame_write(mark, &frame, secret_key, ret_text);
}
