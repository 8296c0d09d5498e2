/* Files for USB: see envelope.h. */
#include "envelope.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAGIC_AT = 0,
    DEVICE_AT = 4,
    FROM_AT = 8,
    TO_AT = 16,
    KEY_AT = 24,
    SIGNERS_AT = 25,
    LENGTH_AT = 26,
    HEAD_BYTES = 30,
    SIGNATURE_BYTES = 1 + crypto_sign_BYTES,
    DIGEST_BYTES = 64,
    CONTEXT_BYTES_MAX = 40,
};

_Static_assert(crypto_box_PUBLICKEYBYTES == BW_BOX_KEY_BYTES, "as in the header");
_Static_assert(crypto_box_SECRETKEYBYTES == BW_BOX_KEY_BYTES, "as in the header");
_Static_assert(crypto_kdf_KEYBYTES == BW_SEED_BYTES, "a seed is a kdf key");

static const struct {
    char magic[5];
    char context[CONTEXT_BYTES_MAX];
    const char *name;
} kinds[] = {
    [BW_ENVELOPE_ROSTER] = {"BWR1", "brugwachter roster file 1", "roster file (.bwr)"},
    [BW_ENVELOPE_EVENTS] = {"BWE1", "brugwachter events file 1", "event file (.bwe)"},
};

static void
put(unsigned char *to, size_t bytes, uint64_t value)
{
    for (size_t i = bytes; i-- > 0;) {
        to[i] = (unsigned char)(value & 0xff);
        value >>= 8;
    }
}

static uint64_t
get(const unsigned char *from, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        value = value << 8 | from[i];
    }
    return value;
}

static void
box_of_seed(const uint8_t seed[BW_SEED_BYTES], const char context[crypto_kdf_CONTEXTBYTES],
    struct bw_identity *identity)
{
    uint8_t box_seed[crypto_box_SEEDBYTES];
    (void)crypto_kdf_derive_from_key(box_seed, sizeof box_seed, 2, context, seed);
    (void)crypto_box_seed_keypair(identity->box_public, identity->box_secret, box_seed);
    sodium_memzero(box_seed, sizeof box_seed);
}

void
bw_identity_of_device(
    const uint8_t seed[BW_SEED_BYTES], struct bw_identity *ret_identity)
{
    uint8_t sign_seed[crypto_sign_SEEDBYTES];
    (void)crypto_kdf_derive_from_key(sign_seed, sizeof sign_seed, 1, "BWdevice", seed);
    (void)crypto_sign_seed_keypair(
        ret_identity->sign_public, ret_identity->sign_secret, sign_seed);
    sodium_memzero(sign_seed, sizeof sign_seed);
    box_of_seed(seed, "BWdevice", ret_identity);
}

void
bw_identity_of_organiser(
    const uint8_t seed[BW_SEED_BYTES], struct bw_identity *ret_identity)
{
    (void)crypto_sign_seed_keypair(
        ret_identity->sign_public, ret_identity->sign_secret, seed);
    box_of_seed(seed, "BWoffice", ret_identity);
}

/* Context, NUL, digest of head and content. Returns the number of bytes. */
static size_t
signed_bytes(enum bw_envelope_kind kind, const unsigned char *head,
    const unsigned char *content, size_t content_bytes,
    unsigned char ret_bytes[CONTEXT_BYTES_MAX + DIGEST_BYTES])
{
    size_t context_bytes = strlen(kinds[kind].context) + 1;
    crypto_generichash_state state;
    memcpy(ret_bytes, kinds[kind].context, context_bytes);
    (void)crypto_generichash_init(&state, NULL, 0, DIGEST_BYTES);
    (void)crypto_generichash_update(&state, head, HEAD_BYTES);
    (void)crypto_generichash_update(&state, content, content_bytes);
    (void)crypto_generichash_final(&state, ret_bytes + context_bytes, DIGEST_BYTES);
    return context_bytes + DIGEST_BYTES;
}

