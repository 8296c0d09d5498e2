/* Which languages there are: see catalogue.h. */
#include "catalogue.h"

#include "beside.h"
#include "flow/view.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Two or three small letters, and a catalogue. */
static bool
is_language(const char *dir, const char *code)
{
    char path[PATH_MAX + 64]; /* a code has three letters at most */
    size_t letters = strspn(code, "abcdefghijklmnopqrstuvwxyz");
    if (code[letters] != '\0' || letters < 2 || letters >= BW_LANGUAGE_CODE_BYTES) {
        return false;
    }
    snprintf(
        path, sizeof path, "%s/%.3s/LC_MESSAGES/brugwachter-%.3s.mo", dir, code, code);
    return access(path, R_OK) == 0;
}

static int
by_code(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void
add_others(struct bw_ui_catalogues *catalogues)
{
    DIR *folder = opendir(catalogues->dir);
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        bool known = strcmp(entry->d_name, "nl") == 0 || strcmp(entry->d_name, "en") == 0;
        if (!known && catalogues->count < BW_LANGUAGES_MAX &&
            is_language(catalogues->dir, entry->d_name)) {
            (void)strcpy(catalogues->codes[catalogues->count++], entry->d_name);
        }
    }
    if (folder) {
        closedir(folder);
    }
    qsort(catalogues->codes + BW_ENGLISH + 1,
        (size_t)(catalogues->count - BW_ENGLISH - 1), sizeof catalogues->codes[0],
        by_code);
}

bool
bw_ui_catalogues_find(const char *given, struct bw_ui_catalogues *ret_catalogues)
{
    char built[PATH_MAX], installed[PATH_MAX];
    bw_ui_beside_program("../locale", built);
    bw_ui_beside_program(BW_LOCALE_BESIDE, installed);
    const char *places[] = {given, getenv("BW_LOCALE"), built, installed, BW_LOCALE_DIR};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (places[i] && is_language(places[i], "nl") && is_language(places[i], "en")) {
            memset(ret_catalogues, 0, sizeof *ret_catalogues);
            snprintf(ret_catalogues->dir, sizeof ret_catalogues->dir, "%s", places[i]);
            (void)strcpy(ret_catalogues->codes[BW_DUTCH], "nl");
            (void)strcpy(ret_catalogues->codes[BW_ENGLISH], "en");
            ret_catalogues->count = BW_ENGLISH + 1;
            add_others(ret_catalogues);
            return true;
        }
    }
    return false;
}
