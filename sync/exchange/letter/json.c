/* JSON that came from elsewhere: see letter.h. */
#include "exchange/letter/json.h"

#include <brugwachter/limits.h>
#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Jansson takes memory that ends within a text for a text that doesn't hold, or goes on
 * without what it couldn't keep: without this a good letter would be set aside, and half
 * a one written. */
static _Thread_local bool memory_ended;

static void *
allocate(size_t bytes)
{
    void *memory = malloc(bytes);
    memory_ended = memory_ended || !memory;
    return memory;
}

/* Before main, so that no text is ever made without it. */
__attribute__((constructor)) static void
allocators_set(void)
{
    json_set_alloc_funcs(allocate, free);
}

enum bw_status
bw_json_parse(const void *bytes, size_t length, json_t **ret_root, struct bw_error *err)
{
    json_error_t fault;
    memory_ended = false;
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &fault);
    if (memory_ended) { /* where a number's memory fails it even gives a root */
        json_decref(root);
        memory_ended = false;
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "reading it: out of memory; close other programs");
    }
    if (!root) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "it doesn't hold (%s at byte %d); take the whole file, and the right one",
            fault.text, fault.position);
    }
    if (!json_is_object(root)) {
        json_decref(root);
        return bw_error_set(err, BW_BAD_INPUT, 0, "it doesn't hold; take the right file");
    }
    *ret_root = root;
    return BW_OK;
}

struct bw_json
bw_json_of(const json_t *object)
{
    return (struct bw_json){.object = object};
}

void
bw_json_turn(struct bw_json *json, const json_t *object)
{
    json->object = object;
    if (!json_is_object(object)) {
        bw_json_refuse(json, bw_said("an entry"), "is no object");
    }
}

void
bw_json_refuse(struct bw_json *json, const char *name, const char *why)
{
    if (json->fault[0] == '\0') {
        (void)snprintf(json->fault, sizeof json->fault, "%s %s", name, bw_said(why));
    }
}

bool
bw_json_has(const struct bw_json *json, const char *name)
{
    return json_object_get(json->object, name) != NULL;
}

/* NULL with the fault set where it is no text; a NUL inside is refused by the parser. */
static const char *
text_of(struct bw_json *json, const char *name)
{
    const char *text = json_string_value(json_object_get(json->object, name));
    if (!text) {
        bw_json_refuse(json, name, "is missing, or no text");
    }
    return text;
}

void
bw_json_text(struct bw_json *json, const char *name, size_t chars_max, char *ret_text)
{
    const char *text = text_of(json, name);
    ret_text[0] = '\0';
    if (text) {
        enum bw_text_fault fault = bw_text_clean(text, chars_max, ret_text);
        if (fault != BW_TEXT_FINE) {
            bw_json_refuse(json, name, bw_said(bw_text_fault_name(fault)));
        }
    }
}

void
bw_json_raw(struct bw_json *json, const char *name, size_t capacity, char *ret_text)
{
    const char *text = text_of(json, name);
    ret_text[0] = '\0';
    size_t length = text ? strlen(text) : 0;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f) {
            bw_json_refuse(json, name, "holds a control character");
            return;
        }
    }
    if (length >= capacity) {
        bw_json_refuse(json, name, "is too long");
        return;
    }
    memcpy(ret_text, text ? text : "", length + 1);
}

void
bw_json_label(struct bw_json *json, const char *name, size_t capacity, char *ret_text)
{
    const char *text = text_of(json, name);
    ret_text[0] = '\0';
    if (!text) {
        return;
    }
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if (text[i] <= ' ' || text[i] > '~') {
            bw_json_refuse(json, name, "holds a blank, or a character outside ASCII");
            return;
        }
    }
    if (length >= capacity) {
        bw_json_refuse(json, name, "is too long");
        return;
    }
    memcpy(ret_text, text, length + 1);
}

int64_t
bw_json_number(struct bw_json *json, const char *name, int64_t least, int64_t most)
{
    const json_t *value = json_object_get(json->object, name);
    int64_t number = json_is_integer(value) ? json_integer_value(value) : 0;
    if (!json_is_integer(value) || number < least || number > most) {
        bw_json_refuse(json, name, "is missing, or no number that it may be");
        return least;
    }
    return number;
}

bool
bw_json_flag(struct bw_json *json, const char *name)
{
    const json_t *value = json_object_get(json->object, name);
    if (!json_is_boolean(value)) {
        bw_json_refuse(json, name, "is missing, or neither true nor false");
    }
    return json_is_true(value);
}

size_t
bw_json_blob(struct bw_json *json, const char *name, uint8_t *ret_bytes, size_t capacity)
{
    const json_t *value = json_object_get(json->object, name);
    size_t length = 0;
    const char *end = NULL;
    if (!value || json_is_null(value)) {
        return 0;
    }
    const char *text = json_string_value(value);
    if (!text ||
        sodium_hex2bin(ret_bytes, capacity, text, strlen(text), NULL, &length, &end) !=
            0 ||
        *end != '\0') {
        bw_json_refuse(json, name, "is no hexadecimal text of the right length");
        return 0;
    }
    return length;
}

