/* Sessions by what people call them: see session_names.h. */
#include "office/import/session_names.h"

#include "central/records.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <assert.h>
#include <ctype.h>
#include <string.h>

enum { FOLD_BYTES = 3 * BW_TITLE_BYTES };

static char *
folded(const char *text)
{
    char fold[FOLD_BYTES];
    bw_text_fold(text, false, fold, sizeof fold);
    return strdup(fold);
}

void
bw_session_names_finish(struct bw_session_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->titles[i]);
        free(names->codes[i]);
    }
    free(names->sessions);
    free(names->titles);
    free(names->codes);
    *names = (struct bw_session_names){.sessions = NULL};
}

static bool
make_room(struct bw_session_names *names)
{
    if (names->count < names->capacity) {
        return true;
    }
    size_t capacity = names->capacity == 0 ? 32 : names->capacity * 2;
    struct bw_session *sessions =
        reallocarray(names->sessions, capacity, sizeof *sessions);
    names->sessions = sessions != NULL ? sessions : names->sessions;
    char **titles = reallocarray(names->titles, capacity, sizeof *titles);
    names->titles = titles != NULL ? titles : names->titles;
    char **codes = reallocarray(names->codes, capacity, sizeof *codes);
    names->codes = codes != NULL ? codes : names->codes;
    if (sessions == NULL || titles == NULL || codes == NULL) {
        return false;
    }
    names->capacity = capacity;
    return true;
}

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_session_names *names = context;
    (void)count;
    if (!make_room(names)) {
        names->no_memory = true;
        return false;
    }
    struct bw_session *session = &names->sessions[names->count];
    bw_session_of_row(columns, session);
    names->titles[names->count] = folded(session->title);
    names->codes[names->count] = folded(session->code);
    names->no_memory =
        names->titles[names->count] == NULL || names->codes[names->count] == NULL;
    names->count++;
    return !names->no_memory;
}

enum bw_status
bw_session_names_load(
    struct bw_central *central, struct bw_session_names *ret_names, struct bw_error *err)
{
    struct bw_session_names names = {.sessions = NULL};
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_SESSION_COLUMNS " FROM " BW_SESSION_TABLES " ORDER BY s.session_no",
        NULL, 0, on_session, &names, err);
    if (status == BW_OK && names.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "reading the sessions of %s: no memory", bw_central_name(central));
    }
    if (status != BW_OK) {
        bw_session_names_finish(&names);
        return status;
    }
    *ret_names = names;
    return BW_OK;
}

static const struct bw_session *
only_one(const struct bw_session_names *names, char *const *keys, const char *key,
    int64_t ends_after_ms, int *ret_count)
{
    const struct bw_session *found = NULL;
    *ret_count = 0;
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(keys[i], key) == 0 && names->sessions[i].ends_ms > ends_after_ms) {
            found = &names->sessions[i];
            (*ret_count)++;
        }
    }
    return *ret_count == 1 ? found : NULL;
}

const struct bw_session *
bw_session_names_find(const struct bw_session_names *names, const char *text,
    int64_t time_ms, bool *ret_several)
{
    char key[FOLD_BYTES];
    bw_text_fold(text, false, key, sizeof key);
    int count = 0;
    const struct bw_session *found =
        only_one(names, names->codes, key, INT64_MIN, &count);
    if (found == NULL) {
        found = only_one(names, names->titles, key, INT64_MIN, &count);
    }
    *ret_several = count > 1;
    if (found == NULL && count > 1) {
        found = only_one(names, names->titles, key, time_ms, &count);
    }
    return found;
}

/* Folded words, each between blanks. */
static void
words_of(const char *text, char ret_words[FOLD_BYTES + 2])
{
    char fold[FOLD_BYTES];
    bw_text_fold(text, false, fold, sizeof fold);
    size_t kept = 0;
    ret_words[kept++] = ' ';
    for (const char *at = fold; *at != '\0'; at++) {
        bool letter = isalnum((unsigned char)*at) != 0 || (unsigned char)*at >= 0x80;
        if (letter || ret_words[kept - 1] != ' ') {
            ret_words[kept++] = letter ? *at : ' ';
        }
    }
    if (ret_words[kept - 1] != ' ') {
        ret_words[kept++] = ' ';
    }
    ret_words[kept] = '\0';
}

const struct bw_session *
bw_session_names_in(
    const struct bw_session_names *names, const char *text, int64_t time_ms)
{
    char words[FOLD_BYTES + 2], key[FOLD_BYTES + 2];
    words_of(text, words);
    for (int by_title = 0; by_title < 2; by_title++) {
        const struct bw_session *found = NULL;
        size_t longest = 0;
        bool several = false;
        for (size_t i = 0; i < names->count; i++) {
            const struct bw_session *session = &names->sessions[i];
            assert(session != NULL);
            words_of(by_title != 0 ? session->title : session->code, key);
            size_t length = strlen(key);
            if (length < 3 || length < longest || strstr(words, key) == NULL ||
                (by_title != 0 && session->ends_ms <= time_ms)) {
                continue;
            }
            several = length == longest;
            longest = length;
            found = session;
        }
        if (found != NULL) {
            return several ? NULL : found;
        }
    }
    return NULL;
}

const struct bw_session *
bw_session_names_by_number(const struct bw_session_names *names, uint32_t session_no)
{
    for (size_t i = 0; i < names->count; i++) {
        if (names->sessions[i].session_no == session_no) {
            return &names->sessions[i];
        }
    }
    return NULL;
}
