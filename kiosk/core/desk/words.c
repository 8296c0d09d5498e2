/* Folded words: see words.h. */
#include "words.h"

#include <brugwachter/text.h>

#include <string.h>

/* Folded, so that words are parted by single or double blanks alone. */
static void
split(struct words *words)
{
    words->count = 0;
    char *rest = words->text;
    for (char *word; words->count < WORDS_MAX && (word = strsep(&rest, " ")) != NULL;) {
        if (word[0] != '\0') {
            words->at[words->count++] = word;
        }
    }
}

void
bw_desk_words_init(struct words *words, const char *text, bool umlaut_e)
{
    bw_text_fold(text, umlaut_e, words->text, sizeof words->text);
    split(words);
}

bool
bw_desk_words_begin(const struct words *name, const char *typed)
{
    for (int i = 0; i < name->count; i++) {
        if (strncmp(name->at[i], typed, strlen(typed)) == 0) {
            return true;
        }
    }
    return false;
}

bool
bw_desk_words_fit(const char *query, const char *first_name, const char *name)
{
    struct words typed;
    bw_desk_words_init(&typed, query, false);
    for (int form = 0; form < 2; form++) {
        struct words first;
        struct words last;
        bw_desk_words_init(&first, first_name, form == 1);
        bw_desk_words_init(&last, name, form == 1);
        bool fits = typed.count > 0;
        for (int i = 0; fits && i < typed.count; i++) {
            fits = bw_desk_words_begin(&first, typed.at[i]) ||
                   bw_desk_words_begin(&last, typed.at[i]);
        }
        if (fits) {
            return true;
        }
    }
    return false;
}
