/* The organiser's signing keys: a new one, and one taken out of use.
 *
 * The database says which keys are in use; the key file has their secrets. A new secret
 * is in the file before the database knows the key, an old one goes after the database
 * retired it: a stop in between leaves a secret that nothing uses, which is passed over
 * and goes with the next change; never tickets that nobody can sign. One thread. */
#ifndef BW_SYNC_SIGNING_KEY_H
#define BW_SYNC_SIGNING_KEY_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* After bw_central_check_only neither touches the key file. */

/* Makes a signing key; new tickets are signed with it. BW_FULL where a kiosk holds no
 * more, or all numbers were given; the errors of bw_office_keys, of writing the key file
 * and of the database. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_office_key_make(
    const struct bw_office *office, uint8_t *ret_number, struct bw_error *err);

struct bw_office_key_retirement {
    int64_t tickets;  /* of sessions to come that were signed again */
    bool file_has_it; /* the key file could not be written: its secret is still there */
    struct bw_error why; /* then */
};

/* Takes a key out of use. It leaves every kiosk's keyring with the next update, and
 * tickets that it signed become forged there; so the newest tickets that it signed are
 * signed again, with the newest key and the same generation, and whoever held one must be
 * sent the new one. BW_NOT_FOUND where none of that number is in use, BW_REFUSED for the
 * only one, BW_NO_MEMORY; the errors of bw_office_keys and the database. Nothing was
 * changed then. */
BW_NODISCARD enum bw_status bw_office_key_retire(const struct bw_office *office,
    uint8_t number, struct bw_office_key_retirement *ret_retirement,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
