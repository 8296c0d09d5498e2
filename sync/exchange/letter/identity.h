/* Who signs a letter and who can read it: an Ed25519 pair for the hand, an X25519 pair
 * for the letter box.
 *
 * A kiosk's two pairs, and the one-time two of an enrolment, come from one seed, kept
 * apart by crypto_kdf (context "BWdevice", 1 and 2). The organiser's stand in the keys
 * file (central/keys.h). Any thread; nothing here fails. */
#ifndef BW_LETTER_IDENTITY_H
#define BW_LETTER_IDENTITY_H

#include <brugwachter/ticket.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Both pairs of one party. The owner ends it with bw_identity_finish. */
struct bw_identity {
    uint8_t sign_public[BW_PUBLIC_KEY_BYTES];
    uint8_t sign_secret[BW_SECRET_KEY_BYTES];
    uint8_t box_public[BW_BOX_KEY_BYTES];
    uint8_t box_secret[BW_BOX_KEY_BYTES];
};

/* The public halves. */
struct bw_identity_public {
    uint8_t sign[BW_PUBLIC_KEY_BYTES];
    uint8_t box[BW_BOX_KEY_BYTES];
};

/* Both pairs of `seed`; the same seed gives the same pairs. */
void bw_identity_of_seed(
    const uint8_t seed[BW_SEED_BYTES], struct bw_identity *ret_identity);

/* Copies the public halves out. */
void bw_identity_show(
    const struct bw_identity *identity, struct bw_identity_public *ret_public);

/* Overwrites the secrets. NULL and zeroed ones are fine. */
void bw_identity_finish(struct bw_identity *identity);

#ifdef __cplusplus
}
#endif

#endif
