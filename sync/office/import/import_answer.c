/* What an import says of itself, for people and for programs: see import.h. One thread.
 */
#include "office/import/import.h"
#include "cli/answer.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const reasons[] = {
    [BW_REJECT_INVALID] = "invalid",
    [BW_REJECT_AUDIENCE] = "audience",
    [BW_REJECT_DUPLICATE] = "duplicate",
};

static int
by_line(const void *a, const void *b)
{
    const struct bw_rejection *left = a;
    const struct bw_rejection *right = b;
    return (left->line > right->line) - (left->line < right->line);
}

static json_t *
lists_of(const struct bw_import *import)
{
    json_t *rejected = json_array();
    json_t *ignored = json_array();
    json_t *notes = json_array();
    for (size_t i = 0; i < import->rejections_count; i++) {
        const struct bw_rejection *r = &import->rejections[i];
        (void)json_array_append_new(
            rejected, json_pack("{s:i, s:s, s:s}", "line", (int)r->line, "reason",
                          reasons[r->reason], "text", r->text));
    }
    for (int i = 0; i < import->columns.ignored_count; i++) {
        (void)json_array_append_new(
            ignored, json_string(bw_csv_cell_at(&import->table, &import->table.heading,
                         import->columns.ignored[i])));
    }
    for (size_t i = 0; i < import->notes_count; i++) {
        (void)json_array_append_new(notes, json_string(import->notes[i].text));
    }
    return json_pack("{s:I, s:I, s:o, s:o, s:o}", "added", (json_int_t)import->added,
        "changed", (json_int_t)import->changed, "rejected", rejected, "ignored_columns",
        ignored, "notes", notes);
}

static enum bw_status
answer_json(struct bw_import *import, struct bw_error *err)
{
    json_t *root = json_pack("{s:I}", "rows", (json_int_t)import->table.rows_count);
    if (import->counts_people) {
        json_t *people =
            json_pack("{s:I, s:I, s:I, s:I}", "confirmed", (json_int_t)import->confirmed,
                "waitlisted", (json_int_t)import->waitlisted, "cancelled",
                (json_int_t)import->cancelled, "blocked", (json_int_t)import->blocked);
        (void)json_object_update(root, people);
        json_decref(people);
    }
    json_t *lists = lists_of(import);
    if (json_object_update(root, lists) != 0) {
        json_decref(root);
        root = NULL;
    }
    json_decref(lists);
    return bw_answer_json(import->call, root, err);
}

static void
answer_text(const struct bw_import *import)
{
    FILE *out = import->call->out;
    fprintf(out, "%s: %zu rows: ", import->path, import->table.rows_count);
    if (import->counts_people) {
        fprintf(out, "%" PRId64 " confirmed, %" PRId64 " on the waitlist, ",
            import->confirmed, import->waitlisted);
    }
    fprintf(out, "%" PRId64 " added, %" PRId64 " changed, %zu rejected.\n", import->added,
        import->changed, import->rejections_count);
    for (size_t i = 0; i < import->rejections_count; i++) {
        const struct bw_rejection *r = &import->rejections[i];
        fprintf(out, "  line %d, %s: %s\n", (int)r->line, reasons[r->reason], r->text);
    }
    for (int i = 0; i < import->columns.ignored_count; i++) {
        fprintf(out, "  column \"%s\" was ignored\n",
            bw_csv_cell_at(
                &import->table, &import->table.heading, import->columns.ignored[i]));
    }
    for (size_t i = 0; i < import->notes_count; i++) {
        fprintf(out, "  note: %s\n", import->notes[i].text);
    }
}

enum bw_exit
bw_import_answer(struct bw_import *import, struct bw_error *err)
{
    bool look = import->rejections_count > 0;
    for (size_t i = 0; i < import->notes_count; i++) {
        look = look || import->notes[i].look;
    }
    if (import->rejections_count > 0) {
        qsort(import->rejections, import->rejections_count, sizeof *import->rejections,
            by_line);
    }
    bw_progress_end(import->call->progress);
    if (import->call->json) {
        enum bw_status status = answer_json(import, err);
        if (status != BW_OK) {
            return BW_EXIT_LOOK; /* it went in; only the answer is lost */
        }
    } else {
        answer_text(import);
    }
    return look ? BW_EXIT_LOOK : BW_EXIT_DONE;
}
