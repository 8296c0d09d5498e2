/* What the work on a draft does: a look at each of its tables, or the taking over of all
 * of them (draft.h). On the work's thread. */
#include "web/work/draft.h"

#include "office/step.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* A kind that is of one circle needs one, and others take none. */
static const char *
session_of(const struct bw_web_draft *draft, const struct bw_web_draft_table *table)
{
    const char *own = table->session[0] != '\0' ? table->session : draft->session;
    return bw_import_is_of_session(draft->kind) && own[0] != '\0' ? own : NULL;
}

/* Which tables there are, once. */
static enum bw_status
list_tables(
    struct bw_web_draft *draft, const struct bw_office *office, struct bw_error *err)
{
    const struct bw_import_request request = {.kind = draft->kind,
        .session = draft->session[0] != '\0' ? draft->session : NULL};
    if (draft->tables != NULL) {
        return BW_OK;
    }
    draft->list.office = office;
    draft->list.asks = true;
    draft->list.request = &request;
    enum bw_status status = bw_import_list_add(&draft->list, draft->folder, err);
    draft->list.office = NULL;
    draft->list.request = NULL;
    if (status == BW_OK && draft->list.count > BW_WEB_DRAFT_TABLES_MAX) {
        status = bw_error_set(err, BW_FULL, 0,
            "importing: there are more than %d tables in it; give a part of them",
            BW_WEB_DRAFT_TABLES_MAX);
    }
    if (status == BW_OK) {
        draft->tables = calloc(draft->list.count, sizeof *draft->tables);
        status = draft->tables != NULL
                     ? BW_OK
                     : bw_error_set(err, BW_NO_MEMORY, 0, "importing: no memory");
    }
    if (status != BW_OK) {
        bw_import_list_finish(&draft->list);
    }
    return status;
}

bool
bw_web_draft_say(struct bw_web_draft_table *table, int32_t line, enum bw_import_word word)
{
    int at = 0;
    while (at < table->said_count && table->said[at].line != line) {
        at++;
    }
    if (at == BW_WEB_DRAFT_SKIPPED_MAX) {
        return false;
    }
    table->said_count += at == table->said_count;
    table->said[at] = (struct bw_import_said){line, word};
    return true;
}

/* Whether it is an answer to that: the line may have been in another doubt when it was
 * said. */
static bool
is_answered(const struct bw_import_doubt *doubt)
{
    return doubt->doubt == BW_PLACE_DOUBT_ROLE ? doubt->word != BW_IMPORT_WORD_SAME
                                               : doubt->word != BW_IMPORT_WORD_OUT;
}

/* WI3. True where something was said that wasn't before. */
static bool
suggest(struct bw_web_draft_table *table)
{
    bool news = false;
    for (size_t i = 0; table->status == BW_OK && i < table->result.doubts_count; i++) {
        const struct bw_import_doubt *doubt = &table->result.doubts[i];
        bool said = false;
        for (int n = 0; n < table->said_count; n++) {
            said = said || table->said[n].line == doubt->line;
        }
        if (!is_answered(doubt) || (!said && doubt->likely != BW_IMPORT_WORD_LATER)) {
            news = bw_web_draft_say(table, doubt->line, doubt->likely) || news;
        }
    }
    return news;
}

