/* What brugwachter-sync does from its arguments to its exit status. One thread.
 *
 * words -> settings -> clock -> central database -> what that has settled -> letters in
 * -> command -> letters out -> the one line on stderr. */
#include "central/central.h"
#include "cli/command.h"
#include "cli/option.h"
#include "cli/plain.h"
#include "cli/settled.h"
#include "cli/terminal.h"
#include "cli/who.h"

#include <brugwachter/core.h>
#include <brugwachter/journal.h>
#include <brugwachter/said.h>
#include <brugwachter/zone.h>

static enum bw_status
start_clock(struct bw_call *call, struct bw_error *err)
{
    bw_clock_init_system(&call->clock);
    const char *at = bw_call_value(call, BW_OPTION_CLOCK);
    if (at == NULL) {
        return BW_OK;
    }
    struct bw_zone *zone = NULL;
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &zone, err);
    int64_t wall_ms = 0;
    if (status == BW_OK) {
        status = bw_zone_parse_iso(zone, at, &wall_ms, err);
    }
    bw_zone_close(zone);
    if (status == BW_OK) {
        bw_clock_inject(&call->clock, wall_ms);
    }
    return status;
}

static enum bw_status
open_central(struct bw_call *call, struct bw_error *err)
{
    const char *uri = bw_call_value(call, BW_OPTION_CENTRAL);
    switch (call->command->needs) {
    case BW_NEEDS_CENTRAL:
        return bw_central_open(uri, BW_CENTRAL_OPEN, &call->central, err);
    case BW_NEEDS_CENTRAL_NEW:
        return bw_central_open(uri,
            bw_call_value(call, BW_OPTION_CHECK) != NULL ? BW_CENTRAL_OPEN
                                                         : BW_CENTRAL_CREATE,
            &call->central, err);
    case BW_NEEDS_CENTRAL_IF_THERE: {
        enum bw_status status =
            uri != NULL ? bw_central_open(uri, BW_CENTRAL_OPEN, &call->central, err)
                        : BW_OK;
        return status == BW_NOT_FOUND ? BW_OK : status;
    }
    case BW_NEEDS_EITHER:
        return uri == NULL || bw_call_value(call, BW_OPTION_STORE) != NULL
                   ? BW_OK /* a kiosk never opens a central database */
                   : bw_central_open(uri, BW_CENTRAL_OPEN, &call->central, err);
    case BW_NEEDS_NOTHING:
    case BW_NEEDS_STORE:
        return BW_OK;
    }
    return BW_OK;
}

/* Who asks a central database is told in words; the rest does without. */
static enum bw_status
open_words(const struct bw_call *call, struct bw_error *err)
{
    const struct bw_sync_command *command = call->command;
    enum bw_status status = bw_wording_open(NULL, err);
    return (command->takes & BW_TAKES(BW_OPTION_LANGUAGE)) != 0 ||
                   (bw_options_allowed(command) & BW_TAKES(BW_OPTION_CENTRAL)) != 0
               ? status
               : BW_OK;
}

/* The one line on standard error. Tests give a `diag` that is no file. */
static void
complain(FILE *diag, enum bw_journal_level level, const struct bw_error *err)
{
    fprintf(diag, "%sbrugwachter-sync: %s\n", bw_journal_prefix(level, fileno(diag)),
        err->text);
}

/* One hook, where the command asks for it: BW_EXIT_DONE, or BW_EXIT_LOOK with a line of
 * its own on `diag`. */
static enum bw_exit
run_hook(struct bw_call *call, enum bw_letters which, bw_letters_hook *hook, FILE *diag)
{
    if ((call->command->letters & which) == 0 || hook == NULL || call->central == NULL) {
        return BW_EXIT_DONE;
    }
    struct bw_error err = {.text = ""};
    if (hook(call, &err) == BW_EXIT_DONE) {
        return BW_EXIT_DONE;
    }
    bw_progress_end(call->progress);
    complain(diag, BW_JOURNAL_WARNING, &err);
    return BW_EXIT_LOOK;
}

static enum bw_exit
run_command(struct bw_call *call, FILE *diag, struct bw_error *err)
{
    bool check = bw_call_value(call, BW_OPTION_CHECK) != NULL;
    /* letters taken in would be a change too; what only lists takes them all the same */
    bool changes = (call->command->letters & BW_LETTERS_OUT) != 0;
    enum bw_exit in = check && changes
                          ? BW_EXIT_DONE
                          : run_hook(call, BW_LETTERS_IN, call->table->letters_in, diag);
    if (check && call->central != NULL) {
        bw_central_check_only(call->central);
    }
    enum bw_exit result = call->command->run(call, err);
    if (result > BW_EXIT_LOOK) {
        return result;
    }
    if (check) { /* nothing goes out of what isn't so */
        if (!call->json) {
            fputs(bw_said("Nothing was changed: --check only shows.\n"), call->out);
        }
        return in != BW_EXIT_DONE ? BW_EXIT_LOOK : result;
    }
    enum bw_exit out = run_hook(call, BW_LETTERS_OUT, call->table->letters_out, diag);
    return in != BW_EXIT_DONE || out != BW_EXIT_DONE ? BW_EXIT_LOOK : result;
}

