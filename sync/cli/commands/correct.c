/* `correct CODE FIELD=VALUE…`: what is wrong with somebody's words, put right by hand. */
#include "office/place/correct.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>

static json_t *
to_json(const struct bw_place_corrected *corrected)
{
    const struct bw_person *person = &corrected->registration.roster.person;
    json_t *root = json_pack("{s:s, s:s, s:s, s:I, s:I, s:b}", "first_name",
        person->first_name, "name", person->name, "school", person->school, "changed",
        (json_int_t)corrected->changed, "fixed", (json_int_t)corrected->fixed, "mail",
        corrected->mail);
    bw_cli_set(&root, "code", bw_cli_code(corrected->registration.roster.code));
    return root;
}

static void
print(const struct bw_place_corrected *corrected, FILE *out)
{
    const struct bw_person *person = &corrected->registration.roster.person;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(corrected->registration.roster.code, shown);
    if (corrected->changed == 0 && !corrected->mail) {
        (void)fprintf(
            out, bw_said("Nothing was changed: %s stands so already.\n"), shown);
        return;
    }
    (void)fprintf(out,
        bw_said("%s is %s %s, %s now: %" PRId64 " registrations were corrected.\n"),
        shown, person->first_name, person->name, person->school, corrected->changed);
    if (corrected->mail) {
        (void)fprintf(
            out, "%s", bw_said("The mail address is another one; mail tells them.\n"));
    }
    if (corrected->fixed > 0) {
        (void)fprintf(out,
            bw_said("%" PRId64 " stay as they are: the figures of their circles are "
                    "fixed.\n"),
            corrected->fixed);
    }
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_place_correction correction = {.name = NULL};
    struct bw_place_corrected corrected;
    char why[BW_TITLE_BYTES];
    const struct bw_call_field fields[] = {{"first-name", &correction.first_name},
        {"name", &correction.name}, {"mail", &correction.mail},
        {"school", &correction.school}};
    const char *unknown =
        bw_call_fields(call, 1, fields, (int)(sizeof fields / sizeof fields[0]));
    if (unknown != NULL) {
        return bw_call_usage(err,
            "correct knows no \"%s\"; it is first-name=…, name=…, mail=… or school=…",
            unknown);
    }
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_place_correct(
            &office, call->operands[0], &correction, why, &corrected, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, to_json(&corrected), err);
    } else {
        print(&corrected, call->out);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_correct = {
    .name = "correct",
    .operands = "CODE FIELD=VALUE...",
    .summary = BW_SAYS("put somebody's name, mail address or school right by hand"),
    .help = BW_SAYS(
        "FIELD is first-name, name (the last name), mail or school; in all sessions of\n"
        "the person, but those whose figures are fixed. A file that still says what\n"
        "stood there before changes nothing of it, and the import says so. Who is\n"
        "known by the new name and address already is joined by merge-people instead.\n"
        "undo takes it back.\n"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .operands_min = 2,
    .operands_max = 5,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
