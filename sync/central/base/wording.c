/* Sentences by gettext: see wording.h. */
#include "central/base/wording.h"

#include "central/base/output.h"

#include <brugwachter/said.h>
#include <libintl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME_BYTES = 32, BLANKS_MAX = 8 };

/* gettext's domains. */
static const struct {
    const char *code, *domains[BW_WORDING_PAPER + 1];
} languages[BW_WORDING_LANGUAGES] = {
    [BW_WORDING_DUTCH] = {"nl",
        {"brugwachter-nl", "brugwachter-desk-nl", "brugwachter-paper-nl"}},
    [BW_WORDING_ENGLISH] = {"en",
        {"brugwachter-en", "brugwachter-desk-en", "brugwachter-paper-en"}},
};

const char *
bw_wording_code(enum bw_wording_language language)
{
    return languages[language].code;
}

bool
bw_wording_parse(const char *code, enum bw_wording_language *ret_language)
{
    for (int i = 0; i < BW_WORDING_LANGUAGES; i++) {
        if (strcmp(languages[i].code, code) == 0) {
            *ret_language = (enum bw_wording_language)i;
            return true;
        }
    }
    return false;
}

/* ---- the catalogues ---- */

static bool
holds_all(const char *folder)
{
    for (int l = 0; l < BW_WORDING_LANGUAGES; l++) {
        for (int d = 0; d <= BW_WORDING_PAPER; d++) {
            char path[PATH_MAX + NAME_BYTES * 2];
            (void)snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/%s.mo", folder,
                languages[l].code, languages[l].domains[d]);
            if (access(path, R_OK) != 0) {
                return false;
            }
        }
    }
    return true;
}

static void
bind_all(const char *folder)
{
    bw_said_open(folder, "office");
    for (int l = 0; l < BW_WORDING_LANGUAGES; l++) {
        for (int d = 0; d <= BW_WORDING_PAPER; d++) {
            (void)bindtextdomain(languages[l].domains[d], folder);
            (void)bind_textdomain_codeset(languages[l].domains[d], "UTF-8");
        }
    }
}

enum bw_status
bw_wording_open(const char *locale_dir, struct bw_error *err)
{
    static bool opened;
    char built[PATH_MAX], deeper[PATH_MAX], installed[PATH_MAX];
    if (opened) {
        return BW_OK;
    }
    bw_path_beside("../locale", built);
    bw_path_beside("../../locale", deeper); /* of what is built for a bench */
    bw_path_beside(BW_LOCALE_BESIDE, installed);
    const char *places[] = {
        locale_dir, getenv("BW_LOCALE"), built, deeper, installed, BW_LOCALE_DIR};
    for (size_t i = 0; !opened && i < sizeof places / sizeof places[0]; i++) {
        if (places[i] != NULL && holds_all(places[i])) {
            bind_all(places[i]);
            opened = true;
        }
    }
    return opened ? BW_OK
                  : bw_error_set(err, BW_NOT_FOUND, 0,
                        "looking for the texts in Dutch and English: no translation is "
                        "installed in %s; install the program again",
                        BW_LOCALE_DIR);
}

/* ---- who reads ---- */

void
bw_wording_speak(enum bw_wording_language language)
{
    bw_said_speak(bw_wording_code(language));
}

enum bw_wording_language
bw_wording_spoken(void)
{
    enum bw_wording_language language = BW_WORDING_ENGLISH;
    (void)bw_wording_parse(bw_said_spoken(), &language);
    return language;
}

/* ---- the sentences ---- */

const char *
bw_wording_of(enum bw_wording_language language, enum bw_wording_domain domain,
    const char *key, unsigned long n)
{
    return dngettext(languages[language].domains[domain], key, key, n);
}

const char *
bw_wording(enum bw_wording_language language, const char *key)
{
    return bw_wording_of(language, BW_WORDING_PAPER, key, 1);
}

struct blank {
    const char *name, *text;
};

/* The blank that the text begins with; NULL for none. */
static const struct blank *
blank_at(const struct blank *blanks, int count, const char *text)
{
    for (int i = 0; i < count; i++) {
        size_t length = strlen(blanks[i].name);
        if (text[0] == '{' && strncmp(text + 1, blanks[i].name, length) == 0 &&
            text[1 + length] == '}') {
            return &blanks[i];
        }
    }
    return NULL;
}

void
bw_wording_say(char ret_text[BW_WORDING_SAID_BYTES], enum bw_wording_language language,
    const char *key, int64_t n, ...)
{
    va_list pairs;
    va_start(pairs, n);
    bw_wording_say_pairs(ret_text, language, key, n, pairs);
    va_end(pairs);
}

void
bw_wording_say_pairs(char ret_text[BW_WORDING_SAID_BYTES],
    enum bw_wording_language language, const char *key, int64_t n, va_list pairs)
{
    struct blank blanks[BLANKS_MAX];
    int count = 0;
    for (const char *name;
         count < BLANKS_MAX && (name = va_arg(pairs, const char *)) != NULL; count++) {
        blanks[count] = (struct blank){name, va_arg(pairs, const char *)};
    }
    const char *text =
        bw_wording_of(language, BW_WORDING_PAPER, key, (unsigned long)(n < 0 ? 0 : n));
    size_t used = 0;
    ret_text[0] = '\0';
    while (*text != '\0' && used + 1 < BW_WORDING_SAID_BYTES) {
        const struct blank *blank = blank_at(blanks, count, text);
        size_t plain = strcspn(text + 1, "{") + 1;
        int wrote = snprintf(ret_text + used, BW_WORDING_SAID_BYTES - used, "%.*s",
            blank != NULL ? INT_MAX : (int)plain, blank != NULL ? blank->text : text);
        text += blank != NULL ? strlen(blank->name) + 2 : plain;
        used += wrote > 0 ? (size_t)wrote : 0;
    }
}
