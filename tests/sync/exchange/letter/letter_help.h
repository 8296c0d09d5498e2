/* Letters for tests: known identities, and one letter of each kind. */
#ifndef BW_TESTS_LETTER_HELP_H
#define BW_TESTS_LETTER_HELP_H

#include "exchange/letter/events.h"
#include "exchange/letter/introduction.h"
#include "exchange/letter/roster.h"

/* The identity of a seed of 32 bytes `which`. */
struct bw_identity letter_identity(uint8_t which);

/* An events letter's content of device 3, events 1..count, one with sealed details. The
 * caller frees. */
unsigned char *letter_events(
    uint64_t count, struct bw_events_letter *ret_letter, size_t *ret_bytes);
extern const uint8_t letter_details_key[BW_DETAILS_KEY_BYTES];

/* A roster letter's content for device 3, session 7, with a row of each kind. */
char *letter_roster(struct bw_roster_letter *ret_letter);

/* Seals `content` by `writer` for `reader`; the caller frees. */
unsigned char *letter_sealed(const struct bw_letter_head *head,
    const struct bw_identity *writer, const struct bw_identity *reader,
    const void *content, size_t content_bytes, size_t *ret_bytes);

#endif
