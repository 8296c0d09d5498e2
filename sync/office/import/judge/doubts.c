/* Doubts that a form brings: see doubts.h. */
#include "office/import/judge/doubts.h"

#include "central/base/array.h"
#include "office/import/judge/place.h"

#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bw_import_doubt_add(struct bw_import *import, int32_t line, bw_code code)
{
    struct bw_import_result *result = &import->result;
    struct bw_import_doubt *doubt = bw_array_more(
        &result->doubts, &result->doubts_count, &import->doubts_capacity, sizeof *doubt);
    if (doubt == NULL) {
        import->no_memory = true;
        return;
    }
    *doubt =
        (struct bw_import_doubt){.line = line, .code = code, .known_code = BW_CODE_NONE};
    for (int i = 0; i < import->request->said_count; i++) {
        if (import->request->said[i].line == line) {
            doubt->word = import->request->said[i].word;
        }
    }
}

/* ---- who they are ---- */

static bool
side_put(struct bw_import_side *side, const struct bw_place_doubt_side *from)
{
    if (asprintf(&side->who, "%s%s%s", from->first_name,
            from->first_name[0] != '\0' && from->name[0] != '\0' ? " " : "",
            from->name) < 0) {
        side->who = NULL;
    }
    side->school = strdup(from->school);
    side->mail = strdup(from->mail);
    side->role = strdup(from->role);
    return side->who != NULL && side->school != NULL && side->mail != NULL &&
           side->role != NULL;
}

/* Of two names on one mail address: whether they begin alike (Carola vd Berg). */
static bool
begin_alike(const char *one, const char *other)
{
    char a[3 * BW_NAME_BYTES], b[3 * BW_NAME_BYTES];
    bw_text_fold(one, false, a, sizeof a);
    bw_text_fold(other, false, b, sizeof b);
    return a[0] != '\0' && strcmp(a, b) == 0;
}

static enum bw_import_word
likely_of(enum bw_place_doubt doubt, const struct bw_place_doubt_side *who,
    const struct bw_place_doubt_side *other)
{
    switch (doubt) {
    case BW_PLACE_DOUBT_MAIL:
        return begin_alike(who->first_name, other->first_name) ? BW_IMPORT_WORD_SAME
                                                               : BW_IMPORT_WORD_OTHER;
    case BW_PLACE_DOUBT_NAME:
        return BW_IMPORT_WORD_SAME;
    case BW_PLACE_DOUBT_NONE:
    case BW_PLACE_DOUBT_ROLE:
        break;
    }
    return BW_IMPORT_WORD_LATER;
}

static bool
on_doubt(enum bw_place_doubt doubt, const struct bw_place_doubt_side *who,
    const struct bw_place_doubt_side *other, void *context)
{
    struct bw_import *import = context;
    struct bw_import_result *result = &import->result;
    for (size_t i = 0; i < result->doubts_count; i++) {
        struct bw_import_doubt *mine = &result->doubts[i];
        if (mine->code == who->code && mine->answer.who == NULL) {
            mine->doubt = doubt;
            mine->likely = likely_of(doubt, who, other);
            mine->known_code = other->code;
            import->no_memory = import->no_memory || !side_put(&mine->answer, who) ||
                                !side_put(&mine->known, other);
        }
    }
    return !import->no_memory;
}

/* ---- what was said ---- */

static void
rejection_drop(struct bw_import_result *result, int32_t line)
{
    size_t kept = 0;
    for (size_t i = 0; i < result->rejections_count; i++) {
        struct bw_rejection *r = &result->rejections[i];
        if (r->line == line && r->reason == BW_REJECT_DOUBT) {
            free(r->text);
        } else {
            result->rejections[kept++] = *r;
        }
    }
    result->rejections_count = kept;
}

static struct bw_import_change *
change_of(struct bw_import_result *result, int32_t line)
{
    for (size_t i = 0; i < result->changes_count; i++) {
        if (result->changes[i].line == line && result->changes[i].fresh) {
            return &result->changes[i];
        }
    }
    return NULL;
}

/* They are somebody known, whose words are others now. */
static void
tell_same(struct bw_import *import, const struct bw_import_doubt *doubt)
{
    struct bw_import_change *change = change_of(&import->result, doubt->line);
    import->result.added--;
    import->result.changed++;
    if (change == NULL) {
        return;
    }
    const struct bw_import_side *was = &doubt->known, *is = &doubt->answer;
    struct bw_import_change says = {.differs_count = 0};
    bw_import_change_differs(&says, BW_SIGN_UP_NAME, was->who, is->who);
    bw_import_change_differs(&says, BW_SIGN_UP_SCHOOL, was->school, is->school);
    bw_import_change_differs(&says, BW_SIGN_UP_ROLE, was->role, is->role);
    bw_import_change_differs(&says, BW_SIGN_UP_EMAIL, was->mail, is->mail);
    bw_import_change_is(import, change, &says);
    change->fresh = false;
    change->code = doubt->known_code;
}

/* The result, as if nobody had been in doubt. */
static void
tell(struct bw_import *import, const struct bw_import_doubt *doubt,
    const struct bw_place_doubt_settled *settled)
{
    enum bw_registration_status status = settled->registration.roster.status;
    struct bw_import_change *change = change_of(&import->result, doubt->line);
    rejection_drop(&import->result, doubt->line);
    bw_place_count(import, status);
    if (change != NULL) {
        change->doubt = false;
        change->status = status;
    }
    if (doubt->word == BW_IMPORT_WORD_SAME) {
        tell_same(import, doubt);
    }
}

static enum bw_place_doubt_way
way_of(enum bw_import_word word)
{
    return word == BW_IMPORT_WORD_SAME  ? BW_PLACE_DOUBT_SAME
           : word == BW_IMPORT_WORD_OUT ? BW_PLACE_DOUBT_OUT
                                        : BW_PLACE_DOUBT_OTHER;
}

/* Who is out goes first: what was kept for them is free then. */
static enum bw_status
settle_all(struct bw_import *import, bool outs, struct bw_error *err)
{
    struct bw_import_result *result = &import->result;
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < result->doubts_count; i++) {
        struct bw_import_doubt *doubt = &result->doubts[i];
        struct bw_place_doubt_settled settled = {.placed = false};
        if (doubt->word == BW_IMPORT_WORD_LATER || doubt->answer.who == NULL ||
            (doubt->word == BW_IMPORT_WORD_OUT) != outs) {
            continue;
        }
        if (doubt->word == BW_IMPORT_WORD_SAME && doubt->known_code == BW_CODE_NONE) {
            doubt->word = BW_IMPORT_WORD_LATER; /* it looks like nobody (any more) */
            continue;
        }
        status = bw_place_doubt_settle_new(
            import->office, doubt->code, way_of(doubt->word), &settled, err);
        if (status == BW_OK) {
            tell(import, doubt, &settled);
        }
    }
    return status;
}

enum bw_status
bw_import_doubts_settle(struct bw_import *import, int64_t batch_no, struct bw_error *err)
{
    if (import->result.doubts_count == 0) {
        return BW_OK;
    }
    enum bw_status status =
        bw_place_doubts_walk(import->office->central, on_doubt, import, err);
    if (status == BW_OK && import->no_memory) { /* a side may lack its words */
        status = bw_import_no_memory(import, err);
    }
    if (status == BW_OK) {
        status = settle_all(import, true, err);
    }
    if (status == BW_OK) {
        status = settle_all(import, false, err);
    }
    if (status == BW_OK && import->no_memory) {
        status = bw_import_no_memory(import, err);
    }
    return status == BW_OK ? bw_import_count_batch(import, batch_no, err) : status;
}
