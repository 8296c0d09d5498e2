/* Requests and answers on the local network: see lan_message.h. */
#include "exchange/carrier/lan/lan_message.h"

#include "central/base/array.h"
#include "exchange/letter/wire.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    SEAL_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    PLAIN_BYTES = 2 + BW_LAN_TAG_BYTES + BW_LETTER_NAME_BYTES,
    REQUEST_BYTES = BW_LAN_NONCE_BYTES + PLAIN_BYTES + SEAL_BYTES,
    ANSWER_HEAD_BYTES = 1 + 4,
};

static_assert(BW_LAN_PATH_BYTES == 1 + 2 * REQUEST_BYTES + 1, "LM3");
static_assert(BW_LAN_MORE_BYTES >= BW_LAN_NONCE_BYTES + ANSWER_HEAD_BYTES + SEAL_BYTES,
    "an answer's room");

static const char request_context[] = "BWL-lan-request-1";
static const char answer_context[] = "BWL-lan-answer-1";

/* ---- requests ---- */

void
bw_lan_request_write(struct bw_lan_request *inout_request,
    const uint8_t key[BW_LAN_KEY_BYTES], char ret_path[BW_LAN_PATH_BYTES])
{
    unsigned char plain[PLAIN_BYTES] = {(unsigned char)inout_request->verb};
    unsigned char sealed[REQUEST_BYTES];
    randombytes_buf(inout_request->nonce, BW_LAN_NONCE_BYTES);
    memcpy(plain + 2, inout_request->seen, BW_LAN_TAG_BYTES);
    size_t length = strnlen(inout_request->name, BW_LETTER_NAME_BYTES - 1);
    memcpy(plain + 2 + BW_LAN_TAG_BYTES, inout_request->name, length);
    memcpy(sealed, inout_request->nonce, BW_LAN_NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + BW_LAN_NONCE_BYTES, NULL,
        plain, sizeof plain, (const unsigned char *)request_context,
        sizeof request_context - 1, NULL, inout_request->nonce, key);
    ret_path[0] = '/';
    (void)sodium_bin2hex(ret_path + 1, BW_LAN_PATH_BYTES - 1, sealed, sizeof sealed);
}

/* A name is a letter's and ends with NULs alone; where none is asked for, it's empty. */
static bool
plain_read(const unsigned char plain[PLAIN_BYTES], struct bw_lan_request *ret_request)
{
    struct bw_lan_request request = {.verb = BW_LAN_LIST};
    struct bw_letter_name parsed;
    const char *name = (const char *)plain + 2 + BW_LAN_TAG_BYTES;
    size_t length = strnlen(name, BW_LETTER_NAME_BYTES);
    if (plain[1] != 0 || length == BW_LETTER_NAME_BYTES ||
        !sodium_is_zero(
            (const unsigned char *)name + length, BW_LETTER_NAME_BYTES - length)) {
        return false;
    }
    memcpy(request.seen, plain + 2, BW_LAN_TAG_BYTES);
    memcpy(request.name, name, length);
    if (plain[0] == BW_LAN_GET) {
        request.verb = BW_LAN_GET;
    } else if (plain[0] != BW_LAN_LIST) {
        return false;
    }
    if (request.verb == BW_LAN_GET ? !bw_letter_name_parse(name, &parsed) : length > 0) {
        return false;
    }
    *ret_request = request;
    return true;
}

bool
bw_lan_request_read(const char *path, const uint8_t (*keys)[BW_LAN_KEY_BYTES],
    int keys_count, struct bw_lan_request *ret_request, int *ret_key)
{
    unsigned char sealed[REQUEST_BYTES], plain[PLAIN_BYTES];
    size_t bytes = 0;
    if (path[0] != '/' || strnlen(path, BW_LAN_PATH_BYTES) != BW_LAN_PATH_BYTES - 1 ||
        sodium_hex2bin(sealed, sizeof sealed, path + 1, BW_LAN_PATH_BYTES - 2, NULL,
            &bytes, NULL) != 0 ||
        bytes != sizeof sealed) {
        return false;
    }
    for (int i = 0; i < keys_count; i++) {
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL,
                sealed + BW_LAN_NONCE_BYTES, sizeof sealed - BW_LAN_NONCE_BYTES,
                (const unsigned char *)request_context, sizeof request_context - 1,
                sealed, keys[i]) != 0) {
            continue;
        }
        if (!plain_read(plain, ret_request)) {
            return false;
        }
        memcpy(ret_request->nonce, sealed, BW_LAN_NONCE_BYTES);
        *ret_key = i;
        return true;
    }
    return false;
}

/* ---- answers ---- */

/* LM2: what an answer is bound to. */
struct binding {
    unsigned char bytes[sizeof answer_context - 1 + BW_LAN_NONCE_BYTES];
};

static struct binding
binding_of(const struct bw_lan_request *request)
{
    struct binding binding;
    memcpy(binding.bytes, answer_context, sizeof answer_context - 1);
    memcpy(binding.bytes + sizeof answer_context - 1, request->nonce, BW_LAN_NONCE_BYTES);
    return binding;
}

