/* Regions as people write them: see region.h. */
#include "office/import/region.h"

#include <brugwachter/text.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES };

/* Folded, without blanks ("Noord-West", "noordwest"), and without the word itself. */
static void
key_of(const char *region, char ret_key[FOLD_BYTES])
{
    static const char *const words[] = {"regio ", "region "};
    char fold[FOLD_BYTES];
    bw_text_fold(region, false, fold, sizeof fold);
    const char *from = fold;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]);
        from += strncmp(from, words[i], length) == 0 ? length : 0;
    }
    size_t kept = 0;
    for (; *from != '\0'; from++) {
        if (*from != ' ') {
            ret_key[kept++] = *from;
        }
    }
    ret_key[kept] = '\0';
}

static void
note_unknown(
    struct bw_regions *regions, struct bw_import *import, const struct bw_sign_up *s)
{
    for (int i = 0; i < regions->count; i++) {
        if (strcmp(regions->unknown[i], s->region) == 0) {
            return;
        }
    }
    if (regions->count < BW_REGIONS_UNKNOWN_MAX) {
        regions->unknown[regions->count++] = s->region;
        bw_import_note(import, false,
            "line %d: no session of the series has the region \"%.80s\"", (int)s->line,
            s->region);
    }
}

void
bw_region_match(struct bw_regions *regions, struct bw_import *import,
    const struct bw_session_names *names, const struct bw_session *session,
    struct bw_sign_up *s)
{
    char said[FOLD_BYTES], known[FOLD_BYTES];
    key_of(s->region, said);
    if (said[0] == '\0') {
        return;
    }
    for (size_t i = 0; i < names->count; i++) {
        const struct bw_session *other = &names->sessions[i];
        if (strcmp(other->series, session->series) != 0) {
            continue;
        }
        key_of(other->region, known);
        if (strcmp(said, known) == 0) {
            s->region = other->region; /* lives as long as the names */
            return;
        }
    }
    note_unknown(regions, import, s);
}
