/* Other words for a region or a circle: see alias.h. */
#include "office/import/read/alias.h"

#include <brugwachter/text.h>
#include <stdio.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_TITLE_BYTES };

/* Which of its names the session has; NULL: none. */
static const char *
meaning_of(const struct bw_session_names *names, const char *name, int *ret_kind)
{
    char wanted[FOLD_BYTES], region[FOLD_BYTES];
    bool several = false;
    *ret_kind = BW_LEARNED_REGION;
    if (strcmp(name, "-") == 0) {
        return "-";
    }
    bw_text_fold(name, false, wanted, sizeof wanted);
    for (size_t i = 0; i < names->count; i++) {
        bw_text_fold(names->sessions[i].region, false, region, sizeof region);
        if (strcmp(region, wanted) == 0) {
            return names->sessions[i].region;
        }
    }
    const struct bw_session *session = bw_session_names_find(names, name, 0, &several);
    *ret_kind = BW_LEARNED_CIRCLE;
    return session != NULL ? session->code : NULL;
}

enum bw_status
bw_import_alias_read(
    struct bw_import *import, const struct bw_session_names *names, struct bw_error *err)
{
    const struct bw_import_request *request = import->request;
    for (int i = 0; i < request->aliases_count; i++) {
        const char *alias = request->aliases[i], *equals = strrchr(alias, '=');
        char spelling[BW_TITLE_BYTES], fold[FOLD_BYTES];
        int kind = 0;
        const char *meaning =
            equals != NULL ? meaning_of(names, equals + 1, &kind) : NULL;
        if (meaning == NULL || equals == alias) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "importing %s: --alias takes SPELLING=NAME, where NAME is a region or a "
                "session, not \"%.80s\"; status lists the sessions",
                request->path, alias);
        }
        (void)snprintf(spelling, sizeof spelling, "%.*s", (int)(equals - alias), alias);
        bw_text_fold(spelling, false, fold, sizeof fold);
        if (!bw_import_learned_add(&import->told, kind, fold, meaning)) {
            return bw_import_no_memory(import, err);
        }
        bw_import_hash_more(import, fold, meaning);
    }
    return BW_OK;
}

const char *
bw_import_alias_find(const struct bw_import *import, int kind, const char *spelling)
{
    char fold[FOLD_BYTES];
    bw_text_fold(spelling, false, fold, sizeof fold);
    const char *meaning = bw_import_learned_find(&import->told, kind, fold);
    return meaning != NULL ? meaning
                           : bw_import_learned_find(&import->learned, kind, fold);
}

enum bw_status
bw_import_alias_remember(struct bw_import *import, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < import->told.count; i++) {
        const struct bw_learned_item *item = &import->told.items[i];
        status = bw_import_learned_put(import->office->central, &import->learned,
            item->kind, item->spelling, item->meaning, &import->learned_new, err);
    }
    return status;
}