enum bw_status
bw_envelope_close(const struct bw_envelope_head *head,
    const struct bw_envelope_signer *signers, int signers_count,
    const uint8_t box_public[BW_BOX_KEY_BYTES], const void *letter, size_t letter_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    assert(signers_count >= 1 && signers_count <= BW_KEYS_MAX);
    size_t content_bytes = letter_bytes + crypto_box_SEALBYTES;
    size_t content_at = HEAD_BYTES + (size_t)signers_count * SIGNATURE_BYTES;
    size_t length = content_at + content_bytes;
    if (letter_bytes > BW_ENVELOPE_BYTES_MAX || length > BW_ENVELOPE_BYTES_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "making a %s: %zu bytes are more than one file may hold", kinds[head->kind].name,
            letter_bytes);
    }
    unsigned char *bytes = malloc(length);
    if (!bytes) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "making a %s: out of memory; close other "
            "programs", kinds[head->kind].name);
    }
    memcpy(bytes + MAGIC_AT, kinds[head->kind].magic, 4);
    put(bytes + DEVICE_AT, 4, head->device);
    put(bytes + FROM_AT, 8, head->from);
    put(bytes + TO_AT, 8, head->to);
    bytes[KEY_AT] = head->key;
    bytes[SIGNERS_AT] = (unsigned char)signers_count;
    put(bytes + LENGTH_AT, 4, content_bytes);
    if (crypto_box_seal(bytes + content_at, letter, letter_bytes, box_public) != 0) {
        free(bytes);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "sealing a %s: the reader's public key is no key; enrol the kiosk again",
            kinds[head->kind].name);
    }
    unsigned char message[CONTEXT_BYTES_MAX + DIGEST_BYTES];
    size_t message_bytes =
        signed_bytes(head->kind, bytes, bytes + content_at, content_bytes, message);
    for (int i = 0; i < signers_count; i++) {
        unsigned char *at = bytes + HEAD_BYTES + (size_t)i * SIGNATURE_BYTES;
        at[0] = signers[i].key;
        (void)crypto_sign_detached(
            at + 1, NULL, message, message_bytes, signers[i].sign_secret);
    }
    *ret_bytes = bytes;
    *ret_length = length;
    return BW_OK;
}

enum bw_status
bw_envelope_head_read(enum bw_envelope_kind kind, const unsigned char *bytes,
    size_t length, struct bw_envelope_head *ret_head, struct bw_error *err)
{
    if (length < HEAD_BYTES || memcmp(bytes, kinds[kind].magic, 4) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it is no %s; choose the right file", kinds[kind].name);
    }
    size_t signers = bytes[SIGNERS_AT];
    size_t content_bytes = (size_t)get(bytes + LENGTH_AT, 4);
    if (signers < 1 || signers > BW_KEYS_MAX || content_bytes < crypto_box_SEALBYTES ||
        length != HEAD_BYTES + signers * SIGNATURE_BYTES + content_bytes) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the %s is cut or damaged; copy it again", kinds[kind].name);
    }
    ret_head->kind = kind;
    ret_head->device = (uint32_t)get(bytes + DEVICE_AT, 4);
    ret_head->from = get(bytes + FROM_AT, 8);
    ret_head->to = get(bytes + TO_AT, 8);
    ret_head->key = bytes[KEY_AT];
    return BW_OK;
}

static bool
is_signed(enum bw_envelope_kind kind, const unsigned char *bytes, size_t length,
    const struct bw_keyring *keyring)
{
    size_t signers = bytes[SIGNERS_AT];
    size_t content_at = HEAD_BYTES + signers * SIGNATURE_BYTES;
    unsigned char message[CONTEXT_BYTES_MAX + DIGEST_BYTES];
    size_t message_bytes =
        signed_bytes(kind, bytes, bytes + content_at, length - content_at, message);
    for (size_t i = 0; i < signers; i++) {
        const unsigned char *at = bytes + HEAD_BYTES + i * SIGNATURE_BYTES;
        for (int k = 0; k < keyring->count; k++) {
            if (keyring->keys[k].key == at[0] &&
                crypto_sign_verify_detached(
                    at + 1, message, message_bytes, keyring->keys[k].bytes) == 0) {
                return true;
            }
        }
    }
    return false;
}

enum bw_status
bw_envelope_open(enum bw_envelope_kind kind, const unsigned char *bytes, size_t length,
    const struct bw_keyring *keyring, const struct bw_identity *reader, char **ret_letter,
    size_t *ret_letter_bytes, struct bw_error *err)
{
    struct bw_envelope_head head;
    enum bw_status status = bw_envelope_head_read(kind, bytes, length, &head, err);
    if (status != BW_OK) {
        return status;
    }
    if (!is_signed(kind, bytes, length, keyring)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the %s was altered, or signed by somebody this side doesn't know; have it made "
            "again",
            kinds[kind].name);
    }
    size_t content_at = HEAD_BYTES + (size_t)bytes[SIGNERS_AT] * SIGNATURE_BYTES;
    size_t letter_bytes = length - content_at - crypto_box_SEALBYTES;
    char *letter = malloc(letter_bytes + 1);
    if (!letter) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "opening a %s: out of memory; close other "
            "programs", kinds[kind].name);
    }
    if (crypto_box_seal_open((unsigned char *)letter, bytes + content_at,
            length - content_at, reader->box_public, reader->box_secret) != 0) {
        free(letter);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the %s is sealed for somebody else; have it made for this side",
            kinds[kind].name);
    }
    letter[letter_bytes] = '\0';
    *ret_letter = letter;
    *ret_letter_bytes = letter_bytes;
    return BW_OK;
}
