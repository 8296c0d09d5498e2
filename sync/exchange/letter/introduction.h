/* What an introduction holds: the keys that a kiosk made itself at its first start,
 * and its store's id. The letter is signed with the one-time key of its enrolment,
 * what it says with the new one. JSON; LETTERS.md has the fields. Any thread. */
#ifndef BW_LETTER_INTRODUCTION_H
#define BW_LETTER_INTRODUCTION_H

#include "exchange/letter/letter.h"

#ifdef __cplusplus
extern "C" {
#endif

struct bw_introduction {
    uint32_t device;
    uint8_t store_id[32];
    struct bw_identity_public own;
    uint8_t first_sign[BW_PUBLIC_KEY_BYTES]; /* the one-time key that signs the letter */
    uint8_t signature[BW_LETTER_SIGNATURE_BYTES]; /* by own.sign, over all the others */
};

/* Says it, signed by `own`; `first` is the enrolment's one-time identity. */
void bw_introduction_make(uint32_t device, const uint8_t store_id[32],
    const struct bw_identity *own, const struct bw_identity *first,
    struct bw_introduction *ret_introduction);

/* Fills kind and writer of the head that such a letter is sealed with (by `first`). */
void bw_introduction_head(
    const struct bw_introduction *introduction, struct bw_letter_head *ret_head);

/* The content; the caller frees. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_introduction_write(
    const struct bw_introduction *introduction, char **ret_text, struct bw_error *err);

/* Reads an opened letter's content. BW_BAD_INPUT: a field or the new key's signature
 * doesn't hold, another writer or one-time key than the head's (LT5). BW_NEWER. */
BW_NODISCARD enum bw_status bw_introduction_read(const struct bw_letter_head *head,
    const void *content, size_t content_bytes, struct bw_introduction *ret_introduction,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
