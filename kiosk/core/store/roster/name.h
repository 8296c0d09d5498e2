/* How a name is put in order and found: the words of the full-text index, the sort key,
 * and the row id that packs it. Core alone; no SQL. Any thread; nothing fails. Texts are
 * borrowed, and written into the caller's room, which always suffices. */
#ifndef BW_CORE_STORE_NAME_H
#define BW_CORE_STORE_NAME_H

#include <brugwachter/limits.h>
#include <brugwachter/session.h>

enum {
    /* A folded letter is at most four bytes for each of its own. */
    STORE_FOLD_BYTES = 4 * BW_NAME_BYTES,
    STORE_SORT_BYTES = 2 * STORE_FOLD_BYTES,
    STORE_WORDS_BYTES = 4 * STORE_FOLD_BYTES + 4,
    STORE_MATCH_BYTES = 16 * 1024, /* ten words, each with the ways to part it */
    STORE_ID_SPARE_BITS = 22,      /* ids for people whose names begin the same */
};

/* "fatima el amrani", with "mueller" beside "muller". */
void bw_store_name_words(
    const struct bw_registration *registration, char ret_words[STORE_WORDS_BYTES]);

/* Last name without its particles (de Vries stands under V), then first name, folded.
 * strcmp puts these in order. A row that an earlier version wrote keeps its key until the
 * person is written anew. */
void bw_store_name_sort_key(
    const struct bw_registration *registration, char ret_key[STORE_SORT_BYTES]);

/* The first row id (a plain number) of those whose sort key begins as this one does.
 * Never falls as keys rise. */
int64_t bw_store_name_first_id(const char *sort_key);

/* A full-text expression that wants every word of `query` as the beginning of a word, or
 * of two that were typed as one ("darcy", "janwillem", "vanderberg"); "vd" stands for
 * "van der", "van den" and "van de". False where there's no word in it. */
bool bw_store_name_match(const char *query, char ret_match[STORE_MATCH_BYTES]);

#endif