enum bw_status
bw_lan_answer_write(const struct bw_lan_answer *answer,
    const struct bw_lan_request *request, const uint8_t key[BW_LAN_KEY_BYTES],
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    struct binding binding = binding_of(request);
    size_t plain_bytes = ANSWER_HEAD_BYTES + answer->length;
    unsigned char *sealed = malloc(BW_LAN_NONCE_BYTES + plain_bytes + SEAL_BYTES);
    if (!sealed) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "answering another kiosk: out of memory; close other programs");
    }
    unsigned char *plain = sealed + BW_LAN_NONCE_BYTES; /* sealed in place */
    randombytes_buf(sealed, BW_LAN_NONCE_BYTES);
    plain[0] = (unsigned char)answer->kind;
    wire_put(plain + 1, 4, answer->device);
    if (answer->length > 0) {
        memcpy(plain + ANSWER_HEAD_BYTES, answer->bytes, answer->length);
    }
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(plain, NULL, plain, plain_bytes,
        binding.bytes, sizeof binding.bytes, NULL, sealed, key);
    *ret_bytes = sealed;
    *ret_length = BW_LAN_NONCE_BYTES + plain_bytes + SEAL_BYTES;
    return BW_OK;
}

bool
bw_lan_answer_read(unsigned char *bytes, size_t length,
    const struct bw_lan_request *request, const uint8_t key[BW_LAN_KEY_BYTES],
    struct bw_lan_answer *ret_answer)
{
    struct binding binding = binding_of(request);
    if (length < BW_LAN_NONCE_BYTES + ANSWER_HEAD_BYTES + SEAL_BYTES) {
        return false;
    }
    unsigned char *plain = bytes + BW_LAN_NONCE_BYTES;
    size_t plain_bytes = length - BW_LAN_NONCE_BYTES - SEAL_BYTES;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, plain,
            length - BW_LAN_NONCE_BYTES, binding.bytes, sizeof binding.bytes, bytes,
            key) != 0 ||
        plain[0] > BW_LAN_LETTER) {
        return false;
    }
    *ret_answer = (struct bw_lan_answer){.kind = (enum bw_lan_kind)plain[0],
        .device = (uint32_t)wire_get(plain + 1, 4),
        .bytes = plain + ANSWER_HEAD_BYTES,
        .length = plain_bytes - ANSWER_HEAD_BYTES};
    return true;
}

/* ---- lists ---- */

bool
bw_lan_list_add(struct bw_lan_list *list, const char *name, uint64_t bytes)
{
    size_t length = strlen(name);
    struct bw_lan_name *item =
        list->count < BW_LAN_NAMES_MAX && length < sizeof item->text
            ? bw_array_more(&list->names, &list->count, &list->capacity, sizeof *item)
            : NULL;
    if (!item) {
        return false;
    }
    memcpy(item->text, name, length + 1);
    item->bytes = bytes;
    return true;
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(
        ((const struct bw_lan_name *)a)->text, ((const struct bw_lan_name *)b)->text);
}

void
bw_lan_list_tag(struct bw_lan_list *list, uint8_t ret_tag[BW_LAN_TAG_BYTES])
{
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, BW_LAN_TAG_BYTES);
    if (list->count > 0) {
        qsort(list->names, list->count, sizeof *list->names, by_text);
    }
    for (size_t i = 0; i < list->count; i++) {
        const char *text = list->names[i].text;
        (void)crypto_generichash_update(
            &state, (const unsigned char *)text, strlen(text) + 1);
    }
    (void)crypto_generichash_final(&state, ret_tag, BW_LAN_TAG_BYTES);
    ret_tag[0] |= 1;
}

enum bw_status
bw_lan_list_write(const struct bw_lan_list *list, unsigned char **ret_bytes,
    size_t *ret_length, struct bw_error *err)
{
    size_t length = 4;
    for (size_t i = 0; i < list->count; i++) {
        length += 1 + strlen(list->names[i].text) + 8;
    }
    unsigned char *bytes = malloc(length), *at = bytes;
    if (!bytes) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "listing letters for another kiosk: out of memory; close other programs");
    }
    wire_put(at, 4, list->count);
    at += 4;
    for (size_t i = 0; i < list->count; i++) {
        size_t name_bytes = strlen(list->names[i].text);
        *at++ = (unsigned char)name_bytes;
        memcpy(at, list->names[i].text, name_bytes);
        wire_put(at + name_bytes, 8, list->names[i].bytes);
        at += name_bytes + 8;
    }
    *ret_bytes = bytes;
    *ret_length = length;
    return BW_OK;
}

bool
bw_lan_is_own(const char *name, uint32_t device)
{
    struct bw_letter_name parsed;
    return bw_letter_name_parse(name, &parsed) && parsed.device == device &&
           parsed.kind != BW_LETTER_ROSTER;
}

bool
bw_lan_list_read(const unsigned char *bytes, size_t length, uint32_t device,
    struct bw_lan_list *ret_list)
{
    struct letter_wire reader = {.at = bytes, .left = length};
    struct bw_lan_list list = {.names = NULL};
    uint64_t count = wire_number(&reader, 4);
    bool fine = count <= BW_LAN_NAMES_MAX;
    for (uint64_t i = 0; fine && !reader.failed && i < count; i++) {
        char name[256] = "";
        size_t name_bytes = (size_t)wire_number(&reader, 1);
        wire_bytes(&reader, name, name_bytes);
        uint64_t letter_bytes = wire_number(&reader, 8);
        if (!reader.failed && strlen(name) == name_bytes && bw_lan_is_own(name, device)) {
            fine = bw_lan_list_add(&list, name, letter_bytes);
        }
    }
    if (!fine || reader.failed || reader.left > 0) {
        bw_lan_list_finish(&list);
        return false;
    }
    *ret_list = list;
    return true;
}

void
bw_lan_list_finish(struct bw_lan_list *list)
{
    if (list) {
        free(list->names);
        *list = (struct bw_lan_list){.names = NULL};
    }
}
