/* One table of a draft in words: what is asked, what would change, what wasn't taken. */
#include "web/page/import/import.h"

#include "central/records.h"

#include <string.h>

enum { ROWS_SHOWN = BW_IMPORT_CHANGES_MAX }; /* what is more is said */

/* ---- questions ---- */

/* "De dag eerst: dinsdag 25 maart 2025", and what that makes of all dates. */
static json_t *
date_choice(const struct bw_web_visit *visit, const struct bw_import_question *q, int at)
{
    bool dmy = bw_form_time_order_parse(q->choices[at].value) == BW_DATE_DMY;
    int64_t rows = q->choices[at].rows, late = q->choices[at].late;
    json_t *day =
        bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_DATE, q->choices[at].day_ms);
    return json_pack("{s:i, s:o, s:o, s:b}", "value", at, "text",
        bw_web_filled(
            visit, dmy ? "im.q.dmy" : "im.q.mdy", json_pack("{s:o}", "day", day)),
        "sample",
        bw_web_filled(visit, late > 0 ? "im.q.late" : "im.q.past",
            json_pack("{s:I, s:I}", "late", (json_int_t)late, "n", (json_int_t)rows)),
        "best", at == q->best);
}

static json_t *
choices_of(const struct bw_web_visit *visit, const struct bw_import_question *q)
{
    json_t *list = json_array();
    for (int i = 0; i < q->count; i++) {
        if (q->ask == BW_IMPORT_ASK_DATES) {
            bw_web_add(&list, date_choice(visit, q, i));
            continue;
        }
        bool circle = q->ask == BW_IMPORT_ASK_CIRCLE; /* its title before its code */
        const char *value = q->choices[i].value, *shown = q->choices[i].shown;
        bw_web_add(&list,
            json_pack("{s:i, s:o, s:o, s:b}", "value", i, "text",
                bw_web_import_quoted(circle ? shown : value), "sample",
                bw_web_import_quoted(circle ? value : shown), "best", i == q->best));
    }
    return list;
}

static const struct {
    const char *heading, *none;
} askings[] = {
    [BW_IMPORT_ASK_COLUMN] = {"im.q.column", "im.q.without"},
    [BW_IMPORT_ASK_REGION] = {"im.q.region", "im.q.asis"},
    [BW_IMPORT_ASK_CIRCLE] = {"im.q.circle", "im.q.out"},
    [BW_IMPORT_ASK_DATES] = {"im.q.dates", "im.q.out"},
};

static json_t *
questions_of(const struct bw_web_visit *visit, const struct bw_web_draft_table *table)
{
    json_t *list = json_array();
    for (int i = 0; table->questions != NULL && i < table->questions->count; i++) {
        const struct bw_import_question *q = &table->questions->items[i];
        json_t *row = json_object();
        bw_web_set(&row, "question", json_integer(i));
        bw_web_set(&row, "heading",
            bw_web_filled(visit, askings[q->ask].heading,
                json_pack("{s:o}", "what",
                    q->ask == BW_IMPORT_ASK_COLUMN
                        ? bw_web_import_called(visit, q->about, q->shown)
                        : bw_web_import_quoted(q->shown))));
        bw_web_set(&row, "choices", choices_of(visit, q));
        bw_web_set(&row, "may_none", json_boolean(!q->required));
        bw_web_set(&row, "none_best", json_boolean(q->best < 0 && !q->required));
        bw_web_set(&row, "none", bw_web_sentence(visit, askings[q->ask].none));
        bw_web_add(&list, row);
    }
    return list;
}

/* ---- rows ---- */

/* A doubt that the file brings is asked about in a card of its own. */
static bool
has_card(const struct bw_import_result *result, const struct bw_rejection *r)
{
    bool has = false;
    for (size_t i = 0; i < result->doubts_count; i++) {
        has = has || result->doubts[i].line == r->line;
    }
    return has;
}

static json_t *
rejections_of(const struct bw_web_visit *visit, const struct bw_import_result *result,
    bool doubts, json_int_t *ret_count)
{
    json_t *list = json_array();
    *ret_count = 0;
    for (size_t i = 0; i < result->rejections_count; i++) {
        const struct bw_rejection *r = &result->rejections[i];
        char key[BW_LABEL_BYTES];
        if ((r->reason == BW_REJECT_DOUBT) != doubts || (doubts && has_card(result, r)) ||
            ++*ret_count > ROWS_SHOWN) {
            continue;
        }
        (void)snprintf(key, sizeof key, "im.r.%s", bw_import_reject_name(r->reason));
        bw_web_add(
            &list, json_pack("{s:i, s:o, s:o, s:b, s:b}", "line", (int)r->line, "reason",
                       bw_web_sentence(visit, key), "text", bw_web_text(r->text),
                       "skipped", r->reason == BW_REJECT_SKIPPED, "may_come",
                       r->reason == BW_REJECT_AUDIENCE));
    }
    return list;
}

