/* Regions as people write them: see region.h. */
#include "office/import/read/region.h"

#include "central/records.h"
#include "office/import/import_read.h"
#include "office/import/read/alias.h"

#include <brugwachter/text.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_NAME_BYTES };

/* In figures of the compass, and in English. */
static const struct {
    const char *said, *means;
} other_words[] = {{"n", "noord"}, {"o", "oost"}, {"z", "zuid"}, {"w", "west"},
    {"no", "noordoost"}, {"nw", "noordwest"}, {"zo", "zuidoost"}, {"zw", "zuidwest"},
    {"north", "noord"}, {"east", "oost"}, {"south", "zuid"}, {"northeast", "noordoost"},
    {"northwest", "noordwest"}, {"southeast", "zuidoost"}, {"southwest", "zuidwest"},
    {"central", "midden"}, {"noordnederland", "noord"}, {"oostnederland", "oost"},
    {"zuidnederland", "zuid"}, {"westnederland", "west"}, {"middennederland", "midden"}};

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
    for (size_t i = 0; i < sizeof other_words / sizeof other_words[0]; i++) {
        if (strcmp(ret_key, other_words[i].said) == 0) {
            (void)strcpy(ret_key, other_words[i].means);
            return;
        }
    }
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
            "line %d: no session of the series has the region \"%.80s\"; --alias "
            "\"%.80s=REGION\" says which it is",
            (int)s->line, s->region, s->region);
    }
}

static bool
is_choice(const struct bw_import_question *q, const char *region)
{
    bool is = region[0] == '\0' || q->count == BW_IMPORT_CHOICES_MAX;
    for (int i = 0; !is && i < q->count; i++) {
        is = strcmp(q->choices[i].value, region) == 0;
    }
    return is;
}

/* As a session of that series has it; NULL: none. Lives as long as the names. */
static const char *
region_find(const struct bw_session_names *names, const char *series, const char *key)
{
    char known[FOLD_BYTES];
    for (size_t i = 0; i < names->count; i++) {
        const struct bw_session *session = &names->sessions[i];
        if (strcmp(session->series, series) == 0) {
            key_of(session->region, known);
            if (strcmp(key, known) == 0) {
                return session->region;
            }
        }
    }
    return NULL;
}

/* Each row of the one region would silently go to the other, in this file and the next.
 */
static enum bw_status
aliases_refuse(const struct bw_import *import, const struct bw_session_names *names,
    struct bw_error *err)
{
    for (size_t i = 0; i < import->told.count; i++) {
        const struct bw_learned_item *item = &import->told.items[i];
        char one[FOLD_BYTES], other[FOLD_BYTES];
        key_of(item->spelling, one);
        key_of(item->meaning, other);
        bool differ = item->kind == BW_LEARNED_REGION && strcmp(one, other) != 0;
        for (size_t n = 0; differ && n < names->count; n++) {
            const char *series = names->sessions[n].series;
            const char *region = region_find(names, series, one);
            if (region != NULL && region_find(names, series, other) != NULL) {
                return bw_error_set(err, BW_BAD_INPUT, 0,
                    "importing %s: --alias would make all of %.60s people of %.60s, but "
                    "both are regions of %s; leave it out, and correct the answers that "
                    "are wrong in the form's sheet",
                    import->request->path, region, item->meaning, series);
            }
        }
    }
    return BW_OK;
}

enum bw_status
bw_region_ask(const struct bw_regions *regions, const struct bw_import *import,
    const struct bw_session_names *names, struct bw_error *err)
{
    struct bw_import_questions *questions = import->request->ret_questions;
    enum bw_status status = aliases_refuse(import, names, err);
    if (status != BW_OK || questions == NULL || regions->count == 0) {
        return status;
    }
    questions->count = 0;
    for (int i = 0; i < regions->count; i++) {
        struct bw_import_question *q = &questions->items[questions->count++];
        *q = (struct bw_import_question){.ask = BW_IMPORT_ASK_REGION, .best = -1};
        bw_text_copy(q->about, sizeof q->about, regions->unknown[i]);
        bw_text_copy(q->shown, sizeof q->shown, regions->unknown[i]);
        for (size_t n = 0; n < names->count; n++) {
            if (!is_choice(q, names->sessions[n].region)) {
                bw_text_copy(q->choices[q->count++].value, BW_TITLE_BYTES,
                    names->sessions[n].region);
            }
        }
    }
    return bw_error_set(err, BW_REFUSED, 0,
        "importing %s: no session has the region \"%.80s\"; nothing was changed. Say "
        "which it is with --alias \"%.80s=REGION\", or =- for none",
        import->request->path, regions->unknown[0], regions->unknown[0]);
}

void
bw_region_match(struct bw_regions *regions, struct bw_import *import,
    const struct bw_session_names *names, const struct bw_session *session,
    struct bw_sign_up *s)
{
    char said[FOLD_BYTES];
    key_of(s->region, said);
    const char *found = region_find(names, session->series, said);
    const char *meaning =
        found == NULL ? bw_import_alias_find(import, BW_LEARNED_REGION, s->region) : NULL;
    if (said[0] == '\0' || (meaning != NULL && strcmp(meaning, "-") == 0)) {
        bw_import_read_region(import, s->region, s->region, said[0] != '\0');
        return;
    }
    if (meaning != NULL) {
        key_of(meaning, said);
        found = region_find(names, session->series, said);
    }
    bw_import_read_region(
        import, s->region, found != NULL ? found : s->region, meaning != NULL);
    if (found != NULL) {
        s->region = found;
    } else {
        note_unknown(regions, import, s);
    }
}
