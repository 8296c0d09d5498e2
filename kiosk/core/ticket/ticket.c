/* The ticket's text, written and read: see brugwachter/ticket.h. Any thread. */
#include <brugwachter/ticket.h>

#include <assert.h>
#include <sodium.h>
#include <string.h>

static const char prefix[] = "BW1:";

enum {
    PREFIX_CHARS = 4,
    MARK_BYTES = 3, /* "BW1", signed with the body, so that no other use fits */
    BODY_BYTES = 11,
    BLOB_BYTES = BODY_BYTES + crypto_sign_BYTES,
    BLOB_CHARS = BLOB_BYTES / 2 * 3 + BLOB_BYTES % 2 * 2,
    KEY_AT = 0,
    SESSION_AT = 1,
    CODE_AT = 5,
    GENERATION_AT = 10,
};

_Static_assert(PREFIX_CHARS + BLOB_CHARS + 1 == BW_TICKET_TEXT_BYTES, "as in the header");
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

static void
message_init(uint8_t message[MARK_BYTES + BODY_BYTES], const uint8_t *body)
{
    memcpy(message, prefix, MARK_BYTES);
    memcpy(message + MARK_BYTES, body, BODY_BYTES);
}

/* A key number may stand twice in a ring (a re-made test centre):
 * any that fits is fine. */
static bool
signature_holds(const uint8_t blob[BLOB_BYTES], const struct bw_keyring *keyring)
{
    uint8_t message[MARK_BYTES + BODY_BYTES];
    message_init(message, blob);
    assert(keyring->count >= 0 && keyring->count <= BW_KEYS_MAX);
    for (int i = 0; i < keyring->count; i++) {
        const struct bw_public_key *key = &keyring->keys[i];
        if (key->key == blob[KEY_AT] && crypto_sign_verify_detached(blob + BODY_BYTES,
                                            message, sizeof message, key->bytes) == 0) {
            return true;
        }
    }
    return false;
}

enum bw_ticket_reading
bw_ticket_read(
    const char *text, const struct bw_keyring *keyring, struct bw_ticket *ret_ticket)
{
    size_t length = strnlen(text, BW_SCAN_BYTES);
    if (length >= BW_SCAN_BYTES || strncmp(text, prefix, PREFIX_CHARS) != 0) {
        return BW_TICKET_NONE;
    }
    uint8_t blob[BLOB_BYTES];
    int bytes =
        bw_base45_decode(text + PREFIX_CHARS, length - PREFIX_CHARS, blob, sizeof blob);
    if (bytes != BLOB_BYTES || !signature_holds(blob, keyring)) {
        return BW_TICKET_FORGED;
    }
    ret_ticket->key = blob[KEY_AT];
    ret_ticket->session_no = (uint32_t)get_big_endian(blob + SESSION_AT, 4);
    ret_ticket->code = get_big_endian(blob + CODE_AT, 5);
    ret_ticket->generation = blob[GENERATION_AT];
    return BW_TICKET_SIGNED;
}

static bool
folded_from(const char *text, char ret_text[BW_TICKET_TEXT_BYTES])
{
    uint8_t blob[BLOB_BYTES];
    for (int i = 0; i < PREFIX_CHARS + BLOB_CHARS; i++) {
        bool small = text[i] >= 'a' && text[i] <= 'z';
        ret_text[i] = (char)(small ? text[i] - 'a' + 'A' : text[i]);
        if (i < PREFIX_CHARS && ret_text[i] != prefix[i]) {
            return false;
        }
    }
    ret_text[PREFIX_CHARS + BLOB_CHARS] = '\0';
    return bw_base45_decode(ret_text + PREFIX_CHARS, BLOB_CHARS, blob, sizeof blob) ==
           BLOB_BYTES;
}

bool
bw_ticket_find(const char *text, size_t length, char ret_text[BW_TICKET_TEXT_BYTES])
{
    char folded[BW_TICKET_TEXT_BYTES];
    for (size_t at = 0; at + PREFIX_CHARS + BLOB_CHARS <= length; at++) {
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
    assert(ticket->code >> 40 == 0);
    uint8_t blob[BLOB_BYTES];
    blob[KEY_AT] = ticket->key;
    put_big_endian(blob + SESSION_AT, 4, ticket->session_no);
    put_big_endian(blob + CODE_AT, 5, ticket->code);
    blob[GENERATION_AT] = ticket->generation;

    uint8_t message[MARK_BYTES + BODY_BYTES];
    message_init(message, blob);
    (void)crypto_sign_detached(
        blob + BODY_BYTES, NULL, message, sizeof message, secret_key);
    memcpy(ret_text, prefix, PREFIX_CHARS);
    bw_base45_encode(blob, sizeof blob, ret_text + PREFIX_CHARS);
}
