/* What stands in a mail's sentences for {first} and so on: names in braces, filled in
 * with what they are for somebody. A sentence that the organiser writes has them in the
 * language of the mail ({voornaam}); ours, and what is kept, has those below. Any
 * thread. */
#ifndef BW_SYNC_LETTER_FILL_H
#define BW_SYNC_LETTER_FILL_H

#include "central/base/wording.h"

#include <brugwachter/limits.h>
#include <stdbool.h>
#include <stdio.h>

enum bw_letter_fill_name {
    BW_LETTER_FILL_FIRST,
    BW_LETTER_FILL_LAST,
    BW_LETTER_FILL_TITLE,
    BW_LETTER_FILL_DATE, /* dinsdag 18 maart */
    BW_LETTER_FILL_DAY,  /* … 2025 */
    BW_LETTER_FILL_FROM,
    BW_LETTER_FILL_TO,
    BW_LETTER_FILL_DOORS,
    BW_LETTER_FILL_VENUE,
    BW_LETTER_FILL_ADDRESS,
    BW_LETTER_FILL_WAS,
    BW_LETTER_FILL_NUMBER,
    BW_LETTER_FILL_CAPACITY,
    BW_LETTER_FILL_WHO,
    BW_LETTER_FILL_PHONE,
    BW_LETTER_FILL_CODE,
    BW_LETTER_FILL_SESSION,
    BW_LETTER_FILL_PRIVACY,
    BW_LETTER_FILL_NAMES
};

enum { BW_LETTER_FILL_BYTES = 2 * BW_TITLE_BYTES };

/* By name. */
struct bw_letter_fill {
    char values[BW_LETTER_FILL_NAMES][BW_LETTER_FILL_BYTES];
};

/* The name as the organiser writes it, without braces. Static. */
const char *bw_letter_fill_shown(
    enum bw_wording_language language, enum bw_letter_fill_name name);

/* Writes a sentence with its names filled in; one that is none is nothing. A stream that
 * failed says so itself. */
void bw_letter_fill_write(
    const struct bw_letter_fill *fill, const char *sentence, FILE *out);

/* A text with the names as the organiser writes them, from ours; the caller frees, NULL
 * without memory. */
char *bw_letter_fill_show(enum bw_wording_language language, const char *text);

/* The way back, from either. False where something in braces is no name, or a brace
 * stands alone: ret_wrong is it, in as many bytes as fit. *ret_text is the caller's; NULL
 * without memory. */
bool bw_letter_fill_take(enum bw_wording_language language, const char *typed,
    char **ret_text, char ret_wrong[BW_NAME_BYTES]);

#endif
