/* The form's fields: the screen's keyboard, capitals by themselves, schools to choose
 * from. UI thread only. */
#include "flow/base/effect.h"
#include "flow/base/text.h"
#include "form_own.h"

#include <brugwachter/text.h>
#include <string.h>

struct bw_flow_field *
bw_flow_form_field(struct bw_flow_form *form)
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

/* A place all the same: while people wait, or beyond the house where that's allowed. */
bool
bw_flow_form_needs_reason(const struct bw_flow *flow)
{
    return bw_flow_form_own(flow)->kind == BW_FORM_WALK_IN &&
           (flow->overview.present_waiting > 0 || flow->overview.ledger.free <= 0);
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
end_word(struct bw_flow_form *form)
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
shift_after(const struct bw_flow_form *form, char typed)
{
    return form->field != BW_FIELD_REASON && (typed == ' ' || typed == '-');
}

static void
type_key(struct bw_flow_form *form, int code_point)
{
    if (form->shift && code_point >= 'a' && code_point <= 'z') {
        code_point += 'A' - 'a';
    }
    if (bw_flow_field_type_code_point(bw_flow_form_field(form), code_point)) {
        form->missing = false;
        form->shift = code_point == '-' && shift_after(form, '-');
    }
}

/* A keyboard of its own: capitals come by themselves here too. */
void
bw_flow_form_type(struct bw_flow_form *form, const char *text)
{
    if (text[0] == ' ') {
        end_word(form);
        form->shift =
            bw_flow_field_type(bw_flow_form_field(form), " ") && shift_after(form, ' ');
    } else if (text[0] != '\0' && text[1] == '\0') {
        type_key(form, (unsigned char)text[0]);
    } else if (bw_flow_field_type(bw_flow_form_field(form), text)) {
        form->missing = false;
        form->shift = false;
    }
}

static void
choose_field(struct bw_flow_form *form, int index)
{
    bool plain = index == BW_FIELD_NAME || index == BW_FIELD_SCHOOL;
    bool reason = index == BW_FIELD_REASON && form->gives;
    bool open = form->kind == BW_FORM_WALK_IN && form->field != BW_FIELD_REGION;
    if (open && (plain || reason)) {
        form->field = (enum bw_form_field)index;
        form->shift = bw_flow_form_field(form)->text[0] == '\0';
    }
}

static void
choose_school(struct bw_flow_form *form, int index)
{
    char schools[SUGGESTIONS_MAX][BW_TITLE_BYTES];
    if (index >= 0 && index < bw_flow_form_suggest(form, schools)) {
        bw_flow_set_text(form->school.text, sizeof form->school.text, schools[index]);
        form->shift = false;
    }
}

void
bw_flow_form_key(
    struct bw_flow *flow, enum bw_action action, int index, struct bw_effects *effects)
{
    struct bw_flow_form *form = bw_flow_form_own(flow);
    bool key = action == BW_ACTION_KEY || action == BW_ACTION_SPACE ||
               action == BW_ACTION_DELETE;
    bw_flow_sound(effects, key ? BW_SOUND_KEY : BW_SOUND_NONE);
    switch ((int)action) {
    case BW_ACTION_KEY:
        type_key(form, index);
        break;
    case BW_ACTION_SPACE:
        end_word(form);
        form->shift =
            bw_flow_field_type(bw_flow_form_field(form), " ") && shift_after(form, ' ');
        break;
    case BW_ACTION_DELETE:
        bw_flow_field_delete(bw_flow_form_field(form));
        form->shift = bw_flow_form_field(form)->text[0] == '\0';
        break;
    case BW_ACTION_CLEAR:
        bw_flow_field_clear(bw_flow_form_field(form));
        form->shift = true;
        break;
    case BW_ACTION_SHIFT:
        form->shift = !form->shift;
        break;
    case BW_ACTION_FIELD:
        choose_field(form, index);
        break;
    case BW_ACTION_ROW:
        choose_school(form, index);
        break;
    }
}

/* ---- schools ---- */

static bool
has_school(const struct bw_flow_form *form, const char *school)
{
    for (int i = 0; i < form->schools_count; i++) {
        if (strcmp(form->schools[i], school) == 0) {
            return true;
        }
    }
    return false;
}

void
bw_flow_form_add_schools(struct bw_flow_form *form, const struct bw_answer_list *list)
{
    for (int i = 0; i < list->count && form->schools_count < SCHOOLS_MAX; i++) {
        const char *school = list->entries[i].person.school;
        if (school[0] != '\0' && !has_school(form, school)) {
            bw_flow_set_text(
                form->schools[form->schools_count++], BW_TITLE_BYTES, school);
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
bw_flow_form_suggest(
    const struct bw_flow_form *form, char ret_schools[SUGGESTIONS_MAX][BW_TITLE_BYTES])
{
    char typed[BW_QUERY_BYTES];
    int count = 0;
    bw_text_fold(form->school.text, false, typed, sizeof typed);
    if (form->field != BW_FIELD_SCHOOL || typed[0] == '\0') {
        return 0;
    }
    for (int i = 0; i < form->schools_count && count < SUGGESTIONS_MAX; i++) {
        char folded[BW_TITLE_BYTES];
        bw_text_fold(form->schools[i], false, folded, sizeof folded);
        bool same = strcmp(form->schools[i], form->school.text) == 0;
        if (!same && begins_word(folded, typed)) {
            memcpy(ret_schools[count++], form->schools[i], BW_TITLE_BYTES);
        }
    }
    return count;
}
