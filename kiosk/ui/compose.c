/* The user's table goes before the kiosk's: see compose.h. */
#include "compose.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
is_readable(const char *folder, const char *name)
{
    char path[PATH_MAX + 32];
    int bytes = snprintf(path, sizeof path, "%s/%s", folder, name);
    return bytes < (int)sizeof path && access(path, R_OK) == 0;
}

/* By the environment, as SDL sets it while it asks Xlib. */
static bool
is_utf8(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool utf8 = locale && strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
    if (locale) {
        freelocale(locale);
    }
    return utf8;
}

void
bw_ui_compose_offer(const char *assets_dir)
{
    static const char table[] = "keyboard/compose";
    char path[PATH_MAX + sizeof table];
    const char *home = getenv("HOME");
    bool chosen = getenv("XCOMPOSEFILE") || (home && is_readable(home, ".XCompose"));
    if (!chosen && is_readable(assets_dir, table) && is_utf8()) {
        snprintf(path, sizeof path, "%s/%s", assets_dir, table);
        (void)setenv("XCOMPOSEFILE", path, 1);
    }
}
