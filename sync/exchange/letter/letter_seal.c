/* Making a letter: see letter.h, LETTERS.md. */
#include "exchange/letter/framing.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void
head_write(const struct bw_letter_head *head, const struct bw_identity *writer,
    int readers_count, size_t content_bytes, unsigned char *letter)
{
    memcpy(letter + MAGIC_AT, bw_letter_magic, sizeof bw_letter_magic);
    letter[VERSION_AT] = VERSION;
    letter[KIND_AT] = (unsigned char)head->kind;
    letter[READERS_AT] = (unsigned char)readers_count;
    letter[ZERO_AT] = 0;
    wire_put(letter + WRITER_AT, 4, head->writer);
    wire_put(letter + ADDRESSEE_AT, 4, head->addressee);
    wire_put(letter + SESSION_AT, 4, head->session_no);
    wire_put(letter + EPOCH_AT, 4, head->epoch);
    wire_put(letter + FROM_AT, 8, head->from);
    wire_put(letter + TO_AT, 8, head->to);
    wire_put(letter + COUNTER_AT, 8, head->counter);
    wire_put(letter + PART_AT, 2, head->part);
    wire_put(letter + PARTS_AT, 2, head->parts);
    wire_put(letter + CONTENT_BYTES_AT, 4, content_bytes);
    memcpy(letter + SIGNER_AT, writer->sign_public, BW_PUBLIC_KEY_BYTES);
}

/* Reader ids, and the content key sealed to each. */
static bool
key_seal(const unsigned char key[KEY_BYTES], const struct bw_letter_reader *readers,
    int readers_count, unsigned char *ids)
{
    unsigned char *sealed = ids + (size_t)readers_count * BW_LETTER_READER_ID_BYTES;
    for (int i = 0; i < readers_count; i++) {
        bw_letter_reader_id(readers[i].box, ids + (size_t)i * BW_LETTER_READER_ID_BYTES);
        if (crypto_box_seal(sealed + (size_t)i * SEALED_KEY_BYTES, key, KEY_BYTES,
                readers[i].box) != 0) {
            return false;
        }
    }
    return true;
}

/* All but the signature. False: a reader's key is no key. */
static bool
letter_fill(const struct bw_letter_reader *readers, int readers_count,
    const void *content, size_t content_bytes, unsigned char *letter)
{
    unsigned char key[KEY_BYTES];
    size_t ad_bytes =
        BW_LETTER_HEAD_BYTES + (size_t)readers_count * BW_LETTER_READER_ID_BYTES;
    size_t content_at = BW_LETTER_HEAD_BYTES + (size_t)readers_count * READER_BYTES;
    randombytes_buf(key, sizeof key);
    bw_letter_commit_to(key, letter + COMMITMENT_AT);
    randombytes_buf(letter + NONCE_AT, NONCE_BYTES);
    bool fine = key_seal(key, readers, readers_count, letter + BW_LETTER_HEAD_BYTES);
    if (fine) {
        (void)crypto_aead_xchacha20poly1305_ietf_encrypt(letter + content_at, NULL,
            content, content_bytes, letter, ad_bytes, NULL, letter + NONCE_AT, key);
    }
    sodium_memzero(key, sizeof key);
    return fine;
}

static void
letter_sign(enum bw_letter_kind kind, const struct bw_identity *writer,
    unsigned char *letter, size_t length)
{
    unsigned char message[CONTEXT_BYTES_MAX + DIGEST_BYTES];
    size_t signature_at = length - BW_LETTER_SIGNATURE_BYTES;
    size_t message_bytes = bw_letter_signed_bytes(kind, letter, signature_at, message);
    (void)crypto_sign_detached(
        letter + signature_at, NULL, message, message_bytes, writer->sign_secret);
}

enum bw_status
bw_letter_seal(const struct bw_letter_head *head, const struct bw_identity *writer,
    const struct bw_letter_reader *readers, int readers_count, const void *content,
    size_t content_bytes, unsigned char **ret_letter, size_t *ret_letter_bytes,
    struct bw_error *err)
{
    assert(bw_letter_head_holds(head));
    assert(readers_count >= 1 && readers_count <= BW_LETTER_READERS_MAX);
    size_t around = BW_LETTER_HEAD_BYTES + (size_t)readers_count * READER_BYTES +
                    TAG_BYTES + BW_LETTER_SIGNATURE_BYTES;
    if (content_bytes > BW_LETTER_BYTES_MAX - around) {
        return bw_error_set(err, BW_FULL, 0,
            "making a letter (%s): %zu bytes are more than one may hold",
            bw_said(bw_letter_kind_name(head->kind)), content_bytes);
    }
    size_t length = around + content_bytes;
    unsigned char *letter = malloc(length);
    if (!letter) {
        return bw_letter_no_memory(head->kind, err);
    }
    head_write(head, writer, readers_count, content_bytes + TAG_BYTES, letter);
    if (!letter_fill(readers, readers_count, content, content_bytes, letter)) {
        free(letter);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "sealing a letter (%s): a reader's public key is no key; "
            "enrol that kiosk again",
            bw_said(bw_letter_kind_name(head->kind)));
    }
    letter_sign(head->kind, writer, letter, length);
    *ret_letter = letter;
    *ret_letter_bytes = length;
    return BW_OK;
}
