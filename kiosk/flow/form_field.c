/* The form's fields: the screen's keyboard, capitals by themselves, schools to choose
 * from. UI thread only. */
#include "state.h"

#include <brugwachter/text.h>
#include <string.h>

struct text_field *
form_field(struct form *form)
{
    switch (form->field) {
    case BW_FIELD_NAME:
        return &form->name;
    case BW_FIELD_SCHOOL:
        return &form->school;
    case BW_FIELD_REGION:
        return &form->region;
    case BW_FIELD_REASON:
        return &form->reason;
    }
    return &form->name;
}

/* ---- capitals ---- */

/* The word that the text ends with; *ret_first where none stands before it. */
static char *
last_word(char *text, bool *ret_first)
{
    char *word = text + strlen(text);
    while (word > text && word[-1] != ' ' && word[-1] != '-') {
        word--;
    }
    *ret_first = word == text;
    return word;
}

/* Small words of Dutch names, when they aren't the first. */
static bool
stays_small(const char *word)
{
    static const char *const small[] = {
        "van", "de", "der", "den", "el", "ten", "ter", "te", "het", "'t", "op", "in"};
    char folded[16];
    size_t length = strlen(word);
    if (length == 0 || length >= sizeof folded) {
        return false;
    }
    for (size_t i = 0; i <= length; i++) {
        bool capital = word[i] >= 'A' && word[i] <= 'Z';
        folded[i] = capital ? (char)(word[i] + 'a' - 'A') : word[i];
    }
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        if (strcmp(folded, small[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* A word is complete: "De" became "de", unless it is the first. */
static void
end_word(struct form *form)
{
    bool first = false;
    char *word = last_word(form->name.text, &first);
    if (form->field == BW_FIELD_NAME && !first && stays_small(word)) {
        for (char *at = word; *at != '\0'; at++) {
            *at = *at >= 'A' && *at <= 'Z' ? (char)(*at + 'a' - 'A') : *at;
        }
    }
}

/* Names and schools have a capital a word; a reason is a sentence. */
static bool
shift_after(const struct form *form, char typed)
{
    return form->field != BW_FIELD_REASON && (typed == ' ' || typed == '-');
}

static void
type_key(struct form *form, int code_point)
{
    if (form->shift && code_point >= 'a' && code_point <= 'z') {
        code_point += 'A' - 'a';
    }
    if (field_type_code_point(form_field(form), code_point)) {
        form->missing = false;
        form->shift = code_point == '-' && shift_after(form, '-');
    }
}

/* A keyboard of its own: capitals come by themselves here too. */
void
form_type(struct form *form, const char *text)
{
    if (text[0] == ' ') {
        end_word(form);
        form->shift = field_type(form_field(form), " ") && shift_after(form, ' ');
    } else if (text[0] != '\0' && text[1] == '\0') {
        type_key(form, (unsigned char)text[0]);
    } else if (field_type(form_field(form), text)) {
        form->missing = false;
        form->shift = false;
    }
}

static void
choose_field(struct form *form, int index)
{
    bool plain = index == BW_FIELD_NAME || index == BW_FIELD_SCHOOL;
    bool reason = index == BW_FIELD_REASON && form->gives;
    bool open = form->kind == BW_FORM_WALK_IN && form->field != BW_FIELD_REGION;
    if (open && (plain || reason)) {
        form->field = (enum bw_form_field)index;
        form->shift = form_field(form)->text[0] == '\0';
    }
}

static void
choose_school(struct bw_flow *flow, int index)
{
    char schools[SUGGESTIONS_MAX][BW_TITLE_BYTES];
    if (index >= 0 && index < form_suggest(flow, schools)) {
        set_text(flow->form.school.text, sizeof flow->form.school.text, schools[index]);
        flow->form.shift = false;
    }
}

void
form_key(
    struct bw_flow *flow, enum bw_action action, int index, struct bw_effects *effects)
{
    struct form *form = &flow->form;
    bool key = action == BW_ACTION_KEY || action == BW_ACTION_SPACE ||
               action == BW_ACTION_DELETE;
    effect_sound(effects, key ? BW_SOUND_KEY : BW_SOUND_NONE);
    switch ((int)action) {
    case BW_ACTION_KEY:
        type_key(form, index);
        break;
    case BW_ACTION_SPACE:
        end_word(form);
        form->shift = field_type(form_field(form), " ") && shift_after(form, ' ');
        break;
    case BW_ACTION_DELETE:
        field_delete(form_field(form));
        form->shift = form_field(form)->text[0] == '\0';
        break;
    case BW_ACTION_CLEAR:
        field_clear(form_field(form));
        form->shift = true;
        break;
    case BW_ACTION_SHIFT:
        form->shift = !form->shift;
        break;
    case BW_ACTION_FIELD:
        choose_field(form, index);
        break;
    case BW_ACTION_ROW:
        choose_school(flow, index);
        break;
    }
}

/* ---- schools ---- */

static bool
has_school(const struct bw_flow *flow, const char *school)
{
    for (int i = 0; i < flow->schools_count; i++) {
        if (strcmp(flow->schools[i], school) == 0) {
            return true;
        }
    }
    return false;
}

void
form_take_schools(struct bw_flow *flow, const struct bw_answer *answer)
{
    if (answer->kind != BW_ANSWER_LIST || !flow->form.active) {
        return;
    }
    for (int i = 0; i < answer->list.count && flow->schools_count < SCHOOLS_MAX; i++) {
        const char *school = answer->list.entries[i].person.school;
        if (school[0] != '\0' && !has_school(flow, school)) {
            set_text(flow->schools[flow->schools_count++], BW_TITLE_BYTES, school);
        }
    }
}

/* True where a word of the school begins as was typed; both folded. */
static bool
begins_word(const char *school, const char *typed)
{
    size_t length = strlen(typed);
    const char *at = school;
    while (at != NULL) {
        if (strncmp(at, typed, length) == 0) {
            return true;
        }
        at = strchr(at, ' ');
        at += at != NULL;
    }
    return false;
}

int
form_suggest(
    const struct bw_flow *flow, char ret_schools[SUGGESTIONS_MAX][BW_TITLE_BYTES])
{
    const struct form *form = &flow->form;
    char typed[BW_QUERY_BYTES];
    int count = 0;
    bw_text_fold(form->school.text, false, typed, sizeof typed);
    if (form->field != BW_FIELD_SCHOOL || typed[0] == '\0') {
        return 0;
    }
    for (int i = 0; i < flow->schools_count && count < SUGGESTIONS_MAX; i++) {
        char folded[BW_TITLE_BYTES];
        bw_text_fold(flow->schools[i], false, folded, sizeof folded);
        bool same = strcmp(flow->schools[i], form->school.text) == 0;
        if (!same && begins_word(folded, typed)) {
            memcpy(ret_schools[count++], flow->schools[i], BW_TITLE_BYTES);
        }
    }
    return count;
}
