/* The framing of letters, what sealing and opening share: see letter.h, LETTERS.md. */
#include "exchange/letter/letter.h"

#include "exchange/letter/framing.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <string.h>

_Static_assert(NONCE_AT + NONCE_BYTES == BW_LETTER_HEAD_BYTES, "the head is whole");
_Static_assert(SEALED_KEY_BYTES == 80, "as LETTERS.md says");
_Static_assert(crypto_sign_BYTES == BW_LETTER_SIGNATURE_BYTES, "as in the header");

const char bw_letter_magic[4] = {'B', 'W', 'L', 'T'};

const char *
bw_letter_kind_name(enum bw_letter_kind kind)
{
    switch (kind) {
    case BW_LETTER_EVENTS:
        return BW_SAYS("events");
    case BW_LETTER_ROSTER:
        return BW_SAYS("roster");
    case BW_LETTER_INTRODUCTION:
        return BW_SAYS("introduction");
    }
    return BW_SAYS("unknown");
}

static const char *
context_of(enum bw_letter_kind kind)
{
    switch (kind) {
    case BW_LETTER_EVENTS:
        return "BWL-events";
    case BW_LETTER_ROSTER:
        return "BWL-roster";
    case BW_LETTER_INTRODUCTION:
        return "BWL-introduction";
    }
    return "";
}

bool
bw_letter_head_holds(const struct bw_letter_head *head)
{
    bool same = head->from <= head->to && head->to <= INT64_MAX;
    bool one = head->part == 1 && head->parts == 1;
    switch (head->kind) {
    case BW_LETTER_EVENTS:
        return same && one && head->writer > 0 && head->addressee == 0 &&
               head->session_no == 0 && head->epoch == 0 && head->counter <= INT64_MAX &&
               (head->from > 0 || head->to == 0);
    case BW_LETTER_ROSTER:
        return same && head->writer == 0 && head->addressee > 0 && head->session_no > 0 &&
               head->counter == 0 && head->from < head->to && head->part >= 1 &&
               head->part <= head->parts;
    case BW_LETTER_INTRODUCTION:
        return one && head->writer > 0 && head->addressee == 0 && head->session_no == 0 &&
               head->epoch == 0 && head->from == 0 && head->to == 0 && head->counter == 0;
    }
    return false;
}

void
bw_letter_reader_id(const uint8_t box_public[BW_BOX_KEY_BYTES],
    unsigned char ret_id[BW_LETTER_READER_ID_BYTES])
{
    static const char context[] = "BWL-reader";
    unsigned char digest[32];
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof digest);
    (void)crypto_generichash_update(
        &state, (const unsigned char *)context, sizeof context - 1);
    (void)crypto_generichash_update(&state, box_public, BW_BOX_KEY_BYTES);
    (void)crypto_generichash_final(&state, digest, sizeof digest);
    memcpy(ret_id, digest, BW_LETTER_READER_ID_BYTES);
}

void
bw_letter_commit_to(
    const unsigned char key[KEY_BYTES], unsigned char ret_digest[COMMITMENT_BYTES])
{
    static const char context[] = "BWL-commit";
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, COMMITMENT_BYTES);
    (void)crypto_generichash_update(
        &state, (const unsigned char *)context, sizeof context - 1);
    (void)crypto_generichash_update(&state, key, KEY_BYTES);
    (void)crypto_generichash_final(&state, ret_digest, COMMITMENT_BYTES);
}

size_t
bw_letter_signed_bytes(enum bw_letter_kind kind, const unsigned char *letter,
    size_t length, unsigned char ret_bytes[CONTEXT_BYTES_MAX + DIGEST_BYTES])
{
    const char *context = context_of(kind);
    size_t context_bytes = strlen(context) + 1;
    assert(context_bytes <= CONTEXT_BYTES_MAX);
    memcpy(ret_bytes, context, context_bytes);
    (void)crypto_generichash(
        ret_bytes + context_bytes, DIGEST_BYTES, letter, length, NULL, 0);
    return context_bytes + DIGEST_BYTES;
}

enum bw_status
bw_letter_no_memory(enum bw_letter_kind kind, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "holding a letter (%s): out of memory; close other programs",
        bw_said(bw_letter_kind_name(kind)));
}
