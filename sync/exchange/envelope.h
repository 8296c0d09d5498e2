/* Files for USB: sealed to the one who may read, signed by the one who wrote.
 *
 *   magic       4   "BWR1" a kiosk's roster, "BWE1" a kiosk's events
 *   device      4   the kiosk; integers are big-endian
 *   from, to    8+8 BWR1: 0 and the roster's revision; BWE1: first and last seq (0: none)
 *   length      4   of the sealed content
 *   signature   64  Ed25519
 *   content     crypto_box_seal (X25519, XSalsa20-Poly1305) of the letter
 *
 * What is signed: a context of the kind, its NUL, and BLAKE2b-512 over the first 28 bytes
 * and the content. So the reader knows who wrote before anything is opened; and no
 * signature of ours fits another use: a ticket's begins "BW1" and has 14 bytes.
 *
 * V1 nothing of a file but its head is looked at before a signature holds.
 * V2 a file that is cut or longer than it says is refused.
 *
 * A kiosk's two pairs come from one seed, apart by crypto_kdf: Ed25519 for its hand,
 * X25519 for its letter box. The organiser's are in keys.h. Any thread. */
#ifndef BW_SYNC_ENVELOPE_H
#define BW_SYNC_ENVELOPE_H

#include "central/keys.h"
#include "exchange/letter/identity.h"

#include <brugwachter/ticket.h>
#include <stdbool.h>
#include <stddef.h>

enum { BW_ENVELOPE_BYTES_MAX = 256 * 1024 * 1024 };

enum bw_envelope_kind { BW_ENVELOPE_ROSTER, BW_ENVELOPE_EVENTS };

void bw_identity_of_organiser(
    const struct bw_keys *keys, struct bw_identity *ret_identity);

struct bw_envelope_head {
    enum bw_envelope_kind kind;
    uint32_t device;
    uint64_t from, to;
};

/* Seals and signs `letter`. The caller frees *ret_bytes. */
BW_NODISCARD enum bw_status bw_envelope_close(const struct bw_envelope_head *head,
    const uint8_t sign_secret[BW_SECRET_KEY_BYTES],
    const uint8_t box_public[BW_BOX_KEY_BYTES], const void *letter, size_t letter_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err);

/* Reads the head alone: who it is from or for. BW_BAD_INPUT where it's no such file or
 * cut. */
BW_NODISCARD enum bw_status bw_envelope_head_read(enum bw_envelope_kind kind,
    const unsigned char *bytes, size_t length, struct bw_envelope_head *ret_head,
    struct bw_error *err);

/* Checks that the holder of `sign_public` signed, then opens. The caller frees
 * *ret_letter; a NUL follows it that isn't counted. BW_BAD_INPUT: altered, cut, or signed
 * or sealed for others. */
BW_NODISCARD enum bw_status bw_envelope_open(enum bw_envelope_kind kind,
    const unsigned char *bytes, size_t length,
    const uint8_t sign_public[BW_PUBLIC_KEY_BYTES], const struct bw_identity *reader,
    char **ret_letter, size_t *ret_letter_bytes, struct bw_error *err);

#endif
