/* The signed frame: see frame.h. Any thread. */
#include "core/ticket/frame.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum { KEY_AT = 0, SESSION_AT = 1, CODE_AT = 5, LAST_AT = 10 };

_Static_assert(FRAME_BYTES == FRAME_BODY_BYTES + crypto_sign_BYTES, "as in the header");
_Static_assert(crypto_sign_PUBLICKEYBYTES == BW_PUBLIC_KEY_BYTES, "as in the header");
_Static_assert(crypto_sign_SECRETKEYBYTES == BW_SECRET_KEY_BYTES, "as in the header");
_Static_assert(crypto_sign_SEEDBYTES == BW_SEED_BYTES, "as in the header");

static void
put_big_endian(uint8_t *to, size_t bytes, uint64_t value)
{
    for (size_t i = bytes; i-- > 0;) {
        to[i] = (uint8_t)(value & 0xff);
        value >>= 8;
    }
}

static uint64_t
get_big_endian(const uint8_t *from, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        value = value << 8 | from[i];
    }
    return value;
}

/* What is signed; returns its length. The mark is signed with the body, so that no other
 * use fits. */
static size_t
message_write(
    const char *mark, const uint8_t *body, uint8_t message[FRAME_MARK_MAX + FRAME_BYTES])
{
    size_t length = strlen(mark);
    assert(length <= FRAME_MARK_MAX);
    memcpy(message, mark, length);
    memcpy(message + length, body, FRAME_BODY_BYTES);
    return length + FRAME_BODY_BYTES;
}

/* A key number may stand twice in a ring (a re-made test centre):
 * any that fits is fine. */
static bool
signature_holds(
    const char *mark, const uint8_t blob[FRAME_BYTES], const struct bw_keyring *keyring)
{
    uint8_t message[FRAME_MARK_MAX + FRAME_BYTES];
    size_t length = message_write(mark, blob, message);
    assert(keyring->count >= 0 && keyring->count <= BW_KEYS_MAX);
    for (int i = 0; i < keyring->count; i++) {
        const struct bw_public_key *key = &keyring->keys[i];
        if (key->key == blob[KEY_AT] &&
            crypto_sign_verify_detached(
                blob + FRAME_BODY_BYTES, message, length, key->bytes) == 0) {
            return true;
        }
    }
    return false;
}

bool
bw_ticket_frame_is(const char *mark, const char *text)
{
    size_t length = strlen(mark);
    return strncmp(text, mark, length) == 0 && text[length] == ':';
}

enum bw_ticket_reading
bw_ticket_frame_read(const char *mark, const char *text, const struct bw_keyring *keyring,
    struct signed_frame *ret_frame)
{
    size_t length = strnlen(text, BW_SCAN_BYTES), before = strlen(mark) + 1;
    if (length >= BW_SCAN_BYTES || !bw_ticket_frame_is(mark, text)) {
        return BW_TICKET_NONE;
    }
    uint8_t blob[FRAME_BYTES];
    int bytes = bw_base45_decode(text + before, length - before, blob, sizeof blob);
    if (bytes != FRAME_BYTES || !signature_holds(mark, blob, keyring)) {
        return BW_TICKET_FORGED;
    }
    *ret_frame = (struct signed_frame){
        .key = blob[KEY_AT],
        .session_no = (uint32_t)get_big_endian(blob + SESSION_AT, 4),
        .code = get_big_endian(blob + CODE_AT, 5),
        .last = blob[LAST_AT],
    };
    return BW_TICKET_SIGNED;
}

void
bw_ticket_frame_write(const char *mark, const struct signed_frame *frame,
    const uint8_t secret_key[BW_SECRET_KEY_BYTES], char *ret_text)
{
    assert(frame->code >> 40 == 0);
    uint8_t blob[FRAME_BYTES];
    blob[KEY_AT] = frame->key;
    put_big_endian(blob + SESSION_AT, 4, frame->session_no);
    put_big_endian(blob + CODE_AT, 5, frame->code);
    blob[LAST_AT] = frame->last;

    uint8_t message[FRAME_MARK_MAX + FRAME_BYTES];
    size_t length = message_write(mark, blob, message), before = strlen(mark);
    (void)crypto_sign_detached(
        blob + FRAME_BODY_BYTES, NULL, message, length, secret_key);
    memcpy(ret_text, mark, before);
    ret_text[before] = ':';
    bw_base45_encode(blob, sizeof blob, ret_text + before + 1);
}
