/* The framing's own numbers and digests, shared by what seals and what opens. Inside the
 * letters' room alone; see LETTERS.md. Pure, on the caller's memory; any thread. */
#ifndef BW_LETTER_FRAMING_H
#define BW_LETTER_FRAMING_H

#include "exchange/letter/letter.h"
#include "exchange/letter/wire.h"

#include <sodium.h>

enum {
    MAGIC_AT = 0,
    VERSION_AT = 4,
    KIND_AT = 5,
    READERS_AT = 6,
    ZERO_AT = 7,
    WRITER_AT = 8,
    ADDRESSEE_AT = 12,
    SESSION_AT = 16,
    EPOCH_AT = 20,
    FROM_AT = 24,
    TO_AT = 32,
    COUNTER_AT = 40,
    PART_AT = 48,
    PARTS_AT = 50,
    CONTENT_BYTES_AT = 52,
    SIGNER_AT = 56,
    COMMITMENT_AT = 88,
    NONCE_AT = 120,
    VERSION = 1,
    KEY_BYTES = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    SEALED_KEY_BYTES = KEY_BYTES + crypto_box_SEALBYTES,
    READER_BYTES = BW_LETTER_READER_ID_BYTES + SEALED_KEY_BYTES,
    COMMITMENT_BYTES = 32,
    DIGEST_BYTES = 64,
    CONTEXT_BYTES_MAX = 24,
};

extern const char bw_letter_magic[4];

/* What a head of its kind may say: letters of one kind have one form. */
bool bw_letter_head_holds(const struct bw_letter_head *head);

/* How a letter names a reader: the first bytes of a digest of the public key. */
void bw_letter_reader_id(const uint8_t box_public[BW_BOX_KEY_BYTES],
    unsigned char ret_id[BW_LETTER_READER_ID_BYTES]);

/* The commitment to a content's key: a digest of COMMITMENT_BYTES. */
void bw_letter_commit_to(
    const unsigned char key[KEY_BYTES], unsigned char ret_digest[COMMITMENT_BYTES]);

/* Context, NUL, digest of all before the signature. Returns the number of bytes. */
size_t bw_letter_signed_bytes(enum bw_letter_kind kind, const unsigned char *letter,
    size_t length, unsigned char ret_bytes[CONTEXT_BYTES_MAX + DIGEST_BYTES]);

/* Fills err; returns BW_NO_MEMORY. */
enum bw_status bw_letter_no_memory(enum bw_letter_kind kind, struct bw_error *err);

#endif
