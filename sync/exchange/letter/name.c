/* See name.h. */
#include "exchange/letter/name.h"

#include "exchange/letter/wire.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const struct {
    enum bw_letter_kind kind;
    const char *before, *after;
    bool ranges;
} forms[] = {
    {BW_LETTER_EVENTS, "bw-events-", ".bwe", true},
    {BW_LETTER_ROSTER, "bw-roster-", ".bwr", true},
    {BW_LETTER_INTRODUCTION, "bw-introduction-", ".bwi", false},
};

/* A number without leading zeros, at most `most`; moves *inout_at past it. */
static bool
read_number(const char **inout_at, uint64_t most, uint64_t *ret_number)
{
    const char *at = *inout_at;
    uint64_t number = 0;
    if (*at < '0' || *at > '9' || (at[0] == '0' && at[1] >= '0' && at[1] <= '9')) {
        return false;
    }
    for (; *at >= '0' && *at <= '9'; at++) {
        uint64_t digit = (uint64_t)(*at - '0');
        if (number > (most - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
    }
    *inout_at = at;
    *ret_number = number;
    return true;
}

static bool
skip_text(const char **inout_at, const char *text)
{
    size_t length = strlen(text);
    if (strncmp(*inout_at, text, length) != 0) {
        return false;
    }
    *inout_at += length;
    return true;
}

static bool
hash8_take(const char **inout_at, uint32_t *ret_hash8)
{
    uint32_t hash8 = 0;
    for (int i = 0; i < 8; i++) {
        char c = (*inout_at)[i];
        bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
        if (!digit && !letter) {
            return false;
        }
        hash8 = hash8 << 4 | (uint32_t)(digit ? c - '0' : c - 'a' + 10);
    }
    *inout_at += 8;
    *ret_hash8 = hash8;
    return true;
}

static bool
ranges_take(const char **inout_at, struct bw_letter_name *name)
{
    return read_number(inout_at, INT64_MAX, &name->from) && skip_text(inout_at, "-") &&
           read_number(inout_at, INT64_MAX, &name->to) && skip_text(inout_at, "-") &&
           name->from <= name->to;
}

bool
bw_letter_name_parse(const char *text, struct bw_letter_name *ret_name)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct bw_letter_name name = {.kind = forms[i].kind};
        uint64_t device = 0;
        const char *at = text;
        if (skip_text(&at, forms[i].before) && read_number(&at, UINT32_MAX, &device) &&
            device > 0 && skip_text(&at, "-") &&
            (!forms[i].ranges || ranges_take(&at, &name)) &&
            hash8_take(&at, &name.hash8) && skip_text(&at, forms[i].after) &&
            *at == '\0') {
            name.device = (uint32_t)device;
            *ret_name = name;
            return true;
        }
    }
    return false;
}

void
bw_letter_name_format(
    const struct bw_letter_name *name, char ret_text[BW_LETTER_NAME_BYTES])
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (forms[i].kind != name->kind) {
            continue;
        }
        if (forms[i].ranges) {
            (void)snprintf(ret_text, BW_LETTER_NAME_BYTES,
                "%s%" PRIu32 "-%" PRIu64 "-%" PRIu64 "-%08" PRIx32 "%s", forms[i].before,
                name->device, name->from, name->to, name->hash8, forms[i].after);
        } else {
            (void)snprintf(ret_text, BW_LETTER_NAME_BYTES,
                "%s%" PRIu32 "-%08" PRIx32 "%s", forms[i].before, name->device,
                name->hash8, forms[i].after);
        }
    }
}

enum { HASH8_BYTES = 4 };

static uint32_t
hash8_of(const unsigned char *letter, size_t letter_bytes)
{
    uint8_t hash[BW_HASH_BYTES];
    (void)crypto_generichash(hash, sizeof hash, letter, letter_bytes, NULL, 0);
    return (uint32_t)wire_get(hash, HASH8_BYTES);
}

void
bw_letter_name_of(const struct bw_letter_head *head, const unsigned char *letter,
    size_t letter_bytes, char ret_text[BW_LETTER_NAME_BYTES])
{
    struct bw_letter_name name = {.kind = head->kind,
        .device = head->kind == BW_LETTER_ROSTER ? head->addressee : head->writer,
        .from = head->from,
        .to = head->to,
        .hash8 = hash8_of(letter, letter_bytes)};
    bw_letter_name_format(&name, ret_text);
}

bool
bw_letter_name_fits(
    const struct bw_letter_name *name, const unsigned char *letter, size_t letter_bytes)
{
    return hash8_of(letter, letter_bytes) == name->hash8;
}

bool
bw_letter_name_fits_hash(
    const struct bw_letter_name *name, const uint8_t hash[BW_HASH_BYTES])
{
    return wire_get(hash, HASH8_BYTES) == name->hash8;
}
