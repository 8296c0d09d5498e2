/* Taking a letter: see letter.h, LETTERS.md. */
#include "exchange/letter/framing.h"

#include <stdlib.h>
#include <string.h>

static enum bw_status
cut(struct bw_error *err)
{
    return bw_error_set(
        err, BW_BAD_INPUT, 0, "the letter is cut or damaged; copy it again");
}

static struct bw_letter_head
head_take(const unsigned char *letter)
{
    struct bw_letter_head head = {.kind = (enum bw_letter_kind)letter[KIND_AT]};
    head.writer = (uint32_t)wire_get(letter + WRITER_AT, 4);
    head.addressee = (uint32_t)wire_get(letter + ADDRESSEE_AT, 4);
    head.session_no = (uint32_t)wire_get(letter + SESSION_AT, 4);
    head.epoch = (uint32_t)wire_get(letter + EPOCH_AT, 4);
    head.from = wire_get(letter + FROM_AT, 8);
    head.to = wire_get(letter + TO_AT, 8);
    head.counter = wire_get(letter + COUNTER_AT, 8);
    head.part = (uint16_t)wire_get(letter + PART_AT, 2);
    head.parts = (uint16_t)wire_get(letter + PARTS_AT, 2);
    memcpy(head.signer, letter + SIGNER_AT, sizeof head.signer);
    return head;
}

enum bw_status
bw_letter_read_head(const unsigned char *letter, size_t letter_bytes,
    struct bw_letter_head *ret_head, struct bw_error *err)
{
    if (letter_bytes < sizeof bw_letter_magic ||
        memcmp(letter, bw_letter_magic, sizeof bw_letter_magic) != 0) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "it is no letter; choose the right file");
    }
    if (letter_bytes > BW_LETTER_BYTES_MAX || letter_bytes < BW_LETTER_HEAD_BYTES) {
        return cut(err);
    }
    if (letter[VERSION_AT] > VERSION) {
        return bw_error_set(err, BW_NEWER, 0,
            "the letter is of version %d, and this "
            "program knows %d; bring this side up to date",
            letter[VERSION_AT], VERSION);
    }
    size_t readers = letter[READERS_AT];
    size_t content_bytes = (size_t)wire_get(letter + CONTENT_BYTES_AT, 4);
    bool shape = letter[VERSION_AT] == VERSION && letter[ZERO_AT] == 0 && readers >= 1 &&
                 readers <= BW_LETTER_READERS_MAX && content_bytes >= TAG_BYTES;
    if (!shape || letter_bytes != BW_LETTER_HEAD_BYTES + readers * READER_BYTES +
                                      content_bytes + BW_LETTER_SIGNATURE_BYTES) {
        return cut(err); /* LT2 */
    }
    struct bw_letter_head head = head_take(letter);
    if (!bw_letter_head_holds(&head)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the letter's numbers are those of no letter; have it made again");
    }
    *ret_head = head;
    return BW_OK;
}

/* Which of the readers that is; -1: none. */
static int
reader_find(const unsigned char *letter, const uint8_t box_public[BW_BOX_KEY_BYTES])
{
    unsigned char id[BW_LETTER_READER_ID_BYTES];
    bw_letter_reader_id(box_public, id);
    for (int i = 0; i < letter[READERS_AT]; i++) {
        if (memcmp(letter + BW_LETTER_HEAD_BYTES + i * BW_LETTER_READER_ID_BYTES, id,
                sizeof id) == 0) {
            return i;
        }
    }
    return -1;
}

bool
bw_letter_is_for(const unsigned char *letter, size_t letter_bytes,
    const uint8_t box_public[BW_BOX_KEY_BYTES])
{
    struct bw_letter_head head = {0};
    return bw_letter_read_head(letter, letter_bytes, &head, NULL) == BW_OK &&
           reader_find(letter, box_public) >= 0;
}