void
bw_json_bytes(struct bw_json *json, const char *name, uint8_t *ret_bytes, size_t length)
{
    if (bw_json_blob(json, name, ret_bytes, length) != length) {
        memset(ret_bytes, 0, length);
        bw_json_refuse(json, name, "is missing, or has the wrong length");
    }
}

void
bw_json_public(struct bw_json *json, const char *sign, const char *box, bool *ret_given,
    struct bw_identity_public *ret_public)
{
    size_t first = bw_json_blob(json, sign, ret_public->sign, sizeof ret_public->sign);
    size_t second = bw_json_blob(json, box, ret_public->box, sizeof ret_public->box);
    *ret_given = first > 0 || second > 0;
    if (*ret_given && (first != BW_PUBLIC_KEY_BYTES || second != BW_BOX_KEY_BYTES)) {
        bw_json_refuse(json, sign, "has the wrong length");
    }
}

const json_t *
bw_json_list(struct bw_json *json, const char *name, size_t most)
{
    const json_t *value = json_object_get(json->object, name);
    if (!json_is_array(value)) {
        bw_json_refuse(json, name, "is missing, or no list");
        return NULL;
    }
    if (json_array_size(value) > most) {
        bw_json_refuse(json, name, "has too many entries");
        return NULL;
    }
    return value;
}

int64_t
bw_json_item_number(struct bw_json *json, int64_t least, int64_t most)
{
    int64_t number = json_is_integer(json->object) ? json_integer_value(json->object) : 0;
    if (!json_is_integer(json->object) || number < least || number > most) {
        bw_json_refuse(json, bw_said("an entry"), "is no number that it may be");
        return least;
    }
    return number;
}

void
bw_json_item_bytes(struct bw_json *json, uint8_t *ret_bytes, size_t length)
{
    const char *text = json_string_value(json->object), *end = NULL;
    size_t got = 0;
    if (!text ||
        sodium_hex2bin(ret_bytes, length, text, strlen(text), NULL, &got, &end) != 0 ||
        got != length || *end != '\0') {
        memset(ret_bytes, 0, length);
        bw_json_refuse(
            json, bw_said("an entry"), "is no hexadecimal text of the right length");
    }
}

void
bw_json_code(struct bw_json *json, const char *name, const char *code,
    char ret_code[BW_LABEL_BYTES])
{
    size_t length = code ? strlen(code) : 0;
    bool fine = length > 0 && length < BW_LABEL_BYTES;
    for (size_t i = 0; fine && i < length; i++) {
        fine = code[i] > ' ' && code[i] <= '~' && code[i] != ',';
    }
    ret_code[0] = '\0';
    if (!fine) {
        bw_json_refuse(json, name, "holds something that is no session code");
        return;
    }
    memcpy(ret_code, code, length + 1);
}

void
bw_json_keyring(struct bw_json *json, const json_t *root, struct bw_keyring *ret_keyring)
{
    const json_t *list = bw_json_list(json, "keys", BW_KEYS_MAX);
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++) {
        struct bw_public_key *key = &ret_keyring->keys[i];
        bw_json_turn(json, json_array_get(list, i));
        key->key = (uint8_t)bw_json_number(json, "key", 0, UINT8_MAX);
        bw_json_bytes(json, "public", key->bytes, BW_PUBLIC_KEY_BYTES);
    }
    ret_keyring->count = (int)count;
    bw_json_turn(json, root);
}

enum bw_status
bw_json_end(const struct bw_json *json, struct bw_error *err)
{
    if (json->fault[0] != '\0') {
        return bw_error_set(err, BW_BAD_INPUT, 0, "its field %s", json->fault);
    }
    return BW_OK;
}

json_t *
bw_json_hex(const uint8_t *bytes, size_t length)
{
    char *text = malloc(length * 2 + 1);
    if (!text) {
        return NULL;
    }
    (void)sodium_bin2hex(text, length * 2 + 1, bytes, length);
    json_t *value = json_stringn_nocheck(text, length * 2);
    sodium_memzero(text, length * 2);
    free(text);
    return value;
}

json_t *
bw_json_of_keyring(const struct bw_keyring *keyring)
{
    json_t *list = json_array();
    for (int i = 0; i < keyring->count; i++) {
        const struct bw_public_key *key = &keyring->keys[i];
        if (json_array_append_new(
                list, json_pack("{s:i, s:o}", "key", (int)key->key, "public",
                          bw_json_hex(key->bytes, BW_PUBLIC_KEY_BYTES))) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

void
bw_json_begin(void)
{
    memory_ended = false;
}

enum bw_status
bw_json_write(json_t *root, char **ret_text, struct bw_error *err)
{
    char *text =
        root ? json_dumps(root, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_PRESERVE_ORDER)
             : NULL;
    json_decref(root);
    if (!text || memory_ended) { /* anywhere since bw_json_begin */
        free(text);
        memory_ended = false;
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "writing JSON: out of memory; close other programs");
    }
    *ret_text = text;
    return BW_OK;
}
