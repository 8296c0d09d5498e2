/* See identity.h. */
#include "exchange/letter/identity.h"

#include <sodium.h>
#include <string.h>

_Static_assert(crypto_box_PUBLICKEYBYTES == BW_BOX_KEY_BYTES, "as in the header");
_Static_assert(crypto_box_SECRETKEYBYTES == BW_BOX_KEY_BYTES, "as in the header");
_Static_assert(crypto_kdf_KEYBYTES == BW_SEED_BYTES, "a seed is a kdf key");
_Static_assert(crypto_sign_SEEDBYTES == BW_SEED_BYTES, "and its parts are seeds");
_Static_assert(crypto_box_SEEDBYTES == BW_SEED_BYTES, "and its parts are seeds");

void
bw_identity_of_seed(const uint8_t seed[BW_SEED_BYTES], struct bw_identity *ret_identity)
{
    static const char context[crypto_kdf_CONTEXTBYTES + 1] = "BWdevice";
    uint8_t part[BW_SEED_BYTES];
    (void)crypto_kdf_derive_from_key(part, sizeof part, 1, context, seed);
    (void)crypto_sign_seed_keypair(
        ret_identity->sign_public, ret_identity->sign_secret, part);
    (void)crypto_kdf_derive_from_key(part, sizeof part, 2, context, seed);
    (void)crypto_box_seed_keypair(
        ret_identity->box_public, ret_identity->box_secret, part);
    sodium_memzero(part, sizeof part);
}

void
bw_identity_show(
    const struct bw_identity *identity, struct bw_identity_public *ret_public)
{
    memcpy(ret_public->sign, identity->sign_public, sizeof ret_public->sign);
    memcpy(ret_public->box, identity->box_public, sizeof ret_public->box);
}

void
bw_identity_finish(struct bw_identity *identity)
{
    if (identity) {
        sodium_memzero(identity, sizeof *identity);
    }
}
