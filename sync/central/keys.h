/* The organiser's secret keys, in one file (0600) beside the central database.
 *
 * K1 a signing key's number is never given twice: old tickets name it.
 * K2 the file is replaced whole (written beside, synced, renamed).
 *
 * The file is one line of JSON, keys in hex:
 *   {"brugwachter_keys":1,
 *    "organiser":{"sign_public","sign_secret","box_public","box_secret"},
 *    "keys":[{"key":1,"public":"…","secret":"…"}]}
 *
 * Signing keys (Ed25519) sign tickets; the organiser's own pair signs roster files
 * (Ed25519) and opens event files (X25519) that go by USB. One thread. */
#ifndef BW_SYNC_KEYS_H
#define BW_SYNC_KEYS_H

#include <brugwachter/ticket.h>
#include <stdbool.h>

struct bw_signing_key {
    uint8_t key;
    uint8_t public_key[BW_PUBLIC_KEY_BYTES];
    uint8_t secret_key[BW_SECRET_KEY_BYTES]; /* libsodium's: seed and public key */
};

struct bw_keys {
    int count;
    struct bw_signing_key keys[BW_KEYS_MAX]; /* by rising number */
    uint8_t sign_public[BW_PUBLIC_KEY_BYTES];
    uint8_t sign_secret[BW_SECRET_KEY_BYTES];
    uint8_t box_public[BW_BOX_KEY_BYTES];
    uint8_t box_secret[BW_BOX_KEY_BYTES];
};

/* Makes the file with the organiser's pairs and signing key `first`. BW_REFUSED where the
 * file exists; BW_NO_MEMORY; the errors of bw_output_open and bw_output_commit. */
BW_NODISCARD enum bw_status bw_keys_create(
    const char *path, uint8_t first, struct bw_keys *ret_keys, struct bw_error *err);

/* BW_NOT_FOUND, BW_REFUSED (others may read it), BW_CORRUPT. */
BW_NODISCARD enum bw_status bw_keys_load(
    const char *path, struct bw_keys *ret_keys, struct bw_error *err);

/* BW_FULL where there are BW_KEYS_MAX. */
BW_NODISCARD enum bw_status bw_keys_check_room(
    const struct bw_keys *keys, struct bw_error *err);

/* Adds signing key `number` and writes the file. BW_FULL at BW_KEYS_MAX; the errors of
 * writing, and BW_NO_MEMORY, as in bw_keys_create. */
BW_NODISCARD enum bw_status bw_keys_add(
    const char *path, struct bw_keys *keys, uint8_t number, struct bw_error *err);

/* Takes a signing key out of the file; BW_REFUSED for the last one; the errors of
 * writing, and BW_NO_MEMORY, as in bw_keys_create. */
BW_NODISCARD enum bw_status bw_keys_remove(
    const char *path, struct bw_keys *keys, uint8_t number, struct bw_error *err);

/* Adds to `keys` those signing keys of `others` that it lacks, in the file's order, and
 * writes nothing. BW_REFUSED: one number means two keys, or the organiser's pairs are
 * others; BW_FULL where they are more than BW_KEYS_MAX. `keys` is untouched then. */
BW_NODISCARD enum bw_status bw_keys_join(
    struct bw_keys *keys, const struct bw_keys *others, struct bw_error *err);

/* Writes the file whole, whatever it had, or as one that is `fresh` (BW_REFUSED where
 * something has its name); the errors of writing, and BW_NO_MEMORY, as in
 * bw_keys_create. */
BW_NODISCARD enum bw_status bw_keys_write(
    const char *path, const struct bw_keys *keys, bool fresh, struct bw_error *err);

/* The one with the highest number: tickets are signed with it. Borrowed. */
const struct bw_signing_key *bw_keys_newest(const struct bw_keys *keys);

/* Overwrites the secrets. */
void bw_keys_finish(struct bw_keys *keys);

#endif