/* What somebody should look at; or what the file held beside its rows: columns that
 * weren't used, and what is odd. */
static json_t *
notes_of(
    const struct bw_web_visit *visit, const struct bw_import_result *result, bool look)
{
    json_t *list = json_array();
    for (size_t i = 0; i < result->notes_count && i < ROWS_SHOWN; i++) {
        if (result->notes[i].look == look) {
            bw_web_add(
                &list, json_pack("{s:o}", "text", bw_web_text(result->notes[i].text)));
        }
    }
    for (size_t i = 0; !look && i < result->ignored_count && i < ROWS_SHOWN; i++) {
        bw_web_add(&list, json_pack("{s:o}", "text",
                              bw_web_filled(visit, "im.ignored",
                                  json_pack("{s:o}", "what",
                                      bw_web_import_quoted(result->ignored[i])))));
    }
    return list;
}

/* Of a list that is cut: how many of it aren't shown. */
static json_int_t
more_than(int64_t count, size_t shown)
{
    return shown >= ROWS_SHOWN && count > (int64_t)shown ? count - (int64_t)shown : 0;
}

/* How many of the cards are left for Uitzoeken. */
static json_int_t
later_of(const struct bw_import_result *result)
{
    json_int_t count = 0;
    for (size_t i = 0; i < result->doubts_count; i++) {
        count += result->doubts[i].word == BW_IMPORT_WORD_LATER;
    }
    return count;
}

static void
add_figures(const struct bw_web_visit *visit, const struct bw_import_result *result,
    size_t ticks, json_t **table)
{
    json_int_t doubts_count = 0, out_count = 0;
    json_t *doubts = rejections_of(visit, result, true, &doubts_count);
    json_t *out = rejections_of(visit, result, false, &out_count);
    json_t *fresh = bw_web_import_changes(visit, result, true, 0);
    json_t *changed = bw_web_import_changes(visit, result, false, ticks);
    json_t *notes = notes_of(visit, result, false);
    json_t *looks = notes_of(visit, result, true);
    int64_t same = result->rows - result->added - (result->changed - result->gone) -
                   (int64_t)out_count;
    bw_web_set(table, "rows", json_integer(result->rows));
    bw_web_set(table, "added", json_integer(result->added));
    bw_web_set(table, "changed", json_integer(result->changed));
    bw_web_set(table, "same", json_integer(same > 0 ? same : 0));
    bw_web_set(table, "doubts_count", json_integer(doubts_count));
    bw_web_set(table, "cards_count", json_integer((json_int_t)result->doubts_count));
    bw_web_set(table, "look_count",
        json_integer(doubts_count + (json_int_t)result->doubts_count));
    bw_web_set(table, "later_count", json_integer(doubts_count + later_of(result)));
    bw_web_set(table, "cards", bw_web_import_doubts(visit, result));
    bw_web_set(table, "out_count", json_integer(out_count));
    bw_web_set(table, "fresh_count", json_integer((json_int_t)json_array_size(fresh)));
    bw_web_set(
        table, "changed_count", json_integer((json_int_t)json_array_size(changed)));
    bw_web_set(table, "more_changes",
        json_integer(more_than(result->added + result->changed, result->changes_count)));
    bw_web_set(table, "more_doubts", json_integer(more_than(doubts_count, ROWS_SHOWN)));
    bw_web_set(table, "more_out", json_integer(more_than(out_count, ROWS_SHOWN)));
    bw_web_set(table, "notes_count", json_integer((json_int_t)json_array_size(notes)));
    bw_web_set(table, "doubts", doubts);
    bw_web_set(table, "out", out);
    bw_web_set(table, "fresh_rows", fresh);
    bw_web_set(table, "changed_rows", changed);
    bw_web_set(table, "notes", notes);
    bw_web_set(table, "looks_count", json_integer((json_int_t)json_array_size(looks)));
    bw_web_set(table, "looks", looks);
}

static json_t *
lines_of(const int32_t *lines, int count)
{
    json_t *list = json_array();
    for (int i = 0; i < count; i++) {
        bw_web_add(&list, json_pack("{s:i}", "line", (int)lines[i]));
    }
    return list;
}

