/* Inlezen, after a file was given: what was understood, what is asked, what would change;
 * and, when it was taken over, what did (draft.h).
 *
 *   busy --over--> asked --answers--> busy … --> picture --"Neem over"--> busy --> done
 */
#include "web/page/import/import.h"

#include "central/records.h"
#include "web/page/pages.h"
#include "web/page/part/stale.h"

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

/* What of an archive is no table. */
static json_t *
passed_of(const struct bw_web_draft *draft)
{
    json_t *list = json_array();
    for (size_t i = 0; i < draft->list.passed_count; i++) {
        const struct bw_import_passed *passed = &draft->list.passed[i];
        bw_web_add(
            &list, json_pack("{s:o, s:o}", "name", bw_web_import_quoted(passed->name),
                       "why", bw_web_text(passed->why != NULL ? passed->why : "")));
    }
    return list;
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
    bool one = draft->tables != NULL && draft->list.count == 1;
    bool more = draft->list.count > 1 || draft->list.passed_count > 0;
    bw_web_set(model, "several", json_integer(more ? (json_int_t)draft->list.count : 0));
    bw_web_set(model, "passed", passed_of(draft));
    bw_web_set(model, "passed_more", json_integer((json_int_t)draft->list.passed_more));
    bw_web_set(model, "of_circle",
        bw_web_text(one ? bw_web_import_circle(&draft->tables[0]) : ""));
    bw_web_set(model, "all_rows",
        json_integer(one ? (json_int_t)draft->tables[0].result.rows : 0));
    bw_web_set(model, "tables", tables);
    bw_web_set(model, "circles", circles);
    bw_web_set(model, "button",
        bw_web_filled(visit, nothing ? "im.do.none" : "im.do",
            json_pack("{s:I, s:I}", "a", added, "b", changed)));
    return BW_OK;
}

static json_t *
dates_of(const struct bw_web_visit *visit, enum bw_date_order chosen)
{
    static const struct {
        const char *value, *key;
    } orders[] = {{"", "im.d.file"}, {"dmy", "im.d.dmy"}, {"mdy", "im.d.mdy"}};
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        bw_web_add(
            &list, json_pack("{s:s, s:o, s:b}", "value", orders[i].value, "word",
                       bw_web_sentence(visit, orders[i].key), "chosen",
                       strcmp(bw_form_time_order_word(chosen), orders[i].value) == 0));
    }
    return list;
}

/* "Ingelezen in Leerkring Zwolle", of one file of one circle; else "". */
static json_t *
into(const struct bw_web_visit *visit, const struct bw_web_draft *draft)
{
    const char *circle = draft->taken && draft->list.count == 1
                             ? bw_web_import_circle(&draft->tables[0])
                             : "";
    return circle[0] != '\0'
               ? bw_web_filled(visit, "dn.title", json_pack("{s:s}", "k", circle))
               : json_string("");
}

