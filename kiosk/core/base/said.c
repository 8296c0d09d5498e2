/* A program's own sentences: see brugwachter/said.h. */
#include <brugwachter/said.h>

#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first is the sources' own. */
static const char *const languages[] = {"en", "nl"};
enum {
    SOURCE = 0,
    LANGUAGES = sizeof languages / sizeof languages[0],
    PARTS = 2,
    DOMAIN_BYTES = 40
};

/* By language and part, the program's before core's; set before any thread is started. */
static char domains[LANGUAGES][PARTS][DOMAIN_BYTES];
static int spoken_by_all = SOURCE;

enum { UNTOLD = -1 };
static _Thread_local int spoken = UNTOLD;
static _Thread_local const char *read_in; /* NULL: at a terminal */

/* ---- which language ---- */

static int
language_of(const char *code)
{
    for (int i = 0; i < LANGUAGES; i++) {
        if (strcmp(languages[i], code) == 0) {
            return i;
        }
    }
    return SOURCE;
}

void
bw_said_speak(const char *code)
{
    spoken = language_of(code);
}

void
bw_said_speak_all(const char *code)
{
    spoken_by_all = language_of(code);
}

static int
spoken_here(void)
{
    return spoken != UNTOLD ? spoken : spoken_by_all;
}

const char *
bw_said_spoken(void)
{
    return languages[spoken_here()];
}

void
bw_said_read_in(const char *place)
{
    read_in = place;
}

/* The first of a list ("nl_NL:en") that is spoken here; NULL for none. */
static const char *
first_known(const char *list)
{
    for (const char *at = list; *at != '\0'; at += strcspn(at, ":")) {
        at += *at == ':';
        for (int i = 0; i < LANGUAGES; i++) {
            size_t length = strlen(languages[i]);
            if (strncmp(at, languages[i], length) == 0 &&
                (at[length] == '\0' || strchr("_.@:", at[length]) != NULL)) {
                return languages[i];
            }
        }
    }
    return NULL;
}

const char *
bw_said_of_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = NULL, *list = getenv("LANGUAGE"), *found = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (locale == NULL || locale[0] == '\0') {
            locale = getenv(names[i]);
        }
    }
    bool plain = locale == NULL || locale[0] == '\0' || strcmp(locale, "POSIX") == 0 ||
                 strcmp(locale, "C") == 0 || strncmp(locale, "C.", 2) == 0;
    if (!plain) {
        found = list != NULL ? first_known(list) : NULL;
        found = found != NULL ? found : first_known(locale);
    }
    return found != NULL ? found : languages[SOURCE];
}

const char *
bw_said_asked(int argc, char *const argv[])
{
    static const char name[] = "--language";
    enum { NAME = sizeof name - 1 };
    const char *asked = NULL;
    for (int i = 1; i < argc; i++) {
        const char *value = strncmp(argv[i], name, NAME) == 0 ? argv[i] + NAME : "";
        if (value == argv[i] + NAME && *value == '\0' && i + 1 < argc) {
            value = argv[++i];
        } else {
            value += *value == '=';
        }
        for (int l = 0; l < LANGUAGES; l++) {
            asked = strcmp(value, languages[l]) == 0 ? languages[l] : asked;
        }
    }
    return asked;
}

/* ---- the catalogues ---- */

void
bw_said_open(const char *folder, const char *program)
{
    const char *const parts[PARTS] = {program, "core"};
    (void)setenv("LANGUAGE", "nl:en", 1);
    (void)setlocale(LC_MESSAGES, "C.UTF-8");
    for (int l = SOURCE + 1; l < LANGUAGES; l++) {
        for (int p = 0; p < PARTS; p++) {
            char *domain = domains[l][p];
            (void)snprintf(
                domain, DOMAIN_BYTES, "brugwachter-%s-%s", parts[p], languages[l]);
            (void)bindtextdomain(domain, folder);
            (void)bind_textdomain_codeset(domain, "UTF-8");
        }
    }
    (void)bindtextdomain("libc", folder); /* strerror stays English */
}

/* ---- the sentences ---- */

/* The next conversion from *inout_at on, which then stands behind it; its length, 0 where
 * there is none. */
static size_t
conversion_next(const char **inout_at, const char **ret_conversion)
{
    const char *at = strchr(*inout_at, '%');
    while (at != NULL && at[1] == '%') {
        at = strchr(at + 2, '%');
    }
    if (at == NULL) {
        return 0;
    }
    size_t length = 1 + strspn(at + 1, "-+ #0123456789.*hlzjtL");
    length += at[length] != '\0';
    *ret_conversion = at;
    *inout_at = at + length;
    return length;
}

/* `fewer`: `other` may leave out the last ones. */
static bool
reads_the_same(const char *one, const char *other, bool fewer)
{
    const char *a = NULL, *b = NULL;
    size_t length = 0, others = 0;
    do {
        length = conversion_next(&one, &a);
        others = conversion_next(&other, &b);
        if (others == 0 && (fewer || length == 0)) {
            return true;
        }
    } while (length == others && memcmp(a, b, length) == 0);
    return false;
}

/* As it is said where the thread's sentences are read; NULL: as everywhere. */
static const char *
said_there(const char *text, int language)
{
    char domain[DOMAIN_BYTES];
    (void)snprintf(
        domain, sizeof domain, "brugwachter-%s-%s", read_in, languages[language]);
    const char *there = dgettext(domain, text);
    return there != text && reads_the_same(text, there, true) ? there : NULL;
}

const char *
bw_said(const char *text)
{
    int language = spoken_here();
    if (text[0] == '\0') { /* gettext's sentence for it is the catalogue's head */
        return text;
    }
    const char *own = read_in != NULL ? said_there(text, language) : NULL;
    if (own != NULL || language == SOURCE || domains[language][0][0] == '\0') {
        return own != NULL ? own : text;
    }
    for (int p = 0; p < PARTS; p++) {
        const char *there = dgettext(domains[language][p], text);
        if (there != text) {
            return reads_the_same(text, there, false) ? there : text;
        }
    }
    return text;
}
