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

/* "vd" for the words "van der", "van den", "van de"; how many words that is, or 0. */
static int
brief_prefix(const struct words *name, int from, const char *typed)
{
    static const char *const seconds[] = {"der", "den", "de"};
    if (strncmp(typed, "vd", 2) != 0 || from + 1 >= name->count ||
        strcmp(name->at[from], "van") != 0) {
        return 0;
    }
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        if (strcmp(name->at[from + 1], seconds[i]) == 0) {
            return 2;
        }
    }
    return 0;
}

/* What was typed, from that word on, whatever blanks were left out. */
static bool
begins_at(const struct words *name, int from, const char *typed)
{
    while (*typed != '\0') {
        if (from >= name->count) {
            return false;
        }
        int brief = brief_prefix(name, from, typed);
        size_t bytes = strlen(name->at[from]);
        if (brief > 0) {
            typed += 2;
            from += brief;
        } else if (strncmp(name->at[from], typed, strlen(typed)) == 0) {
            return true;
        } else if (strncmp(name->at[from], typed, bytes) == 0) {
            typed += bytes;
            from++;
        } else {
            return false;
        }
    }
    return true;
}

bool
bw_desk_words_begin(const struct words *name, const char *typed)
{
    for (int i = 0; i < name->count; i++) {
        if (begins_at(name, i, typed)) {
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
