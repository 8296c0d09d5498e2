/* The frame that tickets and certificates share: "MARK:" and base45 of 75 bytes, eleven
 * of them fields, 64 an Ed25519 signature over the mark and those eleven. A frame of one
 * mark never reads as one of another. Any thread; nothing allocates. */
#ifndef CORE_TICKET_FRAME_H
#define CORE_TICKET_FRAME_H

#include <brugwachter/ticket.h>

enum {
    FRAME_MARK_MAX = 4,
    FRAME_BODY_BYTES = 11,
    FRAME_BYTES = FRAME_BODY_BYTES + 64,
    FRAME_CHARS = FRAME_BYTES / 2 * 3 + FRAME_BYTES % 2 * 2,
};

struct signed_frame {
    uint8_t key;
    uint32_t session_no;
    bw_code code;
    uint8_t last; /* what the mark makes of it */
};

/* Whether the text begins with the mark and a colon. */
bool bw_ticket_frame_is(const char *mark, const char *text);

/* BW_TICKET_NONE for another mark, or over 512 bytes. *ret_frame is written only for
 * BW_TICKET_SIGNED. */
enum bw_ticket_reading bw_ticket_frame_read(const char *mark, const char *text,
    const struct bw_keyring *keyring, struct signed_frame *ret_frame);

/* Room: the mark, a colon, FRAME_CHARS and NUL. Can't fail. */
void bw_ticket_frame_write(const char *mark, const struct signed_frame *frame,
    const uint8_t secret_key[BW_SECRET_KEY_BYTES], char *ret_text);

#endif
