/* The certificate of who was there: what its QR code says, signed by the organiser.
 *
 *   "BWC1:" + base45 (RFC 9285) of 75 bytes: key number, session number (4, big-endian),
 *   registration code (5, big-endian), planned length in half hours, Ed25519 signature
 *   (RFC 8032) over the ASCII bytes "BWC1" and the 11 bytes before it.
 *
 * The frame is a ticket's (ticket.h), what is signed begins otherwise: neither can be
 * made of the other, and no door lets anybody in by one. Nothing of a text is trusted
 * before its signature holds. Any thread. bw_core_init first. Pointers are borrowed for
 * the call; nothing allocates. */
#ifndef BRUGWACHTER_CERTIFICATE_H
#define BRUGWACHTER_CERTIFICATE_H

#include <brugwachter/ticket.h>

enum {
    BW_CERTIFICATE_TEXT_BYTES = 119,  /* 118 characters and NUL */
    BW_CERTIFICATE_SHOWN_BYTES = 12,  /* C-M6SC-7N75 and NUL */
    BW_CERTIFICATE_HALF_HOURS = 0xff, /* at most */
};

struct bw_certificate {
    uint8_t key; /* which organiser key signed it */
    uint32_t session_no;
    bw_code code;       /* the registration, or a walk-in's code of the merge */
    uint8_t half_hours; /* that the session was planned to last; nobody's own time */
};

/* Whether a scanned text calls itself a certificate, signed or not: "BWC1:…". */
bool bw_certificate_is(const char *text);

/* Reads a scanned text, ended by NUL: BW_TICKET_NONE where it is no BWC1: text,
 * BW_TICKET_FORGED and BW_TICKET_SIGNED as of a ticket. *ret_certificate is written only
 * for BW_TICKET_SIGNED. */
enum bw_ticket_reading bw_certificate_read(const char *text,
    const struct bw_keyring *keyring, struct bw_certificate *ret_certificate);

/* Writes a certificate's text, 119 bytes with NUL. The secret key is libsodium's 64
 * bytes, and of the number that the certificate says. Can't fail. */
void bw_certificate_write(const struct bw_certificate *certificate,
    const uint8_t secret_key[BW_SECRET_KEY_BYTES],
    char ret_text[BW_CERTIFICATE_TEXT_BYTES]);

/* The code that people read out to have a certificate checked: 40 bits of
 * BLAKE2b-256("BWC-code", session number, registration code), so that it is no ticket's
 * code and tells none; and as it is shown, "C-M6SC-7N75". Can't fail. */
bw_code bw_certificate_code(uint32_t session_no, bw_code code);
void bw_certificate_code_show(bw_code code, char ret_text[BW_CERTIFICATE_SHOWN_BYTES]);

/* What people type of it: "C-M6SC-7N75", "c m6sc7n75". False, and nothing written, where
 * there's no C in front, or no code behind it. */
bool bw_certificate_code_parse(const char *text, bw_code *ret_code);

#endif
