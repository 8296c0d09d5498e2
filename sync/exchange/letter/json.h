/* JSON that came from elsewhere, read with suspicion: every field by name,
 * type and limit.
 *
 * A reader remembers its first fault; reading goes on and gives empty values, so that a
 * reader is a plain list of fields with one check at its end. Any thread. */
#ifndef BW_LETTER_JSON_H
#define BW_LETTER_JSON_H

#include "exchange/letter/enrolment.h"

#include <brugwachter/ticket.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bw_json {
    const json_t *object;
    char fault[160]; /* "" while all is well */
};

/* Parses one JSON object; the caller's json_decref.
 * BW_BAD_INPUT with what and where; BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_json_parse(
    const void *bytes, size_t length, json_t **ret_root, struct bw_error *err);

/* A reader of `object`, which is borrowed while it is read; NULL, or what is no object,
 * is its first fault. */
struct bw_json bw_json_of(const json_t *object);
/* Goes on in `object`, keeping the fault. */
void bw_json_turn(struct bw_json *json, const json_t *object);

/* A text of at most `chars_max` characters (bw_text_clean),
 * in room of chars_max * 4 + 1. */
void bw_json_text(
    struct bw_json *json, const char *name, size_t chars_max, char *ret_text);
/* As it is, of at most room - 1 bytes, without control characters: addresses, numbers. */
void bw_json_raw(struct bw_json *json, const char *name, size_t capacity, char *ret_text);
/* ASCII without blanks of at most room - 1 bytes: codes, labels, URLs. May be empty. */
void bw_json_label(
    struct bw_json *json, const char *name, size_t capacity, char *ret_text);
int64_t bw_json_number(
    struct bw_json *json, const char *name, int64_t least, int64_t most);
bool bw_json_flag(struct bw_json *json, const char *name);
/* Exactly `length` bytes in hex. */
void bw_json_bytes(
    struct bw_json *json, const char *name, uint8_t *ret_bytes, size_t length);
/* Up to `capacity` bytes in hex; returns their number. Empty and missing give 0. */
size_t bw_json_blob(
    struct bw_json *json, const char *name, uint8_t *ret_bytes, size_t capacity);
/* Two public halves in hex, or both empty. */
void bw_json_public(struct bw_json *json, const char *sign, const char *box,
    bool *ret_given, struct bw_identity_public *ret_public);

/* A list of at most `most`, borrowed; NULL, and a fault, where it is none. */
const json_t *bw_json_list(struct bw_json *json, const char *name, size_t most);
/* Where an entry of a list is itself a number, or bytes in hex. */
int64_t bw_json_item_number(struct bw_json *json, int64_t least, int64_t most);
void bw_json_item_bytes(struct bw_json *json, uint8_t *ret_bytes, size_t length);
/* A session code, of a list called `name`: ASCII without blanks or commas.
 * `code` may be NULL. */
void bw_json_code(struct bw_json *json, const char *name, const char *code,
    char ret_code[BW_LABEL_BYTES]);
/* The organiser's keys in use: a list "keys" of `root`, which it turns back to. */
void bw_json_keyring(
    struct bw_json *json, const json_t *root, struct bw_keyring *ret_keyring);
/* Whether the field is there at all. */
bool bw_json_has(const struct bw_json *json, const char *name);
/* The caller's own rule was broken. */
void bw_json_refuse(struct bw_json *json, const char *name, const char *why);

/* BW_BAD_INPUT with the first fault. */
BW_NODISCARD enum bw_status bw_json_end(const struct bw_json *json, struct bw_error *err);

/* Writing: bytes as hex (the caller's reference, NULL without memory). */
json_t *bw_json_hex(const uint8_t *bytes, size_t length);
/* Addresses of carriers, a list "carriers", and what they ask for, a list "logins" that
 * may be missing (enrolment.c); and the way back (the caller's reference, NULL without
 * memory; of logins also where no carrier asks for one). */
void bw_json_carriers(struct bw_json *json, struct bw_carrier_list *ret_carriers);
json_t *bw_json_of_carriers(const struct bw_carrier_list *carriers);
json_t *bw_json_of_logins(const struct bw_carrier_list *carriers);
/* The organiser's keys in use (the caller's reference, NULL without memory). */
json_t *bw_json_of_keyring(const struct bw_keyring *keyring);
/* Before the first part of a text is made: memory that ended in another, which was given
 * up, is forgotten. What follows up to bw_json_write counts as one text. */
void bw_json_begin(void);
/* Writes the whole as compact ASCII; the caller frees. Takes `root`, NULL (there was no
 * memory for it) included. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_json_write(
    json_t *root, char **ret_text, struct bw_error *err);

#endif