static void
run_table(struct bw_web_draft *draft, const struct bw_office *office, size_t at)
{
    struct bw_web_draft_table *table = &draft->tables[at];
    const struct bw_import_item *item = &draft->list.items[at];
    struct bw_import_result result = {.rows = 0};
    if (table->questions == NULL) {
        table->questions = calloc(1, sizeof *table->questions);
    }
    if (table->reading == NULL) {
        table->reading = calloc(1, sizeof *table->reading);
    }
    table->asked = false;
    table->err = (struct bw_error){.text = ""};
    if (table->questions == NULL || table->reading == NULL) {
        table->status =
            bw_error_set(&table->err, BW_NO_MEMORY, 0, "importing: no memory");
        return;
    }
    table->questions->count = 0;
    bw_import_result_finish(&table->result);
    if (table->left_out) { /* as it was looked at before, if it was */
        table->status = BW_OK;
        return;
    }
    const struct bw_import_request request = {.kind = draft->kind,
        .path = item->path,
        .member = item->member,
        .session = session_of(draft, table),
        .maps = (const char *const *)table->maps,
        .maps_count = table->maps_count,
        .aliases = (const char *const *)table->aliases,
        .aliases_count = table->aliases_count,
        .dates = table->dates != BW_DATE_UNSAID ? table->dates : draft->dates,
        .skipped = table->skipped,
        .skipped_count = table->skipped_count,
        .refused = table->refused,
        .refused_count = table->refused_count,
        .admitted = table->admitted,
        .admitted_count = table->admitted_count,
        .said = table->said,
        .said_count = table->said_count,
        .confirmed = table->confirmed,
        .ret_asked = &table->asked,
        .ret_questions = table->questions,
        .ret_reading = table->reading};
    table->status =
        request.session == NULL && bw_import_is_of_session(draft->kind) &&
                !bw_import_may_tell_session(draft->kind)
            ? bw_error_set(&table->err, BW_BAD_INPUT, 0,
                  "importing %s: such a list is of one circle; choose it", item->shown)
            : bw_import_file(office, &request, &result, &table->err);
    table->result = result;
    bw_web_folder_hide(draft->folder, table->err.text);
}

/* ---- the picture ---- */

static void
digest_number(crypto_generichash_state *state, int64_t number)
{
    (void)crypto_generichash_update(state, (const unsigned char *)&number, sizeof number);
}

