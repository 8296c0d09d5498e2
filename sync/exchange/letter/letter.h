/* A letter: sealed to who may read, signed by who wrote, the same by whatever road
 * (design: letters; LETTERS.md has the bytes and vectors).
 *
 * LT1 nothing but the head's shape is looked at before the signature holds, by the key
 *    that the reader trusts for that writer, over head, reader list and content alike.
 * LT2 a letter that is cut, or longer than it says, is refused.
 * LT3 the commitment to the content key is checked before anything is decrypted with
 *    it: one letter can't say one thing to one reader, and another thing to another.
 * LT4 the head is associated data of the content.
 * LT5 the content repeats kind, writer and numbers; events.h, roster.h and
 *    introduction.h compare them.
 *
 * Any thread. bw_core_init first. */
#ifndef BW_LETTER_LETTER_H
#define BW_LETTER_LETTER_H

#include "exchange/letter/identity.h"

#include <brugwachter/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_LETTER_BYTES_MAX = 64 * 1024 * 1024,
    BW_LETTER_READERS_MAX = 64,
    BW_LETTER_HEAD_BYTES = 144, /* without the readers */
    BW_LETTER_READER_ID_BYTES = 16,
    BW_LETTER_SIGNATURE_BYTES = 64,
};

/* The numbers stand in the letter. */
enum bw_letter_kind {
    BW_LETTER_EVENTS = 1, /* kiosk to organiser and to the other kiosks of its sessions */
    BW_LETTER_ROSTER,     /* organiser to one kiosk */
    BW_LETTER_INTRODUCTION, /* kiosk with a one-time key: "these are my own keys" */
};

/* "events", "roster", "introduction". Static: nobody frees it; never NULL. */
const char *bw_letter_kind_name(enum bw_letter_kind kind);

/* What the first bytes say. Nothing of it is trusted before bw_letter_open. */
struct bw_letter_head {
    enum bw_letter_kind kind;
    uint32_t writer;      /* device; 0: the organiser */
    uint32_t addressee;   /* roster: the device that it is for; else 0 */
    uint32_t session_no;  /* roster: its session; else 0 */
    uint32_t epoch;       /* roster; else 0 */
    uint64_t from, to;    /* events: first and last seq, 0 0: none; roster: revisions */
    uint64_t counter;     /* events: the hello's; else 0 */
    uint16_t part, parts; /* roster: 1-based; else 1 1 */
    uint8_t signer[BW_PUBLIC_KEY_BYTES]; /* given by seal; told by read */
};

/* One who may read: an X25519 public key. */
struct bw_letter_reader {
    uint8_t box[BW_BOX_KEY_BYTES];
};

/* Seals `content` to each of `readers` (1 to BW_LETTER_READERS_MAX) and signs with
 * `writer`'s hand; head->signer is not looked at. *ret_letter is the caller's to free.
 * BW_FULL: over BW_LETTER_BYTES_MAX. BW_BAD_INPUT: a reader's key is
 * no key. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_letter_seal(const struct bw_letter_head *head,
    const struct bw_identity *writer, const struct bw_letter_reader *readers,
    int readers_count, const void *content, size_t content_bytes,
    unsigned char **ret_letter, size_t *ret_letter_bytes, struct bw_error *err);

/* Reads the head: shape, numbers and length alone, so nothing of it is proved. For the
 * reader to find which key it trusts for that writer. BW_BAD_INPUT: no letter, cut,
 * longer than it says, or numbers that no such kind has.
 * BW_NEWER: a version not known here. */
BW_NODISCARD enum bw_status bw_letter_read_head(const unsigned char *letter,
    size_t letter_bytes, struct bw_letter_head *ret_head, struct bw_error *err);

/* Whether the holder of `box_public` is among the readers that a letter names. Only for a
 * letter whose head bw_letter_read_head took. Not proved either. */
bool bw_letter_is_for(const unsigned char *letter, size_t letter_bytes,
    const uint8_t box_public[BW_BOX_KEY_BYTES]);

/* Checks (LT1 to LT5) and opens. `trusted` is the Ed25519 key that the reader knows for
 * this writer from elsewhere: a roster, an enrolment; never the head's own word.
 * *ret_content is the caller's to free (bw_letter_content_free); a NUL follows it that
 * isn't counted. BW_BAD_INPUT: cut, altered, or not as its commitment says. BW_REFUSED:
 * signed by another key than `trusted`, or `reader` is none of its readers.
 * BW_NEWER. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_letter_open(const unsigned char *letter,
    size_t letter_bytes, const uint8_t trusted[BW_PUBLIC_KEY_BYTES],
    const struct bw_identity *reader, struct bw_letter_head *ret_head, char **ret_content,
    size_t *ret_content_bytes, struct bw_error *err);

/* Overwrites and frees. NULL is fine. */
void bw_letter_content_free(char *content, size_t content_bytes);

#ifdef __cplusplus
}
#endif

#endif
