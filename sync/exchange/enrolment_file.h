/* The enrolment file: what makes a kiosk this kiosk, in one line of ASCII JSON that fits
 * a QR code. It holds the kiosk's secret seed, so it is as good as the kiosk itself.
 *
 *   {"brugwachter_enrolment":1,"device":3,"name":"Balie","session":"GRO-2025-03-18",
 *    "sessions":["GRO-2025-03-18"],"central":"sqlite:/srv/central.db",
 *    "keys":[{"key":1,"public":"…"}],"sign":"…","box":"…","seed":"…","pin":"$argon2id$…",
 *    "organiser":"…","phone":"…","privacy_url":"…"}
 *
 * `sign` and `box` are the organiser's public halves, for files that go by USB; the
 * kiosk's own pairs and its credential come from `seed`. And STORE.credentials, which
 * keeps on the kiosk what the kiosk program must never have. Any thread. */
#ifndef BW_SYNC_ENROLMENT_FILE_H
#define BW_SYNC_ENROLMENT_FILE_H

#include "exchange/envelope.h"

#include <brugwachter/enrolment.h>
#include <limits.h>

enum {
    BW_ENROLMENT1_BYTES_MAX = 2048, /* as the scanner takes it */
    BW_CREDENTIAL_BYTES = 32,
    BW_CENTRAL_URI_BYTES = 1025,
};

/* What the sync tool alone knows on a kiosk. */
struct bw_credentials1 {
    uint32_t device;
    char central[BW_CENTRAL_URI_BYTES];
    uint8_t seed[BW_SEED_BYTES];
    uint8_t organiser_sign[BW_PUBLIC_KEY_BYTES];
    uint8_t organiser_box[BW_BOX_KEY_BYTES];
};

struct bw_enrolment1 {
    struct bw_enrolment enrolment;
    struct bw_credentials1 credentials;
};

/* One line without its end; the caller frees. BW_FULL where it is over the limit. */
BW_NODISCARD enum bw_status bw_enrolment1_write(
    const struct bw_enrolment1 *file, char **ret_text, struct bw_error *err);
/* BW_BAD_INPUT where a field is missing, wrong or too long. */
BW_NODISCARD enum bw_status bw_enrolment1_read(const void *bytes, size_t length,
    struct bw_enrolment1 *ret_file, struct bw_error *err);

/* STORE.credentials in room of PATH_MAX. */
BW_NODISCARD enum bw_status bw_credentials1_path(
    const char *store_path, char ret_path[PATH_MAX], struct bw_error *err);
BW_NODISCARD enum bw_status bw_credentials1_save(const char *store_path,
    const struct bw_credentials1 *credentials, struct bw_error *err);
/* BW_NOT_FOUND, BW_REFUSED where others may read it, BW_BAD_INPUT. */
BW_NODISCARD enum bw_status bw_credentials1_load(const char *store_path,
    struct bw_credentials1 *ret_credentials, struct bw_error *err);
void bw_credentials1_finish(struct bw_credentials1 *credentials);

/* What the central side compares: BLAKE2b-256 of the network secret of `seed`. */
void bw_credential_of_seed(
    const uint8_t seed[BW_SEED_BYTES], uint8_t ret_credential[BW_CREDENTIAL_BYTES]);

#endif
