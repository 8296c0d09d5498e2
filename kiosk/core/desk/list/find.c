/* The attendee's search (design: the store): the code of a ticket, or at least three
 * letters of the first name and two of the last. Nothing shows until exactly one fits. */
#include "core/desk/base/handler.h"
#include "core/desk/base/state.h"
#include "words.h"

#include <brugwachter/text.h>

enum {
    FIRST_LETTERS = 3,
    LAST_LETTERS = 2,
    CANDIDATES_MAX = 50,
};

struct finding {
    const struct words *query;
    int candidates, fits;
    struct bw_registration one;
};

/* Every typed word begins a word of the name; one with three letters the first name, and
 * another one with two the last. */
static bool
words_fit(const struct words *query, const struct words *first, const struct words *last)
{
    bool fits = false;
    for (int i = 0; i < query->count; i++) {
        if (!bw_desk_words_begin(first, query->at[i]) &&
            !bw_desk_words_begin(last, query->at[i])) {
            return false;
        }
        for (int j = 0; j < query->count; j++) {
            fits = fits || (i != j && bw_text_chars(query->at[i]) >= FIRST_LETTERS &&
                               bw_text_chars(query->at[j]) >= LAST_LETTERS &&
                               bw_desk_words_begin(first, query->at[i]) &&
                               bw_desk_words_begin(last, query->at[j]));
        }
    }
    return fits;
}

static bool
registration_fits(const struct words *query, const struct bw_registration *r)
{
    for (int form = 0; form < 2; form++) {
        struct words first;
        struct words last;
        bw_desk_words_init(&first, r->person.first_name, form == 1);
        bw_desk_words_init(&last, r->person.name, form == 1);
        if (words_fit(query, &first, &last)) {
            return true;
        }
    }
    return false;
}

static bool
on_candidate(const struct bw_registration *r, void *context)
{
    struct finding *finding = context;
    finding->candidates++;
    if (registration_fits(finding->query, r)) {
        if (finding->fits == 0) {
            finding->one = *r;
        }
        finding->fits++;
    }
    return finding->fits < 2;
}

static void
tell(const struct bw_registration *r, struct bw_answer_found *found)
{
    found->fits = 1;
    found->code = r->code;
    bw_name_initial(r->person.first_name, r->person.name, found->name_shown);
}

static enum bw_status
find_code(struct bw_desk *desk, bw_code code, struct bw_answer_found *found,
    struct bw_error *err)
{
    struct bw_registration r;
    enum bw_status status = bw_store_registration(desk->store, code, &r, err);
    if (status == BW_OK && r.session_no == desk->session.session_no) {
        tell(&r, found);
    }
    return status == BW_NOT_FOUND ? BW_OK : status;
}

/* Folding may lengthen (ß, æ), so the letters that were really typed are counted too. */
static bool
is_enough(const struct words *query, const char *typed)
{
    size_t blanks = 0;
    for (const char *at = typed; *at != '\0'; at++) {
        blanks += *at == ' ';
    }
    return query->count >= 2 &&
           bw_text_chars(typed) - blanks >= FIRST_LETTERS + LAST_LETTERS;
}

enum bw_status
bw_desk_on_find(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    char typed[BW_NAME_BYTES];
    bw_code code = BW_CODE_NONE;
    bw_answer_init(answer, BW_ANSWER_FOUND);
    if (bw_text_clean(command->find.text, BW_NAME_CHARS, typed) != BW_TEXT_FINE) {
        return BW_OK; /* nobody is called so */
    }
    if (bw_code_parse(typed, &code)) {
        enum bw_status known = find_code(desk, code, &answer->found, &failure->error);
        /* one code in twenty is letters alone, and may be meant as a name */
        if (known != BW_OK || answer->found.fits > 0 || bw_code_is_likely(typed)) {
            return known;
        }
    }
    struct words query;
    bw_desk_words_init(&query, typed, false);
    if (!is_enough(&query, typed)) {
        return BW_OK;
    }
    struct finding finding = {.query = &query};
    enum bw_status status = bw_store_search(desk->store, desk->session.session_no, typed,
        CANDIDATES_MAX, on_candidate, &finding, &failure->error);
    if (status != BW_OK) {
        return status;
    }
    if (finding.fits == 1 && finding.candidates < CANDIDATES_MAX) {
        tell(&finding.one, &answer->found);
    } else if (finding.fits > 0) {
        answer->found.fits = 2;
    }
    return BW_OK;
}
