/* `key new` and `key retire N`: the organiser's signing keys; `key print` and `key read
 * FILE`: all secret keys, on paper and back. */
#include "office/backup/key_paper.h"
#include "office/ticket/signing_key.h"

#include "cli/answer.h"
#include "central/base/output.h"
#include "commands.h"
#include "office/backup/phrase.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static enum bw_exit
run_new(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    uint8_t number = 0;
    enum bw_status status = bw_office_key_make(&office, &number, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, json_pack("{s:i}", "key", (int)number), err);
    } else {
        fprintf(call->out,
            bw_said("Made signing key %d. New tickets are signed with "
                    "it; kiosks know it after their next update.\n"),
            number);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

static enum bw_status
tell_retired(
    struct bw_call *call, uint8_t number, int64_t signed_again, struct bw_error *err)
{
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:i, s:I}", "retired", (int)number, "tickets",
                (json_int_t)signed_again),
            err);
    }
    fprintf(call->out,
        bw_said("Retired signing key %d. %" PRId64 " tickets of sessions to come "
                "were signed again%s\n"),
        number, signed_again,
        signed_again > 0 ? bw_said(": send these people their new ticket (tickets).")
                         : ".");
    return BW_OK;
}

static enum bw_exit
run_retire(struct bw_call *call, uint8_t number, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_office_key_retirement retirement;
    enum bw_status status = bw_office_key_retire(&office, number, &retirement, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    bool look = retirement.file_has_it || retirement.tickets > 0;
    status = tell_retired(call, number, retirement.tickets, err);
    if (status == BW_OK && retirement.file_has_it) {
        *err = retirement.why;
        (void)bw_error_prefix(err, err->status,
            "signing key %d is retired, but its secret is still in the key file until "
            "the next key command",
            number);
    }
    return bw_cli_exit(status, look ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}

/* ---- on paper ---- */

enum { TEXT_BYTES_MAX = 65536 };

static void
print_printed(const struct bw_call *call, const char *folder, const char *phrase)
{
    fprintf(call->out, bw_said("Wrote the sheet with the sealed keys to %s.\n"), folder);
    if (phrase != NULL) {
        fprintf(call->out,
            bw_said("Only this phrase opens it; it doesn't stand on the sheet and isn't "
                    "shown again. Write it on other paper: %s\n"),
            phrase);
    } else {
        fputs(bw_said("Only the phrase that you gave opens it.\n"), call->out);
    }
}

static enum bw_exit
run_print(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    char phrase[BW_PHRASE_BYTES];
    const char *folder = bw_call_value(call, BW_OPTION_OUT);
    const char *chosen = bw_call_value(call, BW_OPTION_PHRASE_FILE);
    enum bw_status status = BW_OK;
    if (folder == NULL) {
        return bw_call_usage(err, "key print needs --out DIR, for the sheet");
    }
    if (chosen != NULL) {
        status = bw_phrase_read(chosen, phrase, err);
    } else {
        bw_phrase_make(phrase);
    }
    if (status == BW_OK) {
        status = bw_office_key_print(&office, folder, phrase, &bw_backup_cost, err);
    }
    if (status != BW_OK) {
        explicit_bzero(phrase, sizeof phrase);
        return bw_exit_of(status);
    }
    if (call->json) {
        json_t *root = json_pack("{s:s}", "out", folder);
        if (chosen == NULL) {
            bw_cli_set(&root, "phrase", json_string(phrase));
        }
        status = bw_cli_json(call, root, err);
    } else {
        print_printed(call, folder, chosen == NULL ? phrase : NULL);
    }
    explicit_bzero(phrase, sizeof phrase);
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

/* The lines, as somebody typed them or a QR code gave them; the caller frees. */
static enum bw_status
text_read(const char *path, char **ret_text, struct bw_error *err)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    enum bw_status status = bw_file_read(path, TEXT_BYTES_MAX, &bytes, &length, err);
    if (status == BW_OK && strlen((const char *)bytes) != length) {
        free(bytes);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading a key from paper: %s is no text; give the lines of the sheet", path);
    }
    if (status == BW_OK) {
        *ret_text = (char *)bytes;
    }
    return status;
}

static enum bw_status
tell_read(struct bw_call *call, const char *key_path, bool there, struct bw_error *err)
{
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:s, s:b}", "key_file", key_path, "was_there", (int)there), err);
    }
    fprintf(call->out,
        there ? bw_said("%s was there, and has all keys of the sheet.\n")
              : bw_said("Put the keys of the sheet back into %s.\n"),
        key_path);
    return BW_OK;
}

static enum bw_exit
run_read(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    char phrase[BW_PHRASE_BYTES] = "", *text = NULL;
    const char *chosen = bw_call_value(call, BW_OPTION_PHRASE_FILE);
    bool there = false;
    if (chosen == NULL) {
        return bw_call_usage(err, "key read needs --phrase-file F, with the phrase");
    }
    enum bw_status status = bw_phrase_read(chosen, phrase, err);
    if (status == BW_OK) {
        status = text_read(call->operands[1], &text, err);
    }
    if (status == BW_OK) {
        status = bw_office_key_read(&office, text, phrase, &there, err);
    }
    explicit_bzero(phrase, sizeof phrase);
    free(text);
    return status != BW_OK ? bw_exit_of(status)
                           : bw_cli_exit(tell_read(call, office.key_path, there, err),
                                 BW_EXIT_DONE, err);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    const char *deed = call->operands[0];
    if (strcmp(deed, "new") == 0 && call->operands_count == 1) {
        return run_new(call, err);
    }
    if (strcmp(deed, "print") == 0 && call->operands_count == 1) {
        return run_print(call, err);
    }
    if (strcmp(deed, "read") == 0 && call->operands_count == 2) {
        return run_read(call, err);
    }
    if (strcmp(deed, "retire") == 0 && call->operands_count == 2) {
        char *end = NULL;
        long number = strtol(call->operands[1], &end, 10);
        if (*end == '\0' && end != call->operands[1] && number >= 0 &&
            number <= UINT8_MAX) {
            return run_retire(call, (uint8_t)number, err);
        }
    }
    return bw_call_usage(err,
        "key takes \"new\", \"retire N\", N from 0 to 255, \"print\", or \"read FILE\"");
}

const struct bw_sync_command bw_sync_command_key = {
    .name = "key",
    .operands = "new|retire N|print|read FILE",
    .summary = BW_SAYS("signing keys, made and taken out of use; all keys on paper"),
    .help = BW_SAYS(
        "Tickets are signed with the newest key. Make one before each series. Retire\n"
        "one when its secret got about: its tickets are then forged at every kiosk\n"
        "that was updated, and those of sessions to come are signed again.\n"
        "print writes a sheet with the secret keys into --out DIR, sealed with twelve\n"
        "words that are shown once, or with --phrase-file; read puts them back from\n"
        "its lines, typed, or from its QR code (a FILE, or -), where the key file is\n"
        "lost, never over another office's.\n"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_CHECK) |
             BW_TAKES(BW_OPTION_OUT) | BW_TAKES(BW_OPTION_PHRASE_FILE) |
             BW_TAKES(BW_OPTION_LANGUAGE),
    .operands_min = 1,
    .operands_max = 2,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