/* LT1 */
static enum bw_status
signature_check(const struct bw_letter_head *head, const unsigned char *letter,
    size_t letter_bytes, const uint8_t trusted[BW_PUBLIC_KEY_BYTES], struct bw_error *err)
{
    unsigned char message[CONTEXT_BYTES_MAX + DIGEST_BYTES];
    size_t signature_at = letter_bytes - BW_LETTER_SIGNATURE_BYTES;
    if (memcmp(head->signer, trusted, BW_PUBLIC_KEY_BYTES) != 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "the letter is signed with a key that this side doesn't know for its writer; "
            "have it made again");
    }
    size_t message_bytes =
        bw_letter_signed_bytes(head->kind, letter, signature_at, message);
    if (crypto_sign_verify_detached(
            letter + signature_at, message, message_bytes, trusted) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the letter was altered on its way; copy it again, or have it made again");
    }
    return BW_OK;
}

/* LT3 */
static enum bw_status
key_open(const unsigned char *letter, const struct bw_identity *reader,
    unsigned char ret_key[KEY_BYTES], struct bw_error *err)
{
    unsigned char commitment[COMMITMENT_BYTES];
    int which = reader_find(letter, reader->box_public);
    if (which < 0) {
        return bw_error_set(err, BW_REFUSED, 0,
            "the letter is sealed for somebody else; have it made for this side");
    }
    const unsigned char *sealed = letter + BW_LETTER_HEAD_BYTES +
                                  (size_t)letter[READERS_AT] * BW_LETTER_READER_ID_BYTES +
                                  (size_t)which * SEALED_KEY_BYTES;
    if (crypto_box_seal_open(ret_key, sealed, SEALED_KEY_BYTES, reader->box_public,
            reader->box_secret) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the letter's key doesn't open; have the letter made again");
    }
    bw_letter_commit_to(ret_key, commitment);
    if (sodium_memcmp(commitment, letter + COMMITMENT_AT, sizeof commitment) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the letter's key isn't the one that it names; have the letter made again");
    }
    return BW_OK;
}

static enum bw_status
content_open(const struct bw_letter_head *head, const unsigned char *letter,
    const unsigned char key[KEY_BYTES], char **ret_content, size_t *ret_content_bytes,
    struct bw_error *err)
{
    size_t readers = letter[READERS_AT];
    size_t ad_bytes = BW_LETTER_HEAD_BYTES + readers * BW_LETTER_READER_ID_BYTES;
    size_t sealed_bytes = (size_t)wire_get(letter + CONTENT_BYTES_AT, 4);
    size_t content_bytes = sealed_bytes - TAG_BYTES;
    char *content = malloc(content_bytes + 1);
    if (!content) {
        return bw_letter_no_memory(head->kind, err);
    }
    /* LT4 */
    if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)content, NULL, NULL,
            letter + BW_LETTER_HEAD_BYTES + readers * READER_BYTES, sealed_bytes, letter,
            ad_bytes, letter + NONCE_AT, key) != 0) {
        free(content);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the letter's content doesn't hold; have the letter made again");
    }
    content[content_bytes] = '\0';
    *ret_content = content;
    *ret_content_bytes = content_bytes;
    return BW_OK;
}

enum bw_status
bw_letter_open(const unsigned char *letter, size_t letter_bytes,
    const uint8_t trusted[BW_PUBLIC_KEY_BYTES], const struct bw_identity *reader,
    struct bw_letter_head *ret_head, char **ret_content, size_t *ret_content_bytes,
    struct bw_error *err)
{
    struct bw_letter_head head = {0};
    unsigned char key[KEY_BYTES];
    enum bw_status status = bw_letter_read_head(letter, letter_bytes, &head, err);
    if (status == BW_OK) {
        status = signature_check(&head, letter, letter_bytes, trusted, err);
    }
    if (status == BW_OK) {
        status = key_open(letter, reader, key, err);
    }
    if (status == BW_OK) {
        status = content_open(&head, letter, key, ret_content, ret_content_bytes, err);
    }
    sodium_memzero(key, sizeof key);
    if (status == BW_OK) {
        *ret_head = head;
    }
    return status;
}

void
bw_letter_content_free(char *content, size_t content_bytes)
{
    if (content) {
        sodium_memzero(content, content_bytes);
        free(content);
    }
}
