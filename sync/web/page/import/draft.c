/* Inlezen, after a file was given: what was understood, what is asked, what would change;
 * and, when it was taken over, what did (draft.h).
 *
 *   busy --over--> asked --answers--> busy … --> picture --"Neem over"--> busy --> done
 */
#include "web/page/import/import.h"

#include "central/records.h"
#include "web/page/pages.h"

#include <stdlib.h>
#include <string.h>

/* A busy page only where it takes so long that people wonder. */
enum { CALM_MS = 400, AGAIN_S = 2 };

static enum bw_status
draft_find(
    struct bw_web_visit *visit, struct bw_web_draft **ret_draft, struct bw_error *err)
{
    *ret_draft = bw_web_draft_of(&visit->desk->drafts, visit->request->segments[1]);
    return *ret_draft != NULL ? BW_OK
                              : bw_error_set(err, BW_NOT_FOUND, 0,
                                    "looking for a file that was given: "
                                    "it isn't here any more; give it again");
}

/* ---- pages ---- */

static void
add_progress(const struct bw_web_visit *visit, const struct bw_web_work_state *state,
    json_t **model)
{
    bw_web_set(model, "busy", json_true());
    bw_web_set(model, "stopping", json_boolean(state->stopping));
    bw_web_set(model, "done_rows", json_integer(state->done));
    bw_web_set(model, "total_rows", json_integer(state->total));
    bw_web_set(model, "progress",
        bw_web_filled(visit, state->total > 0 ? "im.busy.n" : "im.busy",
            json_pack("{s:I, s:I}", "a", (json_int_t)state->done, "b",
                (json_int_t)state->total)));
}

static enum bw_status
add_tables(const struct bw_web_visit *visit, const struct bw_web_draft *draft,
    json_t **model, struct bw_error *err)
{
    json_t *circles = NULL, *tables = json_array();
    json_int_t added = 0, changed = 0;
    enum bw_status status = bw_web_import_circles(visit, draft->session, &circles, err);
    if (status != BW_OK) {
        json_decref(tables);
        return status;
    }
    for (size_t i = 0; draft->tables != NULL && i < draft->list.count; i++) {
        bw_web_add(&tables, bw_web_import_table(visit, draft, i, circles));
        added += draft->tables[i].result.added;
        changed += draft->tables[i].result.changed;
    }
    bool nothing = added == 0 && changed == 0;
    bw_web_set(model, "tables", tables);
    bw_web_set(model, "circles", circles);
    bw_web_set(model, "button",
        bw_web_filled(visit, nothing ? "im.do.none" : "im.do",
            json_pack("{s:I, s:I}", "a", added, "b", changed)));
    return BW_OK;
}

static const char *
dates_word(enum bw_date_order dates)
{
    return dates == BW_DATE_DMY ? "dmy" : dates == BW_DATE_MDY ? "mdy" : "";
}

static json_t *
dates_of(const struct bw_web_visit *visit, enum bw_date_order chosen)
{
    static const struct {
        const char *value, *key;
    } orders[] = {{"", "im.d.file"}, {"dmy", "im.d.dmy"}, {"mdy", "im.d.mdy"}};
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        bw_web_add(&list, json_pack("{s:s, s:o, s:b}", "value", orders[i].value, "word",
                              bw_web_sentence(visit, orders[i].key), "chosen",
                              strcmp(dates_word(chosen), orders[i].value) == 0));
    }
    return list;
}

static enum bw_status
show(struct bw_web_visit *visit, struct bw_web_draft *draft,
    const struct bw_web_work_state *busy, struct bw_error *err)
{
    bool ready = busy == NULL && bw_web_draft_is_ready(draft) && !draft->taken;
    json_t *model = json_object();
    enum bw_status status = BW_OK;
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.import"));
    bw_web_set(&model, "id", json_string(draft->id));
    bw_web_set(&model, "names", bw_web_text(draft->names));
    bw_web_set(&model, "round", json_integer(draft->round));
    bw_web_set(&model, "busy", json_false());
    bw_web_set(&model, "taking", json_boolean(draft->taking));
    bw_web_set(&model, "ready", json_boolean(ready));
    bw_web_set(&model, "taken", json_boolean(draft->taken));
    bw_web_set(&model, "open", json_boolean(busy == NULL && !draft->taken));
    bw_web_set(&model, "stale", json_boolean(busy == NULL && draft->stale));
    bw_web_set(&model, "failed", bw_web_text(busy == NULL ? draft->failed.text : ""));
    bw_web_set(&model, "picture", json_string(busy == NULL ? draft->picture : ""));
    bw_web_set(&model, "kinds", bw_web_import_kinds(visit, draft->kind));
    bw_web_set(&model, "dates", dates_of(visit, draft->dates));
    if (busy != NULL) {
        add_progress(visit, busy, &model);
        visit->reply->again_s = AGAIN_S;
    } else {
        status = add_tables(visit, draft, &model, err);
    }
    if (status != BW_OK) {
        json_decref(model);
        return status;
    }
    return bw_web_show(visit, "draft", model, err);
}