static void
digest_text(crypto_generichash_state *state, const char *text)
{
    (void)crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

static void
digest_differences(crypto_generichash_state *state, const struct bw_import_change *change)
{
    for (int i = 0; i < change->differs_count; i++) {
        const struct bw_import_difference *differs = &change->differs[i];
        digest_text(state, differs->field);
        digest_text(state, differs->was);
        digest_text(state, differs->becomes);
        digest_number(state, differs->becomes_ms);
        digest_number(state, differs->refused);
    }
}

/* Codes are drawn anew each time: what names one is counted, not quoted. */
static void
digest_result(crypto_generichash_state *state, const struct bw_import_result *result)
{
    const int64_t counts[] = {result->rows, result->confirmed, result->waitlisted,
        result->cancelled, result->blocked, result->added, result->changed,
        (int64_t)result->notes_count, (int64_t)result->rejections_count,
        (int64_t)result->changes_count, (int64_t)result->doubts_count};
    (void)crypto_generichash_update(state, (const unsigned char *)counts, sizeof counts);
    for (size_t i = 0; i < result->rejections_count; i++) {
        digest_number(state, result->rejections[i].line);
        digest_number(state, result->rejections[i].reason);
    }
    for (size_t i = 0; i < result->doubts_count; i++) {
        digest_number(state, result->doubts[i].line);
        digest_number(state, result->doubts[i].word);
    }
    for (size_t i = 0; i < result->changes_count; i++) {
        const struct bw_import_change *change = &result->changes[i];
        digest_number(state, change->line);
        digest_number(state, change->fresh);
        digest_number(state, change->status);
        digest_number(state, change->number);
        digest_text(state, change->who);
        digest_text(state, change->also_in);
        digest_differences(state, change);
    }
}

static void
digest_draft(const struct bw_web_draft *draft, char ret_picture[BW_WEB_KEY_BYTES])
{
    crypto_generichash_state state;
    unsigned char hash[(BW_WEB_KEY_BYTES - 1) / 2];
    (void)crypto_generichash_init(&state, NULL, 0, sizeof hash);
    digest_number(&state, draft->round);
    for (size_t i = 0; i < draft->list.count; i++) {
        digest_number(&state, draft->tables[i].status);
        digest_number(&state, draft->tables[i].left_out);
        digest_result(&state, &draft->tables[i].result);
    }
    (void)crypto_generichash_final(&state, hash, sizeof hash);
    (void)sodium_bin2hex(ret_picture, BW_WEB_KEY_BYTES, hash, sizeof hash);
}

static bool
on_step(const struct bw_step *step, void *context)
{
    int64_t *newest = context;
    *newest = step->number;
    return false;
}

enum bw_status
bw_web_draft_job_look(struct bw_office *office, void *context, struct bw_error *err)
{
    struct bw_web_draft *draft = context;
    draft->since = 0;
    enum bw_status status = bw_step_walk(office->central, 1, on_step, &draft->since, err);
    if (status == BW_OK) {
        status = list_tables(draft, office, err);
    }
    for (size_t i = 0; status == BW_OK && i < draft->list.count; i++) {
        run_table(draft, office, i);
        if (suggest(&draft->tables[i])) {
            run_table(draft, office, i);
        }
        if (bw_progress_is_stopped(office->progress)) {
            status =
                bw_error_set(err, BW_REFUSED, 0, "looking at the files: it was stopped");
        }
    }
    if (status == BW_OK) {
        digest_draft(draft, draft->picture);
    } else {
        bw_web_folder_hide(draft->folder, err->text);
    }
    return status;
}

/* ---- taking over ---- */

/* The picture as it would be now, on a connection that keeps nothing. */
static enum bw_status
look_again(
    struct bw_web_draft *draft, const struct bw_office *office, struct bw_error *err)
{
    struct bw_office preview = *office;
    enum bw_status status =
        bw_central_open(draft->plan.central_uri, BW_CENTRAL_OPEN, &preview.central, err);
    if (status == BW_OK) {
        bw_central_check_only(preview.central);
        status = bw_web_draft_job_look(&preview, draft, err);
    }
    bw_central_close(preview.central);
    return status;
}

static bool
on_newest(const struct bw_step *step, void *context)
{
    int64_t *newest = context;
    *newest = strncmp(step->what, "import ", 7) == 0 ? step->number : 0;
    return false;
}

static enum bw_status
note_step(struct bw_web_draft *draft, const struct bw_office *office, size_t at,
    struct bw_error *err)
{
    const struct bw_import_result *result = &draft->tables[at].result;
    int64_t newest = 0;
    if ((result->added == 0 && result->changed == 0) ||
        draft->steps_count == BW_WEB_STEPS_MAX) {
        return BW_OK;
    }
    enum bw_status status = bw_step_walk(office->central, 1, on_newest, &newest, err);
    if (status == BW_OK && newest > 0) {
        draft->steps[draft->steps_count++] = newest;
    }
    return status;
}

/* WI1: those that went in before one that couldn't. */
static enum bw_status
take_back(
    struct bw_web_draft *draft, const struct bw_office *office, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    while (status == BW_OK && draft->steps_count > 0) {
        struct bw_step_undone undone;
        status =
            bw_step_undo(office, draft->steps[draft->steps_count - 1], "", &undone, err);
        if (status == BW_OK) {
            bw_step_undone_finish(&undone);
            draft->steps_count--;
        }
    }
    return status;
}

enum bw_status
bw_web_draft_job_take(struct bw_office *office, void *context, struct bw_error *err)
{
    struct bw_web_draft *draft = context;
    int64_t since = draft->since;
    enum bw_status status = look_again(draft, office, err);
    if (status != BW_OK) {
        return status;
    }
    draft->stale = strcmp(draft->picture, draft->wanted) != 0;
    draft->stale_since = since;
    for (size_t i = 0; !draft->stale && status == BW_OK && i < draft->list.count; i++) {
        run_table(draft, office, i);
        status = draft->tables[i].status;
        if (status == BW_OK) {
            status = note_step(draft, office, i, err);
        } else {
            *err = draft->tables[i].err;
        }
    }
    if (status != BW_OK && draft->steps_count > 0) {
        struct bw_error why = {.text = ""};
        if (take_back(draft, office, &why) != BW_OK) {
            return bw_error_set(err, why.status, 0,
                "importing: a file couldn't be taken, and one before it not be taken "
                "back: %s; look at the history",
                why.text);
        }
    }
    return status;
}
