/* The program without a command: what there is to do, most urgent first, each with its
 * command; where there's no central database yet, how to begin. */
#include "central/when.h"
#include "cli/answer.h"
#include "cli/todo.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <string.h>

/* Round a word that a shell would take apart. */
static const char *
quote_of(const char *word)
{
    return strpbrk(word, " \t&;?*()<>|$`\"\\#~!") != NULL ? "'" : "";
}

static void
print_beginning(const struct bw_call *call)
{
    const char *uri = bw_call_value(call, BW_OPTION_CENTRAL);
    enum bw_wording_language language = bw_call_language(call);
    char shown[BW_ERROR_TEXT_BYTES] = "sqlite:kringen.db", said[BW_WORDING_SAID_BYTES];
    if (uri != NULL) {
        (void)snprintf(shown, sizeof shown, "%s%s%s", quote_of(uri), uri, quote_of(uri));
    }
    bw_wording_say(said, language, uri != NULL ? "td.list.none" : "td.list.unknown", 1,
        "uri", uri, NULL);
    (void)fprintf(call->out,
        "%s\n\n"
        "  brugwachter-sync --central %s init\n"
        "  brugwachter-sync --central %s import sessions kringen.xlsx\n"
        "  brugwachter-sync --central %s import registrations formulier.csv --session "
        "S\n",
        said, shown, shown, shown);
    bw_wording_say(
        said, language, "td.list.setting", 1, "uri", uri != NULL ? uri : shown, NULL);
    (void)fprintf(call->out, "\n%s\n", said);
}

/* The next circle, for a day without work: its title and when it is; "" for none. */
struct next_circle {
    enum bw_wording_language language;
    char said[BW_WORDING_SAID_BYTES];
};

static bool
on_next(const struct bw_sql_value *c, int count, void *context)
{
    struct next_circle *next = context;
    char when[BW_WHEN_BYTES] = "";
    struct bw_error err;
    (void)count;
    if (bw_when_of_moment(next->language, BW_ZONE_DEFAULT, c[1].number, when, &err) ==
        BW_OK) {
        bw_wording_say(next->said, next->language, "td.list.next", 1, "title", c[0].text,
            "when", when, NULL);
    }
    return false;
}

/* As it can be typed here: with the database, where no settings file names it. */
static void
print_todo(const struct bw_call *call, const struct bw_todo *todo)
{
    char text[BW_WORDING_SAID_BYTES], command[BW_WORDING_SAID_BYTES];
    bool given = (call->defaults & BW_TAKES(BW_OPTION_CENTRAL)) == 0;
    const char *uri = given ? bw_call_value(call, BW_OPTION_CENTRAL) : NULL;
    bw_cli_todo_text(todo, bw_call_language(call), text);
    bw_cli_todo_command(todo, command);
    (void)fprintf(
        call->out, "%s %s\n    brugwachter-sync ", todo->urgent ? "!" : "-", text);
    if (uri != NULL) {
        (void)fprintf(call->out, "--central %s%s%s ", quote_of(uri), uri, quote_of(uri));
    }
    (void)fprintf(call->out, "%s\n", command);
}

/* How many there are, and what comes next. */
static void
print_sum(const struct bw_call *call, const struct bw_todos *todos, const char *now,
    const char *next)
{
    enum { NUMBER_BYTES = 24 };
    char said[BW_WORDING_SAID_BYTES], all[NUMBER_BYTES], urgent[NUMBER_BYTES];
    size_t count = 0;
    for (size_t i = 0; i < todos->count; i++) {
        count += todos->items[i].urgent;
    }
    (void)snprintf(all, sizeof all, "%zu", todos->count);
    (void)snprintf(urgent, sizeof urgent, "%zu", count);
    bw_wording_say(said, bw_call_language(call),
        todos->count == 0 ? "td.list.calm" : "td.list.count", (int64_t)todos->count,
        "now", now, "n", all, "m", urgent, NULL);
    (void)fprintf(call->out, "%s%s%s\n%s", said, next[0] != '\0' ? " " : "", next,
        todos->count == 0 ? "" : "\n");
}

static enum bw_status
print_todos(struct bw_call *call, const struct bw_todos *todos, struct bw_error *err)
{
    struct next_circle next = {.language = bw_call_language(call)};
    char now[BW_WHEN_BYTES];
    struct bw_sql_value value = bw_sql_int(bw_call_now_ms(call));
    enum bw_status status =
        bw_when_of_moment(next.language, BW_ZONE_DEFAULT, bw_call_now_ms(call), now, err);
    if (status == BW_OK) {
        status = bw_central_run(call->central,
            "SELECT title, starts_ms FROM session WHERE starts_ms > $1"
            " AND called_off_ms = 0 ORDER BY starts_ms, code LIMIT 1",
            &value, 1, on_next, &next, err);
    }
    if (status != BW_OK) {
        return status;
    }
    print_sum(call, todos, now, next.said);
    for (size_t i = 0; i < todos->count; i++) {
        print_todo(call, &todos->items[i]);
    }
    return BW_OK;
}

/* The same in every language, as all that is for programs. */
static json_t *
todos_json(const struct bw_todos *todos)
{
    json_t *list = json_array();
    for (size_t i = 0; i < todos->count; i++) {
        const struct bw_todo *todo = &todos->items[i];
        char text[BW_WORDING_SAID_BYTES], command[BW_WORDING_SAID_BYTES];
        bw_cli_todo_text(todo, BW_WORDING_DUTCH, text);
        bw_cli_todo_command(todo, command);
        bw_cli_add(
            &list, json_pack("{s:s, s:b, s:s, s:s}", "kind", bw_todo_name(todo->kind),
                       "urgent", (int)todo->urgent, "text", text, "command", command));
    }
    return list;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_todos todos = {.items = NULL};
    enum bw_status status = BW_OK;
    struct bw_todo_days days;
    if (bw_cli_todo_days(call, &days, err) != BW_OK) {
        return BW_EXIT_USAGE;
    }
    if (call->central != NULL) {
        struct bw_office office = bw_call_office(call);
        status = bw_cli_todos_read(&office, &days, &todos, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call,
            json_pack("{s:b, s:o}", "begun", (int)(call->central != NULL), "todo",
                todos_json(&todos)),
            err);
    } else if (call->central == NULL) {
        print_beginning(call);
    } else {
        status = print_todos(call, &todos, err);
    }
    bw_todos_finish(&todos);
    if (!call->json && status == BW_OK) {
        (void)fprintf(
            call->out, "\n%s\n", bw_wording(bw_call_language(call), "td.list.commands"));
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_today = {
    .name = "brugwachter-sync",
    .operands = "",
    .summary = BW_SAYS("what there is to do today"),
    .takes = BW_TAKES(BW_OPTION_CENTRAL) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_RETENTION_DAYS) | BW_TAKES(BW_OPTION_BACKUP_DAYS) |
             BW_TAKES(BW_OPTION_LANGUAGE),
    .needs = BW_NEEDS_CENTRAL_IF_THERE,
    .letters = BW_LETTERS_IN,
    .run = run,
};
