/* The certificate's text, written and read: see brugwachter/certificate.h. Any thread. */
#include <brugwachter/certificate.h>

#include "core/ticket/frame.h"

#include <sodium.h>
#include <stdio.h>

static const char mark[] = "BWC1";
static const char code_mark[] = "BWC-code"; /* hashed before what a code is made of */

enum { NUMBERS_BYTES = 9, CODE_BYTES = 5 };

_Static_assert(
    sizeof mark + FRAME_CHARS + 1 == BW_CERTIFICATE_TEXT_BYTES, "as in the header");

bool
bw_certificate_is(const char *text)
{
    return bw_ticket_frame_is(mark, text);
}

enum bw_ticket_reading
bw_certificate_read(const char *text, const struct bw_keyring *keyring,
    struct bw_certificate *ret_certificate)
{
    struct signed_frame frame;
    enum bw_ticket_reading reading = bw_ticket_frame_read(mark, text, keyring, &frame);
    if (reading == BW_TICKET_SIGNED) {
        *ret_certificate =
            (struct bw_certificate){frame.key, frame.session_no, frame.code, frame.last};
    }
    return reading;
}

void
bw_certificate_write(const struct bw_certificate *certificate,
    const uint8_t secret_key[BW_SECRET_KEY_BYTES],
    char ret_text[BW_CERTIFICATE_TEXT_BYTES])
{
    struct signed_frame frame = {certificate->key, certificate->session_no,
        certificate->code, certificate->half_hours};
    bw_ticket_frame_write(mark, &frame, secret_key, ret_text);
}

bw_code
bw_certificate_code(uint32_t session_no, bw_code code)
{
    uint8_t numbers[NUMBERS_BYTES], hash[crypto_generichash_BYTES];
    bw_code shown = 0;
    for (int i = 0; i < 4; i++) {
        numbers[i] = (uint8_t)(session_no >> (24 - 8 * i));
    }
    for (int i = 0; i < CODE_BYTES; i++) {
        numbers[4 + i] = (uint8_t)(code >> (32 - 8 * i));
    }
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof hash);
    (void)crypto_generichash_update(
        &state, (const uint8_t *)code_mark, sizeof code_mark - 1);
    (void)crypto_generichash_update(&state, numbers, sizeof numbers);
    (void)crypto_generichash_final(&state, hash, sizeof hash);
    for (int i = 0; i < CODE_BYTES; i++) {
        shown = shown << 8 | hash[i];
    }
    return shown;
}

void
bw_certificate_code_show(bw_code code, char ret_text[BW_CERTIFICATE_SHOWN_BYTES])
{
    char plain[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(code, plain);
    (void)snprintf(ret_text, BW_CERTIFICATE_SHOWN_BYTES, "C-%s", plain);
}

bool
bw_certificate_code_parse(const char *text, bw_code *ret_code)
{
    while (*text == ' ') {
        text++;
    }
    bool marked = (*text == 'C' || *text == 'c') && (text[1] == '-' || text[1] == ' ');
    return marked && bw_code_parse(text + 2, ret_code);
}
