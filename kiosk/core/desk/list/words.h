/* What was typed or is somebody's name, as folded words to compare. Core alone; any
 * thread, nothing fails. Owns what it holds; the pointers in it point into it, so it
 * isn't copied. */
#ifndef BW_CORE_DESK_WORDS_H
#define BW_CORE_DESK_WORDS_H

#include <brugwachter/limits.h>
#include <stdbool.h>

enum { WORDS_MAX = 8 }; /* more are passed over */

struct words {
    char text[BW_NAME_BYTES * 2];
    const char *at[WORDS_MAX];
    int count;
};

/* Folds a text (text.h: bw_text_fold; `umlaut_e` as there) and parts it at blanks. */
void bw_desk_words_init(struct words *words, const char *text, bool umlaut_e);

/* Whether one of the words begins with what was typed, which is folded; it may be
 * several of them as one ("janwillem", "vanderberg"), and "vd" is "van der", "van den",
 * "van de". */
bool bw_desk_words_begin(const struct words *name, const char *typed);

/* Whether each word of the query begins a word of somebody's names, in either folding; an
 * empty query fits nobody. Names are valid UTF-8, as in a roster or details. */
bool bw_desk_words_fit(const char *query, const char *first_name, const char *name);

#endif
