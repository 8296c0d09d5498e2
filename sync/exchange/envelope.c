/* Files for USB: see envelope.h. */
#include "exchange/envelope.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAGIC_AT = 0,
    DEVICE_AT = 4,
    FROM_AT = 8,
    TO_AT = 16,
    LENGTH_AT = 24,
    HEAD_BYTES = 28,
    CONTENT_AT = HEAD_BYTES + crypto_sign_BYTES,
    DIGEST_BYTES = 64,
    CONTEXT_BYTES_MAX = 40,
};

_Static_assert(crypto_box_PUBLICKEYBYTES == BW_BOX_KEY_BYTES, "as in the header");
_Static_assert(crypto_box_SECRETKEYBYTES == BW_BOX_KEY_BYTES, "as in the header");

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

void
bw_identity_of_organiser(const struct bw_keys *keys, struct bw_identity *ret_identity)
{
    memcpy(ret_identity->sign_public, keys->sign_public, BW_PUBLIC_KEY_BYTES);
    memcpy(ret_identity->sign_secret, keys->sign_secret, BW_SECRET_KEY_BYTES);
    memcpy(ret_identity->box_public, keys->box_public, BW_BOX_KEY_BYTES);
    memcpy(ret_identity->box_secret, keys->box_secret, BW_BOX_KEY_BYTES);
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

static enum bw_status
no_memory(enum bw_envelope_kind kind, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "holding a %s: out of memory; close other programs", kinds[kind].name);
}

enum bw_status
bw_envelope_close(const struct bw_envelope_head *head,
    const uint8_t sign_secret[BW_SECRET_KEY_BYTES],
    const uint8_t box_public[BW_BOX_KEY_BYTES], const void *letter, size_t letter_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    if (letter_bytes > BW_ENVELOPE_BYTES_MAX - CONTENT_AT - crypto_box_SEALBYTES) {
        return bw_error_set(err, BW_FULL, 0,
            "making a %s: %zu bytes are more than one file may hold",
            kinds[head->kind].name, letter_bytes);
    }
    size_t content_bytes = letter_bytes + crypto_box_SEALBYTES;
    unsigned char *bytes = malloc(CONTENT_AT + content_bytes);
    if (!bytes) {
        return no_memory(head->kind, err);
    }
    memcpy(bytes + MAGIC_AT, kinds[head->kind].magic, 4);
    put(bytes + DEVICE_AT, 4, head->device);
    put(bytes + FROM_AT, 8, head->from);
    put(bytes + TO_AT, 8, head->to);
    put(bytes + LENGTH_AT, 4, content_bytes);
    if (crypto_box_seal(bytes + CONTENT_AT, letter, letter_bytes, box_public) != 0) {
        free(bytes);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "sealing a %s: the reader's public key is no key; enrol the kiosk again",
            kinds[head->kind].name);
    }
    unsigned char message[CONTEXT_BYTES_MAX + DIGEST_BYTES];
    size_t message_bytes =
        signed_bytes(head->kind, bytes, bytes + CONTENT_AT, content_bytes, message);
    (void)crypto_sign_detached(
        bytes + HEAD_BYTES, NULL, message, message_bytes, sign_secret);
    *ret_bytes = bytes;
    *ret_length = CONTENT_AT + content_bytes;
    return BW_OK;
}

enum bw_status
bw_envelope_head_read(enum bw_envelope_kind kind, const unsigned char *bytes,
    size_t length, struct bw_envelope_head *ret_head, struct bw_error *err)
{
    if (length < 4 || memcmp(bytes, kinds[kind].magic, 4) != 0) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "it is no %s; choose the right file", kinds[kind].name);
    }
    size_t content_bytes = length < HEAD_BYTES ? 0 : (size_t)get(bytes + LENGTH_AT, 4);
    if (content_bytes < crypto_box_SEALBYTES || length != CONTENT_AT + content_bytes) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the %s is cut or damaged; copy it again", kinds[kind].name);
    }
    ret_head->kind = kind;
    ret_head->device = (uint32_t)get(bytes + DEVICE_AT, 4);
    ret_head->from = get(bytes + FROM_AT, 8);
    ret_head->to = get(bytes + TO_AT, 8);
    return BW_OK;
}

enum bw_status
bw_envelope_open(enum bw_envelope_kind kind, const unsigned char *bytes, size_t length,
    const uint8_t sign_public[BW_PUBLIC_KEY_BYTES], const struct bw_identity *reader,
    char **ret_letter, size_t *ret_letter_bytes, struct bw_error *err)
{
    struct bw_envelope_head head;
    enum bw_status status = bw_envelope_head_read(kind, bytes, length, &head, err);
    if (status != BW_OK) {
        return status;
    }
    const unsigned char *content = bytes + CONTENT_AT;
    size_t content_bytes = length - CONTENT_AT;
    unsigned char message[CONTEXT_BYTES_MAX + DIGEST_BYTES];
    size_t message_bytes = signed_bytes(kind, bytes, content, content_bytes, message);
    if (crypto_sign_verify_detached(
            bytes + HEAD_BYTES, message, message_bytes, sign_public) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the %s was altered, or signed by somebody this side doesn't know; have it "
            "made "
            "again",
            kinds[kind].name);
    }
    size_t letter_bytes = content_bytes - crypto_box_SEALBYTES;
    char *letter = malloc(letter_bytes + 1);
    if (!letter) {
        return no_memory(kind, err);
    }
    if (crypto_box_seal_open((unsigned char *)letter, content, content_bytes,
            reader->box_public, reader->box_secret) != 0) {
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
