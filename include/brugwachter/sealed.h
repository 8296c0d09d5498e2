/* Sealed rows: other sessions' tickets that only their holder makes readable (design: the
 * store and the central database).
 *
 *   id      BLAKE2b-256("BWS-id" and text)
 *   key     BLAKE2b-256("BWS-key" and text)
 *   content first name, name, school, status, generation; padded to 256 bytes
 *   row     id (32), nonce (24, random), XChaCha20-Poly1305 of the content (272), id as
 *           associated data
 *
 * Names too long for the room are cut at a character. Any thread. All pointers are
 * borrowed for the call; nothing allocates. */
#ifndef BRUGWACHTER_SEALED_H
#define BRUGWACHTER_SEALED_H

#include <brugwachter/error.h>
#include <brugwachter/session.h>

enum {
    BW_SEALED_ID_BYTES = 32,
    BW_SEALED_CONTENT_BYTES = 256,
    BW_SEALED_NONCE_BYTES = 24,
    BW_SEALED_BOX_BYTES = BW_SEALED_NONCE_BYTES + BW_SEALED_CONTENT_BYTES + 16,
};

struct bw_sealed_row {
    uint8_t id[BW_SEALED_ID_BYTES];
    uint8_t box[BW_SEALED_BOX_BYTES]; /* nonce, ciphertext, tag */
};

/* The id, 32 bytes, under which a ticket's row is found: of the whole text, "BW1:"
 * included, ended by NUL. Can't fail. */
void bw_sealed_id(const char *ticket_text, uint8_t ret_id[BW_SEALED_ID_BYTES]);

/* Seals what a greeting needs of `registration` (first_name, name, school, status,
 * generation) under one ticket's text. Twice the same gives two rows: the nonce is random
 * (bw_core_init first). Can't fail. */
void bw_sealed_close(const char *ticket_text, const struct bw_registration *registration,
    struct bw_sealed_row *ret_row);

/* The same with a nonce that the caller drew (libsodium's randombytes_buf) for this row
 * alone: who seals many draws many at once. Can't fail. */
void bw_sealed_close_with(const char *ticket_text,
    const struct bw_registration *registration,
    const uint8_t nonce[BW_SEALED_NONCE_BYTES], struct bw_sealed_row *ret_row);

/* Opens; fields not sealed are left empty, the code BW_CODE_NONE. BW_CORRUPT where the
 * box doesn't hold, or is another ticket's; *ret_registration is untouched then. */
BW_NODISCARD enum bw_status bw_sealed_open(const char *ticket_text,
    const struct bw_sealed_row *row, struct bw_registration *ret_registration,
    struct bw_error *err);

#endif
