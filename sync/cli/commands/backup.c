/* `backup --out FILE`: database and keys in one sealed file, and the phrase for it. */
#include "office/backup/backup.h"

#include "cli/answer.h"
#include "commands.h"
#include "office/backup/phrase.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <string.h>

enum { GROUP_WORDS = 4 };

/* Four words a line, to be written down. */
static void
print_phrase(FILE *out, const char *phrase)
{
    int words = 0;
    (void)fputs("    ", out);
    for (const char *at = phrase; *at != '\0'; at++) {
        bool full = *at == ' ' && ++words % GROUP_WORDS == 0;
        if (full) {
            (void)fputs("\n    ", out);
        } else {
            (void)fputc(*at, out);
        }
    }
    (void)fputc('\n', out);
}

static void
print(FILE *out, const char *path, const struct bw_office_backup *backup,
    const char *phrase)
{
    (void)fprintf(out,
        bw_said("Made %s: the whole database (%" PRId64
                " rows) and the secret keys, sealed.\n"),
        path, backup->rows);
    if (phrase != NULL) {
        (void)fputs(
            bw_said("Only this phrase opens it. Write it on paper now and keep it, apart "
                    "from "
                    "the file: it isn't shown again, and nobody can make it anew.\n\n"),
            out);
        print_phrase(out, phrase);
        (void)fputc('\n', out);
    } else {
        (void)fputs(bw_said("Only the phrase that you gave opens it.\n"), out);
    }
    (void)fprintf(out,
        bw_said("Take it to another place than this machine. Letters and logins (.netrc) "
                "aren't "
                "in it. To see that it opens: restore \"%s\" --check\n"),
        path);
}

static json_t *
to_json(const char *path, const struct bw_office_backup *backup, const char *phrase)
{
    json_t *root = json_pack("{s:s, s:I, s:I}", "backup", path, "rows",
        (json_int_t)backup->rows, "database_bytes", (json_int_t)backup->bytes);
    if (phrase != NULL) {
        bw_cli_set(&root, "phrase", json_string(phrase));
    }
    return root;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_office_backup backup;
    char phrase[BW_PHRASE_BYTES];
    const char *path = bw_call_value(call, BW_OPTION_OUT);
    const char *chosen = bw_call_value(call, BW_OPTION_PHRASE_FILE);
    enum bw_status status = BW_OK;
    if (chosen != NULL) {
        status = bw_phrase_read(chosen, phrase, err);
    } else {
        bw_phrase_make(phrase);
    }
    if (status == BW_OK) {
        status =
            bw_office_backup_make(&office, path, phrase, &bw_backup_cost, &backup, err);
    }
    if (status != BW_OK) {
        explicit_bzero(phrase, sizeof phrase);
        return bw_exit_of(status);
    }
    const char *shown = chosen == NULL ? phrase : NULL;
    if (call->json) {
        status = bw_cli_json(call, to_json(path, &backup, shown), err);
    } else {
        print(call->out, path, &backup, shown);
    }
    explicit_bzero(phrase, sizeof phrase);
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_backup = {
    .name = "backup",
    .operands = "",
    .summary =
        BW_SAYS("database and secret keys into one sealed file, with a phrase for it"),
    .help = BW_SAYS(
        "The file is new, and yours alone. Others may go on working meanwhile. The\n"
        "phrase is shown once, to be written down; or give one of your own, 20\n"
        "characters or more, with --phrase-file (- reads it from standard input).\n"),
    .takes = BW_TAKES(BW_OPTION_OUT) | BW_TAKES(BW_OPTION_PHRASE_FILE) |
             BW_TAKES(BW_OPTION_KEY_FILE),
    .requires = BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run,
};