static enum bw_exit
run_call(struct bw_call *call, struct bw_sync_settings *settings, FILE *diag,
    struct bw_error *err)
{
    if (bw_core_init(err) != BW_OK) {
        return BW_EXIT_FAILED;
    }
    if (start_clock(call, err) != BW_OK) {
        (void)bw_error_prefix(err, err->status, "reading --clock");
        return BW_EXIT_USAGE;
    }
    if (open_words(call, err) != BW_OK) {
        return BW_EXIT_FAILED;
    }
    if (bw_cli_who(call, err) != BW_OK) {
        return BW_EXIT_USAGE;
    }
    enum bw_status status = open_central(call, err);
    if (status == BW_OK && call->command->needs != BW_NEEDS_CENTRAL_NEW) {
        status = bw_cli_settled_apply(settings, call, err); /* a new one has none yet */
    }
    if (status != BW_OK) {
        bw_central_close(call->central);
        return status == BW_BAD_INPUT ? BW_EXIT_USAGE : BW_EXIT_FAILED;
    }
    enum bw_exit result = run_command(call, diag, err);
    bw_progress_end(call->progress);
    bw_central_close(call->central);
    return result;
}

/* A result that could not be written is no result. */
static enum bw_exit
flush_result(enum bw_exit result, FILE *plain, FILE *out, struct bw_error *err)
{
    bool lost = plain != NULL && fclose(plain) != 0;
    lost = fflush(out) != 0 || ferror(out) != 0 || lost;
    if (lost && result < BW_EXIT_USAGE) {
        (void)bw_error_set(err, BW_IO, 0,
            "writing the result failed: the work was done, its answer is lost; "
            "look with status");
        return BW_EXIT_LOOK;
    }
    return result;
}

/* What --language asks for, which a settings file may say; for programs English, which is
 * the same everywhere. */
static void
speak(const struct bw_call *call)
{
    if (call->json) {
        bw_wording_speak(BW_WORDING_ENGLISH);
    } else if (bw_call_value(call, BW_OPTION_LANGUAGE) != NULL) {
        bw_wording_speak(bw_call_language(call));
    }
}

/* The answer of a call that was read. */
static enum bw_exit
answer_call(struct bw_call *call, struct bw_sync_settings *settings, FILE *out,
    FILE *diag, struct bw_error *err)
{
    FILE *plain = call->json ? NULL : bw_plain_open(out);
    call->out = plain != NULL ? plain : out;
    enum bw_exit result = BW_EXIT_DONE;
    if (bw_call_value(call, BW_OPTION_HELP) != NULL) {
        bw_call_print_help(call, call->out);
    } else if (bw_call_value(call, BW_OPTION_VERSION) != NULL) {
        fputs("brugwachter-sync " BW_VERSION "\n", call->out);
    } else {
        result = run_call(call, settings, diag, err);
    }
    return flush_result(result, plain, out, err);
}

/* `chooses`: the language is for this call to choose, else the thread's own. */
static enum bw_exit
run_words(const struct bw_sync_table *table, int argc, char *const argv[], bool chooses,
    struct bw_progress *progress, FILE *out, FILE *diag)
{
    struct bw_error err = {.text = ""};
    struct bw_call call;
    struct bw_sync_settings settings = {.count = 0};
    (void)!bw_wording_open(NULL, &err); /* without, all is said in English */
    const char *asked = chooses ? bw_said_asked(argc, argv) : NULL;
    if (asked != NULL) { /* wrong use, too, is told in it */
        bw_said_speak(asked);
    }
    enum bw_status status = bw_call_read(table, argc, argv, &call, &err);
    if (status == BW_OK) {
        status = bw_sync_settings_apply(&settings, &call, &err);
    }
    if (status == BW_OK) {
        status = bw_call_check(&call, &err);
    }
    if (status == BW_OK && chooses) {
        speak(&call);
    }
    enum bw_exit result = BW_EXIT_USAGE;
    if (status == BW_OK) {
        err.text[0] = '\0';
        call.progress = progress;
        result = answer_call(&call, &settings, out, diag, &err);
    }
    bw_sync_settings_finish(&settings);
    if (err.text[0] != '\0' && result != BW_EXIT_DONE) {
        complain(
            diag, result == BW_EXIT_LOOK ? BW_JOURNAL_WARNING : BW_JOURNAL_ERROR, &err);
    }
    return result;
}

/* What it spoke before, it speaks again: this is the process's, or a test's. */
enum bw_exit
bw_sync_main(const struct bw_sync_table *table, int argc, char *const argv[], FILE *out,
    FILE *diag)
{
    struct bw_terminal terminal;
    enum bw_wording_language before = bw_wording_spoken();
    enum bw_exit result =
        run_words(table, argc, argv, true, bw_terminal_init(&terminal, diag), out, diag);
    bw_wording_speak(before);
    return result;
}

enum bw_exit
bw_sync_main_watched(const struct bw_sync_table *table, int argc, char *const argv[],
    struct bw_progress *progress, FILE *out, FILE *diag)
{
    return run_words(table, argc, argv, false, progress, out, diag);
}
