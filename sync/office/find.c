/* People by what somebody remembers of them: see find.h. */
#include "office/find.h"

#include <brugwachter/text.h>
#include <stdio.h>
#include <string.h>

enum {
    FOLD_BYTES = 8192,
    WORDS_MAX = 12,
    CHOICES_MAX = 4, /* named where several fit */
    CHOICES_BYTES = 600,
};

struct person_finding {
    char words[FOLD_BYTES]; /* folded, each ended by NUL */
    const char *word[WORDS_MAX];
    int count;
    bool is_code;
    bw_code code;
    bw_office_find_each *each;
    void *context;
};

/* What stands between words of a name, an address, a session's code. */
static void
fold(const char *text, char ret_fold[FOLD_BYTES])
{
    bw_text_fold(text, false, ret_fold, FOLD_BYTES);
    for (char *at = ret_fold; *at != '\0'; at++) {
        *at = strchr(".,;:@_/()", *at) != NULL ? ' ' : *at;
    }
}

static void
take_words(struct person_finding *finding, const char *text)
{
    char *rest = NULL;
    fold(text, finding->words);
    for (char *word = strtok_r(finding->words, " ", &rest);
         word != NULL && finding->count < WORDS_MAX; word = strtok_r(NULL, " ", &rest)) {
        finding->word[finding->count++] = word;
    }
}

static bool
has_word(const char *hay, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = hay; at != NULL; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, word, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool
on_registration(const struct bw_sql_value *c, int count, void *context)
{
    const struct person_finding *finding = context;
    char all[FOLD_BYTES], hay[FOLD_BYTES];
    const struct bw_office_found found = {(bw_code)c[0].number,
        (enum bw_registration_status)c[1].number, c[2].text, c[3].text, c[4].text,
        c[5].text, c[6].text, c[7].text, c[8].number};
    (void)count;
    (void)snprintf(all, sizeof all, "%s %s %s %s %s %s", found.first_name, found.name,
        found.mail, found.school, found.session_code, found.session_title);
    fold(all, hay);
    bool fits = finding->count > 0;
    for (int i = 0; i < finding->count && fits; i++) {
        fits = has_word(hay, finding->word[i]);
    }
    fits = fits || (finding->is_code && finding->code == found.code);
    return !fits || finding->each(&found, finding->context);
}

enum bw_status
bw_office_find(struct bw_central *central, const char *text, bw_office_find_each *each,
    void *context, struct bw_error *err)
{
    struct person_finding finding = {.each = each, .context = context};
    take_words(&finding, text);
    finding.is_code = bw_code_parse(text, &finding.code);
    return bw_central_run(central,
        "SELECT r.code, r.status, r.first_name, r.name, p.mail, r.school, s.code,"
        " s.title, r.person_no"
        " FROM session s JOIN registration r ON r.session_no = s.session_no"
        " JOIN person p ON p.person_no = r.person_no WHERE r.first_name || r.name <> ''"
        " ORDER BY s.starts_ms DESC, s.code, r.name, r.first_name, r.code",
        NULL, 0, on_registration, &finding, err);
}

/* ---- the one ---- */

struct choices {
    bw_code code;
    int count;
    char text[CHOICES_BYTES];
};

static bool
on_choice(const struct bw_office_found *found, void *context)
{
    struct choices *choices = context;
    size_t used = strlen(choices->text);
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(found->code, shown);
    choices->code = found->code;
    choices->count++;
    if (choices->count <= CHOICES_MAX) {
        (void)snprintf(choices->text + used, sizeof choices->text - used,
            "%s%s (%.40s %.40s, %s)", used > 0 ? ", " : "", shown, found->first_name,
            found->name, found->session_code);
    }
    return true;
}

enum bw_status
bw_office_find_one(
    struct bw_central *central, const char *text, bw_code *ret_code, struct bw_error *err)
{
    struct choices choices = {.count = 0};
    enum bw_status status = bw_office_find(central, text, on_choice, &choices, err);
    if (status != BW_OK) {
        return status;
    }
    if (choices.count == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for registration \"%.80s\": %s has none of that code or name; find "
            "looks for a part of it",
            text, bw_central_name(central));
    }
    if (choices.count > 1) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for registration \"%.80s\": %d fit, so give a code: %s%s", text,
            choices.count, choices.text, choices.count > CHOICES_MAX ? " …" : "");
    }
    *ret_code = choices.code;
    return BW_OK;
}
