/* Registration codes: 40 random bits, shown as K7QM-2XRD.
 *
 * Crockford base32 (https://www.crockford.com/base32.html) without check symbol, most
 * significant character first. Any thread; nothing allocates. Texts end with NUL; the
 * caller owns them all. */
#ifndef BRUGWACHTER_CODE_H
#define BRUGWACHTER_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t bw_code; /* 0 .. 2^40 - 1 */

#define BW_CODE_NONE UINT64_MAX /* no code: a walk-in before the merge */

enum { BW_CODE_BYTES = 9, BW_CODE_SHOWN_BYTES = 10 };

/* A new code of 40 bits from the system's random source (libsodium). bw_core_init first;
 * doesn't fail then. Whether it was given before is the caller's to look up. */
bw_code bw_code_random(void);

/* The same, `count` of them for little more than one. */
void bw_code_random_many(bw_code *ret_codes, size_t count);

/* `K7QM2XRD`, as in JSON and CSV: 9 bytes, NUL included. BW_CODE_NONE has no
 * text: it may not be given (asserted). */
void bw_code_format(bw_code code, char ret_text[BW_CODE_BYTES]);

/* `K7QM-2XRD`, as people see it: 10 bytes; as above. */
void bw_code_format_shown(bw_code code, char ret_text[BW_CODE_SHOWN_BYTES]);

/* Reads what people type: lower case, spaces and hyphens anywhere, O for 0, I and
 * L for 1. False where it isn't eight such characters; *ret_code is untouched then. */
bool bw_code_parse(const char *text, bw_code *ret_code);

/* True where the text can only be meant as a code: eight base32 characters, at least one
 * of which is a digit, or four, a hyphen, four. Staff's and attendees' search boxes use
 * it. */
bool bw_code_is_likely(const char *text);

#endif
