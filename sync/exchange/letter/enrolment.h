/* The enrolment file, version 2: what lets a kiosk become this kiosk, in one line of
 * ASCII JSON that most often fits a QR code.
 *
 *   {"brugwachter_enrolment":2,"device":3,"name":"Balie","session":"GRO-2025-03-18",
 *    "sessions":["GRO-2025-03-18"],"carriers":["folder:/srv/central.db.letters"],
 *    "keys":[{"key":1,"public":"…"}],"sign":"…","box":"…","central":"…","replaces":0,
 *    "expires_ms":1742334600000,"seed":"…","statement":"…","organiser":"…","phone":"…",
 *    "privacy_url":"…"}
 *
 * and, where a carrier asks for a login, "logins":["user:password"], one a carrier, ""
 * where it asks for none.
 *
 * It holds a one-time key pair (as a seed): who has it can introduce a kiosk under
 * this number, once. `sign` and `box` are the organiser's public halves. No PIN is in
 * it: the first roster letter brings its hash. Any thread. */
#ifndef BW_LETTER_ENROLMENT_H
#define BW_LETTER_ENROLMENT_H

#include "exchange/letter/identity.h"

#include <brugwachter/enrolment.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_ENROLMENT_QR_BYTES_MAX = 2048, /* as the scanner takes it; longer: a file only */
    BW_ENROLMENT_BYTES_MAX = 32 * 1024,
    BW_CENTRAL_ID_BYTES = 16,
    BW_CARRIERS_MAX = 8,
    BW_CARRIER_URI_BYTES = 1025,
    BW_CARRIER_LOGIN_BYTES = 256,
};

/* Roads to the office, the first tried first. */
struct bw_carrier_list {
    int count;
    char uris[BW_CARRIERS_MAX][BW_CARRIER_URI_BYTES];
    /* what each asks for, "user:password"; "": nothing. Never printed. */
    char logins[BW_CARRIERS_MAX][BW_CARRIER_LOGIN_BYTES];
};

struct bw_enrolment_file {
    struct bw_enrolment enrolment; /* its pin_hash is empty: a roster brings it */
    uint8_t central_id[BW_CENTRAL_ID_BYTES]; /* which central database */
    struct bw_identity_public organiser;
    struct bw_carrier_list carriers;
    uint32_t replaces;           /* the number that this kiosk had before; 0: none */
    int64_t expires_ms;          /* with its last session */
    uint8_t seed[BW_SEED_BYTES]; /* of the one-time pairs */
    uint8_t
        statement[64]; /* the organiser's signature: device, sessions, expiry, replaces,
                            * one-time publics */
};

/* Signs the statement with the organiser's hand. */
void bw_enrolment_file_sign(
    struct bw_enrolment_file *file, const uint8_t sign_secret[BW_SECRET_KEY_BYTES]);

/* One line of ASCII without its end; the caller overwrites and frees
 * (bw_enrolment_text_free). Over BW_ENROLMENT_QR_BYTES_MAX it doesn't fit a QR code.
 * BW_FULL: over BW_ENROLMENT_BYTES_MAX. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_enrolment_file_write(
    const struct bw_enrolment_file *file, char **ret_text, struct bw_error *err);
void bw_enrolment_text_free(char *text); /* NULL is fine */

/* BW_BAD_INPUT: a field is missing, wrong or too long, or the statement isn't the
 * organiser's. BW_REFUSED: version 1, which held the kiosk's whole secret: have it
 * enrolled again. BW_NEWER: a later version. BW_NO_MEMORY. *ret_file is untouched on
 * failure. */
BW_NODISCARD enum bw_status bw_enrolment_file_read(const void *bytes, size_t length,
    struct bw_enrolment_file *ret_file, struct bw_error *err);

/* Overwrites the secrets. NULL and zeroed ones are fine. */
void bw_enrolment_file_finish(struct bw_enrolment_file *file);

#ifdef __cplusplus
}
#endif

#endif
