/* The order of lists on paper: see surname.h. */
#include "office/ticket/surname.h"

#include <brugwachter/text.h>
#include <stdio.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES };

static int
folded_compare(const char *text, const char *other)
{
    char folds[2][FOLD_BYTES];
    bw_text_fold(text, false, folds[0], sizeof folds[0]);
    bw_text_fold(other, false, folds[1], sizeof folds[1]);
    return strcmp(folds[0], folds[1]);
}

int
bw_surname_compare(const char *name, const char *first_name, const char *other_name,
    const char *other_first_name)
{
    int order = folded_compare(bw_name_proper(name), bw_name_proper(other_name));
    return order != 0 ? order : folded_compare(first_name, other_first_name);
}

size_t
bw_surname_write(
    const char *name, const char *first_name, char ret_words[BW_SURNAME_BYTES])
{
    const char *proper = bw_name_proper(name);
    size_t before = (size_t)(proper - name);
    while (before > 0 && name[before - 1] == ' ') {
        before--;
    }
    if (proper[0] == '\0') {
        (void)snprintf(ret_words, BW_SURNAME_BYTES, "%s", first_name);
        return strlen(ret_words);
    }
    (void)snprintf(ret_words, BW_SURNAME_BYTES, "%s, %s%s%.*s", proper, first_name,
        before > 0 ? " " : "", (int)before, name);
    return strlen(proper);
}
