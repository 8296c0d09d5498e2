/* Sentences, dates and times: see wording.h. */
#include "web/wording.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_BYTES = 32 };

static const struct {
    const char *code, *domain, *kiosk; /* gettext's domains */
} languages[BW_WEB_LANGUAGES] = {
    [BW_WEB_DUTCH] = {"nl", "brugwachter-desk-nl", "brugwachter-nl"},
    [BW_WEB_ENGLISH] = {"en", "brugwachter-desk-en", "brugwachter-en"},
};

const char *
bw_web_language_code(enum bw_web_language language)
{
    return languages[language].code;
}

bool
bw_web_language_parse(const char *code, enum bw_web_language *ret_language)
{
    for (int i = 0; i < BW_WEB_LANGUAGES; i++) {
        if (strcmp(languages[i].code, code) == 0) {
            *ret_language = (enum bw_web_language)i;
            return true;
        }
    }
    return false;
}

static bool
holds_all(const char *folder)
{
    for (int i = 0; i < BW_WEB_LANGUAGES; i++) {
        char path[PATH_MAX + KEY_BYTES * 2];
        (void)snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/%s.mo", folder,
            languages[i].code, languages[i].domain);
        if (access(path, R_OK) != 0) {
            return false;
        }
    }
    return true;
}

/* The folder that `way` leads to from the program's own. */
static void
beside_program(const char *way, char ret_folder[PATH_MAX])
{
    char program[PATH_MAX / 2];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    ret_folder[0] = '\0';
    if (length > 0) {
        program[length] = '\0';
        char *slash = strrchr(program, '/');
        *(slash != NULL ? slash : program) = '\0';
        (void)snprintf(ret_folder, PATH_MAX, "%s/%s", program, way);
    }
}

enum bw_status
bw_web_wording_open(const char *locale_dir, struct bw_error *err)
{
    char built[PATH_MAX], installed[PATH_MAX];
    beside_program("../locale", built);
    beside_program(BW_LOCALE_BESIDE, installed);
    const char *places[] = {
        locale_dir, getenv("BW_LOCALE"), built, installed, BW_LOCALE_DIR};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (places[i] == NULL || !holds_all(places[i])) {
            continue;
        }
        (void)setenv("LANGUAGE", "nl:en", 1);
        (void)setlocale(LC_MESSAGES, "C.UTF-8");
        for (int l = 0; l < BW_WEB_LANGUAGES; l++) {
            (void)bindtextdomain(languages[l].domain, places[i]);
            (void)bind_textdomain_codeset(languages[l].domain, "UTF-8");
            (void)bindtextdomain(languages[l].kiosk, places[i]);
            (void)bind_textdomain_codeset(languages[l].kiosk, "UTF-8");
        }
        (void)bindtextdomain("libc", places[i]); /* strerror stays English */
        return BW_OK;
    }
    return bw_error_set(err, BW_NOT_FOUND, 0,
        "looking for the desk's texts: no translation is installed in %s; install the "
        "program again",
        BW_LOCALE_DIR);
}

static const char *
say(const void *context, const char *key, unsigned long n)
{
    const char *domain = context;
    return dngettext(domain, key, key, n);
}

struct bw_web_tongue
bw_web_tongue_of(enum bw_web_language language)
{
    return (struct bw_web_tongue){.say = say, .context = languages[language].domain};
}

/* ---- moments ---- */

static const char *
named(enum bw_web_language language, const char *what, int number)
{
    char key[KEY_BYTES];
    (void)snprintf(key, sizeof key, "%s.%d", what, number);
    return dngettext(languages[language].kiosk, key, key, 2);
}

void
bw_web_moment(enum bw_web_language language, const struct bw_zone *zone,
    enum bw_web_moment how, int64_t wall_ms, char ret_text[BW_WEB_MOMENT_BYTES])
{
    struct bw_civil at;
    const char *colon = language == BW_WEB_DUTCH ? "." : ":";
    bw_zone_to_civil(zone, wall_ms, &at);
    switch (how) {
    case BW_WEB_MOMENT_TIME:
        (void)snprintf(
            ret_text, BW_WEB_MOMENT_BYTES, "%02d%s%02d", at.hour, colon, at.minute);
        return;
    case BW_WEB_MOMENT_DAY:
        (void)snprintf(ret_text, BW_WEB_MOMENT_BYTES, "%s %d %s",
            named(language, "wd", at.weekday), at.day, named(language, "mon", at.month));
        return;
    case BW_WEB_MOMENT_DATE:
        (void)snprintf(ret_text, BW_WEB_MOMENT_BYTES, "%s %d %s %d",
            named(language, "day", at.weekday), at.day,
            named(language, "month", at.month), at.year);
        return;
    case BW_WEB_MOMENT_SHORT:
        (void)snprintf(ret_text, BW_WEB_MOMENT_BYTES, "%d %s %02d%s%02d", at.day,
            named(language, "mon", at.month), at.hour, colon, at.minute);
        return;
    }
}
