/* How alike two names are: a letter mistyped, a letter damaged on the way. Any thread; no
 * allocation, nothing fails. */
#ifndef BW_SYNC_LIKENESS_H
#define BW_SYNC_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a text was damaged before it came: UTF-8 that was taken for Windows-1252 once
 * ("ZoÃ«"), a letter of another code page ("Zo‘", "Ren‚"), one that was lost ("Ay?e").
 * Guessed: a text may look so and be right. */
bool bw_likeness_is_damaged(const char *text);

/* Folds a text (bw_text_fold), each damaged letter as one '?'. */
void bw_likeness_fold(const char *text, char *ret_fold, size_t capacity);

/* Whether two texts so folded may be the same: a '?' of the one is any letter of the
 * other. */
bool bw_likeness_fits(const char *fold, const char *other);

/* Whether two folded names are within two letters of each other. Names with digits in
 * them are not people's, and only like themselves. */
bool bw_likeness_within_two(const char *fold, const char *other);

/* Whether two folded names are nearly the same: within two letters (one in a short name),
 * or the first name of the one is the other's initial. Digits as above. */
bool bw_likeness_is_near(const char *fold, const char *other);

/* What a folded name is made of: who compares with many keeps it beside each. */
struct bw_likeness_mark {
    uint32_t letters; /* which there are, by their last five bits */
    uint16_t bytes;
    bool digits;
    bool open; /* an initial or a '?': the letters tell nothing */
};

/* The mark of a folded name. */
struct bw_likeness_mark bw_likeness_mark_of(const char *fold);

/* False: bw_likeness_is_near is false of the two names. True tells nothing. */
bool bw_likeness_may_be_near(struct bw_likeness_mark one, struct bw_likeness_mark other);

#endif
