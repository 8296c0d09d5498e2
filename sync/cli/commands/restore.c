/* `restore FILE`: an office out of its backup, never over what is there, but with --out:
 * then what is there is kept aside first. */
#include "office/backup/backup_file.h"
#include "office/backup/put_back.h"
#include "office/backup/restore.h"

#include "cli/answer.h"
#include "commands.h"
#include "exchange/office/carriers.h"
#include "office/backup/phrase.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* From --phrase-file, or asked for; standard input where that is no terminal. */
static enum bw_status
phrase_read(
    const struct bw_call *call, char ret_phrase[BW_PHRASE_BYTES], struct bw_error *err)
{
    char line[2 * BW_PHRASE_BYTES];
    const char *path = bw_call_value(call, BW_OPTION_PHRASE_FILE);
    if (path == NULL && isatty(STDIN_FILENO) != 1) {
        path = "-";
    }
    if (path != NULL) {
        return bw_phrase_read(path, ret_phrase, err);
    }
    if (!call->json) {
        (void)fputs(bw_said("Type the phrase, all its words on one line: "), call->out);
        (void)fflush(call->out);
    }
    return fgets(line, sizeof line, stdin) != NULL
               ? bw_phrase_settle(line, ret_phrase, err)
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "reading the phrase: none was typed; "
                     "type its words, or give --phrase-file");
}

static void
made_at(int64_t made_ms, char ret_text[BW_ISO_BYTES])
{
    struct bw_zone *zone = NULL;
    ret_text[0] = '\0';
    if (bw_zone_open(BW_ZONE_DEFAULT, &zone, NULL) == BW_OK) {
        bw_zone_format_iso(zone, made_ms, ret_text);
    }
    bw_zone_close(zone);
}

static json_t *
to_json(const struct bw_call *call, const struct bw_office_restored *restored,
    const char *made)
{
    return json_pack("{s:s, s:s, s:I, s:I, s:I, s:b}", "central",
        bw_call_value(call, BW_OPTION_CENTRAL), "made_at", made, "sessions",
        (json_int_t)restored->sessions, "registrations",
        (json_int_t)restored->registrations, "epoch", (json_int_t)restored->epoch,
        "holds", (int)bw_central_verification_holds(&restored->found));
}

static void
print(const struct bw_call *call, const struct bw_office_restored *restored,
    const char *made)
{
    fprintf(call->out,
        bw_said(
            "%s is the office as of %s: %" PRId64 " sessions, %" PRId64 " registrations, "
            "%" PRIu64 " events, and the secret keys.\n"),
        call->operands[0], made, restored->sessions, restored->registrations,
        restored->found.events);
    if (restored->epoch == 0) {
        return;
    }
    fprintf(call->out,
        bw_said("Restored it as %s. What the office did since isn't in it: import the "
                "forms again, and see whom mail would tell. Who was forgotten or "
                "purged since is in it again: forget them, or purge, anew. Kiosks send "
                "again by themselves what it lacks, and get whole rosters (epoch %" PRIu32
                "). Enrol anew those that were "
                "enrolled since.\n"),
        bw_call_value(call, BW_OPTION_CENTRAL), restored->epoch);
}

/* ---- over what is there ---- */

static json_t *
put_to_json(const struct bw_call *call, const struct bw_office_put *put, const char *made)
{
    const char *kept = bw_call_value(call, BW_OPTION_OUT);
    json_t *root = json_pack("{s:s, s:s, s:I, s:I, s:I, s:b, s:I, s:I, s:I}", "central",
        bw_call_value(call, BW_OPTION_CENTRAL), "made_at", made, "sessions",
        (json_int_t)put->sessions, "registrations", (json_int_t)put->registrations,
        "epoch", (json_int_t)put->epoch, "holds",
        (int)bw_central_verification_holds(&put->found), "told", (json_int_t)put->told,
        "forgotten", (json_int_t)put->forgotten, "revoked", (json_int_t)put->revoked);
    bw_cli_set(&root, "kept", put->kept ? json_string(kept) : json_null());
    return root;
}

static void
put_print(const struct bw_call *call, const struct bw_office_put *put, const char *made)
{
    const char *kept = bw_call_value(call, BW_OPTION_OUT);
    fprintf(call->out,
        bw_said("Put back the office as of %s: %" PRId64 " sessions, %" PRId64
                " registrations. Kiosks send again by themselves what it lacks, and get "
                "whole rosters (epoch %" PRIu32 "). Enrol anew those that were enrolled "
                "since, and import the forms again.\n"),
        made, put->sessions, put->registrations, put->epoch);
    fprintf(call->out,
        bw_said("%" PRId64 " people who were forgotten since stay forgotten; %" PRId64
                " mails since stay in the log, so that nobody is told twice.\n"),
        put->forgotten, put->told);
    if (put->revoked > 0) {
        fprintf(call->out,
            bw_said("%" PRId64 " kiosks that were revoked since stay out of service.\n"),
            put->revoked);
    }
    if (put->kept) {
        fprintf(call->out,
            bw_said("What there was lies in %s, which the same phrase opens. The way "
                    "back: restore \"%s\" --out FILE\n"),
            kept, kept);
    } else {
        fputs(bw_said("There was nothing yet that had to be kept aside.\n"), call->out);
    }
}

