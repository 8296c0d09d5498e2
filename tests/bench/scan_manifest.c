/* What photos say: see scan_manifest.h. */
#include "scan_manifest.h"

#include <stdio.h>
#include <string.h>

enum { SAID_MAX = 119 };

/* The manifest's form of a text: %xx, no backslashes (some were put in, some left out),
 * cut. What comes from the manifest is `coded` already. */
static void
say(const char *text, bool coded, char ret_said[static SAID_MAX + 4])
{
    int at = 0;
    for (; *text && at < SAID_MAX; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '\\') {
            continue;
        }
        bool odd = !coded && (c < 0x20 || c > 0x7e || c == '%');
        at += snprintf(ret_said + at, 4, odd ? "%%%02x" : "%c", c);
    }
    ret_said[at < SAID_MAX ? at : SAID_MAX] = '\0';
}

int
scan_manifest_judge(const struct scan_texts *texts, const char *expected)
{
    char wanted[SAID_MAX + 4], said[SAID_MAX + 4];
    say(expected, true, wanted);
    for (int i = 0; i < texts->count; i++) {
        say(texts->text[i], false, said);
        /* A manifest cut in the middle of a %xx. */
        size_t cut = strlen(expected) >= 120 ? 110 : SAID_MAX + 1;
        if (*expected &&
            (strcmp(expected, "*") == 0 || strncmp(said, wanted, cut) == 0)) {
            return 1;
        }
    }
    return texts->count > 0 ? -1 : 0;
}

bool
scan_manifest_split(char *line, char *ret_field[static 3])
{
    line[strcspn(line, "\n")] = '\0';
    ret_field[0] = line;
    for (int i = 1; i < 3; i++) {
        char *tab = strchr(ret_field[i - 1], '\t');
        if (!tab) {
            return false;
        }
        *tab = '\0';
        ret_field[i] = tab + 1;
    }
    return true;
}