static enum bw_status
show(struct bw_web_visit *visit, struct bw_web_draft *draft,
    const struct bw_web_work_state *busy, struct bw_error *err)
{
    bool open = busy == NULL && !draft->taken;
    bool ready = open && bw_web_draft_is_ready(draft);
    bool reading =
        !ready || strcmp(bw_web_request_asked(visit->request, "stap"), "2") == 0;
    json_t *model = json_object();
    enum bw_status status = BW_OK;
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.import"));
    bw_web_set(&model, "id", json_string(draft->id));
    bw_web_set(&model, "names", bw_web_text(draft->names));
    bw_web_set(&model, "round", json_integer(draft->round));
    bw_web_set(&model, "busy", json_false());
    bw_web_set(&model, "taking", json_boolean(draft->taking));
    bw_web_set(&model, "read_done", json_boolean(draft->taken || !reading));
    bw_web_set(&model, "step2", json_boolean(open && reading));
    bw_web_set(&model, "step3", json_boolean(open && !reading));
    bw_web_set(&model, "taken", json_boolean(draft->taken));
    bw_web_set(&model, "stale",
        bw_web_stale_notice(
            visit, busy == NULL && draft->stale, draft->stale_since, "er.stale.p"));
    bw_web_set(&model, "stopped", json_boolean(busy == NULL && draft->stopped));
    bw_web_set(&model, "failed",
        bw_web_text(busy == NULL && !draft->stopped ? draft->failed.text : ""));
    bw_web_set(&model, "picture", json_string(busy == NULL ? draft->picture : ""));
    bw_web_set(&model, "into", into(visit, draft));
    bw_web_set(&model, "kinds", bw_web_import_kinds(visit, draft->kind));
    bw_web_set(&model, "dates", dates_of(visit, draft->dates));
    if (busy != NULL) {
        add_progress(visit, busy, &model);
        visit->reply->again_s = AGAIN_S;
    } else {
        status = add_tables(visit, draft, &model, err);
    }
    if (status == BW_OK && draft->taken) {
        status = bw_web_import_done(visit, draft, &model, err);
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
    if (q->ask == BW_IMPORT_ASK_DATES) {
        table->dates = bw_form_time_order_parse(none ? "" : q->choices[choice].value);
        return true;
    }
    (void)snprintf(
        text, sizeof text, "%s=%s", q->about, none ? "-" : q->choices[choice].value);
    return q->ask == BW_IMPORT_ASK_COLUMN ? bw_web_draft_map(table, text)
                                          : bw_web_draft_alias(table, text);
}

/* "niet-0": lines of table 0 that stay out; "mee-0": that go in whatever their role.
 * False past the limit. */
static bool
read_lines(const struct bw_web_visit *visit, const char *what, size_t at,
    int32_t ret_lines[BW_WEB_DRAFT_SKIPPED_MAX], int *ret_count)
{
    const struct bw_web_request *request = visit->request;
    char name[BW_LABEL_BYTES];
    *ret_count = 0;
    (void)snprintf(name, sizeof name, "%s-%zu", what, at);
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

static bool
are_others(const struct bw_web_visit *visit, const char *what, size_t at,
    const int32_t *known, int known_count)
{
    int32_t lines[BW_WEB_DRAFT_SKIPPED_MAX];
    int count = 0;
    return !read_lines(visit, what, at, lines, &count) || count != known_count ||
           memcmp(lines, known, (size_t)count * sizeof lines[0]) != 0;
}

/* Of a line in doubt something else is said than before: "twijfel-0-13". */
static bool
says_others(
    const struct bw_web_visit *visit, const struct bw_web_draft_table *table, size_t at)
{
    bool others = false;
    for (size_t i = 0; i < table->result.doubts_count; i++) {
        const struct bw_import_doubt *doubt = &table->result.doubts[i];
        enum bw_import_word word = doubt->word;
        (void)bw_web_import_word_parse(
            bw_web_import_sent(visit, "twijfel", at, (int)doubt->line), &word);
        others = others || word != doubt->word;
    }
    return others;
}

static bool
take_doubts(const struct bw_web_visit *visit, struct bw_web_draft_table *table, size_t at)
{
    bool fine = true;
    for (size_t i = 0; fine && i < table->result.doubts_count; i++) {
        int32_t line = table->result.doubts[i].line;
        enum bw_import_word word = BW_IMPORT_WORD_LATER;
        if (bw_web_import_word_parse(
                bw_web_import_sent(visit, "twijfel", at, (int)line), &word)) {
            fine = bw_web_draft_say(table, line, word);
        }
    }
    return fine;
}

/* The form has the list of the files, each of which may stay out. */
static bool
names_files(const struct bw_web_visit *visit)
{
    return bw_web_request_sent(visit->request, "bestanden")[0] != '\0';
}

static bool
stays_out(const struct bw_web_visit *visit, size_t at)
{
    return bw_web_import_sent(visit, "uit", at, -1)[0] != '\0';
}

/* Rows were ticked, or no longer, since the picture was made: it is another one then
 * (WI1). */
static bool
ticks_others(const struct bw_web_visit *visit, const struct bw_web_draft *draft)
{
    bool others = false;
    for (size_t i = 0; draft->tables != NULL && i < draft->list.count; i++) {
        const struct bw_web_draft_table *table = &draft->tables[i];
        others = others || says_others(visit, table, i) ||
                 bw_web_import_refuses_others(visit, draft, i) ||
                 (names_files(visit) && stays_out(visit, i) != table->left_out) ||
                 (table->reading != NULL &&
                     bw_web_import_reads_others(visit, table->reading, i)) ||
                 are_others(visit, "niet", i, table->skipped, table->skipped_count) ||
                 are_others(visit, "mee", i, table->admitted, table->admitted_count);
    }
    return others;
}

/* Where it is asked about: one of two, or another that stands beside. */
static const char *
circle_sent(const struct bw_web_visit *visit, size_t at)
{
    const char *circle = bw_web_import_sent(visit, "kring", at, -1);
    return strcmp(circle, "anders") == 0 ? bw_web_import_sent(visit, "andere", at, -1)
                                         : circle;
}

/* The one that the file tells, or that was chosen, which stands in the form as it is. */
static bool
is_circle_of_now(const struct bw_web_draft_table *table, const char *circle)
{
    return table->status == BW_OK && table->reading != NULL &&
           strcmp(table->reading->circle.taken.code, circle) == 0;
}

static bool
take_table(struct bw_web_visit *visit, struct bw_web_draft_table *table, size_t at)
{
    const char *circle = circle_sent(visit, at);
    table->left_out = names_files(visit) ? stays_out(visit, at) : table->left_out;
    bool fine = read_lines(visit, "niet", at, table->skipped, &table->skipped_count) &&
                read_lines(visit, "mee", at, table->admitted, &table->admitted_count) &&
                take_doubts(visit, table, at);
    if (strcmp(circle, "klopt") == 0) {
        table->confirmed = true;
    } else if (circle[0] != '\0' && !is_circle_of_now(table, circle)) {
        table->confirmed = false;
        bw_text_copy(table->session, sizeof table->session, circle);
    }
    fine =
        fine && (table->reading == NULL || bw_web_import_take_reading(visit, table, at));
    for (int i = 0; fine && table->questions != NULL && i < table->questions->count;
         i++) {
        fine = take_question(table, &table->questions->items[i],
            bw_web_import_sent(visit, "vraag", at, i));
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
    if (bw_form_time_order_parse(dates) != draft->dates) {
        draft->dates = bw_form_time_order_parse(dates);
        bw_web_draft_dates_of_all(draft);
    }
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
        bw_web_import_take_refusals(visit, draft, i);
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
        draft->stale_since = bw_web_stale_sent(visit);
    } else if (settled && !draft->taken && strcmp(deed, "neem") == 0 &&
               !ticks_others(visit, draft)) {
        bw_text_copy(draft->plan.who, sizeof draft->plan.who, visit->desk->office.who);
        status =
            bw_web_draft_take(draft, bw_web_request_sent(visit->request, "beeld"), err);
    } else if (settled && !draft->taken) {
        status = take_answers(visit, draft, err);
    }
    return status;
}
