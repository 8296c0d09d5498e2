/* `import KIND FILE…`: tables, each whole or not at all. */
#include "office/import/import.h"
#include "office/import/import_list.h"

#include "cli/answer.h"
#include "cli/import_ask.h"
#include "cli/import_reading.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static json_t *
lists_of(const struct bw_import_result *result)
{
    json_t *rejected = json_array();
    json_t *ignored = json_array();
    json_t *notes = json_array();
    for (size_t i = 0; i < result->rejections_count; i++) {
        const struct bw_rejection *r = &result->rejections[i];
        bw_cli_add(&rejected, json_pack("{s:i, s:s, s:s}", "line", (int)r->line, "reason",
                                  bw_import_reject_name(r->reason), "text", r->text));
    }
    for (size_t i = 0; i < result->ignored_count; i++) {
        bw_cli_add(&ignored, json_string(result->ignored[i]));
    }
    for (size_t i = 0; i < result->notes_count; i++) {
        bw_cli_add(&notes, json_string(result->notes[i].text));
    }
    return json_pack("{s:I, s:I, s:o, s:I, s:o, s:o}", "added", (json_int_t)result->added,
        "changed", (json_int_t)result->changed, "rejected", rejected, "doubts",
        (json_int_t)bw_import_doubts(result), "ignored_columns", ignored, "notes", notes);
}

/* Takes the members too; the object is NULL once they couldn't be set. */
static void
update(json_t **object, json_t *members)
{
    if (json_object_update(*object, members) != 0) {
        json_decref(*object);
        *object = NULL;
    }
    json_decref(members);
}

static json_t *
to_json(const struct bw_import_result *result)
{
    json_t *root = json_pack("{s:I}", "rows", (json_int_t)result->rows);
    if (result->counts_people) {
        json_t *people =
            json_pack("{s:I, s:I, s:I, s:I}", "confirmed", (json_int_t)result->confirmed,
                "waitlisted", (json_int_t)result->waitlisted, "cancelled",
                (json_int_t)result->cancelled, "blocked", (json_int_t)result->blocked);
        update(&root, people);
    }
    update(&root, lists_of(result));
    return root;
}

static void
print(const struct bw_import_result *result, const char *path, FILE *out)
{
    fprintf(out, bw_said("%s: %" PRId64 " rows: "), path, result->rows);
    if (result->counts_people) {
        fprintf(out, bw_said("%" PRId64 " confirmed, %" PRId64 " on the waitlist, "),
            result->confirmed, result->waitlisted);
    }
    size_t doubts = bw_import_doubts(result);
    fprintf(out, bw_said("%" PRId64 " added, %" PRId64 " changed, %zu rejected"),
        result->added, result->changed, result->rejections_count - doubts);
    if (doubts > 0) {
        fprintf(out, bw_said(", %zu in doubt"), doubts);
    }
    fprintf(out, ".\n");
    for (size_t i = 0; i < result->rejections_count; i++) {
        const struct bw_rejection *r = &result->rejections[i];
        fprintf(out, bw_said("  line %d, %s: %s\n"), (int)r->line,
            bw_said(bw_import_reject_name(r->reason)), r->text);
    }
    for (size_t i = 0; i < result->ignored_count; i++) {
        fprintf(out, bw_said("  column \"%s\" was ignored\n"), result->ignored[i]);
    }
    for (size_t i = 0; i < result->notes_count; i++) {
        fprintf(out, bw_said("  note: %s\n"), result->notes[i].text);
    }
}

static const struct {
    const char *name;
    enum bw_import_kind kind;
} kinds[] = {
    {"sessions", BW_IMPORT_SESSIONS},
    {"registrations", BW_IMPORT_REGISTRATIONS},
    {"waitlist", BW_IMPORT_WAITLIST},
    {"agenda", BW_IMPORT_AGENDA},
    {"attendance", BW_IMPORT_ATTENDANCE},
    {"schools", BW_IMPORT_SCHOOLS},
};