const char *
bw_web_import_circle(const struct bw_web_draft_table *table)
{
    return table->reading != NULL ? table->reading->circle.taken.title : "";
}

/* Nothing tells which circle it is of, and nobody said it: that is asked. */
static bool
is_untold(const struct bw_web_draft *draft, const struct bw_web_draft_table *table)
{
    const struct bw_import_reading *reading = table->reading;
    if (table->status != BW_BAD_INPUT || !bw_import_is_of_session(draft->kind) ||
        table->session[0] != '\0' || draft->session[0] != '\0') {
        return false;
    }
    return !bw_import_may_tell_session(draft->kind) ||
           (reading != NULL && reading->columns_count > 0 &&
               reading->circle.by == BW_IMPORT_CIRCLE_UNKNOWN);
}

/* What can be said of it beside others: {"kind","icon","word"}. */
static json_t *
judged_of(const struct bw_web_visit *visit, const struct bw_web_draft *draft,
    const struct bw_web_draft_table *table)
{
    enum { OUT, ASKS, REFUSED, LOOK, FINE };
    static const struct {
        const char *kind, *icon, *key;
    } chips[] = {
        [OUT] = {"", "close", "im.j.out"},
        [ASKS] = {"let", "question", "im.j.asks"},
        [REFUSED] = {"fout", "alert", "im.j.refused"},
        [LOOK] = {"let", "alert", "im.j.look"},
        [FINE] = {"ok", "check", "im.j.fine"},
    };
    bool questions = table->questions != NULL && table->questions->count > 0;
    int at = table->left_out ? OUT
             : table->status == BW_OK
                 ? (bw_import_needs_look(&table->result) ? LOOK : FINE)
             : table->asked || questions || is_untold(draft, table) ? ASKS
                                                                    : REFUSED;
    return json_pack("{s:s, s:s, s:o}", "kind", chips[at].kind, "icon", chips[at].icon,
        "word", bw_web_sentence(visit, chips[at].key));
}

json_t *
bw_web_import_table(const struct bw_web_visit *visit, const struct bw_web_draft *draft,
    size_t at, const json_t *circles)
{
    const struct bw_web_draft_table *table = &draft->tables[at];
    const char *shown = draft->list.items[at].shown;
    size_t folder = strlen(draft->folder) + 1;
    bool asks = table->questions != NULL && table->questions->count > 0;
    bool untold = is_untold(draft, table);
    bool refused =
        table->status != BW_OK && !table->asked && !asks && !untold && !draft->stopped;
    json_t *model = json_object();
    bw_web_set(&model, "number", json_integer((json_int_t)at));
    bw_web_set(&model, "file",
        bw_web_text(
            strncmp(shown, draft->folder, folder - 1) == 0 ? shown + folder : shown));
    if (table->reading != NULL && table->reading->columns_count > 0) {
        bw_web_set(
            &model, "reading", bw_web_import_reading(visit, table->reading, circles));
    }
    bw_web_set(&model, "fine", json_boolean(table->status == BW_OK));
    bw_web_set(&model, "asked", json_boolean(table->asked));
    bw_web_set(&model, "refused", json_boolean(refused));
    bw_web_set(&model, "untold", json_boolean(untold));
    bw_web_set(&model, "may_choose", json_boolean(bw_import_is_of_session(draft->kind)));
    bw_web_set(&model, "why", bw_web_text(table->err.text));
    bw_web_set(&model, "questions", questions_of(visit, table));
    bw_web_set(&model, "choose", json_deep_copy(circles));
    bw_web_set(&model, "kept_out", lines_of(table->skipped, table->skipped_count));
    bw_web_set(&model, "folded", /* of several, what asks something stands open */
        json_boolean(draft->list.count > 1 && table->status == BW_OK));
    bw_web_set(&model, "left_out", json_boolean(table->left_out));
    bw_web_set(&model, "judged", judged_of(visit, draft, table));
    bw_web_set(&model, "of_circle", bw_web_text(bw_web_import_circle(table)));
    bw_web_set(&model, "news",
        table->status == BW_OK && !table->left_out
            ? bw_web_filled(visit, "im.news",
                  json_pack("{s:I, s:I}", "a", (json_int_t)table->result.added, "b",
                      (json_int_t)table->result.changed))
            : json_string(""));
    bw_web_set(&model, "admitted", lines_of(table->admitted, table->admitted_count));
    bw_web_set(&model, "admitted_count", json_integer(table->admitted_count));
    if (table->status == BW_OK) {
        add_figures(visit, &table->result, bw_web_import_ticks(draft, at), &model);
    }
    return model;
}
