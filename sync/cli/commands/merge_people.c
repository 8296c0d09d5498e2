/* `merge-people`: two records of one person, joined. */
#include "cli/answer.h"
#include "commands.h"
#include "office/place/people.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <string.h>

static bool
take_words(const char *operand, enum bw_place_people_words *ret_words)
{
    bool first = strcmp(operand, "words=first") == 0;
    *ret_words = first ? BW_PLACE_PEOPLE_FIRST : BW_PLACE_PEOPLE_OTHER;
    return first || strcmp(operand, "words=other") == 0;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    char why[BW_TITLE_BYTES], shown[BW_CODE_SHOWN_BYTES];
    struct bw_office office = bw_call_office(call);
    struct bw_place_people_merged merged;
    enum bw_place_people_words words = BW_PLACE_PEOPLE_NEWEST;
    if (call->operands_count > 2 && !take_words(call->operands[2], &words)) {
        return bw_call_usage(err,
            "merge-people knows no \"%s\"; words=first or words=other says whose stay",
            call->operands[2]);
    }
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_place_people_merge(
            &office, call->operands[0], call->operands[1], words, why, &merged, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    const struct bw_registration *roster = &merged.kept.roster;
    if (call->json) {
        status = bw_cli_json(call,
            json_pack("{s:o, s:s, s:I, s:I}", "code", bw_cli_code(roster->code), "status",
                bw_registration_status_name(roster->status), "moved",
                (json_int_t)merged.moved, "cancelled", (json_int_t)merged.cancelled),
            err);
    } else {
        bw_code_format_shown(roster->code, shown);
        (void)fprintf(call->out,
            bw_said("%s %s is one person now: %s, in %s: %s. Registrations of the other "
                    "record: "
                    "%" PRId64 " are theirs now, %" PRId64
                    " were double and are cancelled.\n"),
            roster->person.first_name, roster->person.name, shown,
            merged.kept.session_code,
            bw_said(bw_registration_status_name(roster->status)), merged.moved,
            merged.cancelled);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_merge_people = {
    .name = "merge-people",
    .operands = "CODE CODE [words=first|other]",
    .summary = BW_SAYS("join two records of one person; undo takes it back"),
    .help = BW_SAYS(
        "The older record stays, with the registrations of both. Where both are in one\n"
        "session, the better place and the earlier time stand, and the other ticket\n"
        "is cancelled. In each session the last answers stand; words=first or\n"
        "words=other: the name, address and school of the one, or of the other, in all\n"
        "of them but those whose figures are fixed.\n"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .operands_min = 2,
    .operands_max = 3,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