static bool
find_kind(const char *name, enum bw_import_kind *ret_kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(name, kinds[i].name) == 0) {
            *ret_kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

/* ---- one file, or several ---- */

struct import_answer {
    struct bw_call *call;
    json_t *files; /* of several; NULL for one */
    int done, failed;
    bool look;
    enum bw_status status;             /* of the last that failed */
    struct bw_import_reading *reading; /* NULL: nobody asked for it; owned */
};

/* One that failed among several: said in its place. */
static enum bw_status
say_failed(struct import_answer *answer, const char *shown, const struct bw_error *why)
{
    answer->failed++;
    if (answer->call->json) {
        bw_cli_add(
            &answer->files, json_pack("{s:s, s:s}", "file", shown, "error", why->text));
    } else {
        fprintf(answer->call->out, bw_said("%s: not imported: %s\n"), shown, why->text);
    }
    return BW_OK;
}

static enum bw_status
say_done(struct import_answer *answer, const char *shown,
    const struct bw_import_result *result, bool several, struct bw_error *err)
{
    answer->done++;
    answer->look = answer->look || bw_import_needs_look(result);
    if (!answer->call->json) {
        print(result, shown, answer->call->out);
        return BW_OK;
    }
    json_t *object = to_json(result);
    if (answer->reading != NULL) {
        update(&object,
            json_pack("{s:o, s:o, s:o}", "changes", bw_cli_import_changes(result),
                "in_doubt", bw_cli_import_doubts(result), "read",
                bw_cli_import_reading(answer->reading)));
    }
    if (!several) {
        return bw_cli_json(answer->call, object, err);
    }
    update(&object, json_pack("{s:s}", "file", shown));
    bw_cli_add(&answer->files, object);
    return BW_OK;
}

/* Somebody sits there, who can be asked at once. */
static bool
may_ask(const struct bw_call *call)
{
    return !call->json && call->progress != NULL && isatty(STDIN_FILENO) == 1;
}

/* Else --yes answers it. Whole lines: no other comes through at once (plain.h). */
static bool
is_said_yes(const struct bw_call *call, const struct bw_error *question)
{
    char answer[16] = "";
    (void)fprintf(
        call->out, bw_said("%s\nTake it all the same? [y/N]\n"), question->text);
    (void)fflush(call->out);
    return fgets(answer, sizeof answer, stdin) != NULL &&
           strchr("yYjJ", answer[0]) != NULL && answer[0] != '\0';
}

/* What a file doesn't tell is asked; some of it only once the rest is known. Where nobody
 * is there, the result or the sentence says which option answers it. */
static enum bw_status
import_one(const struct bw_call *call, struct bw_import_request *request,
    const char *shown, struct bw_import_result *ret_result, struct bw_error *why)
{
    enum { ROUNDS_MAX = 8 };
    struct bw_office office = bw_call_office(call);
    struct bw_cli_answers answers;
    enum bw_status status = BW_REFUSED;
    bool goes_on = true;
    enum bw_date_order of_all = request->dates;
    bw_cli_answers_init(&answers, call, may_ask(call));
    request->confirmed = bw_call_value(call, BW_OPTION_YES) != NULL;
    for (int i = 0; goes_on && status == BW_REFUSED && i < ROUNDS_MAX; i++) {
        bool asked = false;
        why->text[0] = '\0';
        request->maps = answers.maps;
        request->maps_count = answers.maps_count;
        request->aliases = answers.aliases;
        request->aliases_count = answers.aliases_count;
        request->dates = answers.dates != BW_DATE_UNSAID ? answers.dates : of_all;
        request->ret_asked = &asked;
        request->ret_questions = answers.questions;
        status = bw_import_file(&office, request, ret_result, why);
        bool columns = answers.questions != NULL && answers.questions->count > 0;
        goes_on = status == BW_REFUSED && may_ask(call) && (asked || columns);
        if (goes_on) {
            bw_progress_end(call->progress);
            goes_on = asked ? is_said_yes(call, why)
                            : bw_cli_answers_ask(&answers, shown, stdin, call->out);
            request->confirmed = request->confirmed || asked;
        }
    }
    request->dates = of_all;
    request->ret_asked = NULL;
    request->ret_questions = NULL;
    bw_cli_answers_finish(&answers);
    return status;
}

static enum bw_status
import_all(struct import_answer *answer, struct bw_import_request *request,
    const struct bw_import_list *list, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < list->count; i++) {
        const struct bw_import_item *item = &list->items[i];
        struct bw_import_result result;
        struct bw_error why = {.text = ""};
        request->path = item->path;
        request->member = item->member;
        answer->status = import_one(answer->call, request, item->shown, &result, &why);
        if (answer->status == BW_OK) {
            status = say_done(answer, item->shown, &result, list->count > 1, err);
            bw_import_result_finish(&result);
        } else if (list->count == 1) {
            return bw_error_set(err, answer->status, why.os_errno, "%s", why.text);
        } else {
            status = say_failed(answer, item->shown, &why);
        }
    }
    return status;
}

