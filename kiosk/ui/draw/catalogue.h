/* The languages that are installed: each is one catalogue, brugwachter-CODE.mo, from one
 * file of assets/translations. Nothing else names them.
 *
 * The folders are looked for in this order: the one given, $BW_LOCALE (tests), the build
 * tree's locale/ beside bin/, the installed one; the first that has Dutch and English
 * serves. Any thread. */
#ifndef BW_UI_CATALOGUE_H
#define BW_UI_CATALOGUE_H

#include <limits.h>
#include <stdbool.h>

enum { BW_LANGUAGES_MAX = 8, BW_LANGUAGE_CODE_BYTES = 4 };

struct bw_ui_catalogues {
    char dir[PATH_MAX];
    int count; /* by enum bw_language: Dutch, English, then by code */
    char codes[BW_LANGUAGES_MAX][BW_LANGUAGE_CODE_BYTES];
};

/* `given` may be NULL. False where there are none anywhere. */
bool bw_ui_catalogues_find(const char *given, struct bw_ui_catalogues *ret_catalogues);

#endif
