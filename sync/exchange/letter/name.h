/* Names of letters, written once and never used again.
 *
 *   bw-events-DEVICE-FROM-TO-HASH8.bwe
 *   bw-roster-DEVICE-FROMREV-TOREV-HASH8.bwr
 *   bw-introduction-DEVICE-HASH8.bwi
 *
 * LN1 a name says nothing that is trusted: it only tells what is worth reading.
 * Any thread; nothing here fails. */
#ifndef BW_LETTER_NAME_H
#define BW_LETTER_NAME_H

#include "exchange/letter/letter.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_LETTER_NAME_BYTES = 96 };

struct bw_letter_name {
    enum bw_letter_kind kind;
    uint32_t device;   /* events, introduction: the writer; roster: the addressee */
    uint64_t from, to; /* events: seqs; roster: revisions; introduction: 0 0 */
    uint32_t hash8;    /* first 4 bytes of BLAKE2b-256 of the whole letter */
};

/* Strict: no leading zeros, lower-case hex, device from 1, from <= to, both at most
 * INT64_MAX, nothing before or after. False leaves *ret_name as it was. */
bool bw_letter_name_parse(const char *text, struct bw_letter_name *ret_name);

/* Writes a name whose numbers could be parsed; it always fits. */
void bw_letter_name_format(
    const struct bw_letter_name *name, char ret_text[BW_LETTER_NAME_BYTES]);

/* The name of a finished letter of letter_bytes, whose head it is. */
void bw_letter_name_of(const struct bw_letter_head *head, const unsigned char *letter,
    size_t letter_bytes, char ret_text[BW_LETTER_NAME_BYTES]);

/* Whether the bytes are those that the name was given to; a cut or altered one isn't. */
bool bw_letter_name_fits(
    const struct bw_letter_name *name, const unsigned char *letter, size_t letter_bytes);
/* The same, of a letter whose BLAKE2b-256 is known already. */
bool bw_letter_name_fits_hash(
    const struct bw_letter_name *name, const uint8_t hash[BW_HASH_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
