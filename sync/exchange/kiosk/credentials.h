/* STORE.credentials: what the sync tool alone knows on a kiosk, in a file (0600)
 * beside the store; the kiosk program never reads it.
 *
 *   {"brugwachter_credentials":2,"device","seed","first_seed","introduced","sign","box",
 *    "next_sign","next_box","again","again_seed","central","carriers":[…],"logins":[…]}
 *
 * `logins` is missing where no carrier asks for one.
 * `seed` makes the kiosk's own pairs, `first_seed` the one-time ones of its enrolment:
 * "" once a roster has named the own keys. `again` is the number of a later enrolment
 * that this store took while it kept its own, `again_seed` that one's one-time pairs: 0
 * and "" once a roster has named it. A file of version 1 is taken over: its one
 * seed is the kiosk's own, which that office knows, and `sqlite:P` becomes
 * `folder:P.letters`. One thread. */
#ifndef BW_KIOSK_CREDENTIALS_H
#define BW_KIOSK_CREDENTIALS_H

#include "exchange/letter/enrolment.h"

#include <brugwachter/error.h>
#include <limits.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_credentials {
    uint32_t device;
    uint8_t seed[BW_SEED_BYTES];
    bool has_first; /* first_seed may still be needed */
    uint8_t first_seed[BW_SEED_BYTES];
    bool introduced; /* a roster named the own keys */
    uint32_t again;  /* enrolled again under this number, and the office isn't told yet;
                      * 0: not so */
    uint8_t again_seed[BW_SEED_BYTES];
    struct bw_identity_public organiser;
    bool organiser_changes; /* announced: `next` is trusted beside */
    struct bw_identity_public next;
    uint8_t central_id[BW_CENTRAL_ID_BYTES]; /* zero: not known (version 1) */
    struct bw_carrier_list carriers;
};

/* Writes the file whole. BW_BAD_INPUT: the path is too long. BW_READ_ONLY, BW_FULL,
 * BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_credentials_save(const char *store_path,
    const struct bw_credentials *credentials, struct bw_error *err);
/* BW_NOT_FOUND, BW_REFUSED where others may read it, BW_BAD_INPUT, BW_NEWER. */
BW_NODISCARD enum bw_status bw_credentials_load(
    const char *store_path, struct bw_credentials *ret_credentials, struct bw_error *err);
/* Overwrites the secrets. NULL and zeroed ones are fine. */
void bw_credentials_finish(struct bw_credentials *credentials);

#ifdef __cplusplus
}
#endif

#endif