/* Said once, to whoever comes to look first. */
static void
say_taken(struct bw_web_visit *visit, struct bw_web_draft *draft)
{
    struct bw_web_said *said = &visit->session->said;
    json_int_t added = 0, changed = 0;
    int last = draft->steps_count - 1;
    if (!draft->taken || draft->told) {
        return;
    }
    draft->told = true;
    for (size_t i = 0; i < draft->list.count; i++) {
        added += draft->tables[i].result.added;
        changed += draft->tables[i].result.changed;
    }
    visit->desk->changed = true;
    bw_web_said(visit, "im.taken", json_pack("{s:I, s:I}", "a", added, "b", changed),
        last >= 0 ? draft->steps[last] : 0);
    memcpy(said->steps, draft->steps, sizeof said->steps);
    said->steps_count = draft->steps_count;
}

enum bw_status
bw_web_page_draft(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_draft *draft = NULL;
    struct bw_web_work_state state = {.over = true};
    enum bw_status status = draft_find(visit, &draft, err);
    if (status == BW_OK) {
        status = bw_web_draft_look(draft, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bool settled = bw_web_draft_settled(draft, CALM_MS, &state);
    if (settled) {
        say_taken(visit, draft);
    }
    return show(visit, draft, settled ? NULL : &state, err);
}

/* ---- answers ---- */

/* "kolom-0-3" and the like: the answer to question 3 of table 0. */
static const char *
sent_of(const struct bw_web_visit *visit, const char *what, size_t table, int question)
{
    char name[BW_LABEL_BYTES];
    (void)snprintf(
        name, sizeof name, question >= 0 ? "%s-%zu-%d" : "%s-%zu", what, table, question);
    return bw_web_request_sent(visit->request, name);
}

static bool
take_question(struct bw_web_draft_table *table, const struct bw_import_question *q,
    const char *sent)
{
    char text[2 * BW_TITLE_BYTES + 2], *end = NULL;
    long choice = strtol(sent, &end, 10);
    bool none = strcmp(sent, "-") == 0;
    if (!none && (end == sent || *end != '\0' || choice < 0 || choice >= q->count)) {
        return true; /* not answered: it is asked again */
    }
    (void)snprintf(
        text, sizeof text, "%s=%s", q->about, none ? "-" : q->choices[choice].value);
    return q->ask == BW_IMPORT_ASK_COLUMN ? bw_web_draft_map(table, text)
                                          : bw_web_draft_alias(table, text);
}

/* "niet-0": lines of table 0 that stay out. False past the limit. */
static bool
read_skipped(const struct bw_web_visit *visit, size_t at,
    int32_t ret_lines[BW_WEB_DRAFT_SKIPPED_MAX], int *ret_count)
{
    const struct bw_web_request *request = visit->request;
    char name[BW_LABEL_BYTES];
    *ret_count = 0;
    (void)snprintf(name, sizeof name, "niet-%zu", at);
    for (size_t i = 0; i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        long line = strtol(field->value, NULL, 10);
        if (!field->of_form || strcmp(field->name, name) != 0 || line < 2 ||
            line > INT32_MAX) {
            continue;
        }
        if (*ret_count == BW_WEB_DRAFT_SKIPPED_MAX) {
            return false;
        }
        ret_lines[(*ret_count)++] = (int32_t)line;
    }
    return true;
}

/* Rows were ticked, or no longer, since the picture was made: it is another one then
 * (WI1). */
static bool
skips_others(const struct bw_web_visit *visit, const struct bw_web_draft *draft)
{
    bool others = false;
    for (size_t i = 0; draft->tables != NULL && i < draft->list.count; i++) {
        const struct bw_web_draft_table *table = &draft->tables[i];
        int32_t lines[BW_WEB_DRAFT_SKIPPED_MAX];
        int count = 0;
        others = others || !read_skipped(visit, i, lines, &count) ||
                 count != table->skipped_count ||
                 memcmp(lines, table->skipped, (size_t)count * sizeof lines[0]) != 0;
    }
    return others;
}

static bool
take_table(struct bw_web_visit *visit, struct bw_web_draft_table *table, size_t at)
{
    const char *circle = sent_of(visit, "kring", at, -1);
    bool fine = read_skipped(visit, at, table->skipped, &table->skipped_count);
    if (strcmp(circle, "klopt") == 0) {
        table->confirmed = true;
    } else if (circle[0] != '\0') {
        table->confirmed = false;
        bw_text_copy(table->session, sizeof table->session, circle);
    }
    for (int i = 0; fine && table->questions != NULL && i < table->questions->count;
         i++) {
        fine = take_question(
            table, &table->questions->items[i], sent_of(visit, "vraag", at, i));
    }
    return fine;
}

/* Another kind of file is other tables. */
static void
take_kind(struct bw_web_visit *visit, struct bw_web_draft *draft)
{
    const char *kind = bw_web_request_sent(visit->request, "soort");
    const char *dates = bw_web_request_sent(visit->request, "datums");
    const char *circle = bw_web_request_sent(visit->request, "kring");
    enum bw_import_kind other = draft->kind;
    if (!bw_web_import_kind_parse(kind, &other)) {
        return; /* a form without these questions */
    }
    draft->dates = strcmp(dates, "dmy") == 0   ? BW_DATE_DMY
                   : strcmp(dates, "mdy") == 0 ? BW_DATE_MDY
                                               : BW_DATE_UNSAID;
    if (other != draft->kind || strcmp(circle, draft->session) != 0) {
        bw_web_draft_forget(draft);
        draft->kind = other;
        bw_text_copy(draft->session, sizeof draft->session, circle);
    }
}

static enum bw_status
take_answers(struct bw_web_visit *visit, struct bw_web_draft *draft, struct bw_error *err)
{
    bool fine = true;
    for (size_t i = 0; fine && draft->tables != NULL && i < draft->list.count; i++) {
        fine = take_table(visit, &draft->tables[i], i);
    }
    take_kind(visit, draft);
    bw_web_draft_answered(draft);
    return fine ? BW_OK
                : bw_error_set(err, BW_FULL, 0,
                      "keeping the answers: there are too many, or no memory");
}

/* What was asked of something else by now is not taken for an answer. */
static bool
is_of_now(const struct bw_web_visit *visit, const struct bw_web_draft *draft)
{
    char round[16];
    (void)snprintf(round, sizeof round, "%d", draft->round);
    return strcmp(bw_web_request_sent(visit->request, "ronde"), round) == 0;
}

enum bw_status
bw_web_page_draft_answered(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_draft *draft = NULL;
    struct bw_web_work_state state = {.over = true};
    const char *deed = bw_web_request_sent(visit->request, "doe");
    enum bw_status status = draft_find(visit, &draft, err);
    if (status != BW_OK) {
        return status;
    }
    bool settled = bw_web_draft_settled(draft, 0, &state);
    bw_web_go(visit, "/inlezen/%s", draft->id);
    if (strcmp(deed, "weg") == 0) {
        bw_web_draft_drop(draft);
        bw_web_said(visit, "im.dropped", json_object(), 0);
        bw_web_go(visit, "/inlezen");
    } else if (strcmp(deed, "stop") == 0 && !settled) {
        bw_web_work_stop(draft->work);
    } else if (settled && !draft->taken && !is_of_now(visit, draft)) {
        draft->stale = true;
    } else if (settled && !draft->taken && strcmp(deed, "neem") == 0 &&
               !skips_others(visit, draft)) {
        status =
            bw_web_draft_take(draft, bw_web_request_sent(visit->request, "beeld"), err);
    } else if (settled && !draft->taken) {
        status = take_answers(visit, draft, err);
    }
    return status;
}
