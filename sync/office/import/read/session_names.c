/* Sessions by what people call them: see session_names.h. */
#include "office/import/read/session_names.h"

#include "central/records.h"

#include <brugwachter/text.h>
#include <stdlib.h>
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

static char *
words(const char *text)
{
    char found[FOLD_BYTES + 2];
    words_of(text, found);
    return strdup(found);
}

void
bw_session_names_finish(struct bw_session_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->titles[i]);
        free(names->codes[i]);
        free(names->title_words[i]);
        free(names->code_words[i]);
    }
    free(names->sessions);
    free(names->titles);
    free(names->codes);
    free(names->title_words);
    free(names->code_words);
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
    bool fine = sessions != NULL;
    char ***const texts[] = {
        &names->titles, &names->codes, &names->title_words, &names->code_words};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char **more = reallocarray(*texts[i], capacity, sizeof *more);
        *texts[i] = more != NULL ? more : *texts[i];
        fine = fine && more != NULL;
    }
    names->capacity = fine ? capacity : names->capacity;
    return fine;
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
    size_t at = names->count++;
    names->titles[at] = folded(session->title);
    names->codes[at] = folded(session->code);
    names->title_words[at] = words(session->title);
    names->code_words[at] = words(session->code);
    names->no_memory = names->titles[at] == NULL || names->codes[at] == NULL ||
                       names->title_words[at] == NULL || names->code_words[at] == NULL;
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

/* "liever niet Zwolle" names no session. */
static bool
says_no(const char *text)
{
    static const char *const no[] = {" niet ", " geen ", " not ", " no "};
    char said[FOLD_BYTES + 2];
    bool says = false;
    words_of(text, said);
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        says = says || strstr(said, no[i]) != NULL;
    }
    return says;
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
    return found == NULL && !*ret_several && !says_no(text)
               ? bw_session_names_in(names, text, time_ms)
               : found;
}

/* By code, or by title: the longest that stands in it. *ret_several: two of one
 * length. */
static const struct bw_session *
longest_in(const struct bw_session_names *names, const char *text, bool by_title,
    int64_t time_ms, bool *ret_several)
{
    char *const *keys = by_title ? names->title_words : names->code_words;
    const struct bw_session *found = NULL;
    size_t longest = 0;
    *ret_several = false;
    for (size_t i = 0; i < names->count; i++) {
        size_t length = strlen(keys[i]);
        if (length < 3 || length < longest || strstr(text, keys[i]) == NULL ||
            (by_title && names->sessions[i].ends_ms <= time_ms)) {
            continue;
        }
        *ret_several = length == longest;
        longest = length;
        found = &names->sessions[i];
    }
    return found;
}

/* Whether the title of another session that is still to come has this word, which stands
 * between blanks. */
static bool
is_of_others(const struct bw_session_names *names, size_t session, const char *word,
    int64_t time_ms)
{
    for (size_t i = 0; i < names->count; i++) {
        if (i != session && names->sessions[i].ends_ms > time_ms &&
            strstr(names->title_words[i], word) != NULL) {
            return true;
        }
    }
    return false;
}

/* Whether a text has all words of a session's title that no other's has; two letters at
 * least, in all. */
static bool
has_own_words(const struct bw_session_names *names, size_t session, const char *text,
    int64_t time_ms)
{
    const char *title = names->title_words[session];
    char word[FOLD_BYTES + 2];
    size_t own = 0;
    for (const char *at = title; at[1] != '\0';) {
        size_t length = strcspn(at + 1, " ") + 2; /* both blanks */
        memcpy(word, at, length);
        word[length] = '\0';
        at += length - 1;
        if (is_of_others(names, session, word, time_ms)) {
            continue;
        }
        if (strstr(text, word) == NULL) {
            return false;
        }
        own += length - 2;
    }
    return own >= 2;
}

const struct bw_session *
bw_session_names_in(
    const struct bw_session_names *names, const char *text, int64_t time_ms)
{
    char said[FOLD_BYTES + 2];
    const struct bw_session *found = NULL;
    bool several = false;
    words_of(text, said);
    for (int by_title = 0; found == NULL && by_title < 2; by_title++) {
        found = longest_in(names, said, by_title != 0, time_ms, &several);
    }
    if (found != NULL) {
        return several ? NULL : found;
    }
    for (size_t i = 0; i < names->count; i++) {
        if (names->sessions[i].ends_ms > time_ms &&
            has_own_words(names, i, said, time_ms)) {
            several = found != NULL;
            found = &names->sessions[i];
            if (several) {
                return NULL;
            }
        }
    }
    return found;
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
