/* Sealed rows: see brugwachter/sealed.h. Any thread.
 *
 * Content: status (1), generation (1), then first name, name, school: each a byte of
 * length and its UTF-8 bytes; zeros to the end. */
#include <brugwachter/sealed.h>

#include "core/base/wire.h"

#include <assert.h>
#include <sodium.h>

enum {
    NONCE_BYTES = BW_SEALED_NONCE_BYTES,
    KEY_BYTES = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    TEXTS_COUNT = 3,
    TEXTS_BYTES = BW_SEALED_CONTENT_BYTES - 2 - TEXTS_COUNT,
    /* A first name is what the greeting needs, a school the least. */
    FIRST_NAME_BYTES = 84,
    NAME_BYTES = 84,
    SCHOOL_BYTES = TEXTS_BYTES - FIRST_NAME_BYTES - NAME_BYTES,
};

_Static_assert(
    NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "as in the header");
_Static_assert(NONCE_BYTES + BW_SEALED_CONTENT_BYTES + TAG_BYTES == BW_SEALED_BOX_BYTES,
    "as in the header");

static void
hash_of(const char *mark, const char *text, uint8_t ret_hash[crypto_generichash_BYTES])
{
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES);
    (void)crypto_generichash_update(&state, (const uint8_t *)mark, strlen(mark));
    (void)crypto_generichash_update(&state, (const uint8_t *)text, strlen(text));
    (void)crypto_generichash_final(&state, ret_hash, crypto_generichash_BYTES);
}

void
bw_sealed_id(const char *ticket_text, uint8_t ret_id[BW_SEALED_ID_BYTES])
{
    hash_of("BWS-id", ticket_text, ret_id);
}

/* Bytes of `text` that fit, cut at a character. */
static size_t
fitting(const char *text, size_t capacity)
{
    size_t length = strlen(text);
    if (length > capacity) {
        length = capacity;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
            length--;
        }
    }
    return length;
}

static void
put_text(struct wire_writer *writer, const char *text, size_t capacity)
{
    size_t length = fitting(text, capacity);
    wire_put(writer, 1, length);
    wire_put_bytes(writer, text, length);
}

void
bw_sealed_close(const char *ticket_text, const struct bw_registration *registration,
    struct bw_sealed_row *ret_row)
{
    uint8_t nonce[NONCE_BYTES];
    randombytes_buf(nonce, sizeof nonce);
    bw_sealed_close_with(ticket_text, registration, nonce, ret_row);
}

void
bw_sealed_close_with(const char *ticket_text, const struct bw_registration *registration,
    const uint8_t nonce[BW_SEALED_NONCE_BYTES], struct bw_sealed_row *ret_row)
{
    uint8_t content[BW_SEALED_CONTENT_BYTES] = {0};
    uint8_t key[KEY_BYTES];
    struct wire_writer writer = {content};
    wire_put(&writer, 1, (uint64_t)registration->status);
    wire_put(&writer, 1, registration->generation);
    put_text(&writer, registration->person.first_name, FIRST_NAME_BYTES);
    put_text(&writer, registration->person.name, NAME_BYTES);
    put_text(&writer, registration->person.school, SCHOOL_BYTES);
    assert(writer.at <= content + sizeof content);

    hash_of("BWS-key", ticket_text, key);
    bw_sealed_id(ticket_text, ret_row->id);
    memcpy(ret_row->box, nonce, NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(ret_row->box + NONCE_BYTES, NULL,
        content, sizeof content, ret_row->id, sizeof ret_row->id, NULL, ret_row->box,
        key);
    sodium_memzero(content, sizeof content);
    sodium_memzero(key, sizeof key);
}

static enum bw_status
not_holding(struct bw_error *err)
{
    return bw_error_set(err, BW_CORRUPT, 0,
        "Opening another session's ticket failed: its row was altered or belongs to "
        "another ticket. Get the roster again.");
}

static void
get_text(struct wire_reader *reader, char *ret_text, size_t capacity)
{
    size_t length = (size_t)wire_get(reader, 1);
    if (length >= capacity) {
        reader->short_of = true;
        return;
    }
    wire_get_bytes(reader, ret_text, length);
}

enum bw_status
bw_sealed_open(const char *ticket_text, const struct bw_sealed_row *row,
    struct bw_registration *ret_registration, struct bw_error *err)
{
    uint8_t content[BW_SEALED_CONTENT_BYTES];
    uint8_t key[KEY_BYTES];
    hash_of("BWS-key", ticket_text, key);
    int rc = crypto_aead_xchacha20poly1305_ietf_decrypt(content, NULL, NULL,
        row->box + NONCE_BYTES, BW_SEALED_CONTENT_BYTES + TAG_BYTES, row->id,
        sizeof row->id, row->box, key);
    sodium_memzero(key, sizeof key);
    if (rc != 0) {
        return not_holding(err);
    }
    struct wire_reader reader = {.at = content, .left = sizeof content};
    struct bw_registration opened = {.code = BW_CODE_NONE};
    uint64_t status = wire_get(&reader, 1);
    opened.status = (enum bw_registration_status)status;
    opened.generation = (uint8_t)wire_get(&reader, 1);
    get_text(&reader, opened.person.first_name, sizeof opened.person.first_name);
    get_text(&reader, opened.person.name, sizeof opened.person.name);
    get_text(&reader, opened.person.school, sizeof opened.person.school);
    sodium_memzero(content, sizeof content);
    if (status > BW_BLOCKED || reader.short_of) {
        return not_holding(err);
    }
    *ret_registration = opened;
    return BW_OK;
}