/* What an archive holds beside its tables is named. */
static void
say_passed(const struct bw_call *call, const struct bw_import_list *list)
{
    for (size_t i = 0; !call->json && i < list->passed_count; i++) {
        const struct bw_import_passed *passed = &list->passed[i];
        if (passed->why != NULL) {
            fprintf(
                call->out, bw_said("%s, passed over: %s\n"), passed->name, passed->why);
        } else {
            fprintf(call->out, bw_said("%s: no table, passed over\n"), passed->name);
        }
    }
    if (!call->json && list->passed_more > 0) {
        fprintf(call->out, bw_said("%zu more files: no tables, passed over\n"),
            list->passed_more);
    }
}

static json_t *
passed_of(const struct bw_import_list *list)
{
    json_t *names = json_array();
    for (size_t i = 0; i < list->passed_count; i++) {
        bw_cli_add(&names, json_string(list->passed[i].name));
    }
    return names;
}

/* Of several files each is whole, or not at all. */
static enum bw_exit
run_list(struct bw_call *call, struct bw_import_request *request,
    const struct bw_import_list *list, struct bw_error *err)
{
    struct import_answer answer = {.call = call, .files = json_array()};
    if (call->json && bw_call_value(call, BW_OPTION_CHECK) != NULL) {
        answer.reading = calloc(1, sizeof *answer.reading);
    }
    request->ret_reading = answer.reading;
    enum bw_status status = import_all(&answer, request, list, err);
    say_passed(call, list);
    bw_import_reading_finish(answer.reading);
    free(answer.reading);
    request->ret_reading = NULL;
    if (status == BW_OK && list->count > 1 && call->json) {
        status = bw_cli_json(call,
            json_pack("{s:O, s:o}", "files", answer.files, "passed", passed_of(list)),
            err);
    }
    json_decref(answer.files);
    if (status != BW_OK && answer.done == 0) {
        return bw_exit_of(status);
    }
    if (status == BW_OK && answer.failed > 0 && answer.done == 0) {
        return bw_exit_of(bw_error_set(err, BW_BAD_INPUT, 0,
            "importing: none of the %d files could be imported; see above",
            answer.failed));
    }
    bool look = answer.look || answer.failed > 0;
    return bw_cli_exit(status, look ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}

/* ---- the command ---- */

static enum bw_exit
check_words(
    const struct bw_call *call, struct bw_import_request *request, struct bw_error *err)
{
    if (!find_kind(call->operands[0], &request->kind)) {
        return bw_call_usage(err,
            "import takes sessions, registrations, "
            "waitlist, agenda, attendance or schools, not \"%s\"",
            call->operands[0]);
    }
    const char *dates = bw_call_value(call, BW_OPTION_DATES);
    request->dates = bw_form_time_order_parse(dates != NULL ? dates : "");
    if (dates != NULL && request->dates == BW_DATE_UNSAID) {
        return bw_call_usage(err,
            "--dates takes dmy (the day first) or mdy (the month first), not \"%s\"",
            dates);
    }
    bool given = request->session != NULL;
    if (given != bw_import_is_of_session(request->kind) &&
        (given || !bw_import_may_tell_session(request->kind))) {
        return bw_call_usage(err,
            given ? BW_SAYS("import %s takes no --session: the file names the sessions")
                  : BW_SAYS("import %s needs --session S: the code of the session"),
            call->operands[0]);
    }
    return BW_EXIT_DONE;
}

enum { SKIPPED_MAX = 200 };
struct skipped {
    int32_t lines[SKIPPED_MAX];
    struct bw_import_refusal fields[SKIPPED_MAX];
};

/* ".school", behind a line; past it, or NULL where it is none. */
static const char *
take_field(const char *at, const char **ret_field)
{
    char field[BW_LABEL_BYTES];
    size_t length = strcspn(at + 1, ",");
    if (length >= sizeof field) {
        return NULL;
    }
    memcpy(field, at + 1, length);
    field[length] = '\0';
    *ret_field = bw_import_refusable(field);
    return *ret_field != NULL ? at + 1 + length : NULL;
}

/* --skip 13,25.school */
static enum bw_exit
take_skipped(const struct bw_call *call, struct bw_import_request *request,
    struct skipped *ret_skipped, struct bw_error *err)
{
    const char *at = bw_call_value(call, BW_OPTION_SKIP);
    if (at != NULL && request->kind != BW_IMPORT_REGISTRATIONS &&
        request->kind != BW_IMPORT_WAITLIST) {
        return bw_call_usage(err, "--skip is for forms: registrations and waitlist");
    }
    request->skipped = ret_skipped->lines;
    request->refused = ret_skipped->fields;
    while (at != NULL && *at != '\0') {
        const char *field = NULL;
        size_t digits = strspn(at, "0123456789");
        long line = strtol(at, NULL, 10);
        at = digits > 0 && digits <= 7 && line >= 2 ? at + digits : NULL;
        if (at != NULL && *at == '.') {
            at = take_field(at, &field);
        }
        bool more = at != NULL && *at == ',';
        if (at == NULL || (*at != '\0' && !more) || (more && at[1] == '\0') ||
            request->skipped_count + request->refused_count == SKIPPED_MAX) {
            return bw_call_usage(err,
                "--skip takes at most %d lines, or fields of lines, as 13,25.school; the "
                "heading is 1",
                SKIPPED_MAX);
        }
        if (field != NULL) {
            ret_skipped->fields[request->refused_count++] =
                (struct bw_import_refusal){(int32_t)line, field};
        } else {
            ret_skipped->lines[request->skipped_count++] = (int32_t)line;
        }
        at += more;
    }
    return BW_EXIT_DONE;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_import_request request = {
        .session = bw_call_value(call, BW_OPTION_SESSION),
    };
    struct skipped skipped;
    enum bw_exit exit = check_words(call, &request, err);
    if (exit == BW_EXIT_DONE) {
        exit = take_skipped(call, &request, &skipped, err);
    }
    if (exit != BW_EXIT_DONE) {
        return exit;
    }
    struct bw_office office = bw_call_office(call);
    struct bw_import_list list = {.office = &office, .request = &request};
    enum bw_status status = BW_OK;
    for (int i = 1; status == BW_OK && i < call->operands_count; i++) {
        status = bw_import_list_add(&list, call->operands[i], err);
    }
    exit = status == BW_OK ? run_list(call, &request, &list, err) : bw_exit_of(status);
    bw_import_list_finish(&list);
    return exit;
}

const struct bw_sync_command bw_sync_command_import = {
    .name = "import",
    .operands = "sessions|registrations|waitlist|agenda|attendance|schools FILE…",
    .summary = BW_SAYS("take in a CSV or XLSX file, whole or not at all"),
    .help = BW_SAYS(
        "sessions       by code, again and again: a changed row changes the session\n"
        "registrations  a form of one session (--session, or as its column Leerkring or\n"
        "               its name says): who first came has the place, the rest waits\n"
        "waitlist       the shared form: the session is named by its title or code\n"
        "agenda         what else is on offer; the file is the whole agenda\n"
        "attendance     who came, from the paper list of one session (--session), by\n"
        "               code or name; who is counted already stays as they are\n"
        "schools        the whole list of schools to be reached: a report counts those\n"
        "               with somebody present, and names that aren't on it beside them\n"
        "\n"
        "A form that looks like another circle's, or like the waiting list's, is asked\n"
        "about first; without a terminal --yes says that it is right. So is a heading\n"
        "that is nearly known, and a form without school or mail: without a terminal\n"
        "--map says it. What was said is known in the next file, until undo.\n"
        "\n"
        "FIELD of --map is one of those below, or what it is called in Dutch; HEADING#2\n"
        "is the second column of that name, FIELD=- says that there is none.\n"
        "\n"
        "CSV in UTF-8, UTF-16 or Windows-1252, with comma, semicolon or tab; XLSX, of\n"
        "which the sheet that fits, or each that names a circle of its own; a ZIP with\n"
        "these, as Google gives it; or a folder.\n"
        "Each file goes in whole or not at all. Columns by\n"
        "heading, Dutch or English, in any order. Fields for --map, of a form:\n"
        "timestamp email name first_name infix last_name school role region session\n"
        "table attention; of sessions: code series title kind region venue address\n"
        "route venue_phone starts_at ends_at capacity audience opens\n"
        "tolerance_minutes doors_minutes release_minutes extra_places timezone go_to\n"
        "desk own_region_first; of the agenda: kind title starts_at ends_at audience\n"
        "url; of attendance: code name first_name last_name school time present (a\n"
        "mark, where not all came); of schools: code brin name town region province.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_MAP) |
             BW_TAKES(BW_OPTION_ALIAS) | BW_TAKES(BW_OPTION_DATES) |
             BW_TAKES(BW_OPTION_SKIP) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK) | BW_TAKES(BW_OPTION_YES) |
             BW_TAKES(BW_OPTION_LANGUAGE),
    .operands_min = 2,
    .operands_max = BW_OPERANDS_MAX,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
