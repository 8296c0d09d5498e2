/* `substitute CODE NAME [MAIL [SCHOOL]]`: a colleague comes in somebody's place. */
#include "office/place/substitute.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>

static json_t *
to_json(const struct bw_place_substitution *substitution)
{
    const struct bw_registration *to = &substitution->to.roster;
    json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:b}", "session",
        substitution->to.session_code, "status", bw_registration_status_name(to->status),
        "first_name", to->person.first_name, "name", to->person.name, "school",
        to->person.school, "generation", (int)to->generation, "known",
        substitution->known);
    bw_cli_set(&root, "code", bw_cli_code(to->code));
    bw_cli_set(&root, "from_code", bw_cli_code(substitution->from.roster.code));
    return root;
}

static void
print(const struct bw_place_substitution *substitution, FILE *out)
{
    const struct bw_person *from = &substitution->from.roster.person;
    const struct bw_person *to = &substitution->to.roster.person;
    char shown[2][BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(substitution->from.roster.code, shown[0]);
    bw_code_format_shown(substitution->to.roster.code, shown[1]);
    (void)fprintf(out,
        bw_said("%s (%s %s) comes to %s in the place of %s (%s %s).\n"
                "The old ticket is cancelled. mail tells both, one with a new ticket.\n"),
        shown[1], to->first_name, to->name, substitution->to.session_code, shown[0],
        from->first_name, from->name);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    enum { CODE, NAME, MAIL, SCHOOL };
    struct bw_office office = bw_call_office(call);
    struct bw_place_substitution substitution;
    char why[BW_TITLE_BYTES];
    int count = call->operands_count;
    const struct bw_place_colleague colleague = {.name = call->operands[NAME],
        .mail = count > MAIL ? call->operands[MAIL] : "",
        .school = count > SCHOOL ? call->operands[SCHOOL] : ""};
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_place_substitute(
            &office, call->operands[CODE], &colleague, why, &substitution, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, to_json(&substitution), err);
    } else {
        print(&substitution, call->out);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_substitute = {
    .name = "substitute",
    .operands = "CODE NAME [MAIL [SCHOOL]]",
    .summary = BW_SAYS("a colleague comes in the place of somebody"),
    .help = BW_SAYS(
        "The place goes over, the ticket doesn't: the colleague gets a new one, and\n"
        "the old one is cancelled. Without SCHOOL it is the same school. At the door\n"
        "staff do the same on the day (substitute). undo takes it back whole.\n"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .operands_min = 2,
    .operands_max = 4,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