/* What carriers hold comes in before, so that it is in what is kept aside, and again
 * after, into what was put back. It can't make the command fail. */
static bool
letters_in(struct bw_call *call, struct bw_error *err)
{
    return call->table->letters_in == NULL ||
           call->table->letters_in(call, err) == BW_EXIT_DONE;
}

static enum bw_exit
put_back(struct bw_call *call, const char *phrase, struct bw_error *err)
{
    struct bw_office_put put;
    struct bw_error why = {.text = ""};
    char made[BW_ISO_BYTES];
    const struct bw_office_putting putting = {.path = call->operands[0],
        .phrase = phrase,
        .kept = bw_call_value(call, BW_OPTION_OUT),
        .cost = &bw_backup_cost};
    enum bw_status status = bw_central_open(
        bw_call_value(call, BW_OPTION_CENTRAL), BW_CENTRAL_OPEN, &call->central, err);
    if (status == BW_OK) {
        (void)letters_in(call, &why);
        struct bw_office office = bw_call_office(call);
        status = bw_office_put_back(&office, &putting, &put, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (!put.kept) {
        bw_office_carriers_disown(call->central);
    }
    bool heard = letters_in(call, err);
    made_at(put.made_ms, made);
    if (call->json) {
        status = bw_cli_json(call, put_to_json(call, &put, made), err);
    } else {
        put_print(call, &put, made);
    }
    return bw_cli_exit(status, heard ? BW_EXIT_DONE : BW_EXIT_LOOK, err);
}

/* ---- where nothing is ---- */

static enum bw_exit
restore(struct bw_call *call, const char *phrase, struct bw_error *err)
{
    char made[BW_ISO_BYTES];
    struct bw_office_restored restored;
    const struct bw_office_restoring restoring = {
        .path = call->operands[0],
        .uri = bw_call_value(call, BW_OPTION_CENTRAL),
        .key_path = bw_call_value(call, BW_OPTION_KEY_FILE),
        .phrase = phrase,
        .now_ms = bw_call_now_ms(call),
        .check = bw_call_value(call, BW_OPTION_CHECK) != NULL,
        .progress = call->progress,
    };
    enum bw_status status = bw_office_restore(&restoring, &restored, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    enum bw_exit result = BW_EXIT_DONE;
    made_at(restored.made_ms, made);
    if (call->json) {
        status = bw_cli_json(call, to_json(call, &restored, made), err);
    } else {
        print(call, &restored, made);
    }
    if (status == BW_OK && !bw_central_verification_holds(&restored.found)) {
        (void)bw_error_set(err, BW_CORRUPT, 0,
            "not everything in %s held when the backup was made; see what: verify",
            call->operands[0]);
        result = BW_EXIT_LOOK;
    }
    return bw_cli_exit(status, result, err);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    char phrase[BW_PHRASE_BYTES] = "";
    bool over = bw_call_value(call, BW_OPTION_OUT) != NULL &&
                bw_call_value(call, BW_OPTION_CHECK) == NULL;
    enum bw_status status = phrase_read(call, phrase, err);
    enum bw_exit result = status != BW_OK ? bw_exit_of(status)
                          : over          ? put_back(call, phrase, err)
                                          : restore(call, phrase, err);
    explicit_bzero(phrase, sizeof phrase);
    return result;
}

const struct bw_sync_command bw_sync_command_restore = {
    .name = "restore",
    .operands = "FILE",
    .summary = BW_SAYS("the office out of its backup; what is there is never lost"),
    .help = BW_SAYS(
        "Makes the database that --central names, which isn't there yet, and its key\n"
        "file. The phrase is asked for, or stands in --phrase-file. With --check it\n"
        "only looks whether the phrase opens it and all in it holds.\n"
        "Where the database is there, --out FILE keeps what it has now aside, sealed\n"
        "by the same phrase, and puts the backup in its place, whole; the same with\n"
        "that FILE is the way back. Who was forgotten since stays forgotten.\n"),
    .takes = BW_TAKES(BW_OPTION_OUT) | BW_TAKES(BW_OPTION_PHRASE_FILE) |
             BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_CHECK),
    .requires = BW_TAKES(BW_OPTION_CENTRAL),
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_NOTHING, /* with --out run opens it */
    .letters = BW_LETTERS_OUT,
    .run = run,
};
