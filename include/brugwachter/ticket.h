/* The ticket: what a QR code says, signed by the organiser (design: the ticket).
 *
 *   "BW1:" + base45 (RFC 9285) of 75 bytes: key number, session number (4, big-endian),
 *   registration code (5, big-endian), generation, Ed25519 signature (RFC 8032) over the
 *   ASCII bytes "BW1" and the 11 bytes before it.
 *
 * Nothing of a text is trusted before its signature holds. Blanks inside count.
 * Any thread. bw_core_init first. Pointers are borrowed for the call; nothing
 * allocates. */
#ifndef BRUGWACHTER_TICKET_H
#define BRUGWACHTER_TICKET_H

#include <brugwachter/code.h>
#include <brugwachter/error.h>
#include <brugwachter/limits.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    BW_TICKET_TEXT_BYTES = 118, /* 117 characters and NUL */
    BW_PUBLIC_KEY_BYTES = 32,
    BW_SECRET_KEY_BYTES = 64,
    BW_SEED_BYTES = 32,
    BW_BOX_KEY_BYTES = 32, /* X25519, for letters; either half */
};

struct bw_ticket {
    uint8_t key; /* which organiser key signed it */
    uint32_t session_no;
    bw_code code;
    uint8_t generation; /* 0 for the first ticket, +1 for each replacement */
};

struct bw_public_key {
    uint8_t key;
    uint8_t bytes[BW_PUBLIC_KEY_BYTES];
};

struct bw_keyring {
    int count;
    struct bw_public_key keys[BW_KEYS_MAX];
};

enum bw_ticket_reading {
    BW_TICKET_NONE,   /* not a BW1: text, or over 512 bytes */
    BW_TICKET_FORGED, /* malformed, bad signature, unknown key */
    BW_TICKET_SIGNED, /* the signature holds */
};

/* Reads a scanned text, ended by NUL: of what kind it is. *ret_ticket is written only for
 * BW_TICKET_SIGNED. Whether it is the newest, or for this session, is not judged here. */
enum bw_ticket_reading bw_ticket_read(
    const char *text, const struct bw_keyring *keyring, struct bw_ticket *ret_ticket);

/* Finds a ticket in whatever a scanner put around it: an identifier (`]Q1`, `\000026`), a
 * control character, a line's end, the same text once more; letters of either case.
 * Copies its 117 characters as they should be; false, and nothing written, where there is
 * none. Only its form is judged: base45 of 75 bytes. */
bool bw_ticket_find(const char *text, size_t length, char ret_text[BW_TICKET_TEXT_BYTES]);

/* Writes a ticket's text, 118 bytes with NUL. The secret key is libsodium's 64 bytes
 * (seed and public key), and of the number that the ticket says. Can't fail. */
void bw_ticket_write(const struct bw_ticket *ticket,
    const uint8_t secret_key[BW_SECRET_KEY_BYTES], char ret_text[BW_TICKET_TEXT_BYTES]);

/* Base45 (RFC 9285). Encoding `length` bytes, n, needs (n / 2 * 3) + (n % 2 * 2) + 1
 * bytes of room for text and NUL, and can't fail.
 * Decoding `length` characters returns the number of bytes, or -1: a character outside
 * the alphabet, a lone last character, a triple above 65535, a pair above 255, more than
 * `capacity` bytes; ret_bytes is untouched then. */
void bw_base45_encode(const uint8_t *bytes, size_t length, char *ret_text);
int bw_base45_decode(
    const char *text, size_t length, uint8_t *ret_bytes, size_t capacity);

#endif
