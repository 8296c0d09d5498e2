/* Names at rest, inside the store's room: the pair, keys of rows, boxes (store_names.h
 * says how they hang together). Core alone; the store's thread. The store is borrowed;
 * "store errors" are those of store.h. */
#ifndef BW_CORE_STORE_NAMES_H
#define BW_CORE_STORE_NAMES_H

#include "core/store/sql.h"

#include <brugwachter/store_names.h>

/* The store's setting in which the public half lies; none where names are clear. */
#define NAMES_PUBLIC "names_public"

enum {
    NAMES_KEY_BOX_BYTES = NAMES_KEY_BYTES + 48, /* sealed to the pair */
    NAMES_BOX_MORE_BYTES = 24 + 16,             /* nonce and tag */
    NAMES_PAD_BYTES = 64, /* a box's length tells a name's to within so much */
    NAMES_PERSON_BYTES_MAX = 5 * 2 + 4 * BW_NAME_BYTES + BW_TITLE_BYTES + NAMES_PAD_BYTES,
    NAMES_BOX_BYTES_MAX = NAMES_PERSON_BYTES_MAX + NAMES_BOX_MORE_BYTES,
    NAMES_KEYS_KNOWN = 64, /* of rows, opened and remembered */
};

/* Opened; lies in locked memory (sodium_malloc). */
struct bw_names_key {
    uint8_t public_key[NAMES_KEY_BYTES], secret_key[NAMES_KEY_BYTES];
    struct names_row_key known[NAMES_KEYS_KNOWN];
    unsigned next; /* the place that the next one takes */
};

/* A row's names as they lie in the file: key 0 where they are clear. */
struct names_box {
    int64_t key;
    size_t bytes;
    uint8_t box[NAMES_BOX_BYTES_MAX];
};

/* Looks whether the file's names are sealed, and to whom; a key of another pair is
 * dropped. Store errors. */
BW_NODISCARD enum bw_status bw_store_names_load(
    struct bw_store *store, struct bw_error *err);

/* Frees all of it, at the store's end. */
void bw_store_names_finish(struct bw_store *store);

/* ---- boxes ---- */

/* Seals a registration's names where the store's are sealed, and takes them out of
 * *inout_registration (region, code and the rest stay); else *ret_box is empty. Within a
 * transaction. Store errors. */
BW_NODISCARD enum bw_status bw_store_names_box(struct bw_store *store,
    struct bw_registration *inout_registration, struct names_box *ret_box,
    struct bw_error *err);

/* Puts a row's names back in, from the box under the row's key; where they aren't open
 * nothing is put. BW_CORRUPT where they can't be opened, store errors. */
BW_NODISCARD enum bw_status bw_store_names_unbox(struct bw_store *store, int64_t key,
    const uint8_t *box, size_t bytes, struct bw_registration *inout_registration,
    struct bw_error *err);

/* The texts of a box, written and read: first name, name, school, table, word to staff,
 * each two bytes of length and its UTF-8 bytes, padded. Returns how many bytes; false
 * where they can't be a person's. Pure. */
size_t bw_store_names_encode(
    const struct bw_person *person, uint8_t ret_bytes[NAMES_PERSON_BYTES_MAX]);
bool bw_store_names_decode(
    const uint8_t *bytes, size_t length, struct bw_person *inout_person);

/* A session's details key, sealed to the pair and opened; false where it can't be. */
void bw_store_names_key_box(const struct bw_store *store,
    const uint8_t key[NAMES_KEY_BYTES], uint8_t ret_box[NAMES_KEY_BOX_BYTES]);
bool bw_store_names_key_unbox(const struct bw_store *store,
    const uint8_t box[NAMES_KEY_BOX_BYTES], uint8_t ret_key[NAMES_KEY_BYTES]);

/* ---- the pair, wrapped ---- */

enum { NAMES_WRAP_BYTES = 4 + 4 + 16 + 24 + NAMES_KEY_BYTES + 16 + 16 };

/* Wraps the open key with a PIN; `pin_hash` is the enrolment's, by which another PIN is
 * told later. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_store_names_wrap(const struct bw_names_key *key,
    const char *pin, const char *pin_hash, uint8_t ret_wrap[NAMES_WRAP_BYTES],
    struct bw_error *err);
/* *ret_key is the caller's (bw_store_names_drop); NULL where the PIN isn't the wrap's, or
 * the wrap doesn't hold. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_store_names_unwrap(const uint8_t wrap[NAMES_WRAP_BYTES],
    const uint8_t public_key[NAMES_KEY_BYTES], const char *pin,
    struct bw_names_key **ret_key, struct bw_error *err);
/* Whether it was wrapped when the enrolment's PIN hash was this one. */
bool bw_store_names_wrap_is_of(
    const uint8_t wrap[NAMES_WRAP_BYTES], const char *pin_hash);

/* In locked memory, all zero; NULL: there is none. */
struct bw_names_key *bw_store_names_key_new(void);

/* ---- found by name ---- */

/* Makes the index by name in this connection's memory, where names are open and it isn't
 * the roster's as it is. Outside a transaction. Store errors. */
BW_NODISCARD enum bw_status bw_store_names_index(
    struct bw_store *store, struct bw_error *err);
/* Empties it. */
void bw_store_names_index_drop(struct bw_store *store);

/* Free pages and the write-ahead log, once names were sealed; where another program or a
 * cut holds it up, it is owed, and done at the next PIN or the kiosk's next opening. */
void bw_store_names_wipe(struct bw_store *store);

#endif
